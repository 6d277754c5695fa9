"""`leaddesk teach`: the effect first, then the deed, the list, and back again."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.calling import Cli, keys
from tests.letters import form_notice, letter

OFFER_KEYS = {
    *("mail", "as", "taught", "sentence", "effect", "days", "would", "leads", "mails", "lesson"),
}
DATE = "Mon, 02 Nov 2026 08:{:02d}:00 +0000"


@pytest.fixture
def landed(cli: Cli, tmp_path: Path) -> Cli:
    """Three mails of a supplier, of which the first two were sorted away, and a newsletter."""
    yard = "Holger Timms <holger@timber.example>"
    for minute in (10, 20, 30):
        raw = letter(
            f"Slates of {minute}. Shall I bring them?",
            sender=yard,
            subject="Slates",
            Date=DATE.format(minute),
        )
        capture(cli, tmp_path / f"{minute}.eml", raw)
        if minute < 30:
            cli.json("close", "1", "not-a-lead")
    news = letter(
        "Unsubscribe here.", sender="Trade <news@trade.example>", subject="Offers",
        List_Unsubscribe="<mailto:stop@trade.example>", Date=DATE.format(35),
    )  # fmt: skip
    capture(cli, tmp_path / "news.eml", news)
    return cli


def capture(cli: Cli, file: Path, raw: bytes) -> int | None:
    file.write_bytes(raw)
    (said,) = cli.json("capture", str(file))
    lead: int | None = said["lead"]
    return lead


def test_without_a_word_it_shows_what_can_be_said_and_stores_nothing(landed: Cli) -> None:
    (shown,) = landed.json("teach", "1")
    assert set(shown) == OFFER_KEYS
    assert (shown["as"], shown["taught"], shown["would"], shown["leads"]) == ("sender", "no-enquiry", 2, 0)
    assert shown["effect"].endswith("2 mails of the past 90 days; none of them was ever a lead.")
    assert [mail["subject"] for mail in shown["mails"]] == ["Slates", "Slates"]
    assert landed.json("teach", "1", "--as", "sender", "--dry-run") == [shown]
    assert landed.json("teach", "list") == []
    assert "2 mails of the past 90 days" in landed("teach", "1").out


def test_what_was_taught_is_listed_counts_and_is_taken_back(landed: Cli, tmp_path: Path) -> None:
    (taught,) = landed.json("teach", "1", "--as", "sender")
    assert (taught["lesson"], landed.json("queue")) == (1, [])
    (kept,) = landed.json("teach", "list")
    assert (kept["lesson"], kept["as"], kept["taught"]) == (1, "sender", "no-enquiry")
    assert kept["sentence"] == "Mail from holger@timber.example is no enquiry."
    again = letter("More slates. Shall I bring them?", sender="holger@timber.example", Date=DATE.format(50))
    assert capture(landed, tmp_path / "again.eml", again) is None
    (read,) = landed.json("parse", str(tmp_path / "again.eml"))
    assert read["kind"] != "enquiry"
    assert read["why"][0] == "You said on 2 November 2026 that mail like this is no enquiry."
    (undone,) = landed.json("teach", "undo", "1")
    assert undone == {"did": "Mail from holger@timber.example is no enquiry", "lesson": 1, "lead": 1}
    assert landed.json("teach", "list") == []
    assert len(landed.json("queue")) == 1


def test_undo_takes_a_lesson_back_too(landed: Cli) -> None:
    landed.json("teach", "1", "--as", "sender")
    assert landed.json("undo") == [{"did": "Mail from holger@timber.example is no enquiry", "lead": 1}]
    assert len(landed.json("queue")) == 1


def test_a_rescue_teaches_the_other_way_by_the_mails_number(landed: Cli) -> None:
    mails = landed.json("teach", "mails")
    assert len(keys(mails)) == 1
    news = next(mail for mail in mails if mail["email"] == "news@trade.example")
    assert news["why"]
    (taught,) = landed.json("teach", f"mail:{news['mail']}", "--as", "robot")
    assert (taught["taught"], taught["sentence"]) == (
        "enquiry", "Whatever news@trade.example sends is an enquiry.",
    )  # fmt: skip
    assert {row["name"] for row in landed.json("queue")} == {"Holger Timms", "Trade"}
    assert landed.json("teach", "undo", "1")[0]["lesson"] == 1
    assert {row["name"] for row in landed.json("queue")} == {"Holger Timms"}


def test_a_form_that_brought_a_lead_is_a_no(cli: Cli, tmp_path: Path) -> None:
    capture(cli, tmp_path / "a.eml", form_notice("Ann", "ann@b.example", "A roof", Date=DATE.format(1)))
    capture(cli, tmp_path / "b.eml", form_notice("Bo", "bo@b.example", "A loft", Date=DATE.format(2)))
    said = cli("teach", "2", "--as", "form")
    assert (said.code, said.out) == (1, "")
    assert said.err.startswith("This form has brought a lead before: Ann.")
    assert cli("teach", "2", "--as", "robot").code == 1
    assert cli("teach", "2").code == 1


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("teach", "7"), 1),
        (("teach", "mail:7"), 1),
        (("teach", "undo", "7"), 1),
        (("teach", "seven"), 2),
        (("teach", "1", "2"), 2),
        (("teach",), 2),
        (("teach", "1", "--as", "domain"), 2),
    ],
)
def test_what_is_not_there_is_a_no_and_a_slip_is_told(cli: Cli, words: tuple[str, ...], code: int) -> None:
    said = cli(*words)
    assert (said.code, said.out, said.err.count("\n")) == (code, "", 1)


def test_empty_lists_say_so(cli: Cli) -> None:
    assert "Nothing has been taught" in cli("teach", "list").out
    assert "No mail stands apart" in cli("teach", "mails").out
    assert "Nobody you wrote to" in cli("teach", "people").out
    assert cli.json("teach", "people") == []

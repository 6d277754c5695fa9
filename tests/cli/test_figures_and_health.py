"""`leaddesk review`, `config`, `doctor`, `sample` and `screenshots`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from leaddesk.cli import Faces
from leaddesk.cli.call import Picture
from leaddesk.desk import Desk
from leaddesk.desk.sample import SAMPLE_ADDRESS
from leaddesk.words.outgoing import Draft
from leaddesk.words.review import Mistake
from leaddesk.words.settings import SETTINGS
from tests.cli.calling import Cli, keys

REVIEW_KEYS = {
    *(
        "enquiries",
        "answered",
        "never",
        "waiting",
        "median_s",
        "answered_median_s",
        "p90_s",
        "censored_median_s",
    ),
    *("within", "open_hours", "by_source", "mistakes"),
}
CHECKS = ["database", "keyring", "notifier", "imap", "smtp", "clock", "disk"]


def test_no_enquiries_are_zeros_and_nulls(cli: Cli) -> None:
    (review,) = cli.json("review")
    assert review == {
        "enquiries": 0, "answered": 0, "never": 0, "waiting": 0, "median_s": None, "answered_median_s": None,
        "p90_s": None, "censored_median_s": None, "within": {"5min": 0, "30min": 0, "1h": 0, "24h": 0},
        "open_hours": {"median_s": None, "p90_s": None}, "by_source": [],
        "mistakes": {mistake.value: [] for mistake in Mistake},
    }  # fmt: skip
    assert cli("review").out == "No enquiries in this time.\n"


def test_everybody_counts(cli: Cli) -> None:
    for name, minutes in (("A Eze", 30), ("B Eze", 20), ("C Eze", 10)):
        cli.lead(name, minutes)
    for lead, at in (("1", "8:34"), ("2", "8:50")):
        cli.json("log", lead, "--channel", "call", "--outcome", "reached", "--at", at)
    (review,) = cli.json("review")
    assert set(review) == REVIEW_KEYS
    assert [review[key] for key in ("enquiries", "answered", "never", "waiting")] == [3, 2, 0, 1]
    assert (review["median_s"], review["answered_median_s"], review["p90_s"]) == (600, 240, 600)
    assert review["within"] == {"5min": 1, "30min": 2, "1h": 2, "24h": 2}
    (source,) = review["by_source"]
    assert source == {"source": "Phone", "enquiries": 3, "answered": 2, "median_s": 600, "won": 0}
    page = cli("review").out
    assert "answered 2, waiting 1, never 0" in page
    assert "median 10:00 min" in page


def test_the_days_are_inclusive_and_the_past_can_be_seen(cli: Cli) -> None:
    cli.lead(minutes_ago=30)
    cli.json("log", "1", "--channel", "call", "--outcome", "reached", "--at", "8:40")
    for words, count in (
        (("--from", "2026-11-02", "--to", "2026-11-02"), 1),
        (("--from", "2026-11-03"), 0),
        (("--to", "2026-11-01"), 0),
    ):
        assert cli.json("review", *words)[0]["enquiries"] == count
    (then,) = cli.json("review", "--as-of", "08:35")
    assert (then["waiting"], then["answered"]) == (1, 0)


def test_settings_are_listed_shown_and_changed(cli: Cli) -> None:
    rows = cli.json("config")
    assert keys(rows) == {frozenset({"key", "value", "default", "scope", "help"})}
    assert [row["key"] for row in rows] == [setting.key for setting in SETTINGS]
    (changed,) = cli.json("config", "send.undo_s", "0")
    assert (changed["value"], changed["default"], changed["scope"]) == (0, 10, "desk")
    assert cli.json("config", "send.undo_s") == [changed]
    assert cli.json("config", "alert.on", "off")[0]["value"] is False
    assert cli.json("config", "alert.repeats", "1, 2")[0]["value"] == [1, 2]
    assert "1, 2 " in cli("config").out


@pytest.mark.parametrize("words", [("send.undo_s", "soon"), ("no.such", "1"), ("no.such",)])
def test_a_setting_that_does_not_fit_is_wrong_usage(cli: Cli, words: tuple[str, ...]) -> None:
    said = cli("config", *words)
    assert (said.code, said.out, said.err.count("\n")) == (2, "", 1)


def test_the_doctor_looks_at_everything(cli: Cli) -> None:
    said = cli("doctor", "--json")
    assert said.code == 0
    assert [check["check"] for check in said.records] == CHECKS
    assert keys(said.records) == {frozenset({"check", "ok", "detail", "mend"})}
    assert all(check["ok"] and check["mend"] is None for check in said.records)
    assert cli("doctor").out.count("  ok  ") == len(CHECKS)


def test_what_does_not_work_is_told_with_what_to_do(cli: Cli) -> None:
    cli.vault.absent = True
    said = cli("doctor", "--json")
    keyring = next(check for check in said.records if check["check"] == "keyring")
    assert said.code == 1
    assert keyring["ok"] is False
    assert keyring["mend"]
    assert keyring["mend"] in cli("doctor").out


def test_a_damaged_database_is_told_by_the_doctor_too(cli: Cli) -> None:
    cli.lead()
    (cli.profile / "leaddesk.db").write_bytes(b"no database" * 1000)
    said = cli("doctor", "--json")
    assert said.code == 4
    assert (said.record["check"], said.record["ok"]) == ("database", False)


def test_a_sample_profile_is_made_where_nothing_is(cli: Cli, tmp_path: Path) -> None:
    (made,) = cli.json("sample", str(tmp_path / "s"), "--leads", "12", "--seed", "3")
    assert set(made) == {"leads", "enquiries", "entries"}
    assert made["leads"] == 12
    assert cli("sample", str(tmp_path / "s")).code == 1
    assert len(cli.json("queue", "--profile", str(tmp_path / "s"))) > 0
    assert cli("sample", str(tmp_path / "t"), "--leads", "0").code == 2


def test_pictures_are_told_one_by_one(cli: Cli, tmp_path: Path) -> None:
    seen: list[Path] = []

    def take(desk: Desk, folder: Path) -> Iterator[Picture]:
        seen.append(desk.profile)
        yield folder / "today.png", "today", "1280x800", "light"

    cli.faces = Faces(pictures=take)
    (picture,) = cli.json("screenshots", str(tmp_path / "pictures"))
    file = str(tmp_path / "pictures" / "today.png")
    assert picture == {"file": file, "page": "today", "size": "1280x800", "theme": "light"}
    assert seen == [cli.profile]
    (tmp_path / "file").touch()
    assert cli("screenshots", str(tmp_path / "file")).code == 1


def test_without_a_profile_the_pictures_show_sample_leads(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("leaddesk.cli.screenshots.data_dir", lambda: cli.profile)
    shown: list[int] = []
    drafts: list[Draft] = []

    def take(desk: Desk, folder: Path) -> Iterator[Picture]:
        view = desk.queue.today()
        shown.append(view.leads)
        drafts.append(desk.reply.draft(view.rows[0].lead))
        return iter(())

    cli.faces = Faces(pictures=take)
    assert cli("screenshots", str(tmp_path / "pictures")).code == 0
    assert shown == [30]
    assert drafts[0].from_address == SAMPLE_ADDRESS, "they can be answered in a picture"
    assert not cli.profile.exists()

"""`leaddesk reply` and `leaddesk outbox`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.calling import Cli, mail

OUTBOX_KEYS = {"outgoing", "kind", "lead", "message_id", "state", "attempts", "answer", "why", "next_try"}


@pytest.fixture
def text(tmp_path: Path) -> str:
    file = tmp_path / "answer.txt"
    file.write_bytes("Dear Ngozi,\r\n\r\na dormer costs 40,000 €.\r\n".encode("utf-8-sig"))
    return str(file)


@pytest.fixture
def lead(cli: Cli) -> str:
    cli.account("--keep-in-memory")
    (landed,) = cli.json("capture", "-", stdin=mail())
    return str(landed["lead"])


def test_a_reply_waits_for_its_undo(cli: Cli, lead: str, text: str) -> None:
    (reply,) = cli.json("reply", lead, "--text-file", text)
    assert set(reply) == {"outgoing", "message_id", "state", "not_before"}
    assert (reply["state"], reply["not_before"]) == ("queued", "2026-11-02T09:00:10+00:00")
    assert reply["message_id"].startswith("<")
    assert reply["message_id"].endswith("@lofts.example>")
    assert cli.json("queue") == []
    (row,) = cli.json("outbox")
    assert row == {
        "outgoing": reply["outgoing"],
        "kind": "reply",
        "lead": int(lead),
        "message_id": reply["message_id"],
        "state": "queued",
        "attempts": 0,
        "answer": None,
        "why": None,
        "next_try": None,
    }


def test_a_reply_may_skip_undo_or_wait_for_a_time(cli: Cli, lead: str, text: str) -> None:
    (now,) = cli.json("reply", lead, "--text-file", text, "--no-undo")
    (later,) = cli.json("reply", lead, "--text-file", text, "--at", "18:00")
    assert now["not_before"] == "2026-11-02T09:00:00+00:00"
    assert later["not_before"] == "2026-11-02T18:00:00+00:00"


def test_text_and_subject_go_out_as_given(cli: Cli, lead: str) -> None:
    (reply,) = cli.json(
        "reply", lead, "--text-file", "-", "--subject", "Your\r\nBcc: x", stdin="Grüße\n".encode()
    )
    from leaddesk import desk

    with desk.open(cli.profile) as opened:
        (outgoing,) = opened.reply.outbox()
        raw = opened.store.outbox.raw(reply["outgoing"]).decode()
    assert (outgoing.subject, outgoing.body.strip()) == ("Your Bcc: x", "Grüße")
    assert "\nBcc:" not in raw


def test_a_reply_is_taken_back(cli: Cli, lead: str, text: str) -> None:
    (reply,) = cli.json("reply", lead, "--text-file", text)
    (taken,) = cli.json("outbox", "cancel", str(reply["outgoing"]))
    assert set(taken) == OUTBOX_KEYS
    assert taken["state"] == "cancelled"
    assert len(cli.json("queue")) == 1
    assert cli("outbox", "cancel", str(reply["outgoing"])).code == 1
    assert [row["outgoing"] for row in cli.json("outbox", "--state", "cancelled")] == [reply["outgoing"]]
    assert cli.json("outbox", "--state", "sent") == []


def test_only_a_question_can_be_settled(cli: Cli, lead: str, text: str) -> None:
    (reply,) = cli.json("reply", lead, "--text-file", text)
    said = cli("outbox", "resolve", str(reply["outgoing"]), "arrived", "--json")
    assert (said.code, said.err) == (1, "There is no question about this reply.\n")
    assert cli("outbox", "resolve", "99", "drop").code == 1
    assert cli("outbox", "resolve", "1", "perhaps").code == 2


def test_a_mail_that_is_unsure_is_settled_by_a_word(cli: Cli, lead: str, text: str) -> None:
    from leaddesk import desk

    (reply,) = cli.json("reply", lead, "--text-file", text, "--no-undo")
    with desk.open(cli.profile) as opened:
        outbox = opened.store.outbox
        account = opened.accounts.list()[0].id
        claim = outbox.claim(cli.clock.now(), "test", [account])
        assert claim is not None
        outbox.committing(claim.outgoing, "test")
        outbox.unsure(claim.outgoing, "No answer came.")
    (row,) = cli.json("outbox", "--state", "unsure")
    assert row["why"] == "No answer came."
    (settled,) = cli.json("outbox", "resolve", str(reply["outgoing"]), "arrived")
    assert settled["state"] == "sent"
    (shown,) = cli.json("lead", lead)
    assert shown["enquiries"][0]["first_response"]["how"] == "entered"


@pytest.mark.parametrize("words", [("reply", "7"), ("reply", "1")])
def test_what_cannot_be_answered_is_a_no(cli: Cli, text: str, words: tuple[str, ...]) -> None:
    cli.json("add", "--name", "Nobody's address")
    said = cli(*words, "--text-file", text, "--json")
    assert (said.code, said.out, said.err.count("\n")) == (1, "", 1)


def test_a_text_that_is_none_is_refused(cli: Cli, lead: str, tmp_path: Path) -> None:
    latin = tmp_path / "latin.txt"
    latin.write_bytes(b"Gr\xfc\xdfe")
    for file in (str(latin), str(tmp_path / "missing.txt"), str(tmp_path)):
        assert cli("reply", lead, "--text-file", file).code == 1
    assert cli("reply", lead, "--text-file", "-", stdin=b" \n").code == 1
    assert cli.json("outbox") == []


def test_people_are_told_when_it_goes_and_how_to_take_it_back(cli: Cli, lead: str, text: str) -> None:
    said = cli("reply", lead, "--text-file", text)
    assert said.out == f"Mail 1 to lead {lead} goes out at 9:00.\n"
    assert "outbox cancel 1" in said.err
    assert "queued" in cli("outbox").out


def test_a_restore_holds_mails_back_until_it_is_allowed(cli: Cli, lead: str, tmp_path: Path) -> None:
    cli.json("backup", str(tmp_path / "copy.db"))
    cli.json("restore", str(tmp_path / "copy.db"))
    assert "Nothing is sent since the restore" in cli("outbox").err
    assert cli("outbox", "--json").err == ""
    assert cli.json("outbox", "allow") == [{"did": "Sending allowed"}]
    assert cli("outbox").err == ""

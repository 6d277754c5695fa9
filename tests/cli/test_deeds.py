"""`leaddesk add`, `log`, `snooze`, `close`, `reopen` and `undo`."""

from __future__ import annotations

import pytest

from tests.cli.calling import Cli


def test_somebody_who_is_known_is_joined(cli: Cli) -> None:
    (first,) = cli.json("add", "--name", "Ngozi Eze", "--phone", "07700 900 123")
    (second,) = cli.json("add", "--name", "N. Eze", "--phone", "07700900123", "--channel", "visit")
    assert first == {"lead": 1, "enquiry": 1, "joined": False}
    assert second == {"lead": 1, "enquiry": 2, "joined": True}
    (shown,) = cli.json("lead", "1")
    assert len(shown["enquiries"]) == 2


def test_control_characters_in_what_is_given_become_one_space(cli: Cli) -> None:
    cli.json(
        "add",
        "--name",
        "Bob\r\nBcc: x\x07\x00y",
        "--company",
        "A\x1b[2J",
        "--source",
        "a\tb",
        "--message",
        "one\r\ntwo",
    )
    (shown,) = cli.json("lead", "1")
    assert (shown["name"], shown["company"], shown["source"]["text"]) == ("Bob Bcc: x y", "A [2J", "a b")
    assert shown["enquiries"][0]["message"] == "one\ntwo"
    assert "\x1b" not in cli("queue").out + cli("lead", "1").out


def test_an_enquiry_can_be_set_back_but_not_ahead(cli: Cli) -> None:
    cli.json("add", "--name", "Ngozi", "--at", "08:42")
    assert cli.json("queue")[0]["waiting_s"] == 18 * 60
    assert cli("add", "--name", "Ngozi", "--at", "09:42").code == 2
    assert cli("log", "1", "--channel", "call", "--outcome", "reached", "--at", "9:30").code == 2


def test_a_logged_call_is_a_touch(cli: Cli) -> None:
    lead = cli.lead()
    (logged,) = cli.json("log", str(lead), "--channel", "call", "--outcome", "no-answer")
    assert set(logged) == {"touch"}
    (shown,) = cli.json("lead", str(lead))
    assert shown["touches"][-1]["touch"] == logged["touch"]
    assert cli.json("queue")[0]["what"] == "call"
    (heard,) = cli.json(
        "log",
        str(lead),
        "--channel",
        "call",
        "--outcome",
        "reached",
        "--direction",
        "in",
        "--note",
        "rang back",
    )
    (shown,) = cli.json("lead", str(lead))
    touch = next(t for t in shown["touches"] if t["touch"] == heard["touch"])
    assert (touch["direction"], touch["text"]) == ("in", "rang back")


def test_a_snoozed_lead_comes_back_at_its_time(cli: Cli) -> None:
    lead = cli.lead()
    (snoozed,) = cli.json("snooze", str(lead), "--until", "tomorrow 9", "--reason", "on holiday")
    assert snoozed == {"did": "Snoozed", "lead": lead, "until": "2026-11-03T09:00:00+00:00"}
    assert cli.json("queue") == []
    cli.clock.advance(days=1)
    (row,) = cli.json("queue")
    assert row["lead"] == lead
    assert row["waiting_s"] == 86400 + 180


@pytest.mark.parametrize("words", ["never", "yesterday", "2026-11-01T09:00", "1 hour ago"])
def test_a_snooze_needs_a_time_to_come(cli: Cli, words: str) -> None:
    lead = cli.lead()
    said = cli("snooze", str(lead), "--until", words)
    assert (said.code, said.err.count("\n")) == (2, 1)
    assert len(cli.json("queue")) == 1


def test_a_lead_is_closed_reopened_and_each_taken_back(cli: Cli) -> None:
    lead = cli.lead()
    assert cli.json("close", str(lead), "won", "--reason", "signed") == [{"did": "Closed", "lead": lead}]
    assert cli.json("lead", str(lead))[0]["outcome"] == "won"
    assert cli.json("reopen", str(lead)) == [{"did": "Reopened", "lead": lead}]
    assert cli("reopen", str(lead)).code == 1
    assert cli.json("undo") == [{"did": "Reopened", "lead": lead}]
    assert cli.json("undo") == [{"did": "Closed", "lead": lead}]
    assert cli.json("lead", str(lead))[0]["outcome"] == "open"
    assert cli.json("undo") == [{"did": "Enquiry entered", "lead": lead}]
    said = cli("undo")
    assert (said.code, said.err) == (1, "There is nothing to take back.\n")


def test_not_a_lead_leaves_queue_and_figures(cli: Cli) -> None:
    lead = cli.lead()
    assert cli.json("close", str(lead), "not-a-lead") == [{"did": "Not a lead", "lead": lead}]
    assert cli.json("queue") == []
    assert cli.json("review")[0]["enquiries"] == 0


@pytest.mark.parametrize(
    "words",
    [
        ("close", "7", "won"),
        ("reopen", "7"),
        ("snooze", "7", "--until", "1 hour"),
        ("log", "7", "--channel", "call", "--outcome", "reached"),
    ],
)
def test_a_lead_that_is_not_there_is_a_no(cli: Cli, words: tuple[str, ...]) -> None:
    said = cli(*words, "--json")
    assert (said.code, said.out, said.err) == (1, "", "There is no lead 7.\n")

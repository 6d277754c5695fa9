"""`leaddesk opt-out`: noted, shown with the lead, in force at once, and taken back."""

from __future__ import annotations

import pytest

from tests.cli.calling import Cli


def test_who_asked_not_to_be_mailed_is_not(cli: Cli) -> None:
    cli.account()
    lead = str(cli.lead())
    cli.json("reply", lead, "--text-file", "-", stdin=b"Gladly.")
    assert cli.json("opt-out", lead, "--channel", "email") == [
        {"did": "Opted out", "lead": 1, "channel": "email"}
    ]
    (mail, *drafts) = cli.json("outbox")
    assert (mail["state"], mail["why"]) == ("cancelled", "They asked not to be mailed.")
    assert [each["state"] for each in drafts] == ["draft"]
    said = cli("reply", lead, "--text-file", "-", "--json", stdin=b"Gladly.")
    assert (said.code, said.out) == (1, "")
    assert said.err.startswith("They asked not to be mailed.")
    (shown,) = cli.json("lead", lead)
    assert [(each["channel"], each["sure"]) for each in shown["opt_outs"]] == [("email", True)]
    assert "They asked not to be mailed." in cli("lead", lead).out
    assert cli.json("undo") == [{"did": "Opted out", "lead": 1}]
    assert cli.json("lead", lead)[0]["opt_outs"] == []


@pytest.mark.parametrize(
    ("words", "code"), [(("9",), 1), ((), 2), (("1", "--channel", "pigeon"), 2), (("one",), 2)]
)
def test_what_makes_no_sense_has_its_exit_code(cli: Cli, words: tuple[str, ...], code: int) -> None:
    cli.lead()
    said = cli("opt-out", *words, "--json")
    assert (said.code, said.out) == (code, "")
    assert len(said.err.splitlines()) == 1


def test_attempt_contact_and_reply_are_told_apart(cli: Cli) -> None:
    lead = str(cli.lead(phone="+49 151 12345678"))
    cli("log", lead, "--channel", "call", "--outcome", "voicemail")
    cli("log", lead, "--channel", "call", "--outcome", "reached")
    assert cli.json("lead", lead)[0]["tried"] == {"attempts": 2, "contacts": 1, "replies": 0}
    assert "You tried twice, spoke once" in cli("lead", lead).out

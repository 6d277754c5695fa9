"""`leaddesk audit` where there is nothing to read, or nothing to sign in with."""

from __future__ import annotations

from tests.cli.calling import Cli


def test_without_a_mailbox_the_answer_is_no(cli: Cli) -> None:
    said = cli("audit", "--json")
    assert (said.code, said.out) == (1, "")
    assert said.err == "There is no mailbox to look into.\n"


def test_a_server_that_does_not_answer_is_said_in_one_sentence(cli: Cli) -> None:
    cli.json(
        "account", "add", "--email", "ann@lofts.example", "--imap", "127.0.0.1:1", "--smtp", "127.0.0.1:1",
        "--security", "plain", "--no-test", "--password-stdin", stdin=b"secret\n",
    )  # fmt: skip
    said = cli("audit", "--json")
    assert (said.code, said.out) == (1, "")
    assert len(said.err.splitlines()) == 1


def test_a_password_that_nobody_keeps_is_wanted_on_standard_input(cli: Cli) -> None:
    cli.account("--keep-in-memory")
    without, with_none = cli("audit"), cli("audit", "--password-stdin")
    assert (without.code, with_none.code) == (3, 3)


def test_days_are_a_whole_number(cli: Cli) -> None:
    assert cli("audit", "--days", "0").code == 2
    assert cli("audit", "--days", "many").code == 2

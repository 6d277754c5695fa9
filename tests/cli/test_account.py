"""`leaddesk account`, without a server: what is asked for, kept and refused."""

from __future__ import annotations

import pytest

from tests.cli.calling import Cli

ACCOUNT_KEYS = {"account", "email", "imap", "smtp", "folder", "sent_folder", "keyring", "tests"} | {
    "sign_in",
    "signer",
    "smtp_off",
}
ADD = ("account", "add", "--email", "ann@lofts.example", "--no-test")
SERVERS = ("--imap", "imap.lofts.example:993", "--smtp", "smtp.lofts.example:587")


def test_an_account_is_kept_with_its_password_in_the_keyring(cli: Cli) -> None:
    (made,) = cli.json(*ADD, *SERVERS, "--name", "Ann", "--password-stdin", stdin=b"my old cat\n")
    assert made == {
        "account": 1,
        "email": "ann@lofts.example",
        "imap": {"host": "imap.lofts.example", "port": 993, "security": "tls"},
        "smtp": {"host": "smtp.lofts.example", "port": 587, "security": "starttls"},
        "folder": "INBOX",
        "sent_folder": None,
        "keyring": "Memory",
        "sign_in": "password",
        "signer": None,
        "smtp_off": False,
        "tests": [],
    }
    assert cli.vault.kept == {("mail", "ann@lofts.example"): "my old cat"}
    assert cli.json("account", "list") == [made]
    assert cli.json("account", "remove", "1")[0]["email"] == "ann@lofts.example"
    assert cli.vault.kept == {}
    assert cli.json("account", "list") == []
    assert cli("account", "remove", "1").code == 1


def test_a_password_is_one_line_and_loses_blanks_only_as_an_app_password(cli: Cli) -> None:
    cli.json(*ADD, *SERVERS, "--password-stdin", stdin="\ufeffabcd efgh ijkl mnop\r\nrest\n".encode())
    assert cli.vault.kept == {("mail", "ann@lofts.example"): "abcdefghijklmnop"}


def test_kept_in_memory_it_is_not_kept_at_all(cli: Cli) -> None:
    (made,) = cli.json(*ADD, *SERVERS, "--keep-in-memory", "--password-stdin", stdin=b"secret\n")
    assert made["keyring"] is None
    assert cli.vault.kept == {}
    assert b"secret" not in (cli.profile / "leaddesk.db").read_bytes()


def test_without_a_keyring_it_is_stored_without_its_password_and_said_so(cli: Cli) -> None:
    cli.vault.absent = True
    said = cli(*ADD, *SERVERS, "--password-stdin", "--json", stdin=b"secret\n")
    assert said.code == 0
    assert said.record["keyring"] is None
    assert said.err == "There is no keyring here that can be used: the password is not kept.\n"


def test_a_locked_keyring_needs_the_person(cli: Cli) -> None:
    cli.vault.locked = True
    said = cli(*ADD, *SERVERS, "--password-stdin", "--json", stdin=b"secret\n")
    assert (said.code, said.out) == (3, "")
    cli.vault.locked = False
    assert cli.json("account", "list") == []


@pytest.mark.parametrize("stdin", [b"", b"\n"])
def test_a_missing_password_needs_the_person(cli: Cli, stdin: bytes) -> None:
    for more in (("--password-stdin",), ()):
        said = cli(*ADD, *SERVERS, *more, "--json", stdin=stdin)
        assert (said.code, said.out) == (3, "")
        assert "password of ann@lofts.example" in said.err
    assert cli.json("account", "list") == []


def test_plain_is_for_this_computer_only(cli: Cli) -> None:
    said = cli(*ADD, *SERVERS, "--security", "plain", "--password-stdin", stdin=b"secret\n")
    assert said.code == 2
    assert "without encryption" in said.err
    assert cli(*ADD, *SERVERS, "--smtp-security", "plain").code == 2
    cli.account()
    (kept,) = cli.json("account", "list")
    assert kept["imap"] == {"host": "127.0.0.1", "port": 143, "security": "plain"}


def test_security_can_differ_and_tells_the_port(cli: Cli) -> None:
    words = ("--imap", "mail.lofts.example", "--smtp", "[::1]:2525", "--security", "starttls")
    (made,) = cli.json(
        *ADD,
        *words,
        "--smtp-security",
        "plain",
        "--keep-in-memory",
        "--folder",
        "Anfragen",
        "--sent",
        "Gesendet",
    )
    assert made["imap"] == {"host": "mail.lofts.example", "port": 143, "security": "starttls"}
    assert made["smtp"] == {"host": "::1", "port": 2525, "security": "plain"}
    assert (made["folder"], made["sent_folder"]) == ("Anfragen", "Gesendet")


def test_known_providers_need_no_servers(cli: Cli) -> None:
    (made,) = cli.json("account", "add", "--email", "ann@gmail.com", "--no-test", "--keep-in-memory")
    assert made["imap"] == {"host": "imap.gmail.com", "port": 993, "security": "tls"}


def test_a_microsoft_address_is_never_asked_for_a_password(cli: Cli) -> None:
    said = cli("account", "add", "--email", "ann@outlook.com", "--password-stdin", stdin=b"secret\n")
    assert said.code == 3
    assert "browser" in said.err
    assert cli.json("account", "list") == []
    with_servers = ("account", "add", "--email", "ann@outlook.com", "--no-test", "--keep-in-memory", *SERVERS)
    assert cli(*with_servers).code == 0


@pytest.mark.parametrize("place", ["", ":993", "host:port", "host:0", "host:70000", "two words:993"])
def test_a_server_that_is_none_is_wrong_usage(cli: Cli, place: str) -> None:
    said = cli(*ADD, "--imap", place, "--smtp", "smtp.lofts.example")
    assert (said.code, said.err.count("\n")) == (2, 1)


def test_an_address_that_is_none_is_wrong_usage(cli: Cli) -> None:
    assert cli("account", "add", "--email", "ann", *SERVERS, "--no-test").code == 2


def test_the_same_account_is_not_kept_twice(cli: Cli) -> None:
    cli.account()
    said = cli(*ADD, *SERVERS, "--password-stdin", stdin=b"secret\n")
    assert said.code == 1
    assert "watched already" in said.err


def test_a_server_nobody_answers_at_is_told_and_nothing_is_kept(cli: Cli) -> None:
    from tests.real.ports import free_ports

    imap, smtp = free_ports(2)
    said = cli(
        "account",
        "add",
        "--email",
        "ann@lofts.example",
        "--imap",
        f"127.0.0.1:{imap}",
        "--smtp",
        f"127.0.0.1:{smtp}",
        "--security",
        "plain",
        "--password-stdin",
        "--json",
        stdin=b"secret\n",
    )
    assert said.code == 1
    assert set(said.record) == ACCOUNT_KEYS
    (step,) = said.record["tests"]
    assert set(step) == {"step", "server", "ok", "detail"}
    assert (step["step"], step["server"], step["ok"]) == ("reach", "imap", False)
    assert said.record["account"] is None
    assert said.err.startswith("The account was not added: ")
    assert cli.vault.kept == {}
    assert cli.json("account", "list") == []


def test_people_read_a_table(cli: Cli) -> None:
    assert cli("account", "list").out == "There is no mail account yet.\n"
    cli.account()
    assert "127.0.0.1:143 (plain)" in cli("account", "list").out


def test_testing_an_account_that_is_not_there_is_a_no(cli: Cli) -> None:
    assert cli("account", "test", "3", "--json").err == "There is no account 3.\n"
    cli.account("--keep-in-memory")
    assert cli("account", "test", "1").code == 3

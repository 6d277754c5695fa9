"""`leaddesk account add --sign-in browser` and what follows: a local authority, Dovecot and the sink."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.calling import Cli
from tests.cli.test_account import ACCOUNT_KEYS
from tests.real.authority import Browser, LocalAuthority, redirect_of, visit
from tests.real.certificates import Certificates
from tests.real.dovecot import Dovecot, need_dovecot
from tests.real.sink import Sink

pytestmark = pytest.mark.real

ANA, INFO = "ana@lofts.example", "info@lofts.example"
ROOT = Path(__file__).resolve().parents[2]
CLIENT = ("--client-id", "leaddesk-test", "--tenant", "lofts.example")


@pytest.fixture
def cli(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Cli:
    monkeypatch.delenv("LEADDESK_PROFILE", raising=False)
    return Cli(tmp_path / "profile", monkeypatch, capsys)


@pytest.fixture
def authority() -> Iterator[LocalAuthority]:
    with LocalAuthority(person=ANA, boxes={ANA: {INFO}}) as made:
        yield made


@pytest.fixture
def servers(
    authority: LocalAuthority, certificates: Certificates, tmp_path: Path
) -> Iterator[tuple[Dovecot, Sink]]:
    need_dovecot()
    with (
        Dovecot({ANA: "a", INFO: "b"}, certificates=certificates, authority=authority.url) as dovecot,
        Sink("auth;tokens", truth=tmp_path / "truth", bearers=lambda u, t: authority.opens(t, u)) as sink,
    ):
        profile = tmp_path / "profile"
        profile.mkdir()
        (profile / "authorities.toml").write_text(authority.toml(dovecot.server, sink.server))
        yield dovecot, sink


@pytest.fixture
def add(servers: tuple[Dovecot, Sink]) -> tuple[str, ...]:
    ca = str(servers[0].ca_file)
    return ("account", "add", "--sign-in", "browser", "--authority", "local", *CLIENT, "--ca", ca, "--email")


@pytest.fixture
def browser(monkeypatch: pytest.MonkeyPatch) -> Browser:
    made = Browser()
    monkeypatch.setattr("webbrowser.open", made)
    monkeypatch.setenv("DISPLAY", ":77")
    return made


def test_the_servers_are_the_authoritys_and_the_box_is_kept(
    cli: Cli, add: tuple[str, ...], browser: Browser, authority: LocalAuthority, servers: tuple[Dovecot, Sink]
) -> None:
    (made,) = cli.json(*add, ANA)
    assert set(made) == ACCOUNT_KEYS
    assert (made["sign_in"], made["signer"], made["keyring"]) == ("browser", None, "Memory")
    assert made["imap"]["port"] == servers[0].imaps_port
    assert made["smtp"]["port"] == servers[1].port
    assert [step["ok"] for step in made["tests"]] == [True] * 8
    assert "/lofts.example/authorize" in browser.opened[0]
    assert "login_hint=ana%40lofts.example" in browser.opened[0]
    assert cli("account", "test", "1").code == 0
    checks = {check["check"]: check["ok"] for check in cli("doctor", "--json").records}
    assert (checks["imap"], checks["smtp"]) == (True, True)
    assert cli("watch", "--once").code == 0


def test_a_second_box_needs_no_client_id_and_tells_who_signed_in(
    cli: Cli, add: tuple[str, ...], browser: Browser, servers: tuple[Dovecot, Sink]
) -> None:
    cli.json(*add, ANA, "--no-test")
    words = ("account", "add", "--sign-in", "browser", "--authority", "local", "--email", INFO)
    (made,) = cli.json(*words, "--ca", str(servers[0].ca_file))
    assert (made["signer"], made["account"]) == (ANA, 2)


def test_without_a_client_id_the_way_to_one_is_told(cli: Cli, browser: Browser) -> None:
    said = cli("account", "add", "--sign-in", "browser", "--email", ANA)
    assert (said.code, said.out) == (2, "")
    assert "A client id of your own at Microsoft is needed." in said.err
    assert "App registrations" in said.err
    assert browser.opened == []


def test_an_authority_that_nobody_knows_is_wrong_usage(cli: Cli) -> None:
    said = cli("account", "add", "--sign-in", "browser", "--authority", "yahoo", "--email", ANA)
    assert (said.code, said.err.count("\n")) == (2, 1)


def test_a_microsoft_address_is_told_the_way(cli: Cli) -> None:
    said = cli("account", "add", "--email", "ann@outlook.com", "--password-stdin", stdin=b"secret\n")
    assert said.code == 3
    assert "--sign-in browser" in said.err


def test_what_needs_an_administrator_comes_with_the_address_to_forward(
    cli: Cli, add: tuple[str, ...], browser: Browser, authority: LocalAuthority
) -> None:
    authority.denies = {"error": "consent_required", "error_description": "AADSTS65001: ask your admin"}
    said = cli(*add, ANA, "--json")
    assert said.code == 3
    told = said.record
    assert (told["account"], told["refusal"]) == (None, "administrator")
    assert told["link"] == f"{authority.url}/lofts.example/adminconsent?client_id=leaddesk-test"
    assert said.err == f"{told['error']}\n"
    assert told["link"] in cli(*add, ANA).err
    assert cli.json("account", "list") == []


def test_sending_that_is_switched_off_is_told_and_a_reply_opens_elsewhere(
    cli: Cli, add: tuple[str, ...], browser: Browser, servers: tuple[Dovecot, Sink]
) -> None:
    servers[1].become(
        "auth;tokens;answer:AUTH:535 5.7.139 SmtpClientAuthentication is disabled for the Tenant"
    )
    said = cli(*add, ANA, "--json")
    assert said.code == 0
    assert said.record["smtp_off"]
    assert "(SMTP AUTH) is switched off" in said.err
    lead = cli.lead()
    text = cli.profile / "answer.txt"
    text.write_text("Yes, we do.")
    (reply,) = cli.json("reply", str(lead), "--text-file", str(text), "--no-undo")
    once = cli("watch", "--once", "--json")
    assert once.code == 3
    (opened,) = cli.json("outbox", "open", str(reply["outgoing"]))
    assert opened["url"].startswith("mailto:ngozi@mail.example?subject=")
    assert (opened["state"], opened["why"]) == ("cancelled", "Opened in your mail program.")
    assert cli("outbox", "open", str(reply["outgoing"])).code == 1


def test_a_revoked_sign_in_needs_the_person_and_is_given_anew(
    cli: Cli, add: tuple[str, ...], browser: Browser, authority: LocalAuthority
) -> None:
    cli.json(*add, ANA)
    authority.revoke()
    said = cli("watch", "--once", "--json")
    assert said.code == 3
    assert said.err == "The sign-in at Local does not hold any more.\n"
    assert cli("account", "sign-in", "1").code == 0
    assert cli("watch", "--once").code == 0


def test_a_sign_in_that_is_not_kept_cannot_be_watched_by_another_call(
    cli: Cli, add: tuple[str, ...], browser: Browser
) -> None:
    (made,) = cli.json(*add, ANA, "--keep-in-memory", "--no-test")
    assert (made["keyring"], cli.vault.kept) == (None, {})
    for words in (("watch",), ("watch", "--password-stdin")):
        said = cli(*words, stdin=b"words\n")
        assert said.code == 3
        assert "leaddesk account sign-in 1" in said.err
    assert cli("watch", "--once").code == 3


@pytest.mark.parametrize("more", [(), ("--json",)])
def test_without_a_browser_the_address_is_told_on_standard_error(
    cli: Cli, add: tuple[str, ...], more: tuple[str, ...]
) -> None:
    """A process of its own, as on a server: somebody opens the address by hand."""
    words = ["--profile", str(cli.profile), *add, ANA, "--keep-in-memory", *more]
    usual = {
        name: value for name, value in os.environ.items() if "DISPLAY" not in name and "DBUS" not in name
    }
    with subprocess.Popen(
        [sys.executable, "-m", "leaddesk", *words],
        cwd=ROOT,
        env=usual,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stderr is not None
        line = process.stderr.readline()
        assert line.startswith("Open this address in a browser on this computer: http://127.0.0.1:")
        assert visit(redirect_of(line.split()[-1])) == 200
        out, err = process.communicate(timeout=60)
    assert process.returncode == 0, err
    assert ANA in out

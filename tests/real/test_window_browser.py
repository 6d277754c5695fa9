"""A mailbox that opens by the browser, in the real window: set up, answered elsewhere, signed in to again."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from leaddesk.words.account import Account, SignIn
from leaddesk.words.outgoing import OutgoingState
from leaddesk.words.settings import UNDO_SECONDS
from tests.letters import letter
from tests.real.authority import LocalAuthority
from tests.real.certificates import Certificates
from tests.real.desktop import GnomeKeyring, wait_for
from tests.real.dovecot import Dovecot, need_dovecot
from tests.real.scene import Scene
from tests.real.sink import Sink

pytestmark = pytest.mark.real

ANA = "ana@lofts.example"
OPEN_ELSEWHERE, SIGN_IN_AGAIN = (195, 244), (195, 227)
"""The first button of the only card, in the window, under what that card says."""
QUEUE = (120, 110, 420, 220)
UNDER = (140, 250, 380, 150)
"""Under the first row of the queue, where it moves to when a card comes."""
LEAD = (560, 90, 560, 120)
"""The head of the lead that is shown."""
COMPOSER = (560, 480, 740, 120)
OFF = "auth;tokens;answer:AUTH:535 5.7.139 SmtpClientAuthentication is disabled for the Tenant"
_DESKTOP = """#!{python}
# Opens what it is given as a desktop does; the person in the browser takes their time until `back` is there.
import pathlib, sys, time, urllib.request
here = pathlib.Path(__file__).parent
with (here / "opened").open("a") as file:
    print(sys.argv[1], file=file)
if sys.argv[1].startswith("http"):
    while not (here / "back").exists():
        time.sleep(0.02)
    urllib.request.build_opener(urllib.request.ProxyHandler({{}})).open(sys.argv[1], timeout=20).close()
"""


class Desktop:
    """What opens addresses on this desktop: an `xdg-open` of the test's own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir()
        program = folder / "xdg-open"
        program.write_text(_DESKTOP.format(python=sys.executable))
        program.chmod(0o700)

    def opened(self) -> list[str]:
        """The addresses so far."""
        told = self._folder / "opened"
        return told.read_text().split() if told.exists() else []

    def wait_for(self, start: str, count: int = 1) -> str:
        """The newest address that begins so, once there are so many."""
        wait_for(lambda: len(self._like(start)) >= count, limit_s=20)
        return self._like(start)[-1]

    def person_is_quick(self, quick: bool) -> None:
        """Whether the person in the browser has signed in already."""
        if quick:
            (self._folder / "back").touch()
        else:
            (self._folder / "back").unlink()

    def _like(self, start: str) -> list[str]:
        return [address for address in self.opened() if address.startswith(start)]


@pytest.fixture
def desktop(there: Scene, tmp_path: Path) -> Desktop:
    made = Desktop(tmp_path / "desktop")
    there.driver.env["PATH"] = f"{tmp_path / 'desktop'}{os.pathsep}{there.driver.env['PATH']}"
    return made


@pytest.fixture
def authority() -> Iterator[LocalAuthority]:
    with LocalAuthority(person=ANA) as made:
        yield made


@pytest.fixture
def servers(
    there: Scene, authority: LocalAuthority, certificates: Certificates, tmp_path: Path
) -> Iterator[tuple[Dovecot, Sink]]:
    need_dovecot()
    with (
        Dovecot({ANA: "a"}, certificates=certificates, authority=authority.url) as dovecot,
        Sink("auth;tokens", truth=tmp_path / "truth", bearers=lambda u, t: authority.opens(t, u)) as sink,
    ):
        there.profile.mkdir()
        (there.profile / "authorities.toml").write_text(authority.toml(dovecot.server, sink.server))
        yield dovecot, sink


def set_up(there: Scene, desktop: Desktop, dovecot: Dovecot) -> Account:
    """The account page by keyboard: the way by the browser, an own certificate, the client id."""
    driver = there.driver
    driver.start(there.profile)
    wait_for(lambda: not there.has_rail(), limit_s=20)
    driver.settle()
    driver.type(ANA)
    driver.settle()
    with driver.changing():
        driver.keys("Return")
    driver.keys("shift+Tab", "shift+Tab", "shift+Tab")
    driver.settle()
    driver.shot("30-ways")
    with driver.changing():
        driver.keys("space")  # the local authority, not a password
    driver.keys("shift+Tab", "shift+Tab", "shift+Tab", "shift+Tab")
    driver.settle()
    with driver.changing():
        driver.keys("space")  # "Other servers"
    driver.type("\t" * 7 + str(dovecot.ca_file))
    driver.type("\t" * 4 + "leaddesk-test\tlofts.example")
    driver.settle()
    driver.shot("31-client-id")
    driver.keys("Return")
    asked = desktop.wait_for("http")
    assert "login_hint=ana%40lofts.example" in asked
    driver.settle()
    driver.shot("32-waiting")
    desktop.person_is_quick(True)
    account = there.until(lambda desk: desk.accounts.list())[0]
    driver.shot("33-steps")
    wait_for(there.has_rail, limit_s=20)  # it goes on by itself
    return account


def test_a_mailbox_is_set_up_answered_and_opened_again_by_the_browser(
    there: Scene, desktop: Desktop, authority: LocalAuthority, servers: tuple[Dovecot, Sink]
) -> None:
    dovecot, sink = servers
    driver = there.driver
    with GnomeKeyring(there.bus):
        account = set_up(there, desktop, dovecot)
        assert (account.sign_in, account.signer) == (SignIn.BROWSER, "")
        assert account.client is not None
        assert account.client.tenant == "lofts.example"
        assert account.keyring is not None
        with there.look() as desk:
            desk.config.set(UNDO_SECONDS, "1")

        sink.become(OFF)
        driver.settle()
        with driver.changing(LEAD, limit_s=20):
            dovecot.deliver(letter(to=ANA, id="<ask@mail.example>"), to=ANA)
        driver.wait_title(r"^\(1\) LeadDesk")
        driver.shot("34-enquiry")
        with driver.changing(COMPOSER):
            driver.keys("r")
        driver.type("Yes, from May on.")
        with driver.changing(QUEUE):
            driver.keys("ctrl+Return")
            there.until(lambda desk: desk.reply.outbox(OutgoingState.QUEUED))
            there.until(lambda desk: desk.accounts.list()[0].smtp_off)
        driver.settle()
        driver.shot("35-switched-off")
        driver.click(*OPEN_ELSEWHERE)
        mail = desktop.wait_for("mailto:")
        assert "In-Reply-To=%3Cask%40mail.example%3E" in mail
        assert "Yes%2C%20from%20May%20on." in mail
        there.until(lambda desk: desk.reply.outbox(OutgoingState.CANCELLED))
        driver.settle()
        driver.shot("36-opened-elsewhere")

        desktop.person_is_quick(False)
        authority.revoke()
        with driver.changing(UNDER, limit_s=30):
            dovecot.restart()
        driver.settle()
        driver.shot("37-sign-in-is-over")
        driver.click(*SIGN_IN_AGAIN)
        desktop.wait_for("http", 2)
        driver.settle()
        driver.shot("38-signing-in-again")
        desktop.person_is_quick(True)
        there.until(lambda desk: desk.accounts.list()[0].signed_in_at != account.signed_in_at)
        dovecot.deliver(letter("A second roof?", sender="Bob <bob@example.org>", to=ANA), to=ANA)
        driver.wait_title(r"^\(2\) LeadDesk")
        driver.shot("39-watched-again")
        with driver.changing():
            driver.keys("Return")  # "Go on": that nothing can be sent was read
        driver.shot("40-back")
        assert driver.errors() == ""

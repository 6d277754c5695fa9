"""A desktop with a mailbox: all the real parts of a person's day with the window, and a second look."""

from __future__ import annotations

import email
import email.policy
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from pathlib import Path
from typing import TypeVar

from leaddesk import desk as core
from leaddesk.doors.clock import Clock
from leaddesk.doors.mail.reader import Reader
from leaddesk.words.account import Account, Security
from leaddesk.words.views import QueueRow
from tests.memory_vault import MemoryVault
from tests.real.certificates import Certificates
from tests.real.desktop import Screen, SessionBus, wait_for
from tests.real.dovecot import Dovecot, need_dovecot
from tests.real.driver import Driver
from tests.real.sink import Sink
from tests.real.tray import Tray

T = TypeVar("T")
USER, PASSWORD = "ana", "plum tart 71"
ADDRESS = "ana@lofts.example"

_RAIL = (45, 45, 65, 60)
"""Where its first place stands."""


@dataclass
class Mailbox:
    """A mailbox on Dovecot, and the sink that its answers go to; both want a sign-in, both speak TLS."""

    dovecot: Dovecot
    sink: Sink
    mails: Path
    """Where the sink keeps what it took."""

    def account(self) -> Account:
        """It, as set-up would leave it."""
        return Account(
            email=ADDRESS,
            name="Ana",
            user=USER,
            imap=self.dovecot.server,
            smtp=self.sink.server,
            ca_file=self.dovecot.ca_file,
            own_domain=True,
            sent_folder="Sent",
            saves_sent=False,
        )

    def taken(self) -> list[EmailMessage]:
        """The mails that the sink took, tests of the connection apart, in order."""
        found = [self._read(taken.sha256) for taken in self.sink.taken()]
        return [mail for mail in found if mail["X-LeadDesk-Test"] is None]

    def write(self, text: str, *, answers: str | None = None, subject: str = "A pergola") -> None:
        """The customer writes, or answers a mail of ours."""
        mail = EmailMessage(policy=email.policy.SMTP)
        mail["From"] = "Zoë Martín <zoe@garden.example>"
        mail["To"] = ADDRESS
        mail["Subject"] = subject
        mail["Message-ID"] = f"<{time.monotonic_ns()}@garden.example>"
        if answers:
            mail["In-Reply-To"] = mail["References"] = answers
        mail.set_content(text)
        self.dovecot.deliver(mail.as_bytes(), to=USER)

    def _read(self, name: str) -> EmailMessage:
        raw = (self.mails / f"{name}.eml").read_bytes()
        return email.message_from_bytes(raw, policy=email.policy.default)


@contextmanager
def mailbox(folder: Path, certificates: Certificates) -> Iterator[Mailbox]:
    need_dovecot()
    users, mails = {USER: PASSWORD}, folder / "mails"
    sink = Sink(
        "auth",
        truth=folder / "truth.jsonl",
        mails=mails,
        security=Security.TLS,
        pair=certificates.good,
        users=users,
    )
    with Dovecot(users, certificates=certificates) as dovecot, sink:
        yield Mailbox(dovecot, sink, mails)


@dataclass
class Scene:
    """A screen with a session bus, where the program runs for one person."""

    screen: Screen
    bus: SessionBus
    tray: Tray
    driver: Driver
    home: Path
    profile: Path
    clock: Clock = field(default_factory=Clock)
    """By which our own eyes look; a test that moves the program's clock moves this one with it."""

    @contextmanager
    def look(self) -> Iterator[core.Desk]:
        """The profile through eyes of our own, beside the running window; nothing of it runs."""
        doors = core.Doors(self.clock, MemoryVault(), Reader())
        with core.open(self.profile, doors=doors) as desk:
            yield desk

    def until(self, ask: Callable[[core.Desk], T], limit_s: float = 20.0) -> T:
        """What the data answers, once it is something."""
        end = time.monotonic() + limit_s
        with self.look() as desk:
            while not (answer := ask(desk)):
                assert self.driver.is_running, self.driver.errors()
                assert time.monotonic() < end, "the data never said so"
                time.sleep(0.05)
        return answer

    def has_rail(self) -> bool:
        """Whether the window's places are seen: set-up fills the whole window, in one colour there."""
        pixels = self.driver.picture(_RAIL)
        return any(pixels[at : at + 3] != pixels[:3] for at in range(0, len(pixels), 3))

    def set_up(self, post: Mailbox) -> Account:
        """The account page of a fresh profile by keyboard: other servers, an own certificate, the steps."""
        driver = self.driver
        driver.start(self.profile)
        wait_for(lambda: not self.has_rail(), limit_s=20.0)
        driver.settle()
        driver.shot("01-fresh-profile")
        driver.type(ADDRESS)
        with driver.changing():
            driver.keys("Return")
        over_browsers = ["Tab"] * 3  # over the two providers that open by the browser
        driver.keys(*(f"shift+{key}" for key in over_browsers))
        with driver.changing():
            driver.keys("space")  # "Other servers"
        driver.keys(*over_browsers)
        driver.type(f"localhost:{post.dovecot.imaps_port}\tlocalhost:{post.sink.port}\t{USER}")
        driver.keys(*["Tab"] * 4)  # over the folder and its choice
        driver.type(f"{post.dovecot.ca_file}\t\t{PASSWORD}")
        driver.shot("02-other-servers")
        driver.keys("Return")
        wait_for(post.sink.taken)
        driver.shot("03-steps")
        account = self.until(lambda desk: desk.accounts.list())[0]
        self.until(lambda desk: desk.audit.last(account.id))
        wait_for(self.has_rail, limit_s=20.0)
        driver.settle()
        return account

    def rows(self) -> tuple[QueueRow, ...]:
        """The queue as it is stored."""
        with self.look() as desk:
            return desk.queue.today().rows

    def files(self) -> list[Path]:
        """Every file that the program may have written."""
        return [path for path in self.home.rglob("*") if path.is_file()]


@contextmanager
def scene(home: Path) -> Iterator[Scene]:
    home.mkdir(mode=0o700)
    with ExitStack() as parts:
        screen, bus = parts.enter_context(Screen("1360x860")), parts.enter_context(SessionBus())
        tray = parts.enter_context(Tray(bus))
        driver = parts.enter_context(Driver(screen, home, bus.env))
        yield Scene(screen, bus, tray, driver, home, home / "profile")

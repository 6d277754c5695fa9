"""The whole desk over a real profile, its outside faked: a vault in memory, a notifier that writes down."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from leaddesk import desk as core
from leaddesk.desk.watch import Pace
from leaddesk.doors.clock import Clock
from leaddesk.doors.mail.reader import Reader
from leaddesk.doors.notify import Notice, Notifier, OnAction
from leaddesk.words.lead import Lead, Touch
from leaddesk.words.mail import Mail, MailState, Place, Role
from leaddesk.words.news import AlertRaised, News
from leaddesk.words.views import LeadView, QueueRow, Trouble
from tests.memory_vault import MemoryVault

T = TypeVar("T", bound=News)


class FakeNotifier(Notifier):
    """Writes down what is shown. With `silent` set nobody is there to see it, with `mute` to hear it."""

    def __init__(self, on_action: OnAction) -> None:
        super().__init__(on_action=on_action)
        self.press = on_action
        self.shown: list[Notice] = []
        self.cleared: list[str] = []
        self.silent = False
        self.mute = False

    def show(self, notice: Notice) -> str | None:
        self.shown.append(notice)
        return None if self.silent else "fake"

    def clear(self, key: str) -> None:
        self.cleared.append(key)

    def sounds(self, door: str) -> bool:
        return not self.mute

    def why_not(self) -> str | None:
        return "Nobody is there." if self.silent else None


@dataclass
class House:
    """A desk and what a test asks of it. Its reader is the session's, and stays open."""

    desk: core.Desk
    vault: MemoryVault
    notifier: FakeNotifier
    news: list[News] = field(default_factory=list)

    @classmethod
    def open(
        cls,
        profile: Path,
        reader: Reader,
        clock: Clock,
        *,
        vault: MemoryVault | None = None,
        pace: Pace | None = None,
    ) -> House:
        made: list[FakeNotifier] = []

        def notifier(on_action: OnAction) -> Notifier:
            made.append(FakeNotifier(on_action))
            return made[0]

        vault = vault or MemoryVault()
        desk = core.open(profile, doors=core.Doors(clock, vault, reader, notifier, pace))
        assert desk.alerts  # parts of a desk are made when they are first asked for
        house = cls(desk, vault, made[0])
        desk.bus.subscribe(house.news.append)
        return house

    # -- mail by hand

    def land(self, raw: bytes, at: datetime | None = None) -> Mail:
        """A mail is captured; what became of it."""
        captured = self.desk.receive.capture(raw, at)
        return self.mail(captured.mail)

    def lands_as_lead(self, raw: bytes, at: datetime | None = None) -> int:
        lead = self.land(raw, at).lead
        assert lead is not None
        return lead

    # -- what is there

    def mail(self, number: int) -> Mail:
        found = self.desk.store.mails.get(number)
        assert found is not None
        return found

    def mails(self, role: Role = Role.INBOX) -> list[Mail]:
        """All rows of a role, in the order in which they were stored."""
        rows = (self.desk.store.mails.get(number) for number in range(1, 10_000))
        found = []
        for row in rows:
            if row is None:
                break
            found.append(row)
        return [mail for mail in found if mail.role is role]

    def lead(self, number: int = 1) -> Lead:
        found = self.desk.store.leads.get(number)
        assert found is not None
        return found

    def view(self, number: int = 1) -> LeadView:
        return self.desk.leads.show(number)

    def touches(self, number: int = 1) -> list[Touch]:
        return [entry for entry in self.lead(number).record if isinstance(entry, Touch)]

    def queue(self) -> tuple[QueueRow, ...]:
        return self.desk.queue.today().rows

    def enquiries(self) -> int:
        """How many clocks were opened, in all."""
        leads = (self.desk.store.leads.get(row) for row in range(1, 10_000))
        total = 0
        for lead in leads:
            if lead is None:
                break
            total += len(lead.enquiries)
        return total

    def in_place(self, place: Place) -> int:
        return len(self.desk.store.mails.in_place(place, 10_000))

    def vanished(self) -> list[Mail]:
        return [mail for mail in self.mails() if mail.state is MailState.VANISHED]

    def heard(self, kind: type[T]) -> list[T]:
        """News of one kind, in order."""
        return [item for item in self.news if isinstance(item, kind)]

    def alerts(self) -> list[AlertRaised]:
        return self.heard(AlertRaised)

    def trouble(self, key: str) -> Trouble | None:
        return next((each for each in self.desk.health.troubles() if each.key == key), None)

    def close(self) -> None:
        assert self.desk.services.stop(5.0), "a service did not end"


def until(condition: Callable[[], object], seconds: float = 15.0, every: float = 0.005) -> None:
    """Waits for a condition, never for a while; `every` so many seconds it is asked."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not come to that"
        time.sleep(every)

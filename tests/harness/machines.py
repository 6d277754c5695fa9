"""Machines that answer machines: a desk that acknowledges meets autoresponders, ticket robots and lists.

Days are virtual and the dice are seeded. What went out is counted from the outbox's own sends: at most one
to a sender in any seven days, whatever a machine does to its headers, its address or its subject.
"""

from __future__ import annotations

import heapq
import itertools
import random
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from leaddesk.rules.holding.may import ONCE_IN, sender_key
from leaddesk.words.errors import LeadDeskError
from leaddesk.words.lead import Outcome
from leaddesk.words.outgoing import OutgoingKind
from tests.frozen_clock import FrozenClock
from tests.house import House
from tests.letters import form_notice, letter

DAYS = 90
_TEXT = "Thank you for your message. Could you send us an offer for a loft conversion?"
_MARKS = {"Auto_Submitted": "auto-replied"}
_numbers = itertools.count(1)


@dataclass(frozen=True)
class Machine:
    """How one machine behaves. `{n}` in address and subject is the number of its mail, `{d}` its domain."""

    name: str
    headers: Mapping[str, str] = field(default_factory=dict)
    address: str = "office@{d}"
    subject: str = "Loft"
    answers_after: timedelta | None = timedelta(seconds=5)
    """How long after an acknowledgement it answers; None: never."""
    every: timedelta | None = None
    """How often it writes by itself."""
    threads: bool = False
    is_form: bool = False
    path: str = "<{a}>"


_DAY, _HOUR = timedelta(days=1), timedelta(hours=1)
MACHINES = (
    Machine("a person's away note", _MARKS, subject="Automatic reply: Loft", threads=True),
    Machine("an away note whose header a gateway took", subject="Automatic reply: Loft", threads=True),
    Machine("an away note without any sign", threads=True),
    Machine("one that answers a day later", answers_after=_DAY),
    Machine("one that answers after a week", answers_after=timedelta(days=7, minutes=1)),
    Machine("one that answers after six days", answers_after=timedelta(days=6)),
    Machine("a ticket robot with new subjects", subject="[Ticket #{n}] received"),
    Machine("a ticket robot with marks", {"X_Autoreply": "yes"}, subject="[#{n}] received"),
    Machine("a ticket robot with a tag for each ticket", address="help+{n}@{d}", subject="Case {n}"),
    Machine("a ticket robot with an address for each ticket", address="ticket-{n}@{d}", subject="Case {n}"),
    Machine("one that shouts its address", address="OFFICE@{d}"),
    Machine("a newsletter", {"List_Id": "<news.example>"}, every=2 * _DAY, answers_after=None),
    Machine("a list that answers all", {"List_Post": "<mailto:all@example.org>"}, address="all@{d}"),
    Machine("a list without list headers", {"Precedence": "list"}, address="all@{d}", every=2 * _DAY),
    Machine("a bounce", address="MAILER-DAEMON@{d}", path="<>", subject="Undelivered"),
    Machine("a bounce with a path", address="postmaster@{d}", subject="Undelivered"),
    Machine("a challenge", subject="Please confirm that you are a person", threads=True),
    Machine("another LeadDesk", {**_MARKS, "X_LeadDesk_Ack": "1", "X_LeadDesk_Desk": "b0b"}, threads=True),
    Machine("another LeadDesk behind a gateway", subject="Auto: Auto: Loft"),
    Machine("Exchange's suppressor", {"X_Auto_Response_Suppress": "All"}, every=2 * _DAY),
    Machine("a forwarder in a circle", address="forward@{d}", subject="Fwd: Auto: Loft", every=3 * _HOUR),
    Machine("a cron job with a person's name", address="jane.doe@{d}", every=2 * _DAY, answers_after=None),
    Machine("a form that a robot fills every other day", is_form=True, every=2 * _DAY, answers_after=None),
    Machine("a form that a robot fills with tags", is_form=True, address="r+{n}@{d}", every=2 * _DAY),
    Machine("a form whose visitor's mailbox answers", is_form=True, every=3 * _DAY, threads=True),
)


@dataclass
class World:
    """One desk for all machines; `went` is what it sent, to whom and when."""

    house: House
    clock: FrozenClock
    account: int
    forget: Callable[[House], None] = lambda house: None
    """Called after each send; a seeded bug forgets whom it wrote to."""
    most: int = 6
    """So many mails of one machine at most."""
    went: dict[str, list[datetime]] = field(default_factory=lambda: defaultdict(list))

    def meet(self, machine: Machine, seed: int) -> None:
        """Ninety days with one machine at a domain of its own."""
        dice, start = random.Random(seed), self.clock.now()
        due: list[tuple[datetime, int]] = [(start + timedelta(minutes=dice.randint(1, 600)), 0)]
        if machine.every is not None:
            due += [(start + machine.every * n, n) for n in range(1, DAYS)]
        heapq.heapify(due)
        mails = 0
        while due and mails < self.most and due[0][0] < start + DAYS * _DAY:
            at, _ = heapq.heappop(due)
            self.clock.jump(max(at, self.clock.now()))
            mails += 1
            lead = self.house.land(_mail(machine, f"d{seed}.example")).lead
            sent = self._send_all()
            if machine.answers_after is not None and sent:
                heapq.heappush(due, (self.clock.now() + machine.answers_after, -mails))
            if lead is not None and dice.random() < 0.3:
                self._close(lead)
        self.clock.jump(start + (DAYS + 8) * _DAY)

    def _close(self, lead: int) -> None:
        try:
            self.house.desk.decide.close(lead, Outcome.LOST)
        except LeadDeskError:
            return  # it is closed already

    def _send_all(self) -> int:
        outbox, sent = self.house.desk.store.outbox, 0
        while (claim := outbox.claim(self.clock.now(), "world", [self.account])) is not None:
            assert claim.kind is OutgoingKind.HOLDING
            outbox.committing(claim.outgoing, "world")
            outbox.sent(claim.outgoing, at=self.clock.now(), answer="250 ok")
            self.went[sender_key(claim.recipients[0])].append(self.clock.now())
            self.forget(self.house)
            sent += 1
        return sent

    def too_often(self) -> dict[str, list[datetime]]:
        """Senders who got two within seven days."""
        return {
            who: times
            for who, times in self.went.items()
            if any(later - earlier < ONCE_IN for earlier, later in itertools.pairwise(sorted(times)))
        }


def _mail(machine: Machine, domain: str) -> bytes:
    n = next(_numbers)
    address = machine.address.format(n=n, d=domain)
    subject = machine.subject.format(n=n)
    headers = {**machine.headers, "Return_Path": machine.path.format(a=address)}
    if machine.is_form:
        return form_notice("Ro Bot", address, _TEXT, **{**headers, "Return_Path": "<www@host.example>"})
    if machine.threads:
        headers["In_Reply_To"] = f"<{n}.guess@lofts.example>"
    return letter(_TEXT, sender=f"Ro Bot <{address}>", subject=subject, **headers)

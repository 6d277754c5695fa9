"""Who waits: the rows that the queue chooses from, by index, whatever the number of leads.

And what stands beside them. A start asks nothing else, so this file asks for few columns and few words.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import peewee as pw

from leaddesk.doors.store.database import Database
from leaddesk.doors.store.due import due_step
from leaddesk.doors.store.tables import Tables
from leaddesk.words.due import DueStep
from leaddesk.words.queue import KnownPerson
from leaddesk.words.states import ASKING, UNDER_WAY, Outcome, Place, Turn, What

RESCUE_OPEN = "open"
"""Whom an audit found unanswered, until somebody takes it or lets it go."""
_SOON = timedelta(minutes=5)
_PROMISES_SHOWN = timedelta(days=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingLead:
    """A lead that is ours to move, as its row says."""

    lead: int
    name: str
    what: What
    turn: Turn
    outcome: Outcome
    since: datetime
    snoozed_until: datetime | None
    got_at: datetime | None
    source: str
    wants: str
    outbox: str
    step: DueStep | None = None
    """The step of its plan that has fallen due."""
    promised_at: datetime | None = None
    """By when a holding message promised an answer."""


@dataclass(frozen=True, slots=True)
class WaitingCounts:
    """How many wait, and who waits longest. `going` are those whose answer is as good as given."""

    total: int
    new: int
    going: int
    oldest: datetime | None
    leads: int


class Waiting:
    """Questions about the queue."""

    def __init__(self, database: Database) -> None:
        self._db = database
        self._t = database.tables

    def newest(self, now: datetime, what: Iterable[What], limit: int) -> list[WaitingLead]:
        """Of these kinds, those that have waited shortest."""
        lead = self._t.lead
        return self._rows(self._due(now, what).order_by(lead.since.desc()).limit(limit))

    def oldest(self, now: datetime, limit: int) -> list[WaitingLead]:
        """Of all kinds, those that have waited longest."""
        lead = self._t.lead
        return self._rows(self._due(now, What).order_by(lead.since).limit(limit))

    def reminded(self, now: datetime, limit: int) -> list[WaitingLead]:
        """Those whose last word is ours and whose snooze has ended: ours since then."""
        back = self._reminded(now, self._select_steps()).order_by(self._t.lead.snoozed_until.desc())
        rows = self._rows(back.limit(limit))
        return [
            replace(row, turn=Turn.OURS, since=row.snoozed_until or row.since, step=_due(row.step, now))
            for row in rows
        ]

    def stepped(self, now: datetime, limit: int) -> list[WaitingLead]:
        """Those whose last word is ours and whose plan has a step that is due: ours since then."""
        rows = self._rows(self._stepped(now).order_by(self._t.lead.due_at.desc()).limit(limit))
        return [replace(row, turn=Turn.OURS, since=row.step.at if row.step else row.since) for row in rows]

    def troubled(self, limit: int) -> list[WaitingLead]:
        """Leads whose answer is unsure or was refused, whatever else they wait for."""
        lead = self._t.lead
        troubled = self._select().where(lead.outbox.in_([state.value for state in ASKING]))
        query = troubled.order_by(lead.since.desc())
        return self._rows(query.limit(limit))

    def promised(self, now: datetime) -> dict[int, datetime]:
        """By when waiting leads were promised an answer, of the last weeks."""
        e, lead = self._t.enquiry, self._t.lead
        head, first = pw.fn.COALESCE(lead.merged_into, lead.id), pw.fn.min(e.promised_at)
        query = e.select(head, first.converter(e.promised_at.python_value)).join(lead, on=(lead.id == e.lead))
        query = query.where(e.promised_at >= now - _PROMISES_SHOWN, e.standing == "waiting")
        with self._db.session():
            rows: Iterable[Any] = query.group_by(head).tuples()
            return {lead: at for lead, at in rows}

    def counts(self, now: datetime) -> WaitingCounts:
        """The numbers beside the queue."""
        lead = self._t.lead
        with self._db.session():
            is_new = lead.what == What.NEW.value
            due = self._due(now, What).select(
                pw.fn.count(lead.id), pw.fn.count(lead.id).filter(is_new), pw.fn.min(lead.since)
            )
            total, new, oldest = due.tuples().get()
            back = self._reminded(now).select(pw.fn.count(lead.id), pw.fn.min(lead.snoozed_until))
            reminded, first = back.tuples().get()
            steps = self._stepped(now).select(pw.fn.count(lead.id), pw.fn.min(lead.due_at))
            stepped, due = steps.tuples().get()
            total += reminded + stepped
            oldest = min(filter(None, (oldest, first, due)), default=None)
            soon = self._answered_soon(now).select(pw.fn.count(self._t.outgoing.lead.distinct()))
            going = int(soon.scalar())
            leads = lead.select().count()
        return WaitingCounts(total, new, going, oldest, leads)

    def is_answered_soon(self, lead: int, now: datetime) -> bool:
        """Is the lead's answer as good as given? Then the queue leaves it out, and no alert tells of it."""
        with self._db.session():
            return bool(self._answered_soon(now).where(self._t.outgoing.lead == lead).exists())

    def known(self, since: datetime, limit: int) -> list[KnownPerson]:
        """The newest mails from people we wrote to before who have no enquiry here."""
        m = self._t.mail
        columns = (m.id, m.from_name, m.from_email, m.subject, m.snippet, m.received_at)
        query = self._placed(m.select(*columns), Place.KNOWN, since).order_by(m.received_at.desc())
        with self._db.session():
            rows = list(query.limit(limit).tuples())
        return [_known(*row) for row in rows]

    def placed(self, place: Place, since: datetime) -> int:
        """How many mails have ended in `place` since then."""
        with self._db.session():
            return int(self._placed(self._t.mail.select(), place, since).count())

    def owed(self) -> int:
        """How many people of the past, in mailboxes in use, wait for an answer."""
        with self._db.session():
            return int(owed(self._t).count())

    def next_wake(self, since: datetime) -> datetime | None:
        """When the first snooze of an open lead after `since` ends."""
        lead = self._t.lead
        query = lead.select(lead.snoozed_until).where(
            lead.snoozed_until > since, lead.outcome == Outcome.OPEN.value
        )
        with self._db.session():
            row = query.order_by(lead.snoozed_until).first()
        return row.snoozed_until if row else None

    def woken(self, since: datetime, now: datetime) -> list[int]:
        """Open leads whose snooze ended after `since` and by `now`."""
        lead = self._t.lead
        query = lead.select(lead.id).where(
            lead.snoozed_until > since, lead.snoozed_until <= now, lead.outcome == Outcome.OPEN.value
        )
        with self._db.session():
            return [row.id for row in query.order_by(lead.id)]

    def _due(self, now: datetime, what: Iterable[What]) -> Any:
        """Open, ours, not asleep, and not already answered by something on its way."""
        lead = self._t.lead
        return self._select().where(
            lead.outcome == Outcome.OPEN.value,
            lead.turn == Turn.OURS.value,
            lead.what.in_([w.value for w in what]),
            lead.id.not_in(self._answered_soon(now)),
            lead.snoozed_until.is_null() | (lead.snoozed_until <= now),
        )

    def _reminded(self, now: datetime, select: Any = None) -> Any:
        """By the index on the snooze: of those who owe us a word there may be very many."""
        lead = self._t.lead
        return (select if select is not None else self._select()).where(
            lead.snoozed_until <= now,
            pw.fn.COALESCE(lead.outcome, "") == Outcome.OPEN.value,
            pw.fn.COALESCE(lead.turn, "") == Turn.THEIRS.value,
            lead.id.not_in(self._answered_soon(now)),
        )

    def _stepped(self, now: datetime) -> Any:
        """By the index on what is due. Who was put off is `reminded` once that is over."""
        lead = self._t.lead
        return self._select_steps().where(
            lead.due_at <= now,
            pw.fn.COALESCE(lead.outcome, "") == Outcome.OPEN.value,
            pw.fn.COALESCE(lead.turn, "") == Turn.THEIRS.value,
            pw.fn.COALESCE(lead.snoozed_until, 0) == 0,
            lead.id.not_in(self._answered_soon(now)),
        )

    def _answered_soon(self, now: datetime) -> Any:
        """Leads whose answer is as good as given: under way, due within minutes, and no word of theirs since.

        One that is held up, or is for tomorrow, keeps nobody from waiting.
        """
        o, lead = self._t.outgoing, self._t.lead.alias()
        return (
            o.select(o.lead)
            .join(lead, on=(lead.id == o.lead))
            .where(
                o.state.in_([state.value for state in UNDER_WAY]),
                o.not_before.between(now - _SOON, now + _SOON),
                lead.outbox == "going",
                lead.last_in_at.is_null() | (o.approved_at >= lead.last_in_at),
            )
        )

    def _select(self) -> Any:
        """The columns that a list needs: reading the others takes half of the time."""
        lead = self._t.lead
        return lead.select(
            lead.id, lead.name, lead.what, lead.turn, lead.outcome, lead.since, lead.snoozed_until,
            lead.got_at, lead.source_text, lead.wants, lead.outbox,
        )  # fmt: skip

    def _select_steps(self) -> Any:
        """The same with the step that comes next."""
        lead = self._t.lead
        return self._select().select_extend(
            lead.plan, lead.plan_step, lead.plan_of, lead.due_way, lead.due_at, lead.due_day
        )

    def _placed(self, query: Any, place: Place, since: datetime) -> Any:
        m = self._t.mail
        return query.where(m.place == place.value, m.received_at >= since)

    def _rows(self, query: Any) -> list[WaitingLead]:
        with self._db.session():
            return [_waiting(row) for row in query]


def owed(tables: Tables) -> Any:
    """Those whom nobody has taken or let go, of mailboxes in use."""
    r, account = tables.rescue, tables.account
    joined = r.select().join(account, on=(account.id == r.account))
    return joined.where(r.state == RESCUE_OPEN, account.removed_at.is_null())


def _waiting(row: Any) -> WaitingLead:
    return WaitingLead(
        lead=row.id,
        name=row.name,
        what=What(row.what),
        turn=Turn(row.turn),
        outcome=Outcome(row.outcome),
        since=row.since,
        snoozed_until=row.snoozed_until,
        got_at=row.got_at,
        source=row.source_text,
        wants=row.wants,
        outbox=row.outbox,
        step=due_step(row.plan, row.plan_step, row.plan_of, row.due_way, row.due_at, row.due_day),
    )


def _due(step: DueStep | None, now: datetime) -> DueStep | None:
    return step if step is not None and step.at <= now else None


def _known(mail: int, name: str, email: str | None, subject: str, snippet: str, at: datetime) -> KnownPerson:
    return KnownPerson(
        mail=mail,
        name=name or email or "unknown sender",
        email=email or "",
        subject=subject or snippet,
        at=at,
    )

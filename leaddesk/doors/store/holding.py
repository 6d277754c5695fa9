"""Holding messages: judged once an enquiry, sent at most once a sender in seven days, never twice.

The ledger of senders and the mail in the outbox are written in one transaction. The ledger's row is taken by
one conditional update, so that of two desks one wins.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import peewee as pw

from leaddesk.doors.store.database import Database
from leaddesk.doors.store.holding_stops import other_desk
from leaddesk.doors.store.outbox import Outbox
from leaddesk.doors.store.rows import new_token
from leaddesk.rules.holding.may import A_DAY, A_MINUTE, AN_HOUR, ONCE_IN, Lately, counted_domain, sender_key
from leaddesk.words.holding import Held
from leaddesk.words.outgoing import OutgoingKind, OutgoingState
from leaddesk.words.states import READY, Standing

_STILL_CONFIRMS = timedelta(days=90)
_CONFIRMED_WITHIN = timedelta(hours=1)
"""A website confirms at once; what comes later is something else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ToSend:
    """A holding message as it goes out: frozen bytes, their Message-ID and what a person may read of it."""

    lead: int
    enquiry: int
    account: int
    sender: str
    to: str
    subject: str
    text: str
    message_id: str
    body_hash: str
    raw: bytes


@dataclass(frozen=True, slots=True)
class Ledger:
    """When somebody was last acknowledged. `key` is `rules.holding.may.sender_key`."""

    key: str
    domain: str
    at: datetime


class Holding:
    """The store of holding messages."""

    def __init__(self, database: Database, outbox: Outbox, desk: str) -> None:
        self._db = database
        self._desk = desk
        self._t = database.tables
        self._outbox = outbox

    # -- the judgement, beside its enquiry

    def judged(self, enquiry: int, held: Held) -> None:
        """Writes down what was judged, and what was promised."""
        e = self._t.enquiry
        with self._db.transaction():
            e.update(held_rule=held.rule, held_why=held.why, promised_at=held.promised_at).where(
                e.id == enquiry
            ).execute()

    def of_lead(self, leads: Sequence[int]) -> dict[int, Held]:
        """By enquiry, where one was judged; `to` is not kept."""
        e = self._t.enquiry
        query = e.select().where(e.lead.in_(list(leads)), e.held_why != "")
        with self._db.session():
            return {
                row.id: Held(to=None, rule=row.held_rule, why=row.held_why, promised_at=row.promised_at)
                for row in query
            }

    def came_by_mail(self, since: datetime, limit: int) -> list[tuple[int, int]]:
        """The newest enquiries since then that a mail brought: lead and mail, in order of time."""
        e = self._t.enquiry
        query = e.select(e.lead, e.mail).where(e.received_at >= since, e.mail.is_null(False))
        with self._db.session():
            rows = list(query.order_by(e.received_at.desc(), e.id.desc()).limit(limit))
        return [(row.lead, row.mail) for row in reversed(rows) if row.mail is not None]

    def promises(self, since: datetime, until: datetime) -> tuple[int, int]:
        """How many promises fell due between the two, and how many of them were kept.

        A promise to an enquiry that was judged none, or closed before its hour, is not counted.
        """
        e = self._t.enquiry
        query = e.select(e.promised_at, e.first_response_at, e.standing).where(
            e.promised_at >= since,
            e.promised_at < until,
            e.standing.in_([Standing.WAITING.value, Standing.ANSWERED.value]),
        )
        with self._db.session():
            rows = list(query)
        return len(rows), sum(
            r.first_response_at is not None and r.first_response_at <= r.promised_at for r in rows
        )

    # -- the ledger

    def last_to(self, address: str) -> datetime | None:
        """When this sender was last acknowledged, by whatever desk."""
        a = self._t.acknowledged
        with self._db.session():
            row = a.get_or_none(a.key == sender_key(address))
        return row.at if row else None

    def lately(self, address: str, now: datetime) -> Lately:
        """How many senders were acknowledged, for the backstops."""
        a = self._t.acknowledged
        domain = counted_domain(address)
        count = pw.fn.count(a.id)
        with self._db.session():
            minute, hour, day = (
                a.select(count).where(a.at > now - span).scalar() for span in (A_MINUTE, AN_HOUR, A_DAY)
            )
            same = a.select(count).where(a.at > now - AN_HOUR, a.domain == domain).scalar() if domain else 0
        return Lately(int(minute), int(hour), int(day), int(same))

    def remember(self, entries: Iterable[Ledger]) -> None:
        """Of each sender the latest time stays: a restore, and what another desk sent."""
        a = self._t.acknowledged
        with self._db.transaction():
            for each in entries:
                row = {"key": each.key, "domain": each.domain, "at": each.at, "token": new_token()}
                a.insert(**row).on_conflict_ignore().execute()
                a.update(at=each.at).where(a.key == each.key, a.at < each.at).execute()

    def ledger(self, since: datetime) -> tuple[Ledger, ...]:
        """Who was acknowledged since then."""
        a = self._t.acknowledged
        with self._db.session():
            return tuple(Ledger(row.key, row.domain, row.at) for row in a.select().where(a.at >= since))

    # -- sending

    def send(self, letter: ToSend, now: datetime) -> int | None:
        """Into the outbox; None, and nothing changed, where the sender had one in the last seven days."""
        with self._db.transaction():
            if not self._take(letter.to, now):
                return None
            made = self._t.outgoing.insert(
                token=new_token(), lead=letter.lead, enquiry=letter.enquiry, account=letter.account,
                kind=OutgoingKind.HOLDING.value, state=OutgoingState.QUEUED.value, sender=letter.sender,
                to=[letter.to], cc=[], subject=letter.subject, body=letter.text, content=letter.raw,
                message_id=letter.message_id, body_hash=letter.body_hash, not_before=now, attempts=0,
                looks=0, why="", created_at=now, updated_at=now,
            ).execute()  # fmt: skip
            self._outbox.placed(int(made))
            return int(made)

    def let_be(self, why: str) -> int:
        """Takes back all that wait; returns how many. After a restore nobody knows whether they went out."""
        o = self._t.outgoing
        waiting = [state.value for state in (*READY, OutgoingState.CLAIMED)]
        with self._db.transaction():
            rows = o.select(o.id).where(o.kind == OutgoingKind.HOLDING.value, o.state.in_(waiting))
            numbers = [row.id for row in rows]
            o.update(state=OutgoingState.CANCELLED.value, why=why).where(o.id.in_(numbers)).execute()
            return len(numbers)

    def _take(self, address: str, now: datetime) -> bool:
        """The sender's row in the ledger is ours: one statement decides, whoever else is at it."""
        a, token = self._t.acknowledged, new_token()
        key = sender_key(address)
        if a.update(at=now, token=token).where(a.key == key, a.at <= now - ONCE_IN).execute():
            return True
        row = {"key": key, "domain": counted_domain(address), "at": now, "token": token}
        a.insert(**row).on_conflict_ignore().execute()
        return bool(a.select().where(a.key == key, a.token == token).exists())

    # -- the website's own confirmation

    def confirmed(self, leads: Sequence[int], at: datetime) -> None:
        """A machine of ours wrote to them at `at`: the form of their fresh enquiry confirms by itself."""
        e, filed, form = self._t.enquiry, self._t.form_mail, self._t.form
        with self._db.transaction():
            mails = e.select(e.mail).where(
                e.lead.in_(list(leads)), e.received_at.between(at - _CONFIRMED_WITHIN, at + _CONFIRMED_WITHIN)
            )
            forms = filed.select(filed.form).where(filed.mail.in_(mails))
            form.update(confirms_at=at).where(form.id.in_(forms)).execute()

    def form_confirms(self, mail: int, now: datetime) -> bool:
        """The form that this mail came from confirmed by itself in the last 90 days."""
        filed, form = self._t.form_mail, self._t.form
        query = form.select(form.id).where(
            form.id.in_(filed.select(filed.form).where(filed.mail == mail)),
            form.confirms_at >= now - _STILL_CONFIRMS,
        )
        with self._db.session():
            return bool(query.exists())

    # -- other desks

    def saw_desk(self, account: int, desk: str, at: datetime, *, acknowledges: bool) -> None:
        """Another desk wrote from this mailbox; what was settled is asked anew when it still acknowledges."""
        if desk == self._desk:
            return
        o = self._t.other_desk
        with self._db.transaction():
            o.insert(account=account, desk=desk, seen_at=at).on_conflict_ignore().execute()
            mine = (o.account == account) & (o.desk == desk)
            o.update(seen_at=at).where(mine, o.seen_at < at).execute()
            if acknowledges:
                o.update(settled_at=None).where(mine, o.settled_at < at).execute()

    def other_desk(self, account: int) -> datetime | None:
        """When another desk wrote from this mailbox last; None where a person has settled it."""
        with self._db.session():
            return other_desk(self._t, account)

    def take_over(self, account: int, now: datetime) -> None:
        """A person's word: from now on this desk acknowledges for the mailbox."""
        o = self._t.other_desk
        with self._db.transaction():
            o.update(settled_at=now).where(o.account == account).execute()

"""The outbox: every step of a mail on its way is durable before the next one is taken (FAULTS 2.0).

draft -> queued (frozen bytes, Message-ID) -> claimed -> committing -> sent | refused | deferred | unsure.
Each step is one conditional update: whoever comes second changes nothing. What a crash leaves behind is
put right by `recover`: claimed goes back to the queue, committing becomes unsure, never queued.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

import peewee as pw

from leaddesk.doors.store.alerts import Alerts
from leaddesk.doors.store.database import Database
from leaddesk.doors.store.fields import to_micros
from leaddesk.doors.store.holding_stops import stop as holding_stop
from leaddesk.doors.store.leads import Leads
from leaddesk.doors.store.plain import Plain, marks
from leaddesk.doors.store.rows import new_token, outgoing_of
from leaddesk.doors.store.standing import outbox_standing
from leaddesk.doors.store.stops import Stops
from leaddesk.rules.person import email_key
from leaddesk.rules.reach import ANSWERED_FIRST
from leaddesk.words.errors import Refused
from leaddesk.words.lead import Channel, Decision, Direction, How, Outcome, Reached, Touch, Turn, Verb
from leaddesk.words.news import LeadChanged, News, OutgoingChanged
from leaddesk.words.outgoing import Claim, Draft, Outgoing, OutgoingKind, OutgoingState
from leaddesk.words.states import ASKING, READY

_S = OutgoingState
_CANCELLABLE = (_S.APPROVED, *READY)
_STOPPABLE = (*_CANCELLABLE, _S.CLAIMED)
"""Where a committed stop still wins: until the last dot is to be written."""
_DUE = """(state = 'queued' AND not_before <= ? OR state = 'deferred')
    AND (next_try IS NULL OR next_try <= ?)"""


class Outbox:
    """The store of outgoing mails."""

    def __init__(self, database: Database, leads: Leads, alerts: Alerts) -> None:
        self._db = database
        self._t = database.tables
        self._rows = database.tables.outgoing
        self._plain, self._plain_leads = Plain(database, "outgoing"), Plain(database, "lead")
        self._leads = leads
        self._alerts = alerts
        self._stops = Stops(database)

    # -- reading

    def get(self, outgoing: int) -> Outgoing:
        """Raises Refused when there is none of that number."""
        with self._db.session():
            row = self._row(outgoing)
            if row is None:
                raise Refused(f"There is no outgoing mail {outgoing}.", "leaddesk outbox shows them.")
            return self._outgoing_of(row)

    def all_in(self, states: Iterable[OutgoingState], lead: int | None = None) -> tuple[Outgoing, ...]:
        rows = self._rows
        query = self._thin().where(rows.state.in_([s.value for s in states]))
        with self._db.session():
            if lead is not None:
                to_them = rows.kind != OutgoingKind.COLLEAGUE.value
                query = query.where(rows.lead.in_(self._leads.all_of(lead)), to_them)
            return tuple(outgoing_of(row) for row in query.order_by(rows.id))

    def standing(self, lead: int) -> str:
        """How the mails to the lead stand: going, unsure, refused, or empty where nothing is open."""
        with self._db.session():
            return outbox_standing(self._plain, self._leads.all_of(lead))

    def draft_of(self, lead: int) -> Outgoing | None:
        """The lead's newest draft."""
        drafts = self.all_in([_S.DRAFT], lead)
        return drafts[-1] if drafts else None

    def raw(self, outgoing: int) -> bytes:
        """The frozen bytes; empty for a draft."""
        with self._db.session():
            row = self._rows.get_or_none(self._rows.id == outgoing)
        return bytes(row.content) if row and row.content else b""

    def sender(self, outgoing: int) -> str:
        """The address it goes out from; empty when there is no such mail."""
        with self._db.session():
            row = self._rows.get_or_none(self._rows.id == outgoing)
        return row.sender if row else ""

    def with_message_id(self, message_id: str) -> Outgoing | None:
        with self._db.session():
            row = self._thin().where(self._rows.message_id == message_id).first()
        return outgoing_of(row) if row else None

    # -- a person's side

    def save_draft(self, draft: Draft, enquiry: int | None) -> Outgoing:
        """Writes the draft down; a draft that has been approved meanwhile becomes a new one."""
        with self._db.transaction() as news:
            now = self._db.now()
            words: dict[str, Any] = {
                "account": draft.account,
                "sender": draft.from_address,
                "to": list(draft.to),
                "cc": list(draft.cc),
                "subject": draft.subject,
                "body": draft.body,
                "files": [asdict(each) for each in draft.files],
                "updated_at": now,
            }
            row = draft.outgoing
            if row is None or not self._change(row, [_S.DRAFT], **words):
                row = self._insert(draft.lead, enquiry, now, words)
            self._tell(news, row, quiet=True)
            return self.get(row)

    def discard(self, outgoing: int) -> None:
        """Throws a draft away."""
        with self._db.transaction():
            self._change(outgoing, [_S.DRAFT], state=_S.CANCELLED.value, why="thrown away")

    def queue(self, outgoing: int, *, raw: bytes, message_id: str, body_hash: str, by: str | None,
              not_before: datetime, gives_way: bool = False,
              answers: int | None = None) -> Outgoing:  # fmt: skip
        """A person approved the draft: bytes and Message-ID are frozen; `answers` is their mail.

        Where it `gives_way`, a word of theirs that is written down after this stops it.
        """
        with self._db.transaction() as news:
            now = self._db.now()
            changed = self._change(
                outgoing,
                [_S.DRAFT],
                state=_S.QUEUED.value,
                content=raw,
                message_id=message_id,
                body_hash=body_hash,
                approved_by=by,
                approved_at=now,
                not_before=not_before,
                answers=answers,
                gives_way_after=self._stops.newest_entry(self._lead_of(outgoing)) if gives_way else None,
                why="",
            )
            if not changed:
                raise Refused("This reply was already sent on its way.", "Look at the conversation.")
            self._tell(news, outgoing)
            return self.get(outgoing)

    def cancel(self, outgoing: int, why: str) -> bool:
        """Takes a mail back that has not been claimed. False when it is too late."""
        with self._db.transaction() as news:
            changed = self._change(outgoing, _CANCELLABLE, state=_S.CANCELLED.value, why=why)
            if changed:
                self._promise_is_void(outgoing)
                self._tell(news, outgoing)
                self._waits_again(outgoing)
            return changed

    def give_way(self, lead: int) -> list[int]:
        """They wrote: mails that give way are cancelled. First in the transaction, before the record."""
        rows, leads = self._rows, self._leads.all_of(lead)
        return self._stop(ANSWERED_FIRST, rows.lead.in_(leads), rows.gives_way_after.is_null(False))

    def stop(self, lead: int, keys: Sequence[str], why: str) -> list[int]:
        """They asked to end: cancels all that is on its way to the lead, or to an address with one of `keys`.

        Those whose last dot is being written are past it. Before the record, as `give_way`.
        """
        with self._db.transaction():
            leads, wanted = self._leads.all_of(lead), set(keys)
            under_way = self.all_in(_STOPPABLE)
            meant = [o.id for o in under_way if o.lead in leads or wanted & set(map(email_key, o.recipients))]
            return self._stop(why, self._rows.id.in_(meant), self._rows.colleague.is_null())

    def put_down(self, lead: int, later_than: datetime, why: str) -> list[int]:
        """Cancels what is to go to the lead later than that. Before the record, as `give_way`."""
        rows, leads = self._rows, self._leads.all_of(lead)
        to_them = rows.kind == OutgoingKind.REPLY.value
        return self._stop(why, rows.lead.in_(leads), to_them, rows.not_before > later_than)

    def requeue(self, outgoing: int, why: str) -> bool:
        """A person's "send again" for one that is unsure or refused; False for a holding message."""
        with self._db.transaction() as news:
            now = self._db.now()
            changed = self._change(
                outgoing, ASKING, where="kind = ?", value=OutgoingKind.REPLY.value,
                state=_S.QUEUED.value, not_before=now, next_try=None, owner=None, why=why,
                committing_at=None, looks=0,
            )  # fmt: skip
            if changed:
                self._tell(news, outgoing)
                self._alerts.take(self.get(outgoing).lead, now)
            return changed

    def hasten(self, outgoing: int, why: str) -> bool:
        """A person's "send it now" for one that waits, as it was approved. False where it waits no more."""
        with self._db.transaction() as news:
            now = self._db.now()
            changed = self._change(outgoing, READY, not_before=now, next_try=None, why=why)
            if changed:
                self._tell(news, outgoing)
            return changed

    def drop(self, outgoing: int, why: str) -> bool:
        """A person's "let it be" for one that is unsure or refused."""
        with self._db.transaction() as news:
            changed = self._change(outgoing, [*ASKING, *_CANCELLABLE], state=_S.CANCELLED.value, why=why)
            if changed:
                self._tell(news, outgoing)
                self._waits_again(outgoing)
            return changed

    def tell_colleague(self, draft: Draft, name: str, *, raw: bytes, message_id: str, body_hash: str) -> int:
        """A mail about a lead to a person of ours, automatic; it is queued as it is."""
        with self._db.transaction() as news:
            now = self._db.now()
            words: dict[str, Any] = {
                "account": draft.account, "sender": draft.from_address, "to": list(draft.to),
                "cc": list(draft.cc), "subject": draft.subject, "body": draft.body, "content": raw,
                "message_id": message_id, "body_hash": body_hash, "not_before": now, "updated_at": now,
                "kind": OutgoingKind.COLLEAGUE.value, "colleague": name,
            }  # fmt: skip
            made = self._insert(draft.lead, None, now, words)
            self._change(made, [_S.DRAFT], state=_S.QUEUED.value)
            self._tell(news, made)
            return made

    def told(self, lead: int, since: datetime) -> list[str]:
        """Who of ours was told, or is about to be, of what the lead asked at `since`."""
        rows = self._rows
        query = rows.select(rows.colleague).where(
            rows.lead.in_(self._leads.all_of(lead)), rows.kind == OutgoingKind.COLLEAGUE.value,
            rows.state != _S.CANCELLED.value, rows.created_at >= since,
        )  # fmt: skip
        with self._db.session():
            return [row.colleague or "" for row in query.order_by(rows.id)]

    def placed(self, outgoing: int) -> None:
        """Another store put this mail here, in the transaction that goes on: says so."""
        with self._db.transaction() as news:
            self._tell(news, outgoing)

    # -- the sender's side

    def claim(self, now: datetime, owner: str, accounts: Sequence[int]) -> Claim | None:
        """The next mail that may go, now in `owner`'s hands; None when there is none.

        Where a limit lets only some go, follow-ups yield to answers.
        """
        with self._db.transaction() as news:
            row = self._due(now, accounts)
            while row is not None and not (self._may_go(row, now) and self._take(row.id, owner)):
                row = self._due(now, accounts)  # somebody was quicker
            if row is None:
                return None
            row.state = _S.CLAIMED.value
            self._say(news, row, self._leads.head_of(row.lead))  # how the outbox stands is as before
            return Claim(
                outgoing=row.id,
                account=row.account,
                message_id=row.message_id or "",
                sender=row.sender,
                recipients=(*row.to, *row.cc),
                raw=bytes(row.content or b""),
                kind=OutgoingKind(row.kind),
            )

    def committing(self, outgoing: int, owner: str) -> None:
        """Durable before the final dot is written. Raises Refused when the mail is no longer ours."""
        with self._db.transaction() as news:
            now = self._db.now()
            self._stops.take_turn()
            row = self._row(outgoing)
            may_go = self._may_go(row, now)
            changed = may_go and self._change(
                outgoing, [_S.CLAIMED], where="owner = ?", value=owner,
                state=_S.COMMITTING.value, committing_at=now,
            )  # fmt: skip
            if changed:
                row.state = _S.COMMITTING.value
                self._say(news, row, self._leads.head_of(row.lead))
        if not changed:  # outside, so that a stop that was noticed here stays
            raise Refused("This mail was taken back.")

    def release(self, outgoing: int, *, why: str, next_try: datetime, answer: str | None = None) -> None:
        """Provably not accepted, and no attempt counted: back into the queue.

        After `committing` only a whole answer of the server's, or never having written the dot, proves that.
        """
        with self._db.transaction() as news:
            if self._change(
                outgoing, [_S.CLAIMED, _S.COMMITTING], state=_S.QUEUED.value, owner=None, why=why,
                next_try=next_try, answer=answer, committing_at=None,
            ):  # fmt: skip
                self._tell(news, outgoing)

    def try_now(self) -> None:
        """Mails that wait for a server to be reached may be tried at once."""
        rows = self._rows
        with self._db.transaction():
            rows.update(next_try=None).where(rows.state == _S.QUEUED.value).execute()

    def defer(
        self, outgoing: int, *, why: str, answer: str | None, next_try: datetime, counted: bool = True
    ) -> None:
        """A complete 4xx: tried again at `next_try`; an attempt unless the server only asked us to wait."""
        with self._db.transaction() as news:
            if self._change(
                outgoing, [_S.CLAIMED, _S.COMMITTING], state=_S.DEFERRED.value, owner=None, why=why,
                answer=answer, next_try=next_try, committing_at=None, attempts=self._tries(outgoing, counted),
            ):  # fmt: skip
                self._tell(news, outgoing)

    def refuse(self, outgoing: int, *, why: str, answer: str | None, counted: bool = True) -> None:
        """A complete 5xx, or a mail that a person must look at first: not tried again as it is."""
        with self._db.transaction() as news:
            if self._change(
                outgoing, [_S.CLAIMED, _S.COMMITTING], state=_S.REFUSED.value, owner=None, why=why,
                answer=answer, attempts=self._tries(outgoing, counted),
            ):  # fmt: skip
                self._promise_is_void(outgoing)
                self._tell(news, outgoing)
                self._alarm(outgoing)

    def unsure(self, outgoing: int, why: str) -> None:
        """After committing, without a complete final line."""
        with self._db.transaction() as news:
            if self._change(
                outgoing, [_S.COMMITTING], state=_S.UNSURE.value, owner=None, why=why,
                attempts=self._tries(outgoing),
            ):  # fmt: skip
                self._tell(news, outgoing)
                self._alarm(outgoing)

    def sent(
        self,
        outgoing: int,
        *,
        at: datetime,
        answer: str | None,
        why: str = "",
        how: How = How.MEASURED,
        is_restored: bool = False,
    ) -> bool:
        """Accepted: the touch is recorded in the same transaction, once. `how` is who told the time.

        Of restored data (`is_restored`) also what still waits may have been sent before the restore.
        """
        maybe_sent = [_S.COMMITTING, _S.UNSURE, *(READY if is_restored else ())]
        with self._db.transaction() as news:
            if not self._change(
                outgoing, maybe_sent, state=_S.SENT.value, owner=None, why=why,
                answer=answer, sent_at=at,
            ):  # fmt: skip
                return False
            row = self._row(outgoing)
            leads = self._leads.all_of(row.lead)
            mail = replace(outgoing_of(row), lead=leads[0])
            self._leads.record(_told_of(row, at) if row.colleague else _touch_of(row, mail, at, how))
            self._mark(leads)
            self._say(news, row, leads[0])
            self._is_theirs_now(mail.lead)
            return True

    def looked(self, outgoing: int) -> int:
        """One more look into Sent that did not find it; returns how many there were."""
        with self._db.transaction():
            looks = int(self._row(outgoing).looks) + 1
            self._change(outgoing, [_S.UNSURE], looks=looks)
            return looks

    def copied(self, outgoing: int, by_us: bool) -> None:
        """The copy in Sent is settled: appended by us, or kept by the provider."""
        with self._db.transaction():
            self._rows.update(copied_to_sent=by_us).where(self._rows.id == outgoing).execute()

    def uncopied(self) -> tuple[Outgoing, ...]:
        """Sent mails whose copy in Sent is not settled."""
        rows = self._rows
        query = self._thin().where(rows.state == _S.SENT.value, rows.copied_to_sent.is_null())
        with self._db.session():
            return tuple(outgoing_of(row) for row in query.order_by(rows.id))

    def recover(self) -> tuple[int, int]:
        """After a crash: how many went back to the queue, and how many are unsure now.

        Only for the one who holds the profile's lock: nobody else can be sending.
        """
        with self._db.transaction() as news:
            claimed = [o.id for o in self.all_in([_S.CLAIMED])]
            committing = [o.id for o in self.all_in([_S.COMMITTING])]
            for each in claimed:
                self._change(each, [_S.CLAIMED], state=_S.QUEUED.value, owner=None)
                self._tell(news, each)
            for each in committing:
                self.unsure(each, "LeadDesk stopped at the last moment of sending.")
            return len(claimed), len(committing)

    # -- stops

    def _stop(self, why: str, *conditions: Any) -> list[int]:
        """Cancels what fits, and gives a person's text back as a draft: it was not sent, and is not lost."""
        rows, stopped = self._rows, []
        with self._db.transaction() as news:
            states = [state.value for state in _STOPPABLE]
            query = rows.select(rows.id).where(rows.state.in_(states), *conditions)
            for number in [row.id for row in query.order_by(rows.id)]:
                if self._change(number, _STOPPABLE, state=_S.CANCELLED.value, owner=None, why=why):
                    stopped.append(number)
                    self._promise_is_void(number)
                    self._tell(news, number)
                    self._give_text_back(number)
                    self._waits_again(number)
        return stopped

    def _give_text_back(self, number: int) -> None:
        mail, row = self.get(number), self._row(number)
        if mail.approved_by is None or row.colleague is not None or self.draft_of(mail.lead) is not None:
            return
        words = {
            name: getattr(row, name) for name in ("account", "sender", "to", "cc", "subject", "body", "files")
        }
        self._insert(row.lead, row.enquiry, self._db.now(), words | {"updated_at": self._db.now()})

    def _lead_of(self, outgoing: int) -> list[int]:
        row = self._rows.get_or_none(self._rows.id == outgoing)
        return self._leads.all_of(row.lead) if row is not None else []

    # -- rows

    def _thin(self) -> Any:
        """Rows without their frozen bytes, which may be large, each with the lead that goes on by now."""
        rows, lead = self._rows, self._t.lead
        goes_on = lead.select(lead.merged_into).where(lead.id == rows.lead)
        columns = (f for f in rows._meta.sorted_fields if f.name not in ("content", "lead"))
        return rows.select(*columns, pw.fn.COALESCE(goes_on, rows.lead).alias("lead"))

    def _row(self, outgoing: int) -> Any:
        """The row as it stands, without its frozen bytes; None when there is none."""
        return self._plain.row("id = ?", outgoing, without="content")

    def _outgoing_of(self, row: Any) -> Outgoing:
        """With the lead that goes on by now."""
        return replace(outgoing_of(row), lead=self._leads.head_of(row.lead))

    def _due(self, now: datetime, accounts: Sequence[int]) -> Any:
        """The next mail that may be tried, whole, or None."""
        at = to_micros(now)
        order = "gives_way_after IS NOT NULL, not_before, id"
        where = f"{_DUE} AND account IN ({marks(accounts)}) ORDER BY {order} LIMIT 1"
        found = self._plain.columns("id", where, at, at, *accounts)
        return self._plain.row("id = ?", found[0][0]) if found else None

    def _may_go(self, row: Any, now: datetime) -> bool:
        """Nothing stops it; a mail that something stops is cancelled, with the reason."""
        leads = self._leads.all_of(row.lead)
        why = self._stops.against(row, leads)
        if why is None and row.kind == OutgoingKind.HOLDING.value:
            why = holding_stop(self._t, row, leads, now)
        if why is not None:
            self._stop(why, self._rows.id == row.id)
        return why is None

    def _promise_is_void(self, outgoing: int) -> None:
        """A holding message that never went out promised nothing, and its enquiry says why."""
        mail, e = self.get(outgoing), self._t.enquiry
        if mail.kind is OutgoingKind.HOLDING:
            why = f"No automatic reply went out. {mail.why}"
            void = e.update(promised_at=None, held_rule="stopped", held_why=why)
            void.where(e.id == mail.enquiry).execute()

    def _take(self, outgoing: int, owner: str) -> bool:
        return self._change(outgoing, READY, state=_S.CLAIMED.value, owner=owner)

    def _insert(self, lead: int, enquiry: int | None, now: datetime, words: dict[str, Any]) -> int:
        made = self._rows.insert(
            token=new_token(), lead=lead, enquiry=enquiry, state=_S.DRAFT.value, attempts=0, looks=0, why="",
            created_at=now, **words,
        ).execute()  # fmt: skip
        return int(made)

    def _tries(self, outgoing: int, counted: bool = True) -> int:
        """How often it was tried, this time included where it is `counted`."""
        return int(self._row(outgoing).attempts) + counted

    def _change(
        self,
        outgoing: int,
        states: Iterable[OutgoingState],
        *,
        where: str = "",
        value: object = None,
        **columns: Any,
    ) -> bool:
        """One conditional update; False when the mail is in none of `states`, or not `where` it is to be."""
        columns.setdefault("updated_at", self._db.now())
        known = [state.value for state in states]
        fits = f"id = ? AND state IN ({marks(known)})"
        if where:
            return bool(self._plain.update(columns, f"{fits} AND {where}", outgoing, *known, value))
        return bool(self._plain.update(columns, fits, outgoing, *known))

    def _tell(self, news: list[News], outgoing: int, *, quiet: bool = False) -> None:
        """Marks the lead with how its outbox stands, and says so."""
        row = self._row(outgoing)
        leads = self._leads.all_of(row.lead)
        self._mark(leads)
        if quiet:
            news.append(LeadChanged(at=self._db.now(), lead=leads[0]))
        else:
            self._say(news, row, leads[0])

    def _mark(self, leads: Sequence[int]) -> None:
        standing = outbox_standing(self._plain, leads)
        self._plain_leads.update({"outbox": standing}, "id = ? AND outbox <> ?", leads[0], standing)

    def _say(self, news: list[News], row: Any, lead: int) -> None:
        """News of the mail in this row, and once of its lead."""
        now, state = self._db.now(), OutgoingState(row.state)
        if not any(isinstance(each, LeadChanged) and each.lead == lead for each in news):
            news.append(LeadChanged(at=now, lead=lead))
        news.append(OutgoingChanged(at=now, outgoing=row.id, lead=lead, account=row.account, state=state))

    # -- the alert, which an approval has taken

    def _waits_again(self, outgoing: int) -> None:
        mail = self.get(outgoing)
        if mail.kind is OutgoingKind.REPLY:
            self._alerts.raise_again(mail.lead, self._db.now())

    def _alarm(self, outgoing: int) -> None:
        """Nobody has this lead while our answer is not with them, whoever thinks so.

        A holding message has taken no alert, and its failure raises none.
        """
        mail = self.get(outgoing)
        lead = self._t.lead.get(self._t.lead.id == mail.lead)
        if mail.kind is OutgoingKind.REPLY and lead.outcome == Outcome.OPEN.value:
            self._alerts.raise_anew(lead.id, 1, self._db.now())

    def _is_theirs_now(self, number: int) -> None:
        """What was raised over an unsure mail is over, unless they have written meanwhile."""
        ((turn,),) = self._plain_leads.columns("turn", "id = ?", number)
        if turn == Turn.THEIRS.value:
            self._alerts.take(number, self._db.now())


def _touch_of(row: Any, mail: Outgoing, at: datetime, how: How) -> Touch:
    """What went to them. `row` names the lead to whom it was written, whoever goes on for it by now."""
    return Touch(
        lead=row.lead,
        at=at,
        by=mail.approved_by,
        direction=Direction.OUT,
        channel=Channel.EMAIL,
        automatic=mail.kind is OutgoingKind.HOLDING,
        outcome=Reached.SENT,
        how=how,
        text=mail.body,
        outgoing=mail.id,
    )


def _told_of(row: Any, at: datetime) -> Decision:
    return Decision(lead=row.lead, at=at, verb=Verb.TOLD, reason=row.colleague)

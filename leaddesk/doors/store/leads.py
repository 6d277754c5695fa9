"""Leads, their enquiries and their record. Whatever is appended is folded in the same transaction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import peewee as pw

from leaddesk.doors.store.database import Database
from leaddesk.doors.store.models import AddressRow, LeadRow
from leaddesk.doors.store.rows import (
    enquiry_of,
    entry_columns,
    entry_of,
    new_token,
    one_line,
    person_of,
    source_columns,
    source_of,
)
from leaddesk.doors.store.search import Search
from leaddesk.rules.find import search_text
from leaddesk.rules.fold import fold, standing_entries
from leaddesk.words.lead import (
    Direction,
    Enquiry,
    Entry,
    Lead,
    LeadState,
    Outcome,
    Person,
    Retraction,
    Source,
    Standing,
    Touch,
    What,
)
from leaddesk.words.news import LeadChanged

_BATCH = 500


@dataclass(frozen=True, slots=True)
class LeadHead:
    """A lead in a list."""

    name: str
    outcome: Outcome
    since: datetime
    source: str
    what: What
    wants: str
    snoozed_until: datetime | None
    outbox: str


class Leads:
    """The store of leads. Every deed is one transaction and tells `LeadChanged`."""

    def __init__(self, database: Database, search: Search) -> None:
        self._db = database
        self._t = database.tables
        self._search = search

    # -- reading

    def get(self, lead: int) -> Lead | None:
        """The lead with its record, or None."""
        with self._db.session():
            row = self._t.lead.get_or_none(self._t.lead.id == lead)
            if row is None:
                return None
            return _assembled(row, self._enquiries(lead), self._record(lead), self._addresses(lead))

    def opened_by(self, at: datetime) -> Iterator[Lead]:
        """Every lead whose first enquiry came at or before `at`, read some hundreds at a time."""
        lead = self._t.lead
        last = 0
        with self._db.session():
            while rows := list(
                lead.select().where(lead.opened_at <= at, lead.id > last).order_by(lead.id).limit(_BATCH)
            ):
                yield from self._whole(rows)
                last = rows[-1].id

    def head(self, lead: int) -> LeadHead | None:
        """The lead's row without its record, for lists."""
        with self._db.session():
            row = self._t.lead.get_or_none(self._t.lead.id == lead)
        if row is None:
            return None
        return LeadHead(
            row.name, Outcome(row.outcome), row.since, row.source_text, What(row.what), row.wants,
            row.snoozed_until, row.outbox,
        )  # fmt: skip

    def with_address(self, keys: Sequence[str]) -> list[int]:
        """Leads that can be reached by any of `keys`, the newest first."""
        a = self._t.address
        with self._db.session():
            rows = a.select(a.lead).where(a.key.in_(list(keys))).distinct().order_by(a.lead.desc())
            return [row.lead for row in rows]

    def last_deed(self, lead: int | None = None) -> Entry | None:
        """The newest thing a person did that stands and can be taken back (of one lead, or of all)."""
        e = self._t.entry
        later = e.alias()
        taken_back = pw.fn.EXISTS(later.select(later.id).where(later.takes_back == e.id))
        found_in_sent = (e.direction == Direction.OUT.value) & e.mail.is_null(False)
        query = e.select().where(
            e.by.is_null(False), e.kind != "retraction", e.outgoing.is_null(), ~found_in_sent, ~taken_back
        )
        if lead is not None:
            query = query.where(e.lead == lead)
        with self._db.session():
            row = query.order_by(e.id.desc()).first()
        return entry_of(row) if row else None

    # -- writing

    def open(
        self, person: Person, source: Source, enquiry: Enquiry, keys: Sequence[tuple[str, str, str]]
    ) -> tuple[int, int]:
        """A new lead with its first enquiry; returns both ids.

        `keys` are (kind, value, key) of each address; `enquiry.lead` is not looked at.
        """
        with self._db.transaction():
            lead = self._t.lead.insert(
                token=new_token(),
                name=person.name,
                company=person.company,
                **source_columns(source),
                wants="",
                opened_at=enquiry.received_at,
                outbox="",
                **state_columns(None, enquiry.received_at),
            ).execute()
            self._insert_addresses(lead, keys)
            return lead, self.open_enquiry(replace(enquiry, lead=lead))

    def open_enquiry(self, enquiry: Enquiry, by: str | None = None) -> int:
        """A further enquiry of `enquiry.lead`, with the inward touch that it is; returns its id."""
        with self._db.transaction():
            made = self._t.enquiry.insert(
                token=new_token(),
                lead=enquiry.lead,
                channel=enquiry.channel.value,
                received_at=enquiry.received_at,
                submitted_at=enquiry.submitted_at,
                seen_at=enquiry.seen_at,
                message=enquiry.message,
                subject=enquiry.subject,
                fields=dict(enquiry.fields),
                **source_columns(enquiry.source),
                mail=enquiry.mail,
                quiet=enquiry.quiet,
                counted=enquiry.counted,
                standing="waiting",
            ).execute()
            self.record(
                Touch(
                    lead=enquiry.lead,
                    at=enquiry.received_at,
                    direction=Direction.IN,
                    channel=enquiry.channel,
                    text=enquiry.message,
                    enquiry=made,
                    mail=enquiry.mail,
                    by=by,
                )
            )
            return int(made)

    def record(self, entry: Entry) -> int:
        """Appends one entry and folds the lead anew; returns the entry's id."""
        with self._db.transaction() as news:
            made = self._t.entry.insert(**entry_columns(entry)).execute()
            self.refold(entry.lead)
            news.append(LeadChanged(at=self._db.now(), lead=entry.lead))
            return int(made)

    def take_back(self, entry: Entry, by: str, at: datetime) -> int:
        """Undo: a retraction of `entry`."""
        return self.record(Retraction(lead=entry.lead, at=at, by=by, takes_back=entry.id))

    def add_addresses(self, lead: int, keys: Sequence[tuple[str, str, str]]) -> None:
        """Further ways to reach the lead; those it has already stay as they are."""
        known = {(row.kind, row.key) for row in self._addresses_of(lead)}
        if all((kind, key) in known for kind, value, key in keys if value):
            return
        with self._db.transaction() as news:
            self._insert_addresses(lead, keys)
            self.refold(lead)
            news.append(LeadChanged(at=self._db.now(), lead=lead))

    def rename(self, lead: int, name: str, company: str) -> None:
        """Fills in what was not known before."""
        with self._db.transaction() as news:
            self._t.lead.update(name=name, company=company).where(self._t.lead.id == lead).execute()
            self.refold(lead)
            news.append(LeadChanged(at=self._db.now(), lead=lead))

    def refold(self, lead: int) -> LeadState:
        """Makes the row what the record says. Rebuilding it gives the same row (a property test)."""
        with self._db.transaction():
            row = self._t.lead.get(self._t.lead.id == lead)
            enquiries, record = self._enquiries(lead), self._record(lead)
            state = fold(enquiries, record)
            opened = min(e.received_at for e in enquiries)
            self._t.lead.update(
                opened_at=opened, wants=last_words(enquiries, record, state), **state_columns(state, opened)
            ).where(self._t.lead.id == lead).execute()
            for each in state.enquiries:
                response = each.first_response
                self._t.enquiry.update(
                    standing=each.standing.value, first_response_at=response.at if response else None
                ).where(self._t.enquiry.id == each.enquiry).execute()
            keys = [(a.kind, a.value, a.key) for a in self._addresses(lead)]
            self._search.put(lead, search_text(findable(row.name, row.company, keys), enquiries, record))
            return state

    # -- rows

    def _whole(self, rows: Sequence[LeadRow]) -> Iterator[Lead]:
        """These leads with all that belongs to them, in three queries for all."""
        low, high = rows[0].id, rows[-1].id
        enquiries = self._by_lead(self._t.enquiry, self._t.enquiry.received_at, low, high)
        record = self._by_lead(self._t.entry, self._t.entry.at, low, high)
        addresses = self._by_lead(self._t.address, self._t.address.id, low, high)
        for row in rows:
            yield _assembled(
                row,
                [enquiry_of(each) for each in enquiries[row.id]],
                [entry_of(each) for each in record[row.id]],
                addresses[row.id],
            )

    def _by_lead(self, table: Any, order: Any, low: int, high: int) -> dict[int, list[Any]]:
        found: dict[int, list[Any]] = defaultdict(list)
        for row in table.select().where(table.lead.between(low, high)).order_by(order, table.id):
            found[row.lead].append(row)
        return found

    def _enquiries(self, lead: int) -> list[Enquiry]:
        e = self._t.enquiry
        return [enquiry_of(row) for row in e.select().where(e.lead == lead).order_by(e.received_at, e.id)]

    def _record(self, lead: int) -> list[Entry]:
        e = self._t.entry
        return [entry_of(row) for row in e.select().where(e.lead == lead).order_by(e.at, e.id)]

    def _addresses(self, lead: int) -> list[Any]:
        a = self._t.address
        return list(a.select().where(a.lead == lead).order_by(a.id))

    def _addresses_of(self, lead: int) -> list[Any]:
        with self._db.session():
            return self._addresses(lead)

    def _insert_addresses(self, lead: int, keys: Sequence[tuple[str, str, str]]) -> None:
        rows = [
            {"lead": lead, "kind": kind, "value": value, "key": key} for kind, value, key in keys if value
        ]
        if rows:
            self._t.address.insert_many(rows).on_conflict_ignore().execute()


def findable(name: str, company: str, keys: Iterable[tuple[str, str, str]]) -> Person:
    """Whom a search may look for: a number is found as it was written and as it is compared."""
    ways = list(keys)
    return Person(
        name=name,
        company=company,
        emails=tuple(value for kind, value, _ in ways if kind == "email"),
        phones=tuple(dict.fromkeys(n for kind, value, key in ways if kind == "phone" for n in (value, key))),
    )


def _assembled(
    row: LeadRow, enquiries: Sequence[Enquiry], record: Sequence[Entry], addresses: Sequence[AddressRow]
) -> Lead:
    state = fold(enquiries, record)
    return Lead(
        id=row.id,
        person=person_of(row, addresses),
        source=source_of(row),
        wants=last_words(enquiries, record, state),
        state=state,
        enquiries=tuple(enquiries),
        record=tuple(record),
    )


def last_words(enquiries: Sequence[Enquiry], record: Sequence[Entry], state: LeadState) -> str:
    """One line of what they last wrote: what the queue shows as their wish.

    An enquiry that was judged none is no wish, except where there is no other.
    """
    out = {each.enquiry for each in state.enquiries if each.standing is Standing.NOT_A_LEAD}
    if len(out) == len(state.enquiries):
        out = set()
    enquiries = [each for each in enquiries if each.id not in out]
    theirs = [
        t
        for t in standing_entries(record)
        if isinstance(t, Touch)
        and t.direction is Direction.IN
        and not t.automatic
        and t.text.strip()
        and t.enquiry not in out
    ]
    if theirs:
        return one_line(max(theirs, key=lambda t: (t.at, t.id)).text)
    return one_line(max(enquiries, key=lambda e: (e.received_at, e.id)).subject) if enquiries else ""


def state_columns(state: LeadState | None, opened: datetime) -> dict[str, Any]:
    """A lead's folded columns; without a state those of a row that is about to be folded."""
    if state is None:
        return {"turn": "ours", "what": "new", "outcome": "open", "reason": "", "since": opened}
    return {
        "turn": state.turn.value,
        "what": state.what.value,
        "outcome": state.outcome.value,
        "reason": state.reason,
        "since": state.since,
        "snoozed_until": state.snoozed_until,
        "got_at": state.got_at,
        "last_in_at": state.last_in_at,
        "last_out_at": state.last_out_at,
    }

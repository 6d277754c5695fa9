"""Leads, their enquiries and their record. Whatever is appended is folded in the same transaction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import peewee as pw

from leaddesk.doors.store.database import Database
from leaddesk.doors.store.due import course_columns, due_step
from leaddesk.doors.store.lead_row import LeadHead, findable, last_words, reach_of, state_columns
from leaddesk.doors.store.links import Links
from leaddesk.doors.store.models import AddressRow, LeadRow
from leaddesk.doors.store.opt_outs import OptOuts
from leaddesk.doors.store.plain import Plain, marks
from leaddesk.doors.store.rows import (
    enquiry_of,
    entry_columns,
    entry_of,
    new_token,
    person_of,
    source_columns,
    source_of,
)
from leaddesk.doors.store.search import Search
from leaddesk.doors.store.standing import outbox_standing
from leaddesk.rules.cadence.course import course_of
from leaddesk.rules.find import filed_under, search_text
from leaddesk.rules.fold import fold
from leaddesk.rules.sources import said, said_in, tells_nothing, was_said
from leaddesk.words.cadence import Calendar, Course
from leaddesk.words.lead import (
    Decision,
    Direction,
    Enquiry,
    Entry,
    Lead,
    LeadState,
    Outcome,
    Person,
    Retraction,
    Source,
    Touch,
    Turn,
    What,
)
from leaddesk.words.news import LeadChanged

_BATCH = 500
_NEIGHBOURS = 20
"""Leads so near to each other by their ids are read in one go, with those in between."""


class Leads:
    """The store of leads. Every deed is one transaction and tells `LeadChanged`."""

    def __init__(self, database: Database, search: Search, calendar: Callable[[], Calendar]) -> None:
        """`calendar` tells by which hours the steps of plans fall."""
        self._db = database
        self._t = database.tables
        self._search = search
        self._calendar = calendar
        self._links = Links(database)
        self._opt_outs = OptOuts(database)
        self._heads, self._asked = Plain(database, "lead"), Plain(database, "enquiry")
        self._told, self._ways = Plain(database, "entry"), Plain(database, "address")
        self._outgoing = Plain(database, "outgoing")

    # -- reading

    def get(self, lead: int) -> Lead | None:
        """The lead with its record, or None. For one that was joined: the lead that goes on for it."""
        with self._db.session():
            row = self._row(lead)
            if row is None:
                return None
            leads = [row.id, *self._links.joined_with(row.id)]
            return self._assembled(
                row, self._enquiries(leads), self._record(leads), self._addresses(leads), leads[1:]
            )

    def opened_by(self, at: datetime) -> Iterator[Lead]:
        """Every lead whose first enquiry came at or before `at`, read some hundreds at a time."""
        lead = self._t.lead
        last = 0
        with self._db.session():
            while rows := list(
                lead.select()
                .where(lead.opened_at <= at, lead.id > last, lead.merged_into.is_null())
                .order_by(lead.id)
                .limit(_BATCH)
            ):
                yield from self._whole(rows)
                last = rows[-1].id

    def on_plan(self, plan: str, limit: int) -> Iterator[Lead]:
        """Leads with a step of this plan to come, in order of id; neighbours are read together."""
        lead = self._t.lead
        query = lead.select().where(lead.plan == plan, lead.due_at.is_null(False), lead.merged_into.is_null())
        with self._db.session():
            run: list[LeadRow] = []
            for row in list(query.order_by(lead.id).limit(limit)):
                if run and (row.id - run[-1].id > _NEIGHBOURS or len(run) >= _BATCH):
                    yield from self._whole(run)
                    run = []
                run.append(row)
            if run:
                yield from self._whole(run)

    def head(self, lead: int) -> LeadHead | None:
        """The lead's row without its record, for lists."""
        with self._db.session():
            row = self._row(lead)
        if row is None:
            return None
        return LeadHead(
            row.name, Outcome(row.outcome), row.since, row.source_text, What(row.what), row.wants,
            row.snoozed_until, row.outbox,
            due_step(row.plan, row.plan_step, row.plan_of, row.due_way, row.due_at, row.due_day),
        )  # fmt: skip

    def with_address(self, keys: Sequence[str]) -> list[int]:
        """Leads that can be reached by any of `keys`, the newest first; joined ones are one."""
        a, lead = self._t.address, self._t.lead
        head = pw.fn.COALESCE(lead.merged_into, lead.id)
        query = a.select(head).join(lead, on=(lead.id == a.lead)).where(a.key.in_(list(keys)))
        with self._db.session():
            found: Iterable[Any] = query.distinct().order_by(head.desc()).tuples()
            return [number for (number,) in found]

    def head_of(self, lead: int) -> int:
        """The lead that goes on for this one: itself, where it was not joined with another."""
        with self._db.session():
            return self._links.head_of(lead)

    def all_of(self, lead: int) -> list[int]:
        """The lead that goes on, then those whose history is read through it."""
        with self._db.session():
            return self._links.all_of(lead)

    def owner(self, lead: int, keys: Sequence[str]) -> int:
        """Of joined leads the one that itself has one of `keys`: what comes from there stays with it, also
        when they are taken apart again."""
        a = self._t.address
        with self._db.session():
            leads = self._links.all_of(lead)
            if len(leads) == 1:
                return leads[0]
            rows = a.select(a.lead).where(a.lead.in_(leads), a.key.in_(list(keys)))
            having = {row.lead for row in rows}
            return next((each for each in leads if each in having), leads[0])

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
            query = query.where(e.lead.in_(self.all_of(lead)))
        with self._db.session():
            row = query.order_by(e.id.desc()).first()
        return entry_of(row) if row else None

    # -- writing

    def open(
        self,
        person: Person,
        source: Source,
        enquiry: Enquiry,
        keys: Sequence[tuple[str, str, str]],
        by: str | None = None,
    ) -> tuple[int, int]:
        """A new lead with its first enquiry; returns both ids.

        `keys` are (kind, value, key) of each address; `enquiry.lead` is not looked at. `by` is who entered
        it by hand.
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
                sorted_as="",
                **state_columns(None, enquiry.received_at),
            ).execute()
            self._insert_addresses(lead, keys)
            return lead, self.open_enquiry(replace(enquiry, lead=lead), by)

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
        with self._db.transaction():
            made = self._told.insert(entry_columns(entry))
            self._changed(entry.lead)
            return made

    def begin_plan(self, start: Decision) -> int:
        """Appends the start of a plan beside the enquiry that it is for; returns the entry's id.

        Nothing but the plan follows from it, so that only this is folded: it comes with every enquiry.
        """
        with self._db.transaction():
            made = self._told.insert(entry_columns(start))
            if self._links.is_linked(start.lead):
                self._changed(start.lead)
            else:
                self._refold_plan(start.lead)
            return made

    def take_back(self, entry: Entry, by: str, at: datetime) -> int:
        """Undo: a retraction of `entry`."""
        return self.record(Retraction(lead=entry.lead, at=at, by=by, takes_back=entry.id))

    def add_addresses(self, lead: int, keys: Sequence[tuple[str, str, str]]) -> None:
        """Further ways to reach the lead; those it has already stay as they are."""
        known = {(row.kind, row.key) for row in self._addresses_of(self.all_of(lead))}
        if all((kind, key) in known for kind, value, key in keys if value):
            return
        with self._db.transaction():
            self._insert_addresses(lead, keys)
            self._changed(lead)

    def rename(self, lead: int, name: str, company: str) -> None:
        """Fills in what was not known before."""
        with self._db.transaction():
            self._t.lead.update(name=name, company=company).where(self._t.lead.id == lead).execute()
            self._changed(lead)

    def refold(self, lead: int) -> LeadState:
        """Makes the row what the record says. Rebuilding it gives the same row (a property test).

        Joined leads are one: the row of the one that goes on is folded from all their records. Those that
        were together until now and are no more are folded too.
        """
        with self._db.transaction():
            return self._refolded(lead)[0][1]

    def _changed(self, lead: int) -> None:
        """Folds anew what the record of this lead tells, and says of whom."""
        with self._db.transaction() as news:
            heads = [head for head, _ in self._refolded(lead)]
            for each in dict.fromkeys((*heads, lead)):
                news.append(LeadChanged(at=self._db.now(), lead=each))

    def _refolded(self, lead: int) -> list[tuple[int, LeadState]]:
        """Each lead that was folded with its state, first the one that goes on for `lead`."""
        if not self._links.is_linked(lead):
            return [(lead, self._refold_one([lead]))]
        folded = []
        for head in self._links.settle(lead):
            leads = self._links.all_of(head)
            state = self._refold_one(leads)
            self._heads.update({"outbox": outbox_standing(self._outgoing, leads)}, "id = ?", head)
            self._put_behind(leads[1:], state)
            folded.append((head, state))
        return folded

    def _refold_one(self, leads: Sequence[int]) -> LeadState:
        """The first of `leads` goes on for the others."""
        head = leads[0]
        row = self._heads.row("id = ?", head)
        enquiries, record = self._enquiries(leads), self._record(leads)
        state = fold(enquiries, record)
        opened = min(e.received_at for e in enquiries)
        addresses = self._addresses(leads)
        course = self._course(enquiries, record, state.outcome, row, addresses)
        words = {"wants": last_words(enquiries, record, state), "sorted_as": filed_under(row.name)}
        columns = {"opened_at": opened, **words, **state_columns(state, opened), **course_columns(course)}
        self._put(row, columns)
        for each in state.enquiries:
            at = each.first_response.at if each.first_response else None
            self._asked.update(
                {"standing": each.standing.value, "first_response_at": at}, "id = ?", each.enquiry
            )
        if was_said(record):
            self._put_source(leads, said_in(record))
        keys = [(a.kind, a.value, a.key) for a in addresses]
        others = [self._t.lead.get(self._t.lead.id == each) for each in leads[1:]]
        also = [name for other in others for name in (other.name, other.company)]
        whom = findable(row.name, row.company, keys)
        self._search.put(head, search_text(whom, enquiries, record, also))
        return state

    def _put(self, row: Any, columns: Mapping[str, Any]) -> None:
        """SQLite has one writer: what is the same need not be written, which spares a dozen indexes."""
        if self._db.is_sqlite:
            columns = {name: value for name, value in columns.items() if getattr(row, name) != value}
        if columns:
            self._heads.update(columns, "id = ?", row.id)

    def _refold_plan(self, lead: int) -> None:
        row = self._heads.row("id = ?", lead)
        enquiries, record = self._enquiries([lead]), self._record([lead])
        course = self._course(enquiries, record, Outcome(row.outcome), row, self._addresses([lead]))
        self._heads.update(course_columns(course), "id = ?", lead)

    def _course(
        self,
        enquiries: Sequence[Enquiry],
        record: Sequence[Entry],
        outcome: Outcome,
        row: LeadRow,
        addresses: Sequence[AddressRow],
    ) -> Course | None:
        """Wishes count by the address: whoever asked to end, and is entered anew, is not followed up."""
        keys = [(each.kind, each.key) for each in addresses]
        reach = reach_of(row, addresses)
        return course_of(
            enquiries, record, outcome, reach, self._calendar, lambda: self._opt_outs.asked(keys)
        )

    def _put_source(self, leads: Sequence[int], told: str | None) -> None:
        """Where a person said that they found us stands for what tells nothing itself; undone, it goes."""
        e, lead = self._t.enquiry, self._t.lead
        rows = list(e.select().where(e.lead.in_(list(leads))).order_by(e.id))
        for row in rows:
            found_us = told if tells_nothing(source_of(row)) else None
            e.update(found_us=found_us).where(e.id == row.id).execute()
        own = source_of(next((row for row in rows if row.lead == leads[0]), rows[0]))
        source = said(told) if told and tells_nothing(own) else own
        lead.update(**source_columns(source)).where(lead.id == leads[0]).execute()

    def _put_behind(self, leads: Sequence[int], state: LeadState) -> None:
        """Rows that another goes on for: in no list and no search; their enquiries have its outcome."""
        if not leads:
            return
        nobodys = replace(
            state, turn=Turn.THEIRS, snoozed_until=None, got_at=None, last_in_at=None, last_out_at=None
        )
        columns = state_columns(nobodys, state.since) | {"outbox": ""} | course_columns(None)
        self._t.lead.update(**columns).where(self._t.lead.id.in_(list(leads))).execute()
        for each in leads:
            self._search.remove(each)

    # -- rows

    def _row(self, lead: int) -> Any:
        row = self._heads.row("id = ?", lead)
        if row is None or row.merged_into is None:
            return row
        return self._heads.row("id = ?", row.merged_into)

    def _whole(self, rows: Sequence[LeadRow]) -> Iterator[Lead]:
        """These leads with all that belongs to them, in three queries for all."""
        joined = self._links.joined_with_any([row.id for row in rows])
        heads = {other: head for head, others in joined.items() for other in others}
        enquiries = self._by_lead(self._t.enquiry, self._t.enquiry.received_at, rows, heads)
        record = self._by_lead(self._t.entry, self._t.entry.at, rows, heads)
        addresses = self._by_lead(self._t.address, self._t.address.id, rows, heads)
        for row in rows:
            yield self._assembled(
                row,
                [enquiry_of(each) for each in enquiries[row.id]],
                [entry_of(each) for each in record[row.id]],
                addresses[row.id],
                joined.get(row.id, []),
            )

    def _by_lead(
        self, table: Any, order: Any, rows: Sequence[LeadRow], heads: Mapping[int, int]
    ) -> dict[int, list[Any]]:
        """Rows of these leads, and of those for which they go on (`heads`)."""
        found: dict[int, list[Any]] = defaultdict(list)
        here = table.lead.between(rows[0].id, rows[-1].id)
        query = table.select().where(here | table.lead.in_(list(heads)) if heads else here)
        for row in query.order_by(order, table.id):
            found[heads.get(row.lead, row.lead)].append(row)
        return found

    def _assembled(
        self,
        row: LeadRow,
        enquiries: Sequence[Enquiry],
        record: Sequence[Entry],
        addresses: Sequence[AddressRow],
        joined: Sequence[int],
    ) -> Lead:
        state = fold(enquiries, record)
        own_first = sorted(addresses, key=lambda address: address.lead != row.id)
        person, reach = person_of(row, own_first), reach_of(row, addresses)
        return Lead(
            id=row.id,
            person=person,
            source=source_of(row),
            wants=last_words(enquiries, record, state),
            state=state,
            enquiries=tuple(enquiries),
            record=tuple(record),
            joined=tuple(joined),
            course=self._course(enquiries, record, state.outcome, row, addresses),
            numbers=reach.phones,
        )

    def _enquiries(self, leads: Sequence[int]) -> list[Enquiry]:
        where = f"lead IN ({marks(leads)}) ORDER BY received_at, id"
        return [enquiry_of(row) for row in self._asked.rows(where, *leads)]

    def _record(self, leads: Sequence[int]) -> list[Entry]:
        where = f"lead IN ({marks(leads)}) ORDER BY at, id"
        return [entry_of(row) for row in self._told.rows(where, *leads)]

    def _addresses(self, leads: Sequence[int]) -> list[Any]:
        return self._ways.rows(f"lead IN ({marks(leads)}) ORDER BY id", *leads)

    def _addresses_of(self, leads: Sequence[int]) -> list[Any]:
        with self._db.session():
            return self._addresses(leads)

    def _insert_addresses(self, lead: int, keys: Sequence[tuple[str, str, str]]) -> None:
        rows = [
            {"lead": lead, "kind": kind, "value": value, "key": key} for kind, value, key in keys if value
        ]
        if rows:
            self._t.address.insert_many(rows).on_conflict_ignore().execute()

"""Two leads, one person: offered where much speaks for it, joined at a person's word, taken apart again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from leaddesk.desk.matching import Matching
from leaddesk.desk.people import People
from leaddesk.doors.clock import Clock
from leaddesk.doors.store import Store
from leaddesk.rules.fold import at_moment, standing_entries
from leaddesk.rules.match.likely import looked_for, may_be, told_apart, traces_of, why_same
from leaddesk.rules.match.one_record import APART_WITHIN, is_final
from leaddesk.rules.person import email_key
from leaddesk.words.errors import Refused
from leaddesk.words.lead import Decision, Lead, Person, Verb
from leaddesk.words.same import Joined, Merged, Same
from leaddesk.words.states import Outcome, Turn

_MOST_FOUND = 40
"""The newest leads that a search for one word of the person brings to be compared."""
_MOST_READ = 12
"""Leads that are near enough to be read whole."""


class SamePerson:
    """What a person is asked, and says, about two leads."""

    def __init__(self, store: Store, clock: Clock, people: People) -> None:
        self._store = store
        self._clock = clock
        self._people = people
        self._matching = Matching(store)

    def offers(self, lead: int) -> tuple[Same, ...]:
        """Leads that are perhaps the same person; none that somebody said no to. Joins nothing."""
        with self._store.session():
            mine = self._get(lead)
            apart = self._store.links.kept_apart(mine.id)
            near = [other for other in self._near(mine) if other.id not in apart]
            traces = traces_of(mine)
            found = [(other, why_same(traces, traces_of(other))) for other in near]
        zone = self._clock.zone()
        return tuple(
            _same(other, why, told_apart(other, mine.person, zone)) for other, why in found if why
        )  # fmt: skip

    def joined(self, lead: int) -> tuple[Joined, ...]:
        """Those whose history is read through this one."""
        with self._store.session():
            links = list(_links(self._get(lead)))
            called = self._store.imports.called([link.lead for link in links])
        return tuple(
            Joined(
                lead=link.lead, name=called[link.lead].name, at=link.at, by=link.by,
                until=link.at + APART_WITHIN,
            )
            for link in links
        )  # fmt: skip

    def merge(self, lead: int, into: int) -> Merged:
        """From now on `into` goes on for both. Refused when they are one already."""
        now = self._clock.now()
        with self._store.transaction():
            one, other = self._get(lead), self._get(into)
            if one.id == other.id:
                raise Refused("These two are one lead already.")
            was_told = [self._store.alerts.open_for(each.id) is not None for each in (one, other)]
            self._decide(Verb.MERGED, one.id, other.id, now)
            self._store.alerts.take(one.id, now)
            if any(was_told) and self._is_ours(other.id, now):
                self._store.alerts.raise_anew(other.id, 1, now)
        return Merged(lead=one.id, into=other.id)

    def unmerge(self, lead: int) -> Merged:
        """Two leads again, each with what is its own. Refused after thirty days."""
        now = self._clock.now()
        with self._store.transaction():
            link = self._link_of(lead)
            if is_final(link, now):
                raise Refused("They were joined more than thirty days ago.", "They stay one lead.")
            self._store.leads.take_back(link, self._people.me(), now)
            into = self._store.leads.head_of(link.other or 0)
            for each in (link.lead, into):
                self._store.alerts.raise_again(each, now)
        return Merged(lead=link.lead, into=into)

    def keep_apart(self, lead: int, other: int) -> None:
        """No: two people. The pair is not offered again; undo takes it back."""
        now = self._clock.now()
        with self._store.transaction():
            self._decide(Verb.KEPT_APART, self._get(lead).id, self._get(other).id, now)

    # -- how

    def _near(self, mine: Lead) -> list[Lead]:
        """Leads worth comparing: found by what this one has, and not obviously somebody else."""
        ids = [number for number in dict.fromkeys(self._found(mine.person)) if number != mine.id]
        called = self._store.imports.called(ids)
        near = (
            number
            for number, each in called.items()
            if may_be(mine.person, _person(each.name, each.company, each.keys))
        )
        read = (self._store.leads.get(number) for number, _ in zip(near, range(_MOST_READ), strict=False))
        return list({lead.id: lead for lead in read if lead is not None and lead.id != mine.id}.values())

    def _found(self, person: Person) -> Iterator[int]:
        """By its addresses and numbers, then by words of its name and firm; all by index."""
        keys = [*map(email_key, person.emails), *self._matching.numbers(person)]
        yield from self._store.leads.with_address(keys)
        for word in looked_for(person):
            yield from (number for number, _ in self._store.search.find([word], _MOST_FOUND))

    def _get(self, lead: int) -> Lead:
        found = self._store.leads.get(lead)
        if found is None:
            raise Refused(f"There is no lead {lead}.", "leaddesk queue shows those that wait.")
        return found

    def _link_of(self, lead: int) -> Decision:
        """The word by which this lead was joined, or by which one was joined with it."""
        links = list(_links(self._get(lead)))
        own = [link for link in links if link.lead == lead]
        theirs = [link for link in links if link.other == lead]
        if not own and len(theirs) > 1:
            named = ", ".join(str(link.lead) for link in theirs)
            raise Refused("Several leads were joined with this one.", f"Name the one to take apart: {named}.")
        for link in (*own, *theirs):
            return link
        raise Refused("This lead was not joined with another.")

    def _decide(self, verb: Verb, lead: int, other: int, now: datetime) -> None:
        self._store.leads.record(Decision(lead=lead, at=now, by=self._people.me(), verb=verb, other=other))

    def _is_ours(self, lead: int, now: datetime) -> bool:
        state = at_moment(self._get(lead).state, now)
        is_asleep = state.snoozed_until is not None and state.snoozed_until > now
        return state.outcome is Outcome.OPEN and state.turn is Turn.OURS and not is_asleep


def _links(lead: Lead) -> Iterator[Decision]:
    """The standing words by which others were joined with this lead, the oldest first."""
    for entry in standing_entries(lead.record):
        if isinstance(entry, Decision) and entry.verb is Verb.MERGED:
            yield entry


def _same(lead: Lead, why: str, known_by: str) -> Same:
    return Same(
        lead=lead.id, name=lead.person.name, why=why, wants=lead.wants, since=lead.state.since,
        known_by=known_by,
    )  # fmt: skip


def _person(name: str, company: str, keys: Iterable[tuple[str, str]]) -> Person:
    ways = list(keys)
    return Person(
        name=name,
        company=company,
        emails=tuple(key for kind, key in ways if kind == "email"),
        phones=tuple(key for kind, key in ways if kind == "phone"),
    )

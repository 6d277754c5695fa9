"""Leads without a source: a list, and each mended in one step."""

from __future__ import annotations

from leaddesk.desk.leads import Leads
from leaddesk.desk.people import People
from leaddesk.doors.clock import Clock
from leaddesk.doors.store import Store
from leaddesk.rules.capture.clean import one_line
from leaddesk.rules.sources import tells_nothing
from leaddesk.words.errors import Refused, Usage
from leaddesk.words.lead import Decision, Verb
from leaddesk.words.views import Sourceless

_CHOICES = ("Recommended", "Search", "Saw our work", "Leaflet", "Event", "Was a customer before")
"""What is offered while no lead has a source yet, and after those that leads have."""
_OFFERED = 9


class Sources:
    """What a person does with sources."""

    def __init__(self, store: Store, clock: Clock, people: People, leads: Leads) -> None:
        self._store = store
        self._clock = clock
        self._people = people
        self._leads = leads

    def unknown(self, limit: int = 200) -> tuple[Sourceless, ...]:
        """Leads of which nothing tells where they found us, the newest first."""
        found = []
        with self._store.session():
            for number in self._store.sources.unknown(limit):
                head = self._store.leads.head(number)
                if head is not None:
                    found.append(
                        Sourceless(
                            lead=number, name=head.name, at=head.since, wants=head.wants, way=head.source
                        )
                    )
        return tuple(found)

    def choices(self) -> tuple[str, ...]:
        """What may be chosen: the sources that leads have, then the usual ones."""
        known = self._store.sources.named(_OFFERED)
        return tuple(dict.fromkeys((*known, *_CHOICES)))[:_OFFERED]

    def mend(self, lead: int, text: str) -> None:
        """Notes where the lead found us. An entry: undo takes it back.

        Raises Usage for an empty text, and Refused where a mail itself tells the source.
        """
        said = one_line(text, 120)
        if not said:
            raise Usage("Say where they found you.", "Choose a source or type one.")
        found = self._leads.get(lead)
        was_entered = any(isinstance(e, Decision) and e.verb is Verb.SOURCED for e in found.record)
        if not tells_nothing(found.source) and not was_entered:
            raise Refused(f"This lead has a source: {found.source.text}.")
        self._store.leads.record(
            Decision(lead=lead, at=self._clock.now(), by=self._people.me(), verb=Verb.SOURCED, reason=said)
        )

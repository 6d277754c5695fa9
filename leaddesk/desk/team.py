"""Whose lead: the people of the firm, who has it, who takes it, and to whom it is given."""

from __future__ import annotations

from collections.abc import Mapping

from leaddesk.desk.config import Config
from leaddesk.desk.people import People
from leaddesk.doors.clock import Clock
from leaddesk.doors.store import Store
from leaddesk.rules.capture.clean import one_line
from leaddesk.rules.team import given_first, in_order, named, whose
from leaddesk.words.errors import Refused, Usage
from leaddesk.words.lead import Decision, Lead, Verb
from leaddesk.words.settings import TEAM_OUT, TEAM_PEOPLE
from leaddesk.words.team import Colleague, read_people


def holder_of(store: Store, clock: Clock, lead: Lead) -> str:
    """The name of the lead's person; empty where there is nobody to choose from."""
    people, out = _team_of(Config(store))
    order = whose(lead, people, out, clock.zone())
    return order[0].name if order else ""


def holders_of(store: Store, clock: Clock, sources: Mapping[int, str]) -> dict[int, str]:
    """The same of many leads, each with its source, at the cost of two questions."""
    people, out = _team_of(Config(store))
    if len(people) < 2:
        return {}
    found, zone = store.holders.of(list(sources)), clock.zone()
    orders = {
        lead: given_first(in_order(people, out, sources[lead], held.asked_at, zone), held.given)
        for lead, held in found.items()
    }
    return {lead: order[0].name for lead, order in orders.items() if order}


def _team_of(config: Config) -> tuple[tuple[Colleague, ...], list[str]]:
    """The people, and the names of those who are out."""
    people = read_people(config.get(TEAM_PEOPLE))
    return people, [name.strip() for name in config.get(TEAM_OUT).split(",")] if people else []


class Team:
    """With fewer than two people nobody needs choosing, and nothing of it shows."""

    def __init__(self, store: Store, clock: Clock, config: Config, people: People) -> None:
        self._store = store
        self._clock = clock
        self._config = config
        self._people = people

    def colleagues(self) -> tuple[Colleague, ...]:
        """The people of the firm, as the setting tells them."""
        return read_people(self._config.get(TEAM_PEOPLE))

    def out(self) -> tuple[str, ...]:
        """Names of those who are out; their leads go to the next."""
        return tuple(name.strip() for name in self._config.get(TEAM_OUT).split(",") if name.strip())

    def whose(self, lead: int) -> tuple[Colleague, ...]:
        """The lead's person, then who comes after; empty where there is nobody to choose from."""
        return whose(self._lead(lead), self.colleagues(), self.out(), self._clock.zone())

    def me(self) -> Colleague | None:
        """The person at this desk, where the team names them."""
        return named(self.colleagues(), self._people.me())

    def take(self, lead: int) -> None:
        """It is mine: the alert stops repeating, and nobody else is told. The clock runs on."""
        self._give(lead, None)

    def assign(self, lead: int, person: str) -> str:
        """It is theirs from now on; returns their name. A hand-over is no response: the clock runs on.

        Raises Usage for somebody whom the team does not name; without a team every name is good.
        """
        people = self.colleagues()
        found = named(people, person)
        if people and found is None:
            names = ", ".join(each.name for each in people)
            raise Usage(f"'{one_line(person, 60)}' is nobody of the firm.", f"There are {names}.")
        name = found.name if found is not None else one_line(person, 60)
        if not name:
            raise Usage("Say to whom it goes.")
        self._give(lead, None if name.casefold() == self._people.me().casefold() else name)
        return name

    def go_out(self, *, is_out: bool = True) -> tuple[str, ...]:
        """I am out, or back: while I am out my leads are the next person's. Returns who is out now."""
        me = self.me()
        if me is None:
            raise Refused("The team does not name you.", "Add yourself: leaddesk config team.people.")
        others = [name for name in self.out() if name.casefold() != me.name.casefold()]
        self._config.set(TEAM_OUT, ", ".join([*others, me.name] if is_out else others))
        return self.out()

    def _give(self, lead: int, name: str | None) -> None:
        """To somebody, or (None) to whoever sits here: that is the same as having got it."""
        found, now, me = self._lead(lead), self._clock.now(), self._people.me()
        verb = Verb.GOT if name is None else Verb.ASSIGNED
        with self._store.transaction():
            self._store.leads.record(Decision(lead=found.id, at=now, by=me, verb=verb, reason=name or ""))
            if name is None:
                self._store.alerts.take(found.id, now)
            else:
                self._store.alerts.raise_again(found.id, now)

    def _lead(self, number: int) -> Lead:
        found = self._store.leads.get(number)
        if found is None:
            raise Refused(f"There is no lead {number}.", "leaddesk queue shows those that wait.")
        return found

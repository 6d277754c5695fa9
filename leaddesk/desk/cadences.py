"""Plans: those that come with the program, and the firm's own in its profile."""

from __future__ import annotations

from datetime import datetime, tzinfo
from pathlib import Path

from leaddesk.desk.config import Config
from leaddesk.desk.opening import opening_hours
from leaddesk.doors.clock import Clock
from leaddesk.doors.paths import resource
from leaddesk.rules.cadence.landing import landings
from leaddesk.rules.cadence.reading import FaultyPlan, read_plan
from leaddesk.words.cadence import Calendar, Landing, Plan
from leaddesk.words.errors import Refused
from leaddesk.words.hours import Hours
from leaddesk.words.news import News, SettingsChanged

FOLDER = "cadences"


class Cadences:
    """The plans by name; a plan of the profile takes the place of a shipped one with its name."""

    def __init__(self, profile: Path, clock: Clock, config: Config) -> None:
        self._own = profile / FOLDER
        self._clock = clock
        self._config = config
        self._known_hours: Hours | None = None

    def list(self) -> tuple[Plan, ...]:
        """Every plan that can be used, by name; a file with faults is left out and told by `faulty`."""
        return tuple(plan for _, plan in sorted(self._all().items()))

    def faulty(self) -> tuple[tuple[Path, FaultyPlan], ...]:
        """The firm's own files that cannot be used, each with what is wrong."""
        found = []
        for file in self._own_files():
            try:
                read_plan(file.read_bytes())
            except FaultyPlan as failure:
                found.append((file, failure))
        return tuple(found)

    def get(self, name: str) -> Plan:
        """The plan of that name, in any case of letters. Raises Refused when there is none."""
        plan = self._all().get(name.strip().casefold())
        if plan is None:
            names = ", ".join(each.name for each in self.list())
            raise Refused(f"There is no plan '{name}'.", f"There are {names}.")
        return plan

    def hours(self) -> Hours:
        """The firm's opening hours, as the settings have them."""
        return opening_hours(self._config)

    def calendar(self) -> Calendar:
        """By which steps fall: the firm's hours, and this computer's zone."""
        if self._known_hours is None:
            self._known_hours = self.hours()
        return Calendar(self._known_hours, self._clock.zone())

    def heard(self, news: News) -> None:
        """The hours are read again once a setting has changed: they are asked for with every entry."""
        if isinstance(news, SettingsChanged):
            self._known_hours = None

    def preview(
        self, plan: Plan, enquiry_at: datetime, zone: tzinfo | None = None, lead_zone: tzinfo | None = None
    ) -> tuple[Landing, ...]:
        """Where the steps fall for an enquiry that came then; in the desk's own zone where none is given."""
        own = zone or self._clock.zone()
        return landings(plan, enquiry_at, self.hours(), own, lead_zone or own)

    def _all(self) -> dict[str, Plan]:
        plans = {}
        for file in (*sorted(resource(FOLDER).glob("*.toml")), *self._own_files()):
            try:
                plan = read_plan(file.read_bytes())
            except FaultyPlan:
                continue
            plans[plan.name.casefold()] = plan
        return plans

    def _own_files(self) -> tuple[Path, ...]:
        return tuple(sorted(self._own.glob("*.toml")))

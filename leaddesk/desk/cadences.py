"""Plans: those that come with the program, and the firm's own in its profile."""

from __future__ import annotations

from datetime import datetime, tzinfo
from pathlib import Path

from leaddesk.desk.config import Config
from leaddesk.desk.opening import opening_hours
from leaddesk.desk.plan_files import PlanFiles
from leaddesk.doors.clock import Clock
from leaddesk.doors.paths import resource
from leaddesk.rules.cadence.landing import landings
from leaddesk.rules.cadence.reading import FaultyPlan, read_plan
from leaddesk.words.cadence import Calendar, Landing, Plan
from leaddesk.words.errors import Refused
from leaddesk.words.hours import Hours
from leaddesk.words.news import News, SettingsChanged
from leaddesk.words.plan_choice import choice_words, read_choice
from leaddesk.words.settings import CADENCE_PLANS

FOLDER = "cadences"


class Cadences:
    """The plans by name; a plan of the profile takes the place of a shipped one with its name."""

    def __init__(self, profile: Path, clock: Clock, config: Config) -> None:
        self.files = PlanFiles(profile / FOLDER)
        self._clock = clock
        self._config = config
        self._known_hours: Hours | None = None

    def list(self) -> tuple[Plan, ...]:
        """Every plan that can be used, by name.

        A file with faults is told by `faulty`; what it held before still stands.
        """
        return tuple(plan for _, plan in sorted(self._all().items()))

    def faulty(self) -> tuple[tuple[Path, FaultyPlan], ...]:
        """The firm's own files that cannot be used, each with what is wrong."""
        found = []
        for file in self.files.list():
            try:
                self.files.read(file)
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

    def save(self, plan: Plan, was: str = "") -> Plan:
        """The plan is the firm's own from now on; `was` is the name of the one whose place it takes.

        What follows that one by the settings follows it under its new name. Raises FaultyPlan, Refused for
        a name that another plan has, and DiskTrouble; then nothing has changed.
        """
        if plan.name.casefold() != was.casefold() and plan.name.casefold() in self._all():
            raise Refused(f"There is a plan '{plan.name}' already.", "Give this one another name.")
        self.files.write(plan, was or plan.name)
        if was and plan.name != was:
            self._follow_under(was, plan.name)
        return plan

    def remove(self, name: str) -> None:
        """Takes a plan of the firm's own away; one that LeadDesk brings under that name comes back.

        Leads that are on it go on as they are. Raises Refused where nothing can be removed.
        """
        plan = self.get(name)
        file = self.files.of(plan.name)
        if file is None:
            raise Refused(
                f"The plan '{plan.name}' comes with LeadDesk and stays.", "Change it, or follow none."
            )
        if plan.name.casefold() not in self._shipped() and self._is_chosen(plan.name):
            raise Refused(
                f"Enquiries follow the plan '{plan.name}' by your settings.",
                f"Choose another one for them first ({CADENCE_PLANS.key}).",
            )
        self.files.remove(file)

    def is_own(self, name: str) -> bool:
        """True where a file of the firm holds the plan."""
        return self.files.of(name) is not None

    def is_shipped(self, name: str) -> bool:
        """True where LeadDesk brings a plan of that name."""
        return name.casefold() in self._shipped()

    def _is_chosen(self, name: str) -> bool:
        choice = read_choice(self._config.get(CADENCE_PLANS))
        named = (choice.usual, *(plan for _, plan in (*choice.by_source, *choice.by_channel)))
        return name.casefold() in (each.casefold() for each in named)

    def _follow_under(self, was: str, name: str) -> None:
        choice = read_choice(self._config.get(CADENCE_PLANS)).renamed(was, name)
        self._config.set(CADENCE_PLANS, choice_words(choice))

    def _all(self) -> dict[str, Plan]:
        own = (self.files.standing(file) for file in self.files.list())
        return self._shipped() | {plan.name.casefold(): plan for plan in own if plan is not None}

    def _shipped(self) -> dict[str, Plan]:
        """Files of ours; a broken one is a bug that the tests find."""
        plans = (read_plan(file.read_bytes()) for file in sorted(resource(FOLDER).glob("*.toml")))
        return {plan.name.casefold(): plan for plan in plans}

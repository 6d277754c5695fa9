"""Following up: an enquiry begins its plan; a person starts another, stops it or passes a step over."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from leaddesk.desk.cadences import Cadences
from leaddesk.desk.config import Config
from leaddesk.desk.past import leads_as_of
from leaddesk.desk.people import People
from leaddesk.desk.wishes import keys_of
from leaddesk.doors.clock import Clock
from leaddesk.doors.store import DueLead, Store
from leaddesk.rules.cadence.course import course_of
from leaddesk.rules.cadence.line import plan_line
from leaddesk.rules.cadence.steps import next_step
from leaddesk.rules.fold import standing_entries
from leaddesk.words.cadence import Plan
from leaddesk.words.due import Way
from leaddesk.words.errors import Refused
from leaddesk.words.lead import Decision, Enquiry, Lead, Verb
from leaddesk.words.plan_choice import USUAL, read_choice
from leaddesk.words.plan_view import Change
from leaddesk.words.settings import CADENCE_PLANS
from leaddesk.words.states import Outcome, What

log = logging.getLogger(__name__)
_MOST = 1000
"""So many leads of a changed plan are looked at: the small firms that this is for have fewer."""
_AT_ONCE = 20
"""So many leads are taken along in one transaction."""


class Following:
    """What is recorded about the plans of leads; where each stands follows from it."""

    def __init__(
        self, store: Store, clock: Clock, config: Config, people: People, cadences: Cadences
    ) -> None:
        self._store = store
        self._clock = clock
        self._config = config
        self._people = people
        self._cadences = cadences

    def begin(self, lead: int, made: int, enquiry: Enquiry) -> None:
        """Starts the plan of the enquiry's source, in the caller's transaction. `made` is its id."""
        choice = read_choice(self._config.get(CADENCE_PLANS))
        name = choice.name_for(enquiry.source.text, enquiry.channel.value)
        if not name:
            return
        plan = self._plan_or_usual(name)
        start = _start_of(lead, plan, enquiry.received_at, None, made)
        self._store.leads.begin_plan(start)

    def plans(self) -> tuple[Plan, ...]:
        """Those that a person may choose from, by name."""
        return self._cadences.list()

    def start(self, lead: int, name: str) -> Plan:
        """A person gives the lead another plan, from now on. Raises Refused where it is closed."""
        if self._get(lead).state.outcome is not Outcome.OPEN:
            raise Refused("This lead is closed.", "Open it again first: leaddesk reopen.")
        plan = self._cadences.get(name)
        self._start(lead, plan, self._clock.now(), self._people.me(), None)
        return plan

    def stop(self, lead: int) -> None:
        """No further step of its plan falls due. Raises Refused where none is running."""
        self._running(lead)
        self._decide(lead, Verb.CADENCE_STOPPED)

    def pass_over(self, lead: int) -> None:
        """The next step was done in another way, or is left out.

        Raises Refused where there is none, and at the end: without the decision nobody would end the lead.
        """
        found = self._running(lead)
        if found.course is not None and found.course.way is Way.DECIDE:
            raise Refused(
                "All steps of the plan are behind; what is left is to decide.",
                "Close the lead, put it off to a day, or give it another plan.",
            )
        if found.state.outcome is Outcome.OPEN:
            self._decide(lead, Verb.STEPPED)

    def due(self, limit: int, as_of: datetime | None = None) -> tuple[DueLead, ...]:
        """Steps that are due, the longest first; as it was at `as_of`, or will be if nothing happens."""
        now = self._clock.now()
        if as_of is None or as_of >= now:
            return tuple(self._store.due.by(as_of or now, limit))
        with self._store.session():
            found = [due for lead in leads_as_of(self._store, as_of) for due in _due_of(lead, as_of)]
        return tuple(sorted(found, key=lambda each: (each.step.at, each.lead))[:limit])

    def changes(self, plan: Plan, was: str = "") -> tuple[Change, ...]:
        """Whose next step would be another if they followed `plan`, of those on `was` (else on its name)."""
        found = self._store.leads.on_plan(was or plan.name, _MOST)
        compared = (self._change(lead, plan) for lead in found)
        return tuple(each for each in compared if _differs(each))

    def take_along(self, plan: Plan, was: str) -> None:
        """All that are on the plan called `was` go on in `plan`, as `follow_anew` has it."""
        self.follow_anew(plan, self._store.due.running(0, _MOST, was))

    def follow_anew(self, plan: Plan, leads: Iterable[int]) -> None:
        """These leads go on in `plan` as it is now; what was done of it stays done.

        Each can be undone. Some at a time, so that mail which arrives meanwhile does not wait; cut in
        between, the others follow the plan as it was.
        """
        now, me = self._clock.now(), self._people.me()
        wanted = tuple(leads)
        for first in range(0, len(wanted), _AT_ONCE):
            with self._store.transaction():
                for lead in wanted[first : first + _AT_ONCE]:
                    start = _standing_start(self._get(lead))
                    if start is not None:  # one that a person started counts from then, not anew from now
                        at = now if start.enquiry is not None else start.at
                        self._start(lead, plan, at, me, start.enquiry)

    def _change(self, lead: Lead, plan: Plan) -> Change:
        start = _standing_start(lead)
        if start is None:
            return Change(lead.id, lead.person.name, None, None)
        instead = Decision(
            id=lead.record[-1].id + 1, lead=lead.id, at=start.at, by=start.by, verb=Verb.CADENCE_STARTED,
            enquiry=start.enquiry, plan=plan_line(plan),
        )  # fmt: skip
        record = (*lead.record, instead)
        after = course_of(
            lead.enquiries, record, lead.state.outcome, lead.reach, self._store.calendar,
            lambda: self._store.opt_outs.asked(keys_of(lead)),
        )  # fmt: skip
        return Change(lead.id, lead.person.name, next_step(lead.course), next_step(after))

    def _plan_or_usual(self, name: str) -> Plan:
        """An enquiry never goes without because a file was renamed: then it follows the usual plan."""
        try:
            return self._cadences.get(name)
        except Refused as failure:
            log.warning("%s The plan %s is followed instead.", failure.sentence, USUAL)
            return self._cadences.get(USUAL)

    def _running(self, lead: int) -> Lead:
        found = self._get(lead)
        if found.course is None or found.course.way is None:
            raise Refused("This lead follows no plan now.", "Give it one: leaddesk cadence start.")
        return found

    def _get(self, lead: int) -> Lead:
        found = self._store.leads.get(lead)
        if found is None:
            raise Refused(f"There is no lead {lead}.", "leaddesk queue shows those that wait.")
        return found

    def _start(self, lead: int, plan: Plan, at: datetime, by: str, enquiry: int | None) -> None:
        self._store.leads.record(_start_of(lead, plan, at, by, enquiry))

    def _decide(self, lead: int, verb: Verb) -> None:
        self._store.leads.record(Decision(lead=lead, at=self._clock.now(), by=self._people.me(), verb=verb))


def _differs(change: Change) -> bool:
    """A new name alone changes nothing for a lead."""
    before, after = change.before, change.after
    if before is None or after is None:
        return before != after
    return before != replace(after, plan=before.plan)


def _start_of(lead: int, plan: Plan, at: datetime, by: str | None, enquiry: int | None) -> Decision:
    """The entry that starts a plan, with its steps as they are now."""
    verb, line = Verb.CADENCE_STARTED, plan_line(plan)
    return Decision(lead=lead, at=at, by=by, verb=verb, reason=plan.name, enquiry=enquiry, plan=line)


def _standing_start(lead: Lead) -> Decision | None:
    """The start of the plan that the lead follows."""
    starts = [
        e
        for e in standing_entries(lead.record)
        if isinstance(e, Decision) and e.verb is Verb.CADENCE_STARTED and e.plan
    ]
    return starts[-1] if starts else None


def _due_of(lead: Lead, at: datetime) -> Iterable[DueLead]:
    """The lead's step where it was due then, and the lead was neither put off nor closed."""
    step, until = next_step(lead.course), lead.state.snoozed_until
    is_open = lead.state.outcome is Outcome.OPEN and (until is None or until <= at)
    if is_open and step is not None and step.at <= at:
        yield DueLead(lead.id, lead.person.name, step, lead.state.turn, lead.state.what is What.NEW)

"""What a person decides about a lead, and takes back."""

from __future__ import annotations

from datetime import datetime, timedelta

from leaddesk.desk.leads import Leads
from leaddesk.desk.people import People
from leaddesk.desk.sorting import Sorting
from leaddesk.desk.unteach import Unteach
from leaddesk.desk.wishes import Wishes, keys_of
from leaddesk.doors.clock import Clock
from leaddesk.doors.store import Store
from leaddesk.rules.match.one_record import is_final
from leaddesk.rules.when import choices, snooze_time
from leaddesk.words.errors import Refused, Usage
from leaddesk.words.lead import Decision, Entry, Outcome, Standing, Touch, Verb
from leaddesk.words.states import UNTIL_THEY_REPLY
from leaddesk.words.views import Undone

_LONGEST_REST = timedelta(days=731)
"""What is put off for longer is in no list, and nobody's to remember."""
ON_ITS_WAY = timedelta(minutes=5)
"""What goes out within this time was sent just now, and is meant to be the last word."""
_DID = {
    Verb.CLOSED: "Closed",
    Verb.REOPENED: "Reopened",
    Verb.SNOOZED: "Snoozed",
    Verb.WOKEN: "Woken",
    Verb.GOT: "I've got it",
    Verb.NOTED: "Note",
    Verb.JUDGED_OUT: "Not a lead",
    Verb.MERGED: "Joined",
    Verb.KEPT_APART: "Two people",
    Verb.SOURCED: "Source noted",
    Verb.CADENCE_STARTED: "Plan chosen",
    Verb.CADENCE_STOPPED: "Plan stopped",
    Verb.STEPPED: "Step passed over",
    Verb.OPTED_OUT: "Opted out",
    Verb.ASSIGNED: "Assigned",
}


class Decide:
    """Every method records one decision; all of them can be undone."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        people: People,
        leads: Leads,
        sorting: Sorting,
        unteach: Unteach,
    ) -> None:
        self._store = store
        self._clock = clock
        self._people = people
        self._leads = leads
        self._sorting = sorting
        self._unteach = unteach

    def close(self, lead: int, outcome: Outcome, reason: str = "") -> None:
        """Ends the lead: won, lost, no response, or not a lead. Stops its alert.

        Unless it is won, what was to be mailed later is a draft again; what is on its way now goes.
        """
        if outcome is Outcome.OPEN:
            raise Usage("Say how it ended: won, lost, no-response or not-a-lead.")
        with self._store.transaction():
            if outcome is not Outcome.WON:
                self._store.outbox.put_down(lead, self._clock.now() + ON_ITS_WAY, "You closed the lead.")
            if outcome is Outcome.NOT_A_LEAD:
                self._decide(lead, Verb.JUDGED_OUT, reason=reason, take=True)
            else:
                self._decide(lead, Verb.CLOSED, outcome=outcome, reason=reason, take=True)

    def reopen(self, lead: int) -> None:
        """Open again; Refused when it is open."""
        if self._leads.get(lead).state.outcome is Outcome.OPEN:
            raise Refused("This lead is open.")
        self._decide(lead, Verb.REOPENED)

    def snooze(self, lead: int, until: datetime | str, reason: str = "") -> datetime:
        """Out of the queue until then; the clock runs on. Words are read as `rules.when` says.

        Raises Usage for a time that is over or years away, Refused for "when they reply" where they wait for
        us.
        """
        now = self._clock.now()
        try:
            time = snooze_time(until, now, self._clock.zone()) if isinstance(until, str) else until
        except ValueError as error:
            raise Usage(str(error)) from None
        if time <= now:
            raise Usage("That time is already over.", "Give a time to come, as 'tomorrow 9'.")
        if time != UNTIL_THEY_REPLY and time - now > _LONGEST_REST:
            raise Usage("That is more than two years away.", "Give an earlier day, or close the lead.")
        if time == UNTIL_THEY_REPLY and self._is_owed(lead):
            raise Refused("They wait for your answer, so they will not write first.", "Put it off to a day.")
        self._decide(lead, Verb.SNOOZED, until=time, reason=reason, take=True)
        return time

    def _is_owed(self, lead: int) -> bool:
        return any(each.standing is Standing.WAITING for each in self._leads.get(lead).state.enquiries)

    def snooze_choices(self) -> tuple[tuple[str, datetime], ...]:
        """What the menu offers: words and the time they mean now."""
        return choices(self._clock.now(), self._clock.zone())

    def wake(self, lead: int) -> None:
        self._decide(lead, Verb.WOKEN)

    def got(self, lead: int) -> None:
        """Somebody has it: the alert stops repeating; the clock runs on."""
        self._decide(lead, Verb.GOT, take=True)

    def note(self, lead: int, text: str) -> None:
        if not text.strip():
            raise Usage("The note is empty.")
        self._decide(lead, Verb.NOTED, reason=text.strip())

    def judge_out(self, lead: int) -> None:
        """X: the lead's newest enquiry is none. With its only one, the lead leaves the queue.

        Where another of its enquiries still waits, its alert goes on. Raises Refused where none is left.
        """
        found = self._leads.get(lead)
        out = {each.enquiry for each in found.state.enquiries if each.standing is Standing.NOT_A_LEAD}
        left = [enquiry.id for enquiry in found.enquiries if enquiry.id not in out]
        if not left:
            raise Refused("This is sorted away already: there is nothing left to sort.")
        self._decide(lead, Verb.JUDGED_OUT, enquiry=left[-1], take=True)

    def undo(self, lead: int | None = None) -> Undone:
        """Takes back the last thing a person did, of one lead or at all."""
        deed = self._store.leads.last_deed(lead)
        lesson = self._unteach.newer_than(deed) if lead is None else None
        if lesson is not None:
            return self._unteach.take_back(lesson)
        if deed is None:
            raise Refused("There is nothing to take back.")
        now = self._clock.now()
        if isinstance(deed, Decision) and deed.verb is Verb.MERGED and is_final(deed, now):
            raise Refused("They were joined more than thirty days ago.", "They stay one lead.")
        with self._store.transaction():
            self._store.leads.take_back(deed, self._people.me(), now)
            self._store.opt_outs.taken_back(deed.id, now)
            if isinstance(deed, Decision) and deed.verb is Verb.OPTED_OUT:
                Wishes(self._store, self._clock).place_anew(
                    key for _, key in keys_of(self._leads.get(deed.lead))
                )
            for each in _leads_of(deed):
                self._sorting.follow(each)
                self._store.alerts.raise_again(self._store.leads.head_of(each), now)
            return Undone(did=_name_of(deed), lead=deed.lead, name=self._called(deed))

    def _called(self, deed: Entry) -> str:
        found = self._store.imports.called(list(_leads_of(deed)))
        return " and ".join(found[each].name for each in _leads_of(deed) if each in found)

    def _decide(
        self,
        lead: int,
        verb: Verb,
        *,
        outcome: Outcome | None = None,
        reason: str = "",
        until: datetime | None = None,
        enquiry: int | None = None,
        take: bool = False,
    ) -> None:
        self._leads.get(lead)
        now = self._clock.now()
        with self._store.transaction():
            self._store.leads.record(
                Decision(
                    lead=lead, at=now, by=self._people.me(), verb=verb, outcome=outcome, reason=reason,
                    until=until, enquiry=enquiry,
                )
            )  # fmt: skip
            if take and enquiry is not None:
                self._store.alerts.take_unless_waiting(self._store.leads.head_of(lead), now)
            elif take:
                self._store.alerts.take(lead, now)
            if verb in (Verb.JUDGED_OUT, Verb.REOPENED):
                self._sorting.follow(lead)


def _leads_of(deed: Entry) -> tuple[int, ...]:
    """Whom a deed was about: some are about two."""
    other = deed.other if isinstance(deed, Decision) else None
    return (deed.lead,) if other is None else (deed.lead, other)


def _name_of(deed: Entry) -> str:
    if isinstance(deed, Decision):
        return _DID[deed.verb]
    if isinstance(deed, Touch) and deed.enquiry is not None:
        return "Enquiry entered"
    if isinstance(deed, Touch):
        return f"{deed.channel.value.capitalize()} logged"
    return "Step"

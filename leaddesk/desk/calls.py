"""Touches that a person logs: calls, visits, texts, and mails sent elsewhere."""

from __future__ import annotations

from datetime import datetime

from leaddesk.desk.leads import Leads
from leaddesk.desk.people import People
from leaddesk.desk.place import firm_country
from leaddesk.doors.clock import Clock
from leaddesk.doors.store import Store
from leaddesk.words.errors import Usage
from leaddesk.words.lead import Channel, Direction, How, Reached, Touch


class Calls:
    """Writes down what happened outside the program; its time may be set back."""

    def __init__(self, store: Store, clock: Clock, people: People, leads: Leads) -> None:
        self._store = store
        self._clock = clock
        self._people = people
        self._leads = leads

    def country(self) -> str:
        """Where numbers are dialled that name no country: the firm's two letters, or empty."""
        country = firm_country(self._store)
        return country.told or country.likely

    def log(
        self,
        lead: int,
        *,
        channel: Channel,
        outcome: Reached,
        direction: Direction = Direction.OUT,
        at: datetime | None = None,
        note: str = "",
    ) -> int:
        """Records the touch as entered by a person and returns its entry; an outward one stops the alert."""
        self._leads.get(lead)
        now = self._clock.now()
        happened = at or now
        if happened > now:
            raise Usage("The time lies in the future.", "Give the time at which it happened.")
        with self._store.transaction():
            entry = self._store.leads.record(
                Touch(
                    lead=lead, at=happened, by=self._people.me(), direction=direction, channel=channel,
                    outcome=outcome, how=How.ENTERED, text=note.strip(),
                )
            )  # fmt: skip
            if direction is Direction.OUT:
                self._store.alerts.take(lead, now)
        return entry

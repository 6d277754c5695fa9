"""What became of one mixed sample lead: answered soon, late or never, talked with, closed or open.

Called once for each of up to a million leads: chances are drawn as plain numbers, and the words of the
house that are needed again and again have short names here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TypeVar

from leaddesk.rules.sample.texts import Voice, pick
from leaddesk.words.lead import (
    Channel,
    Decision,
    Direction,
    Enquiry,
    Entry,
    How,
    Outcome,
    Reached,
    Touch,
    Verb,
)

T = TypeVar("T")

_IN, _OUT = Direction.IN, Direction.OUT
_EMAIL, _CALL = Channel.EMAIL, Channel.CALL
_MEASURED, _ENTERED = How.MEASURED, How.ENTERED
_SENT, _WON = Reached.SENT, Outcome.WON
_SECOND = timedelta(seconds=1)

_RESPONSES = (
    (0.22, 40, 260),
    (0.44, 300, 1500),
    (0.60, 1800, 1800),
    (0.84, 3600, 82_800),
    (0.93, 86_400, 213_600),
)
"""Up to this chance, a first response after so many seconds and up to so many more; beyond, none at all."""
_STILL_OPEN = ((1, 0.9), (3, 0.5), (14, 0.25), (60, 0.06))
"""Less than so many days old, the chance that a lead is still open; beyond, one in a hundred."""
_OUTCOMES = ((0.38, Outcome.WON), (0.67, Outcome.LOST), (0.90, Outcome.NO_RESPONSE))
"""Up to this chance, how a lead was closed; beyond, it was no lead."""
_CALLS = ((0.55, Reached.REACHED), (0.80, Reached.VOICEMAIL))
"""Up to this chance, how a call went; beyond, nobody answered."""


class Story:
    """Tells what happened after an enquiry, in order of time and never beyond now."""

    __slots__ = ("_chance", "_desk", "_first_name", "_now", "_voice", "enquiries", "entries")

    def __init__(
        self,
        desk: Mapping[str, tuple[str, ...]],
        voice: Voice,
        first_name: str,
        now: datetime,
        chance: Callable[[], float],
    ) -> None:
        self.enquiries: list[Enquiry] = []
        self.entries: list[Entry] = []
        self._desk = desk
        self._voice = voice
        self._first_name = first_name
        self._now = now
        self._chance = chance

    def tell(self, enquiry: Enquiry) -> None:
        """Adds the enquiry and what followed it; a customer who was won may come back once."""
        self.enquiries.append(enquiry)
        received_at, channel = enquiry.received_at, enquiry.channel
        spoken = channel is _CALL or channel is Channel.VISIT
        self._theirs(received_at, channel, enquiry.message, enquiry.id, _ENTERED if spoken else _MEASURED)
        last = self._talk(received_at, spoken)
        if self._chance() >= _drawn(_STILL_OPEN, (self._now - received_at).days, 0.01):
            self._close(last, enquiry)
        elif len(self.entries) > 2 and self._chance() < 0.12:
            self._snooze(last)

    def _talk(self, received_at: datetime, spoken: bool) -> datetime:
        """Our first response, their answer, ours again; returns the time of the last word."""
        chance = self._chance
        response = self._response(received_at)
        if response is None:
            return received_at
        self._ours(response, spoken)
        answer = self._after(response, 600, 200_000) if chance() < 0.4 else None
        if answer is None:
            return response
        self._theirs(answer, _EMAIL, pick(self._voice.answers, chance()), None, _MEASURED)
        reply = self._after(answer, 300, 90_000) if chance() < 0.6 else None
        if reply is None:
            return answer
        self._ours(reply, False)
        return reply

    def _response(self, received_at: datetime) -> datetime | None:
        chance = self._chance()
        for limit, least, span in _RESPONSES:
            if chance < limit:
                at = received_at + timedelta(0, least + int(span * self._chance()))
                return at if at < self._now else None
        return None

    def _theirs(self, at: datetime, channel: Channel, text: str, enquiry: int | None, how: How) -> None:
        number = len(self.entries) + 1
        self.entries.append(
            Touch(
                id=number, lead=0, at=at, direction=_IN, channel=channel, how=how, text=text, enquiry=enquiry
            )
        )

    def _ours(self, at: datetime, spoken: bool) -> None:
        by = pick(self._desk["people"], self._chance())
        if spoken or self._chance() < 0.15:
            self._call(at, by)
            return
        text = pick(self._voice.replies, self._chance()).replace("{first}", self._first_name)
        number = len(self.entries) + 1
        self.entries.append(
            Touch(
                id=number,
                lead=0,
                at=at,
                by=by,
                direction=_OUT,
                channel=_EMAIL,
                outcome=_SENT,
                text=f"{text}\n{by}",
            )
        )

    def _call(self, at: datetime, by: str) -> None:
        outcome = _drawn(_CALLS, self._chance(), Reached.NO_ANSWER)
        text = pick(self._desk[outcome.value], self._chance())
        self.entries.append(
            Touch(
                id=len(self.entries) + 1,
                lead=0,
                at=at,
                by=by,
                direction=_OUT,
                channel=_CALL,
                outcome=outcome,
                how=_ENTERED,
                text=text,
            )
        )

    def _close(self, last: datetime, enquiry: Enquiry) -> None:
        at = self._after(last, 3600, 900_000)
        if at is None:
            return
        outcome = _drawn(_OUTCOMES, self._chance(), Outcome.NOT_A_LEAD)
        if outcome is Outcome.NOT_A_LEAD:
            self._decide(at, Verb.JUDGED_OUT)
            return
        words = self._desk.get(outcome.value)
        self._decide(at, Verb.CLOSED, outcome=outcome, reason=pick(words, self._chance()) if words else "")
        if outcome is _WON and enquiry.id == 1 and self._chance() < 0.12:
            self._come_back(at, enquiry)

    def _come_back(self, closed_at: datetime, before: Enquiry) -> None:
        received_at = self._after(closed_at, 2_000_000, 25_000_000)
        if received_at is None:
            return
        ask = pick(self._voice.asks, self._chance())
        again = replace(
            before,
            id=2,
            received_at=received_at,
            submitted_at=None,
            seen_at=received_at + _SECOND,
            subject=ask.subject,
            message=ask.message,
        )
        self.tell(again)

    def _snooze(self, last: datetime) -> None:
        at = self._after(last, 60, 7200)
        if at is not None:
            until = self._now + timedelta(seconds=3600 + int(900_000 * self._chance()))
            self._decide(at, Verb.SNOOZED, until=until, reason=pick(self._desk["snoozed"], self._chance()))

    def _decide(
        self,
        at: datetime,
        verb: Verb,
        *,
        outcome: Outcome | None = None,
        until: datetime | None = None,
        reason: str = "",
    ) -> None:
        by = pick(self._desk["people"], self._chance())
        number = len(self.entries) + 1
        self.entries.append(
            Decision(id=number, lead=0, at=at, by=by, verb=verb, outcome=outcome, until=until, reason=reason)
        )

    def _after(self, at: datetime, least: int, most: int) -> datetime | None:
        """A time between so many seconds later, rather sooner than late; None when it has not come yet."""
        chance = self._chance()
        later = at + timedelta(0, least + int((most - least) * chance * chance))
        return later if later < self._now else None


def _drawn(table: Sequence[tuple[float, T]], drawn: float, beyond: T) -> T:
    """What stands in the first row whose limit is above what was drawn."""
    for limit, choice in table:
        if drawn < limit:
            return choice
    return beyond

"""Two weeks with all that the review shows, for the face's tests."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from leaddesk.rules.response import Timed, review
from leaddesk.words.lead import Channel
from leaddesk.words.review import Asked, Mistake, Slip, Week
from leaddesk.words.states import Outcome, Standing
from leaddesk.words.views import Review

_WEB, _PHONE = "Website: pricing page", "Missed call"
_TOLD: tuple[tuple[int, str, int, int, float | None, Standing, str], ...] = (
    (1, "Ngozi Adeyemi", 0, 9, 3, Standing.ANSWERED, _WEB),
    (2, "Familie Brückner", 1, 11, 28, Standing.ANSWERED, _WEB),
    (3, "Marek Kowalczyk", 2, 18, 190, Standing.ANSWERED, _PHONE),
    (1, "Ngozi Adeyemi", 4, 17, None, Standing.NEVER, _WEB),
    (4, "Hanna Osei", 5, 22, None, Standing.WAITING, _PHONE),
)
"""Lead, name, day of the week, hour, minutes to the first response, standing, source."""
SLIPS: dict[Mistake, tuple[Slip, ...]] = {
    Mistake.ONE_TRY: (
        Slip(lead=3, name="Marek Kowalczyk", why="one mail, closed", way=Channel.CALL),
        Slip(lead=4, name="Hanna Osei", why="one mail, 9 days ago", way=Channel.EMAIL),
    ),
    Mistake.SLOW_FOR_POLISH: (),
    Mistake.ONE_CHANNEL: (
        Slip(lead=2, name="Familie Brückner", why="3 mails, number known", way=Channel.CALL),
    ),
    Mistake.NO_SOURCE: (Slip(lead=4, name="Hanna Osei", why="no page and no campaign", way=None),),
    Mistake.NO_STOP: (Slip(lead=1, name="Ngozi Adeyemi", why="day 26, nothing planned", way=None),),
}


class FakeWeeks:
    """The week of the fake desk's now, and an empty one before each."""

    def __init__(self, desk: Any) -> None:
        self._desk = desk
        self.failure: Exception | None = None
        self.is_new = False

    def show(self, day: date | None = None) -> Week:
        self._desk.did("week", day)
        if self.failure is not None:
            raise self.failure
        now: datetime = self._desk.clock.now()
        monday = now.date() - timedelta(days=now.weekday())
        first = (day or monday) - timedelta(days=(day or monday).weekday())
        asked = tuple(_asked(now, first, each) for each in _TOLD) if first == monday else ()
        return Week(
            first=first,
            last=first + timedelta(days=6),
            review=_review(asked, now),
            before=replace(_review(asked[:2], now), mistakes={Mistake.ONE_TRY: (1, 2, 3)}),
            asked=asked,
            slips=SLIPS if asked else dict.fromkeys(Mistake, ()),
            is_new=self.is_new,
        )


def _asked(now: datetime, first: date, told: Any) -> Asked:
    lead, name, day, hour, minutes, standing, source = told
    received = datetime(first.year, first.month, first.day, hour, tzinfo=now.tzinfo) + timedelta(days=day)
    return Asked(
        lead=lead,
        name=name,
        received_at=received,
        after=None if minutes is None else timedelta(minutes=minutes),
        standing=standing,
        source=source,
        outcome=Outcome.OPEN,
    )


def _review(asked: tuple[Asked, ...], now: datetime) -> Review:
    timed = [
        Timed(
            lead=one.lead,
            received_at=one.received_at,
            first_response_at=None if one.after is None else one.received_at + one.after,
            standing=one.standing,
            source=one.source,
            outcome=one.outcome,
        )
        for one in asked
    ]
    return review(timed, now)

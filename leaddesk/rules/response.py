"""Response times with everybody in the denominator: those who never got an answer included.

Percentiles go by nearest rank. The waiting and the never answered count as longer than any answer, so a
median is unknown ("not yet") while more than half are unanswered.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from typing import TYPE_CHECKING

from leaddesk.words.queue import Strip
from leaddesk.words.states import Outcome, Standing

if TYPE_CHECKING:
    from leaddesk.rules.hours import OpenTime
    from leaddesk.words.review import Mistake
    from leaddesk.words.views import Review, SourceFigures

_5_MIN, _30_MIN, _1_H, _24_H = (timedelta(minutes=m) for m in (5, 30, 60, 1440))


@dataclass(frozen=True, slots=True, kw_only=True)
class Timed:
    """One enquiry: when it came, when a person first answered, how it stands."""

    lead: int
    received_at: datetime
    first_response_at: datetime | None
    standing: Standing
    source: str
    outcome: Outcome

    @property
    def after(self) -> timedelta | None:
        """From received to answered; a server's clock that runs ahead never makes it negative."""
        if self.first_response_at is None:
            return None
        return max(timedelta(0), self.first_response_at - self.received_at)


def percentile(times: Iterable[timedelta | None], share: float) -> timedelta | None:
    """The nearest-rank percentile; None counts as longer than all, and is what comes out when it is hit.

    >>> percentile([timedelta(minutes=m) for m in (1, 2, 9)] + [None], 0.5)
    datetime.timedelta(seconds=120)
    """
    ordered = sorted(times, key=lambda t: t if t is not None else timedelta.max)
    if not ordered:
        return None
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def censored_median(enquiries: Sequence[Timed], now: datetime) -> timedelta | None:
    """Kaplan and Meier's median: whoever still waits counts as 'longer than they have waited so far'.

    None while the curve has not come down to one half.
    """
    spans = sorted(
        (e.after, True) if e.after is not None else (max(timedelta(0), now - e.received_at), False)
        for e in enquiries
    )
    at_risk, surviving = len(spans), 1.0
    for span, group in groupby(spans, key=_span):
        members = [answered for _, answered in group]
        surviving *= 1 - sum(members) / at_risk
        if any(members) and surviving <= 0.5 + 1e-12:
            return span
        at_risk -= len(members)
    return None


def _span(pair: tuple[timedelta, bool]) -> timedelta:
    return pair[0]


def strip(enquiries: Sequence[Timed]) -> Strip:
    """The few figures under the queue."""
    times = [e.after for e in enquiries]
    return Strip(
        enquiries=len(enquiries),
        answered=_count(enquiries, Standing.ANSWERED),
        waiting=_count(enquiries, Standing.WAITING),
        never=_count(enquiries, Standing.NEVER),
        median=percentile(times, 0.5),
        within_5min=_within(times, _5_MIN),
        within_1h=_within(times, _1_H),
    )


def review(
    enquiries: Sequence[Timed],
    now: datetime,
    open_time: OpenTime | None = None,
    mistakes: Mapping[Mistake, tuple[int, ...]] | None = None,
) -> Review:
    """All figures of a span. Without `open_time` those in opening hours stay unknown.

    They go by the same rules as the others: the median over all enquiries, p90 over the answered.
    """
    from leaddesk.words.views import Review  # noqa: PLC0415 - the strip under the queue does without

    times = [e.after for e in enquiries]
    answered = [t for t in times if t is not None]
    opened = [in_opening_hours(e, open_time) for e in enquiries] if open_time else []
    return Review(
        enquiries=len(enquiries),
        answered=_count(enquiries, Standing.ANSWERED),
        never=_count(enquiries, Standing.NEVER),
        waiting=_count(enquiries, Standing.WAITING),
        median=percentile(times, 0.5),
        answered_median=percentile(answered, 0.5),
        p90=percentile(answered, 0.9),
        censored_median=censored_median(enquiries, now),
        within_5min=_within(times, _5_MIN),
        within_30min=_within(times, _30_MIN),
        within_1h=_within(times, _1_H),
        within_24h=_within(times, _24_H),
        open_hours_median=percentile(opened, 0.5),
        open_hours_p90=percentile([t for t in opened if t is not None], 0.9),
        by_source=_by_source(enquiries),
        mistakes=mistakes,
    )


def in_opening_hours(enquiry: Timed, open_time: OpenTime) -> timedelta | None:
    """How much of the time to the first response the firm was open; None without a response.

    Whoever asks at night and is answered as the doors open has waited no opening hours.
    """
    if enquiry.first_response_at is None:
        return None
    return open_time.between(enquiry.received_at, enquiry.first_response_at)


def _by_source(enquiries: Sequence[Timed]) -> tuple[SourceFigures, ...]:
    """The busiest source first."""
    from leaddesk.words.views import SourceFigures  # noqa: PLC0415 - as above

    sources: dict[str, list[Timed]] = {}
    for each in enquiries:
        sources.setdefault(each.source, []).append(each)
    figures = (
        SourceFigures(
            source=source,
            enquiries=len(group),
            answered=_count(group, Standing.ANSWERED),
            median=percentile([e.after for e in group], 0.5),
            won=len({e.lead for e in group if e.outcome is Outcome.WON}),
        )
        for source, group in sources.items()
    )
    return tuple(sorted(figures, key=lambda f: (-f.enquiries, f.source)))


def _count(enquiries: Iterable[Timed], standing: Standing) -> int:
    return sum(e.standing is standing for e in enquiries)


def _within(times: Iterable[timedelta | None], limit: timedelta) -> int:
    return sum(t is not None and t <= limit for t in times)

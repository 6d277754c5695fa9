"""Looking back on a week: who asked, and the five mistakes that can still be mended."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from leaddesk.words.lead import Channel
from leaddesk.words.states import Outcome, Standing
from leaddesk.words.views import Review


class Mistake(enum.StrEnum):
    """What loses leads; each is defined in `rules.mistakes`."""

    ONE_TRY = "one_try"
    SLOW_FOR_POLISH = "slow_for_polish"
    ONE_CHANNEL = "one_channel"
    NO_SOURCE = "no_source"
    NO_STOP = "no_stop"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One enquiry of the week, as a figure lists it."""

    lead: int
    name: str
    received_at: datetime
    after: timedelta | None
    """From received to the first response; None without one."""
    standing: Standing
    source: str
    outcome: Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    """One lead with a mistake."""

    lead: int
    name: str
    why: str
    """What shows it: "3 mails, number known"."""
    way: Channel | None
    """How to reach them next (EMAIL or CALL), where that mends it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """A week as the review page shows it, beside the one before."""

    first: date
    last: date
    review: Review
    before: Review
    asked: tuple[Asked, ...]
    """In the order in which they came."""
    slips: Mapping[Mistake, tuple[Slip, ...]]
    is_new: bool
    """Nobody ever asked."""
    unscheduled: int = 0
    """Open leads of all time that nothing brings back, as they stand now."""

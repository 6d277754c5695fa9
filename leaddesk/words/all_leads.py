"""The table of everybody: what it is sorted and cut down by, one row of it, and how many there are."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from leaddesk.words.states import Outcome, Turn, What


class SortBy(enum.StrEnum):
    """What the rows are sorted by. In one of them, those that are alike come newest first."""

    NAME = "name"
    SOURCE = "source"
    WROTE = "wrote"
    """When they wrote first."""
    REPLY = "reply"
    """How long our first reply took; without one it took longest."""
    TOUCH = "touch"
    """When something was said last, by either side."""
    STANDS = "stands"
    """Open and ours, open and theirs, won, lost, no response, not a lead."""


@dataclass(frozen=True, slots=True)
class Sort:
    """One order of the rows; `down` is the largest, latest or last first."""

    by: SortBy = SortBy.TOUCH
    down: bool = True


@dataclass(frozen=True, slots=True)
class Only:
    """Which leads are in the table: all of this outcome, from this source, with all of these words."""

    outcome: Outcome | None = None
    source: str | None = None
    words: str = ""
    unscheduled: bool = False
    """Only open ones that nothing brings back: no step, no snooze with a day, no answer on its way."""

    @property
    def is_everybody(self) -> bool:
        is_any = self.outcome is None and not self.unscheduled
        return is_any and self.source is None and not self.words.strip()


@dataclass(frozen=True, slots=True)
class After:
    """Where a window of rows ended: the sorted value of its last row, and whose it is."""

    value: int | str
    lead: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One row. `wants` starts near what was searched for, where it stands in what was said."""

    lead: int
    name: str
    company: str
    email: str
    phone: str
    wants: str
    source: str
    turn: Turn
    what: What
    outcome: Outcome
    reason: str
    since: datetime
    """Since when they wait, while `waits`."""
    wrote: datetime
    replied_after: timedelta | None
    """From their first enquiry to our first reply; None without one."""
    touched: datetime

    @property
    def waits(self) -> bool:
        """An enquiry of theirs has no answer yet."""
        return self.outcome is Outcome.OPEN and self.what is What.NEW


@dataclass(frozen=True, slots=True)
class Window:
    """Some rows in a row; `after` is where the next begin, None at the end."""

    rows: tuple[Listed, ...]
    after: After | None


@dataclass(frozen=True, slots=True)
class Tally:
    """How many are in the table, of each outcome, whichever is shown; and how many leads there are."""

    by_outcome: Mapping[Outcome, int] = field(default_factory=dict)
    leads: int = 0
    unscheduled: int = 0
    """Open ones that nothing brings back."""

    @property
    def everybody(self) -> int:
        return sum(self.by_outcome.values())

    def of(self, outcome: Outcome | None) -> int:
        """Those of one outcome, or of all."""
        return self.everybody if outcome is None else self.by_outcome.get(outcome, 0)

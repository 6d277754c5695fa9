"""Where the steps of a plan stand on its line: the first day wide, then to scale by days; and their cards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

_FIRST_DAY = 0.32
"""How much of the line the first day has, where a step falls into it."""
_FIRST_DAY_BARE = 0.14
_END = 0.91
"""Where the last point stands, so that its card has room."""
_OPEN = 0.62
"""Where the last step of a plan without an end stands; the dashes need their room."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A point of the line, in pixels from the left, and its card."""

    x: int
    card_left: int
    is_above: bool


@dataclass(frozen=True, slots=True)
class Scale:
    """The line of one plan in `width` pixels."""

    day_one: int
    """Where the first day ends."""
    last: int
    days: int
    """The last day's number."""
    spots: tuple[Spot, ...]
    card_width: int

    def x_of(self, day: float) -> int:
        """Where a day stands; from day 1 on it is to scale."""
        return self.day_one + round((day - 1) * (self.last - self.day_one) / max(1, self.days - 1))


def scale_of(offsets: Sequence[timedelta], width: int, card: int, gap: int, *, is_open: bool) -> Scale:
    """The line for steps that come so long after the enquiry, the reply being the first of them.

    `is_open`: the last is no step but the place where an end is missing, and stands at the end of the line.
    """
    same_day = [each for each in offsets if each < timedelta(days=1)]
    share = _FIRST_DAY if len(same_day) > 1 else _FIRST_DAY_BARE
    days = max(1, *(each.days for each in offsets))
    first, end = gap, round(width * _END)
    last = round(width * _OPEN) if is_open else end
    bare = Scale(round(width * share), last, days, (), 0)
    later = [bare.x_of(each / timedelta(days=1)) for each in offsets if each >= timedelta(days=1)]
    step = (bare.day_one - first) / max(1, len(same_day))
    points = [first + round(step * n) for n in range(len(same_day))] + later
    if is_open:
        points[-1] = end
    lanes = (range(0, len(points), 2), range(1, len(points), 2))
    room = (width - gap) // max(1, len(lanes[0])) - gap
    fitting = max(gap * 4, min(card, room))
    lefts = [0] * len(points)
    for lane in lanes:
        placed = _apart([points[n] - gap for n in lane], fitting, gap, width)
        for n, left in zip(lane, placed, strict=True):
            lefts[n] = left
    spots = tuple(Spot(x, lefts[n], n % 2 == 0) for n, x in enumerate(points))
    return Scale(bare.day_one, last, days, spots, fitting)


def _apart(wanted: list[int], card: int, gap: int, width: int) -> list[int]:
    """Left edges near those that are wanted, so that no card covers another or leaves the line."""
    lefts: list[int] = []
    taken = 0
    for each in wanted:
        lefts.append(max(0, each, taken))
        taken = lefts[-1] + card + gap
    end = width + gap
    for place in reversed(range(len(lefts))):
        lefts[place] = max(0, min(lefts[place], end - card - gap))
        end = lefts[place]
    return lefts

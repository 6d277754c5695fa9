"""What came of it: the mailbox as doveadm lists it, against the rows and enquiries of the database."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from leaddesk.words.mail import Place

FETCHING = ("fetching", "fetched", "kept")
READING = ("reading", "read", "judged")
STEPS = (*FETCHING, *READING)
"""Steps at which enough lives must have died for the count to mean anything."""
_TOLD = (Place.ENQUIRY.value, Place.JOINED.value, Place.REPLY.value)


@dataclass(frozen=True)
class Found:
    """Figures of one run."""

    kills: int
    steps: Mapping[str, int]
    there: int
    rows: int
    enquiries: int
    lost: tuple[str, ...]
    """In the mailbox, and not one told row of ours."""
    doubled: tuple[str, ...]
    """Two rows, or two clocks, for one mail."""
    seconds: float

    @property
    def is_broken(self) -> bool:
        return bool(self.lost or self.doubled)

    def lines(self) -> list[str]:
        hits = ", ".join(f"{step} {count}" for step, count in sorted(self.steps.items(), key=lambda i: -i[1]))
        return [
            f"{self.kills} kills in {self.seconds:.0f} s; step at death: {hits}",
            f"{self.there} mails in the Inbox, {self.rows} rows, {self.enquiries} enquiries",
            f"{len(self.lost)} lost, {len(self.doubled)} doubled",
        ]


def found(
    there: Sequence[str],
    rows: Sequence[tuple[str, str]],
    enquiries: Sequence[str],
    kills: int,
    steps: Sequence[str],
    seconds: float,
) -> Found:
    """Counts. Every mail has a subject of its own; `rows` are subjects and places; `steps` at which each of
    the two threads died."""
    known = Counter(subject for subject, _ in rows)
    told = {subject for subject, place in rows if place in _TOLD}
    clocks = Counter(enquiries)
    return Found(
        kills=kills,
        steps=Counter(steps),
        there=len(there),
        rows=len(rows),
        enquiries=len(enquiries),
        lost=tuple(each for each in there if each not in told or not clocks[each]),
        doubled=tuple(each for each in there if known[each] > 1 or clocks[each] > 1),
        seconds=seconds,
    )

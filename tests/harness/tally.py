"""What came of it: the sink's own file against what was approved and what the database says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from leaddesk.words.outgoing import OutgoingState

MUST_BE_HIT = ("claimed", "body-sent", "committing", "dot-sent", "answered")
"""Steps at which enough lives must have died for the count to mean anything."""

_UNKNOWN_AFTER = ("body-sent", "committing", "dot-sent", "answered")
"""A sender that died at one of these may not know what became of its mail: what is durable after `body-sent`
is told as `committing` only a moment later."""


@dataclass(frozen=True)
class Tally:
    """Figures of one run. `explained` are unsure mails: the person is asked, nothing is sent again."""

    kills: int
    steps: Mapping[str, int]
    approved: int
    accepted: int
    sent: int
    doubled: tuple[str, ...]
    lost: tuple[str, ...]
    explained: int
    explained_taken: int
    """Of the explained ones, those that the server had taken."""
    resolved: int = 0
    """Unsure mails that were found in Sent."""
    seconds: float = 0.0
    wrong: tuple[str, ...] = ()
    """What the model says is broken: doubled and lost mails among it."""

    @property
    def unsure_without_cause(self) -> int:
        """More mails are unsure than lives ended where nobody could know."""
        return max(0, self.explained - sum(self.steps.get(step, 0) for step in _UNKNOWN_AFTER))

    def lines(self) -> list[str]:
        hits = ", ".join(f"{step} {count}" for step, count in sorted(self.steps.items(), key=lambda i: -i[1]))
        return [
            f"{self.kills} kills in {self.seconds:.0f} s; step at death: {hits}",
            f"{self.approved} approved, {self.accepted} accepted by the sink, {self.sent} marked as sent",
            f"{self.explained} unsure and explained ({self.explained_taken} of them taken), "
            f"{self.resolved} found in Sent",
            f"{len(self.doubled)} doubled, {len(self.lost)} lost",
            *self.wrong,
        ]


def tally(
    approved: Sequence[str],
    states: Mapping[str, OutgoingState],
    taken: Sequence[str],
    steps: Sequence[str],
    *,
    resolved: int,
    seconds: float,
    wrong: Sequence[str] = (),
) -> Tally:
    """Counts. Lost is what was approved, and was neither taken by the sink nor is asked about."""
    times = Counter(taken)
    unsure = [each for each in approved if states.get(each) is OutgoingState.UNSURE]
    lost = [each for each in approved if not times[each] and states.get(each) is not OutgoingState.UNSURE]
    return Tally(
        kills=len(steps),
        steps=Counter(steps),
        approved=len(approved),
        accepted=sum(times.values()),
        sent=sum(state is OutgoingState.SENT for state in states.values()),
        doubled=tuple(each for each, count in times.items() if count > 1),
        lost=tuple(lost),
        explained=len(unsure),
        explained_taken=sum(bool(times[each]) for each in unsure),
        resolved=resolved,
        seconds=seconds,
        wrong=tuple(wrong),
    )

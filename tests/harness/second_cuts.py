"""A connection cut while it carries its second mail, after every byte, both ways, before twelve servers.

    python -m tests.harness cuts --mails 2 --long

What is told of either mail must be what the sink's own log says, or that nobody knows. A cut before the
second mail's dot is not its failure: it is sent, on a fresh connection that nobody cuts.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from pathlib import Path

from leaddesk.doors.mail.smtp import Line
from leaddesk.words.outgoing import Delivery, Verdict
from tests.harness.cuts import SHORT, Cuts, Found, all_ways, contradicts, delivered, taken_by
from tests.real.cutter import Cutter, Way
from tests.real.sink import Sink

PERSONALITIES = (
    "normal",
    "auth",
    "auth;login-only",
    "no-8bit;size:1000000",
    "slow:2",
    "again:NOBODY:550 5.1.1 no such user",
    "again:RCPT:451 4.7.1 greylisted",
    "again:DATA:554 5.7.1 no",
    "again:DOT:451 4.3.0 later",
    "again:DOT:554 5.7.1 looks like spam",
    "again:DOT:250-2.0.0 taken|250-as|250 2.0.0 number 17",
    "again:MAIL:421 4.7.0 enough on this connection",
)
_SECOND = 1_000_000
"""Where the numbers of the second mails begin."""


@dataclass(frozen=True)
class _Told:
    """What was said of the two mails, and the bytes that had passed: after the first, and in all."""

    verdicts: tuple[Verdict, Verdict]
    first: int
    all: int


def run(every: int = 7, personalities: tuple[str, ...] = PERSONALITIES, *, only: int | None = None) -> Cuts:
    """All personalities, both ways; `only` is one place of the cut again, as it was printed."""
    return all_ways(_cut, "cuts --mails 2", every, personalities, only)


def _cut(personality: str, way: Way, truth: Path, every: int, first: int, only: int | None) -> Found:
    """Each place of a cut in the second mail (its bytes that still pass), what was said, what is wrong."""
    with Sink(personality, truth=truth, users={"ana": "secret"}) as sink:
        whole = _attempt(sink, way, 0, None)
        last = whole.all - whole.first
        places = [only] if only is not None else sorted({*range(first % every, last, every), last})
        told = {place: _attempt(sink, way, place + 1, whole.first + place) for place in places}
        taken = taken_by(sink)
    for place, each in told.items():
        one, two = each.verdicts
        found = [contradicts(one, taken[place + 1]), contradicts(two, taken[_SECOND + place + 1])]
        if one.delivery is not Delivery.SENT:
            found.append(f"the first is {one.delivery.value}")
        if two.delivery is Delivery.NOT_REACHED:
            found.append("cut before its dot, and not sent on a fresh one")
        yield place, two, [sentence for sentence in found if sentence is not None]


def _attempt(sink: Sink, way: Way, number: int, cut_after: int | None) -> _Told:
    """Two deliveries over one connection through the cutter; one more connection passes whole."""
    with Cutter(sink.port, way=way, cut_after=cut_after, only_first=True) as middle:
        with contextlib.closing(Line()) as line:
            one = delivered(sink, middle.port, SHORT % number, line)
            first = middle.passed[way]
            two = delivered(sink, middle.port, SHORT % (_SECOND + number), line)
        sink.wait_until_quiet()
    return _Told((one, two), first, middle.passed[way])

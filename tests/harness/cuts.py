"""The dialogue with a mail server cut after every byte, both ways, before twelve kinds of servers.

    python -m tests.harness cuts --long

What `deliver` says about a mail must be what the sink's own log says, or that nobody knows. `every` 7 cuts
after each seventh byte; where it begins moves on with the personality, so that none is always left out.
"""

from __future__ import annotations

import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from leaddesk.doors.mail.smtp import Line, StageTimeouts, deliver
from leaddesk.words.account import Security, Server
from leaddesk.words.outgoing import Delivery, Verdict
from leaddesk.words.sign_in import Password
from tests.real.cutter import Cutter, Way
from tests.real.sink import Sink

PERSONALITIES = (
    "normal",
    "auth",
    "auth;login-only",
    "no-8bit;size:1000000",
    "slow:2",
    "answer:NOBODY:550 5.1.1 no such user",
    "answer:RCPT:451 4.7.1 greylisted",
    "answer:DATA:554 5.7.1 no",
    "answer:DOT:451 4.3.0 later",
    "answer:DOT:554 5.7.1 looks like spam",
    "answer:DOT:250-2.0.0 taken|250-as|250 2.0.0 number 17",
    "answer:QUIT:421 4.3.2 closing",
)
SHORT = (
    b"Message-ID: <%d@leaddesk.example>\r\nFrom: ana@example.com\r\nSubject: Re: Enquiry\r\n\r\n"
    b"Yes.\r\n..and more\r\n"
)
_RAW = SHORT + b"A dormer takes three weeks, and the plans two more.\r\n" * 15
RECIPIENTS = ("ngozi@example.org", "nobody@example.org")
_QUICK = StageTimeouts().scaled(1 / 60)
_CERTAIN = {
    Delivery.REFUSED, Delivery.DEFERRED, Delivery.NOT_REACHED, Delivery.SIGN_IN, Delivery.SWITCHED_OFF
}  # fmt: skip


@dataclass(frozen=True)
class Cuts:
    """Figures of one run."""

    cuts: int
    sent: int
    unsure: int
    wrong: tuple[str, ...]
    seconds: float

    def lines(self) -> list[str]:
        return [
            f"{self.cuts} cuts in {self.seconds:.0f} s: {self.sent} told as sent, {self.unsure} as unsure",
            *self.wrong,
            f"{len(self.wrong)} verdicts wrong",
        ]


Found = Iterator[tuple[int, Verdict, Sequence[str]]]
"""Each place of a cut (bytes that still pass), what was said, and what is wrong with it."""
Cutting = Callable[[str, Way, Path, int, int, int | None], Found]


def run(every: int = 7, personalities: tuple[str, ...] = PERSONALITIES, *, only: int | None = None) -> Cuts:
    """All personalities, both ways; `only` is one place of the cut again, as it was printed."""
    return all_ways(_cut, "cuts", every, personalities, only)


def all_ways(cut: Cutting, word: str, every: int, personalities: tuple[str, ...], only: int | None) -> Cuts:
    """Every personality cut both ways by `cut`; `word` is the harness's, to show a place again."""
    began = time.monotonic()
    told: list[Verdict] = []
    wrong: list[str] = []
    with tempfile.TemporaryDirectory(prefix="ldcut") as folder:
        for number, personality in enumerate(personalities):
            again = f'python -m tests.harness {word} --personality "{personality}" --only'
            for way in Way:
                truth = Path(folder) / f"{number}-{way.name}"
                for place, verdict, found in cut(personality, way, truth, every, number, only):
                    told.append(verdict)
                    wrong += [f"{sentence}  [{again} {place}]" for sentence in found]
    sent, unsure = (
        sum(verdict.delivery is which for verdict in told) for which in (Delivery.SENT, Delivery.UNSURE)
    )
    return Cuts(len(told), sent, unsure, tuple(wrong), time.monotonic() - began)


def contradicts(verdict: Verdict, taken_by: Sequence[str]) -> str | None:
    """Where the verdict is not the truth, and does not say that nobody knows.

    `taken_by`: the recipients for whom the sink took it, each as often as it did.
    """
    if len(set(taken_by)) < len(taken_by):
        return f"doubled: said to be {verdict.delivery.value}, and taken more than once"
    if verdict.delivery is Delivery.SENT and not taken_by:
        return "lost: said to be sent, and was not"
    if verdict.delivery is Delivery.SENT and set(taken_by) != set(RECIPIENTS):
        return f"partly: said to be sent, and only {', '.join(taken_by)} got it"
    if verdict.delivery in _CERTAIN and taken_by:
        return f"denied: said to be {verdict.delivery.value}, and was sent"
    return None


def _cut(personality: str, way: Way, truth: Path, every: int, first: int, only: int | None) -> Found:
    with Sink(personality, truth=truth, users={"ana": "secret"}) as sink:
        _, length = _attempt(sink, way, 0, None)
        whole = {length}  # where nothing is cut, the verdict must be right as well
        places = [only] if only is not None else sorted({*range(first % every, length, every), *whole})
        told = {place: _attempt(sink, way, place + 1, place)[0] for place in places}
        taken = taken_by(sink)
    for place, verdict in told.items():
        wrong = contradicts(verdict, taken[place + 1])
        yield place, verdict, [wrong] if wrong is not None else []


def taken_by(sink: Sink) -> Mapping[int, Sequence[str]]:
    """For whom it took each mail, by the number in its Message-ID, as often as it did."""
    sink.wait_until_quiet()
    taken: defaultdict[int, list[str]] = defaultdict(list)
    for mail in sink.taken():
        taken[int(mail.message_id.strip("<").partition("@")[0])] += mail.rcpt
    return taken


def _attempt(sink: Sink, way: Way, number: int, cut_after: int | None) -> tuple[Verdict, int]:
    """One delivery through the cutter, and how many bytes passed that way."""
    with Cutter(sink.port, way=way, cut_after=cut_after) as middle:
        verdict = delivered(sink, middle.port, _RAW % number)
    return verdict, middle.passed[way]


def delivered(sink: Sink, port: int, raw: bytes, line: Line | None = None) -> Verdict:
    """One mail to the sink behind the port, where it wants it signed in."""
    is_asked = "auth" in sink.manners
    return deliver(
        Server("127.0.0.1", port, Security.PLAIN),
        user="ana" if is_asked else None,
        secret=Password("secret") if is_asked else None,
        ca_file=None,
        sender="ana@example.com",
        recipients=RECIPIENTS,
        raw=raw,
        before_commit=lambda: None,
        stages=_QUICK,
        line=line,
    )

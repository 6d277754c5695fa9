"""What the reader gets right on the corpus, against what it must, with the held-back third apart."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

from leaddesk.rules.capture.read import read
from leaddesk.words.mail import Known, MailKind
from tests.bench import importing, reading
from tests.bench.acknowledging import dues, is_right
from tests.bench.scoring import CORPORA, Sample, samples, score
from tests.bench.table import Line, share

Rights = dict[str, dict[bool, list[bool]]]
"""For each promise and third whether each answer was right."""

MUST: Mapping[str, float] = {
    "kind of mail": 0.95,
    "enquiries not sorted away": 0.99,
    "others not let in as leads": 0.97,
    "the person's email": 0.98,
    "the person's name": 0.95,
    "the person's phone": 0.95,
    "message": 0.90,
    "source": 0.90,
    "reply text": 0.90,
    "bounce: recipient, permanent": 0.95,
    "autoreply: return date": 0.90,
    "CSV and vCard": 0.98,
    "not acknowledged where it must not be": 1.00,
    "acknowledged where it may be": 0.95,
    "hostile mail": 1.00,
}
_BY_KEY = {
    "kind": "kind of mail",
    "email": "the person's email",
    "name": "the person's name",
    "phone": "the person's phone",
    "message": "message",
    "source": "source",
    "visible": "reply text",
    "bounce": "bounce: recipient, permanent",
    "return": "autoreply: return date",
}
_HOSTILE = "torture"
_LIMIT_S = 1.0
_SPEED = 0.2


def measure(root: Path = CORPORA) -> list[Line]:
    """A line for each promise and third, and the throughput of the slowest kind of mail."""
    rights = judged(root)
    lines = [
        share(f"{what}{' (held back)' if held_back else ''}", rights[what][held_back], most)
        for what, most in MUST.items()
        for held_back in (False, True)
        if rights[what][held_back]
    ]
    folder, ratio = min(reading.speeds(root).items(), key=lambda one: one[1])
    return [*lines, throughput(folder, ratio)]


def throughput(folder: str, ratio: float) -> Line:
    """How quick reading is where it is slowest, against the standard library's parsing of the same bytes."""
    return Line(
        f"throughput ({folder}, the slowest)", f"{ratio:.2f}", "policy.default", f"{ratio:.2f}",
        f"at least {_SPEED:g}", ratio >= _SPEED,
    )  # fmt: skip


def judged(root: Path = CORPORA) -> Rights:
    """Right or wrong for each promise and third."""
    rights: Rights = defaultdict(lambda: defaultdict(list))
    for sample in samples(root):
        for what, right in _of_mail(sample):
            rights[what][sample.held_back].append(right)
    for folder, held_back, key in (table := importing.measure(root)[0]):
        rights["CSV and vCard"][held_back] += table[folder, held_back, key]
    return rights


def _of_mail(sample: Sample) -> Iterable[tuple[str, bool]]:
    start = time.process_time()
    found = read(sample.path.read_bytes(), Known())
    seconds = time.process_time() - start
    if sample.folder == _HOSTILE:
        yield "hostile mail", seconds < _LIMIT_S
    for key, right in score(sample, found).items():
        if key in _BY_KEY:
            yield _BY_KEY[key], right
    wanted = sample.expect.get("kind")
    if wanted == MailKind.ENQUIRY:
        yield "enquiries not sorted away", found.kind is MailKind.ENQUIRY
    elif isinstance(wanted, str) and wanted not in (MailKind.MISSED_CALL, MailKind.REPLY):
        yield "others not let in as leads", found.kind not in (MailKind.ENQUIRY, MailKind.MISSED_CALL)
    for due in dues(sample):
        what = "acknowledged where it may be" if due.to else "not acknowledged where it must not be"
        yield what, is_right(due)

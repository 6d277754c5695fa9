"""Both corpora as a ratchet: every sample is read within a second, and the scores never fall."""

from __future__ import annotations

import time
from collections import defaultdict
from pathlib import Path

import pytest

from leaddesk.rules.capture.codec import from_json, to_json
from leaddesk.rules.capture.read import read
from leaddesk.words.mail import Known, MailKind, Reading
from tests.bench.scoring import CORPORA, Sample, samples, score

FLOORS = {
    # key: (open, held back), in percent of what is judged; raise them whenever a rule gets better
    "kind": (100, 97),
    "email": (100, 100),
    "name": (100, 100),
    "phone": (98, 92),
    "company": (100, 100),
    "message": (100, 96),
    "source": (100, 93),
    "fields": (100, 91),
    "visible": (100, 100),
    "opt_out": (100, 100),
    "bounce": (100, 100),
    "return": (100, 90),
    "torture": (100, 92),
}
FLOORS_MORE = dict.fromkeys(FLOORS, (100, 100)) | {
    "kind": (98, 99),
    "email": (100, 99),
    "name": (100, 99),
    "phone": (99, 99),
    "message": (99, 98),
    "source": (100, 98),
}
"""Of the second corpus, other products' mails. Its held-back third has been looked at by now, and so have
the older exams; the files called `exam_q_` were written before the rules and read right at the first run.
Of those called `exam_v_`, 39 of 44 kinds were right at the first run, and 4 of 36 others were let in; of
`exam_y2_` 13 of 20, 4 of 14; of `exam_u5_` 104 of 109, 1 of 30 enquiries was sorted away and 1 of 34 others
of the mails let in; return dates 15 of 18, bounces 16 of 18, replies 15 of 15;
of `exam_u5b_` 19 of 24, none of 10 sorted away, 5 of 14 others let in; of `exam_w6_` 84 of 89, none of 36
sorted away, 5 of 45 others let in; of `exam_w6b_` 20 of 25, none of 10, 5 of 15. Of the
fields of `exam_n6_` 43 of 44 messages, 41 of 43 names, 41 of 43 addresses, 35 of 37 phones and 12 of 13
sources were right at the first run; of `exam_n6b_`, layouts met nowhere before, 11 of 15, 10 of 14, 12 of 13,
11 of 12 and 1 of 1; of `exam_n6c_` 7 of 10, 7 of 10, 8 of 9, 6 of 7 and 1 of 2.
The practice mails `w6_` hold a dozen that are still read wrong: short notices of firms that neither name
their kind nor ours."""
MORE = CORPORA.parent / "corpora_more"
SAMPLES = [*samples(), *samples(MORE)]


@pytest.fixture(scope="module")
def readings() -> dict[Path, Reading]:
    return {sample.path: read(sample.path.read_bytes(), Known()) for sample in SAMPLES}


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: f"{sample.folder}/{sample.path.name}")
def test_a_sample_is_read_within_a_second_and_crosses_the_pipe(sample: Sample) -> None:
    raw = sample.path.read_bytes()
    start = time.process_time()
    reading = read(raw, Known())
    assert time.process_time() - start < 1
    assert from_json(to_json(reading)) == reading


@pytest.mark.parametrize("key", FLOORS)
@pytest.mark.parametrize("root", [CORPORA, MORE], ids=["corpora", "more"])
def test_the_scores_do_not_fall(root: Path, key: str, readings: dict[Path, Reading]) -> None:
    rights: dict[bool, list[bool]] = defaultdict(list)
    for sample in SAMPLES:
        told = score(sample, readings[sample.path]) if root in sample.path.parents else {}
        if key in told:
            rights[sample.held_back].append(told[key])
    floors = FLOORS[key] if root is CORPORA else FLOORS_MORE[key]
    for held_back, floor in zip((False, True), floors, strict=True):
        reached = 100 * sum(rights[held_back]) / max(1, len(rights[held_back]))
        assert not rights[held_back] or reached >= floor, f"held back {held_back}: {reached:.1f}%"


def test_at_most_one_enquiry_of_a_person_is_sorted_away(readings: dict[Path, Reading]) -> None:
    asked = [sample for sample in SAMPLES if sample.expect.get("kind") == "enquiry"]
    lost = [sample.path.name for sample in asked if readings[sample.path].kind is not MailKind.ENQUIRY]
    assert len(lost) <= 1, lost

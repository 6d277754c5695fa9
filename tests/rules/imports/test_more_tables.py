"""Tables and cards of programs that the rules were not written for: every key that is judged is right."""

from __future__ import annotations

import pytest

from tests.bench.importing import samples, score, told
from tests.bench.scoring import CORPORA, Sample

MORE = list(samples(CORPORA.parent / "corpora_more"))


@pytest.mark.parametrize("sample", MORE, ids=lambda sample: sample.path.name)
def test_a_table_of_another_program_is_read_as_expected(sample: Sample) -> None:
    judged = list(score(sample, told(sample.path)))
    assert len(judged) >= 3
    assert [(key, wanted, got) for key, right, wanted, got in judged if not right] == []

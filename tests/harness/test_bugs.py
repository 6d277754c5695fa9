"""The seeded bugs are caught, and nothing is where there is none: else the harness proves nothing."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence

import pytest

from tests.harness import catches
from tests.harness.bugs import BUGS, LOOKS, Bug

pytestmark = pytest.mark.skipif(os.name != "posix", reason="forks")
_TESTED_AT_LENGTH = (catches.claimed_by_two, catches.acknowledged)
"""Without a bug: by test_claims and test_machines."""


@pytest.mark.parametrize("bug", BUGS, ids=lambda bug: bug.name)
def test_a_seeded_bug_is_caught(bug: Bug) -> None:
    assert bug.found()


@pytest.mark.parametrize("look", [look for look in LOOKS if look not in _TESTED_AT_LENGTH])
def test_without_a_bug_nothing_is_found(look: Callable[[], Sequence[str]]) -> None:
    assert not look()


def test_there_are_sixteen_and_more() -> None:
    assert len({bug.name for bug in BUGS}) >= 16

"""The watcher under SIGKILL while mail keeps arriving: nothing lost, nothing twice; naive ones are caught."""

from __future__ import annotations

import os

import pytest

from tests.harness.found import STEPS, found
from tests.harness.kill_watcher import run
from tests.real.dovecot import need_dovecot

pytestmark = [pytest.mark.real, pytest.mark.skipif(os.name != "posix", reason="kills with SIGKILL")]


def test_forty_kills_lose_nothing_and_double_nothing() -> None:
    need_dovecot()
    result = run(40, 1)
    assert (result.lost, result.doubled) == ((), ()), result.lines()
    assert result.there == result.rows == result.enquiries > 20
    assert all(result.steps[step] for step in STEPS), result.lines()


@pytest.mark.parametrize(
    ("naive", "harm"), [("seen-first", "lost"), ("moves-on-first", "lost"), ("seen-afterwards", "doubled")]
)
def test_a_naive_watcher_is_caught(naive: str, harm: str) -> None:
    need_dovecot()
    result = run(24, 1, naive=naive)
    assert getattr(result, harm), result.lines()


def test_a_loss_and_a_double_are_known_when_they_are_seen() -> None:
    rows = [("a", "enquiry"), ("b", "enquiry"), ("b", "joined"), ("c", "not-a-lead"), ("d", "enquiry")]
    counted = found(["a", "b", "c", "d", "e", "f"], rows, ["a", "b", "d", "d"], 3, ["kept"], 1.0)
    assert counted.lost == ("c", "e", "f")
    assert counted.doubled == ("b", "d")
    assert counted.is_broken

"""Every step of the sender crashed once and twice: nothing lost, nothing doubled."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.harness.crash import Steps, die, survey
from tests.harness.crash_sender import run

pytestmark = pytest.mark.skipif(os.name != "posix", reason="forks")
NAMED = ("claimed", "connected", "signed-in", "mail", "rcpt", "data", "body-sent", "committing", "dot-sent",
         "answered", "recorded")  # fmt: skip


def test_no_step_of_the_sender_loses_or_doubles_when_it_crashes_once_and_again() -> None:
    ran = run()
    assert ran.wrong == (), ran.lines()
    assert set(NAMED) < set(ran.steps)
    assert ran.steps.count("before-commit") == ran.steps.count("after-commit") >= 4
    assert ran.crashes > len(ran.steps) * 5


def test_a_life_ends_at_the_step_that_was_asked_for(tmp_path: Path) -> None:
    def work(steps: Steps) -> None:
        for name in ("one", "two", "three"):
            steps(name)

    assert survey(work, tmp_path / "log") == ["one", "two", "three"]
    assert die(work, tmp_path / "log", 2) == ["one", "two"]

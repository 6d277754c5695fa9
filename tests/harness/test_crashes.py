"""Every step of sender, holding message and plan crashed once and twice: nothing lost, nothing doubled.

LEADDESK_CRASHES=all tries every pair of crashes of a followed lead; otherwise it is a seeded sample of them.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.harness import crash_cadence as followed
from tests.harness.crash import Steps, die, survey
from tests.harness.crash_sender import run

pytestmark = pytest.mark.skipif(os.name != "posix", reason="forks")
IS_LONG = os.environ.get("LEADDESK_CRASHES") == "all"
NAMED = ("claimed", "connected", "signed-in", "mail", "rcpt", "data", "body-sent", "committing", "dot-sent",
         "answered", "recorded")  # fmt: skip


def test_no_step_of_the_sender_loses_or_doubles_when_it_crashes_once_and_again() -> None:
    ran = run()
    assert ran.wrong == (), ran.lines()
    assert set(NAMED) < set(ran.steps)
    assert ran.steps.count("before-commit") == ran.steps.count("after-commit") >= 3
    assert ran.crashes > len(ran.steps) * 5


@pytest.mark.parametrize(("personality", "connections"), [("normal", 1), ("again:MAIL:421 4.7.0 enough", 2)])
def test_no_step_of_mails_that_follow_each_other_loses_or_doubles_one_when_it_crashes(
    personality: str, connections: int
) -> None:
    ran = run(personality, twice=IS_LONG, mails=2)
    assert ran.wrong == (), ran.lines()
    assert [ran.steps.count(step) for step in ("claimed", "committing", "recorded")] == [2, 2, 2]
    assert ran.steps.count("connected") == connections
    assert ran.steps.count("after-commit") == 5  # the first one's end and the claim of the next are one


def test_a_life_ends_at_the_step_that_was_asked_for(tmp_path: Path) -> None:
    def work(steps: Steps) -> None:
        for name in ("one", "two", "three"):
            steps(name)

    assert survey(work, tmp_path / "log") == ["one", "two", "three"]
    assert die(work, tmp_path / "log", 2) == ["one", "two"]


def test_no_step_from_an_enquiry_to_the_end_of_its_plan_loses_or_doubles_when_it_crashes() -> None:
    ran = followed.run(twice=IS_LONG)
    assert ran.wrong == (), ran.lines()
    assert {"reading", "judged", "claimed", "dot-sent", "recorded"} < set(ran.steps)
    assert ran.crashes >= len(ran.steps)

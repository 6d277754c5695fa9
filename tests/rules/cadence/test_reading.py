"""Plans read from TOML, and what is said of a file that is none."""

from __future__ import annotations

import pytest

from leaddesk.doors.paths import resource
from leaddesk.rules.cadence.reading import FaultyPlan, read_plan
from leaddesk.words.cadence import After, End, Step
from leaddesk.words.due import Way

GOOD = b"""name = "Ours"
about = "For us"
end = "decide"
cap_per_week = 3

[[steps]]
after = "30m"
channel = "call"

[[steps]]
after = "2d"
channel = "email"
template = "second-note"
"""


def faults(data: bytes) -> list[str]:
    with pytest.raises(FaultyPlan) as failure:
        read_plan(data)
    return [str(each) for each in failure.value.faults]


def test_a_plan_is_read_whole() -> None:
    plan = read_plan(GOOD)
    assert (plan.name, plan.about, plan.end, plan.cap_per_week) == ("Ours", "For us", End.DECIDE, 3)
    assert plan.steps == (Step(After(30, "m"), Way.CALL), Step(After(2, "d"), Way.EMAIL, "second-note"))


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        (b'end = "decide"\n', b"", 1, "needs an end"),
        (b'end = "decide"', b'end = "later"', 3, "needs an end"),
        (b"cap_per_week = 3", b"cap_per_week = 0", 4, "at least 1"),
        (b"cap_per_week = 3", b"cap_per_week = true", 4, "at least 1"),
        (b'after = "2d"', b'after = "0d"', 11, "at least 1"),
        (b'after = "2d"', b"after = 2", 11, "m, h or d"),
        (b'after = "2d"', b'after = "401d"', 11, "at most 400 days"),
        (b'channel = "email"', b'channel = "fax"', 12, "'channel' is one of"),
        (b'channel = "call"', b'channel = "decide"', 8, "Only the last step"),
        (b'template = "second-note"', b'templat = "x"', 13, "'templat' is no key of a step"),
        (b'about = "For us"', b"about = 5", 2, "needs a text"),
        (b'name = "Ours"', b'name = ""', 1, "needs a name"),
        (b'about = "For us"', b"about = ", 2, "not TOML"),
        (b'about = "For us"', b'about = "\xff"', 2, "not UTF-8"),
    ],
)
def test_a_fault_is_told_with_its_line(old: bytes, new: bytes, line: int, words: str) -> None:
    (fault,) = faults(GOOD.replace(old, new))
    assert fault.startswith(f"line {line}: ")
    assert words in fault


def test_all_faults_are_told_at_once_in_order() -> None:
    told = faults(GOOD.replace(b'"decide"', b"1").replace(b'"30m"', b'"x"').replace(b'"email"', b'"y"'))
    assert [each.partition(":")[0] for each in told] == ["line 3", "line 7", "line 12"]


def test_a_plan_without_steps_is_none() -> None:
    assert "at least one" in faults(b'name = "x"\nend = "decide"\n')[0]


def test_the_shipped_plans_can_be_used_and_keep_to_the_limits() -> None:
    plans = [read_plan(file.read_bytes()) for file in resource("cadences").glob("*.toml")]
    assert {plan.name for plan in plans} == {"Standard", "Considered purchase", "Gentle"}
    for plan in plans:
        touches = [step.way for step in plan.steps if step.way.is_touch]
        assert len(touches) <= 5  # six attempts with the first reply
        assert plan.cap_per_week <= 4
        assert plan.about

"""A plan that is written is read again as the same plan, whatever its words are."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leaddesk.rules.cadence.reading import FaultyPlan, read_plan
from leaddesk.rules.cadence.writing import write_plan
from leaddesk.words.cadence import After, End, Plan, Step
from leaddesk.words.due import Way

_TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30).map(str.strip)
_STEPS = st.lists(
    st.builds(
        Step,
        st.builds(After, st.integers(1, 400), st.sampled_from("mhd")),
        st.sampled_from([way for way in Way if way is not Way.DECIDE]),
        _TEXTS,
    ),
    min_size=1,
    max_size=29,
).map(tuple)
_PLANS = st.builds(
    Plan,
    name=_TEXTS.filter(bool),
    about=_TEXTS,
    end=st.sampled_from(End),
    cap_per_week=st.integers(1, 50),
    steps=_STEPS,
)


@settings(max_examples=200, deadline=None)
@given(_PLANS)
def test_every_plan_goes_round(plan: Plan) -> None:
    assert read_plan(write_plan(plan)) == plan


@settings(max_examples=100, deadline=None)
@given(_TEXTS.filter(bool))
def test_no_text_moves_the_line_of_a_fault(name: str) -> None:
    step = Step(After(0, "d"), Way.CALL)
    plan = Plan(name=name, about=name, end=End.DECIDE, cap_per_week=4, steps=(step,))
    with pytest.raises(FaultyPlan) as failed:
        read_plan(write_plan(plan))
    assert str(failed.value.faults[0]) == "line 7: 'after' is at least 1."


def test_the_file_is_plain_to_whoever_opens_it() -> None:
    plan = Plan(
        name='He said "no"\nand left', about="Ü", end=End.NO_RESPONSE, cap_per_week=2,
        steps=(Step(After(1, "d"), Way.EMAIL, "last-note"),),
    )  # fmt: skip
    text = write_plan(plan).decode()
    assert text.splitlines()[0] == 'name = "He said \\"no\\"\\nand left"'
    assert tomllib.loads(text)["steps"] == [{"after": "1d", "channel": "email", "template": "last-note"}]

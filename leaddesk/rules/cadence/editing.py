"""A plan edited step by step: each deed gives another draft, and none can leave a plan half."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from leaddesk.rules.cadence.landing import DECIDES_AFTER
from leaddesk.rules.cadence.reading import MOST_STEPS, USUAL_CAP, FaultyPlan, read_plan
from leaddesk.rules.cadence.writing import write_plan
from leaddesk.words.cadence import After, End, Plan, Step
from leaddesk.words.due import Way
from leaddesk.words.plan_view import PlanDraft

NO_END = "A plan needs an end, so that nobody is chased for ever."
_NO_NAME = "A plan needs a name."
_NO_STEP = "A plan needs at least one step."
_TWO_WEEKS = 14
_UNITS = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1)}


def draft_of(plan: Plan) -> PlanDraft:
    """The plan as it is edited: its decision stands apart from the steps."""
    decides = plan.steps[-1] if plan.steps[-1].way is Way.DECIDE else None
    return PlanDraft(
        name=plan.name,
        about=plan.about,
        cap_per_week=plan.cap_per_week,
        steps=plan.steps[:-1] if decides else plan.steps,
        end=plan.end,
        decides_after=decides.after if decides else DECIDES_AFTER,
    )


def new_draft(name: str) -> PlanDraft:
    """What a new plan begins with: another channel on the same day, then a mail; no end yet."""
    steps = (Step(After(2, "h"), Way.CALL), Step(After(2, "d"), Way.EMAIL))
    return PlanDraft(
        name=name, about="", cap_per_week=USUAL_CAP, steps=steps, end=None, decides_after=DECIDES_AFTER
    )


def plan_of(draft: PlanDraft) -> Plan | None:
    """The plan; None while it has no end."""
    if draft.end is None:
        return None
    decision = (Step(draft.decides_after, Way.DECIDE),) if draft.end is End.DECIDE else ()
    return Plan(
        name=draft.name.strip(),
        about=draft.about.strip(),
        end=draft.end,
        cap_per_week=draft.cap_per_week,
        steps=(*draft.steps, *decision),
    )


def cannot(draft: PlanDraft) -> str:
    """Why the draft cannot be saved, in a sentence; empty where it can."""
    plan = plan_of(draft)
    if plan is None:
        return NO_END
    if not plan.name:
        return _NO_NAME
    if not draft.steps:
        return _NO_STEP
    try:
        read_plan(write_plan(plan))
    except FaultyPlan as failure:
        return failure.faults[0].sentence
    return ""


def added(draft: PlanDraft, place: int) -> PlanDraft:
    """With one more step after `place` (-1: before all), on another way, after as long a gap."""
    if len(draft.steps) >= MOST_STEPS - 1:
        return draft
    before = draft.steps[place] if 0 <= place < len(draft.steps) else None
    way = Way.EMAIL if before is not None and before.way is not Way.EMAIL else Way.CALL
    after = before.after if before is not None and before.after.unit == "d" else After(2, "d")
    steps = (*draft.steps[: place + 1], Step(after, way), *draft.steps[place + 1 :])
    return replace(draft, steps=steps)


def removed(draft: PlanDraft, place: int) -> PlanDraft:
    """Without that step; one past the last is the end."""
    if place == len(draft.steps):
        return replace(draft, end=None)
    return replace(draft, steps=(*draft.steps[:place], *draft.steps[place + 1 :]))


def changed(draft: PlanDraft, place: int, step: Step) -> PlanDraft:
    """With another step in that place."""
    return replace(draft, steps=(*draft.steps[:place], step, *draft.steps[place + 1 :]))


def moved(draft: PlanDraft, place: int, by: int) -> PlanDraft:
    """The step goes so many places on; the gaps stay where they are, so that no date jumps."""
    target = place + by
    if not (0 <= place < len(draft.steps) and 0 <= target < len(draft.steps)):
        return draft
    order = list(draft.steps)
    order.insert(target, order.pop(place))
    gaps = [step.after for step in draft.steps]
    return replace(draft, steps=tuple(replace(s, after=g) for s, g in zip(order, gaps, strict=True)))


def ended(draft: PlanDraft) -> PlanDraft:
    """With a decision as its end: on day 14, or a week after a last step that comes later than day 10."""
    last = offsets(draft.steps)[-1].days if draft.steps else 0
    days = max(_TWO_WEEKS - last, DECIDES_AFTER.number) if last > 10 else _TWO_WEEKS - last
    return replace(draft, end=End.DECIDE, decides_after=After(days, "d"))


def offsets(steps: tuple[Step, ...]) -> tuple[timedelta, ...]:
    """How long after the enquiry each step comes, if nothing moves it."""
    total, found = timedelta(0), []
    for step in steps:
        total += step.after.number * _UNITS[step.after.unit]
        found.append(total)
    return tuple(found)


def end_offset(draft: PlanDraft) -> timedelta | None:
    """When the plan ends, if nothing moves it; None while it stops nowhere."""
    if draft.end is None:
        return None
    after = draft.decides_after if draft.end is End.DECIDE else DECIDES_AFTER
    last = offsets(draft.steps)[-1] if draft.steps else timedelta(0)
    return last + after.number * _UNITS[after.unit]


def day_words(offset: timedelta) -> str:
    """When a step comes, as its card says it.

    >>> day_words(timedelta(minutes=30)), day_words(timedelta(days=3, minutes=30))
    ('same day, after 30 min', 'day 3')
    """
    if offset.days:
        return f"day {offset.days}"
    minutes = offset.seconds // 60
    return f"same day, after {minutes // 60} h" if minutes % 60 == 0 else f"same day, after {minutes} min"


def after_words(after: After) -> str:
    """A gap in words.

    >>> after_words(After(1, "d")), after_words(After(30, "m"))
    ('1 day', '30 min')
    """
    if after.unit == "d":
        return f"{after.number} day{'' if after.number == 1 else 's'}"
    return f"{after.number} {'h' if after.unit == 'h' else 'min'}"

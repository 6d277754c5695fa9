"""A plan in one line, as the record keeps it: what was started stays, whatever becomes of the file.

>>> from leaddesk.words.cadence import After, End, Plan, Step, Way
>>> steps = (Step(After(2, "h"), Way.CALL), Step(After(3, "d"), Way.EMAIL, "second-note"))
>>> plan = Plan(name="Short", about="", end=End.DECIDE, cap_per_week=4, steps=steps)
>>> read_line(plan_line(plan)) == plan
True
"""

from __future__ import annotations

import json
from functools import lru_cache

from leaddesk.words.cadence import After, End, Plan, Step
from leaddesk.words.due import Way


def plan_line(plan: Plan) -> str:
    """The plan without what it is about: that is for who chooses one."""
    steps = [f"{step.after} {step.way.value} {step.template}".rstrip() for step in plan.steps]
    told = {"name": plan.name, "end": plan.end.value, "cap": plan.cap_per_week, "steps": steps}
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


@lru_cache(maxsize=256)
def read_line(line: str) -> Plan:
    """The plan of a line that `plan_line` made; a thousand leads share one."""
    told = json.loads(line)
    return Plan(
        name=told["name"],
        about="",
        end=End(told["end"]),
        cap_per_week=told["cap"],
        steps=tuple(map(_step, told["steps"])),
    )


def _step(text: str) -> Step:
    after, _, rest = text.partition(" ")
    way, _, template = rest.partition(" ")
    return Step(After(int(after[:-1]), after[-1]), Way(way), template)

"""A plan written as TOML, so that `read_plan` reads the same plan: Python's own library only reads.

>>> from leaddesk.words.cadence import After, End, Plan, Step, Way
>>> steps = (Step(After(2, "h"), Way.CALL), Step(After(3, "d"), Way.EMAIL, "second-note"))
>>> plan = Plan(name='The "short" one', about="", end=End.DECIDE, cap_per_week=4, steps=steps)
>>> print(write_plan(plan).decode())
name = "The \\"short\\" one"
about = ""
end = "decide"
cap_per_week = 4
<BLANKLINE>
[[steps]]
after = "2h"
channel = "call"
<BLANKLINE>
[[steps]]
after = "3d"
channel = "email"
template = "second-note"
<BLANKLINE>
"""

from __future__ import annotations

import re

from leaddesk.words.cadence import Plan, Step

_ESCAPED = re.compile(r'["\\\x00-\x1f\x7f\u0085\u2028\u2029]')
_SHORT = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}


def write_plan(plan: Plan) -> bytes:
    """The file, in UTF-8. A plan with faults is written too: `read_plan` tells them."""
    head = (
        f"name = {_quoted(plan.name)}",
        f"about = {_quoted(plan.about)}",
        f"end = {_quoted(plan.end.value)}",
        f"cap_per_week = {plan.cap_per_week}",
    )
    return "\n".join((*head, "", *map(_step, plan.steps))).encode()


def _step(step: Step) -> str:
    lines = ["[[steps]]", f"after = {_quoted(str(step.after))}", f"channel = {_quoted(step.way.value)}"]
    if step.template:
        lines.append(f"template = {_quoted(step.template)}")
    return "\n".join((*lines, ""))


def _quoted(text: str) -> str:
    """What ends a line is escaped as well: a fault's line is counted by them."""
    return f'"{_ESCAPED.sub(lambda found: _escape(found[0]), text)}"'


def _escape(letter: str) -> str:
    return _SHORT.get(letter) or f"\\u{ord(letter):04x}"

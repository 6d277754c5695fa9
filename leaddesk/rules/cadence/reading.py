"""Plans read from TOML: a plan, or every fault with its line and a sentence."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from leaddesk.words.cadence import After, End, Plan, Step
from leaddesk.words.due import Way
from leaddesk.words.errors import LeadDeskError

MOST_STEPS = 30
USUAL_CAP = 4
"""Touches in seven days where a plan names no number: above it people feel chased."""
_AFTER = re.compile(r"([0-9]{1,5})([mhd])")
_FARTHEST_DAYS = 400
_PLAN_KEYS = ("name", "about", "end", "cap_per_week", "steps")
_STEP_KEYS = ("after", "channel", "template")
_TOML_PLACE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")
_STEP_HEAD = re.compile(r"\s*\[\[\s*steps\s*\]\]")
_KEY = re.compile(r"""\s*["']?([A-Za-z0-9_-]+)["']?\s*=""")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in a plan's file, and in which line, from 1."""

    line: int
    sentence: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.sentence}"


class FaultyPlan(LeadDeskError):
    """A plan's file that cannot be used; `faults` has all that is wrong with it, by line."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__(
            f"The plan cannot be used: {faults[0]}", "Mend the file; until then the plan before it stands."
        )
        self.faults = faults


@lru_cache(maxsize=64)
def read_plan(data: bytes) -> Plan:
    """The plan that a file holds. Raises FaultyPlan. Each enquiry asks for the same few."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise FaultyPlan((Fault(line, "This is not UTF-8 text."),)) from None
    try:
        told = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise FaultyPlan((_syntax(str(error), text),)) from None
    reader = _Reader(told, _Places(text))
    plan = reader.plan()
    if plan is None:
        raise FaultyPlan(tuple(sorted(reader.faults, key=lambda fault: fault.line)))
    return plan


def _syntax(message: str, text: str) -> Fault:
    found = _TOML_PLACE.search(message)
    line = int(found[1]) if found and found[1] else len(text.splitlines()) or 1
    return Fault(line, f"This is not TOML: {_TOML_PLACE.sub('', message)}.")


class _Places:
    """In which line a key stands: `step` is its number from 0, None for the plan's own keys."""

    def __init__(self, text: str) -> None:
        self._lines: dict[tuple[int | None, str], int] = {}
        step: int | None = None
        for number, line in enumerate(text.splitlines(), 1):
            if _STEP_HEAD.match(line):
                step = 0 if step is None else step + 1
                self._lines[step, ""] = number
            elif found := _KEY.match(line):
                self._lines.setdefault((step, found[1]), number)

    def of(self, step: int | None, key: str) -> int:
        """The key's line; where it is missing, its step's, and for the plan the first."""
        return self._lines.get((step, key), self._lines.get((step, ""), 1))


class _Reader:
    """Reads all keys, and gathers what is wrong instead of stopping at the first fault."""

    def __init__(self, told: Mapping[str, Any], places: _Places) -> None:
        self._told = told
        self._places = places
        self.faults: list[Fault] = []

    def plan(self) -> Plan | None:
        """None when there are faults."""
        self._unknown(None, self._told, _PLAN_KEYS)
        name = self._name()
        about = self._text(None, self._told, "about")
        end = self._end()
        cap = self._cap()
        steps = tuple(self._steps())
        if self.faults or end is None:
            return None
        return Plan(name=name, about=about, end=end, cap_per_week=cap, steps=steps)

    def _fault(self, step: int | None, key: str, sentence: str) -> None:
        self.faults.append(Fault(self._places.of(step, key), sentence))

    def _unknown(self, step: int | None, told: Mapping[str, Any], known: tuple[str, ...]) -> None:
        for key in told:
            if key not in known:
                self._fault(step, key, f"'{key}' is no key of a {'plan' if step is None else 'step'}.")

    def _text(self, step: int | None, told: Mapping[str, Any], key: str) -> str:
        value = told.get(key, "")
        if not isinstance(value, str):
            self._fault(step, key, f"'{key}' needs a text in quotes.")
            return ""
        return value.strip()

    def _name(self) -> str:
        name = self._text(None, self._told, "name")
        if not name and not self.faults:
            self._fault(None, "name", "A plan needs a name.")
        return name

    def _end(self) -> End | None:
        value = self._told.get("end")
        if isinstance(value, str) and value in tuple(End):
            return End(value)
        words = 'A plan needs an end, so that nobody is chased for ever: end = "decide" or "no response".'
        self._fault(None, "end", words)
        return None

    def _cap(self) -> int:
        value = self._told.get("cap_per_week", USUAL_CAP)
        if not isinstance(value, int) or isinstance(value, bool) or value < 1:
            self._fault(None, "cap_per_week", "'cap_per_week' needs a whole number, at least 1.")
            return USUAL_CAP
        return value

    def _steps(self) -> Iterator[Step]:
        told = self._told.get("steps")
        if not isinstance(told, list) or not told or not all(isinstance(each, dict) for each in told):
            self._fault(None, "steps", "A plan needs at least one [[steps]].")
            return
        if len(told) > MOST_STEPS:
            self._fault(MOST_STEPS, "", f"A plan has at most {MOST_STEPS} steps.")
        for number, each in enumerate(told):
            yield from self._step(number, each, is_last=number == len(told) - 1)

    def _step(self, number: int, told: Mapping[str, Any], *, is_last: bool) -> Iterator[Step]:
        self._unknown(number, told, _STEP_KEYS)
        after, way = self._after(number, told), self._way(number, told)
        template = self._text(number, told, "template")
        if way is Way.DECIDE and not (is_last and self._told.get("end") == End.DECIDE):
            self._fault(
                number, "channel", 'Only the last step of a plan with end = "decide" can be the decision.'
            )
        if after is not None and way is not None:
            yield Step(after, way, template)

    def _after(self, number: int, told: Mapping[str, Any]) -> After | None:
        value = told.get("after")
        found = _AFTER.fullmatch(value) if isinstance(value, str) else None
        if not found:
            self._fault(number, "after", '\'after\' needs a number with m, h or d, as "30m", "4h" or "2d".')
            return None
        after = After(int(found[1]), found[2])
        if after.number < 1:
            self._fault(number, "after", "'after' is at least 1.")
        elif after.number > _FARTHEST_DAYS * {"m": 1440, "h": 24, "d": 1}[after.unit]:
            self._fault(number, "after", f"'after' is at most {_FARTHEST_DAYS} days.")
        return after

    def _way(self, number: int, told: Mapping[str, Any]) -> Way | None:
        value = told.get("channel")
        if isinstance(value, str) and value in tuple(Way):
            return Way(value)
        self._fault(number, "channel", "'channel' is one of email, call, text, whatsapp or task.")
        return None

"""The firm's own plans as files: read, written whole or not at all, and the last good text kept of each."""

from __future__ import annotations

import logging
import re
from pathlib import Path

from leaddesk.doors.paths import make_private, write_private
from leaddesk.rules.cadence.reading import Fault, FaultyPlan, read_plan
from leaddesk.rules.cadence.writing import write_plan
from leaddesk.words.cadence import Plan
from leaddesk.words.errors import DiskTrouble

log = logging.getLogger(__name__)
_GOOD = ".good"
"""Beside the plans: what each file held when it could last be used."""
_TAKEN = frozenset(
    ("con", "prn", "aux", "nul", *(f"{kind}{n}" for kind in ("com", "lpt") for n in range(1, 10)))
)
"""Names that Windows keeps for itself, whatever ends them."""
_NO_NAME = re.compile(r"[^a-z0-9]+")


class PlanFiles:
    """The folder. It need not be there; it is made for the first plan."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._kept: dict[str, bytes] = {}

    def list(self) -> tuple[Path, ...]:
        return tuple(sorted(self.folder.glob("*.toml")))

    def read(self, file: Path) -> Plan:
        """What the file holds now. Raises FaultyPlan."""
        try:
            data = file.read_bytes()
        except OSError as error:
            words = f"The file cannot be read: {error.strerror or error}."
            raise FaultyPlan((Fault(1, words),)) from None
        plan = read_plan(data)
        self._keep(file.name, data)
        return plan

    def standing(self, file: Path) -> Plan | None:
        """What the file holds, or held when it could last be used; None where it never could."""
        try:
            return self.read(file)
        except FaultyPlan:
            return self._last_good(file.name)

    def of(self, name: str) -> Path | None:
        """The file that holds the plan of that name."""
        named = name.casefold()
        held = ((file, self.standing(file)) for file in self.list())
        return next((file for file, plan in held if plan is not None and plan.name.casefold() == named), None)

    def write(self, plan: Plan, instead_of: str) -> Path:
        """Writes the plan into its file, or into that of the plan whose place it takes.

        Raises FaultyPlan where it could not be read again, and DiskTrouble; then nothing has changed.
        """
        data = write_plan(plan)
        read_plan(data)
        file = self.of(instead_of) or self._fresh(plan.name)
        try:
            make_private(self.folder)
            write_private(file, data)
        except OSError as error:
            words = f"The plan could not be written: {error.strerror or error}."
            raise DiskTrouble(
                words, "The plan before it stands. Free some room and save it again."
            ) from error
        self._keep(file.name, data)
        return file

    def remove(self, file: Path) -> None:
        """Takes the file away, and what was kept of it."""
        file.unlink(missing_ok=True)
        self._good(file.name).unlink(missing_ok=True)
        self._kept.pop(file.name, None)

    def _fresh(self, name: str) -> Path:
        """A file's name that nothing has, not even a file with faults: somebody is mending that."""
        base = _NO_NAME.sub("-", name.casefold()).strip("-")[:60] or "plan"
        base = f"plan-{base}" if base in _TAKEN else base
        names = (base, *(f"{base}-{number}" for number in range(2, 1000)))
        return next(f for f in (self.folder / f"{n}.toml" for n in names) if not f.exists())

    def _keep(self, name: str, data: bytes) -> None:
        if self._kept.get(name) == data:
            return
        good = self._good(name)
        try:
            if not good.exists() or good.read_bytes() != data:
                make_private(good.parent)
                write_private(good, data)
        except OSError as error:
            log.warning("The last good text of the plan %s is not kept: %s", name, error)
        self._kept[name] = data

    def _last_good(self, name: str) -> Plan | None:
        try:
            return read_plan(self._good(name).read_bytes())
        except (OSError, FaultyPlan):
            return None

    def _good(self, name: str) -> Path:
        return self.folder / _GOOD / name

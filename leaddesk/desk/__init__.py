"""The desk: everything a person or a service does, a subject a module. `open` gives its record."""

from __future__ import annotations

import os
import uuid
from pathlib import Path
from typing import TYPE_CHECKING

from leaddesk.desk.outside import Doors
from leaddesk.desk.record import Desk
from leaddesk.doors.paths import make_private, private_file
from leaddesk.doors.store import open_store

if TYPE_CHECKING:
    from leaddesk.words.cadence import Calendar

_DESK_FILE = "desk"
RESTORING = "restoring"
"""The folder in which a restore makes its copy ready."""


def open(
    profile: Path, *, database: str | None = None, doors: Doors | None = None, check: bool = True
) -> Desk:
    """The desk of `profile`, made where it is not there yet. Nothing runs before `services.start()`.

    Raises what `doors.store.open_store` raises, with the data untouched. Without `check`, a file that is
    damaged inside is noticed only by `Desk.check`, which whoever is in a hurry calls a moment later.
    """
    doors = doors or Doors()
    make_private(profile)
    desk_id = desk_id_of(profile)
    if (profile / RESTORING).exists():
        from leaddesk.desk.backup import finish_restore  # noqa: PLC0415 - a restore that was cut is rare

        finish_restore(profile)

    def calendar() -> Calendar:
        return desk.cadences.calendar()

    store = open_store(profile, desk_id, doors.clock.now, database, calendar=calendar, check=check)
    desk = Desk(profile, store, doors, desk_id, database)
    return desk


def desk_id_of(profile: Path) -> str:
    """The random name of this desk: the same for as long as the profile's folder lives."""
    file = profile / _DESK_FILE
    if not _name_in(file):
        part = private_file(profile / f"{_DESK_FILE}.{uuid.uuid4().hex}")
        part.write_text(uuid.uuid4().hex, encoding="ascii")
        os.replace(part, file)  # a stop in between leaves no half a name
    return _name_in(file)


def _name_in(file: Path) -> str:
    """Empty for a file that is missing, or empty because an older LeadDesk was stopped while it wrote."""
    return file.read_text(encoding="ascii").strip() if file.exists() else ""


__all__ = ["Desk", "Doors", "desk_id_of", "open"]

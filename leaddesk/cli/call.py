"""One call of the command line: what was asked, where, and whom to answer."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from leaddesk.cli.late_log import LateLog
from leaddesk.cli.show import Output
from leaddesk.doors.clock import Clock
from leaddesk.words.errors import Refused

if TYPE_CHECKING:
    from leaddesk.desk import Desk, Doors


@dataclass(frozen=True, slots=True)
class Wish:
    """A window that is wished for."""

    words: tuple[str, ...]
    """All that was said on the command line."""
    profile: Path
    database: str | None
    demo: bool


Picture = tuple[Path, str, str, str]
"""File, page, size and theme of one screenshot."""


def _no_window(wish: Wish) -> int:
    raise Refused("There is no window here.", "leaddesk --help lists the commands.")


def _no_pictures(desk: Desk, folder: Path) -> Iterable[Picture]:
    raise Refused("There is no window here that a picture could be taken of.")


@dataclass(frozen=True, slots=True)
class Faces:
    """What only the window's side can do; the command line does not know it."""

    window: Callable[[Wish], int] = _no_window
    pictures: Callable[[Desk, Path], Iterable[Picture]] = _no_pictures


@dataclass(frozen=True, slots=True)
class Call:
    """What a command is given."""

    args: argparse.Namespace
    out: Output
    profile: Path
    database: str | None
    clock: Clock
    doors: Doors | None
    faces: Faces
    log: LateLog

    def desk(self) -> Desk:
        """The profile's desk, made where it is not there yet; to be closed by `with`."""
        from leaddesk import desk  # noqa: PLC0415 - heavy: not for --help or a slip of the pen

        return desk.open(self.profile, database=self.database, doors=self.doors)

"""Opening the desk in a task, with all that the first paint needs, and noticing that paint."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

from leaddesk.words.queue import QueueView

from .single import word_module

if TYPE_CHECKING:
    from .needs import Desk


_PARTS = ("bridge", "ending", "leaving", "parts")
_SUBJECTS = ("leads", "alerts", "accounts", "health", "services")
"""What the window asks at once; the others are made by the first task that uses them."""
Opener = Callable[[], "Desk"]


@dataclass(frozen=True, slots=True)
class Opened:
    """What the opening task brings back."""

    desk: Desk
    view: QueueView
    place: str
    theme: str
    close: str
    is_new: bool
    """Neither account nor feed nor lead: the set-up is shown."""


def open_profile(profile: Path, database: str | None, opened: Callable[[Desk], object] | None) -> Opener:
    """Opens the real desk and holds its profile. `opened` is called with it before anything is shown."""

    def open_desk() -> Desk:
        from leaddesk import desk as core  # noqa: PLC0415 - in the task: the frame paints meanwhile
        from leaddesk.doors.instance import Kind  # noqa: PLC0415

        desk = core.open(profile, database=database, check=False)
        desk.hold(Kind.WINDOW)
        if opened is not None:
            opened(desk)
        return desk

    return open_desk


def read_first(opener: Opener) -> Opened:
    """Open the desk and read what the first paint shows."""
    from leaddesk.words.settings import CLOSE_ACTION, THEME, WINDOW_PLACE  # noqa: PLC0415 - in the task

    desk = opener()
    view = desk.queue.today()
    return Opened(
        desk=desk,
        view=view,
        place=desk.config.get(WINDOW_PLACE),
        theme=desk.config.get(THEME),
        close=desk.config.get(CLOSE_ACTION),
        is_new=not view.leads and not desk.accounts.list() and not desk.accounts.feeds(),
    )


def load_rest(desk: Desk) -> None:
    """Load what the window needs besides its queue, so that nothing of it holds up the Qt thread later.

    A desk's subject is built when it is first asked for.
    """
    from leaddesk.doors.memory import few_arenas  # noqa: PLC0415 - after the first paint

    few_arenas()
    for part in _PARTS:
        importlib.import_module(f".{part}", __package__)
    importlib.import_module(f".{word_module()}", __package__)
    for subject in _SUBJECTS:
        getattr(desk, subject)


class FirstPaint(QObject):
    """Calls `then` once, as soon as a widget has been painted."""

    def __init__(self, widget: QWidget, then: Callable[[], None]) -> None:
        super().__init__(widget)
        self._then: Callable[[], None] | None = then
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and self._then is not None:
            then, self._then = self._then, None
            watched.removeEventFilter(self)
            QTimer.singleShot(0, then)
        return False

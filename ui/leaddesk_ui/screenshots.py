"""Pictures of every page and state, light and dark, wide and narrow, of whatever a desk holds."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QDeadlineTimer, QEventLoop
from PySide6.QtWidgets import QApplication

from .screens import SCREENS, Screen
from .tasks import Tasks
from .theme import Theme, application
from .window import Window

if TYPE_CHECKING:
    from .needs import Desk

WIDE, NARROW = (1280, 800), (800, 600)
THEMES = ("light", "dark")
_LONGEST_MS = 10_000
Picture = tuple[Path, str, str, str]
"""File, page, size and theme."""


def take(desk: Desk, directory: Path, themes: Sequence[str] = THEMES) -> Iterator[Picture]:
    """Write the pictures into `directory`, each told as it is written. Nothing in the desk is changed.

    Needs no display: without one Qt draws offscreen, with the same pixels. Raises OSError where a picture
    cannot be written.
    """
    if not os.environ.get("DISPLAY") and not os.environ.get("WAYLAND_DISPLAY"):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    directory.mkdir(parents=True, exist_ok=True)
    theme = Theme(application(), themes[0])
    for name in themes:
        theme.choose(name)
        for size in (WIDE, NARROW):
            yield from _taken(desk, theme, size, directory)


def _taken(desk: Desk, theme: Theme, size: tuple[int, int], directory: Path) -> Iterator[Picture]:
    for screen in SCREENS:
        if size == WIDE or screen.narrow:
            name = f"{screen.name}-narrow" if size == NARROW else screen.name
            file = directory / f"{name}-{theme.tokens.name}.png"
            sitting = _Sitting(desk, theme, size, screen)
            sitting.save(file)
            yield file, screen.name, f"{size[0]}x{size[1]}", theme.tokens.name


class _Sitting:
    """A window of its own for one picture, gone after it."""

    def __init__(self, desk: Desk, theme: Theme, size: tuple[int, int], screen: Screen) -> None:
        self._failed: list[Exception] = []
        self._tasks = Tasks(self._failed.append)
        self._window = Window(theme, self._tasks, self._failed.append)
        self._window.resize(*size)
        if screen.opened:
            self._window.show_queue(desk, desk.queue.today())
            self._window.complete(desk)
        self._window.show()
        self._settle()
        screen.show(self._window, desk, self._tasks)
        self._settle()

    def save(self, file: Path) -> None:
        """Write the picture and let the window go."""
        if not self._window.grab().save(str(file)):
            raise OSError(f"{file} could not be written")
        self._tasks.close()
        self._window.let_close_now()
        self._window.deleteLater()
        QApplication.processEvents()

    def _settle(self) -> None:
        """Wait until everything that was asked for is shown."""
        deadline = QDeadlineTimer(_LONGEST_MS)
        for _ in range(4):
            while not self._tasks.is_idle and not deadline.hasExpired():
                QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
            QApplication.processEvents()
        if self._failed:
            raise self._failed[0]

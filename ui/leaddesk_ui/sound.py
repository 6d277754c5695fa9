"""The alert's sound, for desktops whose notifications make none."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QProcess, QStandardPaths
from PySide6.QtWidgets import QApplication

from leaddesk.doors.paths import resource

_PLAYERS = ("pw-play", "paplay", "aplay", "afplay")


def play_alert() -> None:
    """Play the sound with whatever plays sounds here, else the desktop's bell. Never waits for it."""
    file = resource("sounds/alert.wav")
    if sys.platform == "win32":
        _play_on_windows(file)
        return
    for player in _PLAYERS:
        program = QStandardPaths.findExecutable(player)
        if program and QProcess.startDetached(program, [str(file)])[0]:
            return
    QApplication.beep()


def _play_on_windows(file: Path) -> None:
    if sys.platform == "win32":  # said again for the type checker
        import winsound  # noqa: PLC0415 - there is none elsewhere

        winsound.PlaySound(str(file), winsound.SND_FILENAME | winsound.SND_ASYNC)

"""The way in: one window a profile, put together once."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from .face import Face
from .opening import Opener, open_profile
from .single import SingleWindow
from .theme import application

if TYPE_CHECKING:
    from .needs import Desk

_SWITCH_S = 0.001
"""Each repaint asks for the interpreter many times; a service that computes may keep it from it so long."""
IN_TRAY = "--in-tray"
"""Said by start at login: watch without opening the window, where there is a tray."""


def run(
    argv: Sequence[str],
    profile: Path,
    *,
    database: str | None = None,
    demo: bool = False,
    opened: Callable[[Desk], object] | None = None,
    opener: Opener | None = None,
    began: Callable[[Face], None] = lambda face: None,
) -> int:
    """Show the window of `profile` until it is closed; returns the exit code.

    A window that is there already comes up instead (code 0). `demo` marks the window; `opened` is called in
    a task with the open desk before anything is shown. `opener` brings another desk than the profile's;
    `began` is given the face before it runs, for whoever plays on it.
    """
    gc.disable()  # from here on `Collector` collects, on this thread alone
    sys.setswitchinterval(_SWITCH_S)
    app = application()
    app.setApplicationName("LeadDesk")
    app.setDesktopFileName("leaddesk")
    app.setQuitOnLastWindowClosed(False)
    single = SingleWindow(profile)
    if single.may_be_second and single.raise_first():
        return 0
    opener = opener or open_profile(profile, database, opened)
    face = Face(app, opener, single, "Demo" if demo else "", IN_TRAY in argv)
    began(face)
    app.exec()
    return face.code

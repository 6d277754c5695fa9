"""leaddesk: the window, or a command."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from leaddesk.cli import Faces, Wish, run
from leaddesk.words.errors import Refused

if TYPE_CHECKING:
    from leaddesk.cli.call import Picture
    from leaddesk.desk import Desk

_READ_MAIL = "--read-mail"
"""doors.mail.reader's word for the frozen program to be the reader child; not imported, for a quick start."""


def main(argv: Sequence[str] | None = None) -> int:
    """Runs what the command line says and returns the exit code."""
    words = list(sys.argv[1:] if argv is None else argv)
    if argv is None:
        _spare_drivers(words)
    if words[:1] == [_READ_MAIL]:
        from leaddesk.doors.mail.reader_child import main as read_mails  # noqa: PLC0415 - only as that child

        return read_mails()
    return run(words, faces=Faces(_window, _pictures))


def _spare_drivers(words: Sequence[str]) -> None:
    """peewee imports psycopg wherever it is installed, which doubles the start: only --database needs it."""
    if not any(word.startswith("--database") for word in words):
        for driver in ("psycopg", "psycopg2"):
            sys.modules.setdefault(driver, None)  # type: ignore[arg-type]  # None is Python's word for "absent"


def _window(wish: Wish) -> int:
    """Opens the window, or the demo. Raises Refused where there can be none."""
    try:
        if wish.demo:
            from leaddesk_ui import demo  # noqa: PLC0415 - Qt: only for a window

            return demo.run(wish.words)
        _check_display()
        from leaddesk_ui import app  # noqa: PLC0415

        return app.run(wish.words, wish.profile, database=wish.database)
    except ModuleNotFoundError as error:
        raise _no_qt(error) from error


def _pictures(desk: Desk, folder: Path) -> Iterable[Picture]:
    try:
        from leaddesk_ui import screenshots  # noqa: PLC0415 - Qt: only for pictures of a window
    except ModuleNotFoundError as error:
        raise _no_qt(error) from error
    return screenshots.take(desk, folder)


def _check_display() -> None:
    """Qt would end the process without a word that helps."""
    if not _has_display() and not os.environ.get("QT_QPA_PLATFORM"):
        raise Refused("There is no display for a window here.", "leaddesk --help lists the commands.")


def _has_display() -> bool:
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _no_qt(error: ModuleNotFoundError) -> Exception:
    """Only a Qt that is not installed is the person's to mend."""
    if (error.name or "").partition(".")[0] not in ("PySide6", "shiboken6", "leaddesk_ui"):
        return error
    return Refused(
        "The window is not installed here.", "pip install leaddesk brings it; the commands work without."
    )


if __name__ == "__main__":
    sys.exit(main())

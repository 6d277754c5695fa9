"""leaddesk: the window, or a command."""

from __future__ import annotations

import gc
import logging
import os
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from leaddesk.words.errors import Refused

if TYPE_CHECKING:
    from leaddesk.cli.call import Picture, Wish
    from leaddesk.desk import Desk

_IN_TRAY = "--in-tray"
_OUR_FAULT = "Something went wrong inside LeadDesk; what is stored is safe."
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
    code = _quick_window(words)
    if code is not None:
        return code if argv is not None else _leave(code)
    from leaddesk.cli import Faces, run  # noqa: PLC0415 - a window alone does without

    return run(words, faces=Faces(_window, _pictures))


def _quick_window(words: Sequence[str]) -> int | None:
    """Most starts ask for a window and nothing else: these do not wait for a command line.

    None where anything else is asked for, or stands in the way: the command line knows what to say.
    """
    profile = _profile_of_a_window(words)
    if profile is None or not _has_display():
        return None
    gc.disable()  # loading makes nothing but what stays; the window collects by itself
    try:
        from leaddesk_ui import app  # noqa: PLC0415 - Qt: only for a window
    except ImportError:
        gc.enable()
        return None
    from leaddesk.cli.late_log import LateLog  # noqa: PLC0415 - after Qt's own try

    with LateLog(profile) as log:
        try:
            return app.run(tuple(words), profile, database=None)
        except Exception:
            logging.getLogger(__name__).exception("the window failed")
            sys.stderr.write(f"{_OUR_FAULT}{log.where()}\n")
            return 1


def _leave(code: int) -> NoReturn:
    """Ends at once. All is closed by now, and on Python's own way out widgets are taken apart one by one."""
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:  # a program without a terminal has none
            stream.flush()
    os._exit(code)


def _profile_of_a_window(words: Sequence[str]) -> Path | None:
    match [word for word in words if word != _IN_TRAY]:
        case []:
            told = os.environ.get("LEADDESK_PROFILE")
        case ["--profile", told] if not told.startswith("-"):
            pass
        case _:
            return None
    from leaddesk.doors.paths import data_dir  # noqa: PLC0415 - a command line loads it by itself

    return Path(told).expanduser().absolute() if told else data_dir()


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

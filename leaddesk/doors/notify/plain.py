"""The simplest notification, through plyer: for when the desktop's own way does not work."""

from __future__ import annotations

import html
import importlib.util
import logging
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

from leaddesk.doors.limit import OneAtATime, StillAtIt, TookTooLong
from leaddesk.doors.notify.notice import Notice
from leaddesk.doors.notify.service import NotTaken

log = logging.getLogger(__name__)

_STAYS_S = 5
"""On Windows, plyer's thread sleeps so long and keeps the process from ending."""


class Plain:
    """Hands notices to plyer in a daemon thread: it blocks, for more than a minute when nobody answers.

    That plyer comes back proves nothing: whether somebody shows the notice is for the caller to know.
    """

    name = "plyer"

    def __init__(self, app_name: str, icon: Path | None) -> None:
        self._app_name = app_name
        self._icon = icon
        self._calls = OneAtATime("plyer")

    def hand_over(self, notice: Notice, *, markup: bool, limit_s: float) -> None:
        """Raises NotTaken when plyer refuses, cannot work here, or has not come back after `limit_s`."""
        body = html.escape(notice.body, quote=False) if markup else notice.body
        try:
            self._calls.run(lambda: self._notify(notice.title, body), limit_s)
        except (TookTooLong, StillAtIt):
            raise NotTaken("plyer did not come back.") from None
        except Exception as error:  # anything at all, from dbus, ctypes, a missing program
            raise NotTaken(f"plyer: {type(error).__name__}") from error

    def _notify(self, title: str, body: str) -> None:
        notify, written = _linux() if sys.platform.startswith("linux") else (_facade(), str)
        notify(
            title=_no_option(title),
            message=_no_option(written(body)),
            app_name=self._app_name,
            app_icon=str(self._icon) if self._icon and self._icon.suffix == ".ico" else "",
            timeout=_STAYS_S,
        )


def _facade() -> Callable[..., None]:
    from plyer import notification  # noqa: PLC0415 - late

    notify: Callable[..., None] = notification.notify
    return notify


def _linux() -> tuple[Callable[..., None], Callable[[str], str]]:
    """plyer's way for this desktop, and how its text must be written.

    Chosen here, because plyer would take the Flatpak portal wherever there is a folder /app, and that
    part pastes the title into a command (T14).
    """
    from plyer.platforms.linux import notification  # noqa: PLC0415 - late

    if importlib.util.find_spec("dbus"):
        return notification.NotifyDbus().notify, str
    if shutil.which("notify-send"):
        return notification.NotifySendNotification().notify, _no_escapes
    raise NotTaken("There is neither dbus-python nor notify-send.")


def _no_option(text: str) -> str:
    """notify-send takes a text that begins with a hyphen for an option, and shows nothing."""
    return f" {text}" if text.startswith("-") else text


def _no_escapes(text: str) -> str:
    r"""notify-send turns \n in the body into a line break, and so on."""
    return text.replace("\\", "\\\\")

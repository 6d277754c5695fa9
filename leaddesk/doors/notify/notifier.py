"""The one door to the desktop's notifications."""

from __future__ import annotations

import contextlib
import logging
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from leaddesk.doors.notify.notice import Action, Notice, OnAction
from leaddesk.doors.notify.service import NobodyThere, NotTaken, RefusedByDesktop, Service
from leaddesk.doors.notify.text import tidy

if TYPE_CHECKING:
    from leaddesk.doors.notify.native import Native
    from leaddesk.doors.notify.plain import Plain

log = logging.getLogger(__name__)

_SILENT = "The notification service of this desktop does not answer."


@dataclass(frozen=True, slots=True)
class Ability:
    """Whether a notification would be seen here, in one sentence, and what it could do."""

    works: bool
    sentence: str
    buttons: bool = False
    sound: bool = False
    """Where False, whoever wants a sound has to make it."""


class Notifier:
    """Shows notices by the first way that works: desktop-notifier, then plyer.

    `show` waits for the desktop's answer, two seconds at most in all: call it from a service's thread,
    never from the GUI thread. One notice at a time; where nobody is there it comes back at once.

    `on_action(key, action)` is called in a thread of its own, which is not the GUI's.
    """

    def __init__(
        self,
        app_name: str = "LeadDesk",
        icon: Path | None = None,
        on_action: OnAction | None = None,
        limit_s: float = 2.0,
    ) -> None:
        self._app_name = app_name
        self._icon = icon
        self._on_action = on_action or _let_be
        self._limit_s = limit_s
        self._turn = threading.Lock()
        self._native: Native | None = None
        self._plain: Plain | None = None
        self._closed = False

    def show(self, notice: Notice) -> str | None:
        """Name of the door by which the desktop confirmed the notice, or None: then nobody may have seen it.

        Never raises. An earlier notice with the same key is taken back first.
        """
        end = time.monotonic() + self._limit_s
        with self._my_turn() as mine:
            return self._show(tidy(notice), end) if mine and not self._closed else None

    def clear(self, key: str) -> None:
        """Takes the notice of `key` back, where it is still there: it has been answered. Waits as `show`."""
        with self._my_turn() as mine, contextlib.suppress(TimeoutError):
            if mine and self._native is not None:
                self._native.clear(key, self._limit_s)

    def ability(self) -> Ability:
        """Asks the desktop now. Waits as `show`."""
        try:
            with self._my_turn() as mine:
                service = self._desktop().find(self._limit_s if mine else 0.0)
        except TimeoutError:
            return Ability(False, _SILENT)
        except (NobodyThere, NotTaken) as why:
            return Ability(False, str(why))
        return Ability(
            True,
            f"{service.name} shows notifications.",
            buttons="actions" in service.abilities,
            sound="sound" in service.abilities,
        )

    def sounds(self, door: str) -> bool:
        """Whether a notice that asks for a sound is heard when `door` shows it. Waits as `show`."""
        is_plain = self._plain is not None and door == self._plain.name  # it passes no sound on
        return not is_plain and self.ability().sound

    def why_not(self) -> str | None:
        """One sentence why nobody would see a notification now, or None when it would be seen."""
        ability = self.ability()
        return None if ability.works else ability.sentence

    def close(self) -> None:
        """Ends the notifier's thread, within two seconds. What is shown stays; nothing more is shown."""
        self._closed = True
        if self._native is not None:
            self._native.close(self._limit_s / 2)

    @contextlib.contextmanager
    def _my_turn(self) -> Iterator[bool]:
        mine = self._turn.acquire(timeout=self._limit_s)
        try:
            yield mine
        finally:
            if mine:
                self._turn.release()

    def _show(self, notice: Notice, end: float) -> str | None:
        native = self._desktop()
        try:
            native.show(notice, _left(end))
            return native.name
        except TimeoutError:
            log.warning("notification: %s", _SILENT)
        except NobodyThere as why:
            log.info("notification: %s", why)
        except NotTaken as why:
            log.warning("notification: %s", why)
            shown_by = self._show_plainly(notice, end)
            return None if isinstance(why, RefusedByDesktop) else shown_by
        return None

    def _show_plainly(self, notice: Notice, end: float) -> str | None:
        """plyer tells nothing: who else answers on the bus is the proof, unless he has just refused."""
        service = self._seen_by(end)
        markup = service is not None and "body-markup" in service.abilities
        plain = self._simple_way()
        try:
            plain.hand_over(notice, markup=markup, limit_s=_left(end))
        except NotTaken as why:
            log.warning("notification: %s", why)
            return None
        return plain.name if service else None

    def _seen_by(self, end: float) -> Service | None:
        """Who shows what plyer hands over; known on Linux only, where both speak to the same service."""
        if not sys.platform.startswith("linux"):
            return None
        try:
            return self._desktop().find(_left(end))
        except (NobodyThere, NotTaken, TimeoutError):
            return None

    def _desktop(self) -> Native:
        from leaddesk.doors.notify.native import Native  # noqa: PLC0415 - late: asyncio costs 40 ms

        if self._native is None:
            self._native = Native(self._app_name, self._icon, self._on_action)
        return self._native

    def _simple_way(self) -> Plain:
        from leaddesk.doors.notify.plain import Plain  # noqa: PLC0415 - late, and seldom

        if self._plain is None:
            self._plain = Plain(self._app_name, self._icon)
        return self._plain


def _left(end: float) -> float:
    return max(0.0, end - time.monotonic())


def _let_be(key: str, action: Action) -> None:
    log.debug("notification %s: %s, and nobody listens", key, action)

"""The desktop's own notifications, with buttons, through desktop-notifier."""

from __future__ import annotations

import asyncio
import contextlib
import html
import logging
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from leaddesk.doors.notify.loop import LoopThread
from leaddesk.doors.notify.notice import Action, Notice, OnAction
from leaddesk.doors.notify.service import (
    NobodyThere,
    NotTaken,
    RefusedByDesktop,
    Service,
    find_service,
    hang_up,
)

if TYPE_CHECKING:
    from dbus_fast.aio import MessageBus
    from desktop_notifier import Button, DesktopNotifier, Notification, Sound

log = logging.getLogger(__name__)

_LINUX = sys.platform.startswith("linux")


class Native:
    """Shows notices from a thread of its own. After a failure it keeps nothing: the next notice starts anew.

    That costs a few milliseconds, and is right after a new session, another service, a dead bus.
    """

    name = "desktop-notifier"

    def __init__(self, app_name: str, icon: Path | None, on_action: OnAction) -> None:
        self._app_name = app_name
        self._icon = icon
        self._on_action = on_action
        self._loop = LoopThread("notifier")
        self._notifier: DesktopNotifier | None = None
        self._service: Service | None = None
        self._shown: dict[str, str] = {}
        """By key, the identifier of the notification that shows it."""

    def show(self, notice: Notice, limit_s: float) -> None:
        """Comes back once the desktop has it. Raises NobodyThere, NotTaken, or TimeoutError."""
        self._loop.run(self._show(notice), limit_s)

    def find(self, limit_s: float) -> Service:
        """Who would show a notice now, asked anew. Raises as `show`."""
        return self._loop.run(self._find(), limit_s)

    def clear(self, key: str, limit_s: float) -> None:
        """Takes the notification of `key` back, where it is still there. Raises TimeoutError."""
        if key in self._shown:
            self._loop.run(self._clear(key), limit_s)

    def close(self, limit_s: float) -> None:
        with contextlib.suppress(TimeoutError):
            if self._notifier is not None:
                self._loop.run(self._forget(), limit_s)
        self._loop.stop()

    async def _show(self, notice: Notice) -> None:
        try:
            bus = self._bus()
            if bus is not None and not bus.connected:  # the session has ended, and another may have begun
                await self._forget()
            self._service = self._service or await self._find()
            await self._clear(notice.key)
            await self._send(notice, markup="body-markup" in self._service.abilities)
        except (NobodyThere, NotTaken, asyncio.CancelledError):
            await self._forget()
            raise
        except (
            Exception
        ) as error:  # desktop-notifier cannot be loaded, or a kind of failure it does not catch
            await self._forget()
            raise NotTaken(f"desktop-notifier: {type(error).__name__}") from error

    async def _find(self) -> Service:
        if _LINUX:
            return await find_service()
        abilities = {ability.name for ability in await self._made().get_capabilities()}
        if not abilities:  # its stand-in for systems it does not know takes everything and shows nothing
            raise NotTaken("desktop-notifier does not know this system.")
        known = {"BUTTONS": "actions", "SOUND": "sound"}
        return Service("This system", frozenset(known[name] for name in abilities & known.keys()))

    async def _send(self, notice: Notice, *, markup: bool) -> None:
        taken: list[bool] = []
        notification = self._notification(notice, markup, lambda: taken.append(True))
        await self._made().send_notification(notification)  # a failure of its own is a line in the log
        if not taken:
            raise RefusedByDesktop("The desktop did not take the notification.")
        if notice.key:
            self._shown[notice.key] = notification.identifier

    async def _clear(self, key: str) -> None:
        identifier = self._shown.pop(key, None)
        if identifier is not None and self._notifier is not None:
            with contextlib.suppress(KeyError):  # the person closed it long ago
                await self._notifier.clear(identifier)

    async def _forget(self) -> None:
        """Lets go of the connection as well: desktop-notifier makes a new one each time and closes none."""
        bus = self._bus()
        self._notifier = self._service = None
        self._shown.clear()
        if bus is not None:
            await hang_up(bus)

    def _bus(self) -> MessageBus | None:
        """desktop-notifier's connection, on Linux."""
        bus: MessageBus | None = getattr(getattr(self._notifier, "_backend", None), "bus", None)
        return bus

    def _made(self) -> DesktopNotifier:
        from desktop_notifier import DesktopNotifier, Icon  # noqa: PLC0415 - late: costs 80 ms

        if self._notifier is None:
            icon = Icon(path=self._icon) if self._icon else None
            self._notifier = DesktopNotifier(self._app_name, icon)
        return self._notifier

    def _notification(self, notice: Notice, markup: bool, on_taken: Callable[[], None]) -> Notification:
        from desktop_notifier import Notification, Urgency  # noqa: PLC0415

        return Notification(
            title=notice.title,
            message=html.escape(notice.body, quote=False) if markup else notice.body,
            urgency=Urgency.Critical if notice.urgent else Urgency.Normal,
            buttons=self._buttons(notice),
            sound=_sound() if notice.sound else None,
            on_dispatched=on_taken,
            on_clicked=lambda: self._act(notice.key, Action.OPEN),
        )

    def _buttons(self, notice: Notice) -> tuple[Button, ...]:
        from desktop_notifier import Button  # noqa: PLC0415

        words = ((Action.REPLY, "Reply"), (Action.GOT, "I've got it")) if notice.buttons else ()
        return tuple(Button(word, self._presses(notice.key, action), action.value) for action, word in words)

    def _presses(self, key: str, action: Action) -> Callable[[], None]:
        return lambda: self._act(key, action)

    def _act(self, key: str, action: Action) -> None:
        """The listener has a thread of its own: it may take its time, and show the next notice."""
        self._shown.pop(key, None)
        threading.Thread(target=self._tell, args=(key, action), name="notification", daemon=True).start()

    def _tell(self, key: str, action: Action) -> None:
        try:
            self._on_action(key, action)
        except Exception:
            log.exception("notification: nobody could follow %s", action)


def _sound() -> Sound:
    from desktop_notifier import DEFAULT_SOUND, Sound  # noqa: PLC0415

    return Sound(name="message-new-instant") if _LINUX else DEFAULT_SOUND

"""Asks a Linux desktop's bus who shows notifications there, and what they can do."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dbus_fast.aio import MessageBus

_SERVICE = "org.freedesktop.Notifications"
_BUS = "org.freedesktop.DBus"


class NobodyThere(Exception):
    """No notification can be shown; the text is a sentence for the person."""


class NotTaken(Exception):
    """This way of showing a notification did not work; another may."""


class RefusedByDesktop(NotTaken):
    """The desktop's service was asked, and did not take it."""


@dataclass(frozen=True, slots=True)
class Service:
    """What shows notifications on this desktop."""

    name: str
    """With its version, as "dunst 1.9.0"."""
    abilities: frozenset[str]
    """Its capabilities by the names of the specification: actions, body-markup, sound ..."""


async def find_service() -> Service:
    """The service that answers on the session bus. Raises NobodyThere; has no time limit of its own."""
    try:
        from dbus_fast.aio import MessageBus  # noqa: PLC0415 - Linux only, and late
    except ImportError as error:
        raise NotTaken("dbus-fast is not installed.") from error
    try:
        bus = await MessageBus().connect()
    except Exception as error:  # no address, a bad one, nobody behind it: dbus_fast has many classes for it
        raise NobodyThere("There is no desktop session here that could show notifications.") from error
    try:
        return await _ask(bus)
    finally:
        await hang_up(bus)


async def hang_up(bus: MessageBus) -> None:
    """Closes a connection, whatever state it is in."""
    bus.disconnect()
    with contextlib.suppress(Exception):  # the bus may have ended in its own way
        await bus.wait_for_disconnect()  # type: ignore[no-untyped-call] # theirs has no annotations


async def _ask(bus: MessageBus) -> Service:
    if not await _is_there(bus):
        raise NobodyThere("No notification service is running on this desktop.")
    told = await _call(bus, _SERVICE, "/org/freedesktop/Notifications", "GetServerInformation")
    abilities = await _call(bus, _SERVICE, "/org/freedesktop/Notifications", "GetCapabilities")
    return Service(f"{told[0]} {told[2]}".strip(), frozenset(abilities[0]))


async def _is_there(bus: MessageBus) -> bool:
    owned = await _call(bus, _BUS, "/org/freedesktop/DBus", "NameHasOwner", _SERVICE)
    if owned[0]:
        return True
    starts = await _call(bus, _BUS, "/org/freedesktop/DBus", "ListActivatableNames")
    return _SERVICE in starts[0]


async def _call(bus: MessageBus, to: str, path: str, member: str, *texts: str) -> list[Any]:
    from dbus_fast import Message, MessageType  # noqa: PLC0415

    question = Message(
        destination=to, path=path, interface=to, member=member, signature="s" * len(texts), body=list(texts)
    )
    answer = await bus.call(question)
    if answer is None or answer.message_type is MessageType.ERROR:
        raise NobodyThere("The notification service of this desktop answers with an error.")
    return answer.body

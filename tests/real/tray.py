"""A desktop's tray, as the program sees it over the bus: holds icons, tells their tips, and clicks them."""

from __future__ import annotations

import threading
from contextlib import closing
from typing import Any

from jeepney import DBusAddress, HeaderFields, Message, MessageType, message_bus, new_method_call
from jeepney.wrappers import Properties, new_error, new_method_return

from tests.real.desktop import Part, SessionBus, wait_for

NAME = "org.kde.StatusNotifierWatcher"
_ITEM = "org.kde.StatusNotifierItem"
_HAS_HOST = {"IsStatusNotifierHostRegistered": ("b", True), "ProtocolVersion": ("i", 0)}


class Tray(Part):
    """Stands where the desktop's panel would; Qt asks it whether there is a tray at all."""

    def __init__(self, bus: SessionBus) -> None:
        super().__init__()
        self._bus = bus
        self._ending = threading.Event()
        self._items: list[str] = []

    def start(self) -> None:
        self._connection = self._bus.connect()
        self._ends.callback(self._connection.close)
        assert self._connection.send_and_get_reply(message_bus.RequestName(NAME)).body[0] == 1
        thread = threading.Thread(target=self._serve, name="tray")
        thread.start()
        self._ends.callback(thread.join)
        self._ends.callback(self._ending.set)

    def has_icon(self) -> bool:
        """Whether a program that still runs has an icon here."""
        return bool(self._living())

    def tip(self) -> str:
        """What the newest icon says of itself."""
        with closing(self._bus.connect()) as connection:
            asked = Properties(self._item()).get("ToolTip")
            told: Any = connection.send_and_get_reply(asked).body[0][1]
        return " ".join(part for part in told[2:] if part)

    def click(self) -> None:
        """The person clicks the newest icon."""
        wait_for(self.has_icon)
        with closing(self._bus.connect()) as connection:
            connection.send(new_method_call(self._item(), "Activate", "ii", (0, 0)))

    def _item(self) -> DBusAddress:
        return DBusAddress("/StatusNotifierItem", self._living()[-1], _ITEM)

    def _living(self) -> list[str]:
        return [name for name in self._items if self._bus.has(name)]

    def _serve(self) -> None:
        while not self._ending.is_set():
            try:
                message = self._connection.receive(timeout=0.05)
            except TimeoutError:
                continue
            except (OSError, EOFError):  # the bus has ended before us
                return
            if message.header.message_type is MessageType.method_call:
                self._connection.send_message(self._answer(message))

    def _answer(self, call: Message) -> Message:
        member = call.header.fields[HeaderFields.member]
        if member == "RegisterStatusNotifierItem":
            name = call.body[0]
            sender = call.header.fields[HeaderFields.sender]
            self._items.append(sender if name.startswith("/") else name)
            return new_method_return(call)
        if member == "Get" and call.body[1] in _HAS_HOST:
            return new_method_return(call, "v", (_HAS_HOST[call.body[1]],))
        if member == "GetAll":
            return new_method_return(call, "a{sv}", (_HAS_HOST,))
        return new_error(call, "org.freedesktop.DBus.Error.UnknownMethod", "s", (member,))

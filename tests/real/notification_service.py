"""A notification service that writes down what it is sent, and presses buttons. Needs no screen."""

from __future__ import annotations

import threading
import time
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from jeepney import DBusAddress, HeaderFields, Message, MessageType, message_bus
from jeepney.wrappers import new_error, new_method_return, new_signal

from tests.real.desktop import Part, SessionBus

NAME = "org.freedesktop.Notifications"
_AT = DBusAddress("/org/freedesktop/Notifications", interface=NAME)

_INTROSPECTION = """<node><interface name="org.freedesktop.Notifications">
<method name="Notify">
 <arg type="s" direction="in"/><arg type="u" direction="in"/><arg type="s" direction="in"/>
 <arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="as" direction="in"/>
 <arg type="a{sv}" direction="in"/><arg type="i" direction="in"/><arg type="u" direction="out"/>
</method>
<method name="CloseNotification"><arg type="u" direction="in"/></method>
<method name="GetCapabilities"><arg type="as" direction="out"/></method>
<method name="GetServerInformation">
 <arg type="s" direction="out"/><arg type="s" direction="out"/>
 <arg type="s" direction="out"/><arg type="s" direction="out"/>
</method>
<signal name="NotificationClosed"><arg type="u"/><arg type="u"/></signal>
<signal name="ActionInvoked"><arg type="u"/><arg type="s"/></signal>
</interface></node>"""


@dataclass(frozen=True)
class Received:
    """One notification as it came over the bus; `at` is in seconds of the monotonic clock."""

    id: int
    app: str
    icon: str
    title: str
    body: str
    actions: tuple[str, ...]
    hints: dict[str, Any]
    sender: str
    at: float


class NotificationService(Part):
    """Stands where the desktop's own would. `refuses` answers every notification with an error."""

    def __init__(
        self,
        bus: SessionBus,
        abilities: Collection[str] = ("actions", "body", "body-markup", "sound"),
        *,
        refuses: bool = False,
    ) -> None:
        super().__init__()
        self._bus = bus
        self._abilities = list(abilities)
        self._refuses = refuses
        self._ending = threading.Event()
        self._changed = threading.Condition()
        self._received: list[Received] = []
        self.closed: list[int] = []
        """Ids of those that the program took back."""

    def start(self) -> None:
        self._connection = self._bus.connect()
        self._ends.callback(self._connection.close)
        assert self._connection.send_and_get_reply(message_bus.RequestName(NAME)).body[0] == 1
        thread = threading.Thread(target=self._serve, name="notification service")
        thread.start()
        self._ends.callback(thread.join)
        self._ends.callback(self._ending.set)

    @property
    def received(self) -> list[Received]:
        return list(self._received)

    def wait(self, count: int = 1, limit_s: float = 5.0) -> list[Received]:
        """What has come, once there are `count` of them."""
        with self._changed:
            assert self._changed.wait_for(lambda: len(self._received) >= count, limit_s), "none came"
            return self.received

    def press(self, received: Received, action: str) -> None:
        """The person presses a button, or clicks ("default"). Only the sender is told, as by GNOME."""
        signal = new_signal(_AT, "ActionInvoked", "us", (received.id, action))
        signal.header.fields[HeaderFields.destination] = received.sender
        self._connection.send_message(signal)

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
        if member == "Notify":
            return self._notify(call)
        if member == "CloseNotification":
            self.closed.append(call.body[0])
            return new_method_return(call)
        if member == "GetCapabilities":
            return new_method_return(call, "as", (self._abilities,))
        if member == "GetServerInformation":
            return new_method_return(call, "ssss", ("the test's service", "LeadDesk", "1", "1.2"))
        if member == "Introspect":
            return new_method_return(call, "s", (_INTROSPECTION,))
        return new_error(call, "org.freedesktop.DBus.Error.UnknownMethod", "s", (member,))

    def _notify(self, call: Message) -> Message:
        if self._refuses:
            return new_error(call, "org.freedesktop.DBus.Error.LimitsExceeded", "s", ("no more",))
        app, _replaces, icon, title, body, actions, hints, _timeout = call.body
        plain = {name: value for name, (_, value) in hints.items()}
        sender = call.header.fields[HeaderFields.sender]
        with self._changed:
            number = len(self._received) + 1
            self._received.append(
                Received(number, app, icon, title, body, tuple(actions), plain, sender, time.monotonic())
            )
            self._changed.notify_all()
        return new_method_return(call, "u", (number,))

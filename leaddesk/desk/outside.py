"""The outside, as the desk is given it. Of this machine, unless told otherwise; opened when it is needed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from leaddesk.doors.clock import Clock
from leaddesk.doors.late import given, late

if TYPE_CHECKING:
    from leaddesk.desk.watch import Pace
    from leaddesk.doors.autostart import Autostart
    from leaddesk.doors.mail.reader import Reader
    from leaddesk.doors.notify import Notifier, OnAction
    from leaddesk.doors.vault import Vault
    from leaddesk.words.sign_in import Authority


class Doors:
    """Tests give fakes of the same shape."""

    def __init__(
        self,
        clock: Clock | None = None,
        vault: Vault | None = None,
        reader: Reader | None = None,
        notifier: Callable[[OnAction], Notifier] | None = None,
        pace: Pace | None = None,
        autostart: Autostart | None = None,
        authorities: Sequence[Authority] = (),
    ) -> None:
        """`authorities` come before those that are shipped."""
        self.clock = clock or Clock()
        self.notifier = notifier or _notifier
        self.pace = pace
        self.authorities = authorities
        given(self, vault=vault, reader=reader, autostart=autostart)

    @late
    def vault(self) -> Vault:
        from leaddesk.doors.vault import Vault

        return Vault()

    @late
    def reader(self) -> Reader:
        from leaddesk.doors.mail.reader import Reader

        return Reader()

    @late
    def autostart(self) -> Autostart:
        from leaddesk.doors.autostart import Autostart

        return Autostart()


def _notifier(on_action: OnAction) -> Notifier:
    from leaddesk.doors.notify import Notifier
    from leaddesk.doors.paths import resource

    icon = resource("icons/leaddesk.svg")
    return Notifier(icon=icon if icon.exists() else None, on_action=on_action)

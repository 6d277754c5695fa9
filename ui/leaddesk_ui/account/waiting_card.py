"""While the person is in the browser: that LeadDesk waits, the address if no page came up, and a way out."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from leaddesk_ui.buttons import button
from leaddesk_ui.fonts import DEMI
from leaddesk_ui.layout import column, row
from leaddesk_ui.links import CopyLine
from leaddesk_ui.text import label

_OPENED = "Sign in as {who} on the page that your browser shows. LeadDesk goes on by itself."
_NOT_OPENED = "No browser came up. Open the address below in a browser on this computer and sign in as {who}."


class WaitingCard(QFrame):
    """`cancelled` when the person does not want to wait."""

    cancelled = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("ground", "card")
        self.setObjectName("waiting")
        self._what = label("", 14, wrap=True)
        self._link = CopyLine("The address of the sign-in")
        self._no_page = label(
            "No page came up? Open this address in a browser here:", 12, ink="dim", wrap=True
        )
        self._cancel = button("Cancel", "Esc", self.cancelled.emit)
        self.setLayout(
            column(
                label("Waiting for you in the browser", 16, DEMI),
                4,
                self._what,
                14,
                self._no_page,
                4,
                self._link,
                14,
                row(label("It waits for three minutes.", 12, ink="dim"), None, self._cancel),
                margins=(20, 14, 20, 14),
            )
        )

    def begin(self, who: str) -> None:
        """The browser is being asked to show the page."""
        self._what.say(_OPENED.format(who=who))
        self._show_link("", came_up=True)
        self._cancel.setFocus()

    def show_link(self, who: str, address: str, *, came_up: bool) -> None:
        """The page is open, or the desktop knew nothing that opens it."""
        self._what.say((_OPENED if came_up else _NOT_OPENED).format(who=who))
        self._show_link(address, came_up=came_up)

    def _show_link(self, address: str, *, came_up: bool) -> None:
        self._link.say(address)
        self._link.setVisible(bool(address))
        self._no_page.setVisible(bool(address) and came_up)

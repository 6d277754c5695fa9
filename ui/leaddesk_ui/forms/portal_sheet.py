"""A lead that can only be answered in its portal: the link as text first, then the browser, then the log."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton

from leaddesk_ui.buttons import button
from leaddesk_ui.fonts import DEMI
from leaddesk_ui.layout import column, row
from leaddesk_ui.links import CopyLine, open_link
from leaddesk_ui.sheet import Sheet
from leaddesk_ui.text import elided, label


class PortalSheet(Sheet):
    """`answered` when the person says that they wrote there."""

    answered = Signal()

    def __init__(self, name: str, link: str) -> None:
        super().__init__(f"Answer {name} in the portal", 680)
        self._link = link
        self._open = button("Open in the browser", "↵", self._on_open, primary=True)
        self._done = button("I answered there", "A", self.answered.emit)
        self._said = label("", 12, ink="danger", wrap=True)
        about = "The portal tells no address. Its mail has this link; look at it before you open it."
        lines = column(
            elided(f"Answer {name} in the portal", 16, DEMI), 6, label(about, 13, ink="dim", wrap=True),
            CopyLine("The link", link), self._said, margins=(28, 20, 28, 20), space=8,
        )  # fmt: skip
        counts = label("What you answer there counts once you say so.", 12, ink="dim")
        lines.addLayout(row(counts, None, self._done, self._open))
        self._said.hide()
        self._key("A", self.answered.emit)
        for key in ("Return", "Enter"):
            self._key(key, self._on_enter)
        self.setLayout(lines)

    def begin(self) -> None:
        self._open.setFocus()

    def _on_enter(self) -> None:
        """Enter presses the button that has the focus, else opens the link."""
        focused = self.focusWidget()
        if isinstance(focused, QPushButton):
            focused.click()
        else:
            self._on_open()

    def _on_open(self) -> None:
        if not open_link(self._link):
            self._said.say("No browser could be opened. Copy the link instead.")
            self._said.show()

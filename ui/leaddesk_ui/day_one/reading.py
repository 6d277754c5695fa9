"""While a mailbox's past is read: what is being done, how far it is, and the way to stop it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QProgressBar

from leaddesk.words.audit import Progress
from leaddesk_ui.buttons import button
from leaddesk_ui.fonts import DEMI, scaled
from leaddesk_ui.layout import column, row
from leaddesk_ui.text import label

from .wording import TITLE, doing

_WHY = (
    "The last 90 days of Inbox and Sent are compared: who asked, and when a person first answered. "
    "It takes about a minute. Your mail is only read."
)
_BAR, _TEXT = 420, 620


class Reading(QFrame):
    """`cancel_requested` when the person does not want to wait."""

    cancel_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("ground", "canvas")
        self._doing, self._bar = label("", 14, tabular=True), QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedHeight(scaled(8))
        self._bar.setMaximumWidth(scaled(_BAR))
        self._bar.setAccessibleName("How far the reading is")
        why = label(_WHY, 14, ink="dim", wrap=True)
        why.setMaximumWidth(scaled(_TEXT))
        cancel = button("Stop reading", "Esc", self.cancel_requested.emit)
        self.setLayout(
            column(
                label(TITLE, 22, DEMI), 8, why, 28, self._doing, 8, self._bar, 20, row(cancel, None), None,
                margins=(56, 28, 56, 28),
            )
        )  # fmt: skip

    def show_progress(self, progress: Progress) -> None:
        """How far the reading is; without a number of mails the bar only says that something goes on."""
        self._doing.say(doing(progress))
        self._bar.setRange(0, max(0, progress.of))
        self._bar.setValue(progress.done)

"""The seconds in which an approved answer can still be taken back."""

from __future__ import annotations

import math
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame

from leaddesk.words.outgoing import Outgoing
from leaddesk_ui.buttons import key_button
from leaddesk_ui.fonts import DEMI, MEDIUM
from leaddesk_ui.keys import Action
from leaddesk_ui.layout import row
from leaddesk_ui.text import elided, label

if TYPE_CHECKING:
    from leaddesk_ui.needs import Clock

_TICK_MS = 250


class UndoBar(QFrame):
    """Counts down to `not_before`, then goes away. `take_back_requested` names the outgoing mail."""

    take_back_requested = Signal(int)

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self.setProperty("ground", "undo")
        self.setObjectName("undo_bar")
        self._clock = clock
        self._until: datetime | None = None
        self.outgoing: int | None = None
        self._seconds = label("", 16, DEMI, tabular=True)
        self._words = elided("", 13, MEDIUM)
        self._tick = QTimer(self, interval=_TICK_MS)
        self._tick.timeout.connect(self._on_tick)
        line = row(self._seconds, margins=(14, 8, 8, 8))
        line.addWidget(self._words, 1)
        line.addWidget(key_button(Action.TAKE_BACK, self.take_back))
        self.setLayout(line)
        self.hide()

    def start(self, outgoing: Outgoing, name: str) -> None:
        """Count down for a mail that was just approved. Nothing is shown where undo is switched off."""
        if outgoing.not_before is None or outgoing.not_before <= self._clock.now():
            return
        self.outgoing, self._until = outgoing.id, outgoing.not_before
        self._words.say(f"until your reply to {name} goes out. Not sent yet; their clock still runs.")
        self._on_tick()
        self.show()
        self._tick.start()

    def take_back(self) -> None:
        """Ask for the mail to be stopped."""
        if self.outgoing is not None:
            self.take_back_requested.emit(self.outgoing)

    def stop(self) -> None:
        """Go away: it was sent, or taken back."""
        self._tick.stop()
        self.outgoing = self._until = None
        self.hide()

    def _on_tick(self) -> None:
        if self._until is None:
            return
        left = (self._until - self._clock.now()).total_seconds()
        if left <= 0:
            self.stop()
        else:
            self._seconds.say(f"{math.ceil(left)} s")

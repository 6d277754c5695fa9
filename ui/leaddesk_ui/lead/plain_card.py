"""After five minutes of writing: a line that would do for now, and the key that sends it."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame

from leaddesk_ui.buttons import key_button
from leaddesk_ui.fonts import DEMI
from leaddesk_ui.keys import Action
from leaddesk_ui.layout import column, row
from leaddesk_ui.text import label

_AFTER_MS = 5 * 60 * 1000


class PlainCard(QFrame):
    """Hidden until the draft has been open for five minutes. `wanted` when the person takes it."""

    wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("ground", "quiet")
        self.setObjectName("plain_card")
        self._line = label("", 13, ink="dim", wrap=True)
        self._wait = QTimer(self, singleShot=True, interval=_AFTER_MS)
        self._wait.timeout.connect(self.show)
        words = column(
            label("You have been writing for five minutes. This would do for now:", 13, DEMI, wrap=True),
            self._line,
            space=2,
        )
        line = row(margins=(14, 8, 8, 8), space=14)
        line.addLayout(words, 1)
        line.addWidget(key_button(Action.PLAIN_LINE, self.take))
        self.setLayout(line)
        self.hide()

    def begin(self, plain: str) -> None:
        """A draft was opened for which this line would do; without one nothing is ever offered."""
        self.end()
        self._line.say(f"“{' '.join(plain.split())}”")
        if plain:
            self._wait.start()

    def end(self) -> None:
        """It was sent, or the draft is closed."""
        self._wait.stop()
        self.hide()

    def take(self) -> None:
        """The person wants it sent; nothing happens while it is not offered."""
        if not self.isHidden():
            self.hide()
            self.wanted.emit()

"""What needs a person and is not on the page that is shown: one line at the top of the window."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QFrame

from leaddesk.words.views import Trouble

from .buttons import button
from .fonts import MEDIUM
from .layout import empty, row
from .text import elided, ink_of

Actions = Callable[[Trouble], Sequence[tuple[str, Callable[[], object]]]]


class Banner(QFrame):
    """Shows one trouble: a sentence, what is safe, its button. Hidden while there is none."""

    def __init__(self, actions: Actions) -> None:
        super().__init__()
        self.setProperty("ground", "banner")
        self.setObjectName("banner")
        self._actions = actions
        self._sentence = elided("", 13, MEDIUM)
        self._safe = elided("", 13, ink="dim")
        self._buttons = row()
        line = row(margins=(20, 8, 20, 8))
        line.addWidget(self._sentence)
        line.addWidget(self._safe, 1)
        line.addLayout(self._buttons)
        self.setLayout(line)
        self._shown: Trouble | None = None
        self.hide()

    def show_trouble(self, trouble: Trouble | None) -> None:
        """Show one trouble, or none."""
        if trouble == self._shown:
            return
        self._shown = trouble
        self.setVisible(trouble is not None)
        if trouble is None:
            return
        self._sentence.say(trouble.sentence)
        ink_of(self._sentence, "danger" if trouble.urgent else "text")
        self._safe.say(trouble.safe)
        self.setAccessibleName(f"{trouble.sentence} {trouble.safe}")
        empty(self._buttons)
        for text, pressed in self._actions(trouble):
            self._buttons.addWidget(button(text, "", pressed))

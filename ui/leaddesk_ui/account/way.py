"""By a password or with the browser: the other ways into a mailbox, as words under its address."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QPushButton, QWidget

from leaddesk.words.account import SignIn
from leaddesk.words.sign_in import Authority
from leaddesk_ui.buttons import word
from leaddesk_ui.flow import Flow
from leaddesk_ui.layout import empty
from leaddesk_ui.text import label

from .knowing import Known
from .wording import choice_words


class WayLine(QFrame):
    """`chosen` with an authority, or None for a password. Hidden where there is only one way."""

    chosen = Signal(object)

    def __init__(self, after: QWidget) -> None:
        """`after` is what Tab comes from."""
        super().__init__()
        self.setProperty("ground", "clear")
        self.setObjectName("ways")
        self._after = after
        self._line = Flow()
        self.setLayout(self._line)
        self._has_any = False

    def show_ways(self, known: Known, authority: Authority | None) -> None:
        """Offer what else there is besides the way that is shown."""
        empty(self._line)
        self._has_any = False
        if authority is None and known.choices:
            self._line.addWidget(label(choice_words(known.proposal), 12, ink="dim"))
            for choice in known.choices:
                self._offer(choice.label, choice)
        elif authority is not None and known.proposal.sign_in is not SignIn.BROWSER:
            self._offer("Use a password instead", None)
        before = self._after
        for made in self.findChildren(QPushButton, "way"):
            QWidget.setTabOrder(before, made)
            before = made
        self.setVisible(self._has_any)

    def show_again(self) -> None:
        """It was put away for a while."""
        self.setVisible(self._has_any)

    def _offer(self, text: str, authority: Authority | None) -> None:
        made = word(text, partial(self.chosen.emit, authority))
        made.setObjectName("way")
        self._line.addWidget(made)
        self._has_any = True

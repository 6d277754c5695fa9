"""How the file is written: its encoding and its separator, as they were guessed, to be changed by hand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from leaddesk.words.imports import DELIMITERS, ENCODINGS, GUESSED, FileKind, Look, Written
from leaddesk_ui.fonts import MEDIUM, font
from leaddesk_ui.layout import row
from leaddesk_ui.text import on_button

from . import wording


class Choice(QPushButton):
    """One thing to choose, with its value on it. Space, Enter or ↓ opens the list. `chosen` has the value."""

    chosen = Signal(str)

    def __init__(self, what: str) -> None:
        super().__init__()
        self._what = what
        self._values: Sequence[tuple[str, str]] = ()
        self._value = ""
        self.setProperty("chip", True)
        self.setFont(font(12, MEDIUM))
        self.clicked.connect(self.show_list)

    def offer(self, values: Sequence[tuple[str, str]], value: str) -> None:
        """What there is to choose from, each with its words; `value` counts now."""
        self._values, self._value = values, value
        told = dict(values).get(value, "")
        on_button(self, f"{self._what} {told}  ▾")
        self.setAccessibleName(f"{self._what} {told}")

    def show_list(self) -> None:
        """Open the list."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setAccessibleName(self._what)
        for value, words in self._values:
            action = menu.addAction(words)
            action.triggered.connect(self._chooses(value))
            if value == self._value:
                menu.setActiveAction(action)
        menu.popup(self.mapToGlobal(QPoint(0, self.height())))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self.show_list()
        else:
            super().keyPressEvent(event)

    def _chooses(self, value: str) -> Callable[[], None]:
        return lambda: self.chosen.emit(value)


class WritingRow(QWidget):
    """`chosen` says how a person wants the file to be read."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._written = GUESSED
        self.encoding, self.delimiter = Choice("Written in"), Choice("Separated by")
        self.encoding.chosen.connect(lambda name: self._choose(replace(self._written, encoding=name)))
        self.delimiter.chosen.connect(lambda sign: self._choose(replace(self._written, delimiter=sign)))
        self.setLayout(row(self.encoding, self.delimiter, None, space=8))

    def show_look(self, look: Look, written: Written) -> None:
        """Another file, or the same read otherwise: the guess stands first."""
        self._written = written
        encodings = dict.fromkeys((look.guess.encoding, *ENCODINGS, look.encoding))
        self.encoding.offer(
            [
                (name, _guessed(wording.encoding(name), name, look.guess.encoding))
                for name in encodings
                if name
            ],
            look.encoding,
        )
        signs = dict.fromkeys((look.guess.delimiter, *DELIMITERS, look.delimiter or ""))
        self.delimiter.offer(
            [(sign, _guessed(wording.separator(sign), sign, look.guess.delimiter)) for sign in signs if sign],
            look.delimiter or "",
        )
        self.delimiter.setVisible(look.kind is FileKind.CSV)

    def _choose(self, written: Written) -> None:
        self.chosen.emit(written)


def _guessed(words: str, value: str, guess: str) -> str:
    return f"{words} (guessed)" if value == guess else words

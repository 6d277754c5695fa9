"""Make your form tell: what to paste, by form plug-in, so that its mails say where an enquiry comes from."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QButtonGroup, QWidget

from leaddesk.words.forms import FormLines
from leaddesk_ui.buttons import Pressed, button, chip, rename
from leaddesk_ui.fields import sheet_of_paper
from leaddesk_ui.flow import Flow
from leaddesk_ui.fonts import DEMI, scaled
from leaddesk_ui.layout import column, empty, row
from leaddesk_ui.links import copy
from leaddesk_ui.text import label

_SAID_MS = 2000


class LinesPart(QWidget):
    """Shows the plug-ins, and of the chosen one its steps and its lines."""

    def __init__(self) -> None:
        super().__init__()
        self._lines: tuple[FormLines, ...] = ()
        self._group = QButtonGroup(self)
        self._chips = QWidget()
        self._steps = column(space=4)
        about = (
            "Most forms do not say from which page they were sent, nor by which campaign somebody came."
            " These lines make them."
        )
        self._whole = column(
            label("Make your form tell", 16, DEMI),
            label(about, 13, ink="dim", wrap=True),
            self._chips,
            space=8,
        )
        self._whole.addLayout(self._steps)
        self.setLayout(self._whole)

    def show_lines(self, lines: Sequence[FormLines]) -> None:
        """Show these plug-ins, the first one chosen."""
        if tuple(lines) == self._lines:
            return
        self._lines = tuple(lines)
        chips = [chip(one.plugin, self._says(one)) for one in self._lines]
        for one in chips:
            self._group.addButton(one)
        self._chips.setLayout(Flow(chips))
        if chips:
            chips[0].setChecked(True)
            self._choose(self._lines[0])

    def _says(self, one: FormLines) -> Pressed:
        return lambda: self._choose(one)

    def _choose(self, one: FormLines) -> None:
        empty(self._steps)
        for number, step in enumerate(one.steps, 1):
            self._steps.addWidget(label(f"{number}. {step}", 13, wrap=True))
        for name, text in (("Into the form", one.form), ("Into the mail that it sends", one.mail)):
            if text:
                self._steps.addWidget(_Paste(name, text))


class _Paste(QWidget):
    """A few lines to be copied as they are."""

    def __init__(self, name: str, text: str) -> None:
        super().__init__()
        self._text = text
        paper = sheet_of_paper(name)
        paper.setPlainText(text)
        paper.setReadOnly(True)
        rows = text.count("\n") + 1
        paper.setFixedHeight(paper.fontMetrics().lineSpacing() * rows + scaled(26))
        self._copy = button("Copy", "", self._on_copy)
        self._copy.setAccessibleName(f"Copy: {name}")
        self._copy.setMinimumWidth(self._copy.sizeHint().width() + self._copy.fontMetrics().height())
        head = row(label(name, 13, DEMI), None, self._copy)
        self.setLayout(column(8, head, paper, space=4))

    def _on_copy(self) -> None:
        copy(self._text)
        rename(self._copy, "Copied")
        QTimer.singleShot(_SAID_MS, self, lambda: rename(self._copy, "Copy"))

"""Whose holidays are kept: a country, or a part of one, by its name; and the next days that follow."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtWidgets import QCompleter, QWidget

from leaddesk.words.hours import regions
from leaddesk.words.plan_view import DayLook
from leaddesk_ui.fields import field
from leaddesk_ui.fonts import scaled
from leaddesk_ui.layout import column
from leaddesk_ui.tasks import Tasks
from leaddesk_ui.text import label

NONE = "none"
_NOBODY = "No public holidays are kept. Begin to type a country."
Closed = Callable[[], tuple[DayLook, ...]]


class RegionField(QWidget):
    """`changed` with the region's name in the settings. Code or name, both are taken."""

    changed = Signal(str)

    def __init__(self, name: str, text: str, tasks: Tasks, closed: Closed) -> None:
        super().__init__()
        self._tasks, self._closed = tasks, closed
        self._codes: dict[str, str] = {}
        self._names: dict[str, str] = {}
        self._text = text
        self.edit = field(name, "a country, as United Kingdom, or none")
        self.edit.setText("" if text == NONE else text)
        self.edit.setMaximumWidth(scaled(420))
        self._next = label("", 12, ink="dim", wrap=True, tabular=True)
        self.setLayout(column(self.edit, self._next, space=6))
        self.edit.editingFinished.connect(self._on_edited)
        tasks.run(regions, self._on_regions)
        self.show_next()

    def show_next(self) -> None:
        """Read the next closed days again."""
        self._tasks.run(self._closed, self._on_closed)

    def _on_regions(self, known: tuple[tuple[str, str, str], ...]) -> None:
        for code, country, part in known:
            words = QLocale.territoryToString(QLocale.codeToTerritory(country))
            name = f"{words}, {part}" if part else words
            self._codes[name.casefold()] = code
            self._names[code] = name
        completer = QCompleter(sorted(self._names.values()), self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.activated.connect(lambda _: self._on_edited())
        self.edit.setCompleter(completer)
        if not self.edit.hasFocus():
            self.edit.setText(self._names.get(self._text, self.edit.text()))

    def _on_edited(self) -> None:
        words = self.edit.text().strip()
        code = self._codes.get(words.casefold(), words or NONE)
        if code != self._text:
            self._text = code
            self.changed.emit(code)

    def _on_closed(self, days: tuple[DayLook, ...]) -> None:
        told = ", ".join(f"{each.day:%a} {each.day.day} {each.day:%b} ({each.why})" for each in days)
        self._next.say(f"Next closed: {told}" if told else _NOBODY)

"""One setting on the page: its words, and the control that fits it. A text that does not fit is told."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QPlainTextEdit, QSizePolicy, QWidget

from leaddesk.words.errors import Usage
from leaddesk.words.settings import Scope, Setting
from leaddesk_ui.buttons import Switch, chip
from leaddesk_ui.fields import field, mark_wrong, sheet_of_paper
from leaddesk_ui.fonts import DEMI, scaled
from leaddesk_ui.layout import column, row
from leaddesk_ui.text import ink_of, label

from .region_field import RegionField
from .week_editor import WeekEditor

_LABEL_WIDTH = 216
_PAUSE_MS = 700


class SettingRow(QFrame):
    """`changed` carries the text that the person wants; it fits the setting."""

    changed = Signal(str)

    def __init__(
        self,
        setting: Setting[Any],
        text: str,
        *,
        week: WeekEditor | None = None,
        region: RegionField | None = None,
    ) -> None:
        super().__init__()
        self._week, self._region = week, region
        self.setProperty("ground", "card")
        self.setObjectName(setting.key)
        self.setting = setting
        self._said = label("", 12, ink="danger", wrap=True)
        self._said.hide()
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._text = text
        self._read: Callable[[], str] = lambda: self._text
        self._pause.timeout.connect(self._on_edited)
        self._build(text)

    def _build(self, text: str) -> None:
        setting = self.setting
        shared = "whole firm" if setting.scope is Scope.TEAM else "this desk"
        words = column(
            label(setting.label, 14, DEMI, wrap=True),
            label(setting.help, 12, ink="dim", wrap=True),
            label(f"{setting.key} · {shared}", 11, ink="dim"),
            None,
            space=2,
        )
        side = QWidget()
        side.setFixedWidth(scaled(_LABEL_WIDTH))
        side.setLayout(words)
        line = row(side, margins=(14, 10, 14, 10), space=20)
        line.addLayout(column(self._control(text), self._said, None, space=4), 1)
        line.addStretch(0)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.setLayout(line)

    def begin(self) -> None:
        """Put the keys into its control."""
        places = [each for each in self.findChildren(QWidget) if each.focusPolicy() & Qt.FocusPolicy.TabFocus]
        if places:
            places[0].setFocus()

    def _control(self, text: str) -> QWidget:
        if self._week is not None:
            return self._week_control(self._week, text)
        if self._region is not None:
            self._region.changed.connect(self._want)
            return self._region
        if isinstance(self.setting.default, bool):
            return self._switch(text)
        if self.setting.choices:
            return self._chips(text)
        if "\n" in self.setting.write(self.setting.default):
            return self._paper(text)
        return self._field(text)

    def _switch(self, text: str) -> QWidget:
        made = Switch("On" if text == "on" else "Off")
        made.setChecked(text == "on")
        made.setAccessibleName(self.setting.label)

        def pressed(on: bool) -> None:
            made.setText("On" if on else "Off")
            self._want("on" if on else "off")

        made.clicked.connect(pressed)
        return made

    def _chips(self, text: str) -> QWidget:
        made = QWidget()
        chips = [chip(one, self._wants(one)) for one in self.setting.choices]
        for one in chips:
            one.setChecked(one.text() == text)
            one.setAccessibleName(f"{self.setting.label}: {one.text()}")
        made.setLayout(row(*chips, None))
        return made

    def _field(self, text: str) -> QLineEdit:
        made = field(self.setting.label, self.setting.write(self.setting.default), text)
        made.setMaximumWidth(scaled(420))
        made.textEdited.connect(self._on_typed)
        made.editingFinished.connect(self._on_edited)
        self._read = made.text
        self._edit = made
        return made

    def _week_control(self, week: WeekEditor, text: str) -> QWidget:
        """The bars, and the same as text: whichever is changed shows in the other."""
        made, edit = QWidget(), self._field(text)

        def drawn(text: str) -> None:
            edit.setText(text)
            self._want(text)

        week.changed.connect(drawn)
        self.changed.connect(week.show_text)
        made.setLayout(column(week, edit, space=8))
        return made

    def _paper(self, text: str) -> QPlainTextEdit:
        made = sheet_of_paper(self.setting.label)
        made.setPlainText(text)
        made.setFixedHeight(scaled(150))
        made.textChanged.connect(self._on_typed)
        self._read = made.toPlainText
        return made

    def _on_typed(self) -> None:
        self._pause.start()

    def _on_edited(self) -> None:
        self._pause.stop()
        if self._read() != self._text:
            self._want(self._read())

    def _wants(self, text: str) -> Callable[[], None]:
        return lambda: self._want(text)

    def _want(self, text: str) -> None:
        try:
            self.setting.parse(text)
        except Usage as wrong:
            self._tell(wrong.sentence)
            return
        self._text = text
        self._tell("")
        self.changed.emit(text)

    def _tell(self, sentence: str) -> None:
        self._said.say(sentence)
        self._said.setVisible(bool(sentence))
        ink_of(self._said, "danger")
        edit = self.findChild(QLineEdit)
        if edit is not None:
            mark_wrong(edit, bool(sentence))

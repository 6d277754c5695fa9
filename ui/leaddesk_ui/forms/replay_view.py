"""What a taught rule makes of a form's past mails: each difference, before and after."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from leaddesk.rules.capture.pointers import in_words
from leaddesk.words.forms import Difference, Replay
from leaddesk_ui.buttons import button
from leaddesk_ui.fonts import DEMI, MEDIUM, scaled
from leaddesk_ui.layout import column, empty, row, scrolling
from leaddesk_ui.text import elided, label

_SHOWN = 50


class ReplayView(QWidget):
    """`accepted` with the replay that is shown, or `back_requested` to mark otherwise."""

    accepted = Signal(object)
    back_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._replay: Replay | None = None
        self._sentence = label("", 14, MEDIUM, wrap=True)
        self._rules = label("", 12, ink="dim", wrap=True)
        self._lines = column(space=8)
        self._keep = button("Read this form so", "↵", self._on_keep, primary=True)
        content = QWidget()
        content.setLayout(column(self._lines, None))
        area = scrolling(content)
        area.setMinimumHeight(scaled(260))
        foot = row(button("Mark it otherwise", "", self.back_requested.emit), None, self._keep)
        lines = column(self._sentence, self._rules, space=8)
        lines.addWidget(area, 1)
        lines.addWidget(label("From now on. Leads that are here already stay as they are.", 12, ink="dim"))
        lines.addLayout(foot)
        self.setLayout(lines)

    def begin(self) -> None:
        """Put the focus on what Enter does."""
        self._keep.setFocus()

    def show_replay(self, replay: Replay, when: Callable[[datetime], str]) -> None:
        """Show what changes; `when` puts a time into words."""
        self._replay = replay
        self._sentence.say(sentence(replay))
        self._rules.say(" · ".join(in_words(pointer) for pointer in replay.pointers))
        empty(self._lines)
        for one in replay.differences[:_SHOWN]:
            self._lines.addWidget(_card(one, when(one.at)))
        if len(replay.differences) > _SHOWN:
            rest = len(replay.differences) - _SHOWN
            self._lines.addWidget(label(f"and {rest} more", 12, ink="dim"))

    def _on_keep(self) -> None:
        if self._replay is not None:
            self.accepted.emit(self._replay)


def sentence(replay: Replay) -> str:
    """What a replay found, in words."""
    mails = "1 mail of this form was" if replay.mails == 1 else f"{replay.mails} mails of this form were"
    changed = len({one.mail for one in replay.differences})
    parts = [f"{mails} read again: {changed} would be read otherwise, {replay.alike} as before."]
    if replay.lost:
        none = "1 does not match" if replay.lost == 1 else f"{replay.lost} do not match"
        parts.append(f"{none} what you marked: there the usual reading stands.")
    return " ".join(parts)


def _card(one: Difference, when: str) -> QFrame:
    head = label(one.field.value.capitalize(), 13, DEMI)
    head.setFixedWidth(scaled(80))
    was = elided(" ".join(one.was.split()) or "nothing", 13, ink="dim")
    will = elided(" ".join(one.will.split()) or "nothing", 13, MEDIUM)
    before, after = row(label("was", 12, ink="dim")), row(label("will be", 12, ink="dim"))
    before.addWidget(was, 1)
    after.addWidget(will, 1)
    words = column(before, after, space=2)
    line = row(head, margins=(14, 8, 14, 8), space=14)
    line.addLayout(words, 1)
    line.addWidget(label(when, 12, ink="dim"))
    made = QFrame()
    made.setProperty("ground", "quiet")
    made.setAccessibleName(f"{one.field.value}: was {one.was or 'nothing'}, will be {one.will or 'nothing'}")
    made.setLayout(line)
    return made

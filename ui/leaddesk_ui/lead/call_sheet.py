"""Writing down a call: the number large, when it was, and one key for how it went."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QHBoxLayout, QPushButton

from leaddesk.rules.calling import Reaching
from leaddesk.words.cadence import CourseState
from leaddesk.words.lead import Channel, Reached
from leaddesk.words.views import LeadView
from leaddesk_ui.buttons import Pressed, RowButton, chip
from leaddesk_ui.fields import field, mark_wrong
from leaddesk_ui.flow import Flow
from leaddesk_ui.fonts import DEMI, scaled
from leaddesk_ui.layout import column, row
from leaddesk_ui.sheet import Sheet
from leaddesk_ui.text import label
from leaddesk_ui.times import hour
from leaddesk_ui.when import time_of_day

from .reach_box import ReachBox

if TYPE_CHECKING:
    from leaddesk_ui.needs import Clock

_OUTCOMES = (
    (Reached.REACHED, "Reached", "You spoke. The next move is theirs."),
    (Reached.VOICEMAIL, "Voicemail", "You left a message. The next move is theirs."),
    (Reached.NO_ANSWER, "No answer", "It stays with you: ring again."),
    (Reached.WRONG_NUMBER, "Wrong number", "It stays with you: find another way."),
    (Reached.BUSY, "Busy", "It stays with you: ring again soon."),
)
_NOT_REACHED = (Reached.NO_ANSWER, Reached.WRONG_NUMBER, Reached.BUSY)
_PLAN_GOES_ON = "You tried. It comes back with the next step of the plan."
_EARLIER = (("now", 0), ("5 min ago", 5), ("15 min ago", 15))


class CallSheet(Sheet):
    """`logged` with the outcome, the time of the call and a note; `text_requested` with the way to write in.

    `low` is for a window in which every line counts.
    """

    logged = Signal(Reached, object, str)
    text_requested = Signal(Channel)

    def __init__(self, view: LeadView, clock: Clock, *, low: bool = False) -> None:
        super().__init__(f"Call {view.name}", 728)
        self._view, self._clock = view, clock
        self._at: datetime = clock.now()
        self._low = low
        self._reach = ReachBox(view, low=low)
        self._typed = field("Time of the call", "at 10:05")
        self._note = field("Note", "A note, if you like")
        self._chips: list[QPushButton] = []
        self._rows: list[RowButton] = []
        self._build()

    def _build(self) -> None:
        lines = column(margins=(28, 20, 28, 20), space=8)
        lines.addWidget(self._reach)
        lines.addSpacing(scaled(0 if self._low else 8))
        lines.addLayout(self._when())
        goes_on = _plan_goes_on(self._view)
        for place, (outcome, text, what) in enumerate(_OUTCOMES, start=1):
            follows = _PLAN_GOES_ON if goes_on and outcome in _NOT_REACHED else what
            one = RowButton(str(place), text, follows, self._logs(outcome))
            self._rows.append(one)
            self._key(str(place), self._logs(outcome))
            lines.addWidget(one)
        lines.addWidget(self._note)
        if not self._low:
            foot = label("One key writes it down. LeadDesk never dials by itself.", 12, ink="dim")
            lines.addLayout(row(foot, None, label("Esc closes; nothing is written", 12, ink="dim")))
        self.setLayout(lines)
        self._listen()

    def show_reaching(self, told: Reaching, code: QImage | None) -> None:
        """The ways to the number, once they are worked out."""
        self._reach.show_reaching(told, code)
        if told.before_voicemail:
            self._rows[1].explain(told.before_voicemail)
        if self._reach.first is not None and self.hasFocus():
            self._reach.first.setFocus()

    def _listen(self) -> None:
        self._reach.text_requested.connect(self.text_requested)
        for sequence, pressed in self._reach.shortcuts():
            self._key(sequence, pressed)
        for sequence in ("Return", "Enter"):  # the field keeps its own; this is for the button with the focus
            self._key(sequence, self._press_focused)

    def _press_focused(self) -> None:
        focused = self.focusWidget()
        if isinstance(focused, QPushButton):
            focused.click()

    def _when(self) -> QHBoxLayout:
        now = self._clock.now()
        for text, minutes in _EARLIER:
            words = f"now, {hour(now, self._clock.zone())}" if not minutes else text
            self._chips.append(chip(words, self._chooses(now - timedelta(minutes=minutes))))
        self._chips[0].setChecked(True)
        self._typed.setFixedWidth(scaled(104))
        self._typed.textEdited.connect(self._on_typed)
        if self._low:  # there it is narrow too: what the chips say is told by themselves
            times = row(space=8)
            times.addLayout(Flow((*self._chips, self._typed)), 1)
            return times
        asked = (label("How did it go?", 16, DEMI), None, label("The call was", 13, ink="dim"))
        return row(*asked, *self._chips, self._typed)

    def _choose(self, at: datetime) -> None:
        self._at = at
        self._typed.clear()
        mark_wrong(self._typed, False)

    def _on_typed(self, text: str) -> None:
        at = time_of_day(text, self._clock.now(), self._clock.zone())
        mark_wrong(self._typed, at is None and bool(text.strip()))
        if at is not None:
            self._at = at
            for one in self._chips:
                one.setAutoExclusive(False)
                one.setChecked(False)
                one.setAutoExclusive(True)

    def _logs(self, outcome: Reached) -> Pressed:
        return lambda: self._log(outcome)

    def _chooses(self, at: datetime) -> Pressed:
        return lambda: self._choose(at)

    def _log(self, outcome: Reached) -> None:
        if self._time_is_told():
            self.logged.emit(outcome, self._at, self._note.text().strip())

    def _time_is_told(self) -> bool:
        """Whoever typed a time that is none is led back to it."""
        if self._typed.property("wrong"):
            self._typed.setFocus()
            return False
        return True


def _plan_goes_on(view: LeadView) -> bool:
    """Not the first try, and a plan has the next one: a call that reaches nobody leaves nothing to do now."""
    course = view.course
    runs = course is not None and course.way is not None and course.state is not CourseState.STOPPED
    return runs and any(each.first_response is not None for each in view.enquiries)

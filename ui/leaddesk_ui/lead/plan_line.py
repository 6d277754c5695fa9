"""What comes next with a lead as one quiet line: what and when, or why nothing does; stopped by a word."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from leaddesk.rules.tried import tried
from leaddesk.words.due import Way
from leaddesk.words.states import Outcome
from leaddesk.words.views import LeadView
from leaddesk_ui.action_word import ActionWord
from leaddesk_ui.keys import Action
from leaddesk_ui.layout import row
from leaddesk_ui.text import elided, label

_STOP, _CHOOSE = "Stop", "Choose a plan"


class PlanLine(QFrame):
    """At the foot of an open lead; `pressed` says which of its words it was."""

    pressed = Signal(Action)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("ground", "clear")
        self.setObjectName("plan_line")
        self._text = elided("", 12, ink="dim", tabular=True)
        self._tried = label("", 12, ink="dim", tabular=True)
        self._skip = ActionWord(Action.SKIP_STEP, self.pressed.emit, "Skip")
        self._plan = ActionWord(Action.PLAN, self.pressed.emit, _STOP)
        line = row(margins=(14, 0, 14, 0), space=8)
        line.addWidget(self._text, 1)
        line.addWidget(self._tried)
        for each in (self._skip, self._plan):
            each.add_to(line)
        self.setLayout(line)
        self.hide()

    def show_lead(self, view: LeadView) -> None:
        """Show where the lead stands in its plan; a closed lead has no such line."""
        course = view.course
        runs = course is not None and course.way is not None
        self.setVisible(view.outcome is Outcome.OPEN)
        self._text.say(view.plan or "Nothing is planned: it does not come back by itself")
        self._tried.say(tried(view.timeline).words)
        self._skip.offer(runs and course is not None and course.way is not Way.DECIDE)
        self._plan.button.setText(_STOP if runs else _CHOOSE)
        self._plan.button.setAccessibleName("Stop the plan" if runs else _CHOOSE)

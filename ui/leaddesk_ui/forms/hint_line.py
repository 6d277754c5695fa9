"""What can be done about the form and the source of an enquiry, said at its foot where it is due."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from leaddesk.rules.sources import tells_nothing
from leaddesk.words.lead import Outcome
from leaddesk.words.views import LeadView
from leaddesk_ui.action_word import ActionWord
from leaddesk_ui.keys import Action
from leaddesk_ui.layout import row
from leaddesk_ui.text import elided

_OFFERED = (Action.SOURCES, Action.REGISTER_FORM, Action.POINT)


class HintLine(QFrame):
    """`pressed` says which of its words it was. It is not there while it has nothing to say."""

    pressed = Signal(Action)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("ground", "clear")
        self._text = elided("", 12, ink="dim")
        self._words = {action: ActionWord(action, self.pressed.emit) for action in _OFFERED}
        line = row(self._text, margins=(14, 0, 14, 0))
        line.setStretch(0, 1)
        for each in self._words.values():
            each.add_to(line)
        self.setLayout(line)

    @property
    def is_told(self) -> bool:
        """There is something to say."""
        return bool(self._text.text())

    def show_lead(self, view: LeadView) -> None:
        """Show what is due with this lead."""
        is_lead = view.outcome is not Outcome.NOT_A_LEAD
        sourceless = is_lead and tells_nothing(view.source)
        new_form = view.form is not None and view.form.to_register
        self._words[Action.SOURCES].offer(sourceless)
        self._words[Action.REGISTER_FORM].offer(new_form)
        changed = view.form is not None and view.form.has_changed
        self._words[Action.POINT].offer(new_form or changed)
        parts = []
        if sourceless:
            parts.append("Nothing tells where they found you.")
        if view.form is not None and new_form:
            parts.append(f"First mail of the form “{view.form.title}”: is it read well?")
        if changed:
            parts.append("This form has changed: what you showed is not found in it.")
        self._text.say(" ".join(parts))
        self.setVisible(bool(parts))

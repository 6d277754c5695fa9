"""The bar under a lead: what can be done, each with its key, and the one thing that Enter does."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QPushButton

from leaddesk.words.lead import Outcome, Turn, What
from leaddesk.words.views import LeadView
from leaddesk_ui.buttons import Pressed, key_button, rename, set_primary
from leaddesk_ui.flow import Flow
from leaddesk_ui.keys import BY_ACTION, Action
from leaddesk_ui.layout import row

_BAR = (
    Action.REPLY,
    Action.CALLED,
    Action.TEXT,
    Action.NOTE,
    Action.SNOOZE,
    Action.CLOSE,
)


class ActionBar(QFrame):
    """Says which action was pressed. Buttons that would do nothing are not shown."""

    pressed = Signal(Action)
    next_pressed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("ground", "clear")
        self._buttons: dict[Action, QPushButton] = {
            action: key_button(action, self._says(action)) for action in _BAR
        }
        self._next = key_button(Action.NEXT, self.next_pressed.emit, primary=True)
        line = row(margins=0)
        line.addLayout(Flow(self._buttons.values()), 1)
        line.addWidget(self._next)
        self.setLayout(line)

    def show_lead(self, view: LeadView) -> None:
        """Offer what can be done with this lead."""
        is_open = view.outcome is Outcome.OPEN
        in_portal = view.reply_to is None and view.portal is not None
        reply = self._buttons[Action.REPLY]
        reply.setVisible(view.reply_to is not None or in_portal)
        rename(reply, "Open in the portal" if in_portal else "Reply", BY_ACTION[Action.REPLY].shown)
        self._buttons[Action.TEXT].setVisible(bool(view.phones))
        self._buttons[Action.SNOOZE].setVisible(is_open)
        close = self._buttons[Action.CLOSE]
        rename(close, "Close" if is_open else "Reopen", BY_ACTION[Action.CLOSE].shown)
        decides, enter = is_to_decide(view), BY_ACTION[Action.NEXT].shown
        if decides:
            rename(close, "Decide", f"{BY_ACTION[Action.CLOSE].shown}  {enter}")
        rename(self._next, BY_ACTION[Action.NEXT].word, "" if decides else enter)
        set_primary(close, decides)
        set_primary(self._next, not decides)

    def _says(self, action: Action) -> Pressed:
        return lambda: self.pressed.emit(action)


def is_to_decide(view: LeadView) -> bool:
    """All steps of its plan are behind: a person says what becomes of it."""
    return view.outcome is Outcome.OPEN and view.turn is Turn.OURS and view.what is What.DECIDE

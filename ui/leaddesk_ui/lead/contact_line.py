"""Wishes not to be contacted, over the letter, and whose lead it is, at its foot."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from leaddesk.rules.reach import SEEMED, asked_words
from leaddesk.words.views import LeadView
from leaddesk_ui.buttons import word
from leaddesk_ui.fonts import MEDIUM
from leaddesk_ui.keys import BY_ACTION, Action
from leaddesk_ui.layout import column, frame, row
from leaddesk_ui.text import elided, label


class ContactLine(QFrame):
    """The wish; `holder` is a line of its own, as each there only when there is something to say.

    `pressed` asks for the sheet of its action; `taken_back` and `confirmed` tell of this lead's wishes.
    """

    pressed = Signal(Action)
    taken_back = Signal(int)
    confirmed = Signal(int)
    changed = Signal()
    """It asks now, or does no more."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("ground", "clear")
        self._lead, self.name = 0, ""
        self._asked = elided("", 13, MEDIUM)
        self._stop = word("Yes, stop", self._on_stop, size=13)
        self._back = word("Take back", self._on_back, size=13, ink="dim")
        self._whose = elided("", 12, ink="dim")
        self._give = word("Give to", lambda: self.pressed.emit(Action.GIVE), ink="dim")
        self.is_asking = self.is_held = False
        self.holder = self._holder_line()
        self.setLayout(column(self._wish_line()))
        self.hide()

    def _wish_line(self) -> QFrame:
        self._stop.setObjectName("confirm_wish")
        self._back.setObjectName("take_wish_back")
        self._stop.setAccessibleName("Yes: they asked not to be contacted")
        line = row(margins=(14, 5, 14, 5), space=10)
        line.addWidget(self._asked, 1)
        for part in (self._stop, self._back, label(BY_ACTION[Action.NO_CONTACT].shown, 12, ink="dim")):
            line.addWidget(part)
        return frame("source", line)

    def _holder_line(self) -> QFrame:
        self._give.setObjectName("give_lead")
        line = row(margins=(14, 0, 14, 0), space=8)
        line.addWidget(self._whose, 1)
        line.addWidget(self._give)
        line.addWidget(label(BY_ACTION[Action.GIVE].shown, 12, ink="dim"))
        holder = QFrame()
        holder.setProperty("ground", "clear")
        holder.setLayout(line)
        return holder

    def show_lead(self, view: LeadView) -> None:
        """Show what this lead asked, and whose it is."""
        self._lead, self.name = view.lead, view.name
        sure = [wish for wish in view.opt_outs if wish.is_sure]
        said = " ".join(dict.fromkeys(asked_words(wish.channel) for wish in sure))
        self._asked.say(said or SEEMED)
        self._stop.setVisible(bool(view.opt_outs) and not sure)
        self._back.setText("Take back" if sure else "No, go on")
        self._whose.say(f"{view.whose}’s lead" if view.whose else "")
        self.is_asking, self.is_held = bool(view.opt_outs), bool(view.whose)
        self.setVisible(self.is_asking)
        self.changed.emit()

    def _on_stop(self) -> None:
        self.confirmed.emit(self._lead)

    def _on_back(self) -> None:
        self.taken_back.emit(self._lead)

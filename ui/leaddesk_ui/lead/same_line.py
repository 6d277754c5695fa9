"""Who may be the same person, asked quietly over the letter; with whom the lead was joined, at its foot."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from leaddesk.words.same import Joined, Same
from leaddesk.words.views import LeadView
from leaddesk_ui.buttons import word
from leaddesk_ui.fonts import MEDIUM
from leaddesk_ui.keys import BY_ACTION, Action
from leaddesk_ui.layout import column, frame, row
from leaddesk_ui.text import elided, label


class SameLine(QFrame):
    """The question; `says` is a line of its own. Each is there only when there is something to say."""

    joined_pressed = Signal(int, int)
    """This lead, and the other that may be one with it."""
    refused = Signal(int, int)
    apart_requested = Signal(int)
    """The lead that was joined with this one."""
    changed = Signal()
    """It asks now, or does no more."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("ground", "clear")
        self._lead = 0
        self._offer: Same | None = None
        self._joined: tuple[Joined, ...] = ()
        self._question, self._why = label("", 13, MEDIUM), elided("", 13, ink="dim")
        self._with = elided("", 12, ink="dim")
        self._apart = word("Take apart", self.take_apart, ink="dim")
        self.says = QFrame()
        self._build()

    @property
    def is_asking(self) -> bool:
        """Somebody may be the same person."""
        return self._offer is not None

    @property
    def is_joined(self) -> bool:
        """The lead was joined with others."""
        return bool(self._joined)

    def _ask_line(self) -> QFrame:
        join = word("Join", self._on_join, size=13)
        no = word("No", self._on_no, size=13, ink="dim")
        join.setObjectName("join_same")
        no.setObjectName("not_same")
        join.setAccessibleName("Join: they are the same person")
        no.setAccessibleName("No: they are two people")
        line = row(self._question, margins=(14, 5, 14, 5), space=10)
        line.addWidget(self._why, 1)
        key = BY_ACTION[Action.SAME].shown
        join.setAccessibleDescription(f"Key: {key}, then Enter")
        no.setAccessibleDescription(f"Key: {key}, then N")
        for part in (join, no, label(key, 12, ink="dim")):
            line.addWidget(part)
        return frame("source", line)

    def _build(self) -> None:
        self.says.setProperty("ground", "clear")
        line = row(self._with, margins=(14, 0, 14, 0))
        line.setStretch(0, 1)
        line.addWidget(self._apart)
        key = BY_ACTION[Action.APART].shown
        self._apart.setAccessibleDescription(f"Key: {key}")
        line.addWidget(label(key, 12, ink="dim"))
        self.says.setLayout(line)
        self._apart.setObjectName("take_apart")
        self.setLayout(column(self._ask_line()))
        self.hide()

    def show_lead(self, view: LeadView) -> None:
        """Show with whom it was joined; what was offered for another lead goes."""
        if view.lead != self._lead:
            self._offer = None
        self._lead, self._joined = view.lead, view.joined
        names = " and ".join(each.name for each in view.joined[:2])
        more = len(view.joined) - 2
        self._with.say(f"Joined with {names}{f' and {more} more' if more > 0 else ''}" if names else "")
        self._show()

    def show_offers(self, lead: int, offers: tuple[Same, ...]) -> None:
        """Ask about the first of those who may be the same person."""
        if lead != self._lead:
            return
        self._offer = offers[0] if offers else None
        if self._offer is not None:
            self._question.say(f"Same person as {self._offer.name}?")
            self._why.say(" · ".join(filter(None, (self._offer.known_by, self._offer.why))))
        self._show()

    def take_apart(self) -> None:
        """The one that was joined last goes first; nothing where there is none."""
        if self._joined:
            self.apart_requested.emit(self._joined[-1].lead)

    def _show(self) -> None:
        self.setVisible(self.is_asking)
        self.changed.emit()

    def _on_join(self) -> None:
        if self._offer is not None:
            self.joined_pressed.emit(self._lead, self._offer.lead)

    def _on_no(self) -> None:
        if self._offer is not None:
            self.refused.emit(self._lead, self._offer.lead)

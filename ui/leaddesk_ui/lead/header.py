"""The head of a lead: who, how to reach them, and the loud timer."""

from __future__ import annotations

from datetime import datetime, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from leaddesk.words.states import UNTIL_THEY_REPLY, Outcome, Rung, Turn, What
from leaddesk.words.views import LeadView
from leaddesk_ui.buttons import word
from leaddesk_ui.fonts import DEMI, MEDIUM, scaled
from leaddesk_ui.layout import column, row
from leaddesk_ui.text import elided, ink_of, label
from leaddesk_ui.theme import Theme
from leaddesk_ui.times import timer, waited_words
from leaddesk_ui.tokens import Ink

_OUTCOMES = {
    Outcome.WON: "won",
    Outcome.LOST: "lost",
    Outcome.NO_RESPONSE: "no response",
    Outcome.NOT_A_LEAD: "not a lead",
}


class TimerTile(QFrame):
    """The loud thing on the page: how long they have waited, with the word of its rung."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._time = label("", 28, DEMI, tabular=True, right=True)
        self._under = label("", 11, MEDIUM, right=True)
        self.setLayout(column(self._time, self._under, margins=(14, 6, 14, 8)))
        self._rung: Rung | None = None
        theme.changed.connect(self._colour)

    def show_time(self, waited: timedelta, under: str) -> None:
        """Show a running time; nothing is repainted while it reads the same."""
        number, unit = timer(waited)
        rung = Rung.of(waited)
        self._time.say(f"{number} {unit}".strip())
        self._under.say(f"{rung.value}, {under}")
        self.setAccessibleName(f"{waited_words(waited)}, {rung.value}, {under}")
        if rung is not self._rung:
            self._rung = rung
            ink: Ink = rung.value
            ink_of(self._time, ink)
            ink_of(self._under, ink)
            self._colour()

    def _colour(self) -> None:
        if self._rung is not None:
            ink, ground = self._theme.tokens.rung(self._rung)
            edge = f"border: 1px solid {ink};" if self._theme.tokens.outlined else "border: none;"
            self.setStyleSheet(f"TimerTile {{ background: {ground}; border-radius: 12px; {edge} }}")


class LeadHeader(QFrame):
    """Name, contact line and timer; when the lead covers the queue also the way back, and who waits."""

    back_requested = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("ground", "clear")
        self._name = elided("", 22, DEMI)
        self._contact = elided("", 13, ink="dim", tabular=True)
        self._tile = TimerTile(theme)
        self._settled = label("", 14, DEMI, "dim", right=True)
        self._waits = elided("", 13, MEDIUM, "now", tabular=True)
        self._back = QWidget()
        self._view: LeadView | None = None
        self._build()

    def _build(self) -> None:
        back = row(
            word("Back to the queue", self.back_requested.emit, size=13), label("Esc", 12, ink="dim"), 8
        )
        back.addWidget(self._waits, 1)
        self._back.setLayout(back)
        self._back.hide()
        who = column(None, self._back, self._name, self._contact, None, space=2)
        whole = row()
        whole.addLayout(who, 1)
        whole.addSpacing(scaled(14))
        whole.addWidget(self._settled)
        whole.addWidget(self._tile)
        self.setLayout(whole)

    def show_lead(self, view: LeadView, now: datetime) -> None:
        """Show whose page this is."""
        self._view = view
        name = f"{view.name}, {view.company}" if view.company and view.company != view.name else view.name
        self._name.say(name)
        self._contact.say(
            "   ·   ".join((*view.emails, *(view.spaced or view.phones))) or "No address and no number known"
        )
        sleeps = view.snoozed_until == UNTIL_THEY_REPLY
        waits = view.outcome is Outcome.OPEN and view.turn is Turn.OURS and not sleeps
        self._tile.setVisible(waits)
        self._settled.setVisible(not waits)
        self._settled.say(_settled_words(view))
        self.tick(now)

    def tick(self, now: datetime) -> None:
        """Let the timer run on."""
        if self._view is not None and self._tile.isVisibleTo(self):
            self._tile.show_time(max(timedelta(), now - self._view.since), _since_words(self._view))

    def show_back(self, shown: bool) -> None:
        """The lead covers the queue, or stands beside it."""
        self._back.setVisible(shown)

    def show_waiting(self, name: str, waited: timedelta) -> None:
        """Who else waits longest, beside the way back; no name, nobody."""
        self._waits.say(f"{name} waits {waited_words(waited)}" if name else "")
        ink: Ink = Rung.of(waited).value
        ink_of(self._waits, ink)


def _since_words(view: LeadView) -> str:
    if view.course is not None and view.course.at == view.since:
        return "since it fell due"
    match view.what:
        case What.REPLY:
            return "since they answered"
        case What.NEW:
            return "since they wrote"
    return "since the last word"


def _settled_words(view: LeadView) -> str:
    if view.outcome is not Outcome.OPEN:
        reason = f", {view.reason}" if view.reason else ""
        return f"Closed: {_OUTCOMES[view.outcome]}{reason}"
    return "Asleep until they reply" if view.snoozed_until == UNTIL_THEY_REPLY else "Their move"

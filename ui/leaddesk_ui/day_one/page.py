"""The page of day one: one number, the ladder, and three whom one could still win."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QStackedWidget, QVBoxLayout, QWidget

from leaddesk.words.audit import Audit, Progress
from leaddesk.words.queue import QueueView
from leaddesk_ui.buttons import button, rename, word
from leaddesk_ui.fonts import DEMI, MEDIUM, scaled
from leaddesk_ui.keys import BY_ACTION, Action
from leaddesk_ui.layout import column, frame, row, scrolling
from leaddesk_ui.states import Plain
from leaddesk_ui.text import elided, ink_of, label
from leaddesk_ui.theme import Theme
from leaddesk_ui.tokens import Ink

from . import wording
from .cards import OfferCards
from .ladder import Ladder
from .reading import Reading

if TYPE_CHECKING:
    from leaddesk_ui.needs import Clock

_READ_ONLY = "Your mail was only read: nothing was sent, nothing was changed, nobody was alerted."
_LEFT = 420
_WIDE = 900
"""Below this width what stands beside each other stands under each other."""


class DayOnePage(QFrame):
    """Shows an audit; says what the person wishes. It reads nothing itself."""

    cancel_requested = Signal()
    again_requested = Signal()
    take_requested = Signal(int)
    let_go_requested = Signal(int)
    rest_requested = Signal()
    left = Signal()

    def __init__(self, clock: Clock, theme: Theme) -> None:
        super().__init__()
        self.setProperty("ground", "canvas")
        self.setObjectName("day_one")
        self._clock = clock
        self.account: int | None = None
        """Whose past it shows."""
        self._about = elided("", 13, ink="dim", tabular=True)
        self._number = label("", 56, DEMI, tabular=True)
        self._says = label("", 14, MEDIUM, wrap=True)
        self._number_card = frame("number", column(self._number, self._says, margins=(28, 14, 28, 14)))
        self._never, self._never_why = label("", 16, DEMI, wrap=True), label("", 13, ink="dim", wrap=True)
        self._ladder_head = label("", 13, MEDIUM, "dim")
        self._ladder = Ladder(theme)
        self._cards = OfferCards()
        self._rescue, self._rescue_why = label("", 16, DEMI, wrap=True), label("", 13, ink="dim", wrap=True)
        self._familiar_head = label("People you write with most", 13, MEDIUM, "dim")
        self._familiar = label("", 13, wrap=True)
        self._take = button("Answer", "↵", self._on_take, primary=True)
        self._let_go = button("No response", BY_ACTION[Action.NOT_A_LEAD].shown, self._on_let_go)
        self._rest = button("Close the rest", BY_ACTION[Action.CLOSE].shown, self.rest_requested.emit)
        self._on = button("To the queue", "↵", self.left.emit, primary=True)
        self._plain = Plain((28, 60, 28, 0))
        self._reading = Reading()
        self._stack = QStackedWidget()
        self._halves: list[QBoxLayout] = []
        self._build()

    # ---- what it shows

    def show_progress(self, progress: Progress) -> None:
        """How far the reading is."""
        self._reading.show_progress(progress)
        self._stack.setCurrentWidget(self._reading)

    def show_audit(self, audit: Audit, view: QueueView) -> None:
        """The figures, and those who are offered today."""
        self.account = audit.account
        if not audit.review.enquiries:
            self._plain.say(
                "No enquiries were found in the last 90 days.",
                f"Nobody asked for anything at {audit.email} in that time. {_READ_ONLY}",
                "To the queue",
                "↵",
                self.left.emit,
            )
            self._stack.setCurrentWidget(self._plain)
            return
        self._about.say(wording.about(audit, self._clock.zone()))
        self._show_number(audit)
        self._ladder_head.say(f"How many of the {audit.review.enquiries:,} had an answer within")
        self._ladder.show_review(audit.review)
        self._familiar.say(wording.familiar(audit.familiar))
        for part in (self._familiar, self._familiar_head):
            part.setVisible(bool(audit.familiar))
        self.show_offers(view)
        self._stack.setCurrentWidget(self._content)

    def show_offers(self, view: QueueView) -> None:
        """Those who are offered today; one was taken or let go since."""
        self._cards.show_offers(view.rescue, self._clock.now())
        head, why = wording.rescue(len(view.rescue), view.rescue_total)
        self._rescue.say(head)
        self._rescue_why.say(why)
        rest = view.rescue_total - len(view.rescue)
        rename(self._rest, f"Close the other {rest:,}" if view.rescue else f"Close all {rest:,}", "E")
        self._rest.setVisible(rest > 0)
        for part in (self._take, self._let_go):
            part.setVisible(bool(view.rescue))
        self._rescue_part.setVisible(bool(view.rescue_total))
        self._on.setVisible(not view.rescue_total)

    def show_failure(self, sentence: str, mend: str) -> None:
        """It could not be read."""
        self._plain.say(sentence, mend, "Try again", "↵", self.again_requested.emit)
        self._stack.setCurrentWidget(self._plain)

    def show_cancelled(self) -> None:
        """The person did not want to wait."""
        again = "Nothing was kept. You find it again under Settings, Mailboxes and feeds."
        self._plain.say(
            "The reading was stopped.", again, "Read it after all", "↵", self.again_requested.emit
        )
        self._stack.setCurrentWidget(self._plain)

    # ---- keys

    def press(self, action: Action) -> None:
        """What a key means here."""
        meant: dict[Action, Callable[[], object]] = {
            Action.DOWN: lambda: self._step(1),
            Action.UP: lambda: self._step(-1),
            Action.NEXT: self._on_enter,
            Action.NOT_A_LEAD: self._on_let_go,
            Action.CLOSE: lambda: self.rest_requested.emit() if self._rest.isVisible() else None,
        }
        if action in meant:
            meant[action]()

    @property
    def is_reading(self) -> bool:
        """True while the past is being read."""
        return self._stack.currentWidget() is self._reading

    def _step(self, steps: int) -> None:
        self._cards.step(steps)
        if self._cards.chosen_card is not None:
            self._area.ensureWidgetVisible(self._cards.chosen_card)

    def _on_enter(self) -> None:
        shown = self._stack.currentWidget()
        if shown is self._plain and self._plain.primary is not None:
            self._plain.primary.click()
        elif shown is self._content:
            self._on_take()

    def _on_take(self) -> None:
        if self._cards.chosen is not None:
            self.take_requested.emit(self._cards.chosen.rescue)
        else:
            self.left.emit()

    def _on_let_go(self) -> None:
        if self._cards.chosen is not None and self._stack.currentWidget() is self._content:
            self.let_go_requested.emit(self._cards.chosen.rescue)

    def _on_chosen(self) -> None:
        if self._cards.chosen is not None:
            rename(self._take, f"Answer {self._cards.chosen.name}", "↵")

    # ---- how it is laid out

    def _build(self) -> None:
        self._content = self._build_content()
        for part in (self._reading, self._content, self._plain):
            self._stack.addWidget(part)
        self._cards.chosen_changed.connect(self._on_chosen)
        self._reading.cancel_requested.connect(self.cancel_requested)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._stack)

    def _build_content(self) -> QWidget:
        foot = row(label(_READ_ONLY, 12, ink="dim"), None, self._on)
        self._rescue_part = frame("clear", self._build_rescue())
        lines = column(
            label(wording.TITLE, 22, DEMI),
            4,
            self._about,
            14,
            self._beside(self._number_card, column(None, self._never, 4, self._never_why, None)),
            28,
            self._ladder_head,
            6,
            self._ladder,
            28,
            self._rescue_part,
            20,
            self._familiar_head,
            2,
            self._familiar,
            None,
            foot,
            margins=(56, 28, 56, 20),
        )
        page = QWidget()
        page.setLayout(lines)
        self._area = scrolling(page)
        return self._area

    def _build_rescue(self) -> QBoxLayout:
        leave = word("To the queue", self.left.emit, ink="dim")
        back = row(leave, label("Esc", 12, ink="dim"), None, space=6)
        beside = column(
            self._rescue, 4, self._rescue_why, 14, row(self._take, None), 8,
            row(self._let_go, self._rest, None), 14, back, None,
        )  # fmt: skip
        return self._beside(self._cards, beside)

    def _beside(self, left: QWidget, right: QBoxLayout) -> QBoxLayout:
        left.setMaximumWidth(scaled(_LEFT))
        left.setMinimumWidth(scaled(300))
        half = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        half.setSpacing(scaled(28))
        half.setContentsMargins(0, 0, 0, 0)
        half.addWidget(left, 1)
        half.addLayout(right, 1)
        self._halves.append(half)
        return half

    def _show_number(self, audit: Audit) -> None:
        number, says, rung = wording.headline(audit.review)
        self._number.say(number)
        self._says.say(says)
        ink: Ink = rung.value  # a rung is an ink by its name
        for part in (self._number, self._says):
            ink_of(part, ink)
        self._number_card.setProperty("rung", rung.value)
        self._number_card.style().unpolish(self._number_card)
        self._number_card.style().polish(self._number_card)
        told, why = wording.never(len(audit.unanswered), audit.review)
        self._never.say(told)
        self._never_why.say(why)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_wide = self.width() >= scaled(_WIDE)
        direction = QBoxLayout.Direction.LeftToRight if is_wide else QBoxLayout.Direction.TopToBottom
        for half in self._halves:
            half.setDirection(direction)
            half.setAlignment(Qt.AlignmentFlag.AlignTop)

"""The review page: a sentence with its number, the ladder, when they asked, the sources, the mistakes."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QBoxLayout, QFrame, QStackedWidget, QVBoxLayout, QWidget

from leaddesk.words.review import Asked, Mistake, Week
from leaddesk_ui.buttons import button, word
from leaddesk_ui.flow import Flow
from leaddesk_ui.fonts import DEMI, scaled
from leaddesk_ui.keys import BY_ACTION, Action
from leaddesk_ui.layout import column, empty, frame, row, scrolling
from leaddesk_ui.states import LoadingRows, Plain
from leaddesk_ui.text import ink_of, label
from leaddesk_ui.theme import Theme
from leaddesk_ui.tokens import Ink

from . import wording
from .heat import HeatMap
from .ladder import Ladders
from .mistakes import Mistakes
from .sources import BySource

if TYPE_CHECKING:
    from leaddesk_ui.needs import Clock

_WIDE = 960
_MARGIN = 28


class ReviewPage(QFrame):
    """Shows a week; says what the person wishes. It reads nothing itself."""

    step_requested = Signal(int)
    """So many weeks on."""
    unscheduled_requested = Signal()
    """Show the open leads that nothing brings back."""
    leads_requested = Signal(str, object)
    """A title, and the enquiries behind a figure."""
    mistake_requested = Signal(object)
    """The whole list of a mistake."""
    mend_requested = Signal(object)
    """The step that mends the first of a mistake's list."""
    left = Signal()

    def __init__(self, clock: Clock, theme: Theme) -> None:
        super().__init__()
        self.setProperty("ground", "canvas")
        self.setObjectName("review")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._clock = clock
        self.week: Week | None = None
        before, after = BY_ACTION[Action.WEEK_BEFORE], BY_ACTION[Action.WEEK_AFTER]
        self._days = label("", 13, DEMI, tabular=True)
        self._before = button(before.word, before.shown, lambda: self.step_requested.emit(-1))
        self._after = button(after.word, after.shown, lambda: self.step_requested.emit(1))
        self._note = label("Every figure opens its leads. Works offline.", 12, ink="dim", right=True)
        self._says, self._number = label("", 22, DEMI), label("", 22, DEMI, tabular=True)
        self._beside = label("", 13, wrap=True, tabular=True)
        self._counts = Flow(space=14)
        self._ladders = Ladders(theme)
        self._heat, self._sources, self.mistakes = HeatMap(theme), BySource(), Mistakes()
        self._loading, self._plain = LoadingRows(theme), Plain((28, 40, 28, 0))
        self._stack = QStackedWidget()
        self._build()
        self._connect()

    def _connect(self) -> None:
        self._ladders.pressed.connect(lambda part: self._ask(part.word, part.fits))
        self._ladders.before_requested.connect(lambda: self.step_requested.emit(-1))
        self._heat.pressed.connect(self.leads_requested)
        self._sources.pressed.connect(lambda name: self._ask(name, lambda one: one.source == name))
        self._sources.others_pressed.connect(
            lambda named: self._ask("Other sources", lambda one: one.source not in named)
        )
        self.mistakes.opened.connect(self.mistake_requested)
        self.mistakes.mend_requested.connect(self.mend_requested)
        self._key("Left", lambda: self.step_requested.emit(-1))
        self._key("Right", self._on_after)
        for number, mistake in enumerate(Mistake, 1):
            self._key(str(number), partial(self._mend, mistake))

    def _key(self, sequence: str, pressed: Callable[[], object]) -> None:
        """A key of this page alone."""
        made = QShortcut(QKeySequence(sequence), self)
        made.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        made.activated.connect(pressed)

    # ---- what it shows

    def show_loading(self) -> None:
        """The frame of the page, until the first week is read."""
        self._stack.setCurrentWidget(self._loading)

    def show_failure(self, sentence: str, mend: str, again: Callable[[], object]) -> None:
        """What went wrong; the way to other weeks stays."""
        self._plain.say(sentence, mend, "Try again", "↵", again)
        self._stack.setCurrentWidget(self._plain)

    def show_week(self, week: Week) -> None:
        """Show a week that was read."""
        self.week = week
        today = self._clock.now().astimezone(self._clock.zone()).date()
        is_now = week.first <= today <= week.last
        self._days.say(wording.days(week.first, week.last, today))
        self._after.setEnabled(week.last < today)
        if week.is_new:
            self._show_nobody()
            return
        self._show_headline(week)
        self._ladders.show_reviews(week.review, week.before, "This week" if is_now else "That week")
        self._heat.show_week(week.first, week.asked, self._clock.zone())
        self._sources.show_review(week.review, week.before)
        self.mistakes.show_week(week)
        for part in (self._ladder_card, self._heat_card, self._sources_card, self._mistakes_card):
            part.setVisible(bool(week.review.enquiries))
        self._stack.setCurrentWidget(self._content)

    def press(self, action: Action) -> bool:
        """What a key of the window means here; False where it means nothing."""
        if action is not Action.NEXT:
            return False
        shown = self._stack.currentWidget()
        if shown is self._plain and self._plain.primary is not None:
            self._plain.primary.click()
        elif shown is self._content and self.mistakes.first is not None:
            self._mend(self.mistakes.first)
        return True

    def _show_nobody(self) -> None:
        self._plain.say(
            "Nobody has asked yet.",
            "Once enquiries come in, each week stands here: how long people waited, who never had an answer,"
            " and what can still be mended.",
            "To the queue",
            "↵",
            self.left.emit,
        )
        self._stack.setCurrentWidget(self._plain)

    def _show_headline(self, week: Week) -> None:
        says, number, rung = wording.headline(week.review)
        self._says.say(says)
        self._number.say(number)
        ink: Ink = rung.value if rung is not None else "text"  # a rung is an ink by its name
        ink_of(self._number, ink)
        self._beside.say(wording.beside(week.review, week.before))
        empty(self._counts)
        for text, fits in wording.counts(week.review):
            self._counts.addWidget(word(text, self._asks(text, fits), size=13))
        if week.unscheduled:
            said = wording.unscheduled(week.unscheduled)
            self._counts.addWidget(word(said, self.unscheduled_requested.emit, size=13))
        within = wording.within(week.review, week.before)
        self._counts.addWidget(label(within, 13, ink="dim", tabular=True))

    def _asks(self, title: str, fits: wording.Fits) -> Callable[[], object]:
        return lambda: self._ask(title, fits)

    def _ask(self, title: str, fits: Callable[[Asked], bool]) -> None:
        fitting = tuple(one for one in self.week.asked if fits(one)) if self.week is not None else ()
        if fitting:
            self.leads_requested.emit(title, fitting)

    def _on_after(self) -> None:
        if self._after.isEnabled():
            self.step_requested.emit(1)

    def _mend(self, mistake: Mistake) -> None:
        if self.week is not None and self.week.slips.get(mistake):
            self.mend_requested.emit(mistake)

    # ---- how it is laid out

    def _build(self) -> None:
        head = row(label("Review", 22, DEMI), 14, self._before, self._days, self._after, None,
                   margins=(_MARGIN, 14, _MARGIN, 8))  # fmt: skip
        head.addWidget(self._note)
        self._content = self._build_content()
        for part in (self._loading, self._plain, self._content):
            self._stack.addWidget(part)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(head)
        whole.addWidget(self._stack, 1)

    def _build_content(self) -> QWidget:
        headline = Flow((self._says, self._number), space=6)
        self._ladder_card = _card("", self._counts, self._ladders)
        self._heat_card = _card("When they asked, and how long half of them waited", self._heat)
        self._sources_card = _card("By source", self._sources)
        left = column(self._heat_card, self._sources_card, None, space=8)
        self._mistakes_card = _card("Five mistakes, each a list to empty", self.mistakes)
        self._halves = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._halves.setSpacing(scaled(8))
        self._halves.addLayout(left, 9)
        self._halves.addWidget(self._mistakes_card, 7)
        lines = column(headline, 4, self._beside, 14, self._ladder_card, 8, self._halves, None,
                       margins=(_MARGIN, 8, _MARGIN, 20))  # fmt: skip
        page = QWidget()
        page.setLayout(lines)
        return scrolling(page)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_wide = self.width() >= scaled(_WIDE)
        self._note.setVisible(is_wide)
        direction = QBoxLayout.Direction.LeftToRight if is_wide else QBoxLayout.Direction.TopToBottom
        self._halves.setDirection(direction)


def _card(title: str, *parts: QWidget | Flow) -> QFrame:
    lines = column(margins=14, space=8)
    if title:
        lines.addWidget(label(title, 13, DEMI))
    for part in parts:
        if isinstance(part, QWidget):
            lines.addWidget(part, 1)
        else:
            lines.addLayout(part)
    return frame("card", lines)

"""What stands over the table: the search, whom it shows, from where, in which order, and how many."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QMenu, QPushButton, QWidget

from leaddesk.words.all_leads import Only, Sort, Tally
from leaddesk_ui.buttons import key_button, rename, word
from leaddesk_ui.fields import Field, field
from leaddesk_ui.flow import Flow
from leaddesk_ui.fonts import DEMI, MEDIUM, font, scaled
from leaddesk_ui.keys import Action
from leaddesk_ui.layout import column, row
from leaddesk_ui.text import elided, label, on_button

from . import wording
from .columns import SHAPES, SORTED

_PAUSE_MS = 150
_LONGEST_SOURCE = 28


class LeadsHead(QFrame):
    """Says what the person wishes; shows what it is told."""

    words_changed = Signal(str)
    outcome_chosen = Signal(object)
    unscheduled_chosen = Signal()
    source_chosen = Signal(object)
    sort_chosen = Signal(object)
    sources_requested = Signal()
    new_lead_requested = Signal()
    table_requested = Signal()
    open_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("ground", "clear")
        self.field: Field = _Search(self.table_requested.emit)
        say = self.outcome_chosen.emit
        self.outcomes = {each: self._choice(name, partial(say, each)) for each, name in wording.OUTCOMES}
        self.unscheduled = self._choice(wording.UNSCHEDULED, self.unscheduled_chosen.emit)
        self._source = word("any source", self.sources_requested.emit, size=13)
        self._order = word("", self._ask_order, size=13)
        self._said = elided("", 13, ink="dim", tabular=True)
        self._opens = elided("", 13, ink="dim")
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._sort = Sort()
        self._build()

    def _build(self) -> None:
        self.field.setMaximumWidth(scaled(480))
        self._source.setAccessibleDescription("Key: Alt 0")
        self.field.textEdited.connect(lambda _: self._pause.start())
        self.field.returnPressed.connect(self._on_return)
        self._pause.timeout.connect(lambda: self.words_changed.emit(self.words))
        new_lead = key_button(Action.NEW_LEAD, self.new_lead_requested.emit)
        first = row(label("Leads", 22, DEMI), 8, self.field, space=14)
        first.setStretch(2, 1)
        first.addStretch()
        first.addWidget(new_lead)
        choices = QWidget()
        choices.setLayout(Flow((*self.outcomes.values(), self.unscheduled), 4))
        order = row(label("from", 13, ink="dim"), self._source, 6, self._order, margins=(0, 5, 0, 0), space=6)
        second = row(choices, order, space=14)
        second.setStretch(0, 1)
        second.setAlignment(order, Qt.AlignmentFlag.AlignTop)
        self.setLayout(column(first, 10, second, 6, row(self._said, None, self._opens), space=0))

    @property
    def words(self) -> str:
        """What is being looked for."""
        return self.field.text().strip()

    def clear_words(self) -> bool:
        """Look for nobody in particular; False when that is so already."""
        if not self.field.text():
            return False
        self._pause.stop()
        self.field.clear()
        self.words_changed.emit("")
        return True

    def show_wish(self, only: Only, sort: Sort) -> None:
        """Show what the table is cut down and sorted by."""
        self._sort = sort
        (self.unscheduled if only.unscheduled else self.outcomes[only.outcome]).setChecked(True)
        told = only.source or "any source"
        short = told if len(told) <= _LONGEST_SOURCE else f"{told[: _LONGEST_SOURCE - 1].rstrip()}…"
        rename(self._source, short)
        self._source.setAccessibleName(f"From {told}")
        rename(self._order, wording.order(sort))
        self._order.setAccessibleName(f"Sorted: {wording.order(sort)}")

    def show_tally(self, only: Only, tally: Tally | None) -> None:
        """Show how many there are; None while they are counted."""
        self._said.say(wording.counted(only, tally))
        for outcome, name in wording.OUTCOMES:
            _count(self.outcomes[outcome], name, tally.of(outcome) if tally is not None else None)
        _count(self.unscheduled, wording.UNSCHEDULED, tally.unscheduled if tally is not None else None)

    def show_nothing_counted(self) -> None:
        """Nothing could be read."""
        self._said.say("")

    def show_opens(self, name: str | None) -> None:
        """Say whom Enter opens."""
        self._opens.say(f"Enter opens {name}" if name else "")

    def ask_source(self, sources: Sequence[tuple[str, int]], chosen: str | None) -> None:
        """Let the person choose from where."""
        wishes = [("any source", None), *((f"{text}   {count:,}", text) for text, count in sources)]
        self._menu(self._source, "From where", wishes, chosen, self.source_chosen.emit)

    def _ask_order(self) -> None:
        wishes: list[tuple[str, object]] = []
        for each in SORTED:
            by = SHAPES[each].sort
            assert by is not None
            downs = (True, False) if SHAPES[each].starts_down else (False, True)
            wishes += [(wording.order(Sort(by, down)), Sort(by, down)) for down in downs]
        self._menu(self._order, "In which order", wishes, self._sort, self.sort_chosen.emit)

    def _menu(
        self,
        under: QPushButton,
        name: str,
        wishes: Sequence[tuple[str, object]],
        chosen: object,
        say: Callable[[object], object],
    ) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setAccessibleName(name)
        for words, wish in wishes:
            action = menu.addAction(words.replace("&", "&&"))
            action.triggered.connect(lambda _checked=False, wish=wish: say(wish))
            if wish == chosen:
                menu.setActiveAction(action)
        menu.popup(under.mapToGlobal(QPoint(0, under.height())))

    def _choice(self, name: str, chosen: Callable[[], object]) -> QPushButton:
        made = QPushButton()
        on_button(made, name)
        made.setFont(font(13, MEDIUM, tabular=True))
        made.setProperty("group", True)
        made.setCheckable(True)
        made.setAutoExclusive(True)
        made.setAccessibleName(name)
        made.clicked.connect(lambda _checked: chosen())
        return made

    def _on_return(self) -> None:
        if self._pause.isActive():
            self._pause.stop()
            self.words_changed.emit(self.words)
            self.table_requested.emit()
        else:
            self.open_requested.emit()


def _count(made: QPushButton, name: str, number: int | None) -> None:
    count = f"{number:,}" if number is not None else ""
    on_button(made, f"{name}   {count}".strip())
    made.setAccessibleName(f"{name}: {count}" if count else name)


class _Search(Field):
    """The search; ↓ leaves it for the table."""

    def __init__(self, down: Callable[[], object]) -> None:
        super().__init__()
        self._down = down
        like = field("Find a lead", "Name, address, number or word")
        self.setAccessibleName(like.accessibleName())
        self.setPlaceholderText(like.placeholderText())
        self.setFont(like.font())
        self.setMinimumHeight(like.minimumHeight())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self._down()
        else:
            super().keyPressEvent(event)

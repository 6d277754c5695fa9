"""The page with everybody: sorted and cut down as the person wishes, read a window at a time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QStackedWidget

from leaddesk.rules.find import needles
from leaddesk.words.all_leads import After, Only, Sort, Tally, Window
from leaddesk.words.errors import LeadDeskError
from leaddesk.words.states import Outcome
from leaddesk_ui.keys import Action
from leaddesk_ui.layout import column, frame
from leaddesk_ui.states import LoadingRows, Plain
from leaddesk_ui.tasks import Tasks
from leaddesk_ui.theme import Theme

from . import wording
from .columns import COLUMNS, SORTED
from .head import LeadsHead
from .model import sort_of
from .table import LeadsTable

if TYPE_CHECKING:
    from leaddesk_ui.needs import AllLeads, Clock

WINDOW = 100
"""Rows that are read at a time: two screens and more."""
_MOST_AGAIN = 1000
"""Rows that are read anew at most when something has changed."""


class LeadsPage(QFrame):
    """`lead_opened` when Enter asked for one; `wished` when it is sorted or cut down otherwise."""

    lead_opened = Signal(int)
    new_lead_requested = Signal()
    wished = Signal(object, object)

    def __init__(self, leads: AllLeads, clock: Clock, tasks: Tasks, theme: Theme) -> None:
        super().__init__()
        self.setProperty("ground", "canvas")
        self._leads, self._tasks = leads, tasks
        self.only, self.sort = Only(), Sort()
        self.head = LeadsHead()
        self.table = LeadsTable(theme, clock.now, clock.zone)
        self._plain, self._loading = Plain((4, 28, 18, 0)), LoadingRows(theme, 7)
        self._stack = QStackedWidget()
        self._tally: Tally | None = None
        self._wish = 0
        """Counts what was asked for: an answer to an older wish is not shown."""
        self._build()
        self._connect()

    def _build(self) -> None:
        card = frame("card", column(self.table, margins=(0, 2, 0, 8)))
        for part in (self._loading, card, self._plain):
            self._stack.addWidget(part)
        self._card = card
        whole = column(self.head, 12, margins=(28, 14, 28, 20))
        whole.addWidget(self._stack, 1)
        self.setLayout(whole)
        for place, (outcome, _) in enumerate(wording.OUTCOMES, start=1):
            self._key(str(place), partial(self._on_outcome, outcome))
        self._key(str(len(wording.OUTCOMES) + 1), self.show_unscheduled)
        for place, each in enumerate(SORTED, start=1):
            self._key(f"Alt+{place}", partial(self._on_title, COLUMNS.index(each)))
        self._key("Alt+0", self._read_sources)

    def _connect(self) -> None:
        head, table = self.head, self.table
        head.words_changed.connect(lambda words: self.choose(replace(self.only, words=words)))
        head.outcome_chosen.connect(self._on_outcome)
        head.unscheduled_chosen.connect(self.show_unscheduled)
        head.source_chosen.connect(lambda source: self.choose(replace(self.only, source=source)))
        head.sort_chosen.connect(lambda sort: self.choose(sort=sort))
        head.sources_requested.connect(self._read_sources)
        head.new_lead_requested.connect(self.new_lead_requested)
        head.table_requested.connect(table.setFocus)
        head.open_requested.connect(self.open_chosen)
        table.opened.connect(self.lead_opened)
        table.moved.connect(self._show_opens)
        table.title_pressed.connect(self._on_title)
        table.rows.more_wanted.connect(self._read_more)

    def _key(self, sequence: str, pressed: Callable[[], object]) -> None:
        made = QShortcut(QKeySequence(sequence), self)
        made.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        made.activated.connect(pressed)

    # ---- what the person wishes

    def begin(self, only: Only, sort: Sort) -> None:
        """Show everybody who is wanted; blocks stand there until they are read."""
        self.only, self.sort = only, sort
        self.head.show_wish(only, sort)
        self.head.show_tally(only, None)
        self._stack.setCurrentWidget(self._loading)
        self._read(WINDOW)

    def choose(self, only: Only | None = None, sort: Sort | None = None) -> None:
        """Cut down or sort otherwise."""
        wished = (only or self.only, sort or self.sort)
        if wished == (self.only, self.sort):
            return
        self.only, self.sort = wished
        self.head.show_wish(*wished)
        self.wished.emit(*wished)
        self._read(WINDOW)

    def refresh(self) -> None:
        """Something has changed: read again what is shown."""
        self._read(min(max(WINDOW, self.table.rows.rowCount()), _MOST_AGAIN))

    def open_chosen(self) -> None:
        """Open the chosen lead, or press the button that stands in the table's place."""
        chosen = self.table.chosen
        if self._stack.currentWidget() is self._card and chosen is not None:
            self.lead_opened.emit(chosen.lead)
        elif self._stack.currentWidget() is self._plain and self._plain.primary is not None:
            self._plain.primary.click()

    def press(self, action: Action) -> bool:
        """What a key means here; False where it means nothing."""
        meant: dict[Action, Callable[[], object]] = {
            Action.NEXT: self.open_chosen,
            Action.DOWN: lambda: self.table.step(1),
            Action.UP: lambda: self.table.step(-1),
            Action.FIND: self._find,
        }
        if action in meant:
            meant[action]()
        return action in meant

    def step_back(self) -> bool:
        """Take back the words of a search, or leave its field; False when there is nothing to leave."""
        had_focus = self.head.field.hasFocus()
        if self.head.clear_words():
            return True
        self.table.setFocus()
        return had_focus

    def _find(self) -> None:
        self.head.field.setFocus()
        self.head.field.selectAll()

    def _on_outcome(self, outcome: Outcome | None) -> None:
        self.choose(replace(self.only, outcome=outcome, unscheduled=False))

    def show_unscheduled(self) -> None:
        """Only those that nothing brings back."""
        self.choose(replace(self.only, outcome=None, unscheduled=True))

    def _on_title(self, section: int) -> None:
        sort = sort_of(section, self.sort)
        if sort is not None:
            self.choose(sort=sort)

    # ---- what is read

    def _read(self, count: int) -> None:
        self._wish += 1
        wish, only, sort, leads = self._wish, self.only, self.sort, self._leads

        def show(window: Window) -> None:
            if wish == self._wish:
                self._show(window)
                self._count(wish)

        self._tasks.run(lambda: leads.page(only, sort, None, count), show, self._refusal(wish))

    def _count(self, wish: int) -> None:
        only, leads = self.only, self._leads

        def show(tally: Tally) -> None:
            if wish == self._wish:
                self._show_tally(tally)

        self._tasks.run(lambda: leads.tally(only), show, self._refusal(wish))

    def _read_more(self, after: After) -> None:
        wish, only, sort, leads = self._wish, self.only, self.sort, self._leads

        def add(window: Window) -> None:
            if wish == self._wish:
                self.table.rows.add(window, after)

        self._tasks.run(lambda: leads.page(only, sort, after, WINDOW), add, self._refusal(wish))

    def _read_sources(self) -> None:
        leads, source = self._leads, self.only.source
        self._tasks.run(leads.sources, lambda found: self.head.ask_source(found, source))

    def _refusal(self, wish: int) -> Callable[[Exception], None]:
        def refused(error: Exception) -> None:
            if wish != self._wish:
                return
            self.table.rows.give_up()
            sentence, mend = "Something went wrong here.", "The log has the details."
            if isinstance(error, LeadDeskError):
                sentence, mend = error.sentence, error.mend
            self.head.show_nothing_counted()
            self.head.show_opens(None)
            self._plain.say(sentence, mend, "Try again", "↵", self.refresh)
            self._stack.setCurrentWidget(self._plain)

        return refused

    # ---- what is shown

    def _show(self, window: Window) -> None:
        has_focus = self._stack.isAncestorOf(self.focusWidget()) if self.focusWidget() else False
        self.table.cells.find(needles(self.only.words))
        self.table.show_window(window, self.sort)
        self._stack.setCurrentWidget(self._card if window.rows else self._plain)
        if not window.rows:
            self._show_nobody()
        elif has_focus or self.focusWidget() is None:
            self.table.setFocus()
        self._show_opens()

    def _show_tally(self, tally: Tally) -> None:
        self._tally = tally
        self.head.show_tally(self.only, tally)
        if self._stack.currentWidget() is self._plain:
            self._show_nobody()

    def _show_nobody(self) -> None:
        title, sentence = wording.nobody(self.only, self._tally)
        if self.only.is_everybody:
            self._plain.say(title, sentence)
        else:
            self._plain.say(title, sentence, "Show everybody", "↵", self._show_everybody)

    def _show_everybody(self) -> None:
        self.head.field.clear()
        self.choose(Only())
        self.table.setFocus()

    def _show_opens(self) -> None:
        chosen = self.table.chosen
        self.head.show_opens(chosen.name if chosen is not None else None)

"""What can stand in the queue's place: found leads, mails put away, people we know; built when asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget

from leaddesk.words.queue import QueueView
from leaddesk.words.views import Found, KnownPerson, PutAway
from leaddesk_ui.keys import Action
from leaddesk_ui.tasks import Tasks
from leaddesk_ui.theme import Theme
from leaddesk_ui.times import at_words

from .lines import Line
from .mails import MailPanel
from .panel import Panel
from .rescue import RescuePanel
from .search import SearchPanel

if TYPE_CHECKING:
    from leaddesk_ui.needs import Clock, Find, Queue

_WORDS = {
    Panel.PUT_AWAY: (
        "Not leads",
        "Mails that were put away, each with its reason. One key makes one an enquiry again.",
        "Rescue",
        "Mails that are no leads are listed here for 30 days, each with its reason.",
    ),
    Panel.KNOWN: (
        "People you know",
        "You wrote to them before, so nobody was alerted.",
        "It is an enquiry",
        "Mails from people you wrote to before are listed here.",
    ),
}


class Panels(QStackedWidget):
    """One panel at a time, or none. Signals what the person chose in it."""

    lead_chosen = Signal(int)
    lead_opened = Signal(int)
    rescue_requested = Signal(int)
    raw_requested = Signal(int)
    teach_requested = Signal(int)
    take_requested = Signal(int)
    let_go_requested = Signal(int)
    rest_requested = Signal()
    closed = Signal()

    def __init__(self, queue: Queue, find: Find, clock: Clock, tasks: Tasks, theme: Theme) -> None:
        super().__init__()
        self._queue, self._find, self._clock = queue, find, clock
        self._tasks, self._theme = tasks, theme
        self._built: dict[Panel, SearchPanel | MailPanel | RescuePanel] = {}
        self.shown: Panel | None = None

    def open(self, which: Panel) -> None:
        """Show a panel and read what it shows."""
        self.shown = which
        panel = self._panel(which)
        self.setCurrentWidget(panel)
        if isinstance(panel, SearchPanel):
            panel.begin()
        elif isinstance(panel, MailPanel):
            panel.show_loading()
            self.refresh()

    def search(self, words: str) -> None:
        """Look for these words."""
        panel = self._panel(Panel.FOUND)
        if isinstance(panel, SearchPanel):
            panel.field.setText(words)
            self._on_words(words)

    def show_view(self, view: QueueView) -> None:
        """A queue was read: its offers are today's."""
        if self.shown is Panel.RESCUE and isinstance(panel := self._panel(Panel.RESCUE), RescuePanel):
            panel.show_offers(view.rescue, view.rescue_total, self._clock.now())

    def close_panel(self) -> None:
        """Show none."""
        self.shown = None

    def refresh(self) -> None:
        """Read the mails of the panel that is shown again."""
        if self.shown is Panel.PUT_AWAY:
            self._tasks.run(self._queue.put_away, self._on_put_away)
        elif self.shown is Panel.KNOWN:
            self._tasks.run(self._queue.known, self._on_known)

    def step(self, steps: int) -> None:
        """Down or up in the panel that is shown."""
        if self.shown:
            self._panel(self.shown).step(steps)

    def enter(self) -> None:
        """What Enter does in the panel that is shown."""
        panel = self._panel(self.shown) if self.shown else None
        if isinstance(panel, SearchPanel):
            panel.open()
        elif isinstance(panel, RescuePanel):
            panel.take()
        elif panel is not None:
            panel.rescue()

    def press(self, action: Action) -> bool:
        """What a key that means a lead means in the rescue; False in the other panels."""
        panel = self._panel(self.shown) if self.shown else None
        if not isinstance(panel, RescuePanel):
            return False
        if action is Action.NOT_A_LEAD:
            panel.let_go()
        elif action is Action.CLOSE:
            panel.close_the_rest()
        return action in (Action.NOT_A_LEAD, Action.CLOSE)

    @property
    def mail(self) -> int | None:
        """The mail that is chosen in a list of mails, or None."""
        panel = self._panel(self.shown) if self.shown else None
        return panel.mail if isinstance(panel, MailPanel) else None

    def _panel(self, which: Panel) -> SearchPanel | MailPanel | RescuePanel:
        if which not in self._built:
            self._built[which] = self._build(which)
            self.addWidget(self._built[which])
        return self._built[which]

    def _build(self, which: Panel) -> SearchPanel | MailPanel | RescuePanel:
        if which is Panel.FOUND:
            return self._search()
        return self._rescue() if which is Panel.RESCUE else self._mails(which)

    def _rescue(self) -> RescuePanel:
        panel = RescuePanel(self._theme)
        panel.take_requested.connect(self.take_requested)
        panel.let_go_requested.connect(self.let_go_requested)
        panel.rest_requested.connect(self.rest_requested)
        panel.closed.connect(self.closed)
        return panel

    def _search(self) -> SearchPanel:
        panel = SearchPanel(self._theme, self._found_when)
        panel.words_changed.connect(self._on_words)
        panel.lead_chosen.connect(self.lead_chosen)
        panel.lead_opened.connect(self.lead_opened)
        panel.closed.connect(self.closed)
        return panel

    def _mails(self, which: Panel) -> MailPanel:
        panel = MailPanel(self._theme, *_WORDS[which])
        panel.rescue_requested.connect(self.rescue_requested)
        panel.raw_requested.connect(self.raw_requested)
        panel.teach_requested.connect(self.teach_requested)
        panel.closed.connect(self.closed)
        return panel

    def _on_words(self, words: str) -> None:
        self._tasks.run(lambda: self._find(words) if words else (), self._answer(words))

    def _answer(self, words: str) -> Callable[[tuple[Found, ...]], None]:
        panel = self._panel(Panel.FOUND)
        assert isinstance(panel, SearchPanel)
        return lambda found: panel.show_found(words, found)

    def _on_put_away(self, mails: Sequence[PutAway]) -> None:
        lines = [
            Line(one.mail, one.name or one.email or "Unknown", self._when(one.at), one.subject, one.why)
            for one in mails
        ]
        self._show(Panel.PUT_AWAY, lines)

    def _on_known(self, people: Sequence[KnownPerson]) -> None:
        lines = [
            Line(one.mail, one.name or one.email, self._when(one.at), one.subject, one.email)
            for one in people
        ]
        self._show(Panel.KNOWN, lines)

    def _show(self, which: Panel, lines: Sequence[Line]) -> None:
        panel = self._panel(which)
        if isinstance(panel, MailPanel):
            panel.show_mails(lines)

    def _found_when(self, found: Found) -> str:
        return f"{found.outcome.value.replace('-', ' ')} · {self._when(found.since)}"

    def _when(self, at: datetime) -> str:
        return at_words(at, self._clock.now(), self._clock.zone())

"""What stands around the queue: title, words to press, troubles, people we know, figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QListView, QVBoxLayout, QWidget

from leaddesk.words.queue import QueueView
from leaddesk_ui.buttons import rename, word
from leaddesk_ui.fonts import DEMI, MEDIUM, scaled
from leaddesk_ui.layout import column, row
from leaddesk_ui.text import elided, label

from .lamp import Lamp
from .strip import FiguresStrip
from .wording import counts, known_line

if TYPE_CHECKING:
    from leaddesk_ui.needs import Clock


class TodayFrame(QFrame):
    """Says which of its words was pressed; decides nothing."""

    find_requested = Signal()
    put_away_requested = Signal()
    known_requested = Signal()
    new_lead_requested = Signal()
    import_requested = Signal()

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self.setProperty("ground", "canvas")
        self._counts = label("", 13, MEDIUM, "dim", tabular=True)
        self._put_away = word("Not leads", self.put_away_requested.emit, ink="dim")
        self._known_head = label("", 13, MEDIUM, "dim")
        self._known_names = elided("", 12, ink="dim")
        self._known = QFrame()
        self._tools = QFrame()
        self._place = QVBoxLayout()
        self._strip = FiguresStrip()
        self.lamp = Lamp(clock)
        self.troubles = QVBoxLayout()
        self._build()

    def _build(self) -> None:
        self._build_tools()
        self._build_known()
        self.troubles.setContentsMargins(scaled(8), 0, scaled(8), 0)
        self.troubles.setSpacing(scaled(8))
        head = row(label("Today", 22, DEMI), None, self._counts, margins=(10, 0, 10, 0))
        strip = column(self._strip, 6, self.lamp, margins=(8, 0, 8, 0))
        lines = column(head, self._tools, self.troubles, margins=(8, 14, 4, 8), space=6)
        lines.addLayout(self._place, 1)
        lines.addLayout(strip)
        self.setLayout(lines)

    def _build_tools(self) -> None:
        self._tools.setProperty("ground", "clear")
        words = row(
            word("Find", self.find_requested.emit, ink="dim"),
            label("/", 12, ink="dim"),
            14,
            word("New lead", self.new_lead_requested.emit, ink="dim"),
            label("+", 12, ink="dim"),
            14,
            word("Import", self.import_requested.emit, ink="dim"),
            label("Ctrl I", 12, ink="dim"),
            14,
            self._put_away,
            label("L", 12, ink="dim"),
            None,
            margins=(10, 0, 10, 4),
            space=6,
        )
        self._tools.setLayout(words)

    def _build_known(self) -> None:
        self._known.setProperty("ground", "clear")
        lines = column(self._known_head, self._known_names, space=2)
        show = word("Show", self.known_requested.emit, ink="dim")
        show.setAccessibleName("Show people you know")
        whole = row(margins=(18, 8, 18, 8))
        whole.addLayout(lines, 1)
        whole.addWidget(show)
        whole.addWidget(label("P", 12, ink="dim"))
        self._known.setLayout(whole)
        self._known.hide()

    def put(self, stack: QWidget) -> None:
        """Put in what shows the queue, or what stands in its place."""
        self._place.addWidget(stack, 1)

    def with_known(self, rows: QWidget) -> QWidget:
        """The rows, and the people we know right under them."""
        page = QWidget()
        lines = column()
        lines.addWidget(rows, 1)
        lines.addWidget(self._known)
        lines.addStretch(0)
        page.setLayout(lines)
        return page

    def show_view(self, view: QueueView, rows: QListView) -> None:
        """Counts, figures and known people of a queue."""
        self._counts.say(counts(view))
        rename(self._put_away, f"Not leads, {view.not_leads}" if view.not_leads else "Not leads")
        self._strip.show_figures(view.today, view.week)
        self._show_known(view)
        rows.setMaximumHeight(scaled(84) * max(1, len(view.rows)) + 2)

    def show_around(self, shown: bool) -> None:
        """With a panel in the queue's place, the words to press step back."""
        self._tools.setVisible(shown)

    def _show_known(self, view: QueueView) -> None:
        total = view.known_total
        mails = "One mail from somebody you know" if total == 1 else f"{total} mails from people you know"
        self._known_head.say(mails if total else "")
        names = tuple(one.name or one.email for one in view.known)
        self._known_names.say(known_line(names, total) if total else "")
        self._known.setVisible(bool(total))

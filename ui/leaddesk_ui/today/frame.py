"""What stands around the queue: title, words to press, troubles, people we know, figures."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QListView, QVBoxLayout, QWidget

from leaddesk.words.queue import QueueView
from leaddesk_ui.buttons import rename, word
from leaddesk_ui.fonts import DEMI, MEDIUM, scaled
from leaddesk_ui.keys import BY_ACTION, Action
from leaddesk_ui.layout import column, row
from leaddesk_ui.text import Elided, Words, elided, label

from .lamp import Lamp
from .strip import FiguresStrip
from .wording import counts, known_line, rescue_line, rescue_names

if TYPE_CHECKING:
    from leaddesk_ui.needs import Clock


class TodayFrame(QFrame):
    """Says which of its words was pressed; decides nothing."""

    find_requested = Signal()
    put_away_requested = Signal()
    known_requested = Signal()
    rescue_requested = Signal()
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
        self._rescue_head = label("", 13, MEDIUM, "dim")
        self._rescue_names = elided("", 12, ink="dim")
        self._rescue = QFrame()
        self._junk_head = label("", 13, MEDIUM, "dim")
        self._junk_about = elided("", 12, ink="dim")
        self._junk = QFrame()
        self._tools = QFrame()
        self._place = QVBoxLayout()
        self._strip = FiguresStrip()
        self.lamp = Lamp(clock)
        self.troubles = QVBoxLayout()
        self._build()

    def _build(self) -> None:
        self._build_tools()
        self._under(
            self._known, self._known_head, self._known_names, "Show people you know", Action.KNOWN,
            self.known_requested.emit,
        )  # fmt: skip
        self._under(
            self._rescue, self._rescue_head, self._rescue_names, "Show who can be rescued", Action.RESCUE,
            self.rescue_requested.emit,
        )  # fmt: skip
        self._under(
            self._junk, self._junk_head, self._junk_about, "Show the mails that are no leads",
            Action.NOT_LEADS, self.put_away_requested.emit,
        )  # fmt: skip
        self._junk_about.say("No alert for them; Enter makes one an enquiry")
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

    def _under(
        self, part: QFrame, head: Words, names: Elided, name: str, key: Action, pressed: Callable[[], object]
    ) -> None:
        """Two quiet lines under the rows, with the word and the key that show more."""
        part.setProperty("ground", "clear")
        show = word("Show", pressed, ink="dim")
        show.setAccessibleName(name)
        whole = row(margins=(18, 8, 18, 8))
        whole.addLayout(column(head, names, space=2), 1)
        whole.addWidget(show)
        whole.addWidget(label(BY_ACTION[key].shown, 12, ink="dim"))
        part.setLayout(whole)
        part.hide()

    def put(self, stack: QWidget) -> None:
        """Put in what shows the queue, or what stands in its place."""
        self._place.addWidget(stack, 1)

    def with_known(self, rows: QWidget) -> QWidget:
        """The rows, and the people we know right under them."""
        page = QWidget()
        lines = column()
        lines.addWidget(rows, 1)
        lines.addWidget(self._rescue)
        lines.addWidget(self._known)
        lines.addWidget(self._junk)
        lines.addStretch(0)
        page.setLayout(lines)
        return page

    def show_view(self, view: QueueView, rows: QListView) -> None:
        """Counts, figures and known people of a queue."""
        self._counts.say(counts(view))
        rename(self._put_away, f"Not leads, {view.not_leads}" if view.not_leads else "Not leads")
        self._strip.show_figures(view.today, view.week)
        self._show_known(view)
        self._show_rescue(view)
        self._show_junk(view)
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

    def _show_junk(self, view: QueueView) -> None:
        looks = "One mail in the junk folder looks like an enquiry"
        many = f"{view.junk} in the junk folder look like enquiries"
        self._junk_head.say((looks if view.junk == 1 else many) if view.junk else "")
        self._junk.setVisible(bool(view.junk))

    def _show_rescue(self, view: QueueView) -> None:
        offered, total = len(view.rescue), view.rescue_total
        self._rescue_head.say(rescue_line(offered, total) if total else "")
        self._rescue_names.say(rescue_names(view.rescue))
        self._rescue_names.setVisible(bool(offered))
        self._rescue.setVisible(bool(total))

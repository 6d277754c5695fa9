"""What is overdue, in the window: told unasked after a long time away, and by its key at any time."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from leaddesk.words.due import Way
from leaddesk.words.overdue import OverdueItem

from .keys import Action
from .sheet import SheetHost
from .tasks import Tasks
from .theme import Theme
from .times import at_words

if TYPE_CHECKING:
    from .needs import Desk
    from .overdue_sheet import OverdueSheet

_NOTHING = "Nothing is overdue by more than two days."
_DOES = {Way.EMAIL: Action.REPLY, Way.CALL: Action.CALLED, Way.TEXT: Action.TEXT, Way.WHATSAPP: Action.TEXT,
         Way.TASK: Action.NOTE, Way.DECIDE: Action.CLOSE}  # fmt: skip
Items = tuple[OverdueItem, ...]


class OverdueWork(QObject):
    """`lead_wanted` with a lead and the action that does its step; `said` with what was done."""

    said = Signal(str, bool)
    changed = Signal()
    lead_wanted = Signal(int, object)

    def __init__(
        self, desk: Desk, tasks: Tasks, host: SheetHost, theme: Theme, failed: Callable[[Exception], None]
    ) -> None:
        super().__init__(host)
        self._desk, self._tasks, self._host, self._theme, self._failed = desk, tasks, host, theme, failed
        self._sheet: OverdueSheet | None = None

    def look(self) -> None:
        """At the start: whoever was away for days is told, and nobody else."""
        self._tasks.run(lambda: self._desk.overdue.was_away(), self._on_back, self._failed)  # noqa: PLW0108 - made late

    def _on_back(self, was_away: bool) -> None:
        if was_away:
            self._read(self._open)

    def ask(self) -> None:
        """Show it; where there is nothing, say so."""

        def show(found: Items) -> None:
            self._open(found)
            if not found:
                self.said.emit(_NOTHING, False)

        self._read(show)

    def _read(self, then: Callable[[Items], None]) -> None:
        self._tasks.run(lambda: self._desk.overdue.show(), then, self._failed)  # noqa: PLW0108 - made late

    def _open(self, found: Items) -> None:
        if not found:
            return
        from .overdue_sheet import OverdueSheet  # noqa: PLC0415 - not part of the start

        clock = self._desk.clock
        self._sheet = sheet = OverdueSheet(found, clock.now(), clock.zone(), self._theme)
        sheet.sent.connect(self._send)
        sheet.planned_anew.connect(self._plan_anew)
        sheet.dropped.connect(self._drop)
        sheet.opened.connect(self._do)
        self._host.open(sheet)

    def _do(self, item: OverdueItem) -> None:
        self._host.close_sheet()
        self.lead_wanted.emit(item.lead, _DOES[item.way])

    def _send(self, item: OverdueItem) -> None:
        said = f"Your answer to {item.name} goes out now."
        self._tasks.run(lambda: self._desk.overdue.send(item), lambda _: self._done(said), self._failed)

    def _plan_anew(self, items: Items) -> None:
        def done(last: object) -> None:
            now, zone = self._desk.clock.now(), self._desk.clock.zone()
            until = f" {at_words(last, now, zone)}" if last is not None else ""  # type: ignore[arg-type]  # a time
            self._done(f"{_names(items)}: back{' by' if len(items) > 1 else ''}{until}.")

        self._tasks.run(lambda: self._desk.overdue.plan_anew(items), done, self._failed)

    def _drop(self, items: Items) -> None:
        said = f"Dropped for {_names(tuple(item for item in items if item.way is not Way.DECIDE))}."
        self._tasks.run(lambda: self._desk.overdue.drop(items), lambda _: self._done(said), self._failed)

    def _done(self, said: str) -> None:
        """What is left stays on the sheet; with nothing left it closes."""
        self.said.emit(said, False)
        self.changed.emit()

        def show(found: Items) -> None:
            if self._sheet is None or self._host.sheet is not self._sheet:
                return
            if found:
                self._sheet.show_items(found)
            else:
                self._host.close_sheet()

        self._read(show)


def _names(items: Items) -> str:
    return items[0].name if len(items) == 1 else f"{len(items):,} leads"

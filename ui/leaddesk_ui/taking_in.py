"""What comes in through the window itself: somebody who rang, a pasted text, dropped files."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from leaddesk.words.by_hand import Dropped, Pasted, Typed

from .sheet import SheetHost
from .tasks import Tasks

if TYPE_CHECKING:
    from leaddesk.words.views import Found

    from .needs import Added, Desk
    from .new_lead_sheet import NewLeadSheet

_FOUND = 3
_EVERY = 20
"""Files after which the person hears how far it is."""
_EMPTY = "There is no text to paste. Copy an enquiry first."


class TakingIn(QObject):
    """Opens the sheets, hands to the desk what was said, and can take the last drop back."""

    added = Signal(int, str)
    lead_wanted = Signal(int)
    said = Signal(str, bool)
    """A sentence, and whether it can be taken back."""
    changed = Signal()
    tables_dropped = Signal(list)
    """Files of people, which the import page looks at."""

    def __init__(
        self, desk: Desk, tasks: Tasks, host: SheetHost, failed: Callable[[Exception], None]
    ) -> None:
        super().__init__(host)
        self._desk, self._tasks, self._host, self._failed = desk, tasks, host, failed
        self._undo: Callable[[], str] | None = None
        self._stop = threading.Event()

    # ---- by hand

    def new_lead(self) -> None:
        """Ask who rang."""
        self._open(None)

    def paste(self) -> None:
        """Read what was copied, and show it to be added."""
        text = QGuiApplication.clipboard().text()
        if not text.strip():
            self.said.emit(_EMPTY, False)
            return
        paste = self._desk.paste
        self._tasks.run(lambda: paste.read(text), self.show_pasted, self._failed)

    def show_pasted(self, pasted: Pasted) -> None:
        """Show what a text seems to say, to be added or not."""
        self._open(pasted)

    def _open(self, pasted: Pasted | None) -> None:
        from .new_lead_sheet import NewLeadSheet  # noqa: PLC0415 - not part of the start

        sheet = NewLeadSheet(self._desk.clock, pasted)
        sheet.added.connect(self._on_typed)
        sheet.opened.connect(self._on_known)
        sheet.words_changed.connect(lambda words: self._search(sheet, words))
        self._host.open(sheet)

    def _search(self, sheet: NewLeadSheet, words: str) -> None:
        leads = self._desk.leads

        def found(leads: tuple[Found, ...]) -> None:
            if self._host.sheet is sheet:
                sheet.show_found(words, leads)

        self._tasks.run(lambda: leads.find(words, _FOUND) if words else (), found, self._failed)

    def _on_known(self, lead: int) -> None:
        self._host.close_sheet()
        self.lead_wanted.emit(lead)

    def _on_typed(self, typed: Typed) -> None:
        self._host.close_sheet()
        leads = self._desk.leads

        def add() -> Added:
            return leads.add(
                name=typed.name, phone=typed.number, email=typed.email, company=typed.company,
                message=typed.message, source=typed.source, channel=typed.channel, at=typed.at,
            )  # fmt: skip

        def added(result: Added) -> None:
            name = typed.name or typed.number or typed.email
            said = f"Added to {name}, who was known." if result.joined else f"{name} is in the queue."
            self.added.emit(result.lead, said)

        self._tasks.run(add, added, self._failed)

    # ---- dropped

    def drop(self, paths: Sequence[Path]) -> None:
        """Take in what was dropped; files of people are only named."""
        drops, given, stop = self._desk.drops, tuple(paths), self._stop

        def job(say: Callable[[tuple[int, int]], None]) -> Dropped:
            def heard(done: int, total: int) -> None:
                if done and done % _EVERY == 0:
                    say((done, total))

            return drops.take(given, heard, stop.is_set)

        def told(news: tuple[int, int]) -> None:
            self.said.emit(f"Reading {news[0]:,} of {news[1]:,} files …", False)

        self._tasks.run_apart(job, told, self._on_dropped, self._failed)

    def close(self) -> None:
        """Stop what is being read; what came in stays."""
        self._stop.set()

    def _on_dropped(self, dropped: Dropped) -> None:
        if dropped.enquiries:
            drops = self._desk.drops

            def undo() -> str:
                count = drops.undo(dropped)
                return f"Taken back: {_many(count, 'mail')} put among those that are no leads."

            self._undo = undo
        self.said.emit(dropped_words(dropped), bool(dropped.enquiries))
        self.changed.emit()
        if dropped.unread:
            self._show_unread(dropped)
        if dropped.tables:
            self.tables_dropped.emit(list(dropped.tables))

    def _show_unread(self, dropped: Dropped) -> None:
        from .dropped_sheet import DroppedSheet  # noqa: PLC0415 - seldom seen

        self._host.open(DroppedSheet(dropped_words(dropped), dropped.unread))

    # ---- undo

    def remember(self, undo: Callable[[], str]) -> None:
        """Something that Ctrl+Z takes back next; it returns what to say."""
        self._undo = undo

    def forget(self) -> None:
        """Something else was done since: undo is the desk's again."""
        self._undo = None

    def undo(self) -> bool:
        """Take back the last thing that came in; False when something else was done since."""
        if self._undo is None:
            return False
        undo, self._undo = self._undo, None
        self._tasks.run(undo, self._on_undone, self._failed)
        return True

    def _on_undone(self, sentence: str) -> None:
        self.said.emit(sentence, False)
        self.changed.emit()


def dropped_words(dropped: Dropped) -> str:
    """The sum of a drop in a sentence."""
    parts = []
    if dropped.enquiries:
        parts.append(f"{_many(len(dropped.enquiries), 'mail')} in the queue")
    if dropped.others:
        parts.append(
            f"{_many(dropped.others, 'mail')} that {'is' if dropped.others == 1 else 'are'} none or known"
        )
    if dropped.tables:
        parts.append(f"{_many(len(dropped.tables), 'file')} of people to look at")
    if dropped.unread:
        parts.append(f"{_many(len(dropped.unread), 'file')} not read")
    return (", ".join(parts) or "Nothing was in there") + "."


def _many(count: int, what: str) -> str:
    return f"{count:,} {what}{'' if count == 1 else 's'}"

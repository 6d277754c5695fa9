"""Forms and sources in the window: opens the sheets and hands to the desk what was chosen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from leaddesk.words.account import Feed
from leaddesk.words.errors import LeadDeskError
from leaddesk.words.forms import FormOffer, Mark, Replay, Sample
from leaddesk.words.views import Sourceless
from leaddesk_ui.sheet import SheetHost
from leaddesk_ui.tasks import Tasks
from leaddesk_ui.theme import Theme
from leaddesk_ui.times import at_words

if TYPE_CHECKING:
    from leaddesk_ui.needs import Desk

    from .teach_sheet import TeachSheet

_Asked = tuple[tuple[Sourceless, ...], tuple[str, ...]]


class Forming(QObject):
    """`said` has a sentence and whether it can be taken back; `changed` when lists must be read again."""

    said = Signal(str, bool)
    changed = Signal()

    def __init__(
        self, desk: Desk, tasks: Tasks, failed: Callable[[Exception], None], host: SheetHost, theme: Theme
    ) -> None:
        super().__init__(host)
        self._desk, self._tasks, self._failed = desk, tasks, failed
        self._host, self._theme = host, theme

    # -- forms

    def register(self, offer: FormOffer) -> None:
        """The form of an enquiry is registered with one key."""
        desk = self._desk
        self._tasks.run(lambda: desk.forms.register(offer.form), self._on_registered, self._failed)

    def teach(self, mail: int) -> None:
        """Show how to read mails like this one."""
        desk = self._desk
        self._tasks.run(lambda: desk.forms.sample(mail), self._on_sample, self._failed)

    def show_sample(self, sample: Sample) -> TeachSheet:
        """The sheet to point into."""
        from .teach_sheet import TeachSheet  # noqa: PLC0415 - seldom seen: not part of the start

        sheet = TeachSheet(sample)
        sheet.replay_requested.connect(lambda marks: self._replay(sheet, sample, marks))
        sheet.accepted.connect(self._accept)
        self._host.open(sheet)
        return sheet

    def _on_sample(self, sample: Sample) -> None:
        self.show_sample(sample)

    def _replay(self, sheet: TeachSheet, sample: Sample, marks: tuple[Mark, ...]) -> None:
        desk = self._desk

        def refuse(error: Exception) -> None:
            if not isinstance(error, LeadDeskError):
                raise error
            sheet.refuse(error.whole)

        self._tasks.run(
            lambda: desk.forms.replay(sample.mail, marks),
            lambda replay: sheet.show_replay(replay, self.when),
            refuse,
        )

    def _accept(self, replay: Replay) -> None:
        self._host.close_sheet()
        desk = self._desk
        said = "From now on this form is read as you showed."
        self._tasks.run(lambda: desk.forms.accept(replay), lambda _: self._on_done(said), self._failed)

    def _on_registered(self, feed: Feed) -> None:
        self._on_done(f"“{feed.path}” is registered: it may be acknowledged automatically.")

    # -- sources

    def ask_sources(self, first: int | None = None) -> None:
        """Show the leads without a source; `first` is asked about first."""
        desk = self._desk

        def read() -> _Asked:
            return desk.sources.unknown(), desk.sources.choices()

        self._tasks.run(read, lambda asked: self._open_sources(asked, first), self._failed)

    def _open_sources(self, asked: _Asked, first: int | None) -> None:
        from .sources_sheet import SourcesSheet  # noqa: PLC0415 - seldom seen: not part of the start

        rows, choices = asked
        whens = [self.when(row.at) for row in rows]
        sheet = SourcesSheet(self._theme, rows, choices, whens, first)
        sheet.mended.connect(self._mend)
        self._host.open(sheet)

    def _mend(self, lead: int, text: str) -> None:
        desk = self._desk
        self._tasks.run(
            lambda: desk.sources.mend(lead, text),
            lambda _: self._on_done(f"Noted: {text}.", True),
            self._failed,
        )

    def _on_done(self, said: str, undoable: bool = False) -> None:
        self.said.emit(said, undoable)
        self.changed.emit()

    def when(self, at: datetime) -> str:
        """A time in words."""
        return at_words(at, self._desk.clock.now(), self._desk.clock.zone())

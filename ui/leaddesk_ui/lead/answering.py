"""Answering a lead: the composer, keeping its draft, approving it, and taking it back in time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from leaddesk.rules.when import clock_words
from leaddesk.words.errors import LeadDeskError
from leaddesk.words.outgoing import Draft, OutFile, Outgoing
from leaddesk.words.views import LeadView
from leaddesk.words.writing import Aids
from leaddesk_ui.layout import column
from leaddesk_ui.tasks import Tasks

from .undo_bar import UndoBar

if TYPE_CHECKING:
    from leaddesk_ui.needs import Clock, Reply

    from .composer import Composer


class Answering(QObject):
    """Holds composer and undo bar and speaks with the desk's `reply`. `opened` says that the composer is.

    What was written is never lost to a full disk: the composer closes once its draft is kept, and a draft of
    a lead that is no longer shown waits here.
    """

    opened = Signal(bool)
    done = Signal(int, str, bool)
    said = Signal(str)

    def __init__(self, reply: Reply, clock: Clock, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self._reply, self._clock, self._tasks = reply, clock, tasks
        self.place = QWidget()
        """Where the composer stands."""
        self.bar = UndoBar(clock)
        self._composer: Composer | None = None
        self.place.hide()
        self._names: dict[int, str] = {}
        self._sent: dict[int, Draft] = {}
        self._wanted: int | None = None
        self._unkept: dict[int, Draft] = {}
        """By lead, what the desk could not keep."""
        self._thrown: set[int] = set()
        """Leads whose draft was thrown away while it was being kept."""
        self._saving = 0
        self._approvals: list[Callable[[], None]] = []
        """What waits until all drafts are kept: kept after it, an older text would take it back."""
        self._then: Callable[[tuple[str, ...]], None] | None = None
        self._early: dict[int, str] = {}
        """By lead, what was typed and left before the draft that it belongs to was read."""
        self._closes = False
        """The composer closes as soon as its draft is kept."""
        self.bar.take_back_requested.connect(self._on_take_back)

    @property
    def composer(self) -> Composer:
        """Made when it is first asked for: a morning that only looks does without its memory."""
        if self._composer is None:
            self._composer = self._make()
        return self._composer

    def _make(self) -> Composer:
        from .composer import Composer  # noqa: PLC0415 - not part of the start

        made = Composer()
        made.changed.connect(self._on_changed)
        made.send_requested.connect(self._on_send)
        made.discard_requested.connect(self._on_discard)
        made.closed.connect(self.close)
        made.later_requested.connect(self._on_later)
        made.plain_requested.connect(self._on_plain)
        made.file_requested.connect(self._on_file_wanted)
        made.files_dropped.connect(self._on_files)
        self.place.setLayout(column(made))
        return made

    @property
    def is_open(self) -> bool:
        """True while the composer is shown."""
        return not self.place.isHidden()

    def open(self, view: LeadView) -> None:
        """Open the composer with the lead's draft."""
        if not view.can_reply or (self.is_open and self.composer.lead == view.lead):
            return
        self._names[view.lead] = view.name
        self._thrown.discard(view.lead)
        self._wanted = view.lead
        if unkept := self._unkept.get(view.lead):
            self._on_draft(unkept)
            self._read_aids(view.lead)
            self.composer.was_not_kept("")
            self.composer.keep()
        else:
            self._show()
            self.composer.begin(self._early.pop(view.lead, ""))
            no_draft = partial(self._on_no_draft, view.lead)
            self._read_aids(view.lead)
            self._tasks.run(lambda: self._reply.draft(view.lead), self._on_draft, no_draft)

    def close(self) -> None:
        """Keep the draft and close the composer. It stays, with all that was written, where that fails."""
        self._hold_early()
        self._wanted = None
        self._closes = self.is_open and not self.composer.is_kept
        if self._closes:
            self.composer.keep()
        elif self.is_open:
            self._shut()

    def leave(self) -> None:
        """Another lead is shown: keep the draft and close the composer at once."""
        self._hold_early()
        self._wanted = None
        if self.is_open:
            self.composer.keep()
            self._shut()

    def keep(self) -> None:
        """Keep all drafts now; the window is closing."""
        if self._composer is not None:
            self._composer.keep()
        for draft in self._unkept.values():
            if draft.lead != self.composer.lead:
                self._on_changed(draft)

    def keep_then(self, then: Callable[[tuple[str, ...]], None]) -> None:
        """Keep all drafts, and when the desk has answered call `then` with whose could not be kept."""
        self.keep()
        self._then = then
        self._tell_settled()

    def _tell_settled(self) -> None:
        if not self._saving:
            waiting, self._approvals = self._approvals, []
            for approve in waiting:
                approve()
        if self._then is not None and not self._saving:
            then, self._then = self._then, None
            then(tuple(self._names.get(lead, "them") for lead in self._unkept))

    def _read_aids(self, lead: int) -> None:
        def told(aids: Aids) -> None:
            if lead == self._wanted:
                self.composer.help(aids)

        self._tasks.run(lambda: self._reply.aids(lead), told, self._on_not_told)

    def _on_not_told(self, error: Exception) -> None:
        """One can write without."""
        if not isinstance(error, LeadDeskError):
            raise error

    def _hold_early(self) -> None:
        if self._wanted is not None and self.composer.early.strip():
            self._early[self._wanted] = self.composer.early

    def _shut(self) -> None:
        self._closes = False
        self.composer.let_go()
        self.place.hide()
        self.opened.emit(False)

    def _on_draft(self, draft: Draft) -> None:
        if draft.lead == self._wanted:
            self._closes = False
            self._show()
            if self.composer.lead != draft.lead:  # read twice: what was written since stays
                self.composer.open(draft)
        elif early := self._early.pop(draft.lead, ""):
            from .composer import with_early  # noqa: PLC0415 - loaded by now

            self._unkept[draft.lead] = with_early(draft, early)
            self._on_changed(self._unkept[draft.lead])

    def _on_no_draft(self, lead: int, error: Exception) -> None:
        """What was typed meanwhile stands there again when the composer is opened the next time."""
        if lead == self._wanted:
            self.close()
        if not isinstance(error, LeadDeskError):
            raise error
        self.said.emit(error.whole)

    def _show(self) -> None:
        if not self.is_open:
            self.composer.show()  # made before its place is laid out
            self.place.show()
            self.opened.emit(True)

    def _on_changed(self, draft: Draft) -> None:
        def kept(saved: Draft) -> None:
            self._saving -= 1
            self._on_kept(saved)
            self._tell_settled()

        def failed(error: Exception) -> None:
            self._saving -= 1
            try:
                self._on_not_kept(draft, error)
            finally:
                self._tell_settled()

        self._saving += 1
        self._tasks.run(lambda: self._reply.save(draft), kept, failed)

    def _on_kept(self, draft: Draft) -> None:
        if draft.lead in self._thrown:
            self._thrown.discard(draft.lead)
            self._throw_away(draft)
            return
        self._unkept.pop(draft.lead, None)
        self.composer.was_kept(draft)
        if draft.told:
            self.bar.stop()
        if draft.told and (self._closes or self.composer.lead != draft.lead):
            self.said.emit(draft.told)
        if self._closes and self.composer.lead == draft.lead:
            self.close()

    def _on_not_kept(self, draft: Draft, error: Exception) -> None:
        if draft.lead in self._thrown:
            self._thrown.discard(draft.lead)
            return
        self._unkept[draft.lead] = draft
        self._closes = False
        if not isinstance(error, LeadDeskError):
            raise error
        if self.composer.lead == draft.lead:
            self.composer.was_not_kept(error.whole)
        else:
            name = self._names.get(draft.lead, "them")
            self.said.emit(f"Your answer to {name} is not kept yet and waits there. {error.sentence}")

    def _on_send(self, draft: Draft) -> None:
        def approved(outgoing: Outgoing) -> None:
            self._sent[outgoing.id] = draft
            self._unkept.pop(draft.lead, None)
            if self.composer.lead == draft.lead:
                self.composer.let_go()
                self.close()
            self.bar.start(outgoing, self._names.get(draft.lead, "them"))
            self.done.emit(draft.lead, "", False)

        self._approve(lambda: self._reply.approve(draft), approved)

    def _on_later(self, draft: Draft, when: datetime | str) -> None:
        def approved(outgoing: Outgoing) -> None:
            self._unkept.pop(draft.lead, None)
            if self.composer.lead == draft.lead:
                self.composer.let_go()
                self.close()
            self.done.emit(draft.lead, self._later_words(outgoing), False)

        self._approve(lambda: self._reply.approve(draft, at=when), approved)

    def _approve(self, job: Callable[[], Outgoing], approved: Callable[[Outgoing], None]) -> None:
        self._approvals.append(lambda: self._tasks.run(job, approved, self._on_not_approved))
        self._tell_settled()

    def _later_words(self, outgoing: Outgoing) -> str:
        at = outgoing.not_before or outgoing.updated_at
        words = clock_words(at, self._clock.now(), self._clock.zone())
        return f"Goes out {words}. It comes back to you if they write first."

    def _on_plain(self, lead: int) -> None:
        def approved(outgoing: Outgoing) -> None:
            self.bar.start(outgoing, self._names.get(lead, "them"))
            self.done.emit(lead, "The plain line goes out. Your answer waits here until you send it.", False)

        self._tasks.run(lambda: self._reply.send_plain(lead), approved, self._on_not_added)

    def _on_file_wanted(self) -> None:
        chosen, _ = QFileDialog.getOpenFileNames(self.composer, "Send files with your answer")
        self._on_files(chosen)

    def _on_files(self, paths: Sequence[str]) -> None:
        lead = self.composer.lead

        def enclosed(files: tuple[OutFile, ...]) -> None:
            if self.composer.lead == lead:
                self.composer.add_files(files)

        if paths and lead is not None:
            found = [Path(each) for each in paths]
            self._tasks.run(lambda: self._reply.enclose(found), enclosed, self._on_not_added)

    def _on_not_added(self, error: Exception) -> None:
        if not isinstance(error, LeadDeskError):
            raise error
        self.composer.tell(error.whole)

    def _on_not_approved(self, error: Exception) -> None:
        self.composer.try_again()
        if not isinstance(error, LeadDeskError):
            raise error
        self.composer.was_not_kept(error.whole)

    def _on_discard(self, draft: Draft) -> None:
        self._unkept.pop(draft.lead, None)
        self.close()
        if draft.outgoing is not None:
            self._throw_away(draft)
        elif self._saving:
            self._thrown.add(draft.lead)

    def _throw_away(self, draft: Draft) -> None:
        outgoing = draft.outgoing
        assert outgoing is not None
        self._tasks.run(
            lambda: self._reply.discard(outgoing),
            lambda _: self.done.emit(draft.lead, "Draft thrown away.", False),
        )

    def _on_take_back(self, outgoing: int) -> None:
        self.bar.stop()
        self._tasks.run(lambda: self._reply.cancel(outgoing), self._on_taken_back)

    def _on_taken_back(self, outgoing: Outgoing) -> None:
        self.done.emit(outgoing.lead, "Taken back: it was not sent. Your text is here again.", False)
        self._wanted = outgoing.lead
        self._tasks.run(lambda: self._reply.draft(outgoing.lead), self._on_draft)
        self._read_aids(outgoing.lead)

    def take_back(self, outgoing: int) -> None:
        """Take back a mail that waits for its time."""
        self._on_take_back(outgoing)

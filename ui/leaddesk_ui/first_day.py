"""Day one in the window: reads a mailbox's past, shows it, and does what is wished with the rescue."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from leaddesk.words.audit import Audit, Progress, Step
from leaddesk.words.errors import LeadDeskError
from leaddesk.words.queue import QueueView

from .keys import Action
from .tasks import Tasks
from .theme import Theme

if TYPE_CHECKING:
    from .day_one.page import DayOnePage
    from .needs import Desk

_DAYS = 90
_BEGUN = Progress(Step.CONNECT)
Shown = tuple[Audit | None, QueueView]


class FirstDay(QObject):
    """`show` puts a page beside the rail; `leave_requested` goes back to the queue."""

    said = Signal(str, bool)
    changed = Signal()
    lead_wanted = Signal(int)
    leave_requested = Signal()

    def __init__(
        self,
        desk: Desk,
        tasks: Tasks,
        theme: Theme,
        show: Callable[[QWidget], None],
        failed: Callable[[Exception], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._desk, self._tasks, self._theme = desk, tasks, theme
        self._show, self._failed = show, failed
        self.page: DayOnePage | None = None
        self._account: int | None = None
        self._by_itself = False
        self._cancelled = threading.Event()
        self._taking = False
        self._ended: datetime | None = None
        """When the last ones were let go that an undo would bring back."""

    # ---- the page

    def begin(self) -> None:
        """A mailbox was added: read the past of the newest. Where it holds no enquiry, nothing stays open."""
        accounts = self._desk.accounts

        def read() -> int | None:
            watched = [account.id for account in accounts.list() if account.is_watched]
            return max(watched, default=None)

        def begun(account: int | None) -> None:
            if account is not None:
                self._by_itself = True
                self._read(account)

        self._tasks.run(read, begun, self._failed)

    def open(self, account: int) -> None:
        """Show what was found in a mailbox; read it where that was never done."""
        self._by_itself = False

        def shown(found: Shown) -> None:
            audit, view = found
            if audit is None:
                self._read(account)
            else:
                self._shown().show_audit(audit, view)

        self._tasks.run(
            lambda: (self._desk.audit.last(account), self._desk.queue.today()), shown, self._failed
        )

    def press(self, action: Action) -> bool:
        """Do what a key means on the page; False where the page is not in sight."""
        if self.page is None or not self.page.isVisible():
            return False
        self.page.press(action)
        return True

    def step_back(self) -> bool:
        """Esc: stop reading; False where there is nothing to stop."""
        if self.page is None or not self.page.isVisible() or not self.page.is_reading:
            return False
        self._cancelled.set()
        return True

    def refresh(self) -> None:
        """The queue changed: so may have the offers."""
        if self.page is not None and self.page.isVisible() and self.page.account is not None:
            self._tasks.run(self._desk.queue.today, self.page.show_offers, self._failed)

    def _shown(self) -> DayOnePage:
        page = self.page = self.page or self._build()
        if not page.isVisible():
            self._show(page)
        return page

    def _build(self) -> DayOnePage:
        from .day_one.page import DayOnePage  # noqa: PLC0415 - seldom seen: not part of the start

        page = DayOnePage(self._desk.clock, self._theme)
        page.cancel_requested.connect(self.step_back)
        page.again_requested.connect(self._on_again)
        page.take_requested.connect(self.take)
        page.let_go_requested.connect(self.let_go)
        page.rest_requested.connect(self.close_the_rest)
        page.left.connect(self.leave_requested)
        return page

    # ---- reading

    def _on_again(self) -> None:
        if self._account is not None:
            self._read(self._account)

    def _read(self, account: int) -> None:
        self._account = account
        stop = self._cancelled = threading.Event()
        self._shown().show_progress(_BEGUN)
        desk = self._desk

        def job(say: Callable[[Progress], None]) -> Shown:
            audit = desk.audit.run(account, _DAYS, say, stop.is_set)
            return audit, desk.queue.today()

        self._tasks.run_apart(job, self._on_progress, self._on_read, self._on_not_read)

    def _on_progress(self, progress: Progress) -> None:
        if self.page is not None and self.page.is_reading:
            self.page.show_progress(progress)

    def _on_read(self, found: Shown) -> None:
        audit, view = found
        page, in_sight = self._shown_if_in_sight()
        if audit is None:
            page.show_cancelled()
        elif in_sight and self._by_itself and not audit.review.enquiries:
            self.leave_requested.emit()
        else:
            page.show_audit(audit, view)
        if audit is not None:
            self.changed.emit()
            if not in_sight and audit.review.enquiries:
                self.said.emit("The past of your mailbox is read: see Settings, Mailboxes and feeds.", False)

    def _shown_if_in_sight(self) -> tuple[DayOnePage, bool]:
        """The page; somebody who went elsewhere meanwhile is left there."""
        page = self.page = self.page or self._build()
        return page, page.isVisible()

    def _on_not_read(self, error: Exception) -> None:
        if not isinstance(error, LeadDeskError):
            self._failed(error)
            error = LeadDeskError("Something went wrong here.", "The log has the details.")
        page, _ = self._shown_if_in_sight()
        page.show_failure(error.sentence, error.mend)

    # ---- the rescue

    def take(self, rescue: int) -> None:
        """Make one a lead, and open it with an answer."""
        if self._taking:
            return
        self._taking = True
        self.said.emit("Fetching what they wrote …", False)
        desk = self._desk
        self._tasks.run_apart(
            lambda _: desk.rescue.take(rescue), lambda _: None, self._on_taken, self._on_not_taken
        )

    def let_go(self, rescue: int) -> None:
        """No response, and none to come."""

        def done(moment: datetime) -> None:
            self._ended = moment
            self.said.emit("Closed: no response.", True)
            self.changed.emit()

        self._tasks.run(lambda: self._desk.rescue.let_go(rescue), done, self._failed)

    def close_the_rest(self) -> None:
        """No response for all but those who are offered today."""

        def done(closed: tuple[int, datetime]) -> None:
            count, self._ended = closed
            self.said.emit(f"Closed {count:,}: no response.", True)
            self.changed.emit()

        self._tasks.run(self._desk.rescue.close_the_rest, done, self._failed)

    def undo(self) -> bool:
        """Bring back who was let go last; False where something else was done since."""
        if self._ended is None:
            return False
        moment, self._ended = self._ended, None
        self._tasks.run(lambda: self._desk.rescue.bring_back(moment), self._on_back, self._failed)
        return True

    def forget(self) -> None:
        """Something else was done since: undo is the others' again."""
        self._ended = None

    def _on_taken(self, lead: int) -> None:
        self._taking = False
        self.forget()
        self.said.emit("A lead now, with the time at which it really came.", False)
        self.changed.emit()
        self.lead_wanted.emit(lead)

    def _on_not_taken(self, error: Exception) -> None:
        self._taking = False
        self._failed(error)

    def _on_back(self, count: int) -> None:
        self.said.emit("Taken back: it waits again." if count == 1 else f"Taken back: {count:,} wait.", False)
        self.changed.emit()

"""One sign-in with the browser as the person sees it: waiting, then the steps, or why it came to nothing."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from leaddesk.words.account import Account, AccountReport, TestStep
from leaddesk.words.errors import LeadDeskError, NotSignedIn
from leaddesk.words.sign_in import Refusal
from leaddesk_ui.layout import column
from leaddesk_ui.links import open_link
from leaddesk_ui.tasks import Tasks
from leaddesk_ui.theme import Theme

from .refusal_card import RefusalCard
from .steps import StepsCard
from .waiting_card import WaitingCard

if TYPE_CHECKING:
    from leaddesk_ui.needs import Accounts, Clock

REST_MS = 900
"""The finished steps are seen for a moment before it goes on by itself."""
_News = str | TestStep
"""The address that the browser is sent to, or a step that ended."""


class BrowserFlow(QWidget):
    """`done` with the account that is kept; `left` when the person takes it back or wants other words.

    Leaving the page must `stop` it: nobody would come back from the browser to anything.
    """

    done = Signal(object)
    left = Signal()

    def __init__(self, accounts: Accounts, clock: Clock, tasks: Tasks, theme: Theme) -> None:
        super().__init__()
        self._accounts, self._clock, self._tasks = accounts, clock, tasks
        self._cancel: threading.Event | None = None
        self._account: Account | None = None
        self._may_change = True
        self._waiting, self._refusal, self._steps = WaitingCard(), RefusalCard(), StepsCard(theme)
        self._waiting.cancelled.connect(self.stop)
        self._refusal.again.connect(self._on_again)
        self._refusal.changed.connect(self.left)
        self._steps.retry_requested.connect(self._on_again)
        self._steps.carried_on.connect(self._on_carried_on)
        self.setLayout(column(self._waiting, self._refusal, self._steps))
        self._show(None)

    def begin(self, account: Account, *, may_change: bool = True) -> None:
        """Send the person's browser to the authority; `may_change` where there are fields to go back to."""
        self.stop()
        cancel = self._cancel = threading.Event()
        self._account, self._may_change = account, may_change
        self._show(self._waiting)
        self._waiting.begin(self._who)
        accounts = self._accounts

        def job(say: Callable[[_News], None]) -> AccountReport:
            return accounts.sign_in(account, open_browser=say, on_step=say, cancel=cancel)

        self._tasks.run_apart(
            job,
            partial(self._on_news, cancel),
            partial(self._on_report, cancel),
            partial(self._on_refused, cancel),
        )

    def rehearse(self, account: Account, came: str | LeadDeskError | AccountReport) -> None:
        """Show what would be seen, for a picture: no browser is opened and nobody waits.

        `came` is the address of the sign-in while it is waited for, or what came of it.
        """
        self._account = account
        if isinstance(came, str):
            self._show(self._waiting)
            self._waiting.begin(self._who)
            self._waiting.show_link(self._who, came, came_up=True)
        elif isinstance(came, LeadDeskError):
            self._tell(came)
        else:
            for step in came.tests:
                self._on_step(step)
            self._on_ended(came)

    def stop(self) -> None:
        """Wait no more. What was tried already goes on to its end."""
        if self._cancel is not None:
            self._cancel.set()

    @property
    def is_waiting(self) -> bool:
        """True while the person is in the browser."""
        return self._waiting.isVisibleTo(self)

    @property
    def _who(self) -> str:
        account = self._account
        return (account.signer or account.email) if account else ""

    # ---- Esc takes the sign-in back, not the page

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and self.is_waiting and _is_escape(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.is_waiting and _is_escape(event):
            self.stop()
        else:
            super().keyPressEvent(event)

    # ---- what comes of it; a sign-in that another one replaced is not heard any more

    def _on_news(self, cancel: threading.Event, news: _News) -> None:
        if cancel is not self._cancel or cancel.is_set():
            return
        if isinstance(news, str):
            self._waiting.show_link(self._who, news, came_up=open_link(news))
        else:
            self._on_step(news)

    def _on_step(self, step: TestStep) -> None:
        if self._steps.isHidden():
            self._show(self._steps)
            self._steps.begin(by_browser=True)
        self._steps.ended(step, self._clock.now(), self._clock.zone())

    def _on_report(self, cancel: threading.Event, report: AccountReport) -> None:
        if cancel is self._cancel:
            self._cancel = None
            self._on_ended(report)

    def _on_ended(self, report: AccountReport) -> None:
        missed = next((test for test in report.tests if not test.ok), None)
        if report.ok:
            self._account = report.account
        if missed is None:
            QTimer.singleShot(REST_MS, self, self._on_carried_on)
        elif report.ok:
            self._steps.open_bearable(missed)
        else:
            failed = next(test for test in report.tests if not (test.ok or test.bearable))
            self._steps.open_failed(failed, None)

    def _on_refused(self, cancel: threading.Event, error: Exception) -> None:
        if cancel is not self._cancel:
            return
        self._cancel = None
        if isinstance(error, NotSignedIn) and error.refusal is Refusal.CANCELLED:
            self._show(None)
            self.left.emit()
            return
        if not isinstance(error, LeadDeskError):
            self._show(None)
            self.left.emit()
            raise error
        self._tell(error)

    def _tell(self, error: LeadDeskError) -> None:
        self._show(self._refusal)
        self._refusal.say(error, may_change=self._may_change)

    def _on_again(self, _password: str = "") -> None:
        if self._account is not None:
            self.begin(self._account, may_change=self._may_change)

    def _on_carried_on(self) -> None:
        self.done.emit(self._account)

    def _show(self, shown: QWidget | None) -> None:
        for part in (self._waiting, self._refusal, self._steps):
            part.setVisible(part is shown)


def _is_escape(event: QEvent) -> bool:
    return isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape

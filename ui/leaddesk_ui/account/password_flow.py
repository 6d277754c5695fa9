"""One try with a password as the person sees it: the steps as they go, and the one that failed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from leaddesk.words.account import Account, AccountReport, Proposal, TestStep
from leaddesk.words.errors import LeadDeskError
from leaddesk_ui.layout import column
from leaddesk_ui.tasks import Tasks
from leaddesk_ui.theme import Theme

from .browser_flow import REST_MS
from .steps import StepsCard
from .trying import try_servers

if TYPE_CHECKING:
    from leaddesk_ui.needs import Accounts, Clock


class PasswordFlow(QWidget):
    """`done` with the account that is kept; `again` with the password that was typed for another try.

    `refused` with a sentence: nothing was tried, or it could not be kept.
    """

    done = Signal(object)
    again = Signal(str)
    refused = Signal(str)

    def __init__(self, accounts: Accounts, clock: Clock, tasks: Tasks, theme: Theme) -> None:
        super().__init__()
        self._accounts, self._clock, self._tasks = accounts, clock, tasks
        self._proposal: Proposal | None = None
        self._kept: Account | None = None
        self._steps = StepsCard(theme)
        self._steps.retry_requested.connect(self.again)
        self._steps.carried_on.connect(self._on_carried_on)
        self.setLayout(column(self._steps))

    def begin(self, account: Account, proposal: Proposal, password: str) -> None:
        """Try the account on the proposed servers until one answers."""
        self._proposal = proposal
        self._steps.begin()
        accounts = self._accounts
        self._tasks.run_apart(
            lambda say: try_servers(accounts, account, proposal, password, say),
            self._on_step,
            self._on_report,
            self._on_refused,
        )

    def _on_step(self, test: TestStep | None) -> None:
        if test is None:
            self._steps.begin()
        else:
            self._steps.ended(test, self._clock.now(), self._clock.zone())

    def _on_report(self, report: AccountReport) -> None:
        missed = next((test for test in report.tests if not test.ok), None)
        self._kept = report.account
        if missed is None:
            QTimer.singleShot(REST_MS, self, self._on_carried_on)
        elif report.ok:
            self._steps.open_bearable(missed)
        else:
            failed = next(test for test in report.tests if not (test.ok or test.bearable))
            self._steps.open_failed(failed, self._proposal.provider if self._proposal else None)

    def _on_carried_on(self) -> None:
        self.done.emit(self._kept)

    def _on_refused(self, error: Exception) -> None:
        if not isinstance(error, LeadDeskError):
            raise error
        self.refused.emit(error.whole)

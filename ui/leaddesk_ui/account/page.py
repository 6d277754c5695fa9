"""The account page: first start, and a further mailbox later. One column, no rail."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from leaddesk.words.account import AccountReport, Proposal, SignIn, TestStep
from leaddesk.words.errors import LeadDeskError
from leaddesk_ui.buttons import Switch, button, word
from leaddesk_ui.fields import field, mark_wrong, password_field
from leaddesk_ui.fonts import DEMI, scaled
from leaddesk_ui.layout import column, frame, row, scrolling
from leaddesk_ui.tasks import Tasks
from leaddesk_ui.text import label
from leaddesk_ui.theme import Theme

from .details import PersonFields, ServerFields, build_account
from .steps import StepsCard
from .trying import try_servers
from .wording import NO_KEYRING, browser_words, proposal_words

if TYPE_CHECKING:
    from leaddesk_ui.needs import Accounts, Clock

_WIDTH = 620
_REST_MS = 900
"""The finished steps are seen for a moment before the page goes on by itself."""


class AccountPage(QWidget):
    """`done` when a mailbox was added, with a sentence; `left` when the person goes back without one."""

    done = Signal(str)
    left = Signal()
    autostart_chosen = Signal(bool)
    """Said with `done`, where the person wants LeadDesk to start at login."""

    def __init__(self, accounts: Accounts, clock: Clock, tasks: Tasks, theme: Theme) -> None:
        super().__init__()
        self._accounts, self._clock, self._tasks = accounts, clock, tasks
        self._proposal: Proposal | None = None
        self._vault: str | None = ""
        self._address = field("Mail address", "name@example.com")
        self._address.setObjectName("address")
        self._told = label("", 12, ink="dim", wrap=True)
        self._others = word("Other servers", self._show_servers, ink="dim")
        self._password = password_field("Password", "The mailbox’s password, or its app password")
        self._password.setObjectName("password")
        self._person, self._servers = PersonFields(), ServerFields()
        self._autostart = Switch("Start LeadDesk when I sign in to this computer")
        self._keyring = label("", 12, ink="dim", wrap=True)
        self._browser = label("", 14, wrap=True)
        self._connect_button = button("Connect", "↵", self._on_connect, primary=True)
        self._next = button("Next", "↵", self._on_address, primary=True)
        self._steps = StepsCard(theme)
        self._rest = QFrame()
        self._build()
        self._connect()

    def _build(self) -> None:
        self.setProperty("ground", "canvas")
        self._rest.setProperty("ground", "clear")
        self._rest.setLayout(
            column(
                self._password,
                self._keyring,
                self._person,
                self._autostart,
                6,
                row(self._connect_button, None),
                space=8,
            )
        )
        self._browser_card = frame("card", column(self._browser, margins=(20, 14, 20, 14)))
        told = row(margins=(14, 0, 14, 0))
        told.addWidget(self._told, 1)
        told.addWidget(self._others)
        lines = column(
            label("Which mailbox do enquiries come to?", 22, DEMI),
            8,
            label("LeadDesk reads it and answers through it.", 14, ink="dim", wrap=True),
            label(
                "The password goes into this computer’s keyring and nowhere else.", 14, ink="dim", wrap=True
            ),
            20,
            self._address,
            4,
            told,
            8,
            self._servers,
            row(self._next, None),
            self._browser_card,
            8,
            self._rest,
            self._steps,
            14,
            row(word("Not now", self.left.emit, ink="dim"), None),
        )
        self._lay_out(lines)
        for part in (self._others, self._rest, self._steps, self._browser_card):
            part.hide()

    def _lay_out(self, lines: QVBoxLayout) -> None:
        inner = QWidget()
        inner.setMaximumWidth(scaled(_WIDTH))
        inner.setLayout(lines)
        content = QWidget()
        across = QHBoxLayout()
        across.addStretch(1)
        across.addWidget(inner, 100)
        across.addStretch(1)
        down = QVBoxLayout(content)
        down.setContentsMargins(*(scaled(28),) * 4)
        down.addStretch(1)
        down.addLayout(across, 0)
        down.addStretch(5)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolling(content))

    def _connect(self) -> None:
        self._address.returnPressed.connect(self._on_address)
        self._address.textEdited.connect(self._on_typed)
        self._password.returnPressed.connect(self._on_connect)
        self._steps.retry_requested.connect(self._on_retry)

    def begin(self) -> None:
        """Put the cursor into the address."""
        self._address.setFocus()
        self._tasks.run(self._accounts.vault_name, self._on_vault)

    def rehearse(self, address: str) -> None:
        """Go through the set-up as far as it comes, for a picture."""
        self._address.setText(address)
        accounts = self._accounts
        self._tasks.run(lambda: accounts.propose(address), self._on_rehearsed)

    def _on_rehearsed(self, proposal: Proposal) -> None:
        self._on_proposal(proposal)
        self._try("")

    # ---- address and proposal

    def _on_typed(self) -> None:
        mark_wrong(self._address, False)
        if self._proposal is not None and self._address.text().strip() != self._proposal.email:
            self._proposal = None
            for part in (self._rest, self._others, self._servers, self._steps, self._browser_card):
                part.hide()
            self._next.show()

    def _on_address(self) -> None:
        if address := self._address.text().strip():
            self._tasks.run(lambda: self._accounts.propose(address), self._on_proposal, self._on_no_address)

    def _on_no_address(self, error: Exception) -> None:
        if not isinstance(error, LeadDeskError):
            raise error
        mark_wrong(self._address, True)
        self._told.say(f"{error.sentence} {error.mend}".strip())

    def _on_proposal(self, proposal: Proposal) -> None:
        self._proposal = proposal
        self._told.say(proposal_words(proposal))
        browser = proposal.sign_in is SignIn.BROWSER
        self._browser.say(browser_words(proposal))
        self._browser_card.setVisible(browser)
        self._next.hide()
        self._rest.setVisible(not browser)
        self._others.setVisible(not browser)
        self._servers.propose(proposal)
        self._person.propose(proposal)
        if not browser:
            self._password.setFocus()

    def _show_servers(self) -> None:
        self._servers.setVisible(self._servers.isHidden())

    def _on_vault(self, name: str | None) -> None:
        self._vault = name
        if name is None:
            self._keyring.say(NO_KEYRING)
        else:
            self._keyring.say(f"It is kept in {name}.")

    # ---- the test

    def _on_connect(self) -> None:
        if self._proposal is None:
            self._on_address()
        elif not self._password.text():
            mark_wrong(self._password, True)
            self._password.setFocus()
        else:
            mark_wrong(self._password, False)
            self._try(self._password.text())

    def _on_retry(self, password: str) -> None:
        self._try(password or self._password.text())

    def _try(self, password: str) -> None:
        proposal, typed = self._proposal, self._servers.typed()
        if proposal is None or typed is None:
            return
        proposal = replace(
            proposal,
            imap=(typed.imap,) if typed.imap else proposal.imap,
            smtp=(typed.smtp,) if typed.smtp else proposal.smtp,
        )
        if not proposal.imap or not proposal.smtp:
            self._servers.show()
            return
        account = build_account(proposal, self._person, self._servers, keep_in_memory=self._vault is None)
        self._rest.hide()
        self._steps.show()
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
        failed = next((test for test in report.tests if not test.ok), None)
        if failed is None:
            self._password.clear()
            said = f"{report.account.email} is watched from now on. The last 72 hours are being read."
            if self._autostart.isChecked():
                self.autostart_chosen.emit(True)
            QTimer.singleShot(_REST_MS, self, lambda: self.done.emit(said))
            return
        provider = self._proposal.provider if self._proposal else None
        self._steps.open_failed(failed, provider)

    def _on_refused(self, error: Exception) -> None:
        """Nothing was tried, or it could not be kept: back to the fields with the sentence."""
        if not isinstance(error, LeadDeskError):
            raise error
        self._steps.hide()
        self._rest.show()
        self._told.say(f"{error.sentence} {error.mend}".strip())

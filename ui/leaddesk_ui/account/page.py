"""The account page: first start, and a further mailbox later. One column, no rail."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from leaddesk.words.account import Account, AccountReport, Client, Proposal
from leaddesk.words.errors import LeadDeskError
from leaddesk.words.sign_in import Authority
from leaddesk_ui.buttons import button, word
from leaddesk_ui.fields import field, mark_wrong
from leaddesk_ui.fonts import DEMI, scaled
from leaddesk_ui.layout import column, in_the_middle, row, scrolling
from leaddesk_ui.tasks import Tasks
from leaddesk_ui.text import label
from leaddesk_ui.theme import Theme

from .asked import Asked
from .browser_flow import BrowserFlow
from .details import ServerFields, build_account
from .knowing import Known, by_browser, look_up
from .password_flow import PasswordFlow
from .way import WayLine
from .wording import BY_PASSWORD, by_browser_words, proposal_words

if TYPE_CHECKING:
    from leaddesk_ui.needs import Accounts, Clock

_WIDTH = 620


class AccountPage(QWidget):
    """`done` when a mailbox was added, with a sentence; `left` when the person goes back without one."""

    done = Signal(str)
    left = Signal()
    autostart_chosen = Signal(bool)
    """Said with `done`, where the person wants LeadDesk to start at login."""
    folders_requested = Signal(object, str, object)
    """The account as it stands in the fields, its password, and who is told the name that is chosen."""

    def __init__(self, accounts: Accounts, clock: Clock, tasks: Tasks, theme: Theme) -> None:
        super().__init__()
        self._accounts, self._tasks = accounts, tasks
        self._known: Known | None = None
        self._proposal: Proposal | None = None
        self._authority: Authority | None = None
        """Where the person signs in with the browser; None for a password."""
        self._address = field("Mail address", "name@example.com")
        self._address.setObjectName("address")
        self._promise = label(BY_PASSWORD, 14, ink="dim", wrap=True)
        self._told = label("", 12, ink="dim", wrap=True)
        self._others = word("Other servers", self._show_servers, ink="dim")
        self._way, self._servers, self._asked = WayLine(self._others), ServerFields(), Asked()
        self._next = button("Next", "↵", self._on_address, primary=True)
        self._by_password = PasswordFlow(accounts, clock, tasks, theme)
        self._by_browser = BrowserFlow(accounts, clock, tasks, theme)
        self._build()
        self._connect()

    def _build(self) -> None:
        self.setProperty("ground", "canvas")
        told = row(margins=(14, 0, 14, 0))
        told.addWidget(self._told, 1)
        told.addWidget(self._others)
        inner = QWidget()
        inner.setMaximumWidth(scaled(_WIDTH))
        inner.setLayout(
            column(
                label("Which mailbox do enquiries come to?", 22, DEMI),
                8,
                label("LeadDesk reads it and answers through it.", 14, ink="dim", wrap=True),
                self._promise,
                20,
                self._address,
                4,
                told,
                row(self._way, margins=(14, 4, 14, 0)),
                8,
                self._servers,
                row(self._next, None),
                8,
                self._asked,
                self._by_password,
                self._by_browser,
                14,
                row(word("Not now", self._on_left, ink="dim"), None),
            )
        )
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolling(in_the_middle(inner)))
        self._hide_rest()

    def _connect(self) -> None:
        self._address.returnPressed.connect(self._on_address)
        self._address.textEdited.connect(self._on_typed)
        self._asked.ready.connect(self._on_ready)
        self._way.chosen.connect(self._choose_way)
        self._servers.folders_requested.connect(self._on_folders)
        self._by_password.again.connect(self._on_again)
        self._by_password.refused.connect(self._on_refused)
        self._by_password.done.connect(self._on_done)
        self._by_browser.left.connect(self._on_taken_back)
        self._by_browser.done.connect(self._on_done)

    def begin(self) -> None:
        """Put the cursor into the address."""
        self._address.setFocus()
        self._tasks.run(self._accounts.vault_name, self._asked.take_vault)

    def rehearse(self, address: str, came: str | LeadDeskError | AccountReport | None = None) -> None:
        """Go through the set-up as far as it comes, for a picture; with the browser to what `came` of it."""
        self._address.setText(address)
        accounts = self._accounts
        self._tasks.run(accounts.vault_name, self._asked.take_vault)

        def found(known: Known) -> None:
            self._on_known(known)
            if self._authority is None:
                self._go_on("")
            elif came is not None and self._proposal is not None:
                self._show_flow(self._by_browser)
                self._by_browser.rehearse(self._account(self._proposal), came)

        self._tasks.run(lambda: look_up(accounts, address), found)

    # ---- address and proposal

    def _hide_rest(self) -> None:
        parts = (self._asked, self._others, self._servers, self._by_password, self._by_browser, self._way)
        for part in parts:
            part.hide()

    def _on_typed(self) -> None:
        mark_wrong(self._address, False)
        if self._proposal is not None and self._address.text().strip() != self._proposal.email:
            self._proposal = self._known = None
            self._by_browser.stop()
            self._hide_rest()
            self._next.show()

    def _on_address(self) -> None:
        accounts = self._accounts
        if address := self._address.text().strip():
            self._tasks.run(lambda: look_up(accounts, address), self._on_known, self._on_no_address)

    def _on_no_address(self, error: Exception) -> None:
        if not isinstance(error, LeadDeskError):
            raise error
        mark_wrong(self._address, True)
        self._told.say(error.whole)

    def _on_known(self, known: Known) -> None:
        self._known = known
        self._next.hide()
        self._others.show()
        self._asked.person.propose(known.proposal)
        self._choose_way(known.authority)

    def _choose_way(self, authority: Authority | None) -> None:
        """By a password, or at an authority: what is asked for from here on."""
        if (known := self._known) is None:
            return
        self._authority = authority
        self._proposal = by_browser(known.proposal, authority) if authority else known.proposal
        self._told.say(proposal_words(self._proposal, authority))
        self._promise.say(by_browser_words(authority) if authority else BY_PASSWORD)
        self._servers.propose(self._proposal)
        self._servers.offer_folders(authority is None)
        self._way.show_ways(known, authority)
        self._back_to_fields()
        self._asked.show_way(authority, known.clients.get(authority.name) if authority else None)

    def _show_servers(self) -> None:
        self._servers.setVisible(self._servers.isHidden())

    def _on_left(self) -> None:
        self._by_browser.stop()
        self.left.emit()

    # ---- trying it

    def _on_ready(self) -> None:
        if self._authority is not None or self._asked.has_password():
            self._go_on(self._asked.password)

    def _on_again(self, password: str) -> None:
        self._go_on(password or self._asked.password)

    def _go_on(self, password: str) -> None:
        if (proposal := self._typed_proposal()) is None:
            return
        if self._authority is None:
            self._show_flow(self._by_password)
            self._by_password.begin(self._account(proposal), proposal, password)
        elif (client := self._asked.guide.client) is not None:
            self._show_flow(self._by_browser)
            self._by_browser.begin(self._account(proposal, client, self._asked.guide.signer))

    def _typed_proposal(self) -> Proposal | None:
        """With the servers as they were typed; None where one is missing or cannot be read."""
        proposal, typed = self._proposal, self._servers.typed()
        if proposal is None or typed is None:
            return None
        imap = (typed.imap,) if typed.imap else proposal.imap
        smtp = (typed.smtp,) if typed.smtp else proposal.smtp
        if not imap or not smtp:
            self._servers.show()
            return None
        return replace(proposal, imap=imap, smtp=smtp)

    def _account(self, proposal: Proposal, client: Client | None = None, signer: str = "") -> Account:
        asked = self._asked
        account = build_account(proposal, asked.person, self._servers, keep_in_memory=asked.keeps_in_memory)
        return replace(account, client=client, signer=signer)

    def _on_folders(self) -> None:
        if self._asked.has_password() and (proposal := self._typed_proposal()) is not None:
            account, password = self._account(proposal), self._asked.password
            self.folders_requested.emit(account, password, self._servers.take_folder)

    def _show_flow(self, flow: QWidget) -> None:
        """The fields go. Beside a password the other ways stay: it may be the wrong one for this mailbox."""
        self._asked.hide()
        flow.show()
        if flow is self._by_browser:
            self._way.hide()

    # ---- what came of it

    def _back_to_fields(self) -> None:
        self._by_password.hide()
        self._by_browser.hide()
        self._asked.show()
        self._way.show_again()

    def _on_refused(self, sentence: str) -> None:
        """Nothing was tried, or it could not be kept: back to the fields with the sentence."""
        self._back_to_fields()
        self._told.say(sentence)

    def _on_taken_back(self) -> None:
        self._back_to_fields()
        self._asked.return_to()

    def _on_done(self, account: Account) -> None:
        self._asked.forget_password()
        if self._asked.wants_autostart:
            self.autostart_chosen.emit(True)
        self.done.emit(f"{account.email} is watched from now on. The last 72 hours are being read.")

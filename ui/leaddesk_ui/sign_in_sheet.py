"""Signing in again to one mailbox with the browser: at once, where nothing must be entered first."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent

from leaddesk.words.account import Account
from leaddesk.words.sign_in import Authority

from .account.browser_flow import BrowserFlow
from .account.guide import ClientGuide
from .buttons import button
from .layout import column, frame, row
from .sheet import Sheet
from .tasks import Tasks
from .text import elided
from .theme import Theme

if TYPE_CHECKING:
    from .needs import Accounts, Clock


class SignInSheet(Sheet):
    """`signed_in` when the mailbox can be opened again."""

    signed_in = Signal(object)

    def __init__(
        self,
        account: Account,
        authority: Authority,
        accounts: Accounts,
        clock: Clock,
        tasks: Tasks,
        theme: Theme,
    ) -> None:
        super().__init__(f"Sign in to {account.email}", 660)
        self._account, self._rehearsed = account, ""
        self._guide = ClientGuide(shared=False)
        self._guide.show_way(authority, None)
        if account.client is not None:
            self._guide.fill_in(account.client)
        self._flow = BrowserFlow(accounts, clock, tasks, theme)
        sign_in = button("Sign in with the browser", "↵", self._sign_in, primary=True)
        below = row(None, sign_in, margins=(20, 0, 20, 12))
        self._fields = frame("clear", column(self._guide, below))
        title = row(elided(f"Sign in to {account.email}", 13, ink="dim"), margins=(20, 12, 20, 0))
        lines = column(title, margins=4)
        lines.addWidget(self._fields)
        lines.addWidget(self._flow)
        self.setLayout(lines)
        self._guide.ready.connect(self._sign_in)
        self._flow.left.connect(self._show_fields)
        self._flow.done.connect(self.signed_in)

    def hideEvent(self, event: QHideEvent) -> None:
        """Closed, and not only hidden with the window: nobody waits for the browser any more."""
        if self.isHidden():
            self._flow.stop()
        super().hideEvent(event)

    def rehearse(self, address: str) -> None:
        """Wait for nobody, for a picture."""
        self._rehearsed = address

    def begin(self) -> None:
        if self._rehearsed:
            self._fields.hide()
            self._flow.rehearse(self._account, self._rehearsed)
        elif self._account.client is None:
            self._show_fields()
        else:
            self._sign_in()

    def _sign_in(self) -> None:
        if (client := self._guide.client) is not None:
            self._fields.hide()
            self._flow.show()
            self._flow.begin(replace(self._account, client=client))

    def _show_fields(self) -> None:
        self._flow.hide()
        self._fields.show()
        self._guide.begin()

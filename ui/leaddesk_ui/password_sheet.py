"""Asking for the password of one mailbox: for today, or to be kept in the keyring."""

from __future__ import annotations

from PySide6.QtCore import Signal

from leaddesk.words.account import Account

from .buttons import Switch, button
from .fields import mark_wrong, password_field
from .fonts import DEMI
from .layout import column, row
from .sheet import Sheet
from .text import elided, label


class PasswordSheet(Sheet):
    """`given` with the account, its password, and whether it is to be kept."""

    given = Signal(int, str, bool)

    def __init__(self, account: Account, vault: str | None) -> None:
        super().__init__(f"Password of {account.email}", 560)
        self._account = account
        self._password = password_field("Password", "The mailbox’s password or app password")
        self._keep = Switch(f"Keep it in {vault}")
        self._keep.setChecked(vault is not None)
        self._keep.setVisible(vault is not None)
        lines = column(elided(f"Password of {account.email}", 16, DEMI), 6, margins=(28, 20, 28, 20), space=8)
        lines.addWidget(self._password)
        lines.addWidget(self._keep)
        if vault is None:
            said = "There is no keyring here: it is kept in memory until LeadDesk ends, and asked again then."
            lines.addWidget(label(said, 12, ink="dim", wrap=True))
        lines.addLayout(row(None, button("Sign in", "↵", self._on_given, primary=True)))
        self._password.returnPressed.connect(self._on_given)
        self.setLayout(lines)

    def begin(self) -> None:
        self._password.setFocus()

    def _on_given(self) -> None:
        password = self._password.text()
        mark_wrong(self._password, not password)
        if password:
            self._password.clear()
            self.given.emit(self._account.id, password, self._keep.isChecked() and not self._keep.isHidden())

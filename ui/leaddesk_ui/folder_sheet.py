"""Choosing the folder of a mailbox that is watched, where the one that was watched is gone."""

from __future__ import annotations

from PySide6.QtCore import Signal

from leaddesk.words.account import Account

from .buttons import button
from .fields import field, mark_wrong
from .fonts import DEMI
from .layout import column, row
from .sheet import Sheet
from .text import elided, label


class FolderSheet(Sheet):
    """`chosen` with the account and the name of its folder, exactly as the mail server has it."""

    chosen = Signal(object, str)

    def __init__(self, account: Account) -> None:
        super().__init__(f"Folder of {account.email}", 560)
        self._account = account
        self._folder = field("Folder", "INBOX", account.folder)
        lines = column(
            elided(f"Which folder of {account.email}?", 16, DEMI), 6, margins=(28, 20, 28, 20), space=8
        )
        lines.addWidget(self._folder)
        lines.addWidget(
            label("As the mail server writes it, for example INBOX or Enquiries/Website.", 12, ink="dim")
        )
        lines.addLayout(row(None, button("Watch it", "↵", self._on_chosen, primary=True)))
        self._folder.returnPressed.connect(self._on_chosen)
        self.setLayout(lines)

    def begin(self) -> None:
        self._folder.setFocus()
        self._folder.selectAll()

    def _on_chosen(self) -> None:
        folder = self._folder.text().strip()
        mark_wrong(self._folder, not folder)
        if folder:
            self.chosen.emit(self._account, folder)

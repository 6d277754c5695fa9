"""The sheets of the whole window: all keys, a mail as it came, a password."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from leaddesk.words.account import Account

from .sheet import SheetHost
from .tasks import Tasks

if TYPE_CHECKING:
    from .needs import Accounts, Desk


class WindowSheets(QObject):
    """Opens them and hands to the desk what was filled in."""

    signed_in = Signal()

    def __init__(self, desk: Desk, tasks: Tasks, host: SheetHost) -> None:
        super().__init__(host)
        self._desk, self._tasks, self._host = desk, tasks, host

    def keys(self) -> None:
        """Show all keys."""
        from .keys_sheet import KeysSheet  # noqa: PLC0415 - seldom seen: not part of the start

        self._host.open(KeysSheet())

    def raw(self, mail: int) -> None:
        """Show a mail as it came."""
        self._tasks.run(lambda: self._desk.receive.raw(mail), self._on_raw)

    def password(self, account_id: int | None) -> None:
        """Ask for a mailbox's password; without an id, for that of the first mailbox."""
        accounts = self._desk.accounts

        def read() -> tuple[Account | None, str | None]:
            return _chosen(accounts.list(), account_id), accounts.vault_name()

        self._tasks.run(read, self._on_password)

    def folder(self, account_id: int) -> None:
        """Ask which folder of a mailbox to watch."""
        accounts = self._desk.accounts
        self._tasks.run(lambda: _chosen(accounts.list(), account_id), self._on_folder)

    def unlock(self) -> None:
        """Let the desktop ask for the keyring's own password; it may take a minute."""
        accounts: Accounts = self._desk.accounts

        def job(_say: object) -> None:
            accounts.unlock()

        self._tasks.run_apart(job, lambda _: None, lambda _: self.signed_in.emit())

    def _on_raw(self, raw: bytes) -> None:
        from .mail_sheet import MailSheet  # noqa: PLC0415 - not part of the start

        self._host.open(MailSheet(raw))

    def _on_password(self, asked: tuple[Account | None, str | None]) -> None:
        from .password_sheet import PasswordSheet  # noqa: PLC0415 - not part of the start

        account, vault = asked
        if account is not None:
            sheet = PasswordSheet(account, vault)
            sheet.given.connect(self._on_given)
            self._host.open(sheet)

    def _on_folder(self, account: Account | None) -> None:
        from .folder_sheet import FolderSheet  # noqa: PLC0415 - not part of the start

        if account is not None:
            sheet = FolderSheet(account)
            sheet.chosen.connect(self._on_folder_chosen)
            self._host.open(sheet)

    def _on_folder_chosen(self, account: Account, folder: str) -> None:
        self._host.close_sheet()
        accounts, changed = self._desk.accounts, replace(account, folder=folder)
        self._tasks.run(lambda: accounts.change(changed), lambda _: self.signed_in.emit())

    def _on_given(self, account_id: int, password: str, keep: bool) -> None:
        self._host.close_sheet()
        accounts = self._desk.accounts

        def job(_say: object) -> None:
            accounts.give_password(account_id, password, keep=keep)

        self._tasks.run_apart(job, lambda _: None, lambda _: self.signed_in.emit())


def _chosen(accounts: Sequence[Account], account_id: int | None) -> Account | None:
    if account_id is None:
        return accounts[0] if accounts else None
    return next((one for one in accounts if one.id == account_id), None)

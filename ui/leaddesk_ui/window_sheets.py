"""The sheets of the whole window: all keys, a mail as it came, a sign-in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from leaddesk.rules.authorities import by_host
from leaddesk.words.account import Account, SignIn
from leaddesk.words.sign_in import Authority

from .sheet import SheetHost
from .tasks import Tasks
from .theme import Theme

if TYPE_CHECKING:
    from .needs import Accounts, Desk


@dataclass(frozen=True, slots=True)
class _Opening:
    """What is asked of the person to open a mailbox: a password, or the browser at an authority."""

    account: Account
    vault: str | None
    authority: Authority | None


class WindowSheets(QObject):
    """Opens them and hands to the desk what was filled in."""

    signed_in = Signal()
    said = Signal(str)

    def __init__(self, desk: Desk, tasks: Tasks, host: SheetHost, theme: Theme) -> None:
        super().__init__(host)
        self._desk, self._tasks, self._host, self._theme = desk, tasks, host, theme

    def keys(self) -> None:
        """Show all keys."""
        from .keys_sheet import KeysSheet  # noqa: PLC0415 - seldom seen: not part of the start

        self._host.open(KeysSheet())

    def raw(self, mail: int) -> None:
        """Show a mail as it came."""
        self._tasks.run(lambda: self._desk.receive.raw(mail), self._on_raw)

    def password(self, account_id: int | None) -> None:
        """Ask for what opens a mailbox: its password, or a sign-in with the browser. No id: the first's."""
        accounts = self._desk.accounts

        def read() -> _Opening | None:
            account = _chosen(accounts.list(), account_id)
            return _opening(accounts, account) if account is not None else None

        self._tasks.run(read, self._on_opening)

    def unlock(self) -> None:
        """Let the desktop ask for the keyring's own password; it may take a minute."""
        accounts: Accounts = self._desk.accounts

        def job(_say: object) -> None:
            accounts.unlock()

        self._tasks.run_apart(job, lambda _: None, lambda _: self.signed_in.emit())

    def _on_raw(self, raw: bytes) -> None:
        from .mail_sheet import MailSheet  # noqa: PLC0415 - not part of the start

        self._host.open(MailSheet(raw))

    def _on_opening(self, asked: _Opening | None) -> None:
        if asked is None:
            return
        if asked.authority is not None:
            self._open_sign_in(asked.account, asked.authority)
            return
        from .password_sheet import PasswordSheet  # noqa: PLC0415 - not part of the start

        sheet = PasswordSheet(asked.account, asked.vault)
        sheet.given.connect(self._on_given)
        self._host.open(sheet)

    def _open_sign_in(self, account: Account, authority: Authority) -> None:
        from .sign_in_sheet import SignInSheet  # noqa: PLC0415 - not part of the start

        desk = self._desk
        sheet = SignInSheet(account, authority, desk.accounts, desk.clock, self._tasks, self._theme)
        sheet.signed_in.connect(self._on_signed_in)
        self._host.open(sheet)

    def _on_signed_in(self, account: Account) -> None:
        self._host.close_sheet()
        self.said.emit(f"You are signed in to {account.email} again.")
        self.signed_in.emit()

    def _on_given(self, account_id: int, password: str, keep: bool) -> None:
        self._host.close_sheet()
        accounts = self._desk.accounts

        def job(_say: object) -> None:
            accounts.give_password(account_id, password, keep=keep)

        self._tasks.run_apart(job, lambda _: None, lambda _: self.signed_in.emit())


def _opening(accounts: Accounts, account: Account) -> _Opening:
    authority = None
    if account.sign_in is SignIn.BROWSER:
        name = account.client.authority if account.client else ""
        known = accounts.authorities()
        authority = next((one for one in known if one.name == name), None) or by_host(
            account.imap.host, known
        )
    return _Opening(account, accounts.vault_name(), authority)


def _chosen(accounts: Sequence[Account], account_id: int | None) -> Account | None:
    if account_id is None:
        return accounts[0] if accounts else None
    return next((one for one in accounts if one.id == account_id), None)

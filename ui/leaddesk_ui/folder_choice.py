"""Which folder of a mailbox is watched: asked of the person in a sheet, and kept with the account."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from leaddesk.words.account import Account
from leaddesk.words.mail import Role

from .sheet import SheetHost
from .tasks import Tasks

if TYPE_CHECKING:
    from .needs import Accounts


class FolderChoice(QObject):
    """Opens the sheet and hands to the desk what was chosen. `changed` when another folder is watched."""

    changed = Signal()
    said = Signal(str)

    def __init__(self, accounts: Accounts, tasks: Tasks, host: SheetHost) -> None:
        super().__init__(host)
        self._accounts, self._tasks, self._host = accounts, tasks, host

    def of_kept(self, account_id: int, which: str = Role.INBOX) -> None:
        """Ask which folder takes the place of one that is watched (the value of a Role)."""
        accounts, role = self._accounts, Role(which)

        def read() -> Account | None:
            return next((one for one in accounts.list() if one.id == account_id), None)

        self._tasks.run(read, partial(self._on_account, role))

    def of_new(self, account: Account, password: str, then: Callable[[str], object]) -> None:
        """Ask which folder of a mailbox that is being set up is to be watched; `then` is told its name."""
        accounts = self._accounts
        title = f"Which folder of {account.email}?"
        self._open(title, account.folder, lambda: accounts.folders(account, password), then, "Take it")

    def _on_account(self, role: Role, account: Account | None) -> None:
        if account is None:
            return
        accounts = self._accounts
        owner = replace(account, user=account.signer) if role is Role.SIGNER_SENT else account
        whose = account.signer if role is Role.SIGNER_SENT else account.email
        question = "Which folder has the sent mail of" if role.is_sent else "Which folder of"
        chosen = partial(self._on_chosen, role, account)
        self._open(f"{question} {whose}?", folder_of(account, role), lambda: accounts.folders(owner), chosen)

    def _open(
        self,
        title: str,
        current: str,
        read: Callable[[], tuple[str, ...]],
        then: Callable[[str], object],
        act: str = "Watch it",
    ) -> None:
        from .folder_sheet import FolderSheet  # noqa: PLC0415 - not part of the start

        def chosen(name: str) -> None:
            self._host.close_sheet()
            then(name)

        sheet = FolderSheet(title, current, read, self._tasks, act)
        sheet.chosen.connect(chosen)
        self._host.open(sheet)

    def _on_chosen(self, role: Role, account: Account, folder: str) -> None:
        accounts, changed = self._accounts, with_folder(account, role, folder)

        def kept(_: None) -> None:
            self.said.emit(f"{folder} is watched from now on.")
            self.changed.emit()

        self._tasks.run(lambda: accounts.change(changed), kept)


def folder_of(account: Account, role: Role) -> str:
    """The name of the folder that is watched now; empty where it is found by itself."""
    names = {
        Role.INBOX: account.folder,
        Role.SENT: account.sent_folder,
        Role.SIGNER_SENT: account.signer_sent,
    }
    return names.get(role) or ""


def with_folder(account: Account, role: Role, folder: str) -> Account:
    """The account that watches another folder."""
    match role:
        case Role.INBOX:
            return replace(account, folder=folder)
        case Role.SENT:
            return replace(account, sent_folder=folder)
        case Role.SIGNER_SENT:
            return replace(account, signer_sent=folder)
        case Role.JUNK:  # found by itself alone
            return account

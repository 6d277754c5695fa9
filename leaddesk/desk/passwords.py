"""Passwords: from the keyring, or typed by the person and kept in memory until the program ends."""

from __future__ import annotations

import threading

from leaddesk.doors.vault import Vault
from leaddesk.words.account import Account
from leaddesk.words.errors import NoPassword

_VAULT_KIND = "mail"


class Passwords:
    """What the services sign in with. Never stored anywhere but in the keyring."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault
        self._lock = threading.Lock()
        self._typed: dict[str, str] = {}

    def of(self, account: Account, *, within_s: float = 60.0) -> str:
        """The account's password. May block for `within_s` seconds while the desktop asks the person.

        Raises VaultLocked while the keyring is locked, NoPassword when none is known.
        """
        with self._lock:
            typed = self._typed.get(account.email)
        if typed is not None:
            return typed
        found = None
        if account.keyring is not None:
            found = self._vault.get(_VAULT_KIND, account.email, within_s=within_s)
        if found is None:
            raise NoPassword(f"The password of {account.email} is needed.", "Type it in; it is asked once.")
        return found

    def keep(self, account: Account, password: str) -> None:
        """Into the keyring. Raises VaultLocked or NoVault, and then nothing is kept."""
        self._vault.set(_VAULT_KIND, account.email, password)

    def remember(self, account: Account, password: str) -> None:
        """For this run only."""
        with self._lock:
            self._typed[account.email] = password

    def forget(self, account: Account) -> None:
        """Out of memory and out of the keyring."""
        with self._lock:
            self._typed.pop(account.email, None)
        if account.keyring is not None:
            self._vault.delete(_VAULT_KIND, account.email)

"""What mailboxes are signed in to with: passwords from the keyring or typed, and tokens of the browser's."""

from __future__ import annotations

import threading
import time

from leaddesk.desk.tokens import Tokens
from leaddesk.doors.vault import Vault
from leaddesk.words.account import Account, SignIn
from leaddesk.words.errors import NoPassword, VaultLocked
from leaddesk.words.sign_in import Bearer, Password, Secret

_VAULT_KIND = "mail"
_ONE_ANSWER_S = 10.0
"""Whoever else asks within this time after a prompt was dismissed gets the same answer."""


class Passwords:
    """What the services sign in with. Never stored anywhere but in the keyring.

    Typed passwords stay in memory until the program ends; `tokens` sees to accounts that are signed in to
    with the browser. All watchers and the sender start at once: one of them asks the keyring, the others wait
    for its answer, so that one prompt stays one. What was read is remembered until a server refuses it.
    """

    def __init__(self, vault: Vault, tokens: Tokens) -> None:
        self._vault = vault
        self.tokens = tokens
        self._asking = threading.Lock()
        self._typed: dict[str, str] = {}
        self._read: dict[str, str] = {}
        self._locked: VaultLocked | None = None
        self._locked_at = 0.0

    def of(self, account: Account, *, within_s: float = 60.0) -> Secret:
        """The account's password or token. May block for `within_s` seconds while the desktop asks.

        Raises VaultLocked while the keyring is locked, NoVault, NoPassword or NotSignedIn when none is known,
        and OutOfReach when a token cannot be renewed now.
        """
        if account.sign_in is SignIn.BROWSER:
            return self.tokens.of(account, within_s=within_s)
        return Password(self._password(account, within_s))

    def check(self, account: Account, *, within_s: float = 60.0) -> None:
        """Lets the keyring ask for its own password. Raises as `of` does, but reaches no server."""
        if account.sign_in is SignIn.BROWSER:
            self.tokens.check(account, within_s=within_s)
        else:
            self._password(account, within_s)

    def _password(self, account: Account, within_s: float) -> str:
        known = self._known(account)
        if known is None:
            with self._asking:
                known = self._known(account) or self._from_vault(account, within_s)
        if known is None:
            raise NoPassword(f"The password of {account.email} is needed.", "Type it in; it is asked once.")
        return known

    def keep(self, account: Account, password: str) -> None:
        """Into the keyring. Raises VaultLocked or NoVault, and then nothing is kept."""
        self._vault.set(_VAULT_KIND, account.email, password)

    def remember(self, account: Account, password: str) -> None:
        """For this run only."""
        self._typed[account.email] = password

    def was_refused(self, account: Account, secret: Secret | None = None) -> None:
        """A server did not take it: a token is renewed; the keyring is read again, it may have changed."""
        if isinstance(secret, Bearer):
            self.tokens.was_refused(account, secret.token)
        self._read.pop(account.email, None)

    def ask_again(self) -> None:
        """The person acts: a locked keyring may prompt once more."""
        self._locked = None
        self.tokens.ask_again()

    def forget(self, account: Account) -> None:
        """Out of memory and out of the keyring. Raises VaultLocked or NoVault when that cannot be."""
        self._typed.pop(account.email, None)
        self._read.pop(account.email, None)
        if account.sign_in is SignIn.BROWSER:
            self.tokens.forget(account)
        elif account.keyring is not None:
            self._vault.delete(_VAULT_KIND, account.email)

    def _known(self, account: Account) -> str | None:
        return self._typed.get(account.email) or self._read.get(account.email)

    def _from_vault(self, account: Account, within_s: float) -> str | None:
        if account.keyring is None:
            return None
        if self._locked is not None and time.monotonic() - self._locked_at < _ONE_ANSWER_S:
            raise VaultLocked(self._locked.sentence, self._locked.mend)
        try:
            found = self._vault.get(_VAULT_KIND, account.email, within_s=within_s)
        except VaultLocked as failure:
            self._locked, self._locked_at = failure, time.monotonic()
            raise
        if found is not None:
            self._read[account.email] = found
        return found

"""Signing in to a mailbox with the browser: for a new account, and again for one whose sign-in is over."""

from __future__ import annotations

import contextlib
import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import replace

from leaddesk.desk.passwords import Passwords
from leaddesk.doors.clock import Clock
from leaddesk.doors.store import Store
from leaddesk.doors.vault import Vault
from leaddesk.rules.authorities import by_host, named
from leaddesk.rules.person import email_key
from leaddesk.words.account import Account, Client, SignIn
from leaddesk.words.errors import LeadDeskError, NeedsPerson, NoVault, Usage
from leaddesk.words.sign_in import Authority, Grant

log = logging.getLogger(__name__)


class SigningIn:
    """Knows which authority opens an account, and takes the person there."""

    def __init__(
        self,
        store: Store,
        vault: Vault,
        clock: Clock,
        passwords: Passwords,
        authorities: Callable[[], Sequence[Authority]],
    ) -> None:
        self._store = store
        self._vault = vault
        self._clock = clock
        self._passwords = passwords
        self.authorities = authorities

    def prepared(self, account: Account) -> Account:
        """The account with its whole client: the authority by its servers, an id that is known already.

        Raises Usage, with what to do, when there is no client id, or no authority for these servers.
        """
        given = account.client or Client(authority="", id="")
        authority = self._authority(given, account)
        known = given if given.id else self._known(authority) or given
        if not known.id:
            raise Usage(f"A client id of your own at {authority.label} is needed.", " ".join(authority.steps))
        client = replace(known, authority=authority.name, tenant=given.tenant or known.tenant)
        return replace(account, client=client, sign_in=SignIn.BROWSER)

    def sign_in(
        self, account: Account, open_browser: Callable[[str], object], cancel: threading.Event | None
    ) -> tuple[Account, Grant]:
        """Blocks until the person is back from the browser. The account tells who signed in, if another.

        Raises NotSignedIn or OutOfReach; nothing is stored.
        """
        from leaddesk.doors.browser_sign_in import sign_in  # noqa: PLC0415 - most mailboxes never need it

        assert account.client is not None, "prepared first"
        grant = sign_in(
            named(account.client.authority, self.authorities()),
            account.client,
            open_browser=open_browser,
            hint=account.signer or account.user,
            cancel=cancel,
        )
        return replace(account, signer=_signer(account, grant), signed_in_at=self._clock.now()), grant

    def keep(self, account: Account, grant: Grant) -> Account:
        """The account as it is stored, its refresh token in the keyring; without a usable one in memory.

        Token first: an account whose sign-in could not be kept is not there at all, and vice versa. Raises
        VaultLocked while the keyring is locked.
        """
        keyring = None if account.keep_in_memory else self._keep_token(account, grant)
        account = replace(account, keyring=keyring)
        self._passwords.tokens.remember(account, grant)
        if account.id:
            self._put_in_place(account)
            return account
        try:
            return self._store.accounts.add(account)
        except LeadDeskError:
            with contextlib.suppress(NeedsPerson):
                self._passwords.forget(account)
            raise

    def _put_in_place(self, account: Account) -> None:
        """A mailbox that went over from its password leaves none behind."""
        before = self._store.accounts.get(account.id)
        if before.sign_in is not SignIn.BROWSER:
            self._passwords.forget(before)
        self._store.accounts.change(account)

    def _keep_token(self, account: Account, grant: Grant) -> str | None:
        try:
            self._passwords.tokens.keep(account, grant)
        except NoVault:
            log.warning("no usable keyring: the sign-in of account %s is not kept", account.email)
            return None
        return self._vault.backend_name()

    def _authority(self, given: Client, account: Account) -> Authority:
        if given.authority:
            return named(given.authority, self.authorities())
        found = by_host(account.imap.host, self.authorities())
        if found is None:
            labels = ", ".join(dict.fromkeys(each.label for each in self.authorities()))
            raise Usage(
                f"Nobody is known who opens {account.imap.host} with the browser.", f"Known: {labels}."
            )
        return found

    def _known(self, authority: Authority) -> Client | None:
        """The firm registers once: another mailbox of ours may have it already."""
        clients = (account.client for account in self._store.accounts.all())
        return next((c for c in clients if c is not None and c.authority == authority.name), None)


def _signer(account: Account, grant: Grant) -> str:
    """Who signed in, where it is not the mailbox itself; what was given stands where nobody tells."""
    if not grant.signer:
        return account.signer
    return "" if email_key(grant.signer) == email_key(account.user) else grant.signer

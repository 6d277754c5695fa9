"""Tokens of the accounts that people sign in to with the browser: renewed in time, once for whoever asks."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from copy import copy
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from leaddesk.doors.clock import Clock
from leaddesk.doors.vault import LongSecrets, Vault
from leaddesk.rules.authorities import named
from leaddesk.words.account import Account, Client
from leaddesk.words.errors import LeadDeskError, NeedsPerson, NotSignedIn, Usage, VaultLocked
from leaddesk.words.sign_in import Authority, Bearer, Grant, Refusal

log = logging.getLogger(__name__)

_VAULT_KIND = "token"
_ONE_ANSWER_S = 10.0
"""Whoever else asks within this time after a prompt was dismissed gets the same answer."""
_MARGIN_S = 120.0
"""A token is renewed so long before its end; a short one at the last tenth of its life."""


@dataclass
class _Standing:
    """How one account's sign-in stands. Written under its lock."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    token: str = field(default="", repr=False)
    good_until: datetime | None = None
    good_until_s: float = 0.0
    """The same by the clock that nobody sets; it stands still while some machines sleep."""
    refresh: str | None = field(default=None, repr=False)
    """The refresh token where the keyring does not have it, or not yet."""
    dead: str = field(default="", repr=False)
    """The refresh token that the authority refused for good, and how."""
    over: NotSignedIn | None = None
    failure: LeadDeskError | None = None
    failures: int = 0
    failed_at_s: float = 0.0


class Tokens:
    """Only refresh tokens are kept, in the keyring; access tokens live in memory. Thread-safe.

    All watchers and the sender ask at once: one of them renews, the others wait for its answer. A refresh
    token that was refused is not tried again, until the keyring holds another.
    """

    def __init__(self, vault: Vault, clock: Clock, authorities: Callable[[], Sequence[Authority]]) -> None:
        self._kept = LongSecrets(vault)
        self._clock = clock
        self._authorities = authorities
        self._lock = threading.Lock()
        self._standings: dict[str, _Standing] = {}

    def of(self, account: Account, *, within_s: float = 60.0) -> Bearer:
        """A token that is good for a while. May block while it is renewed, or while the keyring asks.

        Raises NotSignedIn when the person must sign in again, VaultLocked or NoVault when the keyring does
        not give the refresh token, OutOfReach when the authority cannot be asked now.
        """
        standing = self._standing(account)
        failures = standing.failures
        if self._is_fresh(standing):
            return Bearer(standing.token)
        with standing.lock:
            if not self._is_fresh(standing):
                self._raise_the_same(standing, failures)
                self._renew(account, standing, within_s)
            return Bearer(standing.token)

    def check(self, account: Account, *, within_s: float = 60.0) -> None:
        """Asks the keyring, but no authority. Raises as `of` does."""
        standing = self._standing(account)
        with standing.lock:
            if not self._is_fresh(standing):
                self._refresh_token(account, standing, within_s)

    def keep(self, account: Account, grant: Grant) -> None:
        """Into the keyring. Raises VaultLocked or NoVault, and then nothing is kept."""
        self._kept.set(_VAULT_KIND, account.email, grant.refresh_token)

    def remember(self, account: Account, grant: Grant) -> None:
        """The person has signed in: used from now on, in this run."""
        standing = self._standing(account)
        with standing.lock:
            standing.dead, standing.over, standing.failure = "", None, None
            standing.refresh = None if account.keyring is not None else grant.refresh_token
            self._take(standing, grant)

    def was_refused(self, account: Account, token: str) -> None:
        """A server did not take this token: the next one is a new one."""
        standing = self._standing(account)
        with standing.lock:
            if standing.token == token:
                standing.token = ""

    def ask_again(self) -> None:
        """The person acts: a locked keyring may prompt once more."""
        with self._lock:
            for standing in self._standings.values():
                standing.failure = None

    def forget(self, account: Account) -> None:
        """Out of memory and out of the keyring. Raises VaultLocked or NoVault when that cannot be."""
        with self._lock:
            self._standings.pop(account.email, None)
        if account.keyring is not None:
            self._kept.delete(_VAULT_KIND, account.email)

    # -- inside; under the standing's lock

    def _standing(self, account: Account) -> _Standing:
        with self._lock:
            return self._standings.setdefault(account.email, _Standing())

    def _is_fresh(self, standing: _Standing) -> bool:
        """By both clocks: one may have been set, the other may have slept."""
        if not standing.token or standing.good_until is None:
            return False
        return self._clock.now() < standing.good_until and self._clock.monotonic() < standing.good_until_s

    def _take(self, standing: _Standing, grant: Grant) -> None:
        good_s = grant.lasts_s - min(_MARGIN_S, grant.lasts_s / 10)
        standing.good_until = self._clock.now() + timedelta(seconds=good_s)
        standing.good_until_s = self._clock.monotonic() + good_s
        standing.token = grant.access_token

    def _raise_the_same(self, standing: _Standing, failures: int) -> None:
        """Whoever waited while somebody else failed has failed too: there were `failures` before."""
        failure, since_s = standing.failure, self._clock.monotonic() - standing.failed_at_s
        if failure is None:
            return
        was_dismissed = isinstance(failure, VaultLocked) and since_s < _ONE_ANSWER_S
        if was_dismissed or standing.failures > failures:
            raise copy(failure)

    def _renew(self, account: Account, standing: _Standing, within_s: float) -> None:
        try:
            before, grant = self._ask(account, standing, within_s)
            self._keep_next(account, standing, before, grant.refresh_token, within_s)
        except LeadDeskError as failure:
            standing.failure, standing.failed_at_s = failure, self._clock.monotonic()
            standing.failures += 1
            raise
        standing.failure = None
        self._take(standing, grant)

    def _refresh_token(self, account: Account, standing: _Standing, within_s: float) -> str:
        """From memory, else from the keyring: another process may have renewed it there."""
        token = standing.refresh
        if token is None and account.keyring is not None:
            token = self._kept.get(_VAULT_KIND, account.email, within_s=within_s)
        if standing.over is not None and token in (standing.dead, None):
            raise copy(standing.over)
        if token is None:
            sentence = f"Nobody is signed in to {account.email}."
            raise NotSignedIn(sentence, "Sign in with the browser.", Refusal.REVOKED)
        return token

    def _ask(self, account: Account, standing: _Standing, within_s: float) -> tuple[str, Grant]:
        """The refresh token that was used, and what came of it. One that is refused is never used again."""
        from leaddesk.doors.browser_sign_in import refresh  # noqa: PLC0415 - most mailboxes never need it

        while True:
            token = self._refresh_token(account, standing, within_s)
            try:
                client = _client(account)
                return token, refresh(self._authority(client), client, token)
            except NotSignedIn as over:
                standing.dead, standing.over, standing.refresh = token, over, None

    def _authority(self, client: Client) -> Authority:
        try:
            return named(client.authority, self._authorities())
        except Usage as unknown:
            raise NotSignedIn(unknown.sentence, unknown.mend, Refusal.CLIENT) from None

    def _keep_next(
        self, account: Account, standing: _Standing, before: str, after: str, within_s: float
    ) -> None:
        """The next refresh token is kept before anything is done with this answer.

        Where the keyring does not take it now it is remembered, and kept the next time.
        """
        if account.keyring is None:
            standing.refresh = after
            return
        if after == before and standing.refresh is None:
            return
        try:
            self._kept.set(_VAULT_KIND, account.email, after, within_s=within_s)
            standing.refresh = None
        except NeedsPerson as failure:
            log.warning("the renewed sign-in of %s is not kept yet: %s", account.email, failure.sentence)
            standing.refresh = after


def _client(account: Account) -> Client:
    if account.client is None:
        sentence = f"No client id is known for {account.email}."
        raise NotSignedIn(sentence, "Sign in with the browser.", Refusal.CLIENT)
    return account.client

"""Accounts that cannot send just now: until when, and what the person is told about it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from leaddesk.desk.sign_ins import Box, SignIns
from leaddesk.desk.troubles import Troubles
from leaddesk.words.account import Account
from leaddesk.words.errors import NeedsPerson, SignInRefused, VaultLocked


@dataclass(frozen=True, slots=True)
class _Hold:
    until: datetime | None
    """None: until the person acts."""
    is_locked: bool = False
    """The keyring is locked: pressing send again is reason enough to ask once more."""


class Holds:
    """Kept by the sender on its own thread; only `acted` and `pressed_send` come from others.

    A trouble that another service began under the same name is left as it is.
    """

    def __init__(self, troubles: Troubles, sign_ins: SignIns, retry: Callable[[int], None]) -> None:
        """`retry` is told the account whose trouble's button was pressed."""
        self._troubles = troubles
        self._sign_ins = sign_ins
        self._retry = retry
        self._held: dict[int, _Hold] = {}
        self._busy: dict[int, int] = {}
        self._begun: set[str] = set()

    def is_held(self, account: int, now: datetime) -> bool:
        hold = self._held.get(account)
        return hold is not None and (hold.until is None or hold.until > now)

    def free_at(self, account: int, due: datetime) -> datetime | None:
        """When a mail of the account that is due at `due` may be tried; None: not before the person acts."""
        hold = self._held.get(account)
        if hold is None:
            return due
        return None if hold.until is None else max(due, hold.until)

    # -- why an account waits

    def offline(self, account: Account, why: str, until: datetime, waiting: int) -> None:
        """Its server was not reached; all its mails wait."""
        self._held[account.id] = _Hold(until)
        self._begin(
            f"sending:{account.id}",
            f"Offline: {waiting} waiting. {why}",
            "They go by themselves as soon as the server answers.",
            "Try now",
        )

    def busy(self, account: Account) -> int:
        """Its server asks to wait before it has seen a mail; returns how often it did so before, in a row."""
        self._busy[account.id] = self._busy.get(account.id, -1) + 1
        return self._busy[account.id]

    def limited(self, account: Account, sentence: str, why: str, until: datetime, waiting: int) -> None:
        """The server takes no more from this account before `until`; all its mails wait."""
        self._held[account.id] = _Hold(until)
        self._begin(f"limit:{account.id}", sentence, f"{_safe(waiting)} {why}", "Try now")

    def wait(self, account: Account, until: datetime) -> None:
        self._held[account.id] = _Hold(until)

    def refused(self, box: Box, why: str, until: datetime, waiting: int) -> None:
        """The sign-in was refused; after the second time in a row nothing is tried until the person acts."""
        is_over = self._sign_ins.over(box) is not None
        self._held[box.account.id] = _Hold(None if is_over else until)
        if is_over:
            self._begin(f"sign-in:{box.account.id}", why, _safe(waiting), "Sign in again")

    def switched_off(self, account: Account, why: str, waiting: int) -> None:
        """No program may send for this mailbox: nothing is tried before the person acts."""
        self._held[account.id] = _Hold(None)
        self._begin(
            f"smtp-off:{account.id}",
            why,
            f"{_safe(waiting)} Ask your administrator to switch it on, or use your own mail program.",
            "Open in your mail program",
        )

    def needs_person(self, account: Account, failure: NeedsPerson, waiting: int) -> None:
        """There is no password or token to be had."""
        is_locked = isinstance(failure, VaultLocked)
        self._held[account.id] = _Hold(None, is_locked)
        enter = "Sign in again" if isinstance(failure, SignInRefused) else "Enter the password"
        key, action = ("keyring", "Unlock the keyring") if is_locked else ("sign-in", enter)
        self._begin(
            f"{key}:{account.id}", failure.sentence, f"{_safe(waiting)} {failure.mend}".strip(), action
        )

    def gone(self, account: int, waiting: int) -> None:
        """The account was removed while mails waited for it."""
        self._held[account] = _Hold(None)
        self._begin(
            f"sending:{account}",
            f"{waiting} waiting, but the mail account was removed.",
            "Take them back in the outbox, and send them from another account.",
            "",
        )

    # -- and no longer

    def works(self, account: Account) -> None:
        """The server took our sign-in and spoke about a mail."""
        self._held.pop(account.id, None)
        self._busy.pop(account.id, None)
        for kind in ("sending", "sign-in", "keyring", "smtp-off", "limit"):
            self._end(f"{kind}:{account.id}")

    def acted(self) -> None:
        """The person did something about it, or the network is back: everything is tried anew."""
        self._held = {}

    def pressed_send(self) -> None:
        """The person is there: the keyring may ask once more."""
        self._held = {account: hold for account, hold in self._held.items() if not hold.is_locked}

    def none_waiting(self, accounts: set[int]) -> None:
        """Troubles of accounts for which nothing waits any more are over."""
        for key in list(self._begun):
            kind, _, account = key.partition(":")
            if kind in ("sending", "smtp-off", "limit") and int(account) not in accounts:
                self._end(key)

    def _begin(self, key: str, sentence: str, safe: str, action: str) -> None:
        if key not in self._begun and any(trouble.key == key for trouble in self._troubles.all()):
            return
        self._begun.add(key)
        account = int(key.partition(":")[2])
        self._troubles.begin(key, sentence, safe, action, partial(self._retry, account))

    def _end(self, key: str) -> None:
        if key in self._begun:
            self._begun.discard(key)
            self._troubles.end(key)


def _safe(waiting: int) -> str:
    return f"{waiting} waiting; nothing is lost."

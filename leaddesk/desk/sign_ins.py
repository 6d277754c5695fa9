"""How often the servers refused each account's sign-in: after the second time nobody tries a third."""

from __future__ import annotations

import contextlib
import enum
import threading
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from leaddesk.words.account import Account, SignIn
from leaddesk.words.errors import SignInRefused
from leaddesk.words.sign_in import Bearer, Secret

_MOST = 2
"""In a row. A third could lock the account (FAULTS C13)."""


class Protocol(enum.StrEnum):
    """Which of an account's servers."""

    IMAP = "imap"
    SMTP = "smtp"


class Box(NamedTuple):
    """What is signed in to: one of an account's servers, by a user's name."""

    account: Account
    protocol: Protocol
    user: str

    @property
    def door(self) -> _Door:
        return self.protocol, self.user


_Door = tuple[Protocol, str]


@dataclass
class _Tried:
    """What one account's servers said since the person last did something about it."""

    way_in: object
    refused: dict[_Door, set[object]] = field(default_factory=dict)
    let_in: set[_Door] = field(default_factory=set)
    trying: Counter[_Door] = field(default_factory=Counter)

    def refuse(self, door: _Door, secret: Secret) -> None:
        """One token that two tried counts once: it may only have come to its end."""
        self.refused.setdefault(door, set()).add(secret if isinstance(secret, Bearer) else object())

    def accept(self, door: _Door) -> None:
        self.refused.pop(door, None)
        self.let_in.add(door)

    def is_full(self, door: _Door) -> bool:
        """True while those who try now may use up what is left."""
        return len(self.refused.get(door, ())) + self.trying[door] >= _MOST

    def closed(self, door: _Door) -> Protocol | None:
        """Whose refusals keep this door closed. The other server's do where it never let us in itself."""
        if len(self.refused.get(door, ())) >= _MOST:
            return door[0]
        others = () if door in self.let_in else self.refused.items()
        return next((other for (other, user), said in others if user == door[1] and _by_password(said)), None)


class SignIns:
    """Shared by all that sign in, so that they do not try a wrong password twice each. Thread-safe.

    The servers count apart: one that refuses says nothing about another that lets us in. An account whose
    servers or user changed begins anew.
    """

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._tried: dict[int, _Tried] = {}

    @contextlib.contextmanager
    def trying(self, box: Box, secret: Secret) -> Iterator[None]:
        """Around one sign-in; SignInRefused from inside counts. Waits while others try what may be the last.

        Raises SignInRefused, and nothing may be tried, where it is over.
        """
        tried = self._begin(box)
        try:
            yield
        except SignInRefused:
            with self._changed:
                tried.refuse(box.door, secret)
            raise
        else:
            with self._changed:
                tried.accept(box.door)
        finally:
            with self._changed:
                tried.trying[box.door] -= 1
                self._changed.notify_all()

    def refused(self, box: Box, secret: Secret) -> None:
        with self._changed:
            self._of(box.account).refuse(box.door, secret)
            self._changed.notify_all()

    def accepted(self, box: Box) -> None:
        with self._changed:
            self._of(box.account).accept(box.door)
            self._changed.notify_all()

    def acted(self, account: int | None = None) -> None:
        """The person did something about this account, or about all: it may be tried again."""
        with self._changed:
            for number in [account] if account is not None else list(self._tried):
                self._tried.pop(number, None)
            self._changed.notify_all()

    def over(self, box: Box) -> SignInRefused | None:
        """Why nobody may try before the person acts; None where it may be tried."""
        with self._changed:
            closed = self._of(box.account).closed(box.door)
        return None if closed is None else _refused_twice(box.account, closed)

    def _begin(self, box: Box) -> _Tried:
        with self._changed:
            while (closed := self._of(box.account).closed(box.door)) is None:
                tried = self._of(box.account)
                if not tried.is_full(box.door):
                    tried.trying[box.door] += 1
                    return tried
                self._changed.wait()
        raise _refused_twice(box.account, closed)

    def _of(self, account: Account) -> _Tried:
        way_in = _way_in(account)
        tried = self._tried.get(account.id)
        if tried is None or tried.way_in != way_in:
            tried = self._tried[account.id] = _Tried(way_in)
        return tried


def _by_password(said: set[object]) -> bool:
    """True when passwords were refused as often as may be: a token may be good for one server only."""
    return sum(not isinstance(each, Bearer) for each in said) >= _MOST


def _way_in(account: Account) -> object:
    """What a sign-in depends on, the password apart."""
    servers = (account.imap, account.smtp)
    users = (account.user, account.smtp_user, account.signer)
    return servers, users, account.sign_in, account.client, account.signed_in_at


def _refused_twice(account: Account, protocol: Protocol) -> SignInRefused:
    server = account.imap if protocol is Protocol.IMAP else account.smtp
    is_browser = account.sign_in is SignIn.BROWSER
    mend = "Sign in again with the browser." if is_browser else "Enter the password of the mailbox again."
    return SignInRefused(f"{server.host} refused the sign-in twice.", mend)

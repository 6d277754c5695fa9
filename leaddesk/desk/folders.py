"""The folders of a mailbox, as its server lists them, for a person to choose the one that is watched."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable

from leaddesk.doors.mail.imap import ImapSession
from leaddesk.words.account import Account
from leaddesk.words.sign_in import Secret

_INBOX = "INBOX"


def folders_of(account: Account, secret: Secret) -> tuple[str, ...]:
    """Names of the folders that `account.user` may open, exactly as the server has them.

    Blocks while the server is asked. Raises SignInRefused, SlowDown or OutOfReach.
    """
    session = ImapSession.connect(account.imap, user=account.user, secret=secret, ca_file=account.ca_file)
    with contextlib.closing(session):
        return in_order(session.folders())


def in_order(names: Iterable[str]) -> tuple[str, ...]:
    """The Inbox first, then as people look through a list.

    >>> in_order(["Work", "archive", "INBOX"])
    ('INBOX', 'archive', 'Work')
    """
    return tuple(sorted(names, key=lambda name: (name.upper() != _INBOX, name.casefold(), name)))

"""Passwords that a person types: one line of standard input, or asked for on a terminal."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from leaddesk.words.account import Account, SignIn
from leaddesk.words.errors import NoPassword, Usage

if TYPE_CHECKING:
    from leaddesk.cli.call import Call
    from leaddesk.desk import Desk

_LONGEST = 4096


def password_line(email: str) -> str:
    """The next line of standard input. Raises NoPassword when there is none, or an empty one."""
    line = sys.stdin.buffer.readline(_LONGEST) if sys.stdin is not None else b""
    try:
        password = line.decode("utf-8-sig").rstrip("\r\n")
    except UnicodeDecodeError:
        raise Usage("The password on standard input is not in UTF-8.") from None
    if not password:
        raise missing(email)
    return password


def take_passwords(call: Call, desk: Desk) -> frozenset[int]:
    """Those that are not kept, from standard input, for this run only; returns whose they are."""
    if not call.args.password_stdin:
        return frozenset()
    accounts = [account for account in desk.accounts.list() if wants_typing(account)]
    for account in accounts:
        password = password_line(account.email)
        call.log.hide(password)
        desk.accounts.give_password(account.id, password, keep=False)
    return frozenset(account.id for account in accounts)


def wants_typing(account: Account) -> bool:
    """No keyring has its password, and its servers want one."""
    is_typed = account.sign_in is not SignIn.BROWSER
    return is_typed and account.keyring is None and bool(account.user or account.smtp_user)


def asked(email: str) -> str:
    """Asks the person at the terminal. Raises NoPassword where there is no terminal."""
    if sys.stdin is None or not sys.stdin.isatty():
        raise missing(email)
    from getpass import getpass  # noqa: PLC0415 - seldom

    password = getpass(f"Password of {email}: ")
    if not password:
        raise missing(email)
    return password


def missing(email: str) -> NoPassword:
    return NoPassword(
        f"The password of {email} is needed.", "Give it as one line on standard input with --password-stdin."
    )

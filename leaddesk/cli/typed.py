"""Passwords that a person types: one line of standard input, or asked for on a terminal."""

from __future__ import annotations

import sys

from leaddesk.words.errors import NoPassword, Usage

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

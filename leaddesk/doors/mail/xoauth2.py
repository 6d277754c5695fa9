"""XOAUTH2, the sign-in with a token that Microsoft, Google and Dovecot take for IMAP and SMTP alike."""

from __future__ import annotations

MECHANISM = "XOAUTH2"


def words(user: str, token: str) -> str:
    r"""What is said, before base64. `user` is the mailbox to open, whoever the token was given to.

    >>> words("info@lofts.example", "t0ken")
    'user=info@lofts.example\x01auth=Bearer t0ken\x01\x01'
    """
    return f"user={user}\x01auth=Bearer {token}\x01\x01"

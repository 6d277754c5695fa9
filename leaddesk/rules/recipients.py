"""To whom a mail of ours may go: exactly one address from what a person typed, or none."""

from __future__ import annotations

import unicodedata

from leaddesk.rules.capture.addresses import Mailbox, read_mailboxes, valid_address
from leaddesk.rules.capture.clean import one_line

_LONGEST = 320
_SIGNS = frozenset("!#$%&'*+/=?^_`{|}~-.")


def recipient(typed: str) -> Mailbox | None:
    """The one mailbox in `typed` (`ann@example.org` or `Ann Lee <ann@example.org>`), else None.

    >>> recipient(" Ann Lee <ann@Example.org>")
    Mailbox(name='Ann Lee', address='ann@example.org')
    >>> recipient("ann@example.org, bob@example.org"), recipient("alice@example.org)bob@example.com")
    (None, None)
    """
    text = one_line(typed, _LONGEST)
    if address := mail_address(text):
        return Mailbox("", address)
    name, bracket, rest = text.rpartition("<")
    address = mail_address(rest.removesuffix(">")) if bracket and rest.endswith(">") else None
    if address is None or "<" in name or ">" in name:
        return None
    read = read_mailboxes(f"{name}<nobody@example.org>")
    return Mailbox(read[0].name, address) if len(read) == 1 else None


def mail_address(text: str) -> str | None:
    """`text` as one address with its domain in ASCII, or None. Letters of any script may stand before the @.

    Where they do, the mail server must offer SMTPUTF8; the sender asks it.

    >>> mail_address("zoë@exämple.org"), mail_address("a b@example.org")
    ('zoë@xn--exmple-cua.org', None)
    """
    plain = valid_address(text)
    if plain is not None or text.isascii():
        return plain
    local, _, domain = unicodedata.normalize("NFC", text.strip()).rpartition("@")
    stand_in = valid_address(f"x@{domain}")
    if stand_in is None or not 0 < len(local.encode()) <= 64 or not _is_foreign_local(local):
        return None
    return local + stand_in[1:]


def _is_foreign_local(local: str) -> bool:
    """Letters, marks and digits of any script, and the signs that plain addresses may have."""
    return all(local.split(".")) and all(c in _SIGNS or unicodedata.category(c)[0] in "LMN" for c in local)

"""Secrets that are longer than one entry of a keyring may be: kept in pieces."""

from __future__ import annotations

import logging
from collections.abc import Iterator

from leaddesk.doors.vault.vault import PATIENCE_S, Vault

log = logging.getLogger(__name__)

LONGEST_ENTRY = 1280
"""UTF-16 units: what Windows' Credential Manager takes, the least of all keyrings (2,560 bytes)."""
_PIECE = LONGEST_ENTRY - 30
_SLOTS = ("a", "b")


class LongSecrets:
    """Secrets of any length by what they are for and whose they are, as in the vault below.

    The first piece stands under the plain name and says in which slot the others lie, and how many there are.
    It is written last: whatever cuts a write short leaves the old secret whole. Raises what the vault raises.
    """

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    def get(self, what: str, user: str, *, within_s: float = PATIENCE_S) -> str | None:
        """The secret, or None when there is none, or not all of it."""
        slot, count, start = _read_head(self._vault.get(what, user, within_s=within_s))
        pieces = [start]
        for number in range(2, count + 1):
            piece = self._vault.get(_name(what, slot, number), user, within_s=within_s)
            if piece is None:
                log.warning("a secret is not whole in the keyring: piece %s of %s is missing", number, count)
                return None
            pieces.append(piece)
        return "".join(pieces) if count else None

    def set(self, what: str, user: str, secret: str, *, within_s: float = PATIENCE_S) -> None:
        """Keeps the secret in place of the one before."""
        old, _, _ = _read_head(self._vault.get(what, user, within_s=within_s))
        slot = _SLOTS[1] if old == _SLOTS[0] else _SLOTS[0]
        start, *others = _pieces(secret)
        for number, piece in enumerate(others, 2):
            self._vault.set(_name(what, slot, number), user, piece, within_s=within_s)
        self._vault.set(what, user, f"{slot} {1 + len(others)}\n{start}", within_s=within_s)
        self._clear(what, user, old, within_s)

    def delete(self, what: str, user: str, *, within_s: float = PATIENCE_S) -> None:
        """Afterwards the keyring has no piece of it."""
        for slot in _SLOTS:
            self._clear(what, user, slot, within_s)
        self._vault.delete(what, user, within_s=within_s)

    def _clear(self, what: str, user: str, slot: str, within_s: float) -> None:
        number = 2
        while slot and self._vault.get(_name(what, slot, number), user, within_s=within_s) is not None:
            self._vault.delete(_name(what, slot, number), user, within_s=within_s)
            number += 1


def _name(what: str, slot: str, number: int) -> str:
    return f"{what}-{slot}{number}"


def _read_head(entry: str | None) -> tuple[str, int, str]:
    """Slot, count of pieces and the first of them; no slot and no piece where the entry is none of ours."""
    head, line_break, start = (entry or "").partition("\n")
    slot, _, count = head.partition(" ")
    if not line_break or slot not in _SLOTS or not (count.isascii() and count.isdigit()):
        return "", 0, ""
    return slot, int(count), start


def _pieces(secret: str) -> Iterator[str]:
    """At least one piece; none is longer than an entry, and no letter of two units is cut in halves."""
    start, units = 0, 0
    for place, letter in enumerate(secret):
        size = 2 if ord(letter) > 0xFFFF else 1
        if units + size > _PIECE:
            yield secret[start:place]
            start, units = place, 0
        units += size
    yield secret[start:]

"""Who asked not to be reached: one table by hashes of addresses and numbers, which no deed on leads clears.

A salted hash (HMAC with a secret of this database) is all that is left when a lead is erased. A row stands
until a person takes it back; joining, importing and erasing leads do not touch it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from leaddesk.doors.store.database import Database
from leaddesk.doors.store.models import OptOutRow
from leaddesk.doors.store.plain import Plain, marks
from leaddesk.rules.reach import BY_NUMBER
from leaddesk.words.lead import Channel
from leaddesk.words.reach import OptOut

_SALT_KEY = "opt_out.salt"
_TURN = 0x1EADDE60
"""Names the server's lock under which a wish is written and a mail is committed."""
Key = tuple[str, str]
"""Kind (email, phone) and key of one way to reach somebody, as addresses of leads have them."""


class OptOuts:
    """The store of wishes not to be reached."""

    def __init__(self, database: Database) -> None:
        self._db = database
        self._rows = database.tables.opt_out
        self._plain = Plain(database, "opt_out")
        self._settings = Plain(database, "setting")
        self._salt = b""
        """Read once: a database keeps its own."""

    def take_turn(self) -> None:
        """First in a transaction that writes a wish down, or that must see all of them.

        Without it, on a server, a wish could be committed between the look and the commit of who looked.
        SQLite's transactions come one after the other anyway.
        """
        if not self._db.is_sqlite:
            self._db.peewee.execute_sql("SELECT pg_advisory_xact_lock(%s)", (_TURN,))

    def add(
        self, keys: Iterable[Key], channel: Channel | None, at: datetime, by: str | None, entry: int
    ) -> None:
        """Writes a wish down for each key that its channel uses. `entry` is the line of the record for it."""
        fitting = [(kind, key) for kind, key in dict.fromkeys(keys) if fits(kind, channel)]
        rows = [
            {
                "kind": kind, "hash": hashed, "channel": channel.value if channel else "", "at": at, "by": by,
                "entry": entry,
            }
            for (kind, _), hashed in zip(fitting, self._hashes(fitting), strict=True)
        ]  # fmt: skip
        with self._db.transaction():
            if rows:
                self._rows.insert_many(rows).execute()

    def asked(self, keys: Iterable[Key]) -> tuple[OptOut, ...]:
        """What stands for any of these addresses and numbers, whoever's they were, the oldest first."""
        with self._db.session():
            hashes = self._hashes(keys)
            return tuple(map(_opt_out_of, self._standing(hashes))) if hashes else ()

    def taken_back(self, entry: int, at: datetime) -> None:
        """The record's line that said so was taken back."""
        rows = self._rows
        with self._db.transaction():
            rows.update(taken_back_at=at).where(rows.entry == entry, rows.taken_back_at.is_null()).execute()

    def clear(self, keys: Iterable[Key], at: datetime) -> None:
        """A person's word that these may be reached again, whichever lead the wish was told of."""
        rows = self._rows
        with self._db.transaction():
            hashes = self._hashes(keys)
            rows.update(taken_back_at=at).where(rows.hash.in_(hashes), rows.taken_back_at.is_null()).execute()

    def _standing(self, hashes: Sequence[str]) -> list[OptOutRow]:
        where = f"hash IN ({marks(hashes)}) AND taken_back_at IS NULL ORDER BY id"
        return self._plain.rows(where, *hashes)

    def _hashes(self, keys: Iterable[Key]) -> list[str]:
        """In the order of the keys. The salt is read once: this is asked with every fold of a plan."""
        import hashlib  # noqa: PLC0415 - leads load this file, and most of what is asked
        import hmac  # noqa: PLC0415 - of them needs no hash

        wanted = list(keys)
        if not wanted:
            return []
        salt = self._salt = self._salt or self._read_salt()
        return [hmac.new(salt, f"{kind}:{key}".encode(), hashlib.sha256).hexdigest() for kind, key in wanted]

    def _read_salt(self) -> bytes:
        ((text,),) = self._settings.columns("value", "desk = '' AND key = ?", _SALT_KEY)
        return bytes.fromhex(text)


def fits(kind: str, channel: Channel | None) -> bool:
    """Whether a wish about this channel is one about such an address.

    >>> fits("phone", Channel.EMAIL), fits("phone", Channel.TEXT), fits("email", None)
    (False, True, True)
    """
    if channel is None:
        return True
    return channel in BY_NUMBER if kind == "phone" else channel is Channel.EMAIL


def _opt_out_of(row: OptOutRow) -> OptOut:
    channel = Channel(row.channel) if row.channel else None
    return OptOut(channel=channel, at=row.at, by=row.by, entry=row.entry)

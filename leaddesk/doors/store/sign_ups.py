"""Newsletter sign-ups: no leads, but the first touch of one who enquires later."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from leaddesk.doors.store.database import Database


@dataclass(frozen=True, slots=True)
class SignUp:
    """Somebody joined a newsletter. `key` is the lower-case address, `page` where, or empty."""

    key: str
    at: datetime
    mail: int | None = None
    page: str = ""


class SignUps:
    """The store of sign-ups; the first of each address is kept."""

    def __init__(self, database: Database) -> None:
        self._db = database
        self._t = database.tables

    def remember(self, sign_up: SignUp) -> None:
        s = self._t.sign_up
        with self._db.transaction():
            known = s.get_or_none(s.key == sign_up.key)
            columns = {"at": sign_up.at, "mail": sign_up.mail, "page": sign_up.page}
            if known is None:
                s.insert(key=sign_up.key, **columns).execute()
            elif known.at > sign_up.at:
                s.update(**columns).where(s.id == known.id).execute()

    def of(self, key: str) -> SignUp | None:
        """The first sign-up of an address."""
        s = self._t.sign_up
        with self._db.session():
            row = s.get_or_none(s.key == key)
        return SignUp(row.key, row.at, row.mail, row.page) if row else None

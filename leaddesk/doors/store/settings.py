"""Settings that are not at their defaults, and small facts that a desk keeps."""

from __future__ import annotations

from leaddesk.doors.store.database import Database
from leaddesk.doors.store.plain import Plain
from leaddesk.words.settings import Scope


class Settings:
    """Texts by key; what they mean is declared in `words.settings`."""

    def __init__(self, database: Database, desk: str) -> None:
        self._db = database
        self._rows = database.tables.setting
        self._plain = Plain(database, "setting")
        self._desk = desk

    def get(self, key: str, scope: Scope = Scope.DESK) -> str | None:
        with self._db.session():
            rows = self._plain.columns("value", "desk = ? AND key = ?", self._owner(scope), key)
        return rows[0][0] if rows else None

    def put(self, key: str, value: str | None, scope: Scope = Scope.DESK) -> None:
        """Writes a text; None goes back to the default. Tells nothing when it stays as it was."""
        rows, owner = self._rows, self._owner(scope)
        with self._db.transaction() as news:
            known = rows.get_or_none(rows.desk == owner, rows.key == key)
            if (known.value if known else None) == value:
                return
            rows.delete().where(rows.desk == owner, rows.key == key).execute()
            if value is not None:
                rows.insert(desk=owner, key=key, value=value).execute()
            from leaddesk.words.news import SettingsChanged  # noqa: PLC0415 - reading needs no news

            news.append(SettingsChanged(at=self._db.now(), key=key))

    def keep(self, key: str, value: str) -> None:
        """Writes a fact of the program's own without telling anybody: a heartbeat, a window's place."""
        rows = self._rows
        with self._db.transaction():
            changed = rows.update(value=value).where(rows.desk == self._desk, rows.key == key).execute()
            if not changed:
                rows.insert(desk=self._desk, key=key, value=value).execute()

    def _owner(self, scope: Scope) -> str:
        return self._desk if scope is Scope.DESK else ""

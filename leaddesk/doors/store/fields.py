"""Column types of our own: moments as integers (UTC microseconds) and small JSON values as text.

`playhouse.apsw_ext` cannot bind datetimes, and an integer sorts and compares alike on SQLite and PostgreSQL.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import peewee as pw

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def to_micros(moment: datetime) -> int:
    """UTC microseconds since 1970. A naive datetime is our bug and raises TypeError."""
    return (moment - _EPOCH) // _MICROSECOND


def from_micros(micros: int) -> datetime:
    """The aware UTC datetime of `to_micros`."""
    return _EPOCH + timedelta(microseconds=micros)


class MomentField(pw.Field):
    """An aware datetime, stored as UTC microseconds."""

    field_type = "BIGINT"

    def db_value(self, value: Any) -> Any:
        return to_micros(value) if isinstance(value, datetime) else value

    def python_value(self, value: Any) -> Any:
        return None if value is None else from_micros(value)


class JsonField(pw.Field):
    """A small list or mapping, stored as JSON text."""

    field_type = "TEXT"

    def db_value(self, value: Any) -> Any:
        return None if value is None else json.dumps(value, ensure_ascii=False, separators=(",", ":"))

    def python_value(self, value: Any) -> Any:
        return None if value is None else json.loads(value)


class FlagField(pw.Field):
    """True or false as 1 and 0: apsw binds no bool, and PostgreSQL compares no boolean with a number."""

    field_type = "SMALLINT"

    def db_value(self, value: Any) -> Any:
        return None if value is None else int(value)

    def python_value(self, value: Any) -> Any:
        return None if value is None else bool(value)

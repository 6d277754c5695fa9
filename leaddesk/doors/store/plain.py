"""Plain SQL for what is done with every mail: made once from the models, where peewee makes it each time.

peewee takes 0.1 to 0.5 ms to put one statement together, many times what SQLite takes to run it. Values go in
and come out as the model's fields have them, so that both ways stay exchangeable.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import peewee as pw

from leaddesk.doors.store.fields import FlagField, JsonField, MomentField

if TYPE_CHECKING:
    from leaddesk.doors.store.database import Database

_OURS = (FlagField, JsonField, MomentField)
"""Fields whose values are not what the database holds; the others' need no change."""
_Readers = tuple[tuple[str, ...], list[tuple[str, Callable[[Any], Any]]]]
"""The names of a row's values, and what is made of some of them."""


def marks(values: Sequence[object]) -> str:
    """As many placeholders as there are values, for `IN (...)`; nothing is in an empty one.

    >>> marks([7, 8, 9]), marks([])
    ('?, ?, ?', 'NULL')
    """
    return ", ".join("?" * len(values)) or "NULL"


class Plain:
    """The statements of one table, inside a session.

    `where` is SQL of our own with `?` for each of its values, which are as the database holds them.
    """

    def __init__(self, database: Database, table: str) -> None:
        self._db = database
        self._table = table
        self._texts: dict[object, str] = {}
        self._wanted: dict[str, tuple[str, _Readers]] = {}

    def rows(self, where: str, *values: object, without: str = "") -> list[Any]:
        """The rows that fit, named as in the model; `without` is a column that is large and not wanted."""
        if without not in self._wanted:
            self._wanted[without] = self._reading(without)
        names, readers = self._wanted[without]
        return [_row(readers, each) for each in self.columns(names, where, *values)]

    def row(self, where: str, *values: object, without: str = "") -> Any:
        """The first row that fits, or None."""
        return next(iter(self.rows(f"{where} LIMIT 1", *values, without=without)), None)

    def columns(self, names: str, where: str, *values: object) -> list[tuple[Any, ...]]:
        """Some columns of the rows that fit, as the database holds them. `names` is SQL of our own too."""
        return list(self._run(f'SELECT {names} FROM "{self._table}" WHERE {where}', values))  # noqa: S608 - ours

    def insert(self, columns: Mapping[str, object]) -> int:
        """Adds a row; returns its id."""
        text = self._text(("insert", *columns), lambda: f'{self._insertion(columns)} RETURNING "id"')
        ((made,),) = self._run(text, self._bound(columns))
        return int(made)

    def add(self, columns: Mapping[str, object]) -> None:
        """Adds a row whose id is given, or matters to nobody."""
        text = self._text(("add", *columns), lambda: self._insertion(columns))
        self._run(text, self._bound(columns))

    def add_all(self, rows: Sequence[Mapping[str, object]]) -> None:
        """Adds rows with the same columns."""
        text = self._text(("add", *rows[0]), lambda: self._insertion(rows[0]))
        with pw.__exception_wrapper__:  # type: ignore[attr-defined]  # missing in its stubs
            self._db.peewee.cursor().executemany(self._marked(text), [self._bound(row) for row in rows])

    def update(self, columns: Mapping[str, object], where: str, *values: object) -> int:
        """Sets these columns in the rows that fit; returns how many did."""
        text = self._text((where, *columns), lambda: self._change(columns, where))
        return int(self._db.peewee.rows_affected(self._run(text, (*self._bound(columns), *values))))

    def delete(self, where: str, *values: object) -> None:
        self._run(f'DELETE FROM "{self._table}" WHERE {where}', values)  # noqa: S608 - ours

    def _run(self, text: str, values: Sequence[object]) -> Any:
        return self._db.peewee.execute_sql(self._marked(text), values)

    def _marked(self, text: str) -> str:
        """With the placeholders of the database."""
        return text if self._db.is_sqlite else text.replace("?", self._db.peewee.param)

    # -- the model

    @cached_property
    def _fields(self) -> Mapping[str, Any]:
        fields: Mapping[str, Any] = getattr(self._db.tables, self._table)._meta.fields
        return fields

    def _reading(self, without: str) -> tuple[str, _Readers]:
        """The columns that are wanted, and how the value of each is read."""
        wanted = {name: field for name, field in self._fields.items() if name != without}
        columns = ", ".join(f'"{field.column_name}"' for field in wanted.values())
        ours = {name: field for name, field in wanted.items() if isinstance(field, _OURS)}
        return columns, (tuple(wanted), [(name, field.python_value) for name, field in ours.items()])

    def _bound(self, columns: Mapping[str, object]) -> tuple[object, ...]:
        fields = self._fields
        return tuple(
            fields[name].db_value(value) if isinstance(fields[name], _OURS) else value
            for name, value in columns.items()
        )

    def _text(self, key: object, made: Callable[[], str]) -> str:
        known = self._texts.get(key)
        if known is None:
            known = self._texts[key] = made()
        return known

    def _insertion(self, columns: Mapping[str, object]) -> str:
        names = ", ".join(f'"{self._fields[name].column_name}"' for name in columns)
        return f'INSERT INTO "{self._table}" ({names}) VALUES ({marks(list(columns))})'  # noqa: S608 - ours

    def _change(self, columns: Mapping[str, object], where: str) -> str:
        sets = ", ".join(f'"{self._fields[name].column_name}" = ?' for name in columns)
        return f'UPDATE "{self._table}" SET {sets} WHERE {where}'  # noqa: S608 - ours


def _row(readers: _Readers, values: Sequence[Any]) -> Any:
    """A row with its values by name."""
    names, changed = readers
    row = SimpleNamespace()
    told = vars(row)
    told.update(zip(names, values, strict=True))
    for name, change in changed:
        if told[name] is not None:
            told[name] = change(told[name])
    return row

"""What a person taught by one mail: kept until it is taken back."""

from __future__ import annotations

from datetime import datetime, tzinfo
from typing import Any

import peewee as pw

from leaddesk.doors.store.database import Database
from leaddesk.doors.store.models import LessonRow
from leaddesk.doors.store.rows import new_token
from leaddesk.words.states import Place
from leaddesk.words.teaching import Learned, Lesson, Moved, Taught, Trait


class Lessons:
    """The store of lessons."""

    def __init__(self, database: Database) -> None:
        self._db = database
        self._t = database.tables

    def add(self, lesson: Lesson) -> int:
        """Keeps a lesson; returns its id. `lesson.last_entry` is not looked at: the record's end is."""
        with self._db.transaction():
            made = self._t.lesson.insert(
                token=new_token(),
                trait=lesson.trait.value,
                key=lesson.key,
                taught=lesson.taught.value,
                sentence=lesson.sentence,
                at=lesson.at,
                by=lesson.by,
                mail=lesson.mail,
                moved=[[one.mail, one.place.value, list(one.why), one.lead] for one in lesson.moved],
                last_entry=self._end_of_record(),
            ).execute()
        return int(made)

    def close(self, lesson: int) -> None:
        """What followed from the lesson is done: undo takes it back before anything that was older."""
        with self._db.transaction():
            row = self._t.lesson
            row.update(last_entry=self._end_of_record()).where(row.id == lesson).execute()

    def standing(self) -> list[Lesson]:
        """Those that count, the oldest first."""
        with self._db.session():
            return [_lesson(row) for row in self._standing().order_by(self._t.lesson.id)]

    def get(self, lesson: int) -> Lesson | None:
        """A lesson that counts."""
        with self._db.session():
            row = self._standing().where(self._t.lesson.id == lesson).first()
        return _lesson(row) if row else None

    def newest(self) -> Lesson | None:
        """The last one that counts."""
        with self._db.session():
            row = self._standing().order_by(self._t.lesson.id.desc()).first()
        return _lesson(row) if row else None

    def learned(self, zone: tzinfo) -> tuple[Learned, ...]:
        """What the reading of a mail is told, the oldest first; days are those of `zone`."""
        row = self._t.lesson
        columns = (row.trait, row.key, row.taught, row.at)
        with self._db.session():
            rows = list(self._standing().select(*columns).order_by(row.id))
        return tuple(
            Learned(Trait(r.trait), r.key, Taught(r.taught), r.at.astimezone(zone).date()) for r in rows
        )

    def take_back(self, lesson: int, at: datetime) -> None:
        """It counts no more."""
        row = self._t.lesson
        with self._db.transaction():
            row.update(undone_at=at).where(row.id == lesson, row.undone_at.is_null()).execute()

    def _standing(self) -> Any:
        row = self._t.lesson
        return row.select().where(row.undone_at.is_null())

    def _end_of_record(self) -> int:
        entry = self._t.entry
        return int(entry.select(pw.fn.max(entry.id)).scalar() or 0)


def _lesson(row: LessonRow) -> Lesson:
    return Lesson(
        id=row.id,
        trait=Trait(row.trait),
        key=row.key,
        taught=Taught(row.taught),
        sentence=row.sentence,
        at=row.at,
        by=row.by,
        mail=row.mail,
        moved=tuple(
            Moved(mail=mail, place=Place(place), why=tuple(why), lead=lead)
            for mail, place, why, lead in row.moved
        ),
        last_entry=row.last_entry,
    )

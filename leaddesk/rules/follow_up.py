"""What follows an answer that nobody answered: never the same twice, naming what they asked."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping

from leaddesk.rules.answer import first_words, without_reply_marks
from leaddesk.words.cadence import Course, CourseState
from leaddesk.words.lead import Channel, Direction, Enquiry, Entry, Touch
from leaddesk.words.writing import Note

Notes = Mapping[str, str]
"""Texts of one language by the name of the note."""

_MAILS = (Note.SECOND, Note.USEFUL, Note.LAST)


def read_notes(text: str) -> Mapping[str, Notes]:
    """All notes by language, from resources/templates/follow-ups.toml.

    Raises TOMLDecodeError when the shipped file is broken.
    """
    return {language: dict(table) for language, table in tomllib.loads(text).items()}


def notes_for(language: str | None, notes: Mapping[str, Notes]) -> Notes:
    """Those of a language; English where it has none."""
    return notes.get(language or "en") or notes["en"]


def what_they_asked(enquiry: Enquiry) -> str:
    """Their subject, else the first words of their message; empty where they left none.

    A form's subject is the form's own, so its message speaks.
    """
    is_theirs = enquiry.channel is Channel.EMAIL and without_reply_marks(enquiry.subject)
    return without_reply_marks(enquiry.subject) if is_theirs else first_words(enquiry.message)


def sent_since(record: Iterable[Entry]) -> tuple[Touch, ...]:
    """Our mails by hand since they last said something themselves: none, where a first answer is due.

    `record` holds the entries that stand, oldest first.
    """
    touches = [e for e in record if isinstance(e, Touch) and not e.automatic]
    last = max((n for n, t in enumerate(touches) if t.direction is Direction.IN), default=-1)
    return tuple(t for t in touches[last + 1 :] if t.channel in (Channel.EMAIL, Channel.FORM))


def planned_note(course: Course | None) -> Note | None:
    """The note that the next step of a lead's plan names; None where it names none of ours."""
    if course is None or course.state is not CourseState.RUNNING or not 1 <= course.step <= course.of:
        return None
    named = course.plan.steps[course.step - 1].template
    return Note(named) if named in set(Note) else None


def next_note(texts: Mapping[Note, str], sent: Iterable[str], wanted: Note | None = None) -> Note | None:
    """Which note goes next: the one that the plan names, else the first that did not go out yet.

    `texts` are filled in as they would go out; None when all of them have gone out.
    """
    gone = tuple(_core(text) for text in sent)
    order = ((wanted,) if wanted in _MAILS else ()) + _MAILS
    return next((note for note in order if not _is_among(texts[note], gone)), None)


def _is_among(text: str, gone: Iterable[str]) -> bool:
    """Whether a note's own sentence stands in a mail that went out, whatever was written around it."""
    return any(_core(_sentence(text)) in each for each in gone)


def _sentence(text: str) -> str:
    """The paragraph after the greeting; the whole of a text that has only one."""
    parts = [part for part in text.split("\n\n") if part.strip()]
    return parts[1] if len(parts) > 2 else parts[0]


def _core(text: str) -> str:
    return " ".join(text.split()).casefold()

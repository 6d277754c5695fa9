"""Follow-ups: none repeats another, each names what they asked and makes a no easy."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from leaddesk.rules.follow_up import (
    next_note,
    notes_for,
    planned_note,
    read_notes,
    sent_since,
    what_they_asked,
)
from leaddesk.rules.template import fill, unresolved
from leaddesk.words.cadence import After, Course, CourseState, End, Plan, Step
from leaddesk.words.due import Way
from leaddesk.words.lead import Channel, Direction, Enquiry, Entry, Touch
from leaddesk.words.writing import Note

RESOURCES = Path(__file__).parents[2] / "resources"
NOTES = read_notes((RESOURCES / "templates/follow-ups.toml").read_text(encoding="utf-8"))
AT = datetime(2026, 6, 8, 9, tzinfo=UTC)
FIELDS = {
    "first_name": "Ngozi",
    "name": "Ngozi Adeyemi",
    "my_name": "Ann",
    "subject": "Loft",
    "asked": "“a loft”",
}
EASY_NO = {
    "en": ("no", "word", "need not"),
    "de": ("Nein", "Wort", "nichts"),
    "fr": ("non", "mot", "rien"),
    "es": ("no", "palabra", "nada"),
    "it": ("no", "parola", "nulla"),
    "nl": ("nee", "woord", "niets"),
    "pl": ("nie", "słowo", "nic"),
    "ja": ("不要", "一言", "何も"),
}


def touch(number: int, direction: Direction, channel: Channel = Channel.EMAIL, **more: object) -> Touch:
    at = AT + timedelta(hours=number)
    return Touch(id=number, lead=1, at=at, direction=direction, channel=channel, **more)  # type: ignore[arg-type]  # a test's shorthand


def filled(language: str) -> dict[Note, str]:
    return {note: fill(NOTES[language][note.value], FIELDS) for note in Note}


@pytest.mark.parametrize("language", sorted(NOTES))
def test_every_note_names_what_they_asked_and_makes_a_no_easy(language: str) -> None:
    for note, text in filled(language).items():
        assert "“a loft”" in text, note
        assert unresolved(text) == (), note
        assert any(word in text for word in (*EASY_NO[language], "いいえ")), note
    assert len(set(filled(language).values())) == len(Note)


@pytest.mark.parametrize("language", sorted(NOTES))
def test_no_mail_goes_out_twice_and_then_there_is_none_left(language: str) -> None:
    texts = filled(language)
    sent: list[str] = []
    while (note := next_note(texts, sent)) is not None:
        assert texts[note] not in sent
        sent.append(texts[note])
    assert sent == [texts[Note.SECOND], texts[Note.USEFUL], texts[Note.LAST]]


def test_the_plans_own_note_comes_first_unless_it_went_out_before() -> None:
    texts = filled("en")
    assert next_note(texts, [], Note.LAST) is Note.LAST
    edited = texts[Note.LAST].replace("Best wishes", "By the way, the price holds.\n\nBest wishes")
    assert next_note(texts, [edited], Note.LAST) is Note.SECOND
    assert next_note(texts, [], Note.NUDGE) is Note.SECOND, "a text is no mail"


def course(step: int, state: CourseState = CourseState.RUNNING, template: str = "last-note") -> Course:
    steps = (Step(After(1, "d"), Way.CALL), Step(After(1, "d"), Way.EMAIL, template))
    plan = Plan(name="P", about="", end=End.DECIDE, cap_per_week=4, steps=steps)
    return Course(plan=plan, state=state, step=step, of=2, way=Way.EMAIL, at=AT)


@pytest.mark.parametrize(
    ("told", "note"),
    [
        (course(2), Note.LAST),
        (course(1), None),
        (course(3), None),
        (course(2, CourseState.STOPPED), None),
        (course(2, template="of-our-own"), None),
        (None, None),
    ],
)
def test_the_next_step_of_the_plan_names_the_note(told: Course | None, note: Note | None) -> None:
    assert planned_note(told) is note


def test_what_counts_is_what_we_wrote_since_they_last_said_something() -> None:
    record: list[Entry] = [
        touch(1, Direction.IN),
        touch(2, Direction.OUT),
        touch(3, Direction.IN),
        touch(4, Direction.OUT, automatic=True),
        touch(5, Direction.OUT, Channel.CALL),
        touch(6, Direction.OUT),
        touch(7, Direction.IN, automatic=True),
    ]
    assert [each.id for each in sent_since(record)] == [6]
    assert [each.id for each in sent_since(record[1:2])] == [2], "a lead that was written down by hand"


@pytest.mark.parametrize(
    ("channel", "subject", "asked"),
    [
        (Channel.EMAIL, "Re: Resin floor", "Resin floor"),
        (Channel.EMAIL, "", "do you fit a counter?"),
        (Channel.FORM, "New submission #3", "do you fit a counter?"),
        (Channel.CALL, "", "do you fit a counter?"),
    ],
)
def test_they_asked_what_their_subject_or_their_message_says(
    channel: Channel, subject: str, asked: str
) -> None:
    message = "Hello there,\n\ndo you fit a counter?"
    made = Enquiry(lead=1, channel=channel, received_at=AT, seen_at=AT, message=message, subject=subject)
    assert what_they_asked(made) == asked


def test_a_language_without_notes_has_the_english_ones() -> None:
    assert notes_for("de", NOTES) is NOTES["de"]
    assert notes_for("sv", NOTES) is notes_for(None, NOTES) is NOTES["en"]

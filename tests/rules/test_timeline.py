"""The conversation in words."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from leaddesk.rules.fold import fold
from leaddesk.rules.timeline import own_words, timeline
from leaddesk.words.lead import Channel, Direction, Entry, Lead, Outcome, Person, Reached, Source, Touch, Verb
from leaddesk.words.mail import Attachment
from leaddesk.words.outgoing import Outgoing, OutgoingState
from leaddesk.words.views import TimelineItem
from tests.made import answered, asked, at, called, decided, enquiry, person, took_back, wrote

ASKED = asked(1, 0, mail=5, text="What is a dormer?")


def lead(*record: Entry) -> Lead:
    enquiries = (enquiry(1, 0),)
    entries = (ASKED, *record)
    return Lead(
        id=1, person=person(), source=Source(), wants="", state=fold(enquiries, entries),
        enquiries=enquiries, record=entries,
    )  # fmt: skip


def told(*record: Entry, outgoing: tuple[Outgoing, ...] = ()) -> tuple[TimelineItem, ...]:
    return timeline(lead(*record), outgoing, {5: (Attachment(0, "plan.pdf", "application/pdf", 9),)}, "Ann")


def last(*record: Entry) -> str:
    return told(*record)[-1].headline


def mail(id: int, state: OutgoingState, minutes: float = 3, **more: Any) -> Outgoing:
    given: dict[str, Any] = {
        "lead": 1, "enquiry": 1, "account": 1, "message_id": None, "to": (), "cc": (), "subject": "",
        "body": "Yes", "body_hash": None, "approved_by": "Ann", "approved_at": at(minutes),
        "not_before": None,
        "attempts": 0, "next_try": None, "answer": None, "why": "", "committing_at": None, "sent_at": None,
        "updated_at": at(minutes), "copied_to_sent": None, **more,
    }  # fmt: skip
    return Outgoing(id=id, state=state, **given)


def test_the_enquiry_opens_the_conversation_with_its_files() -> None:
    (item,) = told()
    assert (item.headline, item.text, item.enquiry, item.mail) == ("Ngozi", "What is a dormer?", 1, 5)
    assert [file.name for file in item.attachments] == ["plan.pdf"]


@pytest.mark.parametrize(
    ("who", "headline"),
    [
        (Person(name="Dr. Ngozi Adeyemi"), "Ngozi answered"),
        (Person(name="Adeyemi, Ngozi"), "Ngozi answered"),
        (Person(name="Familie Brückner"), "Familie Brückner answered"),
        (Person(name="Dr."), "They answered"),
        (Person(name="ngozi@example.org", emails=("ngozi@example.org",)), "They answered"),
        (Person(name=""), "They answered"),
    ],
)
def test_a_person_is_called_as_in_a_greeting(who: Person, headline: str) -> None:
    assert timeline(replace(lead(wrote(2, 3)), person=who), (), {}, "Ann")[-1].headline == headline


VISIT = answered(2, 3, channel=Channel.VISIT, outcome=Reached.REACHED)
LOST = decided(2, 9, Verb.CLOSED, outcome=Outcome.LOST, reason="too far away")


@pytest.mark.parametrize(
    ("entry", "headline"),
    [
        (answered(2, 6), "You, 6 min after they wrote"),
        (answered(2, 6, by="Bea"), "Bea, 6 min after they wrote"),
        (called(2, 90, Reached.VOICEMAIL), "You called: left a voicemail, 1 h after they wrote"),
        (called(2, 3, Reached.REACHED), "You called: reached, 3 min after they wrote"),
        (called(2, 3, Reached.WRONG_NUMBER), "You called: wrong number"),
        (VISIT, "You met them, 3 min after they wrote"),
        (answered(2, 3, channel=Channel.TEXT), "You sent a text, 3 min after they wrote"),
        (answered(2, 0.1, automatic=True, by=None), "Holding message · automatic"),
        (answered(2, 0.1, automatic=True, by=None, mail=7), "Confirmation from elsewhere · automatic"),
        (wrote(2, 9, automatic=True), "Ngozi · automatic"),
        (wrote(2, 9), "Ngozi answered"),
        (wrote(2, 9, channel=Channel.CALL), "Ngozi called"),
        (LOST, "Closed: lost, too far away"),
        (decided(2, 9, Verb.CLOSED, outcome=Outcome.WON), "Closed: won"),
        (decided(2, 9, Verb.REOPENED), "Reopened"),
        (decided(2, 9, Verb.SNOOZED, until=at(60), reason="holiday"), "Snoozed, holiday"),
        (decided(2, 9, Verb.GOT), "You said: I've got it"),
        (decided(2, 9, Verb.GOT, by="Bea"), "Bea said: I've got it"),
        (decided(2, 9, Verb.JUDGED_OUT), "Not a lead"),
        (decided(2, 9, Verb.NOTED, reason="likes oak"), "Note by you"),
        (decided(2, 9, Verb.NOTED, reason="likes oak", by="Bea"), "Note by Bea"),
    ],
)
def test_what_happened_in_words(entry: Entry, headline: str) -> None:
    assert last(entry) == headline


def test_only_the_first_answer_tells_how_long_it_took() -> None:
    assert last(answered(2, 6), wrote(3, 9), answered(4, 12)) == "You"


def test_a_notes_words_are_its_text() -> None:
    assert told(decided(2, 9, Verb.NOTED, reason="likes oak"))[-1].text == "likes oak"


def test_what_was_taken_back_and_waking_are_not_shown() -> None:
    shown = told(
        decided(2, 5, Verb.CLOSED, outcome=Outcome.WON), took_back(3, 6, 2), decided(4, 7, Verb.WOKEN)
    )
    assert [item.entry for item in shown] == [1]


def test_a_call_that_was_set_back_stands_where_it_was() -> None:
    assert [item.entry for item in told(wrote(2, 30), called(3, 10, Reached.REACHED))] == [1, 3, 2]


@pytest.mark.parametrize(
    ("state", "is_shown"),
    [
        (OutgoingState.DRAFT, False),
        (OutgoingState.QUEUED, True),
        (OutgoingState.COMMITTING, True),
        (OutgoingState.DEFERRED, True),
        (OutgoingState.UNSURE, True),
        (OutgoingState.REFUSED, True),
        (OutgoingState.SENT, False),
        (OutgoingState.CANCELLED, False),
    ],
)
def test_what_is_on_its_way_is_shown_until_its_touch_stands_for_it(
    state: OutgoingState, is_shown: bool
) -> None:
    items = told(outgoing=(mail(3, state, why="no answer"),))
    assert [item.outgoing for item in items] == ([None, 3] if is_shown else [None])
    if is_shown:
        assert (items[-1].headline, items[-1].outgoing_state, items[-1].outgoing_why) == (
            "You",
            state,
            "no answer",
        )


def test_a_sent_mails_touch_tells_of_its_state() -> None:
    touch = Touch(
        id=2, lead=1, at=at(4), by="Ann", direction=Direction.OUT, channel=Channel.EMAIL,
        outcome=Reached.SENT, text="Yes", outgoing=3,
    )  # fmt: skip
    items = told(touch, outgoing=(mail(3, OutgoingState.SENT),))
    assert [(item.entry, item.outgoing, item.outgoing_state) for item in items[1:]] == [
        (2, 3, OutgoingState.SENT)
    ]


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("Yes, gladly.", "Yes, gladly."),
        ("Yes.\n\n-- \nAnn\n> quoted", "Yes."),
        ("Yes.\nOn Tue, Ngozi wrote:\n> Could you?", "Yes."),
        ("> only their words", "> only their words"),
        ("", ""),
    ],
)
def test_our_own_words_are_shown_without_theirs(text: str, own: str) -> None:
    assert own_words(text) == own

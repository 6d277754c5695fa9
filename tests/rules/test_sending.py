"""Judgement about mails on their way."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from leaddesk.rules.compose import body_hash
from leaddesk.rules.sending import (
    CHANGED,
    STALE,
    due_at,
    is_evidence,
    must_ask,
    must_not_go,
    pause_after,
)
from leaddesk.words.outgoing import Outgoing, OutgoingState
from tests.made import at

GRACE = timedelta(minutes=15)
MAIL = Outgoing(
    id=1,
    lead=1,
    enquiry=1,
    account=1,
    state=OutgoingState.QUEUED,
    message_id="<a@x>",
    to=("n@x.example",),
    cc=("c@x.example",),
    subject="Re: Loft",
    body="Yes.",
    body_hash=body_hash("Re: Loft", "Yes.", ("n@x.example", "c@x.example")),
    approved_by="Ann",
    approved_at=at(0),
    not_before=at(0),
    attempts=0,
    next_try=None,
    answer=None,
    why="",
    committing_at=at(0),
    sent_at=None,
    updated_at=at(0),
    copied_to_sent=None,
)


def test_pauses_grow_and_then_stay() -> None:
    pauses = [pause_after(tries, timedelta(seconds=10)).total_seconds() for tries in range(6)]
    assert pauses == [10, 30, 60, 120, 120, 120]


def test_a_mail_is_due_at_its_next_try_else_when_undo_is_over() -> None:
    assert due_at(MAIL) == at(0)
    assert due_at(replace(MAIL, next_try=at(5))) == at(5)


@pytest.mark.parametrize(
    "edited",
    [
        {"body": "No."},
        {"subject": "Re: Other"},
        {"to": ("evil@x.example",)},
        {"cc": ()},
        {"body_hash": None},
    ],
)
def test_what_was_changed_after_approval_does_not_go(edited: dict[str, object]) -> None:
    assert must_not_go(MAIL, at(1)) is None
    assert must_not_go(replace(MAIL, **edited), at(1)) == CHANGED  # type: ignore[arg-type]  # a table


def test_what_waited_for_two_days_does_not_go_by_itself() -> None:
    assert must_not_go(MAIL, at(0) + timedelta(hours=48)) is None
    assert must_not_go(MAIL, at(0) + timedelta(hours=48, seconds=1)) == STALE


def test_not_found_says_nothing_before_the_grace_is_over() -> None:
    assert not is_evidence(MAIL, GRACE, at(14.9))
    assert is_evidence(MAIL, GRACE, at(15))


@pytest.mark.parametrize(
    ("minutes", "looks", "saves_sent", "asked"),
    [
        (14, 5, True, False),
        (14, 0, False, False),
        (15, 0, False, True),
        (15, 1, True, False),
        (16, 2, True, True),
        (20, 0, True, True),
    ],
)
def test_a_person_is_asked_when_looking_is_over(
    minutes: float, looks: int, saves_sent: bool, asked: bool
) -> None:
    assert must_ask(MAIL, looks, saves_sent=saves_sent, grace=GRACE, now=at(minutes)) is asked

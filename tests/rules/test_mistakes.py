"""The five mistakes: each definition's edges, one line a case."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from leaddesk.rules.mistake_words import shown_by
from leaddesk.rules.mistakes import (
    Drafted,
    Followed,
    Try,
    Wait,
    drafted_by,
    gave_up_after_one_try,
    has_no_source,
    has_no_stopping_point,
    mistakes,
    next_way,
    tried,
    used_one_channel,
    was_slow_for_polish,
)
from leaddesk.words.lead import Certainty, Channel, Reached, Source
from leaddesk.words.review import Mistake
from leaddesk.words.states import Outcome, Turn
from tests.made import answered, at, called, took_back, wrote

DAY = 24 * 60
NOW = at(10 * DAY)
TARGET = timedelta(minutes=30)
EMAIL, CALL, TEXT, VISIT = Channel.EMAIL, Channel.CALL, Channel.TEXT, Channel.VISIT
BOTH = frozenset((EMAIL, CALL))
STATED = Source("Website: prices", Certainty.STATED, {"page_url": "https://lofts.example/prices"})


def lead(**more: Any) -> Followed:
    """Asked at the start, is open, theirs to move, and makes no mistake but what is given."""
    given: dict[str, Any] = {
        "lead": 1, "name": "Ngozi Eze", "outcome": Outcome.OPEN, "turn": Turn.THEIRS, "snoozed_until": None,
        "is_planned": True, "source": STATED, "ways": BOTH, "asked_at": at(0), "last_in_at": at(0),
        "tries": (), "waits": (), "drafts": (),
    }  # fmt: skip
    return Followed(**(given | more))


def tries(*told: tuple[float, Channel] | tuple[float, Channel, Reached]) -> tuple[Try, ...]:
    return tuple(Try(at(one[0]), one[1], one[2] if len(one) > 2 else None) for one in told)


MAIL_ONCE, MAIL_TWICE = tries((9, EMAIL)), tries((9, EMAIL), (DAY, EMAIL))
CLOSED = {"outcome": Outcome.NO_RESPONSE}
LEFT = {"is_planned": False}


@pytest.mark.parametrize(
    ("facts", "is_one"),
    [
        ({"tries": MAIL_ONCE, **CLOSED}, True),
        ({"tries": MAIL_ONCE, "outcome": Outcome.LOST}, True),
        ({"tries": MAIL_ONCE, "outcome": Outcome.WON}, False),
        ({"tries": MAIL_ONCE, "outcome": Outcome.NOT_A_LEAD}, False),
        ({"tries": (), **CLOSED}, False),
        ({"tries": MAIL_TWICE, **CLOSED}, False),
        ({"tries": MAIL_ONCE, "last_in_at": at(60), **CLOSED}, False),
        ({"tries": MAIL_ONCE, "last_in_at": at(5), **CLOSED}, True),
        ({"tries": tries((9, CALL, Reached.NO_ANSWER)), **CLOSED}, True),
        ({"tries": tries((9, CALL, Reached.REACHED)), **CLOSED}, False),
        ({"tries": tries((-DAY, EMAIL), (9, EMAIL)), **CLOSED}, True),
        ({"tries": MAIL_ONCE, **LEFT}, True),
        ({"tries": tries((7 * DAY, EMAIL)), **LEFT}, True),
        ({"tries": tries((7 * DAY + 1, EMAIL)), **LEFT}, False),
        ({"tries": MAIL_ONCE}, False),
        ({"tries": MAIL_ONCE, "snoozed_until": at(11 * DAY), **LEFT}, False),
    ],
)
def test_gave_up_after_one_try(facts: dict[str, Any], is_one: bool) -> None:
    assert gave_up_after_one_try(lead(**facts), NOW) is is_one


@pytest.mark.parametrize(
    ("facts", "is_one"),
    [
        ({"tries": MAIL_TWICE}, True),
        ({"tries": MAIL_TWICE, **CLOSED}, True),
        ({"tries": MAIL_TWICE, "outcome": Outcome.WON}, False),
        ({"tries": MAIL_ONCE}, False),
        ({"tries": MAIL_TWICE, "ways": frozenset((EMAIL,))}, False),
        ({"tries": MAIL_TWICE, "last_in_at": at(30)}, False),
        ({"tries": tries((9, EMAIL), (DAY, CALL, Reached.VOICEMAIL))}, False),
        ({"tries": tries((9, CALL, Reached.BUSY), (DAY, CALL, Reached.NO_ANSWER))}, True),
        ({"tries": tries((9, CALL, Reached.BUSY), (DAY, TEXT, Reached.SENT))}, True),
        ({"tries": tries((9, CALL, Reached.BUSY), (DAY, CALL)), "ways": frozenset((CALL,))}, False),
        ({"tries": tries((9, EMAIL), (DAY, VISIT))}, False),
        ({"tries": tries((-2, EMAIL), (9, EMAIL))}, False),
    ],
)
def test_one_channel_only_though_another_is_known(facts: dict[str, Any], is_one: bool) -> None:
    assert used_one_channel(lead(**facts)) is is_one


@pytest.mark.parametrize(
    ("draft", "wait", "is_one"),
    [
        (Drafted(at(25), at(36)), Wait(at(0), at(36)), True),
        (Drafted(at(25), at(35)), Wait(at(0), at(36)), False),  # ten minutes may be
        (Drafted(at(10), at(30)), Wait(at(0), at(30)), False),  # within the target
        (Drafted(at(10), at(31)), Wait(at(0), at(31)), True),
        (Drafted(at(10), None), Wait(at(0), None), True),  # it lies there still
        (Drafted(at(10), None), Wait(at(0), at(15)), False),  # somebody rang meanwhile
        (Drafted(at(40), at(90)), Wait(at(0), at(30)), False),  # a second mail may take its time
        (Drafted(at(-20), at(60)), Wait(at(0), at(60)), False),  # begun for something else
        (Drafted(at(30), at(30)), Wait(at(0), at(30)), False),
    ],
)
def test_slow_for_polish(draft: Drafted, wait: Wait, is_one: bool) -> None:
    assert was_slow_for_polish(lead(drafts=(draft,), waits=(wait,)), NOW, TARGET) is is_one


@pytest.mark.parametrize(
    ("source", "is_one"),
    [
        (Source(), True),
        (Source("Email to info@lofts.example", Certainty.DERIVED, {"mailbox": "info@lofts.example"}), True),
        (STATED, False),
        (Source("Recommended", Certainty.ASKED, {"entered": "by hand"}), False),
    ],
)
def test_source_unknown(source: Source, is_one: bool) -> None:
    assert has_no_source(lead(source=source, outcome=Outcome.WON)) is is_one


@pytest.mark.parametrize(
    ("facts", "is_one"),
    [
        (LEFT, True),
        ({"turn": Turn.OURS, **LEFT}, False),
        ({"is_planned": True}, False),
        ({"snoozed_until": at(11 * DAY), **LEFT}, False),
        ({"outcome": Outcome.LOST, **LEFT}, False),
    ],
)
def test_no_stopping_point(facts: dict[str, Any], is_one: bool) -> None:
    assert has_no_stopping_point(lead(**facts)) is is_one


def test_each_list_keeps_the_order_in_which_they_asked() -> None:
    leads = [lead(lead=number, tries=MAIL_TWICE) for number in (5, 3, 4)]
    found = mistakes(leads, NOW, TARGET)
    assert [each.lead for each in found[Mistake.ONE_CHANNEL]] == [5, 3, 4]
    assert set(found) == set(Mistake)
    assert not any(group for mistake, group in found.items() if mistake is not Mistake.ONE_CHANNEL)


def test_a_try_that_was_taken_back_or_automatic_is_none() -> None:
    record = [
        wrote(1, 0),
        answered(2, 1, automatic=True),
        called(3, 20, Reached.BUSY),
        answered(4, 9),
        answered(5, 12),
        took_back(6, 13, 5),
    ]
    assert tried(record) == (
        Try(at(9), EMAIL, Reached.SENT),
        Try(at(20), CALL, Reached.BUSY),
    )


@pytest.mark.parametrize(
    ("facts", "way"),
    [
        ({"tries": MAIL_TWICE}, CALL),
        ({"tries": tries((9, CALL), (10, TEXT))}, EMAIL),
        ({"tries": MAIL_ONCE, "ways": frozenset((EMAIL,))}, EMAIL),
        ({"tries": tries((9, EMAIL), (10, CALL))}, CALL),
        ({"tries": MAIL_ONCE, "ways": frozenset()}, None),
    ],
)
def test_the_way_that_was_not_tried_comes_next(facts: dict[str, Any], way: Channel | None) -> None:
    assert next_way(lead(**facts)) is way


def test_a_draft_as_it_lay_then() -> None:
    draft = Drafted(at(10), at(40))
    assert drafted_by(draft, at(9)) is None
    assert drafted_by(draft, at(20)) == Drafted(at(10), None)
    assert drafted_by(draft, at(40)) == draft


@pytest.mark.parametrize(
    ("mistake", "facts", "words"),
    [
        (Mistake.ONE_TRY, {"tries": MAIL_ONCE, **CLOSED}, "one mail, closed"),
        (Mistake.ONE_TRY, {"tries": MAIL_ONCE}, "one mail, 9 days ago"),
        (Mistake.ONE_TRY, {"tries": tries((9, Channel.OTHER))}, "one try, 9 days ago"),
        (Mistake.ONE_CHANNEL, {"tries": MAIL_TWICE}, "2 mails, number known"),
        (Mistake.ONE_CHANNEL, {"tries": tries((9, CALL), (10, TEXT))}, "2 tries, address known"),
        (Mistake.NO_SOURCE, {}, "no page and no campaign"),
        (Mistake.NO_STOP, {}, "day 11, nothing planned"),
        (
            Mistake.SLOW_FOR_POLISH,
            {"drafts": (Drafted(at(10), at(115)),), "waits": (Wait(at(0), at(115)),)},
            "a draft lay 1 h 45 min",
        ),
    ],
)
def test_what_shows_it_is_said_in_a_few_words(mistake: Mistake, facts: dict[str, Any], words: str) -> None:
    assert shown_by(mistake, lead(**facts), NOW, TARGET) == words

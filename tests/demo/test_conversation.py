"""Who answers in the demo: the first always, later ones sometimes, robots and ourselves never."""

from __future__ import annotations

import itertools
from dataclasses import replace
from random import Random

import pytest

from leaddesk.demo.cast import read_cast
from leaddesk.demo.conversation import Conversation, Pace
from leaddesk.demo.letter import Letter
from leaddesk.doors.paths import resource

CAST = read_cast(resource("demo/customers.toml").read_text(encoding="utf-8"))
OURS = Letter(
    sender="info@hillside-lofts.example.com",
    sender_name="Ann",
    to=(("", "ngozi.adeyemi@example.com"),),
    subject="Re: Loft",
    message_id="<1@example.com>",
    references=(),
    text="Hi",
    automatic=False,
)


class Never(Random):
    """Every chance is missed."""

    def random(self) -> float:
        return 0.999


def to(address: str, name: str = "") -> Letter:
    return replace(OURS, to=((name, address),))


@pytest.mark.parametrize("seed", range(20))
def test_the_first_mail_of_all_is_always_answered(seed: int) -> None:
    found = Conversation(CAST, Random(seed)).answer(OURS)
    assert found is not None
    person, text = found
    assert (person.name, person.language) == ("Ngozi Adeyemi", "en")
    assert text == person.answers[0]


def test_later_mails_are_answered_sometimes() -> None:
    conversation = Conversation(CAST, Random(1))
    conversation.answer(OURS)
    answers = [conversation.answer(to(f"p{number}@example.com")) for number in range(100)]
    assert 60 < sum(answer is not None for answer in answers) < 95


def test_each_answer_of_a_person_is_given_once() -> None:
    conversation = Conversation(CAST, Random(0))
    texts = [found[1] for _ in range(20) if (found := conversation.answer(to("Grace.Whitlock@EXAMPLE.com")))]
    assert len(texts) == len(set(texts)) <= 2


def test_who_misses_a_chance_is_silent() -> None:
    conversation = Conversation(CAST, Never())
    assert conversation.answer(OURS) is not None
    assert conversation.answer(to("misaki.sato@example.com")) is None


def test_a_stranger_answers_under_the_name_that_we_wrote_to() -> None:
    found = Conversation(CAST, Random(1)).answer(to("new@example.com", "Nora New"))
    assert found is not None
    assert (found[0].name, found[0].email) == ("Nora New", "new@example.com")


def test_automatic_mail_and_mail_to_ourselves_are_not_answered() -> None:
    conversation = Conversation(CAST, Random(1))
    assert conversation.answer(replace(OURS, automatic=True)) is None
    assert conversation.answer(to("Info@hillside-lofts.example.com")) is None
    assert conversation.answer(OURS) is not None


@pytest.mark.parametrize("seed", range(20))
def test_enquiries_come_at_growing_gaps(seed: int) -> None:
    times = Pace().arrivals(12, Random(seed))
    gaps = [later - earlier for earlier, later in itertools.pairwise(times)]
    assert times[0] == 6
    assert gaps == sorted(gaps)
    assert all(20 <= gap <= 60 for gap in gaps)


def test_an_answer_takes_its_time() -> None:
    random = Random(1)
    assert all(8 <= Pace().until_answer(random) <= 20 for _ in range(100))

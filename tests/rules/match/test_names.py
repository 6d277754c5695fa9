"""Names: which two one person may go by, and which two contradict each other."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaddesk.rules.match.names import are_near, contradict, parts_of


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Anna Beck", "Tom Beck"),
        ("Anna Beck", "Maria Lopez"),
        ("Beck GmbH", "Linde Maler"),
        ("山田 太郎", "佐藤 花子"),
        ("Иван Петров", "Ольга Петрова"),
    ],
)
def test_two_peoples_names_contradict_each_other(one: str, other: str) -> None:
    assert contradict(one, other)
    assert contradict(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Anna Beck", "Beck, Anna"),
        ("A. Beck", "Anna Beck"),
        ("Frau Dr. Beck", "Anna Beck"),
        ("Anna", "Anna Beck"),
        ("Beck GmbH", "Anna Beck"),
        ("Ana Lopez", "Ana López"),
        ("Anna Beck", ""),
        ("Anna Beck", "anna@beck.example"),
        ("Anna Beck", "+447700900123"),
        ("Anna Beck", "Unknown sender"),
    ],
)
def test_what_one_person_may_be_called_contradicts_nothing(one: str, other: str) -> None:
    assert not contradict(one, other)
    assert not contradict(other, one)


@given(st.text(max_size=300), st.text(max_size=300))
def test_any_two_texts_can_be_compared(one: str, other: str) -> None:
    assert contradict(one, other) is contradict(other, one)
    if contradict(one, other):
        assert not are_near(" ".join(parts_of(one)), " ".join(parts_of(other)))

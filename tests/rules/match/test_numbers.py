"""Telephone numbers as they may have been kept."""

from __future__ import annotations

import pytest

from leaddesk.rules.match.numbers import at_home, home_of, same_number, spellings


@pytest.mark.parametrize("kept", ["+447700900123", "07700900123", "00447700900123", "447700900123"])
def test_a_number_with_its_country_is_found_however_it_was_kept(kept: str) -> None:
    assert kept in spellings("+447700900123")
    assert same_number("+447700900123", kept)


def test_a_number_without_its_country_means_only_itself() -> None:
    assert spellings("07700900123") == ("07700900123",)
    assert not same_number("+4917012345678", "+43017012345678")


def test_what_is_no_number_of_any_country_is_compared_as_it_is() -> None:
    assert spellings("+999123456") == ("+999123456", "00999123456", "999123456")


@pytest.mark.parametrize(
    ("key", "home", "told"),
    [
        ("07700900123", "GB", "+447700900123"),
        ("017012345678", "DE", "+4917012345678"),
        ("00447700900123", None, "+447700900123"),
        ("07700900123", None, "07700900123"),
        ("12", "GB", "12"),
    ],
)
def test_a_number_is_dialled_where_most_others_are(key: str, home: str | None, told: str) -> None:
    assert at_home(key, home) == told


def test_no_number_tells_no_country() -> None:
    assert home_of([]) is None
    assert home_of(["07700900123", "+x"]) is None

"""The table of everybody: windows that follow each other, the words that were found, how many there are."""

from __future__ import annotations

import pytest

from leaddesk.words.all_leads import Only, Sort, SortBy
from leaddesk.words.lead import Outcome
from tests.house import House


@pytest.fixture
def few(house: House) -> House:
    """Three who rang."""
    add = house.desk.leads.add
    add(name="Eve Marsh", phone="+44 7700 900123", email="eve@example.org", message="Insulate the ATTIC")
    add(name="Özil Bau", message="Ein Dach für 20 m²", source="Referral: Ann")
    add(name="Zoe Lofthouse", message="Two windows")
    house.desk.decide.close(3, Outcome.LOST, "price")
    return house


def test_everybody_comes_window_by_window(few: House) -> None:
    first = few.desk.all_leads.page(sort=Sort(SortBy.NAME, down=False), limit=2)
    assert [row.name for row in first.rows] == ["Eve Marsh", "Özil Bau"]

    last = few.desk.all_leads.page(sort=Sort(SortBy.NAME, down=False), after=first.after, limit=2)

    assert ([(row.name, row.reason) for row in last.rows], last.after) == ([("Zoe Lofthouse", "price")], None)


@pytest.mark.parametrize(
    ("words", "name", "line"),
    [
        ("attic", "Eve Marsh", "Insulate the ATTIC"),
        ("DACH", "Özil Bau", "Ein Dach für 20 m²"),
        ("loft", "Zoe Lofthouse", "Two windows"),
        ("07700 900 123", "Eve Marsh", "Insulate the ATTIC"),
    ],
)
def test_a_row_shows_the_words_that_were_found_as_they_were_written(
    few: House, words: str, name: str, line: str
) -> None:
    (row,) = few.desk.all_leads.page(Only(words=words)).rows
    assert (row.name, row.wants) == (name, line)


@pytest.mark.parametrize(
    ("words", "snippet"),
    [
        ("attic", "Insulate the ATTIC"),
        ("07700900123", "+44 7700 900123"),
        ("EVE@example", "eve@example.org"),
        ("marsh", "Insulate the ATTIC"),
    ],
)
def test_a_search_shows_what_it_found_as_it_was_written(few: House, words: str, snippet: str) -> None:
    (found,) = few.desk.leads.find(words)
    assert (found.lead, found.snippet) == (1, snippet)


def test_the_tally_is_of_what_fits_and_the_sources_are_named(few: House) -> None:
    tally = few.desk.all_leads.tally(Only(outcome=Outcome.LOST, words="o"))
    assert (tally.of(Outcome.LOST), tally.of(Outcome.OPEN), tally.leads) == (1, 1, 3)
    assert few.desk.all_leads.sources() == (("Phone", 2), ("Referral: Ann", 1))

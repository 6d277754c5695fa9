"""`leaddesk merge` and `unmerge`, and what `lead` says of others who may be the same person."""

from __future__ import annotations

import pytest

from tests.cli.calling import Cli


@pytest.fixture
def two(cli: Cli) -> tuple[int, int]:
    """Two leads of one number and two names."""
    cli.json("add", "--name", "Anna Beck", "--phone", "+44 7700 900123")
    cli.json("add", "--name", "Tom Hall", "--phone", "+44 7700 900123")
    return 1, 2


def test_a_lead_is_joined_and_taken_apart(cli: Cli, two: tuple[int, int]) -> None:
    assert cli.json("merge", "2", "1") == [{"did": "Joined", "lead": 2, "into": 1}]
    assert [row["lead"] for row in cli.json("queue")] == [1]
    for number in ("1", "2"):
        (shown,) = cli.json("lead", number)
        assert (shown["lead"], shown["joined"], len(shown["enquiries"])) == (1, [2], 2)
    assert cli.json("unmerge", "2") == [{"did": "Taken apart", "lead": 2, "into": 1}]
    assert {row["lead"] for row in cli.json("queue")} == {1, 2}
    assert cli.json("lead", "2")[0]["joined"] == []


def test_undo_takes_a_joining_back(cli: Cli, two: tuple[int, int]) -> None:
    cli.json("merge", "2", "1")
    assert cli.json("undo") == [{"did": "Joined", "lead": 2}]
    assert len(cli.json("queue")) == 2


def test_a_lead_names_who_may_be_the_same_person_and_why(cli: Cli, two: tuple[int, int]) -> None:
    (shown,) = cli.json("lead", "2")
    assert shown["same_as"] == [
        {"lead": 1, "name": "Anna Beck", "why": "Both use +44 7700 900123, by another name."}
    ]
    assert "Same person as lead 1, Anna Beck?" in cli("lead", "2").out
    cli.json("merge", "2", "1")
    assert cli.json("lead", "1")[0]["same_as"] == []


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("merge", "1", "1"), "These two are one lead already."),
        (("merge", "1", "9"), "There is no lead 9."),
        (("merge", "9", "1"), "There is no lead 9."),
        (("unmerge", "1"), "This lead was not joined with another."),
        (("unmerge", "9"), "There is no lead 9."),
    ],
)
def test_what_cannot_be_joined_or_taken_apart_is_a_no(
    cli: Cli, two: tuple[int, int], words: tuple[str, ...], sentence: str
) -> None:
    said = cli(*words, "--json")
    assert (said.code, said.out, said.err) == (1, "", f"{sentence}\n")


@pytest.mark.parametrize("words", [("merge", "1"), ("merge", "one", "2"), ("unmerge",)])
def test_a_lead_must_be_named(cli: Cli, words: tuple[str, ...]) -> None:
    assert cli(*words).code == 2


def test_thirty_days_later_they_stay_one(cli: Cli, two: tuple[int, int]) -> None:
    cli.json("merge", "2", "1")
    cli.clock.advance(days=31)
    said = cli("unmerge", "2")
    assert said.code == 1
    assert said.err.startswith("They were joined more than thirty days ago.")

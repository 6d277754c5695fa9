"""`leaddesk take`, `assign` and `out`."""

from __future__ import annotations

import pytest

from tests.cli.calling import Cli


def test_a_lead_is_taken_given_and_its_people_change(cli: Cli) -> None:
    cli.lead()
    assert cli.json("take", "1") == [{"did": "Taken", "lead": 1}]
    assert cli.json("assign", "1", "Ben") == [{"did": "Assigned", "lead": 1, "person": "Ben"}]
    cli.json("config", "team.people", "Ann <ann@lofts.example> | Ben <ben@home.example>")
    cli.json("config", "person.name", "Ann")
    assert cli("assign", "1", "Tom").code == 2
    assert cli.json("out") == [{"did": "Out", "lead": None, "out": ["Ann"]}]
    assert cli.json("out", "--back") == [{"did": "Back", "lead": None, "out": []}]
    assert cli.json("undo") == [{"did": "Assigned", "lead": 1}]
    (shown,) = cli.json("lead", "1")
    assert shown["enquiries"][0]["first_response"] is None


@pytest.mark.parametrize(
    ("words", "code"), [(("take", "9"), 1), (("take",), 2), (("assign", "1"), 2), (("out",), 1)]
)
def test_what_makes_no_sense_has_its_exit_code(cli: Cli, words: tuple[str, ...], code: int) -> None:
    cli.lead()
    assert cli(*words).code == code


@pytest.mark.parametrize("text", ["Ann", "Ann <ann>", "Ann <a@b.example> | Ann <c@d.example>"])
def test_people_that_cannot_be_read_are_not_kept(cli: Cli, text: str) -> None:
    cli.lead()
    assert cli("config", "team.people", text).code == 2

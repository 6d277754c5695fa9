"""Perhaps one person: what is enough to ask, in words, and what never is."""

from __future__ import annotations

from typing import Any

import pytest

from leaddesk.rules.fold import fold
from leaddesk.rules.match.likely import Traces, looked_for, may_be, traces_of, why_same
from leaddesk.words.lead import Lead, Source
from tests.made import asked, enquiry, person


def traces(name: str, *, about: str = "", gave: str = "", **more: Any) -> Traces:
    return Traces(
        person=person(name, **more),
        subjects=frozenset({about} if about else ()),
        answers=frozenset({gave} if gave else ()),
    )


ANNA = traces(
    "Anna Beck", company="Beck Design GmbH", emails=("anna@beck.example",), phones=("+447700900123",),
    about="resin floor", gave="12 elm road, bristol",
)  # fmt: skip


@pytest.mark.parametrize(
    ("other", "why"),
    [
        (traces("A. Beck", company="Beck Design"), "The same name, both of Beck Design GmbH."),
        (traces("Beck, Anna", emails=("info@beck.example",)), "The same name, both at beck.example."),
        (traces("Anna Beck", gave="12 elm road, bristol"),
         "The same name, and both gave “12 elm road, bristol”."),
        (traces("Anna Beck", about="resin floor"), "The same name, and both wrote about “resin floor”."),
        (traces("Tom Beck", about="resin floor"),
         "The same family name, and both wrote about “resin floor”."),
        (traces("Anna", phones=("07700 900123",)), "Both use +447700900123."),
        (traces("Tom Hall", phones=("07700900123",)), "Both use +447700900123, by another name."),
        (traces("Tom Hall", emails=("ANNA@beck.example",)), "Both use anna@beck.example."),
    ],
)  # fmt: skip
def test_two_signs_together_are_asked_about(other: Traces, why: str) -> None:
    assert why_same(ANNA, other) == why
    assert why_same(other, ANNA)
    assert may_be(ANNA.person, other.person)


@pytest.mark.parametrize(
    "other",
    [
        traces("Anna Beck"),
        traces("Maria Lopez", about="resin floor"),
        traces("Maria Lopez", company="Beck Design GmbH"),
        traces("Maria Lopez", emails=("maria@beck.example",)),
        traces("", about="resin floor"),
        traces("Anna Lopez", about="resin floor"),
        traces("Anna Beck", about="roof", emails=("anna@other.example",)),
    ],
)
def test_one_sign_alone_is_not(other: Traces) -> None:
    assert why_same(ANNA, other) == ""
    assert why_same(other, ANNA) == ""


def test_a_providers_domain_is_no_household() -> None:
    one, other = (traces("Anna Beck", emails=(f"{box}@gmail.com",)) for box in ("ab", "anna"))
    assert why_same(one, other) == ""


@pytest.mark.parametrize(
    ("boxes", "is_asked"),
    [
        (("ngozi.eze@gmail.com", "ngozi-eze@outlook.com"), True),
        (("bookings@one.example", "bookings@two.example"), False),
        (("info@one.example", "info@two.example"), False),
    ],
)
def test_somebodys_own_box_at_two_providers_is_asked_about(boxes: tuple[str, str], is_asked: bool) -> None:
    one, other = (traces(box, emails=(box,)) for box in boxes)
    assert bool(why_same(one, other)) is is_asked


def test_what_a_lead_leaves_to_be_compared() -> None:
    given = {"Street": "12 Elm  Road", "Wish": "a nice floor", "Budget": "5000"}
    first = enquiry(1, subject="AW: Re: Resin floor", fields=given)
    record = (asked(1, 0),)
    lead = Lead(
        id=1, person=person(), source=Source(), wants="", state=fold([first], record), enquiries=(first,),
        record=record,
    )  # fmt: skip
    left = traces_of(lead)
    assert left.subjects == {"resin floor"}
    assert left.answers == {"12 elm road"}


def test_a_person_is_looked_for_by_the_longest_words() -> None:
    anna = person("Anna Beckmann", emails=("ab.beckmann@firm.example", "info@gmail.com"))
    assert looked_for(anna) == ("beckmann", "info", "firm.example")
    assert looked_for(person("+44 7700", emails=())) == ()

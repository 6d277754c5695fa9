"""From a row to a person: nothing is lost, nothing unsafe gets in, and reasons are given."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, seed, settings
from hypothesis import strategies as st

from leaddesk.rules.capture.phones import Regions
from leaddesk.rules.imports.contacts import Contacts
from leaddesk.rules.imports.fate import outcome_of, placed
from leaddesk.rules.imports.numbers import Numbers
from leaddesk.rules.imports.regions import language_of_titles, regions_of
from leaddesk.rules.match.names import are_near, company_key, name_key
from leaddesk.words.countries import Country
from leaddesk.words.imports import Contact, Field
from leaddesk.words.lead import Outcome
from tests.rules.imports.reading import Read, read

GERMANY = Regions(("DE",))
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


def one(text: str, regions: Regions = GERMANY) -> Contact:
    (contact,) = read(text, regions=regions).contacts
    return contact


def test_a_row_tells_who_what_when_and_from_where() -> None:
    contact = one(
        "Eingang;Vorname;Nachname;E-Mail;Handy;Firma;Anliegen;Quelle;Stand;Zuständig;Stadt\n"
        "9.11.2026 8:14;Uta;Keller;uta@keller.example;0171 3920051;Praxis;Fassade;Google;offen;Jo;Ulm\n"
    )
    assert (contact.name, contact.company, contact.message, contact.asks) == (
        "Uta Keller",
        "Praxis",
        "Fassade",
        True,
    )
    assert contact.keys == (
        ("email", "uta@keller.example", "uta@keller.example"),
        ("phone", "+491713920051", "+491713920051"),
    )
    assert contact.received_at == datetime(2026, 11, 9, 8, 14, tzinfo=UTC)
    assert (contact.source, contact.status, contact.has_time) == ("Google", "offen", True)
    assert dict(contact.fields) == {"Stand": "offen", "Zuständig": "Jo", "Stadt": "Ulm"}


def test_a_note_is_shown_as_a_message_but_asks_nothing() -> None:
    noted = one("Name,Email,Notes\nAnn,ann@lee.example,met at the fair\n")
    assert (noted.message, noted.asks) == ("met at the fair", False)
    both = one("Name,Email,Notes,Message\nAnn,ann@lee.example,met at the fair,call me\n")
    assert (both.message, dict(both.fields)) == ("call me", {"Notes": "met at the fair"})


UNUSABLE = {
    "nothing": ("Name,Email,City\n,,Bonn\n", "No name, no address and no number."),
    "a wrong address": (
        "Name,Email,City\n,ann at lee,Bonn\nBo,b@h.example,\n",
        "ann at lee is no mail address",
    ),
    "a rounded number": ("Name,Phone,City\n,4.91512E+11,Bonn\n", "A spreadsheet has rounded the number"),
}


@pytest.mark.parametrize(("text", "why"), UNUSABLE.values(), ids=UNUSABLE)
def test_what_is_unusable_says_why(text: str, why: str) -> None:
    assert why in read(text).contacts[0].unusable


def test_nothing_unsafe_gets_into_a_name() -> None:
    found = read('Name,Email\n"Bob\r\nBcc: evil\u202e",bob@x.example\nAnn,ann@lee.example\n')
    assert found.contacts[0].name == "Bob Bcc: evil"


def test_a_name_that_stands_beside_its_address_is_taken() -> None:
    contact = one("Contact,Message\nAnn Lee <ann@lee.example>,hi\n")
    assert (contact.name, contact.emails) == ("Ann Lee", ("ann@lee.example",))


@given(st.lists(st.lists(st.text(max_size=25), min_size=5, max_size=7), min_size=1, max_size=6))
@settings(max_examples=200, deadline=None)
@seed(7)
def test_a_row_reads_the_same_whether_its_neighbours_are_plain_or_not(rows: list[list[str]]) -> None:
    """The quick way for plain rows is the same as the long one."""
    found = read("Name,Email,Phone,Company,Message\nAnn,ann@lee.example,0171 3920051,Lee,hello\n")
    contacts = Contacts(found.table, GERMANY, UTC)
    quoted = "".join(",".join('"' + cell.replace('"', '""') + '"' for cell in row) + "\r\n" for row in rows)
    for row in found.table.rows(
        ["x\n", *quoted.encode("utf-8", "replace").decode().splitlines(keepends=True)]
    ):
        slow = row._replace(is_plain=False)
        assert contacts.contact(row) == contacts.contact(slow)


# -- regions


def test_the_country_is_told_by_numbers_addresses_and_the_language_of_the_titles() -> None:
    assert regions_of((), ["a@x.de", "b@y.com"], [], [], ()).told == ("DE",)
    assert regions_of((), [], ["+41 44 668 18 00"], [], ()).told == ("CH",)
    assert regions_of((), [], [], ["fr", "FR", "x"], ()).told == ("FR",)
    assert regions_of((), ["a@x.example"], [], [], ("firm.nl",)).told == ("NL",)
    assert regions_of(("Vorname", "Nachname", "Telefon"), [], [], [], ()).spoken[0] == "DE"
    assert language_of_titles(("Name", "Email", "Phone")) == "en"


def test_numbers_under_english_titles_are_of_the_machines_country() -> None:
    numbers = ["030 23125440", "0171 3920051", "089 1234567", "040 876543"]
    where = regions_of(("Name", "Email", "Phone"), [], numbers, [], (), Country(likely="DE"))
    read = [Numbers(where, numbers).usual(number) for number in numbers]
    assert [number.value for number in read if number] == [
        "+493023125440", "+491713920051", "+49891234567", "+4940876543",
    ]  # fmt: skip


# -- fate


def contact(**told: Any) -> Contact:
    return Contact(line=1, name="Ann", **told)


def test_a_fresh_enquiry_waits_with_its_own_time() -> None:
    at = NOW - timedelta(days=2)
    place = placed(contact(received_at=at, has_time=True), NOW)
    assert (place.received_at, place.is_counted, place.closing) == (at, True, None)


def test_a_day_without_a_time_waits_but_is_not_counted() -> None:
    today = NOW.replace(hour=12)
    place = placed(contact(received_at=today, has_time=False), NOW)
    assert (place.received_at, place.is_counted, place.closing) == (NOW, False, None)


def test_an_undated_wish_waits_from_now_on_and_is_not_counted() -> None:
    place = placed(contact(message="call me", asks=True), NOW)
    assert (place.received_at, place.is_counted, place.closing) == (NOW, False, None)


@pytest.mark.parametrize(
    ("told", "outcome"),
    [
        ({"received_at": NOW - timedelta(days=31), "has_time": True, "asks": True}, Outcome.NO_RESPONSE),
        ({}, Outcome.NOT_A_LEAD),
        ({"message": "a note", "asks": False}, Outcome.NOT_A_LEAD),
        ({"received_at": NOW + timedelta(days=40)}, Outcome.NOT_A_LEAD),
        ({"status": "Closed Won", "asks": True}, Outcome.WON),
        ({"status": "verloren", "received_at": NOW, "has_time": True}, Outcome.LOST),
    ],
)
def test_the_past_is_closed_and_in_no_figures(told: dict[str, Any], outcome: Outcome) -> None:
    place = placed(contact(**told), NOW)
    assert place.closing is not None
    assert (place.closing.outcome, place.is_counted) == (outcome, False)
    assert place.closing.reason


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        ("Won", Outcome.WON), ("Closed - Converted", Outcome.WON), ("gewonnen", Outcome.WON),
        ("erledigt", Outcome.LOST), ("Closed", Outcome.LOST), ("Unqualified", Outcome.NOT_A_LEAD),
        ("Open - Not Contacted", None), ("Closed - Not Converted", Outcome.LOST), ("offen", None),
        ("New", None), ("Contacted", None), ("", None), ("nicht gewonnen", None), ("In progress", None),
    ],
)  # fmt: skip
def test_a_status_says_whether_it_is_over(status: str, outcome: Outcome | None) -> None:
    assert outcome_of(status) is outcome


# -- near names


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        ("Anna Beck", "Beck, Anna", True),
        ("Anna Beck", "ANNA BECK", True),
        ("A. Beck", "Anna Beck", True),
        ("Jürgen Weiß", "Juergen Weiss", True),
        ("Katharina Schneider", "Katarina Schneider", True),
        ("Anna Beck", "Otto Beck", False),
        ("Anna", "Anna Beck", False),
        ("", "Anna", False),
    ],
)
def test_names_that_one_person_may_go_by_are_near(one: str, other: str, near: bool) -> None:
    assert are_near(one, other) is near
    assert are_near(other, one) is near


def test_a_legal_form_makes_no_other_company() -> None:
    assert company_key("Beck GmbH & Co. KG") == company_key("beck") == "beck"
    assert company_key("Bäckerei Ahrens GmbH") == "backerei ahrens"
    assert company_key("AG") == "ag"
    assert name_key("Beck, Anna") == name_key("anna beck")


def test_other_meanings_can_be_chosen() -> None:
    found: Read = read("Name,Ref,Email\nAnn,0171 3920051,ann@lee.example\n")
    table = found.table.with_fields({1: Field.PHONE, 0: Field.COMPANY})
    chosen = Contacts(table, GERMANY, UTC).contact(found.rows[0])
    assert (chosen.name, chosen.company, chosen.phones) == ("", "Ann", ("+491713920051",))
    assert replace(table, columns=found.table.columns) == found.table

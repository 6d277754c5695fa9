"""Which country a bare telephone number belongs to, and which language a few words are."""

from __future__ import annotations

import pytest

from leaddesk.rules.capture.phones import Regions, at_home, e164, labelled_phone, regions
from leaddesk.rules.capture.read import read
from leaddesk.rules.capture.vocabulary import shipped
from leaddesk.words.countries import Country
from leaddesk.words.mail import Known, MailKind
from tests.rules.capture.letters import letter

SPEAKS_ENGLISH = Regions((), ("US", "GB", "CA", "AU"))


@pytest.mark.parametrize(
    ("subject", "body", "number"),
    [
        ("Gemiste oproep 06 12345987", "Er is een gemiste oproep.\nBeller: 06 12345987", "+31612345987"),
        ("Verpasster Anruf", "Verpasster Anruf\nAnrufer: 0171 5550123", "+491715550123"),
        ("Appel manqué", "Vous avez manqué un appel.\nAppelant : 06 12 34 56 78", "+33612345678"),
        ("Missed call", "You missed a call.\nCaller: 07700 900 216", "+447700900216"),
    ],
)
def test_a_missed_calls_number_is_of_the_country_that_is_spoken(subject: str, body: str, number: str) -> None:
    raw = letter("Exchange <pbx@talkwire.com>", "desk@firm.com", subject, body)
    reading = read(raw, Known())
    assert (reading.kind, reading.phone) == (MailKind.MISSED_CALL, number)


def test_no_american_number_begins_with_a_nought() -> None:
    assert e164("07700 900216", SPEAKS_ENGLISH) == "+447700900216"


def test_a_number_without_its_nought_is_rather_of_a_country_that_has_none() -> None:
    assert e164("655 55 01 44", Regions(("GB",), ("ES",))) == "+34655550144"


def test_an_hour_before_greenwich_is_british_in_summer_alone() -> None:
    summer = regions([], 60, "en", shipped(), summer=True)
    winter = regions([], 60, "en", shipped(), summer=False)
    assert (summer.told, winter.told) == (("GB",), ())


def test_the_mark_that_exports_put_before_a_number_is_none_of_it() -> None:
    assert labelled_phone("p:+447700900731", SPEAKS_ENGLISH) == "+447700900731"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Gemiste oproep\nNummer: 06 12345987", "nl"),
        ("Imię: Ewa\nTelefon: 601 555 777", "pl"),
        ("La nueva añada ya está en la tienda y hasta el domingo", "es"),
        ("Trois portes de l'école sont à remplacer", "fr"),
        ("How much for two gates", "en"),
        ("12345", "en"),
    ],
)
def test_few_words_tell_their_language(text: str, language: str) -> None:
    assert shipped().language_of(text) == language


# -- the firm's country


BARE = "Name: Mona Baker\nPhone: 0171 3920051\nMessage: We need a fence, please come and look at it."


def test_a_number_without_a_country_is_read_by_the_country_that_the_firm_told() -> None:
    raw = letter("Website <wordpress@firm.example>", body=BARE)
    for code, number in (("DE", "+491713920051"), ("GB", "+441713920051")):
        assert read(raw, Known(country=Country(told=code))).phone == number


def test_the_country_of_the_machine_is_asked_last() -> None:
    found = Regions(("FR",), ("GB",))
    assert at_home(found, Country(likely="DE")) == Regions(("FR",), ("GB", "DE"))
    assert at_home(found, Country(told="DE")) == Regions(("DE", "FR"), ("GB",))
    assert at_home(found, Country()) == found


def test_english_tells_less_of_a_country_than_the_machine() -> None:
    english = (
        "My kitchen tap leaks. Could you come and have a look? Please ring me on 030 23125440. Mona Baker"
    )
    raw = letter("Mona Baker <mona@example.com>", body=english, to="info@firm.example")
    assert read(raw, Known(country=Country(likely="DE"))).phone == "+493023125440"
    german = "Mein Wasserhahn tropft. Rufen Sie mich bitte an unter 030 23125440. Mona Becker"
    raw = letter("Mona Becker <mona@example.com>", body=german, to="info@firm.example")
    assert read(raw, Known(country=Country(likely="NZ"))).phone == "+493023125440"

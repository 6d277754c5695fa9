"""The machine's country by its locale, and the setting that goes before it."""

from __future__ import annotations

import pytest

from leaddesk.desk.place import firm_country
from leaddesk.doors import place
from leaddesk.words.countries import Country
from leaddesk.words.errors import Usage
from leaddesk.words.settings import FIRM_COUNTRY
from tests.house import House


@pytest.mark.parametrize(
    ("environment", "country"),
    [
        ({"LANG": "en_GB.UTF-8"}, "GB"),
        ({"LANG": "de_DE@euro"}, "DE"),
        ({"LC_ALL": "", "LC_TELEPHONE": "de_CH.UTF-8", "LANG": "en_US.UTF-8"}, "CH"),
        ({"LC_ALL": "C.UTF-8", "LANG": "en_GB.UTF-8"}, ""),
        ({"LANG": "POSIX"}, ""),
        ({"LANG": "en_XX"}, ""),
        ({}, ""),
    ],
)
def test_the_locale_tells_the_country(environment: dict[str, str], country: str) -> None:
    assert place.country_of(environment) == country


def test_the_setting_goes_before_the_machine(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(place, "country", lambda: "GB")
    assert firm_country(house.desk.store) == Country(likely="GB")
    house.desk.config.set(FIRM_COUNTRY, "de")
    assert firm_country(house.desk.store) == Country(told="DE")
    house.desk.config.set(FIRM_COUNTRY, "auto")
    assert firm_country(house.desk.store) == Country(likely="GB")


def test_a_country_that_is_none_is_refused_with_a_sentence(house: House) -> None:
    with pytest.raises(Usage, match="two letters"):
        house.desk.config.set(FIRM_COUNTRY, "Narnia")


def test_a_number_dialled_at_home_finds_its_lead_by_the_firms_country(house: House) -> None:
    house.desk.config.set(FIRM_COUNTRY, "DE")
    first = house.desk.leads.add(name="Ngozi Eze", phone="+49 171 3920051").lead
    assert house.desk.leads.add(name="", phone="0171 3920051").lead == first
    second = house.desk.leads.add(name="Bo Lind", phone="0171 3920052").lead
    assert house.desk.leads.add(name="", phone="+49 171 3920052").lead == second

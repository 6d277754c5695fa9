"""In which country the firm is: as the settings have it, or as the machine is set up."""

from __future__ import annotations

from leaddesk.desk.config import Config
from leaddesk.doors import place
from leaddesk.doors.store import Store
from leaddesk.words.countries import AUTO, Country
from leaddesk.words.settings import FIRM_COUNTRY


def firm_country(store: Store) -> Country:
    """By it telephone numbers are read that name no country."""
    told = Config(store).get(FIRM_COUNTRY)
    return Country(likely=place.country()) if told == AUTO else Country(told=told)

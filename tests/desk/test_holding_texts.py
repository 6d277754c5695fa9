"""The firm's own text of the holding message, by language."""

from __future__ import annotations

import pytest

from leaddesk.words.errors import Usage
from tests.desk.holding_house import asks, holdings, ready
from tests.house import House


def test_what_the_firm_wrote_goes_out_in_that_language_with_the_honest_words(house: House) -> None:
    ready(house)
    made = house.desk.holding.change("en", "Hello from the loft people!\n\n{{promise}}\n\nAnn")
    assert made.is_own
    house.land(asks())
    (mail,) = holdings(house)
    assert mail.body.startswith("Hello from the loft people!")
    assert made.honest in mail.body
    assert [each.language for each in house.desk.holding.texts() if each.is_own] == ["en"]


def test_ours_comes_back_when_the_own_text_is_emptied_or_is_ours(house: House) -> None:
    ours = {each.language: each.text for each in house.desk.holding.texts()}
    house.desk.holding.change("de", "Guten Tag!")
    assert not house.desk.holding.change("de", f"{ours['de']}\n").is_own
    house.desk.holding.change("de", "Guten Tag!")
    assert house.desk.holding.change("de", " ").text == ours["de"]


def test_a_sample_is_what_somebody_would_get(house: House) -> None:
    ready(house)
    said = house.desk.holding.sample("fr", "Bonjour de {{firm}}")
    assert said.text.startswith("Bonjour de Lofts by Ann\n\nCeci est un message automatique")
    with pytest.raises(Usage, match="no field"):
        house.desk.holding.sample("fr", "Bonjour {{name}}")
    with pytest.raises(Usage, match="no field"):
        house.desk.holding.change("fr", "Bonjour {{name}}")

"""Touches that a person logs."""

from __future__ import annotations

from datetime import timedelta

import pytest

from leaddesk.words.errors import Refused, Usage
from leaddesk.words.lead import Channel, Direction, How, Reached, Standing, Turn
from leaddesk.words.settings import FIRM_COUNTRY, PERSON_NAME
from tests.frozen_clock import FrozenClock
from tests.house import House
from tests.letters import letter


@pytest.fixture
def waiting(house: House, clock: FrozenClock) -> House:
    house.land(letter(), clock.now() - timedelta(minutes=20))
    return house


def test_a_call_counts_as_the_first_response_and_says_that_it_was_entered(
    waiting: House, clock: FrozenClock
) -> None:
    waiting.desk.config.set(PERSON_NAME, "Ann")
    entry = waiting.desk.calls.log(1, channel=Channel.CALL, outcome=Reached.REACHED, note=" wants oak ")
    response = waiting.view().enquiries[0].first_response
    assert response is not None
    assert (response.entry, response.by, response.how) == (entry, "Ann", How.ENTERED)
    assert response.after == timedelta(minutes=20)
    assert waiting.touches()[-1].text == "wants oak"


def test_called_ten_minutes_ago_can_be_set_back(waiting: House, clock: FrozenClock) -> None:
    at = clock.now() - timedelta(minutes=10)
    waiting.desk.calls.log(1, channel=Channel.CALL, outcome=Reached.VOICEMAIL, at=at)
    response = waiting.view().enquiries[0].first_response
    assert response is not None
    assert (response.at, response.after) == (at, timedelta(minutes=10))


def test_a_call_before_they_wrote_is_no_response(waiting: House, clock: FrozenClock) -> None:
    at = clock.now() - timedelta(minutes=30)
    waiting.desk.calls.log(1, channel=Channel.CALL, outcome=Reached.REACHED, at=at)
    assert waiting.view().enquiries[0].standing is Standing.WAITING


def test_a_wrong_number_is_an_attempt_and_no_response(waiting: House) -> None:
    waiting.desk.calls.log(1, channel=Channel.CALL, outcome=Reached.WRONG_NUMBER)
    assert waiting.view().enquiries[0].standing is Standing.WAITING


def test_an_outward_touch_stops_the_alert_and_an_inward_one_does_not(waiting: House) -> None:
    alert = waiting.desk.store.alerts.open_for
    waiting.desk.calls.log(
        1, channel=Channel.CALL, outcome=Reached.REACHED, direction=Direction.IN, note="they rang"
    )
    assert alert(1) is not None
    waiting.desk.calls.log(1, channel=Channel.TEXT, outcome=Reached.SENT)
    assert alert(1) is None
    assert waiting.view().turn is Turn.THEIRS


def test_no_time_lies_ahead_and_no_lead_is_missing(waiting: House, clock: FrozenClock) -> None:
    with pytest.raises(Usage, match="future"):
        waiting.desk.calls.log(
            1, channel=Channel.CALL, outcome=Reached.REACHED, at=clock.now() + timedelta(seconds=1)
        )
    with pytest.raises(Refused, match="no lead 9"):
        waiting.desk.calls.log(9, channel=Channel.CALL, outcome=Reached.REACHED)
    assert len(waiting.touches()) == 1


def test_numbers_without_a_country_are_dialled_in_the_firms(house: House) -> None:
    house.desk.config.set(FIRM_COUNTRY, "DE")
    assert house.desk.calls.country() == "DE"

"""A customer whose provider marks all of their mail as bulk still answers."""

from __future__ import annotations

from leaddesk.words.lead import Channel, Reached, Turn
from leaddesk.words.mail import MailKind, Place
from tests.frozen_clock import FrozenClock
from tests.house import House
from tests.letters import letter

BULK = {"List_Unsubscribe": "<mailto:stop@crm.example>", "List_Id": "<crm.example>", "Precedence": "bulk"}


def test_a_customers_answer_with_a_newsletters_headers_is_told(house: House, clock: FrozenClock) -> None:
    lead = house.lands_as_lead(letter())
    house.desk.calls.log(lead, channel=Channel.CALL, outcome=Reached.VOICEMAIL)
    clock.advance(minutes=5)
    mail = house.land(letter("Yes, Friday suits us.", **BULK))
    assert (mail.kind, mail.place, mail.lead) == (MailKind.NEWSLETTER, Place.REPLY, lead)
    assert house.view(lead).turn is Turn.OURS
    house.desk.alerts.round()
    assert house.alerts()[-1].lead == lead

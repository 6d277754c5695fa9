"""People we wrote to before: their letters stand in grey and alert nobody; a form of theirs always does."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from leaddesk.doors.store import Correspondent
from leaddesk.words.lead import Channel, Outcome, Reached
from leaddesk.words.mail import Mail, Place
from tests.house import House
from tests.letters import form_notice

WROTE_BEFORE = "From somebody we wrote to before, with no enquiry here."
ANSWERS = "Answers a mail that we sent before, to nobody with an enquiry here."
OURS = "<7f3a@praxis.example>"

MOTHER = """From: Margret Sommer <margret.sommer@mail.example>
To: Dr. Sommer <praxis@praxis.example>
Subject: Sonntag
Message-ID: <m1@mail.example>
Date: Mon, 02 Nov 2026 08:40:00 +0100
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 8bit

Hallo ihr Lieben,

kommt ihr am Sonntag zum Essen? Was kostet eigentlich so ein neuer
Kindersitz, und braucht ihr noch Kartoffeln?

Kuss, Mama
"""
SUPPLIER = """From: =?utf-8?Q?Holzhandel_J=C3=BCrgens?= <verkauf@juergens-holz.example>
To: praxis@praxis.example
Subject: Ihr Termin am Donnerstag
Message-ID: <s1@juergens-holz.example>
Date: Mon, 02 Nov 2026 08:41:00 +0100
Content-Type: text/plain; charset=utf-8

Guten Tag,

passt Ihnen Donnerstag um 10 Uhr f\u00fcr die Regale? Dann br\u00e4uchten wir
kurz Bescheid.

Mit freundlichen Gr\u00fc\u00dfen
Holger J\u00fcrgens
"""
PATIENT = f"""From: Tom Weiss <t.weiss@post.example>
To: praxis@praxis.example
Subject: Re: Ihr Termin
Message-ID: <p1@post.example>
In-Reply-To: {OURS}
References: {OURS}
Date: Mon, 02 Nov 2026 08:42:00 +0100
Content-Type: text/plain; charset=utf-8

Guten Morgen, ich schaffe es am Dienstag leider nicht. Ginge es auch am
Mittwoch nach 16 Uhr?

Viele Gr\u00fc\u00dfe
Tom Weiss

Am 30.10.2026 um 09:12 schrieb Praxis Sommer:
> Ihr Termin: Dienstag, 3. November, 15 Uhr.
"""
CUSTOMER = """From: Eva Lang <eva.lang@post.example>
To: praxis@praxis.example
Subject: Zahnreinigung
Message-ID: <c1@post.example>
Date: Mon, 02 Nov 2026 08:43:00 +0100
Content-Type: text/plain; charset=utf-8

Guten Tag, vor zwei Jahren war ich bei Ihnen. Ich h\u00e4tte gern wieder
einen Termin zur Zahnreinigung; was kostet die inzwischen?

Eva Lang, 0170 1234567
"""
LETTERS = {
    "mother": (MOTHER, "margret.sommer@mail.example", WROTE_BEFORE),
    "supplier": (SUPPLIER, "verkauf@juergens-holz.example", WROTE_BEFORE),
    "a patient who moves an appointment": (PATIENT, "t.weiss@post.example", ANSWERS),
    "a former customer of the time before": (CUSTOMER, "eva.lang@post.example", WROTE_BEFORE),
}
each_letter = pytest.mark.parametrize("who", LETTERS)


def received(house: House) -> datetime:
    return house.desk.clock.now() - timedelta(minutes=5)


def land(house: House, who: str) -> Mail:
    """We wrote to all of them 60 days ago, and to the patient again."""
    before = house.desk.clock.now() - timedelta(days=60)
    boxes = house.desk.store.mailboxes
    boxes.remember_correspondents(Correspondent(address, before) for _, address, _ in LETTERS.values())
    boxes.remember_ids([OURS], before)
    return house.land(LETTERS[who][0].encode(), received(house))


@each_letter
def test_a_known_persons_letter_is_grey_counted_and_says_why_and_alerts_nobody(
    house: House, who: str
) -> None:
    mail = land(house, who)
    _, address, why = LETTERS[who]
    assert (mail.place, mail.lead, mail.why[0]) == (Place.KNOWN, None, why)
    view = house.desk.queue.today()
    assert (view.rows, view.known_total) == ((), 1)
    assert [person.email for person in view.known] == [address]
    assert house.alerts() == []
    assert house.notifier.shown == []


@each_letter
def test_one_key_makes_it_an_enquiry_that_counts_from_when_it_came(house: House, who: str) -> None:
    lead = house.desk.receive.rescue(land(house, who).id)
    (row,) = house.queue()
    assert (row.lead, row.since) == (lead, received(house))
    assert house.lead(lead).person.emails == (LETTERS[who][1],)
    assert house.desk.queue.known() == ()


@each_letter
def test_a_form_that_the_same_person_fills_in_is_an_enquiry_and_alerts(house: House, who: str) -> None:
    land(house, who)
    mail = house.land(form_notice("Somebody", LETTERS[who][1], "Could you ring me about an appointment?"))
    assert mail.place is Place.ENQUIRY
    assert mail.lead is not None
    assert house.desk.store.alerts.open_for(mail.lead) is not None
    assert house.desk.queue.today().known_total == 1


def test_a_former_customer_whose_lead_is_closed_enquires_anew_and_alerts(house: House) -> None:
    lead = house.lands_as_lead(CUSTOMER.encode(), received(house) - timedelta(days=30))
    house.desk.calls.log(lead, channel=Channel.CALL, outcome=Reached.REACHED)
    house.desk.decide.close(lead, Outcome.WON)
    anew = CUSTOMER.replace("<c1@", "<c2@").replace("vor zwei Jahren", "im Oktober")
    mail = house.land(anew.encode(), received(house))
    assert (mail.place, mail.lead) == (Place.ENQUIRY, lead)
    assert mail.why[0] == "Enquires again."
    assert len(house.lead(lead).enquiries) == 2
    assert house.desk.store.alerts.open_for(lead) is not None


def test_the_other_mails_of_somebody_who_was_made_an_enquiry_belong_to_it(house: House) -> None:
    lead = house.desk.receive.rescue(land(house, "supplier").id)
    again = SUPPLIER.replace("<s1@", "<s2@").replace("10 Uhr", "11 Uhr")
    mail = house.land(again.encode())
    assert (mail.place, mail.lead) == (Place.JOINED, lead)


def test_they_are_listed_by_how_often_they_write(house: House) -> None:
    land(house, "mother")
    for number in (1, 2):
        land(house, "supplier")
        house.land(SUPPLIER.replace("<s1@", f"<x{number}@").replace("10 Uhr", f"{number} Uhr").encode())
    people = house.desk.teach.acquaintances()
    assert people[0].email == "verkauf@juergens-holz.example"
    assert people[0].name == "Holzhandel J\u00fcrgens"
    assert people[0].mails > people[1].mails == 1

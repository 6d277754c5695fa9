"""Whose it is: certain signs join a lead, weak ones never do, and what we sent finds its people."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from leaddesk.desk.leads import Added
from leaddesk.doors.store import Correspondent
from leaddesk.words.lead import Channel, Outcome
from leaddesk.words.mail import MailKind, Place, RawMail, Role
from tests.frozen_clock import FrozenClock
from tests.house import House
from tests.letters import answer, form_notice, letter
from tests.made import account, at, mail_key, raw_mail

BOUNCE = """--b
Content-Type: text/plain

This is the mail system. Your message could not be delivered: mailbox is full of bees

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example

Final-Recipient: rfc822; moved-to-elsewhere@mx.example
Action: failed
Status: 5.1.1

--b
Content-Type: text/rfc822-headers

Message-ID: {ours}
From: Ann Lee <ann@lofts.example>
Subject: Re: Loft conversion

--b--
"""


def found_in_sent(house: House, raw: bytes, received: datetime) -> None:
    """A mail that the watcher of Sent found."""
    uid = len(house.mails(Role.SENT)) + 1
    key = mail_key(1, uid, role=Role.SENT, folder="Sent")
    mail = RawMail(raw=raw, received_at=received, seen_at=received, size=len(raw), key=key)
    number = house.desk.store.mails.keep(mail)
    assert number is not None
    house.desk.receive.process(number)


# -- certain: it joins


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("ngozi@example.org", "NGOZI@Example.org"),
        ("ngozi.eze@gmail.com", "ngozieze@googlemail.com"),
        ("ngozi@gmail.com", "ngozi+lofts@gmail.com"),
        ("ngozi+a@outlook.com", "ngozi@outlook.com"),
    ],
)
def test_one_mailbox_in_any_spelling_is_one_person(house: House, first: str, second: str) -> None:
    assert house.lands_as_lead(letter(sender=first)) == house.lands_as_lead(letter("More", sender=second))


def test_dots_and_tags_of_a_firms_own_server_may_be_two_people(house: House) -> None:
    first = house.lands_as_lead(letter(sender="n.eze@firm.example"))
    assert house.lands_as_lead(letter("More", sender="neze@firm.example")) != first


@pytest.mark.parametrize("again", ["+447700900123", "07700 900123", "0044 7700 900123"])
def test_the_same_number_joins_however_it_was_written(house: House, again: str) -> None:
    first = house.desk.leads.add(name="Ngozi Eze", phone="+44 7700 900123")
    assert house.desk.leads.add(name="Mrs Eze", phone=again).lead == first.lead


def test_a_number_that_was_kept_without_its_country_joins_too(house: House) -> None:
    first = house.desk.leads.add(name="Ngozi Eze", phone="07700 900123")
    assert house.desk.leads.add(name="", phone="+44 7700 900123").joined
    assert house.lead(first.lead).person.phones == ("07700 900123", "+44 7700 900123")


def test_a_number_of_another_name_is_another_lead(house: House) -> None:
    """A family, or a firm, shares its telephone."""
    first = house.desk.leads.add(name="Anna Beck", phone="+44 7700 900123")
    assert house.desk.leads.add(name="Tom Beck", phone="+44 7700 900123").lead != first.lead


def test_a_nameless_notice_with_a_known_number_and_another_address_is_offered_not_joined(
    house: House,
) -> None:
    """A household or a firm shares its telephone: who leaves no name may be anybody in it."""
    first = house.desk.leads.add(name="Anna Beck", phone="+44 7700 900123", email="anna@beck.example").lead
    notice = letter(
        "Email: tom@beck.example\nPhone: +44 7700 900123\nMessage: A dormer, please",
        sender="Website <wordpress@host.example>",
    )
    other = house.lands_as_lead(notice)
    assert other != first
    (offered,) = house.desk.same.offers(other)
    assert (offered.lead, offered.why) == (first, "Both use +447700900123.")


def test_a_nameless_notice_with_a_known_number_and_no_address_still_joins(house: House) -> None:
    first = house.desk.leads.add(name="Anna Beck", phone="+44 7700 900123", email="anna@beck.example").lead
    assert house.desk.leads.add(name="", phone="+44 7700 900123").lead == first


def test_a_known_number_and_name_join_though_the_address_is_new(house: House) -> None:
    first = house.desk.leads.add(name="Anna Beck", phone="+44 7700 900123", email="anna@beck.example").lead
    again = house.desk.leads.add(name="A. Beck", phone="+44 7700 900123", email="anna@work.example")
    assert again.lead == first


def test_of_all_who_share_a_number_the_one_of_that_name_is_meant(house: House) -> None:
    add = house.desk.leads.add
    tom = add(name="Tom Beck", email="tom@beck.example", phone="030 23125440", message="A gate").lead
    house.land(form_notice("Familie Beck", "beck@home.example", "A roof\nPhone: 030 23125440"))
    assert house.lead(2).person.phones == ("03023125440",)
    assert add(name="Tom Beck", phone="030 23125440", message="The gate again") == Added(tom, 3, joined=True)


def test_an_address_goes_before_a_number(house: House) -> None:
    house.desk.leads.add(name="Anna Beck", phone="+44 7700 900123")
    by_mail = house.lands_as_lead(letter(sender="Anna Beck <anna@b.example>"))
    added = house.desk.leads.add(name="Anna Beck", phone="+44 7700 900123", email="anna@b.example")
    assert added.lead == by_mail


# -- what never joins


def test_a_subject_alone_never_joins_anything(house: House) -> None:
    first = house.lands_as_lead(letter(subject="Your price list"))
    second = house.lands_as_lead(letter("Hello", sender="tom@other.example", subject="Re: Your price list"))
    assert second != first


def test_two_enquiries_through_one_robot_are_two_people_and_the_second_is_not_dropped(house: House) -> None:
    first = house.lands_as_lead(form_notice("Ngozi Eze", "ngozi@example.org", "A loft, please"))
    second = house.lands_as_lead(form_notice("Tom Hall", "tom@other.example", "A dormer, please"))
    assert (first, second) == (1, 2)
    assert len(house.queue()) == 2


def test_two_through_one_robot_with_one_message_id_are_both_listed_and_marked(house: House) -> None:
    """FAULTS C4: a form plug-in with a fixed Message-ID."""
    fixed = {"id": "<form@host.example>"}
    house.land(form_notice("Ngozi Eze", "ngozi@example.org", "A loft", **fixed))
    mail = house.land(form_notice("Tom Hall", "tom@other.example", "A dormer", **fixed))
    assert len(house.queue()) == 2
    assert any("same Message-ID" in why for why in mail.why)


def test_a_mail_that_came_twice_is_one_enquiry_and_says_so(house: House) -> None:
    """FAULTS C5: an alias and a list, a re-delivery."""
    first = house.land(letter(id="<once@example.org>"))
    again = house.land(letter(id="<once@example.org>", Delivered_To="info@lofts.example"))
    assert (again.lead, again.place) == (first.lead, Place.JOINED)
    assert house.enquiries() == 1
    assert "twice" in " ".join(again.why)


def test_a_mail_under_two_labels_is_one_enquiry(house: House) -> None:
    """FAULTS C8: the same bytes in the Inbox and in a label's folder; what leaves the Inbox stays here."""
    house.desk.store.accounts.add(account())
    raw = letter(id="<label@example.org>")
    for uid, folder in ((1, "INBOX"), (9, "Builders")):
        number = house.desk.store.mails.keep(raw_mail(raw, key=mail_key(1, uid, folder=folder)))
        assert number is not None
        house.desk.receive.process(number)
    assert house.enquiries() == 1


def test_one_enquiry_to_two_accounts_is_one_lead(house: House) -> None:
    """FAULTS C26: each account received a copy of its own."""
    for email in ("ann@lofts.example", "bob@lofts.example"):
        house.desk.store.accounts.add(account(email))
    raw = letter(id="<both@example.org>", to="ann@lofts.example, bob@lofts.example")
    for box in (1, 2):
        number = house.desk.store.mails.keep(raw_mail(raw, key=mail_key(box, 1)))
        assert number is not None
        house.desk.receive.process(number)
    assert house.enquiries() == 1
    assert [row.lead for row in house.queue()] == [1]


# -- replies, bounces and notes find their lead


def sent_by_us(house: House, lead: int, message_id: str) -> None:
    """A mail of ours to the lead, of which the Message-ID is known."""
    house.desk.store.mailboxes.remember_ids([message_id], house.desk.clock.now(), lead)


def test_a_reply_from_another_address_that_names_our_mail_finds_its_lead(house: House) -> None:
    lead = house.lands_as_lead(letter())
    sent_by_us(house, lead, "<ours@lofts.example>")
    mail = house.land(
        letter("Yes, gladly", sender="Eze Ltd <office@eze.example>", In_Reply_To="<ours@lofts.example>")
    )
    assert mail.lead == lead
    assert house.lead(lead).person.emails == ("ngozi@example.org", "office@eze.example")


@pytest.mark.parametrize(
    "headers",
    [
        {"References": "<gone@x.example>\r\n <ours@lofts.example>"},
        {"References": "<gone@x.example><ours@lofts.example>"},
        {"In_Reply_To": "Your message of Monday <ours@lofts.example>"},
        {"References": "<cut@x.exam <ours@lofts.example>"},
        {"In_Reply_To": "ours@lofts.example"},
    ],
    ids=["folded", "run together", "with words", "cut", "without brackets"],
)
def test_broken_references_still_find_their_lead(house: House, headers: dict[str, str]) -> None:
    lead = house.lands_as_lead(letter())
    sent_by_us(house, lead, "<ours@lofts.example>")
    mail = house.land(letter("Yes, gladly", sender="office@eze.example", subject="Re: loft", **headers))
    assert mail.lead == lead


def test_a_reply_from_a_phone_found_in_sent_finds_its_lead_in_any_spelling(
    house: House, clock: FrozenClock
) -> None:
    house.desk.store.accounts.add(account())
    lead = house.lands_as_lead(letter(sender="Ngozi <ngozi.eze@gmail.com>"), at(-10))
    found_in_sent(house, answer("ngozieze+a@googlemail.com", "Gladly, on Monday."), at(-5))
    (_, ours) = house.touches(lead)
    assert (ours.at, ours.channel, ours.automatic) == (at(-5), Channel.EMAIL, False)
    assert house.lead(lead).state.enquiries[0].first_response is not None


def test_a_vacation_note_from_another_address_is_no_reply_and_stands_with_its_lead(house: House) -> None:
    lead = house.lands_as_lead(letter())
    sent_by_us(house, lead, "<ours@lofts.example>")
    note = house.land(
        letter(
            "I am out of the office until Monday.",
            sender="deputy@eze.example",
            subject="Automatic reply: Loft conversion",
            Auto_Submitted="auto-replied",
            In_Reply_To="<ours@lofts.example>",
        )
    )
    assert (note.kind, note.place, note.lead) == (MailKind.AUTOREPLY, Place.ABOUT, lead)
    assert [touch.automatic for touch in house.touches(lead)] == [False, True]


def test_a_report_that_our_accepted_mail_did_not_arrive_is_found_by_its_message_id(house: House) -> None:
    """FAULTS S16: nothing else in it names the lead, and it is no enquiry and no answer."""
    lead = house.lands_as_lead(letter())
    sent_by_us(house, lead, "<ours@lofts.example>")
    report = house.land(
        letter(
            BOUNCE.format(ours="<ours@lofts.example>"),
            sender="Mail Delivery System <MAILER-DAEMON@mx.example>",
            subject="Undelivered Mail Returned to Sender",
            Auto_Submitted="auto-replied",
            Content_Type='multipart/report; report-type=delivery-status; boundary="b"',
        )
    )
    assert (report.kind, report.place, report.lead) == (MailKind.BOUNCE, Place.ABOUT, lead)
    assert house.enquiries() == 1
    told = house.touches(lead)[-1]
    assert (told.automatic, "mailbox is full of bees" in told.text) == (True, True)


# -- imported contacts


@pytest.fixture
def mum(house: House, tmp_path: Path) -> int:
    """Somebody of a private address book, who never enquired."""
    book = tmp_path / "book.csv"
    book.write_text("name,email\nMum,mum@example.org\n", encoding="utf-8")
    house.desk.imports.run(book)
    assert house.lead().state.outcome is Outcome.NOT_A_LEAD
    return 1


def wrote_before(house: House, address: str) -> None:
    before = house.desk.clock.now() - timedelta(days=3)
    house.desk.store.mailboxes.remember_correspondents([Correspondent(address, before)])


def test_an_imported_contact_to_whom_we_write_is_a_known_person(house: House, mum: int) -> None:
    wrote_before(house, "mum@example.org")
    mail = house.land(letter("Come for lunch on Sunday?", sender="mum@example.org"))
    assert (mail.place, mail.lead) == (Place.KNOWN, None)
    assert house.queue() == ()


def test_an_imported_contact_to_whom_we_never_wrote_enquires_aloud(house: House, mum: int) -> None:
    mail = house.land(letter(sender="mum@example.org"))
    assert (mail.place, mail.lead) == (Place.ENQUIRY, mum)
    assert house.desk.store.alerts.open_for(mum) is not None
    again = house.land(letter("And when?", sender="mum@example.org"))
    assert (again.place, again.lead) == (Place.JOINED, mum)


def test_that_we_answered_an_imported_contact_elsewhere_makes_no_lead_of_it(
    house: House, mum: int, clock: FrozenClock
) -> None:
    house.desk.store.accounts.add(account())
    found_in_sent(house, answer("mum@example.org", "On Sunday!", id="<sunday@lofts.example>"), at(-5))
    mail = house.land(
        letter("Good!", sender="mum@example.org", In_Reply_To="<sunday@lofts.example>"), clock.now()
    )
    assert mail.place is Place.KNOWN
    assert house.queue() == ()


def test_a_form_filled_in_by_an_imported_contact_is_an_enquiry(house: House, mum: int) -> None:
    wrote_before(house, "mum@example.org")
    mail = house.land(form_notice("Mum", "mum@example.org", "A loft, please"))
    assert (mail.place, mail.lead) == (Place.ENQUIRY, mum)


def test_an_imported_customer_enquires_again(house: House, tmp_path: Path) -> None:
    file = tmp_path / "customers.csv"
    file.write_text("name,email,status\nNgozi,ngozi@example.org,won\n", encoding="utf-8")
    house.desk.imports.run(file)
    wrote_before(house, "ngozi@example.org")
    mail = house.land(letter())
    assert (mail.place, mail.lead) == (Place.ENQUIRY, 1)

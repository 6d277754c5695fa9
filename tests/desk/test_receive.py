"""Mails by hand: captured, read, put away, rescued; and what happens when we fail over one."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from leaddesk.desk.connections import Connections
from leaddesk.desk.first_sync import FirstSync
from leaddesk.desk.landing import Landing
from leaddesk.desk.receiver import Receiver
from leaddesk.desk.troubles import Troubles
from leaddesk.doors.mail.reader import Reader, ReaderNotStarted
from leaddesk.words.errors import Refused
from leaddesk.words.lead import Certainty, Channel, Outcome, Standing, What
from leaddesk.words.mail import Known, Mail, MailKind, MailState, Place, Reading
from leaddesk.words.news import EnquiryArrived, MailArrived
from tests.frozen_clock import FrozenClock
from tests.house import House
from tests.letters import form_notice, letter
from tests.made import account, raw_mail

NEWSLETTER = letter(
    "Our offers of the week. Unsubscribe here.",
    sender="Shop <news@shop.example>",
    List_Unsubscribe="<mailto:stop@shop.example>",
    List_Id="<news.shop.example>",
    Precedence="bulk",
)


def stored(house: House, raw: bytes, minutes: float = 0) -> int:
    """A mail that a watcher has stored and nobody has read."""
    number = house.desk.store.mails.keep(raw_mail(raw, minutes))
    assert number is not None
    return number


# -- captured


def test_a_mail_that_is_captured_is_an_enquiry_with_everything_on_it(
    house: House, clock: FrozenClock
) -> None:
    received = clock.now() - timedelta(minutes=7)
    captured = house.desk.receive.capture(letter(), received)
    assert captured.lead is not None
    (enquiry,) = house.lead(captured.lead).enquiries
    assert captured.enquiry == enquiry.id
    assert (enquiry.received_at, enquiry.seen_at, enquiry.channel) == (received, clock.now(), Channel.EMAIL)
    assert enquiry.message.startswith("Can you quote for a loft conversion?")
    assert house.lead(captured.lead).person.emails == ("ngozi@example.org",)
    (news,) = house.heard(EnquiryArrived)
    assert (news.lead, news.enquiry, news.received_at, news.quiet) == (1, 1, received, False)


def test_without_a_time_its_date_tells_when_and_never_a_time_to_come(
    house: House, clock: FrozenClock
) -> None:
    house.land(letter(Date="Mon, 02 Nov 2026 08:30:00 +0000"))
    house.land(letter(sender="bob@example.org", Date="Tue, 03 Nov 2099 08:30:00 +0000"))
    house.land(letter(sender="eve@example.org"))
    received = [house.lead(number).enquiries[0].received_at for number in (1, 2, 3)]
    assert received == [clock.now() - timedelta(minutes=30), clock.now(), clock.now()]


def test_a_form_notice_is_its_visitors(house: House) -> None:
    house.land(form_notice("Ngozi Eze", "ngozi@example.org", "A loft, please"))
    lead = house.lead()
    assert (lead.person.name, lead.person.emails) == ("Ngozi Eze", ("ngozi@example.org",))
    assert lead.enquiries[0].channel is Channel.FORM
    assert lead.enquiries[0].message == "A loft, please"
    assert lead.source.certainty is Certainty.DERIVED


def test_capturing_the_same_file_twice_is_one_enquiry(house: House) -> None:
    mail = letter()
    assert house.land(mail).lead == house.land(mail).lead == 1
    assert house.enquiries() == 1


def test_parsing_stores_nothing(house: House) -> None:
    reading = house.desk.receive.parse(letter(sender="Ben <ben@ours.example>"), own=["ours.example"])
    assert reading.kind is MailKind.OWN
    assert house.mails() == []
    assert house.queue() == ()


def test_raw_bytes_and_files_come_back(house: House) -> None:
    raw = letter(
        "--b\r\nContent-Type: text/plain\r\n\r\nSee the plan.\r\n--b\r\nContent-Type: text/csv\r\n"
        'Content-Disposition: attachment; filename="../plan\x00.csv"\r\n\r\na,b\r\n--b--',
        Content_Type="multipart/mixed; boundary=b",
    )
    mail = house.land(raw)
    assert house.desk.receive.raw(mail.id) == raw
    (file,) = mail.attachments
    name, content = house.desk.receive.attachment(mail.id, file.index)
    assert (name, content) == ("plan.csv", b"a,b")
    with pytest.raises(Refused, match="no mail 99"):
        house.desk.receive.raw(99)


# -- read by the service


def test_mails_are_read_in_the_order_in_which_they_were_received(house: House) -> None:
    stored(house, letter("second", sender="b@example.org"), minutes=-1)
    stored(house, letter("first", sender="a@example.org"), minutes=-2)
    assert house.desk.receive.read_waiting() == 2
    assert [house.lead(number).person.name for number in (1, 2)] == ["a@example.org", "b@example.org"]


def test_reading_a_mail_again_changes_nothing(house: House) -> None:
    number = stored(house, letter())
    house.desk.receive.process(number)
    house.news.clear()
    house.desk.receive.process(number)
    assert house.enquiries() == 1
    assert house.heard(MailArrived) == []


def test_two_at_the_same_mail_make_one_enquiry(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """A window reads it while `leaddesk capture` does: the second one finds it settled."""
    number = stored(house, letter())
    read = Reader.read
    entered: list[bool] = []

    def slow(self: Reader, *words: Any) -> Reading:
        if not entered:
            entered.append(True)
            house.desk.receive.process(number)
        return read(self, *words)

    monkeypatch.setattr(Reader, "read", slow)
    house.desk.receive.process(number)
    assert house.enquiries() == 1


def test_a_mail_over_which_we_fail_is_told_as_unreadable_and_keeps_nobody_waiting(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    settle = Landing.settle

    def failing(self: Landing, mail: Mail, reading: Reading) -> None:
        if "poison" in reading.subject and reading.kind is not MailKind.UNREADABLE:
            raise ZeroDivisionError
        settle(self, mail, reading)

    monkeypatch.setattr(Landing, "settle", failing)
    bad = stored(house, letter(sender="p@example.org", subject="poison"), minutes=-2)
    stored(house, letter(sender="a@example.org"), minutes=-1)
    assert house.desk.receive.read_waiting() == 2
    assert (house.mail(bad).state, house.mail(bad).place) == (MailState.UNREADABLE, Place.ENQUIRY)
    assert [house.lead(number).person.name for number in (1, 2)] == ["p@example.org", "a@example.org"]
    assert "could not be read" in house.lead(1).enquiries[0].message


def test_a_mail_that_cannot_even_be_told_stays_raw_and_is_tried_in_the_next_run(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(self: Landing, mail: Mail, reading: Reading) -> None:
        raise ZeroDivisionError

    number = stored(house, letter())
    with monkeypatch.context() as patched:
        patched.setattr(Landing, "settle", failing)
        assert house.desk.receive.read_waiting() == 1
        assert house.desk.receive.read_waiting() == 0
    assert house.mail(number).state is MailState.NEW
    assert house.desk.store.mails.unread() == [number]


# -- put away, rescued, sorted away


def test_a_newsletter_is_put_away_with_its_reason(house: House) -> None:
    mail = house.land(NEWSLETTER)
    assert (mail.kind, mail.place, mail.lead) == (MailKind.NEWSLETTER, Place.NOT_A_LEAD, None)
    (row,) = house.desk.queue.put_away()
    assert (row.mail, row.name, row.kind) == (mail.id, "Shop", "newsletter")
    assert row.why
    assert house.queue() == ()


def test_a_rescued_mail_is_an_enquiry_without_an_alert(house: House) -> None:
    mail = house.land(NEWSLETTER)
    lead = house.desk.receive.rescue(mail.id)
    assert house.lead(lead).person.emails == ("news@shop.example",)
    assert [row.lead for row in house.queue()] == [lead]
    assert house.desk.queue.put_away() == ()
    assert house.desk.store.alerts.open_for(lead) is None
    with pytest.raises(Refused, match="cannot be made an enquiry"):
        house.desk.receive.rescue(mail.id)


def test_a_rescue_can_be_taken_back_and_done_again(house: House) -> None:
    mail = house.land(NEWSLETTER)
    lead = house.desk.receive.rescue(mail.id)
    house.desk.receive.sort_away(mail.id)
    assert house.lead(lead).state.outcome is Outcome.NOT_A_LEAD
    assert [row.mail for row in house.desk.queue.put_away()] == [mail.id]
    assert house.desk.receive.rescue(mail.id) == lead
    assert house.enquiries() == 1
    assert [row.lead for row in house.queue()] == [lead]


def test_two_who_rescue_one_mail_at_once_open_one_clock(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    mail = house.land(NEWSLETTER)
    read, done = Reader.read, []

    def overtaken(self: Reader, raw: bytes, known: Known) -> Reading:
        monkeypatch.setattr(Reader, "read", read)
        done.append(house.desk.receive.rescue(mail.id))
        return self.read(raw, known)

    monkeypatch.setattr(Reader, "read", overtaken)
    with pytest.raises(Refused, match="settled this mail already"):
        house.desk.receive.rescue(mail.id)
    assert (done, house.enquiries()) == ([1], 1)


def test_a_known_persons_mail_is_grey_until_it_is_rescued_or_sorted_away(house: House) -> None:
    from leaddesk.doors.store import Correspondent

    before = house.desk.clock.now() - timedelta(days=3)
    house.desk.store.mailboxes.remember_correspondents(
        [Correspondent("mum@example.org", before), Correspondent("dad@example.org", before)]
    )
    mum = house.land(letter("Cake?", sender="Mum <mum@example.org>"))
    dad = house.land(letter("Football?", sender="Dad <dad@example.org>"))
    assert [person.name for person in house.desk.queue.known()] == ["Dad", "Mum"]
    assert house.queue() == ()

    lead = house.desk.receive.rescue(mum.id)
    house.desk.receive.sort_away(dad.id)
    assert [row.lead for row in house.queue()] == [lead]
    assert house.desk.queue.known() == ()
    assert [row.name for row in house.desk.queue.put_away()] == ["Dad"]


def test_our_own_answer_makes_nobody_a_known_person_for_the_mail_that_it_answers(house: House) -> None:
    from leaddesk.doors.store import Correspondent

    answered_at = house.desk.clock.now() - timedelta(minutes=5)
    house.desk.store.mailboxes.remember_correspondents([Correspondent("ngozi@example.org", answered_at)])
    assert house.land(letter(), answered_at - timedelta(minutes=10)).place is Place.ENQUIRY


def test_colleagues_are_known_by_account_and_domain(house: House) -> None:
    house.desk.store.accounts.add(account(own_addresses=("ann@gmail.example",), own_domain=True))
    for sender in ("ben@lofts.example", "Ann@Gmail.example"):
        assert house.land(letter(sender=sender)).place is Place.NOT_A_LEAD
    assert house.land(letter(sender="other@gmail.example")).place is Place.ENQUIRY


def test_an_away_note_and_a_bounce_stand_with_their_lead_and_alert_nobody(house: House) -> None:
    house.land(letter())
    house.desk.decide.got(1)
    note = house.land(
        letter("I am away until Monday.", subject="Automatic reply: Loft", Auto_Submitted="auto-replied")
    )
    assert (note.place, note.lead) == (Place.ABOUT, 1)
    assert house.touches()[-1].automatic
    assert house.enquiries() == 1
    assert house.desk.store.alerts.open_for(1) is None
    assert house.lead().state.enquiries[0].standing is Standing.WAITING


def test_a_mail_stays_to_be_read_while_the_reader_does_not_start(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = stored(house, letter())
    desk = house.desk
    troubles = Troubles(desk.clock, desk.bus)
    receiver = Receiver(
        desk.store,
        lambda: desk.receive,
        desk.alerts,
        FirstSync(desk.store, desk.clock, Connections(desk.clock, desk.bus)),
        troubles,
    )
    with monkeypatch.context() as patched:
        patched.setattr(desk.receive, "_reader", Reader(["no-such-program-4711"]))
        with pytest.raises(ReaderNotStarted):
            receiver.round()
    assert house.mail(number).state is MailState.NEW
    assert [trouble.key for trouble in troubles.all()] == ["reader"]
    receiver.round()
    assert house.mail(number).place is Place.ENQUIRY
    assert troubles.all() == ()


def test_an_answer_comes_after_the_mail_that_it_names_though_the_servers_clock_is_behind(
    house: House, clock: FrozenClock
) -> None:
    desk = house.desk
    lead = house.lands_as_lead(letter())
    account_id = desk.accounts.add(account(), None, test=False).account.id
    clock.advance(minutes=3)
    mail = desk.reply.approve(desk.reply.draft(lead), undo=False)
    assert desk.store.outbox.claim(clock.now(), "me", [account_id])
    desk.store.outbox.committing(mail.id, "me")
    desk.store.outbox.sent(mail.id, at=clock.now(), answer="250 ok")
    assert mail.message_id is not None
    answer = letter("Yes please.", In_Reply_To=mail.message_id)
    assert house.lands_as_lead(answer, clock.now() - timedelta(seconds=30)) == lead
    (row,) = house.queue()
    assert (row.lead, row.what) == (lead, What.REPLY)

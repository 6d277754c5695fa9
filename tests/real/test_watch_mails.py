"""Mails of every kind through the whole watch, on a real Dovecot: twins, giants, wrecks and floods."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

import pytest

from leaddesk.doors.mail.reader import Reader
from leaddesk.rules.capture.parts import MAIL_LIMIT
from leaddesk.words.lead import Outcome
from leaddesk.words.mail import MailKind, MailState, Place
from leaddesk.words.news import EnquiryArrived, ReplyArrived
from tests.house import House, until
from tests.letters import answer, form_notice, letter
from tests.real.watched import Box, ago, online, read, watching

pytestmark = pytest.mark.real
TORTURE = Path(__file__).parents[1] / "corpora" / "torture"
FIXED = "<form@plugin.example>"


def why(house: House, number: int) -> str:
    return " ".join(house.mail(number).why)


# -- twins


def test_one_message_id_on_two_different_mails_is_two_enquiries(
    profile: Path, reader: Reader, box: Box
) -> None:
    with watching(profile, reader, box) as house:
        online(house)
        box.deliver(form_notice("Ngozi Eze", "ngozi@example.org", "A loft, please", id=FIXED))
        box.deliver(form_notice("Ngozi Ezema", "ezema@example.org", "A loft, please", id=FIXED))
        box.deliver(form_notice("Ngozi Eze", "ngozi@example.org", "A loft, please, and a roof", id=FIXED))
        read(house, 3)
        assert house.enquiries() == 3
        assert {row.name for row in house.queue()} == {"Ngozi Eze", "Ngozi Ezema"}
        assert "same Message-ID" in why(house, 2)


def test_the_same_mail_twice_is_one_enquiry(profile: Path, reader: Reader, box: Box) -> None:
    mail = letter(id="<twice@example.org>")
    with watching(profile, reader, box) as house:
        online(house)
        box.deliver(mail)
        box.deliver(b"Received: by the list\r\n" + mail)
        read(house, 2)
        assert house.enquiries() == 1
        assert "Received twice" in why(house, 2)
        assert house.mail(2).lead == house.mail(1).lead == 1
        until(house.alerts)
        assert sum(news.count for news in house.alerts()) == 1


def test_a_mail_without_id_date_or_sender_is_an_enquiry_all_the_same(
    profile: Path, reader: Reader, box: Box
) -> None:
    with watching(profile, reader, box) as house:
        online(house)
        at = ago(minutes=3)
        box.append(letter(sender=None, id=None, subject="Roof"), at=at)
        box.append(b"\r\nNothing but this line, please call 0117 496 0000\r\n")
        read(house, 2)
        assert house.enquiries() == 2
        assert house.lead(1).person.name == "Unknown sender"
        assert house.lead(1).enquiries[0].received_at == at
        until(house.alerts)


# -- whose


def test_two_people_through_one_robot_are_two_leads_and_a_second_form_is_a_second_clock(
    profile: Path, reader: Reader, box: Box
) -> None:
    with watching(profile, reader, box) as house:
        online(house)
        # One after the other: a server's deliveries around the turn of a second may bear times in any order.
        box.deliver(form_notice("Ngozi Eze", "ngozi@example.org", "A loft, please"))
        read(house, 1)
        box.deliver(form_notice("Bob", "bob@example.org", "A roof, please"))
        read(house, 2)
        box.deliver(form_notice("Ngozi Eze", "Ngozi@Example.org", "And how about a dormer?"))
        read(house, 3)
        assert [len(house.lead(number).enquiries) for number in (1, 2)] == [2, 1]
        assert [enquiry.lead for enquiry in house.heard(EnquiryArrived)] == [1, 2, 1]


def test_further_mail_joins_the_enquiry_that_is_still_unanswered(
    profile: Path, reader: Reader, box: Box
) -> None:
    with watching(profile, reader, box) as house:
        online(house)
        box.deliver(letter())
        box.deliver(letter("I forgot: it is a Victorian house."))
        read(house, 2)
        assert house.enquiries() == 1
        assert [reply.joined for reply in house.heard(ReplyArrived)] == [True]


def test_an_answer_reopens_a_closed_lead_and_a_new_mail_is_a_new_clock(
    profile: Path, reader: Reader, box: Box
) -> None:
    with watching(profile, reader, box) as house:
        online(house)
        box.deliver(letter(id="<ask@example.org>"))
        read(house, 1)
        box.append(
            answer("ngozi@example.org", "In May.", answers="<ask@example.org>", id="<may@lofts.example>"),
            "Sent",
        )
        until(lambda: house.view().timeline[-1].headline.startswith("You, "))
        house.desk.decide.close(1, Outcome.LOST, "too far away")

        box.deliver(letter("May is fine after all.", In_Reply_To="<may@lofts.example>", subject="Re: Loft"))
        read(house, 2)
        assert house.view().outcome is Outcome.OPEN
        assert house.enquiries() == 1

        house.desk.decide.close(1, Outcome.LOST, "")
        box.deliver(letter("Now I want a kitchen."))
        read(house, 3)
        assert house.view().outcome is Outcome.OPEN
        assert house.enquiries() == 2


def test_colleagues_and_ourselves_are_put_away(profile: Path, reader: Reader, box: Box) -> None:
    with watching(profile, reader, box, own_addresses=("ann@gmail.example",), own_domain=True) as house:
        online(house)
        box.deliver(letter(sender="Ben <ben@lofts.example>"))
        box.deliver(letter(sender="Ann <Ann@gmail.example>"))
        box.deliver(letter(sender="Ann <ann@lofts.example>", X_LeadDesk_Test="abc", subject="LeadDesk test"))
        read(house, 3)
        assert house.queue() == ()
        assert len(house.desk.queue.put_away()) == 3
        assert house.alerts() == []


# -- giants, wrecks, floods


def test_a_mail_of_fifty_megabytes_is_a_row_and_no_weight(profile: Path, reader: Reader, box: Box) -> None:
    line = "QUJD" * 18 + "\r\n"
    head = letter("Here are the plans.", Content_Type="multipart/mixed; boundary=b")
    body = (
        "--b\r\nContent-Type: text/plain\r\n\r\nHere are the plans.\r\n"
        "--b\r\nContent-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\n"
        'Content-Disposition: attachment; filename="plans.pdf"\r\n\r\n'
    )
    huge = (
        head.partition(b"\r\n\r\n")[0]
        + b"\r\n\r\n"
        + body.encode()
        + line.encode() * (50 * 2**20 // len(line))
    )
    with watching(profile, reader, box) as house:
        online(house)
        before = resident_bytes()
        box.append(huge + b"--b--\r\n")
        del huge
        read(house, 1)
        (mail,) = house.mails()
        assert (mail.state, mail.place) == (MailState.READ, Place.ENQUIRY)
        assert mail.size > 50 * 2**20
        assert len(house.desk.receive.raw(mail.id)) == MAIL_LIMIT
        assert house.view().enquiries[0].message == "Here are the plans."
        assert [file.name for file in mail.attachments] == ["plans.pdf"]
        assert resident_bytes() - before < 80 * 2**20


def resident_bytes() -> int:
    """Memory of this process that is really there."""
    with open("/proc/self/statm", encoding="ascii") as told:
        return int(told.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def test_broken_mails_are_stored_and_shown_and_keep_nobody_waiting(
    profile: Path, reader: Reader, box: Box
) -> None:
    wrecks = sorted(TORTURE.glob("*.eml"))
    with watching(profile, reader, box) as house:
        online(house)
        for wreck in wrecks:
            box.append(wreck.read_bytes())
        box.deliver(letter(sender="After <after@example.org>"))
        mails = read(house, len(wrecks) + 1)
        assert len(mails) == len(wrecks) + 1
        for mail in mails:
            assert mail.place is not None
            assert house.desk.receive.raw(mail.id)
        for mail in mails:
            if mail.kind is MailKind.UNREADABLE:
                assert mail.place is Place.ENQUIRY
        assert "After" in {row.name for row in house.queue()}
        for row in house.queue():
            assert house.view(row.lead).enquiries


def test_five_hundred_at_once_are_one_alert_in_the_order_of_their_times(
    profile: Path, reader: Reader, box: Box
) -> None:
    with watching(profile, reader, box) as house:
        online(house)
    start = ago(days=3)
    for number in range(500):
        at = start + timedelta(minutes=(number * 7) % 500)
        put_into_maildir(box, letter(sender=f"n{number}@example.org"), at.timestamp(), number)
    with watching(profile, reader, box) as house:
        read(house, 500, seconds=90)
        until(house.alerts)
        times = [enquiry.received_at for enquiry in house.heard(EnquiryArrived)]
        assert len(times) == 500
        assert times == sorted(times)
        assert [news.count for news in house.alerts()] == [500]
        assert len(house.notifier.shown) == 1


def put_into_maildir(box: Box, raw: bytes, at: float, number: int) -> None:
    """As a delivery agent does; Dovecot takes the file's time for INTERNALDATE."""
    folder = box.dovecot.root / "mail" / box.user / "new"
    file = folder / f"{int(at)}.M{number}P1.host"
    file.write_bytes(raw.replace(b"\r\n", b"\n"))
    owner = folder.stat()
    os.chown(file, owner.st_uid, owner.st_gid)
    os.utime(file, (at, at))

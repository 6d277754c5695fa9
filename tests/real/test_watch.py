"""The watch against a real Dovecot: from arrival to enquiry, and the first sync."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from leaddesk.desk.watch import Pace
from leaddesk.doors.clock import Clock
from leaddesk.doors.mail.reader import Reader
from leaddesk.words.lead import Turn, What
from leaddesk.words.news import EnquiryArrived, FirstSyncDone
from tests.house import House, until
from tests.letters import answer, letter
from tests.real.watched import PASSWORD, QUICK, Box, ago, online, read, watching

pytestmark = pytest.mark.real


# -- from arrival to enquiry


def test_a_mail_that_arrives_is_an_enquiry_and_an_alert_at_once(
    profile: Path, reader: Reader, box: Box
) -> None:
    with watching(profile, reader, box) as house:
        online(house)
        box.deliver(letter())
        until(house.alerts, 3.0)
        (row,) = house.queue()
        assert (row.name, row.what, row.turn) == ("Ngozi Eze", What.NEW, Turn.OURS)
        (mail,) = house.mails()
        told = box.doveadm("fetch", "date.received", "mailbox", "INBOX", "all").split(": ")[1].strip()
        assert mail.received_at == datetime.fromisoformat(told).replace(tzinfo=UTC)
        assert row.since == mail.received_at
        assert box.dovecot.flags(user=box.user) in ([""], ["\\Recent"])


def test_what_arrives_while_we_are_away_is_there_on_return(profile: Path, reader: Reader, box: Box) -> None:
    with watching(profile, reader, box) as house:
        online(house)
    long_ago = ago(days=20)
    box.append(letter(), at=long_ago)
    box.deliver(letter(sender="Bob <bob@example.org>"))
    with watching(profile, reader, box) as house:
        read(house, 2)
        assert {row.name for row in house.queue()} == {"Ngozi Eze", "Bob"}
        assert house.lead(1).enquiries[0].received_at == long_ago
        assert not house.heard(FirstSyncDone)


def test_a_sweep_finds_what_no_hint_told(
    profile: Path, reader: Reader, box: Box, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A network that swallows the server's announcements, but not its answers."""
    from leaddesk.doors.mail.imap_client import Announcements

    pace = Pace(renew_s=0.3, sweep_s=0.6, timeout_s=5.0)
    with watching(profile, reader, box, pace=pace) as house:
        online(house)
        monkeypatch.setattr(Announcements, "note", lambda self, line: None)
        box.deliver(letter())
        read(house, 1)
        assert house.enquiries() == 1


# -- the first sync


def test_the_first_sync_is_quiet_and_told_once(profile: Path, reader: Reader, box: Box) -> None:
    box.append(letter(sender="Old <old@example.org>"), at=ago(hours=80))
    box.append(letter(id="<waits@example.org>"), at=ago(hours=3))
    box.append(letter(sender="Bob <bob@example.org>", id="<bob@example.org>"), at=ago(hours=2))
    box.append(answer("bob@example.org", "Yes.", answers="<bob@example.org>"), "Sent", ago(hours=1))
    with watching(profile, reader, box) as house:
        until(lambda: house.heard(FirstSyncDone))
        (done,) = house.heard(FirstSyncDone)
        assert (done.enquiries, done.answered) == (2, 1)
        assert [row.name for row in house.queue()] == ["Ngozi Eze"]
        assert all(news.quiet for news in house.heard(EnquiryArrived))
        assert house.alerts() == []
        assert house.notifier.shown == []
        bob = house.lead(2)
        response = bob.state.enquiries[0].first_response
        assert response is not None
        assert response.at - bob.enquiries[0].received_at == timedelta(hours=1)

        box.append(letter(sender="Eve <eve@example.org>"), at=ago(days=200))
        until(house.alerts)
        assert {row.name for row in house.queue()} == {"Ngozi Eze", "Eve"}
    with watching(profile, reader, box) as again:
        online(again)
        assert again.heard(FirstSyncDone) == []
        assert again.enquiries() == 3


def test_what_came_after_the_watch_began_is_news_even_to_the_first_sync(
    profile: Path, reader: Reader, box: Box
) -> None:
    box.append(letter(sender="Old <old@example.org>"), at=ago(hours=2))
    box.append(letter(id="<new@example.org>"), at=ago(seconds=-30))
    with watching(profile, reader, box) as house:
        until(house.alerts)
        online(house)
        assert {news.quiet for news in house.heard(EnquiryArrived)} == {True, False}
        names = {row.lead: row.name for row in house.queue()}
        assert [names[alert.lead] for alert in house.alerts() if alert.lead] == ["Ngozi Eze"]


def test_whom_we_wrote_to_before_is_known_and_not_alerted(profile: Path, reader: Reader, box: Box) -> None:
    box.append(
        answer("Mum <mum@example.org>", "See you on Sunday", id="<ours@lofts.example>"), "Sent", ago(days=40)
    )
    box.append(answer("Long ago <gone@example.org>", "Invoice"), "Sent", ago(days=100))
    confirmation = letter(
        "We got it.", sender="ann@lofts.example", to="c@example.org", X_Mailer="PHPMailer 6"
    )
    box.append(confirmation, "Sent", ago(days=30))
    box.append(letter("Cake?", sender="Mum <mum@example.org>"), at=ago(hours=5))
    with watching(profile, reader, box) as house:
        online(house)
        box.deliver(letter("A new roof, please", sender="Mum <mum@example.org>"))
        box.deliver(
            letter("Thanks for that", sender="His wife <w@example.org>", In_Reply_To="<ours@lofts.example>")
        )
        box.deliver(letter(sender="Long ago <gone@example.org>"))
        box.deliver(letter("I filled in your form", sender="C <c@example.org>"))
        read(house, 5)
        assert [person.name for person in house.desk.queue.known()] == ["His wife", "Mum", "Mum"]
        assert {row.name for row in house.queue()} == {"Long ago", "C"}
        until(lambda: len(house.alerts()) == 2)


def test_a_sync_that_is_broken_off_carries_on(profile: Path, reader: Reader, box: Box) -> None:
    for number in range(30):
        box.append(letter(sender=f"n{number}@example.org"), at=ago(hours=1))
    with watching(profile, reader, box) as house:
        until(lambda: len(house.mails()) > 3)
    with watching(profile, reader, box) as house:
        until(lambda: house.heard(FirstSyncDone))
        assert len(house.mails()) == house.enquiries() == 30
        assert house.alerts() == []


def test_one_look_without_threads_takes_everything_in(profile: Path, reader: Reader, box: Box) -> None:
    box.append(letter(sender="Bob <bob@example.org>", id="<bob@example.org>"), at=ago(hours=2))
    box.append(answer("bob@example.org", "Yes.", answers="<bob@example.org>"), "Sent", ago(hours=1))
    house = House.open(profile, reader, Clock(), pace=QUICK)
    house.desk.accounts.add(box.account(), PASSWORD, test=False)
    assert house.desk.services.once() == []
    (done,) = house.heard(FirstSyncDone)
    assert (done.enquiries, done.answered) == (1, 1)
    box.deliver(letter())
    assert house.desk.services.once() == []
    assert [alert.lead for alert in house.alerts()] == [2]
    house.close()

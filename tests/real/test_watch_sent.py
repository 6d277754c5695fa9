"""Answers that walk in through Sent, on a real Dovecot: people's count, machines' do not."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from leaddesk.doors.mail.reader import Reader
from leaddesk.words.lead import FirstResponse, Standing, Turn, What
from leaddesk.words.mail import Place, Role
from leaddesk.words.news import AlertTaken
from tests.house import House, until
from tests.letters import answer, form_notice, letter
from tests.real.watched import Box, ago, online, read, watching

pytestmark = pytest.mark.real
CONFIRMED = (
    "Hello {}, thank you for your message. We have received it and will answer within one working day."
)


def first_response(house: House, lead: int = 1) -> FirstResponse | None:
    return house.lead(lead).state.enquiries[0].first_response


def asked(house: House, box: Box, name: str = "ngozi") -> None:
    """An enquiry that came ten minutes ago and has alerted."""
    count = house.enquiries()
    box.append(letter(sender=f"{name}@example.org", id=f"<{name}@ask.example>"), at=ago(minutes=10))
    until(lambda: house.enquiries() == count + 1)
    until(lambda: house.desk.store.alerts.open_for(count + 1))


def test_an_answer_from_a_phone_counts_from_the_time_of_its_copy(
    profile: Path, reader: Reader, box: Box
) -> None:
    with watching(profile, reader, box) as house:
        online(house)
        asked(house, box)
        sent_at = ago(minutes=4)
        box.append(answer("ngozi@example.org", "In May.", answers="<ngozi@ask.example>"), "Sent", sent_at)
        until(lambda: first_response(house), 15.0)
        response = first_response(house)
        assert response is not None
        assert (response.at, response.by) == (sent_at, "Ann Lee")
        assert timedelta(minutes=5) < response.after < timedelta(minutes=7)
        assert house.queue() == ()
        until(lambda: house.heard(AlertTaken))


def test_an_answer_that_is_found_before_its_enquiry_was_read_counts(
    profile: Path, reader: Reader, box: Box
) -> None:
    """The Inbox may be slower than Sent."""
    with watching(profile, reader, box) as house:
        online(house)
        box.append(answer("ngozi@example.org", "In May.", id="<may@lofts.example>"), "Sent", ago(minutes=4))
        read(house, 1, Role.SENT)
        box.append(letter(), at=ago(minutes=10))
        read(house, 1)
        response = first_response(house)
        assert response is not None
        assert response.at == house.mails(Role.SENT)[0].received_at
        assert house.mails(Role.SENT)[0].lead == 1
        assert house.queue() == ()

        box.deliver(letter("Yes, May.", In_Reply_To="<may@lofts.example>", subject="Re: Loft"))
        read(house, 2)
        assert house.enquiries() == 1
        assert house.lead().state.turn is Turn.OURS


@pytest.mark.parametrize(
    "mark",
    [
        {"X_Mailer": "PHPMailer 6.9.1"},
        {"X_PHP_Originating_Script": "1000:contact.php"},
        {"Auto_Submitted": "auto-replied"},
    ],
    ids=str,
)
def test_a_machines_mail_is_no_answer(profile: Path, reader: Reader, box: Box, mark: dict[str, str]) -> None:
    with watching(profile, reader, box) as house:
        online(house)
        asked(house, box)
        box.append(letter("We got it.", sender="ann@lofts.example", to="ngozi@example.org", **mark), "Sent")
        read(house, 1, Role.SENT)
        assert first_response(house) is None
        assert [row.what for row in house.queue()] == [What.NEW]
        assert [touch.automatic for touch in house.touches()] == [False, True]
        assert house.heard(AlertTaken) == []


def test_the_same_words_to_several_people_are_the_websites_own(
    profile: Path, reader: Reader, box: Box
) -> None:
    with watching(profile, reader, box) as house:
        online(house)
        for name in ("ngozi", "bob"):
            asked(house, box, name)
            text = CONFIRMED.format(name.title())
            box.append(
                letter(text, sender="ann@lofts.example", to=f"{name}@example.org", subject="Thank you"),
                "Sent",
            )
            read(house, 1 if name == "ngozi" else 2, Role.SENT)
        assert first_response(house, 1) is None
        assert first_response(house, 2) is None
        assert {row.name for row in house.queue()} == {"ngozi@example.org", "bob@example.org"}
        assert house.desk.store.alerts.open_for(1) is not None, "the first enquiry alerts again"


def test_a_quick_answer_and_the_same_few_words_in_reply_to_two_people_count(
    profile: Path, reader: Reader, box: Box
) -> None:
    with watching(profile, reader, box) as house:
        online(house)
        for number, name in enumerate(("ngozi", "bob"), 1):
            box.deliver(letter(sender=f"{name}@example.org", id=f"<{name}@ask.example>"))
            read(house, number)
            box.append(
                answer(f"{name}@example.org", "Yes, I will call you.", answers=f"<{name}@ask.example>"),
                "Sent",
            )
            read(house, number, Role.SENT)
        assert all(first_response(house, lead) for lead in (1, 2))


def test_a_forward_to_a_colleague_is_no_answer(profile: Path, reader: Reader, box: Box) -> None:
    forward = answer(
        "Ben <ben@lofts.example>", "Can you take this?\n\n> Can you quote for a loft conversion?",
        answers="<ngozi@ask.example>", subject="Fwd: Loft conversion",
    )  # fmt: skip
    with watching(profile, reader, box) as house:
        online(house)
        asked(house, box)
        box.append(forward, "Sent")
        read(house, 1, Role.SENT)
        assert first_response(house) is None
        assert len(house.queue()) == 1


def test_an_answer_to_the_later_enquiry_answers_the_earlier_one_too(
    profile: Path, reader: Reader, box: Box
) -> None:
    with watching(profile, reader, box) as house:
        online(house)
        for minutes in (30, 20):
            box.append(
                form_notice("Ngozi", "ngozi@example.org", f"asked {minutes} min ago"), at=ago(minutes=minutes)
            )
        read(house, 2)
        box.append(answer("ngozi@example.org", "Yes to both."), "Sent", ago(minutes=10))
        read(house, 1, Role.SENT)
        standings = [each.standing for each in house.lead().state.enquiries]
        assert standings == [Standing.ANSWERED, Standing.ANSWERED]


def test_what_was_sent_before_their_last_word_leaves_the_alert_alone(
    profile: Path, reader: Reader, box: Box
) -> None:
    with watching(profile, reader, box) as house:
        online(house)
        asked(house, box)
        box.append(answer("ngozi@example.org", "Our brochure, as promised."), "Sent", ago(minutes=60))
        read(house, 1, Role.SENT)
        assert [row.what for row in house.queue()] == [What.NEW]
        assert house.desk.store.alerts.open_for(1) is not None


def test_a_date_that_differs_from_the_servers_time_is_marked(profile: Path, reader: Reader, box: Box) -> None:
    with watching(profile, reader, box) as house:
        online(house)
        asked(house, box)
        box.append(answer("ngozi@example.org", "Yes.", Date="Mon, 02 Nov 2020 09:00:00 +0000"), "Sent")
        (mail,) = read(house, 1, Role.SENT)
        assert "differs from the server's time" in " ".join(mail.why)


def test_the_test_mail_to_oneself_is_no_lead_in_either_folder(
    profile: Path, reader: Reader, box: Box
) -> None:
    test_mail = letter("LeadDesk sent this.", sender="ann@lofts.example", X_LeadDesk_Test="token")
    with watching(profile, reader, box) as house:
        online(house)
        box.append(test_mail, "Sent")
        box.deliver(test_mail)
        (mail,) = read(house, 1)
        read(house, 1, Role.SENT)
        assert mail.place is Place.NOT_A_LEAD
        assert house.queue() == ()
        assert house.alerts() == []

"""Mails found in Sent: what marks a machine, and which mails are alike."""

from __future__ import annotations

from datetime import timedelta

import pytest

from leaddesk.rules.sent import Words, are_alike, date_mark, is_by_a_machine
from tests.letters import letter
from tests.made import START


@pytest.mark.parametrize(
    "headers",
    [
        {"X_Mailer": "PHPMailer 6.8.0 (https://github.com/PHPMailer/PHPMailer)"},
        {"X_Mailer": "WPMailSMTP/Mailer/smtp 3.9"},
        {"X_Mailer": "nodemailer (6.9.1)"},
        {"User_Agent": "Symfony Mailer"},
        {"X_PHP_Originating_Script": "1000:contact.php"},
        {"X_PHP_Script": "www.example.org/form.php for 203.0.113.5"},
        {"Auto_Submitted": "auto-replied"},
        {"Auto_Submitted": "auto-generated; x=1"},
        {"X_Auto_Response_Suppress": "All"},
        {"Auto_Submitted": "auto-replied", "User_Agent": "Roundcube Webmail/1.6"},
    ],
    ids=str,
)
def test_marks_of_a_machine(headers: dict[str, str]) -> None:
    assert is_by_a_machine(letter(**headers))


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"X_Mailer": "Apple Mail (2.3774)"},
        {"User_Agent": "Mozilla Thunderbird"},
        {"Auto_Submitted": "no"},
        {"User_Agent": "Roundcube Webmail/1.6", "X_PHP_Originating_Script": "0:rcube.php"},
    ],
    ids=str,
)
def test_people_and_their_webmail_are_no_machines(headers: dict[str, str]) -> None:
    assert not is_by_a_machine(letter(**headers))


THANKS = (
    "Hello {}, thank you for your enquiry no. {}. We will come back to you within one working day. Lofts Ltd"
)
HAND = "Yes, {} is fine. I will bring the samples with me. See you then, Ann"


def words(text: str, subject: str = "We received your enquiry") -> Words:
    return Words(subject, text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(
            words(THANKS.format("Ngozi", 1)), words(THANKS.format("Bob", 234)), id="name and number"
        ),
        pytest.param(
            words(THANKS.format("Ngozi", 1), "Ticket #17 received"),
            words(THANKS.format("Bob", 2), "Re: Ticket #99 received"),
            id="numbers in the subject",
        ),
        pytest.param(
            words("您好，我们已收到您的来信"), words("您好，我们已收到您的来信"), id="no words but the same"
        ),
        pytest.param(words("Got it."), words("Got it."), id="short and the same"),
        pytest.param(
            words("Dear Ngozi Eze, thank you!", "Thanks, Ngozi Eze"),
            words("Dear Bob Smith, thank you!", "Thanks, Bob Smith"),
            id="names that we know are left out",
        ),
    ],
)
def test_form_letters_are_alike(one: Words, other: Words) -> None:
    assert are_alike(one, other, ["Ngozi Eze", "Bob Smith"])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(words(HAND.format("Friday")), words("No, sorry, we only do roofs."), id="other words"),
        pytest.param(
            words(THANKS.format("A", 1)), words(THANKS.format("B", 2), "Your loft"), id="other subject"
        ),
        pytest.param(words(""), words(""), id="nothing is not alike"),
        pytest.param(words("Yes, on Friday"), words("Yes, on Monday"), id="few words, one differs"),
    ],
)
def test_letters_that_people_write_are_not(one: Words, other: Words) -> None:
    assert not are_alike(one, other)


def test_very_long_letters_are_compared_by_their_beginning() -> None:
    beginning = "words like these " * 200
    assert are_alike(words(beginning + "x " * 50_000), words(beginning + "y " * 50_000))


@pytest.mark.parametrize(
    ("minutes", "is_marked"), [(-3, True), (-2, False), (0, False), (2, False), (2.1, True)]
)
def test_a_date_that_differs_by_more_than_two_minutes_is_marked(minutes: float, is_marked: bool) -> None:
    assert bool(date_mark(START, START + timedelta(minutes=minutes))) is is_marked


def test_a_mail_without_a_date_has_no_mark() -> None:
    assert date_mark(START, None) == ""

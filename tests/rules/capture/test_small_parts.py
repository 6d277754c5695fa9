"""The small parts under the reading: text made safe, addresses, file names, dates of return, reports."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaddesk.rules.capture.addresses import first_mailbox, read_mailboxes, valid_address
from leaddesk.rules.capture.attachments import NAME_LIMIT, payload, safe_name
from leaddesk.rules.capture.away import return_date
from leaddesk.rules.capture.clean import clean_header, one_line, plain
from leaddesk.rules.capture.read import read
from leaddesk.rules.capture.vocabulary import fold, shipped
from leaddesk.words.mail import Known, MailKind
from tests.rules.capture.letters import letter


@given(st.text(max_size=300))
def test_a_cleaned_header_is_one_line_that_nobody_decodes_again(text: str) -> None:
    cleaned = clean_header(text)
    assert not {unicodedata.category(each) for each in cleaned} & {"Cc", "Cf", "Cs", "Zl", "Zp"}
    assert "=?" not in cleaned
    assert len(cleaned) <= 200


@given(st.text(max_size=300))
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    assert one_line(one_line(text)) == one_line(text)


def test_empty_lines_fold_into_one() -> None:
    assert plain("a\n\n\n\nb\t c  \n") == "a\n\nb  c"


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("ann@example.org", "ann@example.org"),
        (" Ann.B+tag@Example.ORG ", "Ann.B+tag@example.org"),
        ("o'neil@example.org", "o'neil@example.org"),
        ("ann@bücher.example", "ann@xn--bcher-kva.example"),
        ("ann@example.org)bob@example.com", None),
        ("ann@example.org,bob@example.com", None),
        ("ann@example.org\nbob@example.com", None),
        ("ann@localhost", None),
        ("ann@192.0.2.1", None),
        ("ann@[192.0.2.1]", None),
        ("ann..b@example.org", None),
        (".ann@example.org", None),
        ("ann@-example.org", None),
        ("ann@example..org", None),
        ("änn@example.org", None),
        ('"ann b"@example.org', None),
        ("ann@example.org\0", None),
        ("@example.org", None),
        ("ann", None),
        ("", None),
        ("a" * 65 + "@example.org", None),
    ],
)
def test_an_address_is_valid_or_nothing(text: str, address: str | None) -> None:
    assert valid_address(text) == address


@pytest.mark.parametrize(
    ("header", "name", "address"),
    [
        ("Ann Beck <ann@example.org>", "Ann Beck", "ann@example.org"),
        ('"Beck, Ann" <ann@example.org>', "Beck, Ann", "ann@example.org"),
        ("ann@example.org (Ann (the boss) Beck)", "Ann (the boss) Beck", "ann@example.org"),
        ("=?utf-8?q?K=C3=BCche?= <k@example.org>", "Küche", "k@example.org"),
        ('"bob@evil.example" <ann@example.org>', "bob@evil.example", "ann@example.org"),
        ("Team: Ann <ann@example.org>, bob@example.org;", "Ann", "ann@example.org"),
        ("<@a.example,@b.example:ann@example.org>", "", "ann@example.org"),
        ('Ann "the boss <ann@example.org>', "Ann", "ann@example.org"),
        ("", "", None),
    ],
)
def test_the_first_mailbox_of_a_header(header: str, name: str, address: str | None) -> None:
    box = first_mailbox(header)
    assert box.address == address
    assert box.name.startswith(name)


@given(st.text(max_size=400))
def test_no_address_header_raises(text: str) -> None:
    assert all(box.address is None or valid_address(box.address) for box in read_mailboxes(text))


@pytest.mark.parametrize(
    ("given_name", "safe"),
    [
        ("../../etc/passwd", "passwd"),
        ("..\\..\\boot.ini", "boot.ini"),
        ("plan.pdf", "plan.pdf"),
        ("rechnung\u202efdp.exe", "rechnungfdp.exe"),
        ("a:b.txt", "a_b.txt"),
        ("con", "_con"),
        ("LPT1.txt", "_LPT1.txt"),
        ("name. . ", "name"),
        ("", "attachment"),
        ("...", "attachment"),
        ("a\x00.exe\r\nX", "a.exe X"),
    ],
)
def test_a_file_name_stays_where_it_is_put(given_name: str, safe: str) -> None:
    assert safe_name(given_name) == safe


@given(st.text(max_size=400))
def test_every_file_name_is_one_short_step(text: str) -> None:
    name = safe_name(text)
    assert 0 < len(name) <= NAME_LIMIT
    assert not set(name) & set('/\\:*?"<>|\0\r\n')
    assert name not in (".", "..")


def test_an_attachment_is_listed_and_opened() -> None:
    raw = letter(
        body="--b\n\nplan below\n--b\nContent-Type: application/pdf\nContent-Disposition: attachment;"
        ' filename="../plan.pdf"\nContent-Transfer-Encoding: base64\n\nJVBERi0xLjQK\n--b--',
        headers={"Content-Type": 'multipart/mixed; boundary="b"'},
    )
    (listed,) = read(raw, Known()).attachments
    assert (listed.index, listed.name, listed.type, listed.size) == (0, "plan.pdf", "application/pdf", 9)
    assert payload(raw, 0) == ("plan.pdf", "application/pdf", b"%PDF-1.4\n")
    with pytest.raises(IndexError):
        payload(raw, 1)


SENT = date(2026, 11, 10)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("I am away and will be back on December 1st.", date(2026, 12, 1)),
        ("Out of the office from 9 November through 15 November.", date(2026, 11, 16)),
        ("Ich bin vom 9.11. bis 15.11. im Urlaub und ab Montag, 16.11. wieder im Büro.", date(2026, 11, 16)),
        ("Je suis absent jusqu'au 4 janvier 2027 inclus.", date(2027, 1, 5)),
        ("Estoy de vacaciones hasta el 22 de noviembre inclusive.", date(2026, 11, 23)),
        ("Sono in ferie, rientro il 7 gennaio.", date(2027, 1, 7)),
        ("Ik ben op vakantie en ben op 20 november weer bereikbaar.", date(2026, 11, 20)),
        ("Jestem na urlopie, wracam 23 listopada.", date(2026, 11, 23)),
        ("I will return on Monday.", date(2026, 11, 16)),
        ("Back 2026-12-24.", date(2026, 12, 24)),
        ("I'm out until 5/1.", None),
        ("I read my mail now and then.", None),
        ("Founded on 3 March 1990, we are proud.", None),
        ("On leave 25/11 - 2/12.", date(2026, 12, 2)),
        ("Closed from 11/26 through 12/4.", date(2026, 12, 5)),
    ],
)
def test_the_day_of_return(text: str, day: date | None) -> None:
    assert return_date(text, SENT, shipped(), month_first=False) == day


@pytest.mark.parametrize(
    ("said", "status", "permanent"),
    [
        ("550 5.1.1 user unknown", "5.1.1", True),
        ("452 4.2.2 over quota", "4.2.2", False),
        ("550 no such user here", None, True),
        ("It has been delayed and will be retried.", None, False),
    ],
)
def test_a_report_in_words_tells_recipient_and_weight(said: str, status: str | None, permanent: bool) -> None:
    raw = letter(
        "Mail Delivery System <MAILER-DAEMON@mx.example>",
        subject="Undelivered Mail Returned to Sender",
        body=f"Your message could not be delivered.\n\n<gone@x.example>: {said}\n\n------ This is a "
        "copy ------\n"
        "Message-ID: <out77@firm.example>",
        return_path="<>",
    )
    reading = read(raw, Known())
    assert (reading.kind, reading.recipient) == (MailKind.BOUNCE, "gone@x.example")
    assert (reading.status, reading.permanent) == (status, permanent)
    assert reading.about == ("<out77@firm.example>",)


def test_every_language_of_the_vocabulary_has_its_words() -> None:
    vocabulary = shipped()
    assert {"en", "de", "fr", "es", "it", "nl", "pl", "ja"} <= set(vocabulary.regions)
    for label, meaning in {
        "E-Mail-Adresse": "email", "Téléphone": "phone", "Mensaje": "message", "Cognome": "last_name",
        "Bedrijfsnaam": "company", "Imię": "first_name", "お電話番号": "phone", "Full name": "name",
    }.items():  # fmt: skip
        assert meaning in vocabulary.labels[fold(label)]

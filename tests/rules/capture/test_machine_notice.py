"""A device's notice is put away when several signs meet; who writes about a device is heard."""

from __future__ import annotations

import pytest

from leaddesk.rules.capture.machine_notice import ENOUGH, names_machine, signs
from leaddesk.rules.capture.read import read
from leaddesk.words.mail import Known, MailKind
from tests.rules.capture.letters import letter

HOME = ("info@firm.example",)


@pytest.mark.parametrize(
    ("sender", "subject", "body"),
    [
        ("Station <admin@firm.example>", "[Station] Volume 2 is 91 % full", "3.31 TB of 3.64 TB are used."),
        ("Drucker <druck@firm.example>", "Toner fast leer", "Toner: 8 %\nSeriennummer: QX7\nZeit: 7:58:02"),
        ("Serwer <it@dom.example>", "[Sukces] Kopia", "Zadanie: BIURO\nStan: zakończone\nKoniec: 01:18:40"),
        ("監視 <kanshi@it.example>", "[警告] ディスク使用率 93%", "ホスト: web02\n06:05:41"),
    ],
)  # fmt: skip
def test_what_happened_to_a_device_is_no_enquiry(sender: str, subject: str, body: str) -> None:
    assert read(letter(sender, subject=subject, body=body), Known()).kind is MailKind.TRANSACTIONAL


@pytest.mark.parametrize(
    ("sender", "subject", "body"),
    [
        ("Ann Beck <ann@beck.example>", "NAS full", "Volume 1 is 98 % full, backup failed at 02:14:09."),
        ("Elm Dental <desk@elm.example>", "Printer error 0x6100", "Toner low, serial X7. Who can come?"),
        ("Depot <depot@depot9.example>", "Server rack", "Cupboard 600 x 800 x 2000 for a server, 35 C max."),
        ("Praxis <praxis@weber.example>", "NAS", "Volume 1 voll (98 %), 03:12:44. Reparatur dringend."),
    ],
)
def test_who_writes_about_a_device_is_heard(sender: str, subject: str, body: str) -> None:
    assert read(letter(sender, subject=subject, body=body), Known()).kind is MailKind.ENQUIRY


def test_a_figure_alone_is_no_sign_of_a_machine() -> None:
    assert signs("Shelves", "We fill 80 % of 12 bays by 10:15:00", "Ann", "ann@beck.example", HOME) == 0


def test_a_device_and_one_figure_are_not_enough() -> None:
    assert 0 < signs("Disk", "The disk is full", "Ann", "ann@beck.example", HOME) < ENOUGH


def test_a_device_that_sends_a_file_and_no_word_wants_nothing() -> None:
    mixed = 'multipart/mixed; boundary="b"'
    body = '--b\nContent-Type: application/pdf; name="a.pdf"\n\n%PDF-1.4\n--b--\n'
    raw = letter("Scanner <office@firm.example>", body=body, headers={"Content-Type": mixed})
    assert read(raw, Known()).kind is MailKind.TRANSACTIONAL


def test_a_device_is_known_by_its_name() -> None:
    assert names_machine("Kopierer EG")
    assert not names_machine("Ann Beck")

"""The demo lives: enquiries land in the Maildir, our mail is taken, and the customer writes back."""

from __future__ import annotations

import smtplib
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from functools import partial
from pathlib import Path

import pytest

from leaddesk.demo import Living, Pace
from tests.demo.waiting import until
from tests.frozen_clock import FrozenClock

QUICK = Pace(first=0.01, shortest=0.01, longest=0.02, answer=(0.01, 0.02))
PATIENT = Pace(first=3600, answer=(0.01, 0.02))


@pytest.fixture
def living(tmp_path: Path) -> Iterator[Living]:
    living = Living(tmp_path, 1, pace=PATIENT)
    living.start()
    yield living
    living.stop()


def landed(folder: Path) -> list[EmailMessage]:
    parse = BytesParser(policy=policy.default).parsebytes
    return [parse(file.read_bytes()) for file in sorted((folder / "new").iterdir())]


def has_landed(folder: Path, count: int) -> bool:
    return len(landed(folder)) == count


def reply(living: Living, to: str, message_id: str = "<ours@hillside-lofts.example.com>") -> None:
    mail = EmailMessage()
    mail["From"], mail["To"] = f"Ann <{living.address}>", to
    mail["Subject"], mail["Message-ID"] = "Re: Loft conversion quote", message_id
    mail.set_content("Hello,\n\nThursday after four?\n\nAnn")
    with smtplib.SMTP("127.0.0.1", living.smtp_port, local_hostname="test", timeout=10) as client:
        client.send_message(mail)


def test_all_customers_write_by_themselves(tmp_path: Path) -> None:
    living = Living(tmp_path, 1, pace=QUICK)
    living.start()
    until(partial(has_landed, tmp_path, 12))
    living.stop()
    mails = landed(tmp_path)
    assert len({mail["Message-ID"] for mail in mails}) == 12
    assert all(mail["Delivered-To"] == "info@hillside-lofts.example.com" for mail in mails)


def test_whoever_is_answered_first_writes_back_to_our_mail(living: Living, tmp_path: Path) -> None:
    reply(living, "Ngozi Adeyemi <ngozi.adeyemi@example.com>")
    (mail,) = until(lambda: landed(tmp_path))
    assert mail["From"].addresses[0].addr_spec == "ngozi.adeyemi@example.com"
    assert mail["To"].addresses[0].addr_spec == living.address
    assert mail["In-Reply-To"] == "<ours@hillside-lofts.example.com>"
    assert "Thursday after four?" in str(mail.get_content())
    assert len(living.received) == 1


def test_a_mail_without_anybody_to_answer_is_taken_all_the_same(
    living: Living, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with smtplib.SMTP("127.0.0.1", living.smtp_port, local_hostname="test", timeout=10) as client:
        client.sendmail("ann@example.com", ["bob@example.com"], b"Subject: nobody\r\n\r\nx\r\n")
    assert len(living.received) == 1
    assert until(lambda: "nobody can answer" in caplog.text)
    reply(living, "owen.price@example.net")
    assert until(lambda: landed(tmp_path))[0]["From"].addresses[0].addr_spec == "owen.price@example.net"


def test_mails_carry_the_time_of_the_clock(tmp_path: Path) -> None:
    clock = FrozenClock(datetime(2026, 11, 24, 9, 41, tzinfo=UTC))
    living = Living(tmp_path, 1, pace=Pace(first=0, shortest=60, longest=60), clock=clock)
    living.start()
    (mail,) = until(lambda: landed(tmp_path))
    living.stop()
    assert mail["Date"].datetime == clock.now()
    assert mail["From"].addresses[0].display_name == "Hillside Lofts & Joinery"


def test_a_second_run_on_the_same_maildir_makes_new_mails(tmp_path: Path) -> None:
    for expected in (12, 24):
        living = Living(tmp_path, 1, pace=QUICK)
        living.start()
        until(partial(has_landed, tmp_path, expected))
        living.stop()
    assert len({mail["Message-ID"] for mail in landed(tmp_path)}) == 24


def test_nothing_is_left_running_after_the_stop(tmp_path: Path) -> None:
    before = set(threading.enumerate())
    living = Living(tmp_path, 1, pace=PATIENT)
    living.start()
    reply(living, "owen.price@example.net")
    living.stop()
    until(lambda: set(threading.enumerate()) <= before)
    with pytest.raises(OSError, match="refused"):
        reply(living, "owen.price@example.net")


def test_a_demo_that_never_started_can_be_stopped(tmp_path: Path) -> None:
    living = Living(tmp_path)
    assert living.smtp_port > 0
    living.stop()
    living.stop()

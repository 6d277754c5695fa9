"""Mail that is moved or deleted before we could read it, on a real Dovecot."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from leaddesk.desk.watch import Pace
from leaddesk.desk.watch.intake import Intake
from leaddesk.doors.mail.reader import Reader
from leaddesk.words.mail import MailState
from leaddesk.words.news import MailArrived
from tests.house import until
from tests.letters import letter
from tests.real.watched import Box, online, read, watching

pytestmark = pytest.mark.real
SWEEPING = Pace(renew_s=0.3, sweep_s=0.3, backoff_s=0.05, backoff_most_s=0.2, timeout_s=5.0)


@contextmanager
def held_before_fetching(
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[tuple[threading.Event, Callable[[], None]]]:
    """Every fetch waits: an event that one has come to it, and how to let it go on."""
    reached, go_on = threading.Event(), threading.Event()
    take = Intake.take

    def taken(self: Intake, *words: object, **more: object) -> object:
        reached.set()
        assert go_on.wait(10)
        return take(self, *words, **more)  # type: ignore[arg-type]  # passed on as they came

    monkeypatch.setattr(Intake, "take", taken)
    try:
        yield reached, go_on.set
    finally:
        go_on.set()


def test_a_mail_that_is_deleted_before_we_read_it_is_a_row_that_says_so(
    profile: Path, reader: Reader, box: Box, monkeypatch: pytest.MonkeyPatch
) -> None:
    with watching(profile, reader, box) as house:
        online(house)
        with held_before_fetching(monkeypatch) as (reached, go_on):
            box.deliver(letter())
            assert reached.wait(10)
            box.expunge(1)
            go_on()
            until(house.vanished)
        (gone,) = house.vanished()
        until(lambda: house.trouble(f"vanished:{gone.account}"))
        trouble = house.trouble(f"vanished:{gone.account}")
        assert trouble is not None
        assert trouble.sentence.startswith("1 message arrived at ")
        assert [news.mail for news in house.heard(MailArrived)] == [gone.id]
        house.desk.health.act(trouble.key)
        assert house.trouble(trouble.key) is None
        (row,) = house.desk.queue.put_away()
        assert row.mail == gone.id
        assert "moved or deleted before LeadDesk could read it" in row.why
        box.deliver(letter(sender="Bob <bob@example.org>"))
        read(house, 2)
        assert [row.name for row in house.queue()] == ["Bob"]


@pytest.mark.parametrize("folder", ["Trash", "Archive", "Gelöscht", "Junk"])
def test_a_mail_that_is_moved_before_we_read_it_is_found(
    profile: Path, reader: Reader, box: Box, monkeypatch: pytest.MonkeyPatch, folder: str
) -> None:
    box.doveadm("mailbox create", folder)
    with watching(profile, reader, box) as house:
        online(house)
        with held_before_fetching(monkeypatch) as (reached, go_on):
            box.deliver(letter())
            assert reached.wait(10)
            box.doveadm("move", folder, "mailbox", "INBOX", "all")
            go_on()
            until(house.alerts)
        assert house.vanished() == []
        assert [row.name for row in house.queue()] == ["Ngozi Eze"]
        box.deliver(letter(sender="Bob <bob@example.org>"))
        read(house, 2)
        assert house.enquiries() == 2


def test_what_was_moved_or_deleted_while_we_were_away_is_found_or_noted(
    profile: Path, reader: Reader, box: Box
) -> None:
    box.doveadm("mailbox create", "Archive")
    with watching(profile, reader, box) as house:
        online(house)
    for name in ("moved", "deleted", "stays"):
        box.deliver(letter(sender=f"{name}@example.org"))
    box.doveadm("move", "Archive", "mailbox", "INBOX", "uid", "1")
    box.expunge(2)
    with watching(profile, reader, box) as house:
        read(house, 3)
        assert {row.name for row in house.queue()} == {"moved@example.org", "stays@example.org"}
        assert len(house.vanished()) == 1


def test_numbers_that_a_server_leaves_out_are_no_vanished_mails(
    profile: Path, reader: Reader, box: Box
) -> None:
    """A server that numbers all of a mailbox's folders in one row, as Zimbra does."""
    with watching(profile, reader, box) as house:
        online(house)
        for number in range(1, 5):
            box.doveadm("mailbox update", "--min-next-uid", str(number * 10), "INBOX")
            box.deliver(letter(sender=f"n{number}@example.org"))
            read(house, number + 9)
        assert {mail.subject for mail in house.vanished()} == {""}
        assert len(house.vanished()) == 9, "only the first gap could mean something"


def test_what_was_taken_for_vanished_and_turns_up_is_an_enquiry(
    profile: Path, reader: Reader, box: Box, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A server that would not give a mail out for a while."""
    from leaddesk.doors.mail.imap import ImapSession

    with watching(profile, reader, box, pace=SWEEPING) as house:
        online(house)
        monkeypatch.setattr(ImapSession, "fetch_raw", lambda self, uid, limit: None)
        box.deliver(letter())
        until(house.vanished)
        monkeypatch.undo()
        until(house.queue)
        assert house.vanished() == []
        assert [mail.state for mail in house.mails()] == [MailState.READ]


def test_deleting_what_was_read_changes_nothing(profile: Path, reader: Reader, box: Box) -> None:
    with watching(profile, reader, box, pace=SWEEPING) as house:
        online(house)
        box.deliver(letter())
        read(house, 1)
        box.expunge(1)
        box.deliver(letter(sender="Bob <bob@example.org>"))
        read(house, 2)
        assert house.vanished() == []
        assert len(house.queue()) == 2

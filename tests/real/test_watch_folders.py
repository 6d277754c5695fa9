"""What happens to mail and folders behind our back, on a real Dovecot."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from leaddesk.desk.watch import Pace
from leaddesk.desk.watch.intake import Intake
from leaddesk.doors.mail.reader import Reader
from leaddesk.words.account import ConnectionState
from leaddesk.words.mail import MailState
from leaddesk.words.news import MailArrived
from tests.house import until
from tests.letters import letter
from tests.real.watched import Box, ago, inbox, online, read, watching

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


# -- a mailbox that the provider rebuilt


def test_a_rebuilt_mailbox_brings_no_known_mail_twice_and_every_unknown_one(
    profile: Path, reader: Reader, box: Box
) -> None:
    with watching(profile, reader, box) as house:
        online(house)
        for name in ("Ngozi", "Bob"):
            box.deliver(letter(sender=f"{name} <{name.lower()}@example.org>"))
        box.deliver(letter(sender="No Id <noid@example.org>", id=None))
        read(house, 3)
        box.doveadm("mailbox update", "--uid-validity", "77", "INBOX")
        box.deliver(letter(sender="Eve <eve@example.org>"))
        read(house, 4)
        until(lambda: len(house.alerts()) >= 4)
        assert house.enquiries() == 4
        assert len(house.mails()) == 4
        box.deliver(letter(sender="Later <later@example.org>"))
        read(house, 5)
        assert house.enquiries() == 5


def test_a_mailbox_rebuilt_while_we_are_away_is_known_again(profile: Path, reader: Reader, box: Box) -> None:
    fixed = "<form@plugin.example>"
    with watching(profile, reader, box) as house:
        online(house)
        for number in range(3):
            box.append(
                letter(f"Text {number}", sender=f"n{number}@example.org", id=fixed),
                at=ago(minutes=9 - number),
            )
        read(house, 3)
        assert house.enquiries() == 3
    box.doveadm("mailbox update", "--uid-validity", "78", "INBOX")
    box.deliver(letter(sender="Eve <eve@example.org>"))
    with watching(profile, reader, box) as house:
        read(house, 4)
        online(house)
        assert house.enquiries() == 4
        assert len(house.mails()) == 4


# -- gone before we could read it


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


# -- folders


@pytest.mark.parametrize("deed", ["rename", "delete"])
def test_a_folder_that_is_gone_is_told_and_no_other_is_read(
    profile: Path, reader: Reader, box: Box, deed: str
) -> None:
    box.doveadm("mailbox create", "Leads")
    with watching(profile, reader, box, pace=SWEEPING, folder="Leads") as house:
        until(
            lambda: (
                len([c for c in house.desk.health.connections() if c.state is ConnectionState.ONLINE]) == 2
            )
        )
        if deed == "rename":
            box.doveadm("mailbox rename", "Leads", "Old leads")
        else:
            box.doveadm("mailbox delete", "Leads")
        until(lambda: house.trouble("folder:1"))
        trouble = house.trouble("folder:1")
        assert trouble is not None
        assert "Leads" in trouble.sentence
        assert trouble.action == "Choose the folder"
        box.deliver(letter())
        leads = [c for c in house.desk.health.connections() if c.folder == "Leads"]
        assert [c.state for c in leads] == [ConnectionState.REFUSED]
        box.doveadm("mailbox create", "Leads")
        until(lambda: house.trouble("folder:1") is None)
        assert house.mails() == []


def test_another_folder_begins_with_a_quiet_sync_of_its_own(profile: Path, reader: Reader, box: Box) -> None:
    from dataclasses import replace

    box.doveadm("mailbox create", "Leads")
    box.append(letter(sender="Bob <bob@example.org>"), "Leads", ago(hours=1))
    with watching(profile, reader, box) as house:
        online(house)
        (account,) = house.desk.accounts.list()
        house.desk.accounts.change(replace(account, folder="Leads"))
        read(house, 1)
        assert [row.name for row in house.queue()] == ["Bob"]
        assert house.alerts() == []
        box.deliver(letter())
        box.append(letter(sender="Eve <eve@example.org>"), "Leads")
        until(house.alerts)
        assert {row.name for row in house.queue()} == {"Bob", "Eve"}
        assert [c.folder for c in house.desk.health.connections()] in (["Leads", "Sent"], ["Sent", "Leads"])


def test_a_mailbox_without_a_sent_folder_is_watched_all_the_same(
    profile: Path, reader: Reader, box: Box
) -> None:
    with watching(profile, reader, box, sent_folder="Nowhere") as house:
        until(lambda: inbox(house).state is ConnectionState.ONLINE)
        box.deliver(letter())
        read(house, 1)
        trouble = house.trouble("folder:1:sent")
        assert trouble is not None
        assert not trouble.urgent


# -- flags


def test_what_somebody_else_read_first_counts_and_no_flag_is_ours(
    profile: Path, reader: Reader, box: Box
) -> None:
    with watching(profile, reader, box) as house:
        online(house)
    box.deliver(letter())
    box.deliver(letter(sender="Bob <bob@example.org>"))
    box.doveadm("flags add", "\\Seen", "mailbox", "INBOX", "uid", "1")
    with watching(profile, reader, box) as house:
        read(house, 2)
        assert len(house.queue()) == 2
        flags = [set(line.split()) - {"\\Recent"} for line in box.dovecot.flags(user=box.user)]
        assert flags == [{"\\Seen"}, set()]

"""What happens to mail and folders behind our back, on a real Dovecot."""

from __future__ import annotations

from pathlib import Path

import pytest

from leaddesk.desk.watch import Pace
from leaddesk.doors.mail.reader import Reader
from leaddesk.words.account import ConnectionState
from tests.house import until
from tests.letters import letter
from tests.real.watched import Box, ago, inbox, online, read, watching

pytestmark = pytest.mark.real
SWEEPING = Pace(renew_s=0.3, sweep_s=0.3, backoff_s=0.05, backoff_most_s=0.2, timeout_s=5.0)


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

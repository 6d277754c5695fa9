"""Listing a mailbox's folders on a real Dovecot, and watching another one than before."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from leaddesk.doors.mail.reader import Reader
from leaddesk.words.account import Server
from leaddesk.words.errors import OutOfReach, SignInRefused
from tests.house import until
from tests.letters import letter
from tests.real.watched import PASSWORD, Box, online, watching

pytestmark = pytest.mark.real


def test_the_folders_of_a_mailbox_that_is_being_set_up(profile: Path, reader: Reader, box: Box) -> None:
    for name in ("Anfragen/Büro", "archive", "Leads"):
        box.doveadm("mailbox create", name)
    with watching(profile, reader, box) as house:
        folders = house.desk.accounts.folders(box.account(), PASSWORD)
    assert folders[0] == "INBOX"
    assert [name for name in folders if name != "Sent"][1:] == ["Anfragen/Büro", "archive", "Leads"]


def test_folders_that_cannot_be_listed_say_why(profile: Path, reader: Reader, box: Box) -> None:
    with watching(profile, reader, box) as house:
        with pytest.raises(SignInRefused):
            house.desk.accounts.folders(box.account(), "wrong")
        with pytest.raises(OutOfReach):
            house.desk.accounts.folders(replace(box.account(), imap=Server("127.0.0.1", 1)), PASSWORD)


def test_a_folder_that_is_gone_is_replaced_by_one_from_the_list(
    profile: Path, reader: Reader, box: Box
) -> None:
    for name in ("Leads", "Website"):
        box.doveadm("mailbox create", name)
    with watching(profile, reader, box, folder="Leads") as house:
        box.doveadm("mailbox delete", "Leads")
        house.desk.services.retry()
        until(lambda: house.trouble("folder:1"))
        (account,) = house.desk.accounts.list()
        assert "Website" in house.desk.accounts.folders(account)
        assert "Leads" not in house.desk.accounts.folders(account)
        house.desk.accounts.change(replace(account, folder="Website"))
        until(lambda: house.trouble("folder:1") is None)
        online(house)
        box.append(letter(), "Website")
        until(house.alerts)
        assert not [c for c in house.desk.health.connections() if c.folder == "Leads"]

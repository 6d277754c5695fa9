"""Delivery into a Maildir: whole files only, each under a name of its own."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from leaddesk.demo.maildir import Maildir

AT = datetime(2026, 11, 24, 9, 41, 7, 250, tzinfo=UTC)


def test_a_mail_lies_whole_in_new_and_nothing_is_left_in_tmp(tmp_path: Path) -> None:
    place = Maildir(tmp_path / "mail").deliver(b"Subject: x\n\nbody\n", AT)
    assert place.parent == tmp_path / "mail/new"
    assert place.read_bytes() == b"Subject: x\n\nbody\n"
    assert list((tmp_path / "mail/tmp").iterdir()) == []
    assert (tmp_path / "mail/cur").is_dir()


def test_mails_of_one_moment_have_names_of_their_own(tmp_path: Path) -> None:
    maildir = Maildir(tmp_path)
    names = {maildir.deliver(b"x", AT).name for _ in range(50)}
    assert len(names) == 50
    assert all(name.startswith(f"{int(AT.timestamp())}.M250P{os.getpid()}Q") for name in names)
    assert not any(letter in name for name in names for letter in ":/ \\")


@pytest.mark.skipif(os.name != "posix", reason="Windows keeps no such bits")
def test_only_its_owner_can_read_a_mail(tmp_path: Path) -> None:
    place = Maildir(tmp_path / "mail").deliver(b"x", AT)
    assert place.stat().st_mode & 0o077 == 0
    assert (tmp_path / "mail/new").stat().st_mode & 0o077 == 0


def test_a_folder_that_is_gone_is_an_error(tmp_path: Path) -> None:
    maildir = Maildir(tmp_path)
    (tmp_path / "tmp").rmdir()
    with pytest.raises(OSError, match="tmp"):
        maildir.deliver(b"x", AT)

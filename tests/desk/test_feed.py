"""Maildirs and folders of mail files: what is taken in, once, when it is whole."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from leaddesk.desk.connections import Connections
from leaddesk.desk.troubles import Troubles
from leaddesk.desk.watch import FeedWatcher
from leaddesk.words.account import ConnectionState
from tests.frozen_clock import FrozenClock
from tests.house import House, until
from tests.letters import letter

DAYS = 24 * 3600


class Fed:
    """A feed with its watcher, looked at by hand."""

    def __init__(self, house: House, kind: str, path: Path) -> None:
        desk = house.desk
        self.house = house
        self.path = path
        self.kept = 0
        self.connections, self.troubles = Connections(desk.clock, desk.bus), Troubles(desk.clock, desk.bus)
        feed = desk.accounts.add_feed(kind, str(path))
        self.watcher = FeedWatcher(
            desk.store, desk.clock, self.connections, self.troubles, feed, self._on_kept
        )

    def _on_kept(self) -> None:
        self.kept += 1

    def put(self, name: str, raw: bytes | None = None, age_s: float = 0) -> Path:
        """A file whose time is so many seconds before the desk's now."""
        file = self.path / name
        file.write_bytes(raw if raw is not None else letter(sender=f"{name[:4]}@example.org"))
        at = (self.house.desk.clock.now() - timedelta(seconds=age_s)).timestamp()
        os.utime(file, (at, at))
        return file

    def look(self, times: int = 3) -> int:
        """How many mails there are after so many looks."""
        for _ in range(times):
            self.watcher.look()
        return len(self.house.mails())


@pytest.fixture
def maildir(house: House, tmp_path: Path) -> Fed:
    for name in ("new", "cur", "tmp"):
        (tmp_path / "Maildir" / name).mkdir(parents=True)
    return Fed(house, "maildir", tmp_path / "Maildir")


@pytest.fixture
def folder(house: House, tmp_path: Path) -> Fed:
    (tmp_path / "mails").mkdir()
    return Fed(house, "folder", tmp_path / "mails")


# -- a Maildir


def test_what_is_delivered_into_a_maildir_is_taken_in_once(maildir: Fed, clock: FrozenClock) -> None:
    clock.advance(minutes=5)
    maildir.put("new/1.host", age_s=60)
    assert maildir.look() == 1
    (mail,) = maildir.house.mails()
    assert (mail.received_at, mail.quiet) == (clock.now() - timedelta(seconds=60), False)
    assert maildir.kept == 1


def test_a_mail_that_is_read_elsewhere_keeps_its_name(maildir: Fed) -> None:
    file = maildir.put("new/1.host")
    assert maildir.look() == 1
    file.rename(maildir.path / "cur" / "1.host:2,S")
    assert maildir.look() == 1


def test_what_is_still_being_delivered_waits(maildir: Fed) -> None:
    maildir.put("tmp/1.host")
    maildir.put("new/.hidden")
    assert maildir.look() == 0


def test_what_lay_there_before_is_quiet_and_what_is_old_is_left_alone(maildir: Fed) -> None:
    maildir.put("cur/young", age_s=2 * DAYS)
    maildir.put("cur/old", age_s=4 * DAYS)
    assert maildir.look() == 1
    assert maildir.house.mails()[0].quiet


def test_a_later_delivery_is_news_however_old_its_date(maildir: Fed) -> None:
    maildir.put("cur/old", age_s=4 * DAYS)
    assert maildir.look() == 0
    maildir.put("new/late", age_s=5 * DAYS)
    maildir.put("new/synced", age_s=1 * DAYS)
    assert maildir.look() == 2
    assert [mail.quiet for mail in maildir.house.mails()] == [False, False]


def test_what_was_too_old_at_the_first_look_stays_out_after_a_restart(maildir: Fed) -> None:
    maildir.put("cur/old", age_s=4 * DAYS)
    maildir.look()
    again = Fed(maildir.house, "maildir", maildir.path)
    again.put("new/late", age_s=5 * DAYS)
    assert again.look() == 1


def test_a_large_file_is_kept_whole(maildir: Fed) -> None:
    raw = letter("x" * (11 * 1024 * 1024))
    maildir.put("new/1.host", raw)
    assert maildir.look() == 1
    assert len(maildir.house.desk.receive.raw(1)) == len(raw)


def test_what_came_within_one_tick_of_the_file_systems_clock_is_found(maildir: Fed) -> None:
    maildir.put("new/1.host")
    stamp = (maildir.path / "new").stat()
    assert maildir.look(1) == 1
    maildir.put("new/2.host")
    os.utime(maildir.path / "new", ns=(stamp.st_atime_ns, stamp.st_mtime_ns))
    assert maildir.look(1) == 2


def test_a_restart_takes_nothing_in_twice(maildir: Fed) -> None:
    maildir.put("new/1.host")
    maildir.look()
    again = Fed(maildir.house, "maildir", maildir.path)
    assert again.look() == 1


# -- a folder of files


def test_a_file_that_is_dropped_in_is_taken_once_it_has_stopped_growing(folder: Fed) -> None:
    whole = letter(sender="slow@example.org")
    file = folder.put("slow.eml", whole[:50])
    assert folder.look(1) == 0
    file.write_bytes(whole)
    assert folder.look(1) == 0
    assert folder.look(1) == 1
    assert folder.house.desk.receive.raw(1) == whole


def test_a_second_mail_under_the_same_name_is_taken_too(folder: Fed, clock: FrozenClock) -> None:
    folder.put("contact.eml", letter(sender="ngozi@example.org"))
    assert folder.look() == 1
    clock.advance(minutes=1)
    second = letter(sender="bob@example.org")
    folder.put("contact.eml", second)
    assert folder.look() == 2
    assert folder.look() == 2
    assert folder.house.desk.receive.raw(2) == second
    again = Fed(folder.house, "folder", folder.path)
    assert again.look() == 2


def test_a_file_that_is_only_touched_is_no_second_mail(folder: Fed, clock: FrozenClock) -> None:
    raw = letter()
    folder.put("a.eml", raw)
    folder.look()
    clock.advance(minutes=1)
    folder.put("a.eml", raw)
    assert folder.look() == 1


def test_only_mail_files_are_taken(folder: Fed) -> None:
    for name in ("a.eml", "b.EML", "c.txt", "d.pdf", "e"):
        folder.put(name)
    assert folder.look() == 2


def test_an_old_file_is_taken_too_but_does_not_alert(folder: Fed) -> None:
    folder.put("old.eml", age_s=300 * DAYS)
    assert folder.look() == 1
    assert folder.house.mails()[0].quiet


def test_a_settled_look_takes_files_as_they_are(folder: Fed) -> None:
    folder.put("a.eml")
    assert folder.watcher.look(settled=True) == 1


def test_a_file_that_cannot_be_read_just_now_is_tried_again(
    folder: Fed, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As while a virus scanner holds it."""
    folder.put("a.eml")
    opened: Callable[..., object] = Path.open

    def busy(self: Path, *words: object) -> object:
        if self.suffix == ".eml":
            raise PermissionError(13, "in use")
        return opened(self, *words)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "open", busy)
        assert folder.look(5) == 0
    assert folder.look(1) == 1


# -- its connection and its troubles


def test_a_folder_that_is_not_there_is_told_until_it_is_back(folder: Fed) -> None:
    folder.look(1)
    assert [c.state for c in folder.connections.all()] == [ConnectionState.ONLINE]
    folder.path.rename(folder.path.with_name("away"))
    folder.look(1)
    (connection,) = folder.connections.all()
    assert (connection.state, connection.feed) == (ConnectionState.OFFLINE, 1)
    (trouble,) = folder.troubles.all()
    assert "is not there" in trouble.sentence
    folder.path.with_name("away").rename(folder.path)
    folder.put("a.eml")
    assert folder.look() == 1
    assert folder.troubles.all() == ()


def test_a_feed_is_watched_as_soon_as_it_is_added_and_no_longer_than_it_is_there(
    house: House, tmp_path: Path
) -> None:
    (tmp_path / "mails").mkdir()
    house.desk.services.start()
    feed = house.desk.accounts.add_feed("folder", str(tmp_path / "mails"))
    until(lambda: [c.state for c in house.desk.health.connections()] == [ConnectionState.ONLINE])
    (tmp_path / "mails" / "a.eml").write_bytes(letter())
    until(house.queue)
    house.desk.accounts.remove_feed(feed.id)
    until(lambda: house.desk.health.connections() == ())

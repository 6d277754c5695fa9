"""The watcher of a Maildir or of a folder of mail files."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from datetime import datetime
from os import stat_result
from pathlib import Path

from leaddesk.desk.connections import Connections
from leaddesk.desk.service import Service
from leaddesk.desk.troubles import Troubles
from leaddesk.desk.watch.feed_files import FeedFiles, put_there_at
from leaddesk.desk.watch.sweep import FIRST_SYNC
from leaddesk.doors.clock import Clock
from leaddesk.doors.store import Store
from leaddesk.words.account import ConnectionState, Feed
from leaddesk.words.errors import DiskTrouble
from leaddesk.words.mail import RawMail

log = logging.getLogger(__name__)
LOOK_EVERY_S = 1.0
_FILE_LIMIT = 64 * 1024 * 1024
"""Bytes of a file that are kept: it is here already, so only a giant is cut."""
_SUFFIXES = (".eml", ".mail")


class FeedWatcher(Service):
    """Looks once a second; a look at an unchanged folder costs two stats.

    What lies there at the first look and is older than the feed is taken in quietly; of a Maildir only what
    is younger than 72 hours, as with a mailbox (DESIGN, first sync). A file in a folder was put there to be
    taken in. Whatever comes later is news, however old its date.
    """

    def __init__(
        self,
        store: Store,
        clock: Clock,
        connections: Connections,
        troubles: Troubles,
        feed: Feed,
        on_kept: Callable[[], None],
    ) -> None:
        super().__init__()
        self.name = f"feed-{feed.id}"
        self.feed = feed
        self._store = store
        self._clock = clock
        self._troubles = troubles
        self._on_kept = on_kept
        self._line = connections.line(feed=feed.id)
        self._path = Path(feed.path)
        self._known: FeedFiles | None = None
        self._lay_there: frozenset[str] = frozenset()
        """Files that were there at the first look."""
        self._stamp: tuple[int, ...] = ()
        self._is_settled = False
        self._is_waiting = False
        """A file is there that cannot be taken yet."""
        self._sizes: dict[str, int] = {}

    def round(self) -> float:
        try:
            self.look()
        except DiskTrouble as failure:
            self._troubles.disk(failure, "No mail has been taken in")
            raise
        return LOOK_EVERY_S

    def look(self, *, settled: bool = False) -> int:
        """Stores what is new; returns how many. With `settled`, files are taken as complete at once."""
        stamp = self._folder_stamp()
        if not stamp:
            self._is_gone()
            return 0
        self._is_there()
        if stamp == self._stamp and self._is_settled:
            return 0
        self._is_settled, self._is_waiting = False, False
        kept = self._keep_new(settled=settled)
        # Once more after each change: what came within the same tick of the clock has no new stamp.
        self._is_settled = stamp == self._stamp and not self._is_waiting
        self._stamp = stamp
        return kept

    def ended(self) -> None:
        self._troubles.end(self._trouble_key)
        self._line.gone()

    # -- the folder

    @property
    def _trouble_key(self) -> str:
        return f"feed:{self.feed.id}"

    def _is_there(self) -> None:
        self._line.put(self.feed.path, ConnectionState.ONLINE)
        self._troubles.end(self._trouble_key)

    def _is_gone(self) -> None:
        why = f"The folder {self._path} is not there."
        self._line.put(self.feed.path, ConnectionState.OFFLINE, why)
        safe = "It has not been watched since {since}. LeadDesk carries on by itself when it is back."
        self._troubles.begin(self._trouble_key, why, safe)

    @property
    def _is_maildir(self) -> bool:
        return self.feed.kind == "maildir"

    def _folders(self) -> tuple[Path, ...]:
        return (self._path / "new", self._path / "cur") if self.feed.kind == "maildir" else (self._path,)

    def _folder_stamp(self) -> tuple[int, ...]:
        try:
            stamp = tuple(folder.stat().st_mtime_ns for folder in self._folders() if folder.is_dir())
            return stamp if self._is_maildir or not stamp else (*stamp, *self._newest_file())
        except OSError:
            return ()

    def _newest_file(self) -> tuple[int, int]:
        """A file that is written anew in its place leaves no trace on its folder."""
        found = [file.stat() for _, file in self._files()]
        return max((facts.st_mtime_ns for facts in found), default=0), sum(facts.st_size for facts in found)

    # -- its files

    def _keep_new(self, *, settled: bool) -> int:
        known = self._known
        if known is None:
            known = FeedFiles(self._store, self.feed.id, reuses_names=not self._is_maildir)
            self._known = known
        if known.is_first_look:
            self._look_first(known)
        kept = 0
        for name, file in self._files():
            facts = _facts(file)
            if facts is None or not known.is_new(name, facts, self._clock.now()):
                continue
            if not (settled or self._is_complete(file)):
                self._is_waiting = True
                continue
            kept += self._take(name, file)
        return kept

    def _look_first(self, known: FeedFiles) -> None:
        """What is old and what is quiet is decided once: a later delivery may bring an old date along."""
        there = {name: facts for name, file in self._files() if (facts := _facts(file)) is not None}
        line = self.feed.added_at - FIRST_SYNC
        self._lay_there = frozenset(there)
        known.looked([n for n, f in there.items() if self._is_maildir and put_there_at(f) < line])

    def _files(self) -> Iterator[tuple[str, Path]]:
        """Files by the name that stays when a Maildir's flags change, in order of their names."""
        for folder in self._folders():
            if not folder.is_dir():
                continue
            for file in sorted(folder.iterdir()):
                if self._is_maildir and not file.name.startswith("."):
                    yield file.name.partition(":")[0], file
                elif not self._is_maildir and file.name.lower().endswith(_SUFFIXES):
                    yield file.name, file

    def _is_complete(self, file: Path) -> bool:
        """A Maildir delivers by renaming; a file in a folder is complete once it has stopped growing."""
        if self._is_maildir:
            return True
        try:
            size = file.stat().st_size
        except OSError:
            return False
        if self._sizes.get(file.name) == size:
            del self._sizes[file.name]
            return True
        self._sizes[file.name] = size
        return False

    def _take(self, name: str, file: Path) -> bool:
        """Stores one file; one that cannot be read just now is tried again."""
        assert self._known is not None
        try:
            facts = file.stat()
            with file.open("rb") as content:
                raw = content.read(_FILE_LIMIT)
        except OSError as error:
            log.warning("a file of feed %s cannot be read: %s", self.feed.id, error.strerror)
            self._is_waiting = True
            return False
        now = self._clock.now()
        key = self._known.key(name, raw)
        kept = key is not None and self._keep(key, raw, facts.st_size, min(put_there_at(facts), now))
        self._known.settled(name, facts, now)
        return kept

    def _keep(self, name: str, raw: bytes, size: int, received: datetime) -> bool:
        kept = self._store.mails.keep(
            RawMail(
                raw=raw,
                received_at=received,
                seen_at=self._clock.now(),
                size=size,
                feed=self.feed.id,
                feed_name=name,
                quiet=name in self._lay_there and received < self.feed.added_at,
            )
        )
        if kept is not None:
            self._on_kept()
        return kept is not None


def _facts(file: Path) -> stat_result | None:
    try:
        return file.stat()
    except OSError:
        return None

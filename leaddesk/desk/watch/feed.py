"""The watcher of a Maildir or of a folder of mail files."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from leaddesk.desk.connections import Connections, Key
from leaddesk.desk.service import Service
from leaddesk.desk.watch.sweep import FIRST_SYNC, PARSED_LIMIT
from leaddesk.doors.clock import Clock
from leaddesk.doors.store import Store
from leaddesk.words.account import ConnectionState, Feed
from leaddesk.words.mail import RawMail

log = logging.getLogger(__name__)
LOOK_EVERY_S = 1.0
_SUFFIXES = (".eml", ".msg.eml", ".mail")


class FeedWatcher(Service):
    """Looks once a second; a look at an unchanged folder costs two stats."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        connections: Connections,
        feed: Feed,
        on_kept: Callable[[], None],
    ) -> None:
        super().__init__()
        self.name = f"feed-{feed.id}"
        self.feed = feed
        self._store = store
        self._clock = clock
        self._connections = connections
        self._on_kept = on_kept
        self._path = Path(feed.path)
        self._known: set[str] | None = None
        self._stamp: tuple[float, ...] = ()
        self._sizes: dict[str, int] = {}

    def round(self) -> float:
        self.look()
        return LOOK_EVERY_S

    def look(self, *, settled: bool = False) -> int:
        """Stores what is new; returns how many. With `settled`, files are taken as complete at once."""
        stamp = self._folder_stamp()
        if not stamp:
            self._connections.put(
                self._key, ConnectionState.OFFLINE, f"The folder {self._path} is not there."
            )
            return 0
        self._connections.put(self._key, ConnectionState.ONLINE)
        self._connections.proof(self._key)
        if stamp == self._stamp and not self._sizes:
            return 0
        kept = self._keep_new(settled=settled)
        self._stamp = stamp
        return kept

    def ended(self) -> None:
        self._connections.gone(self._key)

    @property
    def _key(self) -> Key:
        return (None, self.feed.id, self.feed.path)

    def _folders(self) -> tuple[Path, ...]:
        return (self._path / "new", self._path / "cur") if self.feed.kind == "maildir" else (self._path,)

    def _folder_stamp(self) -> tuple[float, ...]:
        try:
            return tuple(folder.stat().st_mtime_ns for folder in self._folders() if folder.is_dir())
        except OSError:
            return ()

    def _keep_new(self, *, settled: bool) -> int:
        if self._known is None:
            self._known = self._store.mails.feed_names(self.feed.id)
        kept = 0
        for name, file in self._files():
            if name not in self._known and (settled or self._is_complete(file)):
                kept += self._keep(name, file)
                self._known.add(name)
        return kept

    def _files(self) -> Iterator[tuple[str, Path]]:
        """Files by the name that stays when a Maildir's flags change, the oldest first."""
        for folder in self._folders():
            if not folder.is_dir():
                continue
            for file in sorted(folder.iterdir()):
                if self.feed.kind == "maildir" and not file.name.startswith("."):
                    yield file.name.partition(":")[0], file
                elif file.name.lower().endswith(_SUFFIXES):
                    yield file.name, file

    def _is_complete(self, file: Path) -> bool:
        """A Maildir delivers by renaming; a file in a folder is complete once it has stopped growing."""
        if self.feed.kind == "maildir":
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

    def _keep(self, name: str, file: Path) -> bool:
        try:
            facts = file.stat()
            with file.open("rb") as content:
                raw = content.read(PARSED_LIMIT)
        except OSError as error:
            log.warning("a file of feed %s cannot be read: %s", self.feed.id, error.strerror)
            return False
        now = self._clock.now()
        received = min(datetime.fromtimestamp(facts.st_mtime, UTC), now)
        if self.feed.kind == "maildir" and received < self.feed.added_at - FIRST_SYNC:
            return False
        kept = self._store.mails.keep(
            RawMail(
                raw=raw,
                received_at=received,
                seen_at=now,
                size=facts.st_size,
                feed=self.feed.id,
                feed_name=name,
                quiet=received < self.feed.added_at,
            )
        )
        if kept is not None:
            self._on_kept()
        return kept is not None

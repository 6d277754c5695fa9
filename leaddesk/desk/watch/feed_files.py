"""Which files of a feed have been taken in, and which lay there before and are left alone."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from datetime import UTC, datetime
from os import stat_result

from leaddesk.doors.store import Store

_VERSION = "/"
"""No file name holds it: what follows tells a later file under the same name from the first."""


class FeedFiles:
    """What is known of one feed's files. A Maildir never uses a name again; a folder may (`reuses_names`)."""

    def __init__(self, store: Store, feed: int, *, reuses_names: bool) -> None:
        self._store = store
        self._feed = feed
        self._reuses_names = reuses_names
        self._old_key = f"feed.{feed}.old"
        rows = store.mails.feed_files(feed)
        self._known = {name.partition(_VERSION)[0]: facts for name, facts in rows.items()}
        kept = store.settings.get(self._old_key)
        self._old = set((kept or "").split("\n"))
        self.is_first_look = kept is None
        """Nobody has looked at this feed before: what lies there now was there before it was added."""

    def looked(self, old: Collection[str]) -> None:
        """The first look is over: these names were too old and stay out, whatever comes later."""
        self._old = set(old)
        self._store.settings.keep(self._old_key, "\n".join(sorted(old)))
        self.is_first_look = False

    def is_new(self, name: str, facts: stat_result, now: datetime) -> bool:
        """Nothing is known under the name, or it has another size or time now."""
        if name in self._old:
            return False
        known = self._known.get(name)
        return known is None or (self._reuses_names and known != _size_and_time(facts, now))

    def key(self, name: str, raw: bytes) -> str | None:
        """The name to keep `raw` under; None where this feed has brought the same bytes already."""
        if name not in self._known:
            return name
        if any(mail.feed == self._feed for mail in self._store.mails.with_bytes(raw, None)):
            return None
        return f"{name}{_VERSION}{hashlib.sha256(raw).hexdigest()[:16]}"

    def settled(self, name: str, facts: stat_result, now: datetime) -> None:
        """This file, as it is now, has been dealt with."""
        self._known[name] = _size_and_time(facts, now)


def put_there_at(facts: stat_result) -> datetime:
    return datetime.fromtimestamp(facts.st_mtime, UTC)


def _size_and_time(facts: stat_result, now: datetime) -> tuple[int, datetime]:
    """As the mail's row has it: no mail was received in the future."""
    return facts.st_size, min(put_there_at(facts), now)

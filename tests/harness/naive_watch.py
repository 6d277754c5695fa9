"""Watchers as they are often written. They are here to prove the harness: the same kills must catch them."""

from __future__ import annotations

import imaplib
import time
from collections.abc import Callable, Mapping
from contextlib import suppress

from tests.harness.watching_desk import WatchingDesk

_CURSOR = "naive.cursor"


class NaiveWatcher:
    """Asks for what is new, takes it in, and asks again."""

    def __init__(self, desk: WatchingDesk, user: str, password: str) -> None:
        self.desk = desk
        (account,) = desk.store.accounts.all()
        self.imap = imaplib.IMAP4(account.imap.host, account.imap.port)
        self.imap.login(user, password)
        self.imap.select("INBOX")

    def run(self) -> None:
        """Until it is killed."""
        while True:
            self.look()
            time.sleep(0.01)
            with suppress(imaplib.IMAP4.error):
                self.imap.noop()

    def look(self) -> None:
        raise NotImplementedError

    def search(self, *criteria: str) -> list[int]:
        _, (found,) = self.imap.uid("SEARCH", *criteria)
        return [int(uid) for uid in found.split()]

    def fetch(self, uid: int, what: str) -> bytes:
        self.desk.step("fetching")
        _, answer = self.imap.uid("FETCH", str(uid), f"({what})")
        self.desk.step("fetched")
        return bytes(answer[0][1])

    def take(self, raw: bytes) -> None:
        self.desk.receive.capture(raw)


class SeenFirst(NaiveWatcher):
    """Takes UNSEEN for new, and lets the fetch mark it as seen: who dies then has lost it."""

    def look(self) -> None:
        for uid in self.search("UNSEEN"):
            self.take(self.fetch(uid, "RFC822"))


class SeenAfterwards(NaiveWatcher):
    """Marks as seen when it has stored: who dies in between takes it in twice."""

    def look(self) -> None:
        for uid in self.search("UNSEEN"):
            self.take(self.fetch(uid, "BODY.PEEK[]"))
            self.imap.uid("STORE", str(uid), "+FLAGS", "(\\Seen)")


class MovesOnFirst(NaiveWatcher):
    """Writes down how far it has come before it has come there."""

    def look(self) -> None:
        settings = self.desk.store.settings
        come_to = int(settings.get(_CURSOR) or 0)
        for uid in self.search("UID", f"{come_to + 1}:*"):
            if uid > come_to:
                settings.keep(_CURSOR, str(uid))
                self.take(self.fetch(uid, "BODY.PEEK[]"))


NAIVE: Mapping[str, Callable[[WatchingDesk, str, str], NaiveWatcher]] = {
    "seen-first": SeenFirst,
    "seen-afterwards": SeenAfterwards,
    "moves-on-first": MovesOnFirst,
}

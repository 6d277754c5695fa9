"""One IMAP session: looks, waits and fetches, and never changes a mail. One connection, one thread."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from imaplib import IMAP4
from itertools import islice
from typing import Any

from leaddesk.doors.mail import imap_folders, imap_heads
from leaddesk.doors.mail.imap_answers import folder_failure, is_passing, told
from leaddesk.doors.mail.imap_client import Announcements, Client
from leaddesk.doors.mail.imap_opening import hear_greeting, protect, sign_in
from leaddesk.doors.mail.imap_values import Fetched, FolderFacts, HeaderMail, Hint, MailMeta
from leaddesk.doors.mail.imap_wait import Waiting
from leaddesk.doors.mail.wake import Wake
from leaddesk.doors.mail.wire import Wire
from leaddesk.words.account import Server
from leaddesk.words.errors import LeadDeskError
from leaddesk.words.sign_in import Secret

__all__ = ["Fetched", "FolderFacts", "HeaderMail", "Hint", "ImapSession", "MailMeta", "Wake"]

_BATCH = 250
_BODIES = 20
"""Mails whose bytes are asked for at once."""


class ImapSession:
    """A signed-in connection to one mailbox.

    Only `abort` may be called from another thread. Errors: OutOfReach (try again), SlowDown (try again
    later), SignInRefused and FolderGone (a person must act). After any of them the session is over.
    """

    def __init__(self, wire: Wire, *, timeout: float = 20.0, poll_every: float = 60.0) -> None:
        self._wire = wire
        self._announcements = Announcements()
        wire.push_back(hear_greeting(wire, timeout))
        with told(wire.host):
            self._client = Client(wire, timeout, self._announcements)
        self._timeout, self._poll_every = timeout, poll_every
        self._waiting: Waiting | None = None

    # -- beginning and end

    @classmethod
    def connect(
        cls,
        server: Server,
        *,
        user: str,
        secret: Secret,
        ca_file: str | None = None,
        timeout: float = 20.0,
        poll_every: float = 60.0,
    ) -> ImapSession:
        """Connect, protect and sign in. No single wait is longer than `timeout` seconds."""
        wire = Wire.open(server, timeout)
        try:
            protect(wire, server.security, ca_file, timeout)
            session = cls(wire, timeout=timeout, poll_every=poll_every)
            session.sign_in(user, secret)
        except BaseException:
            wire.close()
            raise
        return session

    def sign_in(self, user: str, secret: Secret) -> None:
        """Sign in once; with a token `user` names the mailbox that is opened, whoever it was given to.

        Raises SignInRefused when the server says no.
        """
        with told(self._wire.host):
            sign_in(self._client, self._wire.host, user, secret)

    def close(self) -> None:
        """Say goodbye without waiting for the answer."""
        with contextlib.suppress(LeadDeskError, OSError):
            self._wire.send(b"BYE LOGOUT\r\n", 1.0)
        self._wire.close()

    def abort(self) -> None:
        """Break the connection from another thread: whatever waits there ends with OutOfReach."""
        self._wire.abort()

    # -- folders

    def folders(self) -> list[str]:
        """Names of the folders that can be opened."""
        return [folder.name for folder in self._listed() if folder.can_be_opened]

    def find_sent(self) -> str | None:
        """The folder of sent mail: the one the server marks so, else one with a usual name."""
        return imap_folders.sent_folder(self._listed())

    def find_junk(self) -> str | None:
        """The folder of what the provider takes for spam: marked so, else with a usual name."""
        return imap_folders.junk_folder(self._listed())

    def find_put_away(self) -> list[str]:
        """Folders that mail is moved to when it leaves the Inbox: trash, archive, junk, "all mail"."""
        return [f.name for f in self._listed() if f.can_be_opened and f.takes_what_is_put_away]

    def _listed(self) -> list[imap_folders.Folder]:
        with self._command():
            return imap_folders.read_list(self._client.list_folders())

    def examine(self, folder: str) -> FolderFacts:
        """Open a folder for looking only. Raises FolderGone when it is not there."""
        with self._command():
            try:
                answer = self._client.select_folder(folder, readonly=True)
            except IMAP4.abort:
                raise
            except IMAP4.error as error:
                raise folder_failure(self._wire.host, folder, str(error)) from error
        self._announcements.take()
        return FolderFacts(
            uidvalidity=answer.get(b"UIDVALIDITY", 0),
            uidnext=answer.get(b"UIDNEXT"),
            exists=answer.get(b"EXISTS", 0),
        )

    # -- looking

    def uids(self, since: int = 1) -> list[int]:
        """UIDs of the open folder from `since` on, rising. What is announced from here on wakes `wait`."""
        with self._command():
            self._announcements.take()
            found = self._client.search(["UID", f"{since}:*"])
        return sorted(uid for uid in found if uid >= since)  # n:* gives the last mail even when it is older

    def fetch_meta(self, uids: Iterable[int]) -> list[MailMeta]:
        """Time and size of those that still exist, in the order asked."""
        return [
            MailMeta(uid, _utc(item.get(b"INTERNALDATE")), _size(item))
            for uid, item in self._fetch(uids, ["INTERNALDATE", "RFC822.SIZE"])
            if b"RFC822.SIZE" in item
        ]

    def fetch_raw(self, uid: int, limit_bytes: int) -> Fetched | None:
        """A mail's bytes, at most `limit_bytes`; None when it has gone or the server cannot give it."""
        fetched = self._fetch_start(uid, limit_bytes)
        if fetched is None:  # mail that has just come is not there for a session that has not looked since
            with self._command():
                self._client.noop()
            fetched = self._fetch_start(uid, limit_bytes)
        return fetched

    def _fetch_start(self, uid: int, limit_bytes: int) -> Fetched | None:
        # A partial fetch answers a small mail whole: one round trip for both kinds.
        wanted = ["INTERNALDATE", "RFC822.SIZE", f"BODY.PEEK[]<0.{limit_bytes}>"]
        for _, item in self._fetch([uid], wanted):
            raw = _body(item)
            if raw is not None:
                # RFC822.SIZE is an estimate on some servers; it decides only where we have cut.
                size = len(raw) if len(raw) < limit_bytes else max(len(raw), _size(item))
                return Fetched(uid, _utc(item.get(b"INTERNALDATE")), size, raw)
        return None

    def fetch_starts(self, uids: Iterable[int], limit_bytes: int) -> Iterator[tuple[int, bytes]]:
        """The first bytes of those that still exist, a few mails at a time: most mails are small."""
        for some in _batches(uids, _BODIES):
            for uid, item in self._fetch(some, [f"BODY.PEEK[]<0.{limit_bytes}>"]):
                if (raw := _body(item)) is not None:
                    yield uid, raw

    def fetch_headers(self, uids: Iterable[int]) -> list[HeaderMail]:
        """Headers of those that still exist, in the order asked."""
        wanted = ["INTERNALDATE", f"BODY.PEEK[HEADER.FIELDS ({imap_heads.WANTED})]<0.{imap_heads.LONGEST}>"]
        return [
            imap_heads.read_head(uid, _utc(item.get(b"INTERNALDATE")), head)
            for uid, item in self._fetch(uids, wanted)
            if (head := _body(item)) is not None
        ]

    def find_message_id(self, message_id: str) -> list[int]:
        """UIDs of the open folder whose Message-ID is exactly this one."""
        if not (message_id.isascii() and message_id.isprintable()):
            return []
        with self._command():
            found = self._client.search(["HEADER", "Message-ID", message_id])
        return [mail.uid for mail in self.fetch_headers(sorted(found)) if mail.message_id == message_id]

    def _fetch(self, uids: Iterable[int], wanted: Sequence[str]) -> Iterator[tuple[int, Mapping[bytes, Any]]]:
        for batch in _batches(uids):
            items = self._fetch_batch(batch, wanted)
            yield from ((uid, items[uid]) for uid in batch if uid in items)

    def _fetch_batch(self, batch: list[int], wanted: Sequence[str]) -> Mapping[int, Mapping[bytes, Any]]:
        """One FETCH. When the server refuses it, the mail that it is about is found and left out."""
        with self._command():
            try:
                return dict(self._client.fetch(batch, wanted))
            except IMAP4.abort:
                raise
            except IMAP4.error as error:
                if is_passing(str(error)):
                    raise
        if len(batch) == 1:
            return {}
        return {uid: item for one in batch for uid, item in self._fetch_batch([one], wanted).items()}

    # -- keeping a copy, and waiting

    def mark_answered(self, folder: str, uidvalidity: int, uid: int) -> bool:
        r"""Put \Seen and \Answered on one mail of theirs; False where it is not there any more.

        Raises FolderGone when the folder is not there.
        """
        with self._command():
            try:
                answer = self._client.select_folder(folder)
            except IMAP4.abort:
                raise
            except IMAP4.error as error:
                raise folder_failure(self._wire.host, folder, str(error)) from error
            self._announcements.take()
            if answer.get(b"UIDVALIDITY") != uidvalidity:
                return False
            return uid in self._client.add_flags([uid], [rb"\Seen", rb"\Answered"])

    def append(self, folder: str, raw: bytes, at: datetime) -> None:
        """Put a read copy of our own mail into `folder`. A failure does not prove that it is not there."""
        with self._command():
            try:
                self._client.append(folder, raw, flags=(rb"\Seen",), msg_time=at)
            except IMAP4.abort:
                raise
            except IMAP4.error as error:
                if "[TRYCREATE]" in str(error):
                    raise folder_failure(self._wire.host, folder, str(error)) from error
                raise

    @property
    def is_polling(self) -> bool:
        """True when the server has no IDLE and is asked once a minute."""
        return not self._listener.idles

    def wait(self, wake: Wake, seconds: float = 240.0) -> Hint:
        """Wait for news of the open folder; comes back with WOKEN within milliseconds when `wake` is set.

        Raises OutOfReach at once when the server closes, and after the time-out when it went silent.
        """
        with told(self._wire.host):
            return self._listener.wait(wake, seconds)

    @property
    def _listener(self) -> Waiting:
        if self._waiting is None:
            with told(self._wire.host):
                idles = bool(self._client.has_capability("IDLE"))
            self._waiting = Waiting(
                self._wire,
                self._announcements,
                idles=idles,
                seconds=self._timeout,
                poll_every=self._poll_every,
            )
        return self._waiting

    @contextlib.contextmanager
    def _command(self) -> Iterator[None]:
        with told(self._wire.host):
            if self._waiting is not None:
                self._waiting.settle()
            yield


def _body(item: Mapping[bytes, Any]) -> bytes | None:
    """The bytes of a FETCH item's BODY[...], or None when the server gave none."""
    return next((v for key, v in item.items() if key.startswith(b"BODY[") and isinstance(v, bytes)), None)


def _size(item: Mapping[bytes, Any]) -> int:
    size = item.get(b"RFC822.SIZE")
    return size if isinstance(size, int) else 0


def _utc(at: datetime | None) -> datetime | None:
    """The time in UTC, or None for one that cannot be (the year 0, a zone of 99 hours)."""
    if at is None:
        return None
    try:
        return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _batches(uids: Iterable[int], size: int = _BATCH) -> Iterator[list[int]]:
    rest = iter(uids)
    while batch := list(islice(rest, size)):
        yield batch

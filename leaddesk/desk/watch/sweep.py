"""The sweep: what the server has against what we have. Every gap becomes a mail or a row that says so.

The key is (account, folder, UIDVALIDITY, UID) and nothing else: flags, dates, SINCE and Message-IDs lose mail
in practice. Nothing is ever changed on the server.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from leaddesk.desk.watch.past import read_past
from leaddesk.desk.watch.rebuilt import Rebuilt
from leaddesk.doors.clock import Clock
from leaddesk.doors.mail.imap import ImapSession
from leaddesk.doors.mail.imap_values import FolderFacts
from leaddesk.doors.store import Mailbox, Store
from leaddesk.words.account import Account
from leaddesk.words.mail import MailKey, RawMail, Role

log = logging.getLogger(__name__)
FIRST_SYNC = timedelta(hours=72)
PARSED_LIMIT = 10 * 1024 * 1024
"""Bytes of a mail that are fetched: what the reader reads (FAULTS C16). The rest stays on the server."""
_MOVED_WORDS = (
    "trash",
    "deleted",
    "bin",
    "papierkorb",
    "corbeille",
    "archiv",
    "all mail",
    "alle nachrichten",
)
_LOOKED_AT = 20


@dataclass(frozen=True, slots=True)
class Swept:
    """What a sweep came to."""

    kept: int
    vanished: int
    was_first: bool


class Sweep:
    """Sweeps one folder of one account over a given session."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        account: Account,
        role: Role,
        folder: str,
        on_kept: Callable[[], None],
        is_stopping: Callable[[], bool] = lambda: False,
        step: Callable[[str], None] = lambda name: None,
    ) -> None:
        self._store = store
        self._clock = clock
        self._account = account
        self._role = role
        self._folder = folder
        self._on_kept = on_kept
        """Called after each stored mail: somebody may read it now."""
        self._is_stopping = is_stopping
        self._step = step
        """Told where the sweep is; the fault harness listens."""

    def run(self, session: ImapSession, facts: FolderFacts) -> Swept:
        """One sweep; `facts` are those of the folder that the session has open."""
        box = self._store.mailboxes.get(self._account.id, self._role)
        if box is None or box.folder != self._folder:
            box = self._first_line(session, facts)
        elif box.uidvalidity != facts.uidvalidity:
            box = Rebuilt(self._store, self._account, self._role, self._fetch).run(session, box, facts)
        was_first = not box.quiet_done
        kept = self._quiet_part(session, box) if was_first else 0
        more, vanished = self._compare(session, box)
        if not self._is_stopping():
            self._close_sweep(box)
        return Swept(kept + more, vanished, was_first)

    # -- first sync

    def _first_line(self, session: ImapSession, facts: FolderFacts) -> Mailbox:
        """Where this folder's watch begins: younger than 72 hours, or a UID that is new from now on."""
        if self._role is Role.INBOX:
            read_past(self._store, self._clock, session, self._account)
            facts = session.examine(self._folder)
        uids = session.uids()
        line = max([facts.uidnext or 1, *(uid + 1 for uid in uids[-1:])])
        box = Mailbox(
            account=self._account.id,
            role=self._role,
            folder=self._folder,
            uidvalidity=facts.uidvalidity,
            line_uid=line,
            line_at=self._clock.now() - FIRST_SYNC,
            next_uid=line,
            quiet_done=False,
        )
        self._store.mailboxes.put(box)
        return box

    def _quiet_part(self, session: ImapSession, box: Mailbox) -> int:
        """The last 72 hours below the line, without alerts; carries on where a crash left it."""
        known = self._store.mails.known_uids(self._account.id, self._folder, box.uidvalidity)
        below = [uid for uid in session.uids() if uid < box.line_uid and uid not in known]
        young = [
            meta.uid
            for meta in session.fetch_meta(below)
            if meta.internaldate is not None and meta.internaldate >= box.line_at
        ]
        kept = sum(self._fetch(session, box, uid, quiet=True) for uid in young)
        if not self._is_stopping():
            self._store.mailboxes.put(replace(box, quiet_done=True))
        return kept

    # -- every sweep

    def _compare(self, session: ImapSession, box: Mailbox) -> tuple[int, int]:
        there = session.uids(box.line_uid)
        known = self._store.mails.known_uids(self._account.id, self._folder, box.uidvalidity, box.line_uid)
        missing = [uid for uid in there if uid not in known]
        kept = 0
        for uid in missing:
            if self._is_stopping():
                break
            kept += self._fetch(session, box, uid, quiet=False)
        gone = self._gone(box, there, known)
        if gone:
            self._vanished(session, box, gone)
        return kept, len(gone)

    def _gone(self, box: Mailbox, there: Sequence[int], known: Iterable[int]) -> list[int]:
        """UIDs that the server gave out since the last sweep and that are neither there nor here."""
        seen = set(there) | set(known)
        return [uid for uid in range(box.next_uid, max(there, default=0)) if uid not in seen][:1000]

    def _fetch(self, session: ImapSession, box: Mailbox, uid: int, *, quiet: bool) -> bool:
        """Fetches and stores one mail; False when it was gone or stopped or known."""
        if self._is_stopping():
            return False
        self._step("fetching")
        fetched = session.fetch_raw(uid, PARSED_LIMIT)
        now = self._clock.now()
        key = self._key(box, uid)
        if fetched is None:
            self._note_vanished(box, uid)
            return False
        self._step("fetched")
        kept = self._store.mails.keep(
            RawMail(
                raw=fetched.raw,
                received_at=min(fetched.internaldate or now, now),
                seen_at=now,
                size=fetched.size,
                key=key,
                quiet=quiet,
            )
        )
        self._step("kept")
        if kept is not None:
            self._on_kept()
        return kept is not None

    def _key(self, box: Mailbox, uid: int) -> MailKey:
        return MailKey(
            account=self._account.id,
            role=self._role,
            folder=self._folder,
            uidvalidity=box.uidvalidity,
            uid=uid,
        )

    def _close_sweep(self, box: Mailbox) -> None:
        newest = self._store.mailboxes.get(self._account.id, self._role)
        if newest is not None and newest.uidvalidity == box.uidvalidity:
            self._store.mailboxes.put(replace(newest, swept_at=self._clock.now()))

    # -- gone before we could read it

    def _vanished(self, session: ImapSession, box: Mailbox, gone: Sequence[int]) -> None:
        """Looks where mails are moved to; what is not found there is a row that the person sees."""
        if self._role is Role.SENT:
            return
        found = self._find_moved(session, box)
        for uid in gone[found:]:
            self._note_vanished(box, uid)
        session.examine(self._folder)

    def _note_vanished(self, box: Mailbox, uid: int) -> None:
        now = self._clock.now()
        self._store.mails.keep_vanished(
            self._key(box, uid),
            now,
            "A message arrived and was moved or deleted before LeadDesk could read it.",
        )

    def _find_moved(self, session: ImapSession, box: Mailbox) -> int:
        """Captures mails that lie in Trash or Archive and came since the last sweep; returns how many."""
        since = box.swept_at or box.line_at
        found = 0
        for name in session.folders():
            if not any(word in name.casefold() for word in _MOVED_WORDS):
                continue
            facts = session.examine(name)
            moved = replace(box, folder=name, uidvalidity=facts.uidvalidity)
            for meta in session.fetch_meta(session.uids()[-_LOOKED_AT:]):
                if meta.internaldate is not None and meta.internaldate >= since:
                    found += self._keep_moved(session, moved, meta.uid)
        return found

    def _keep_moved(self, session: ImapSession, box: Mailbox, uid: int) -> bool:
        fetched = session.fetch_raw(uid, PARSED_LIMIT)
        if fetched is None or self._store.mails.with_bytes(fetched.raw, self._account.id):
            return False
        now = self._clock.now()
        key = MailKey(
            account=self._account.id,
            role=self._role,
            folder=box.folder,
            uidvalidity=box.uidvalidity,
            uid=uid,
        )
        raw = RawMail(
            raw=fetched.raw,
            received_at=min(fetched.internaldate or now, now),
            seen_at=now,
            size=fetched.size,
            key=key,
        )
        kept = self._store.mails.keep(raw) is not None
        if kept:
            self._on_kept()
        return kept

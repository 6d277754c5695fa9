"""A mailbox that its provider rebuilt: the same mails under new numbers (FAULTS C1)."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from typing import Protocol

from leaddesk.doors.mail.imap import ImapSession
from leaddesk.doors.mail.imap_values import FolderFacts, HeaderMail
from leaddesk.doors.store import Mailbox, Store
from leaddesk.words.account import Account
from leaddesk.words.mail import Mail, MailKey, Role

log = logging.getLogger(__name__)


class Fetch(Protocol):
    """Fetches and stores one mail of the folder that the session has open."""

    def __call__(self, session: ImapSession, box: Mailbox, uid: int, *, quiet: bool) -> bool: ...


class Rebuilt:
    """Finds the known mails again, and takes in those that are not known."""

    def __init__(self, store: Store, account: Account, role: Role, fetch: Fetch) -> None:
        self._store = store
        self._account = account
        self._role = role
        self._fetch: Callable[..., bool] = fetch

    def run(self, session: ImapSession, box: Mailbox, facts: FolderFacts) -> Mailbox:
        """The folder's new position. No known mail becomes a second enquiry."""
        log.warning("the provider rebuilt %s; reading it again", box.folder)
        uids = session.uids()
        line = max([facts.uidnext or 1, *(uid + 1 for uid in uids[-1:])])
        fresh = replace(box, uidvalidity=facts.uidvalidity, line_uid=line, next_uid=line, quiet_done=True)
        young = [
            m.uid
            for m in session.fetch_meta(uids)
            if m.internaldate is not None and m.internaldate >= box.line_at
        ]
        taken: set[int] = set()
        for head in session.fetch_headers(young):
            known = self._same(head, taken) or self._same_bytes(session, head.uid, taken)
            if known is None:
                self._fetch(session, fresh, head.uid, quiet=False)
            else:
                taken.add(known.id)
                self._store.mails.rekey(known.id, self._key(fresh, head.uid))
        self._store.mailboxes.put(fresh)
        return fresh

    def _same(self, head: HeaderMail, taken: set[int]) -> Mail | None:
        """By Message-ID and the server's own time; a Message-ID alone may stand on several mails."""
        if head.message_id is None:
            return None
        for mail in self._store.mails.with_message_ids([head.message_id]):
            is_ours = mail.account == self._account.id and mail.role is self._role
            if is_ours and mail.id not in taken and mail.received_at == head.internaldate:
                return mail
        return None

    def _same_bytes(self, session: ImapSession, uid: int, taken: set[int]) -> Mail | None:
        fetched = session.fetch_raw(uid, 10 * 1024 * 1024)
        if fetched is None:
            return None
        same = self._store.mails.with_bytes(fetched.raw, self._account.id)
        return next((m for m in same if m.role is self._role and m.id not in taken), None)

    def _key(self, box: Mailbox, uid: int) -> MailKey:
        return MailKey(
            account=self._account.id,
            role=self._role,
            folder=box.folder,
            uidvalidity=box.uidvalidity,
            uid=uid,
        )

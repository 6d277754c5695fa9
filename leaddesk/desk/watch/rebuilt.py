"""A mailbox that its provider rebuilt: the same mails under new numbers (FAULTS C1)."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from leaddesk.desk.watch.intake import Intake
from leaddesk.doors.mail.imap import ImapSession
from leaddesk.doors.mail.imap_values import FolderFacts, HeaderMail
from leaddesk.doors.store import Mailbox, Store
from leaddesk.rules.capture.parts import MAIL_LIMIT
from leaddesk.words.account import Account
from leaddesk.words.mail import Mail, Role

log = logging.getLogger(__name__)
_SLACK = timedelta(minutes=10)
"""The server's clock is not ours."""


class Rebuilt:
    """Finds the known mails again and takes in the others. May be broken off and begun anew."""

    def __init__(self, store: Store, account: Account, role: Role, intake: Intake) -> None:
        self._store = store
        self._account = account
        self._role = role
        self._intake = intake

    def run(self, session: ImapSession, box: Mailbox, facts: FolderFacts) -> Mailbox:
        """The folder's new position. No known mail becomes a second enquiry."""
        log.warning("the provider rebuilt %s; it is read again", box.folder)
        uids = session.uids()
        line = max([facts.uidnext or 1, *(uid + 1 for uid in uids[-1:])])
        fresh = replace(box, uidvalidity=facts.uidvalidity, line_uid=line, next_uid=line, quiet_done=True)
        young = [
            (meta.uid, meta.internaldate)
            for meta in session.fetch_meta(uids)
            if meta.internaldate is not None and meta.internaldate >= box.line_at
        ]
        self._sort(session, box, fresh, young)
        self._store.mailboxes.put(fresh)
        return fresh

    def _sort(
        self, session: ImapSession, box: Mailbox, fresh: Mailbox, young: Iterable[tuple[int, datetime]]
    ) -> None:
        """Known ones get their new number; others are told unless they came before the last sweep."""
        watched_to = (box.swept_at or box.line_at) - _SLACK
        times = dict(young)
        heads = {head.uid: head for head in session.fetch_headers(times)}
        carriers = Counter(head.message_id for head in heads.values())
        taken: set[int] = set()
        for uid, at in times.items():
            head = heads.get(uid)
            known = self._same(head, taken, is_only_one=carriers[head.message_id] == 1) if head else None
            known = known or self._same_bytes(session, uid, taken)
            if known is None:
                self._intake.take(session, fresh.folder, fresh.uidvalidity, uid, quiet=at < watched_to)
            else:
                taken.add(known.id)
                self._store.mails.rekey(known.id, self._intake.key(fresh.folder, fresh.uidvalidity, uid))

    def _same(self, head: HeaderMail, taken: set[int], *, is_only_one: bool) -> Mail | None:
        """By Message-ID and the server's time, which a move to another server may change.

        Where several mails carry one Message-ID only the time tells them apart.
        """
        if head.message_id is None:
            return None
        ours = [
            mail
            for mail in self._store.mails.with_message_ids([head.message_id])
            if mail.account == self._account.id and mail.role is self._role and mail.id not in taken
        ]
        exact = next((mail for mail in ours if mail.received_at == head.internaldate), None)
        return exact or (ours[0] if is_only_one and len(ours) == 1 else None)

    def _same_bytes(self, session: ImapSession, uid: int, taken: set[int]) -> Mail | None:
        fetched = session.fetch_raw(uid, MAIL_LIMIT)
        if fetched is None:
            return None
        same = self._store.mails.with_bytes(fetched.raw, self._account.id)
        return next((m for m in same if m.role is self._role and m.id not in taken), None)

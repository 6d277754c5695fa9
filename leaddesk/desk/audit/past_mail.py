"""Reads the past of one mailbox: headers first, then the bodies of mails whose person stands there.

Nothing is stored and nothing is changed on the server. What senders wrote is read in the reader child.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice

from leaddesk.desk.past_headers import young_numbers
from leaddesk.doors.mail.imap import ImapSession
from leaddesk.doors.mail.imap_values import HeaderMail
from leaddesk.doors.mail.reader import Reader
from leaddesk.rules.audit.heads import Need, need
from leaddesk.rules.audit.letters import Envelope, Letter, form_letters, may_be_form_letters
from leaddesk.rules.audit.walk import Came, Went
from leaddesk.rules.capture.headers import read_headers
from leaddesk.rules.sent import is_by_a_machine
from leaddesk.words.audit import Progress, Step
from leaddesk.words.errors import FolderGone
from leaddesk.words.mail import Known, Reading

log = logging.getLogger(__name__)
_BATCH = 250
_BODY_BYTES = 128 * 1024
"""Of a body so much is read: forms and portals say everything at the beginning."""
_MOST_LETTERS = 400
"""So many mails of Sent are compared in their words; what a machine sends is among the newest."""
_KEPT_WORDS = 500


class Stopped(Exception):
    """The person does not want to wait for it."""


@dataclass(frozen=True, slots=True)
class _Sent:
    """A mail of Sent with the number under which its folder knows it."""

    head: HeaderMail
    at: datetime
    by_machine: bool


class PastMail:
    """One reading of one mailbox. `told` hears how far it is; `is_cancelled` ends it with Stopped."""

    def __init__(
        self,
        reader: Reader,
        known: Known,
        since: datetime,
        told: Callable[[Progress], None],
        is_cancelled: Callable[[], bool],
    ) -> None:
        self._reader = reader
        self._known = known
        self._since = since
        self._told = told
        self._is_cancelled = is_cancelled
        self._names: dict[str, str] = {}

    # -- Inbox

    def came(self, session: ImapSession) -> list[Came]:
        """The mails of the open folder, each read as far as it must be."""
        settled: list[Came] = []
        whole: dict[int, datetime] = {}
        for head, at in self._heads(session, Step.INBOX):
            match need(read_headers(head.head)[0], self._known):
                case Need.WHOLE:
                    whole[head.uid] = at
                case Need.HEAD:
                    settled.append(Came(head.uid, at, self._read(head.head)))
        return settled + self._read_whole(session, whole)

    def _read_whole(self, session: ImapSession, wanted: dict[int, datetime]) -> list[Came]:
        came: list[Came] = []
        self._tell(Step.FORMS, 0, len(wanted))
        for uid, raw in session.fetch_starts(sorted(wanted, reverse=True), _BODY_BYTES):
            came.append(Came(uid, wanted[uid], self._read(raw)))
            if len(came) % 20 == 0:
                self._tell(Step.FORMS, len(came), len(wanted))
        return came

    def _read(self, raw: bytes) -> Reading:
        """What matters of it; ten thousand whole texts would fill the memory."""
        reading = self._reader.read(raw, self._known)
        if reading.email and reading.name:
            self._names[reading.email.casefold()] = reading.name
        return replace(reading, text="", visible="", message=reading.message[:_KEPT_WORDS])

    # -- Sent

    def went(self, session: ImapSession, folder: str, is_ours: Callable[[HeaderMail], bool]) -> list[Went]:
        """What people and machines sent from here. Asked after the Inbox, which tells people's names."""
        try:
            session.examine(folder)
        except FolderGone:
            log.warning("there is no folder %s to tell who was answered", folder)
            return []
        sent = [
            _Sent(head, at, is_by_a_machine(head.head))
            for head, at in self._heads(session, Step.SENT)
            if is_ours(head)
        ]
        confirmations = self._confirmations(session, sent)
        return [
            Went(
                at=each.at,
                message_id=each.head.message_id,
                to=each.head.to,
                automatic=each.by_machine or each.head.uid in confirmations,
            )
            for each in sent
        ]

    def _confirmations(self, session: ImapSession, sent: Sequence[_Sent]) -> set[int]:
        """The website's own, which no header betrays: the words of those with one subject are compared."""
        envelopes = (
            Envelope(each.head.uid, each.head.to, each.head.subject)
            for each in sent
            if not each.by_machine and not each.head.references and each.head.to
        )
        suspects = {each.uid: each for each in may_be_form_letters(envelopes, self._names)[-_MOST_LETTERS:]}
        letters = []
        for uid, raw in session.fetch_starts(sorted(suspects), _BODY_BYTES):
            self._check()
            letters.append(Letter(suspects[uid], self._reader.read(raw, self._known).visible))
        return form_letters(letters, self._names)

    # -- both

    def _heads(self, session: ImapSession, step: Step) -> Iterator[tuple[HeaderMail, datetime]]:
        self._tell(step)
        numbers = []
        for young in young_numbers(session, self._since):
            self._check()
            numbers += young
        rest, done = iter(numbers), 0
        while batch := list(islice(rest, _BATCH)):
            for head in session.fetch_headers(batch):
                if head.internaldate is not None:
                    yield head, head.internaldate
            done += len(batch)
            self._tell(step, done, len(numbers))

    def _tell(self, step: Step, done: int = 0, of: int = 0) -> None:
        self._check()
        self._told(Progress(step, done, of))

    def _check(self) -> None:
        if self._is_cancelled():
            raise Stopped

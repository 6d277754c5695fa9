"""Where copies of sent mails land: found by a test mail to oneself that has just gone out."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from leaddesk.doors.mail.imap import FolderFacts, ImapSession
from leaddesk.words.account import Account
from leaddesk.words.errors import LeadDeskError
from leaddesk.words.sign_in import Secret

_LOOKS = (0.2, 1.5)
"""Pauses before each look for a copy, in seconds: providers that keep one do so at once."""


@dataclass(frozen=True, slots=True)
class _Box:
    """What one mailbox tells: its folder of sent mail, whether the copy is there, and how it stands."""

    sent: str | None
    has_copy: bool
    stands: tuple[FolderFacts, ...]

    def is_same_as(self, other: _Box) -> bool:
        """One mailbox under two names. Two that are empty may look alike and be different ones."""
        return self.stands == other.stands and any(facts.exists for facts in self.stands)


class SentCopies:
    """Looks into the mailbox and, where a person signed in to a shared one, into their own."""

    def __init__(self, pause: Callable[[float], None]) -> None:
        self._pause = pause

    def find(self, account: Account, secret: Secret, message_id: str | None) -> Account:
        """The account with its Sent folder, and whether and where the provider keeps copies by itself.

        Without a test mail nobody can tell; the signer's own Sent is then watched too, as it is where Outlook
        keeps what is sent from a shared box. A mailbox that does not answer now teaches nothing.
        """
        looks = _LOOKS if message_id is not None else _LOOKS[:1]
        for pause in looks:
            self._pause(pause)
            box = self._look(account, account.user, account.sent_folder, secret, message_id)
            if box is None or box.sent is None:
                return account
            account = replace(account, sent_folder=box.sent)
            if box.has_copy:
                return replace(account, saves_sent=True, signer_sent=None)
            own = self._own(account, secret, message_id, box)
            if own is not None and own.has_copy:
                return replace(account, saves_sent=True, signer_sent=own.sent)
        return account if own is None else replace(account, signer_sent=own.sent)

    def _own(self, account: Account, secret: Secret, message_id: str | None, shared: _Box) -> _Box | None:
        """The signer's own mailbox; None where there is none, or where it is the same under another name."""
        if not account.signer:
            return None
        own = self._look(account, account.signer, None, secret, message_id)
        return None if own is not None and own.is_same_as(shared) else own

    def _look(
        self, account: Account, user: str, sent: str | None, secret: Secret, message_id: str | None
    ) -> _Box | None:
        try:
            with self._open(account, user, secret) as session:
                sent = sent or session.find_sent()
                inbox = session.examine("INBOX")
                if sent is None:
                    return _Box(None, False, (inbox,))
                facts = session.examine(sent)
                has_copy = message_id is not None and bool(session.find_message_id(message_id))
                return _Box(sent, has_copy, (inbox, facts))
        except LeadDeskError:
            return None

    @contextlib.contextmanager
    def _open(self, account: Account, user: str, secret: Secret) -> Iterator[ImapSession]:
        session = ImapSession.connect(account.imap, user=user, secret=secret, ca_file=account.ca_file)
        with contextlib.closing(session):
            yield session

"""The audit of a mailbox's own past: how quickly people were really answered, and who never was."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from leaddesk.desk.audit.box import Boxes
from leaddesk.desk.audit.past_mail import PastMail, Stopped
from leaddesk.doors.clock import Clock
from leaddesk.doors.mail.imap_values import FolderFacts, HeaderMail
from leaddesk.doors.mail.reader import Reader
from leaddesk.doors.store import Store
from leaddesk.rules import response
from leaddesk.rules.audit.figures import never_answered, timed, unanswered
from leaddesk.rules.audit.walk import Asked, Past, Went, walk
from leaddesk.rules.person import address_keys, email_key
from leaddesk.rules.response import Timed
from leaddesk.words.account import Account
from leaddesk.words.audit import Audit, Progress, Step, Unanswered
from leaddesk.words.errors import Refused, Usage
from leaddesk.words.lead import Person
from leaddesk.words.mail import Known
from leaddesk.words.views import Review

DAYS = 90
_FAMILIAR = 50
Told = Callable[[Progress], None]


def _nobody(progress: Progress) -> None:
    """Nobody follows it."""


def _never() -> bool:
    return False


@dataclass(frozen=True, slots=True)
class _Read:
    """The past of one mailbox, and where its Inbox lies."""

    past: Past
    facts: FolderFacts
    start: datetime
    end: datetime


class PastAudit:
    """Reads what was; sends nothing, alerts nobody, changes nothing. May take a minute."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        boxes: Boxes,
        reader: Callable[[], Reader],
        known: Callable[[], Known],
    ) -> None:
        """`known`: what a mail that lands now would be judged by, taught rules and forms included."""
        self._store = store
        self._clock = clock
        self._boxes = boxes
        self._reader = reader
        self._known = known

    def review(
        self, days: int = DAYS, told: Told = _nobody, is_cancelled: Callable[[], bool] = _never
    ) -> Review | None:
        """The figures of all mailboxes' last days together. Stores nothing; None when it was cancelled.

        Raises Refused where there is no mailbox, and what signing in to one raises.
        """
        accounts = [account for account in self._store.accounts.all() if account.is_watched]
        if not accounts:
            raise Refused("There is no mailbox to look into.", "leaddesk account add adds one.")
        enquiries: list[Timed] = []
        for account in accounts:
            read = self._read(account, days, told, is_cancelled)
            if read is None:
                return None
            enquiries += timed(read.past, account.email, read.end)
        return response.review(enquiries, self._clock.now())

    def run(
        self,
        account: int,
        days: int = DAYS,
        told: Told = _nobody,
        is_cancelled: Callable[[], bool] = _never,
    ) -> Audit | None:
        """Audits one mailbox and keeps the result, with those to be rescued. None when it was cancelled."""
        box = self._store.accounts.get(account)
        if not box.is_watched:
            raise Refused(f"{box.email} is only sent from: nothing comes in there.")
        read = self._read(box, days, told, is_cancelled)
        if read is None:
            return None
        never = self._strangers(box, read)
        audit = Audit(
            account=account,
            email=box.email,
            start=read.start,
            end=read.end,
            review=response.review(timed(read.past, box.email, read.end), read.end),
            familiar=read.past.familiar[:_FAMILIAR],
            unanswered=tuple(never),
        )
        self._store.audits.put(audit)
        return self.last(account)

    def last(self, account: int) -> Audit | None:
        """What the newest audit of a mailbox came to, with those who are still unanswered."""
        return self._store.audits.get(account, self._store.accounts.get(account).email)

    # -- one mailbox

    def _read(
        self, account: Account, days: int, told: Told, is_cancelled: Callable[[], bool]
    ) -> _Read | None:
        if not 1 <= days <= 3660:
            raise Usage("The number of days must be from 1 to 3660.")
        end = self._clock.now()
        start = end - timedelta(days=days)
        known = self._known()
        mail = PastMail(self._reader(), known, start, told, is_cancelled)
        told(Progress(Step.CONNECT))
        try:
            with self._boxes.open(account) as session:
                facts = session.examine(account.folder)
                came = mail.came(session)
                sent = account.sent_folder or session.find_sent()
                went = mail.went(session, sent, _is_anybody) if sent is not None else []
            if account.signer_sent is not None:
                went += self._signers(account, mail)
        except Stopped:
            return None
        return _Read(walk(came, went, known), facts, start, end)

    def _signers(self, account: Account, mail: PastMail) -> list[Went]:
        """What the person who signs in to a shared box sent as that box lies in a folder of their own."""
        own = {email_key(address) for address in (account.email, *account.own_addresses)}

        def is_ours(head: HeaderMail) -> bool:
            return email_key(head.from_email or "") in own

        with self._boxes.open(account, account.signer) as session:
            return mail.went(session, account.signer_sent or "", is_ours)

    def _strangers(self, account: Account, read: _Read) -> list[Unanswered]:
        """Who was never answered and is no lead here already."""
        taken = self._store.mails.known_uids(account.id, account.folder, read.facts.uidvalidity)
        never = [each for each in never_answered(read.past, read.end) if each.came.uid not in taken]
        return [self._kept(each, account, read) for each in never if not self._is_lead(each)]

    def _kept(self, asked: Asked, account: Account, read: _Read) -> Unanswered:
        return unanswered(asked, account.id, account.email, account.folder, read.facts.uidvalidity)

    def _is_lead(self, asked: Asked) -> bool:
        reading = asked.came.reading
        person = Person(
            name="",
            emails=(reading.email,) if reading.email else (),
            phones=(reading.phone,) if reading.phone else (),
        )
        keys = [key for _, _, key in address_keys(person)]
        return bool(keys) and bool(self._store.leads.with_address(keys))


def _is_anybody(head: HeaderMail) -> bool:
    return True

"""The sweep: what the server has against what we have. Every gap becomes a mail or a row that says so.

The key is (account, folder, UIDVALIDITY, UID) and nothing else: flags, dates, SINCE and Message-IDs lose mail
in practice. Nothing is ever changed on the server.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from leaddesk.desk.watch.gone import Gone
from leaddesk.desk.watch.intake import Intake, Taken
from leaddesk.desk.watch.past import read_past
from leaddesk.desk.watch.rebuilt import Rebuilt
from leaddesk.doors.clock import Clock
from leaddesk.doors.mail.imap import ImapSession
from leaddesk.doors.mail.imap_values import FolderFacts, HeaderMail
from leaddesk.doors.store import Mailbox, Store
from leaddesk.rules.alerting import MANY
from leaddesk.rules.person import email_key
from leaddesk.words.account import Account
from leaddesk.words.mail import Role

FIRST_SYNC = timedelta(hours=72)
_PASSED_AT_MOST = 1000
"""Numbers below the newest that are looked at for missing ones."""


@dataclass(frozen=True, slots=True)
class FolderNames:
    """A folder by its name on the server, and by its name in our rows."""

    path: str
    name: str


@dataclass(frozen=True, slots=True)
class Swept:
    """What a sweep came to; `moved` were found in another folder, `vanished` nowhere."""

    kept: int = 0
    moved: int = 0
    vanished: int = 0
    was_first: bool = False


class Sweep:
    """Sweeps one folder of one account over a given session."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        account: Account,
        role: Role,
        names: FolderNames,
        began: datetime,
        on_kept: Callable[[], None],
        is_stopping: Callable[[], bool] = lambda: False,
        step: Callable[[str], None] = lambda name: None,
    ) -> None:
        """`began`: when the watch was asked for. What the server received later is news, however long the
        first look took to come about."""
        self._began = began
        self._store = store
        self._clock = clock
        self._account = account
        self._role = role
        self._names = names
        self._on_kept = on_kept
        """Called when mails are stored: somebody may read them now."""
        self._is_stopping = is_stopping
        self._intake = Intake(store, clock, account, role, step)
        self._gone = Gone(store, clock, self._intake)

    def run(self, session: ImapSession, facts: FolderFacts) -> Swept:
        """Compares everything since the first sync's line; `facts` are those of the folder, which is open."""
        with self._store.session():
            box = self._position(session, facts)
            was_first = not box.quiet_done
            kept = self._quiet_part(session, box) if was_first else 0
            since = box.next_uid if self._has_others_mail else box.line_uid
            swept = self._compare(session, box, session.uids(since), facts.uidnext, since)
            return replace(swept, kept=kept + swept.kept, was_first=was_first and not self._is_stopping())

    def newest(self, session: ImapSession) -> Swept:
        """Takes in what was just announced: everything from the number that comes next."""
        with self._store.session():
            box = self._store.mailboxes.get(self._account.id, self._role)
            if box is None:
                return Swept()  # the account was removed just now
            there = session.uids(box.next_uid)
            if there:
                return self._compare(session, box, there, None, box.next_uid)
            facts = session.examine(self._names.path)  # announced, and gone: how many were there?
            if facts.uidvalidity != box.uidvalidity:
                return self.run(session, facts)
            return self._compare(session, box, session.uids(box.next_uid), facts.uidnext, box.next_uid)

    @property
    def _has_others_mail(self) -> bool:
        """A person's own Sent: only what went out as the shared box is read, and nothing looked at twice."""
        return self._role is Role.SIGNER_SENT

    # -- where this folder's watch begins

    def _position(self, session: ImapSession, facts: FolderFacts) -> Mailbox:
        box = self._store.mailboxes.get(self._account.id, self._role)
        is_rebuilt = box is not None and box.uidvalidity != facts.uidvalidity
        if box is None or box.folder != self._names.name or (is_rebuilt and self._has_others_mail):
            return self._first_line(session, facts)
        if is_rebuilt:
            rebuilt = Rebuilt(self._store, self._account, self._role, self._intake)
            box = rebuilt.run(session, box, facts)
            self._on_kept()
        return box

    def _first_line(self, session: ImapSession, facts: FolderFacts) -> Mailbox:
        """Counts what is younger than 72 hours, and every number that is new from now on."""
        if self._role is Role.INBOX:
            sent = self._account.sent_folder or session.find_sent()
            read_past(self._store, self._clock, session, sent)
            session.examine(self._names.path)
        elif self._has_others_mail:
            read_past(self._store, self._clock, session, self._names.path, self._is_ours)
        line = max([facts.uidnext or 1, *(uid + 1 for uid in session.uids()[-1:])])
        box = Mailbox(
            account=self._account.id,
            role=self._role,
            folder=self._names.name,
            uidvalidity=facts.uidvalidity,
            line_uid=line,
            line_at=self._clock.now() - FIRST_SYNC,
            next_uid=line,
            quiet_done=False,
        )
        self._store.mailboxes.put(box)
        return box

    def _quiet_part(self, session: ImapSession, box: Mailbox) -> int:
        """The last 72 hours below the line, without alerts for what was there when the watch began.

        Carries on where a crash left it.
        """
        known = self._store.mails.known_uids(self._account.id, self._names.name, box.uidvalidity)
        below = [uid for uid in session.uids() if uid < box.line_uid and uid not in known]
        young = {
            meta.uid: meta.internaldate
            for meta in session.fetch_meta(below)
            if meta.internaldate is not None and meta.internaldate >= box.line_at
        }
        # A server tells whole seconds, cut: what was there before the watch began is never later than that.
        news = [uid for uid, at in young.items() if at > self._began]
        kept, _ = self._take(session, box, [uid for uid in young if uid not in news], quiet=True)
        kept += self._take(session, box, news, quiet=False)[0]
        if not self._is_stopping():
            self._store.mailboxes.put(replace(box, quiet_done=True))
        return kept

    # -- every sweep

    def _compare(
        self, session: ImapSession, box: Mailbox, there: Sequence[int], uidnext: int | None, since: int
    ) -> Swept:
        """What is `there` from the number `since` on, against what is here."""
        where = (self._account.id, self._names.name, box.uidvalidity, since)
        known = self._store.mails.known_uids(*where)
        wanted = known - self._store.mails.vanished_uids(*where)
        kept, lost = self._take(session, box, [uid for uid in there if uid not in wanted], quiet=False)
        if self._is_stopping():
            return Swept(kept)
        upper = max([uidnext or 0, box.next_uid, *(uid + 1 for uid in there[-1:])])
        passed = _missing(range(box.next_uid, upper), {*there, *known})
        lost = [uid for uid in lost if uid not in known]
        moved = vanished = 0
        if self._role is Role.INBOX and (lost or passed):
            moved, vanished = self._gone.settle(session, box, lost, passed)
            session.examine(self._names.path)
        self._close(box, upper)
        if moved or vanished:
            kept += self._what_came_meanwhile(session, box, upper)
        return Swept(kept, moved, vanished)

    def _what_came_meanwhile(self, session: ImapSession, box: Mailbox, since: int) -> int:
        """While another folder was open, nothing was announced."""
        self._on_kept()
        kept, _ = self._take(session, box, session.uids(since), quiet=False)
        return kept

    def _take(
        self, session: ImapSession, box: Mailbox, uids: Sequence[int], *, quiet: bool
    ) -> tuple[int, list[int]]:
        """How many were stored, and which could not be fetched.

        Many at once are read when all are there: in the order in which they were received, and told as one.
        """
        kept, lost = 0, []
        if self._has_others_mail:
            uids = [head.uid for head in session.fetch_headers(uids) if self._is_ours(head)]
        for uid in uids:
            if self._is_stopping():
                break
            taken = self._intake.take(session, self._names.name, box.uidvalidity, uid, quiet=quiet)
            kept += taken is Taken.KEPT
            if taken is Taken.GONE:
                lost.append(uid)
            elif len(uids) <= MANY:
                self._on_kept()
        if len(uids) > MANY:
            self._on_kept()
        return kept, lost

    def _is_ours(self, head: HeaderMail) -> bool:
        """True for what went out from an address of the account's."""
        own = map(email_key, (self._account.email, *self._account.own_addresses))
        return email_key(head.from_email or "") in own

    def _close(self, box: Mailbox, upper: int) -> None:
        """Notes how far the numbers were followed, and when."""
        newest = self._store.mailboxes.get(self._account.id, self._role)
        if newest is not None and newest.uidvalidity == box.uidvalidity:
            next_uid = max(newest.next_uid, upper)
            self._store.mailboxes.put(replace(newest, next_uid=next_uid, swept_at=self._clock.now()))


def _missing(numbers: range, seen: set[int]) -> list[int]:
    """Those of the newest numbers that nobody has seen."""
    return [number for number in numbers[-_PASSED_AT_MOST:] if number not in seen]

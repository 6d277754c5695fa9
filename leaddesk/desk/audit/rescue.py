"""Rescue: who asked long ago and was never answered is offered, three a day, and taken or let go."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from leaddesk.desk.leads import Leads
from leaddesk.doors.clock import Clock
from leaddesk.doors.store import Store
from leaddesk.rules.audit.rescue import left_today, offer
from leaddesk.rules.capture.parts import MAIL_LIMIT
from leaddesk.words.account import Account
from leaddesk.words.audit import Unanswered
from leaddesk.words.errors import FolderGone, Refused
from leaddesk.words.lead import Channel
from leaddesk.words.mail import MailKey, Place, RawMail, Role
from leaddesk.words.queue import RescueOffer

if TYPE_CHECKING:
    from leaddesk.desk.audit.box import Boxes
    from leaddesk.desk.receive import Receive
    from leaddesk.doors.mail.imap import ImapSession
    from leaddesk.doors.mail.imap_values import Fetched

_TWO_DAYS = timedelta(days=2)


class Rescue:
    """The list of those who may still be won."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        boxes: Callable[[], Boxes],
        receive: Callable[[], Receive],
        leads: Leads,
    ) -> None:
        """`boxes` and `receive` are made when one is taken: a look at the list needs no mail room."""
        self._store = store
        self._clock = clock
        self._boxes = boxes
        self._receive = receive
        self._leads = leads

    def all(self, limit: int = 500) -> tuple[RescueOffer, ...]:
        """Everybody on it, the newest first; those offered today are the first of them."""
        now, zone = self._clock.now(), self._clock.zone()
        return tuple(offer(one, now, zone) for one in self._store.audits.unanswered(limit))

    def take(self, number: int) -> int:
        """Makes one a lead, with the time at which the mail came; returns the lead. Reads the mail now.

        Raises Refused when it was taken or let go, and what opening the mailbox raises. A mail that is not
        in its folder any more becomes a lead all the same, of what is known.
        """
        one = self._one(number)
        mail = self._fetched_mail(one)
        lead = self._lead_of(mail) if mail is not None else self._by_what_is_known(one)
        self._store.audits.taken(number, lead, self._clock.now())
        return lead

    def let_go(self, number: int) -> datetime:
        """No response. Returns the moment, by which `bring_back` knows it."""
        now = self._clock.now()
        if not self._store.audits.let_go(number, now):
            raise _gone()
        return now

    def close_the_rest(self) -> tuple[int, datetime]:
        """No response for all but those offered today: how many, and the moment for `bring_back`."""
        now = self._clock.now()
        with self._store.transaction():
            offered = left_today(self._store.audits.acted(now - _TWO_DAYS), now, self._clock.zone())
            rest = [one.id for one in self._store.audits.unanswered()[offered:]]
            return self._store.audits.close(rest, now), now

    def bring_back(self, moment: datetime) -> int:
        """Takes back what was let go or closed at that moment; returns how many."""
        return self._store.audits.bring_back(moment)

    # -- taking one

    def _one(self, number: int) -> Unanswered:
        found = self._store.audits.one(number)
        if found is None:
            raise _gone()
        return found

    def _fetched_mail(self, one: Unanswered) -> int | None:
        """The row of its mail, stored as it lies on the server; None when it is not there any more."""
        account = self._store.accounts.get(one.account)
        with self._boxes().open(account) as session:
            found = self._found(session, one)
        if found is None:
            return None
        uidvalidity, fetched = found
        return self._kept(account, one, uidvalidity, fetched)

    def _found(self, session: ImapSession, one: Unanswered) -> tuple[int, Fetched] | None:
        """By its number; after a rebuilt mailbox, by its Message-ID."""
        try:
            facts = session.examine(one.folder)
        except FolderGone:
            return None
        uids = [one.uid]
        if facts.uidvalidity != one.uidvalidity:
            uids = session.find_message_id(one.message_id) if one.message_id else []
        fetched = next((mail for uid in uids if (mail := session.fetch_raw(uid, MAIL_LIMIT))), None)
        return (facts.uidvalidity, fetched) if fetched is not None else None

    def _kept(self, account: Account, one: Unanswered, uidvalidity: int, mail: Fetched) -> int:
        key = MailKey(
            account=account.id, role=Role.INBOX, folder=one.folder, uidvalidity=uidvalidity, uid=mail.uid
        )
        kept = self._store.mails.keep(
            RawMail(
                raw=mail.raw,
                received_at=one.received_at,
                seen_at=self._clock.now(),
                size=mail.size,
                key=key,
                quiet=True,
            )
        )
        if kept is not None:
            return kept
        return self._store.mails.with_bytes(mail.raw, account.id, one.folder)[-1].id

    def _lead_of(self, mail: int) -> int:
        """The person's word makes it an enquiry, also where the rules would put it elsewhere."""
        self._receive().process(mail)
        stored = self._store.mails.get(mail)
        if stored is None:
            raise _gone()
        if stored.place in (Place.KNOWN, Place.NOT_A_LEAD) or stored.lead is None:
            return self._receive().rescue(mail)
        return stored.lead

    def _by_what_is_known(self, one: Unanswered) -> int:
        return self._leads.add(
            name=one.name,
            phone=one.phone or "",
            email=one.email or "",
            message=one.wants,
            source=one.source,
            channel=Channel.EMAIL,
            at=one.received_at,
        ).lead


def _gone() -> Refused:
    return Refused("Somebody has settled this one already.")

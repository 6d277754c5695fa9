"""What the desk knows of an enquiry, as the rules of the holding message ask for it."""

from __future__ import annotations

from datetime import datetime

from leaddesk.desk.answering import Answer
from leaddesk.desk.config import Config
from leaddesk.doors.clock import Clock
from leaddesk.doors.store import Store
from leaddesk.rules.holding.may import Case, Lately
from leaddesk.rules.person import email_key
from leaddesk.rules.when import clock_words
from leaddesk.words.account import Account
from leaddesk.words.lead import Direction, Enquiry, Lead, Standing, Touch
from leaddesk.words.mail import Acknowledge, Mail, Reading, Role
from leaddesk.words.settings import HOLDING_ON

_NOT_JUDGED = Acknowledge(False, None, "kind", "No automatic reply because the mail could not be read.")


class Facts:
    """Asks the store."""

    def __init__(self, store: Store, clock: Clock, config: Config) -> None:
        self._store = store
        self._clock = clock
        self._config = config

    def case(self, mail: Mail, reading: Reading, answer: Answer, enquiry: Enquiry, now: datetime) -> Case:
        """All that is known at `now` of the enquiry that `mail` opened."""
        by_mail = reading.acknowledge or _NOT_JUDGED
        to, lead, holding = by_mail.to or "", answer.lead, self._store.holding
        return Case(
            by_mail=by_mail,
            received_at=enquiry.received_at,
            now=now,
            is_on=self._config.get(HOLDING_ON),
            is_quiet=mail.quiet,
            is_form=reading.form_notice,
            has_enquired=_has_enquired(lead, enquiry),
            wrote_before=bool(to) and self._wrote_before(to, enquiry.received_at),
            is_answered=_is_answered(lead, enquiry),
            is_confirmed=_was_confirmed(lead, enquiry) or holding.form_confirms(mail.id, now),
            other_desk=self._other_desk(answer.account, now),
            has_account=answer.account is not None and not answer.account.smtp_off,
            last_to_them=holding.last_to(to) if to else None,
            lately=holding.lately(to, now) if to else Lately(),
        )

    def _wrote_before(self, address: str, at: datetime) -> bool:
        known = self._store.mailboxes.correspondent(email_key(address))
        return known is not None and known.first_at < at

    def _other_desk(self, account: Account | None, now: datetime) -> str:
        """Nothing goes by itself before the Sent folder was looked through for another desk."""
        if account is None:
            return ""
        box = self._store.mailboxes.get(account.id, Role.SENT)
        if box is None or not box.quiet_done:
            return "the Sent folder has not been looked through yet: another LeadDesk might answer as well."
        seen = self._store.holding.other_desk(account.id)
        if seen is None:
            return ""
        when = clock_words(seen, now, self._clock.zone())
        return f"another LeadDesk wrote from this mailbox ({when}): say which one answers."


def _has_enquired(lead: Lead, enquiry: Enquiry) -> bool:
    return any(each.id != enquiry.id and each.received_at <= enquiry.received_at for each in lead.enquiries)


def _is_answered(lead: Lead, enquiry: Enquiry) -> bool:
    states = {state.enquiry: state.standing for state in lead.state.enquiries}
    return states.get(enquiry.id) is not Standing.WAITING


def _was_confirmed(lead: Lead, enquiry: Enquiry) -> bool:
    """A machine of ours has told them already."""
    return any(
        isinstance(entry, Touch)
        and entry.automatic
        and entry.direction is Direction.OUT
        and entry.mail is not None
        and entry.at >= enquiry.received_at
        for entry in lead.record
    )

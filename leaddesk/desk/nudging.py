"""Tells the lead's person, then a second, by mail when nobody has a new enquiry; and hears their answers."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from leaddesk.desk.cadences import Cadences
from leaddesk.desk.config import Config
from leaddesk.desk.service import Service
from leaddesk.desk.team import Team
from leaddesk.doors.clock import Clock
from leaddesk.doors.store import Store, WaitingLead
from leaddesk.rules.team import due_for, nudge_subject, nudge_text, whose
from leaddesk.rules.when import spoken
from leaddesk.words.account import Account
from leaddesk.words.lead import Lead
from leaddesk.words.outgoing import Draft
from leaddesk.words.settings import TEAM_NUDGE_MINUTES
from leaddesk.words.states import What
from leaddesk.words.team import Colleague

_REST_S = 15.0
_MOST = 50
"""So many leads are looked at in a round: those who have waited longest are older than a mail can help."""
_TOO_OLD = timedelta(days=3)
_MARKS = (("Auto-Submitted", "auto-generated"), ("X-Auto-Response-Suppress", "All"))


class Nudging(Service):
    """Mails go through the outbox, automatic, and to our own people only."""

    name = "nudging"

    def __init__(
        self, store: Store, clock: Clock, config: Config, team: Team, cadences: Cadences, desk_id: str
    ) -> None:
        super().__init__()
        self._store = store
        self._clock = clock
        self._config = config
        self._team = team
        self._cadences = cadences
        self._desk_id = desk_id

    def round(self) -> float:
        """Tells whoever is due to be told; nothing while there are fewer than two people."""
        people, share = self._team.colleagues(), timedelta(minutes=self._config.get(TEAM_NUDGE_MINUTES))
        if len(people) < 2 or not share or not self._store.accounts.all():
            return _REST_S
        now = self._clock.now()
        with self._store.session():
            for row in self._store.waiting.newest(now, (What.NEW,), _MOST):
                if row.got_at is None and not row.outbox and now - row.since < _TOO_OLD:
                    self._look_at(row, people, share, now)
        return _REST_S

    def _look_at(
        self, row: WaitingLead, people: tuple[Colleague, ...], share: timedelta, now: datetime
    ) -> None:
        with self._store.transaction():
            lead = self._store.leads.get(row.lead)
            told = self._store.outbox.told(row.lead, row.since)
            zone = self._clock.zone()
            place = due_for(row.since, now, len(told), share, self._cadences.hours(), zone)
            if lead is None or place is None:
                return
            order = [p for p in whose(lead, people, self._team.out(), zone) if p.name not in told]
            if order:
                self._tell(lead, order[0], row.since, now)

    def _tell(self, lead: Lead, person: Colleague, since: datetime, now: datetime) -> None:
        from leaddesk.rules.capture.addresses import Mailbox  # noqa: PLC0415 - few desks ever write one,
        from leaddesk.rules.compose import Letter, body_hash, build, message_id  # noqa: PLC0415 - of a megabyte

        account = self._account(lead)
        own_id = message_id(secrets.token_hex(16), account.email)
        subject, text = nudge_subject(lead.person.name), nudge_text(lead, spoken(now - since))
        letter = Letter(
            sender=Mailbox(account.name, account.email), to=(Mailbox(person.name, person.email),),
            subject=subject, text=text, at=now.astimezone(self._clock.zone()), message_id=own_id,
            desk=self._desk_id, marks=_MARKS,
        )  # fmt: skip
        draft = Draft(
            lead=lead.id, outgoing=None, account=account.id, to=(person.email,), cc=(), subject=subject,
            body=text, from_address=account.email,
        )  # fmt: skip
        self._store.outbox.tell_colleague(
            draft, person.name, raw=build(letter), message_id=own_id,
            body_hash=body_hash(subject, text, (person.email,)),
        )  # fmt: skip

    def _account(self, lead: Lead) -> Account:
        """The one that the enquiry came to, else the first."""
        accounts = self._store.accounts.all()
        mail = self._store.mails.get(lead.enquiries[-1].mail or 0)
        return next((a for a in accounts if mail is not None and a.id == mail.account), accounts[0])

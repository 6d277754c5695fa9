"""Mails of our own people about a lead: an answer takes or logs it, a forward hands it over."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from leaddesk.doors.clock import Clock
from leaddesk.doors.store import Store
from leaddesk.rules.capture.clean import one_line
from leaddesk.rules.team import how_called, is_mine, of_address
from leaddesk.words.lead import Channel, Decision, Direction, How, Touch, Verb
from leaddesk.words.mail import Mail, MailKind, Place, Reading
from leaddesk.words.outgoing import Outgoing, OutgoingKind
from leaddesk.words.settings import TEAM_PEOPLE, Scope
from leaddesk.words.team import Colleague, read_people

_NAMED = 20
_OURS = "Our own mail to somebody of the firm."


class Colleagues:
    """Inside the transaction of whoever lands the mail."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def lands(self, mail: Mail, reading: Reading) -> bool:
        """Settles a colleague's answer to a mail of ours about a lead; False for any other mail."""
        if self._to_colleague(reading.message_id) is not None:
            self._store.mails.judged(mail.id, reading, Place.NOT_A_LEAD, [_OURS], None)
            return True
        asked = next(filter(None, map(self._to_colleague, reading.references[:_NAMED])), None)
        person = of_address(self._people(), reading.from_email) if asked is not None else None
        if asked is None or person is None:
            return False
        if _is_by_a_machine(reading):
            why = f"{person.name}'s mailbox answered by itself."
        else:
            why = self._answered(asked.lead, person, reading.visible or reading.text, mail.received_at)
        self._store.mails.judged(mail.id, reading, Place.NOT_A_LEAD, [why], None)
        return True

    def forwarded(self, mail: Mail, reading: Reading, by: str | None) -> bool:
        """A mail of Sent to one of our people that names an enquiry hands it over; it is no response."""
        people = self._people()
        receivers = [of_address(people, address) for address in reading.to]
        if not receivers or receivers[0] is None or None in receivers:
            return False
        leads = self._named(reading.references)
        for lead in leads:
            self._give(lead, receivers[0].name, mail.received_at, by or "")
        return bool(leads)

    def _answered(self, lead: int, person: Colleague, text: str, at: datetime) -> str:
        """What their answer says, written down under their name; in words."""
        how = how_called(text)
        if how is not None:
            self._store.leads.record(
                Touch(
                    lead=lead, at=at, by=person.name, direction=Direction.OUT, channel=Channel.CALL,
                    outcome=how, how=How.ENTERED, text=one_line(text),
                )
            )  # fmt: skip
            self._store.alerts.take(lead, self._clock.now())
            return f"{person.name} called, by answering our mail."
        if is_mine(text):
            self._store.leads.record(Decision(lead=lead, at=at, by=person.name, verb=Verb.GOT))
            self._store.alerts.take(lead, self._clock.now())
            return f"{person.name} took the lead, by answering our mail."
        self._store.leads.record(
            Decision(lead=lead, at=at, by=person.name, verb=Verb.NOTED, reason=one_line(text, 500))
        )
        return f"{person.name} answered our mail; it is kept as a note with the lead."

    def _give(self, lead: int, name: str, at: datetime, by: str) -> None:
        self._store.leads.record(Decision(lead=lead, at=at, by=by, verb=Verb.ASSIGNED, reason=name))

    def _named(self, ids: Sequence[str]) -> list[int]:
        """Leads whose mails these Message-IDs name."""
        mails = self._store.mails.with_message_ids(list(ids[:_NAMED])) if ids else []
        return list(dict.fromkeys(mail.lead for mail in mails if mail.lead is not None))

    def _to_colleague(self, message_id: str | None) -> Outgoing | None:
        own = self._store.outbox.with_message_id(message_id) if message_id else None
        return own if own is not None and own.kind is OutgoingKind.COLLEAGUE else None

    def _people(self) -> tuple[Colleague, ...]:
        text = self._store.settings.get(TEAM_PEOPLE.key, Scope.TEAM)
        try:
            return read_people(text or "")
        except ValueError:
            return ()


def _is_by_a_machine(reading: Reading) -> bool:
    """An away note is nobody's word: it takes no lead and tells of no call."""
    judged = reading.acknowledge
    says_so = judged is not None and judged.rule == "A1"
    return says_so or reading.kind in (MailKind.AUTOREPLY, MailKind.BOUNCE)

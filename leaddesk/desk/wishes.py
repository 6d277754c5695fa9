"""Wishes not to be contacted as they are written down: in the record, and by hashes that outlive it."""

from __future__ import annotations

from collections.abc import Iterable

from leaddesk.doors.clock import Clock
from leaddesk.doors.store import Store
from leaddesk.rules.fold import standing_entries
from leaddesk.rules.person import address_keys, email_key
from leaddesk.rules.reach import SEEMED, asked_words, opt_outs
from leaddesk.words.lead import Channel, Decision, Lead, Verb
from leaddesk.words.mail import Reading
from leaddesk.words.outgoing import Outgoing
from leaddesk.words.reach import OptOut


class Wishes:
    """Inside the transaction of whoever calls, which has taken its turn (`store.opt_outs.take_turn`)."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def note(
        self,
        lead: Lead,
        channel: Channel | None,
        *,
        by: str | None,
        reason: str = "",
        also: Iterable[str] = (),
    ) -> None:
        """They asked to end: what is on its way by mail is stopped. `also` are keys of further addresses."""
        now, also = self._clock.now(), list(also)
        if channel in (None, Channel.EMAIL):
            self._store.outbox.stop(lead.id, [*emails_of(lead), *also], asked_words(channel))
        entry = self._store.leads.record(
            Decision(lead=lead.id, at=now, by=by, verb=Verb.OPTED_OUT, channel=channel, reason=reason)
        )
        keys = [*keys_of(lead), *(("email", key) for key in also)]
        self._store.opt_outs.add(keys, channel, now, by, entry)
        self.place_anew(key for _, key in keys)
        self._store.alerts.take(lead.id, now)

    def place_anew(self, keys: Iterable[str]) -> None:
        """What stands about these addresses has changed: so have the plans of all who have one of them."""
        for lead in self._store.leads.with_address(list(keys)):
            self._store.leads.refold(lead)

    def by_way_out(self, mail: Outgoing) -> None:
        """They used the way out in this mail of ours: its addresses get no more."""
        lead = self._store.leads.get(mail.lead)
        if lead is not None and not _has_ended(self.asked(lead)):
            self.note(lead, Channel.EMAIL, by=None, also=map(email_key, mail.recipients))

    def named_by(self, token: str, reading: Reading) -> Outgoing | None:
        """The mail of ours that this token of a way out names, as it was sent to one of our addresses."""
        domains = {address.rpartition("@")[2].casefold() for address in reading.to}
        found = (self._store.outbox.with_message_id(f"<{token}@{domain}>") for domain in sorted(domains))
        return next((mail for mail in found if mail is not None), None)

    def pause(self, lead: int) -> None:
        """Their words sound so: what is on its way stops at once. Before the words are written down."""
        found = self._store.leads.get(lead)
        if found is not None:
            self._store.outbox.stop(lead, emails_of(found), SEEMED)

    def seems_out(self, lead: int) -> None:
        """Their words sound so: a person is asked whether they were meant so, unless it is known."""
        found = self._store.leads.get(lead)
        if found is not None and not _has_ended(self.asked(found)):
            self._store.leads.record(Decision(lead=lead, at=self._clock.now(), verb=Verb.SEEMS_OUT))

    def asked(self, lead: Lead) -> tuple[OptOut, ...]:
        """What stands in a lead's record, and for its addresses and numbers whoever's they were."""
        own = opt_outs(standing_entries(lead.record))
        sure = {each.channel for each in own if each.is_sure}
        elsewhere: dict[Channel | None, OptOut] = {}
        for each in self._store.opt_outs.asked(keys_of(lead)):
            if each.channel not in sure:
                elsewhere.setdefault(each.channel, each)
        return (*own, *elsewhere.values())


def keys_of(lead: Lead) -> list[tuple[str, str]]:
    """Kind and key of every way to reach them."""
    return [(kind, key) for kind, _, key in address_keys(lead.person)]


def emails_of(lead: Lead) -> list[str]:
    """Keys of their addresses."""
    return [email_key(address) for address in lead.person.emails]


def _has_ended(asked: Iterable[OptOut]) -> bool:
    return any(each.channel in (None, Channel.EMAIL) for each in asked)

"""Who may be contacted, and by which way: a person notes wishes not to be, and takes them back."""

from __future__ import annotations

from leaddesk.desk.people import People
from leaddesk.desk.wishes import Wishes, keys_of
from leaddesk.doors.clock import Clock
from leaddesk.doors.store import Store
from leaddesk.rules.fold import standing_entries
from leaddesk.rules.reach import WAYS, may_reach
from leaddesk.words.errors import Refused, Usage
from leaddesk.words.lead import Channel, Decision, Lead, Verb
from leaddesk.words.reach import OptOut, Reach


class Contact:
    """Every wish is an entry of the record and a row by hash, which outlives the lead."""

    def __init__(self, store: Store, clock: Clock, people: People) -> None:
        self._store = store
        self._clock = clock
        self._people = people
        self._wishes = Wishes(store, clock)

    def asked(self, lead: int) -> tuple[OptOut, ...]:
        """What stands for this lead: told of it, or of its addresses when they were somebody else's."""
        with self._store.session():
            return self._wishes.asked(self._lead(lead))

    def may_reach(self, lead: int, channel: Channel) -> Reach:
        """Whether a plan may take a step by this channel, and why not."""
        return may_reach(self.asked(lead), channel)

    def opt_out(self, lead: int, channel: Channel | None = None, reason: str = "") -> None:
        """They asked not to be reached, by one channel or at all. What is on its way by mail is stopped.

        Raises Usage for a channel in which nobody can be reached.
        """
        if channel is not None and channel not in WAYS:
            raise Usage(f"Say one of {', '.join(WAYS)}, or no channel for all of them.")
        with self._store.transaction():
            self._store.opt_outs.take_turn()
            self._wishes.note(self._lead(lead), channel, by=self._people.me(), reason=reason.strip())

    def take_back(self, lead: int) -> None:
        """They may be reached again: they said so, or it was not meant so. Raises Refused without a wish."""
        now = self._clock.now()
        with self._store.transaction():
            self._store.opt_outs.take_turn()
            found = self._lead(lead)
            if not self._wishes.asked(found):
                raise Refused("They did not ask not to be contacted.")
            for entry in standing_entries(found.record):
                if isinstance(entry, Decision) and entry.verb in (Verb.OPTED_OUT, Verb.SEEMS_OUT):
                    self._store.leads.take_back(entry, self._people.me(), now)
                    self._store.opt_outs.taken_back(entry.id, now)
            self._store.opt_outs.clear(keys_of(found), now)
            self._wishes.place_anew(key for _, key in keys_of(found))

    def _lead(self, number: int) -> Lead:
        found = self._store.leads.get(number)
        if found is None:
            raise Refused(f"There is no lead {number}.", "leaddesk queue shows those that wait.")
        return found

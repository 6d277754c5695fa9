"""What stops a mail on its way: a wish not to be mailed, or a word of theirs to which it gives way."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from leaddesk.doors.store.database import Database
from leaddesk.doors.store.opt_outs import OptOuts
from leaddesk.doors.store.plain import Plain, marks
from leaddesk.doors.store.rows import entry_of
from leaddesk.rules.fold import standing_entries
from leaddesk.rules.person import email_key
from leaddesk.rules.reach import ANSWERED_FIRST, asked_words, opt_outs, wrote_after
from leaddesk.words.lead import Channel, Direction, Entry, Verb
from leaddesk.words.states import Outcome, What

HAS_IT = "Somebody has it."
_WISHES = (Verb.OPTED_OUT.value, Verb.SEEMS_OUT.value)


class Stops:
    """Asked inside the transactions that claim and commit a mail."""

    def __init__(self, database: Database) -> None:
        self._entries = database.tables.entry
        self._leads = database.tables.lead
        self._record = Plain(database, "entry")
        self._opt_outs = OptOuts(database)
        self.take_turn = self._opt_outs.take_turn

    def newest_entry(self, leads: Sequence[int]) -> int:
        """The newest line of these leads' record."""
        e = self._entries
        row = e.select(e.id).where(e.lead.in_(list(leads))).order_by(e.id.desc()).first()
        return row.id if row is not None else 0

    def against(self, row: Any, leads: Sequence[int]) -> str | None:
        """Why the mail of this row must not go to `leads`, or None. One to a colleague is none to a lead."""
        if row.colleague is not None:
            return None if self._nobody_has(leads[0]) else HAS_IT
        after = row.gives_way_after
        told = self._told(leads, after)
        boxes = [("email", email_key(address)) for address in (*row.to, *row.cc)]
        sure = [w for w in (*opt_outs(told), *self._opt_outs.asked(boxes)) if w.is_sure]
        wish = next((w for w in sure if w.channel in (None, Channel.EMAIL)), None)
        if wish is not None:
            return asked_words(wish.channel)
        return ANSWERED_FIRST if after is not None and wrote_after(told, after) else None

    def _nobody_has(self, lead: int) -> bool:
        row = self._leads.get(self._leads.id == lead)
        is_new = (row.what, row.outcome) == (What.NEW.value, Outcome.OPEN.value)
        return is_new and row.got_at is None and not row.outbox

    def _told(self, leads: Sequence[int], after: int | None) -> list[Entry]:
        """Of the record what can matter here: wishes, words of theirs since, and what was taken back."""
        fits = f"verb IN ({marks(_WISHES)}) OR kind = 'retraction'"
        values: list[object] = [*leads, *_WISHES]
        if after is not None:
            fits = f"{fits} OR (direction = ? AND id > ?)"
            values += [Direction.IN.value, after]
        rows = self._record.rows(f"lead IN ({marks(leads)}) AND ({fits}) ORDER BY id", *values)
        return standing_entries(entry_of(each) for each in rows)

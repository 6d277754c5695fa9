"""Where leads come from: those of which nothing tells it, and the sources that are known."""

from __future__ import annotations

import peewee as pw

from leaddesk.doors.store.database import Database
from leaddesk.words.lead import Certainty
from leaddesk.words.states import Outcome

_ONLY_MAILBOX = '{"mailbox":'
"""How the evidence begins that tells only where a mail landed; a second fact would follow a comma."""


class Sources:
    """Questions about sources."""

    def __init__(self, database: Database) -> None:
        self._db = database
        self._t = database.tables

    def unknown(self, limit: int) -> list[int]:
        """Leads of which nothing tells where they found us, the newest first; no leads are left out.

        The rule is `rules.sources.tells_nothing`, said in SQL so that an index can answer.
        """
        lead = self._t.lead
        evidence = pw.SQL("source_evidence")
        starts_so = pw.fn.substr(evidence, 1, len(_ONLY_MAILBOX)) == _ONLY_MAILBOX
        has_one = pw.fn.replace(evidence, '","', "") == evidence
        by_way_only = (evidence == "{}") | (starts_so & has_one)
        query = (
            lead.select(lead.id)
            .where(pw.SQL("source_certainty IN ('unknown', 'derived')"))
            .where(by_way_only, lead.outcome != Outcome.NOT_A_LEAD.value, lead.merged_into.is_null())
            .order_by(lead.opened_at.desc())
        )
        with self._db.session():
            return [row.id for row in query.limit(limit)]

    def named(self, limit: int) -> list[str]:
        """The sources that somebody stated, those of the most leads first, for choosing one."""
        lead = self._t.lead
        count = pw.fn.count(lead.id)
        query = (
            lead.select(lead.source_text)
            .where(lead.source_certainty.in_([Certainty.STATED.value, Certainty.ASKED.value]))
            .group_by(lead.source_text)
            .order_by(count.desc(), lead.source_text)
        )
        with self._db.session():
            return [row.source_text for row in query.limit(limit)]

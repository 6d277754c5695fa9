"""Leads as they were at another time: the same fold, cut there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from leaddesk.doors.store import Store
from leaddesk.rules.fold import at_moment, fold
from leaddesk.words.lead import Lead


def as_of(lead: Lead, at: datetime) -> Lead:
    """The lead as its record stood at `at`."""
    return replace(
        lead,
        state=at_moment(fold(lead.enquiries, lead.record, at), at),
        enquiries=tuple(e for e in lead.enquiries if e.received_at <= at) or lead.enquiries[:1],
        record=tuple(e for e in lead.record if e.at <= at),
    )


def leads_as_of(store: Store, at: datetime) -> Iterator[Lead]:
    """Every lead that was there at `at`, as it was then. Reads the whole record: for reports only."""
    for lead in store.leads.opened_by(at):
        yield as_of(lead, at)

"""Leads as they were at another time: the same fold, cut there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime

from leaddesk.doors.store import Store
from leaddesk.rules.cadence.course import course_of
from leaddesk.rules.cadence.wording import with_step
from leaddesk.rules.fold import at_moment, fold
from leaddesk.words.cadence import Calendar
from leaddesk.words.lead import Lead


def as_of(lead: Lead, at: datetime, calendar: Callable[[], Calendar]) -> Lead:
    """The lead as its record stood at `at`; its plan as the hours of today have it."""
    enquiries = tuple(e for e in lead.enquiries if e.received_at <= at) or lead.enquiries[:1]
    record = tuple(e for e in lead.record if e.at <= at)
    state = fold(lead.enquiries, lead.record, at)
    course = course_of(enquiries, record, state.outcome, lead.reach, calendar)
    return replace(
        lead,
        state=with_step(at_moment(state, at), course, at),
        enquiries=enquiries,
        record=record,
        course=course,
    )


def leads_as_of(store: Store, at: datetime) -> Iterator[Lead]:
    """Every lead that was there at `at`, as it was then. Reads the whole record: for reports only."""
    for lead in store.leads.opened_by(at):
        yield as_of(lead, at, store.calendar)

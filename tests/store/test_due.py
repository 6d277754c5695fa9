"""What is due is asked of one index; each fold of a lead writes it, and undo and joining keep it right."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from leaddesk.doors.store import Store
from leaddesk.rules.cadence.line import plan_line
from leaddesk.words.cadence import After, End, Plan, Step
from leaddesk.words.due import Way
from leaddesk.words.lead import Decision, Outcome, Source, Verb
from leaddesk.words.states import Turn
from tests.made import answered, at, decided, enquiry, person, wrote

KEYS = (("email", "n@b.example", "n@b.example"), ("phone", "+49 151 12345678", "+4915112345678"))
PLAN = Plan(
    name="Test",
    about="",
    end=End.DECIDE,
    cap_per_week=4,
    steps=(Step(After(30, "m"), Way.CALL), Step(After(1, "d"), Way.EMAIL)),
)


def opened(store: Store, minutes: float = 0) -> int:
    """A lead that enquired then, with a plan that began with it."""
    lead, made = store.leads.open(person(), Source(), enquiry(0, minutes), KEYS)
    store.leads.record(started(lead, made, minutes))
    return lead


def started(lead: int, made: int, minutes: float = 0) -> Decision:
    start = decided(0, minutes, Verb.CADENCE_STARTED, reason=PLAN.name, plan=plan_line(PLAN), enquiry=made)
    return replace(start, lead=lead, by=None)


def said(store: Store, lead: int, minutes: float) -> int:
    return store.leads.record(replace(answered(0, minutes), lead=lead))


def test_a_step_is_due_once_its_time_has_come(store: Store) -> None:
    lead = opened(store)
    said(store, lead, 5)
    assert store.due.by(at(29), 10) == []
    (due,) = store.due.by(at(30), 10)
    assert (due.lead, due.step.way, due.step.at) == (lead, Way.CALL, at(30))
    assert (due.step.number, due.step.of, due.step.day) == (1, 3, 0)


def test_the_next_due_time_is_the_first_after_a_moment(store: Store) -> None:
    for minutes in (0, 10, 20):
        said(store, opened(store, minutes), minutes + 1)
    assert store.due.next_due(at(30)) == at(40)
    assert store.due.next_due(at(51)) is None
    assert [each.step.at for each in store.due.fallen(at(30), at(50))] == [at(40), at(50)]


def test_a_step_that_is_due_stands_in_the_queue_as_ours(store: Store) -> None:
    lead = opened(store)
    said(store, lead, 5)
    assert store.waiting.counts(at(29)).total == 0
    (row,) = store.waiting.stepped(at(31), 10)
    assert (row.lead, row.turn, row.since) == (lead, Turn.OURS, at(30))
    counts = store.waiting.counts(at(31))
    assert (counts.total, counts.new, counts.oldest) == (1, 0, at(30))


def test_an_unanswered_enquiry_stands_there_once(store: Store) -> None:
    opened(store)
    assert store.waiting.stepped(at(31), 10) == []
    assert store.waiting.counts(at(31)).total == 1


def test_who_is_put_off_is_not_due(store: Store) -> None:
    lead = opened(store)
    said(store, lead, 5)
    store.leads.record(replace(decided(0, 6, Verb.SNOOZED, until=at(60)), lead=lead))
    assert store.waiting.stepped(at(45), 10) == [] == store.due.by(at(45), 10)
    (row,) = store.waiting.reminded(at(61), 10)
    assert row.step is not None
    assert (row.step.way, row.since) == (Way.CALL, at(60))
    assert store.waiting.counts(at(61)).total == 1


def test_their_word_ends_it_and_undoing_a_close_brings_it_back(store: Store) -> None:
    lead = opened(store)
    said(store, lead, 5)
    close = replace(decided(0, 10, Verb.CLOSED, outcome=Outcome.LOST), lead=lead)
    made = store.leads.record(close)
    assert store.due.by(at(31), 10) == []
    store.leads.take_back(replace(close, id=made), "Ann", at(11))
    assert len(store.due.by(at(31), 10)) == 1
    store.leads.record(replace(wrote(0, 20), lead=lead))
    assert store.due.by(at(31), 10) == []


def test_a_lead_that_another_goes_on_for_is_not_due(store: Store) -> None:
    one, other = opened(store), opened(store, 1)
    for lead in (one, other):
        said(store, lead, 5)
    store.leads.record(replace(decided(0, 10, Verb.MERGED, other=other), lead=one))
    assert [each.lead for each in store.due.by(at(60), 10)] == [other]


def test_the_row_says_what_the_record_says(store: Store) -> None:
    """Read whole, the lead has the course that its row has."""
    lead = opened(store)
    said(store, lead, 5)
    found = store.leads.get(lead)
    assert found is not None
    assert found.course is not None
    (due,) = store.due.by(at(60), 10)
    assert (found.course.at, found.course.step, found.course.way) == (due.step.at, 1, Way.CALL)
    assert found.course.plan == PLAN
    store.leads.refold(lead)
    assert store.due.by(at(60), 10) == [due]


def test_those_with_a_step_to_come_can_be_gone_through(store: Store) -> None:
    leads = [opened(store, n) for n in range(3)]
    assert store.due.running(0, 2) == leads[:2]
    assert store.due.running(leads[1], 2) == leads[2:]
    assert at(0) + timedelta(minutes=30) == store.due.next_due(at(0))


def test_a_plan_that_begins_with_its_enquiry_is_folded_as_all_else(store: Store) -> None:
    lead, made = store.leads.open(person(), Source(), enquiry(0, 0), KEYS)
    store.leads.begin_plan(started(lead, made))
    begun = store.leads.head(lead)
    store.leads.refold(lead)
    assert begun is not None
    assert begun.step is not None
    assert begun == store.leads.head(lead)

"""Joined leads: links in the record, read as one lead, and taken apart again without a trace."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leaddesk.doors.store import Store
from leaddesk.words.lead import Decision, Entry, Lead, Outcome, Source, Standing, Turn, Verb
from leaddesk.words.news import LeadChanged
from leaddesk.words.outgoing import Draft
from tests.made import START, account, answered, at, decided, enquiry, person, wrote
from tests.store.conftest import Home


def opened(store: Store, name: str, minutes: float = 0) -> int:
    email = f"{name.lower()}@b.example"
    keys = [("email", email, email)]
    return store.leads.open(person(name), Source("Phone"), enquiry(minutes=minutes, message=name), keys)[0]


def got(store: Store, lead: int) -> Lead:
    found = store.leads.get(lead)
    assert found is not None
    return found


def join(store: Store, lead: int, into: int, minutes: float = 30) -> int:
    return store.leads.record(decided(0, minutes, Verb.MERGED, lead=lead, other=into))


def entry(store: Store, lead: int, number: int) -> Entry:
    return next(each for each in got(store, lead).record if each.id == number)


def dump(store: Store) -> dict[str, Any]:
    """All rows that the records are folded into."""
    t = store.database.tables
    return {
        "leads": list(t.lead.select().order_by(t.lead.id).dicts()),
        "enquiries": list(t.enquiry.select().order_by(t.enquiry.id).dicts()),
        "texts": list(
            t.lead_text.select(t.lead_text.lead, t.lead_text.body).order_by(t.lead_text.lead).dicts()
        ),
    }


@pytest.fixture
def two(store: Store) -> tuple[int, int]:
    return opened(store, "Ngozi"), opened(store, "Eze", 5)


def test_both_are_read_through_the_one_that_goes_on(store: Store, two: tuple[int, int]) -> None:
    old, new = two
    join(store, new, old)
    for number in two:
        lead = got(store, number)
        assert (lead.id, lead.person.name, lead.joined) == (old, "Ngozi", (new,))
        assert lead.person.emails == ("ngozi@b.example", "eze@b.example")
        assert [each.message for each in lead.enquiries] == ["Ngozi", "Eze"]
    assert store.leads.with_address(["eze@b.example"]) == [old]
    assert [number for number, _ in store.search.find(["eze"], 5)] == [old]


def test_only_the_one_that_goes_on_waits_and_one_answer_is_for_both(
    store: Store, two: tuple[int, int]
) -> None:
    old, new = two
    join(store, new, old)
    assert [row.lead for row in store.waiting.oldest(at(60), 9)] == [old]
    store.leads.record(answered(0, 40, lead=old))
    assert store.waiting.oldest(at(60), 9) == []
    timed = store.figures.received(at(-1), at(99))
    assert [(each.lead, each.standing) for each in timed] == [(old, Standing.ANSWERED)] * 2


def test_what_is_recorded_for_either_goes_to_both(store: Store, two: tuple[int, int]) -> None:
    old, new = two
    join(store, new, old)
    told: list[int] = []
    store.on_commit(lambda news: told.extend(n.lead for n in news if isinstance(n, LeadChanged)))
    store.leads.record(wrote(0, 50, lead=new, text="One more thing"))
    assert got(store, old).wants == "One more thing"
    assert set(told) == {old, new}


def test_taken_apart_everything_is_as_it_was(store: Store, two: tuple[int, int]) -> None:
    old, new = two
    before = dump(store)
    made = join(store, new, old)
    assert dump(store) != before
    store.leads.take_back(entry(store, old, made), "Ann", at(31))
    assert dump(store) == before
    assert (got(store, old).id, got(store, new).id) == (old, new)


def test_a_chain_ends_at_one_and_breaks_where_it_is_taken_apart(store: Store) -> None:
    one, two, three = (opened(store, name) for name in ("Ann", "Bob", "Eve"))
    join(store, one, two)
    second = join(store, two, three)
    assert [got(store, number).id for number in (one, two, three)] == [three] * 3
    store.leads.take_back(entry(store, three, second), "Ann", at(31))
    assert [got(store, number).id for number in (one, two, three)] == [two, two, three]


def test_two_desks_that_join_each_into_the_other_leave_one(store: Store, two: tuple[int, int]) -> None:
    old, new = two
    join(store, new, old)
    join(store, old, new)
    assert [got(store, number).id for number in two] == [old, old]


def test_a_reply_to_the_one_that_was_joined_is_the_others_too(store: Store, two: tuple[int, int]) -> None:
    old, new = two
    box = store.accounts.add(account()).id
    draft = store.outbox.save_draft(
        Draft(
            lead=new,
            outgoing=None,
            account=box,
            to=("eze@b.example",),
            cc=(),
            subject="",
            body="Yes",
            from_address="ann@lofts.example",
        ),
        None,
    )
    join(store, new, old)
    kept = store.outbox.draft_of(old)
    assert kept is not None
    assert (kept.id, kept.lead) == (draft.id, old)
    store.outbox.queue(kept.id, raw=b"", message_id="<m@x>", body_hash="", by="Ann", not_before=START)
    head = store.leads.head(new)
    assert head is not None
    assert (head.name, head.outbox) == ("Ngozi", "going")


def test_the_address_tells_whose_a_mail_stays_when_they_are_taken_apart(
    store: Store, two: tuple[int, int]
) -> None:
    old, new = two
    join(store, new, old)
    assert store.leads.owner(old, ["eze@b.example"]) == new
    assert store.leads.owner(new, ["ngozi@b.example"]) == old
    assert store.leads.owner(old, ["somebody@else.example"]) == old


def test_reports_read_joined_leads_as_one(store: Store) -> None:
    leads = [opened(store, name) for name in ("Ann", "Bob", "Eve")]
    join(store, leads[0], leads[2])
    read = {lead.id: lead for lead in store.leads.opened_by(at(60))}
    assert set(read) == set(leads[1:])
    assert read[leads[2]] == got(store, leads[2])


def test_an_import_keeps_whom_somebody_was_joined_with(store: Store, two: tuple[int, int]) -> None:
    """Nothing happened with the imported lead itself, but another's history hangs on it."""
    old, new = two
    batch = store.imports.begin("people.csv", START, "Ann")
    t = store.database.tables
    t.lead.update(import_batch=batch).where(t.lead.id == old).execute()
    store.imports.finish(batch, 1, 0)
    join(store, new, old)
    assert store.imports.undo(batch, at(60)).kept == 1


_DEEDS = ("write", "answer", "close", "snooze", "out")
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("join"), st.integers(0, 3), st.integers(0, 3)),
        st.tuples(st.just("apart"), st.integers(0, 3), st.just(0)),
        st.tuples(st.sampled_from(_DEEDS), st.integers(0, 3), st.just(0)),
    ),
    max_size=10,
)  # fmt: skip


@given(STEPS)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_lead_is_lost_and_the_rows_are_what_the_records_say(
    sqlite_home: Home, steps: list[tuple[str, int, int]]
) -> None:
    store = sqlite_home.open()
    with store.session():
        leads = [opened(store, name) for name in ("Ann", "Bob", "Eve", "Kim")]
        for place, (step, one, other) in enumerate(steps):
            _take(store, step, leads[one], leads[other], 10 + place)
        heads = {store.leads.head_of(lead) for lead in leads}
        assert all(store.leads.head_of(head) == head for head in heads)
        read = [number for head in heads for number in (head, *got(store, head).joined)]
        assert sorted(read) == sorted(leads)
        rows = dump(store)
        for lead in leads:
            store.leads.refold(lead)
        assert dump(store) == rows


def _take(store: Store, step: str, one: int, other: int, minutes: float) -> None:
    """One step; joining and taking apart as `desk.same` does it."""
    head, into = store.leads.head_of(one), store.leads.head_of(other)
    match step:
        case "join" if head != into:
            join(store, head, into, minutes)
        case "apart":
            links = [e for e in got(store, one).record if isinstance(e, Decision) and e.verb is Verb.MERGED]
            for link in links:
                store.leads.take_back(link, "Ann", at(minutes))
        case "write":
            store.leads.record(wrote(0, minutes, lead=one))
        case "answer":
            store.leads.record(answered(0, minutes, lead=one))
        case "close":
            store.leads.record(decided(0, minutes, Verb.CLOSED, lead=one, outcome=Outcome.LOST))
        case "snooze":
            store.leads.record(decided(0, minutes, Verb.SNOOZED, lead=one, until=at(500)))
        case "out":
            store.leads.record(decided(0, minutes, Verb.JUDGED_OUT, lead=one))


def test_a_lead_that_goes_on_for_others_is_ours_while_one_of_them_waits(
    store: Store, two: tuple[int, int]
) -> None:
    old, new = two
    store.leads.record(decided(0, 10, Verb.CLOSED, lead=old, outcome=Outcome.LOST))
    join(store, new, old)
    assert (got(store, old).state.outcome, got(store, old).state.turn) == (Outcome.OPEN, Turn.OURS)

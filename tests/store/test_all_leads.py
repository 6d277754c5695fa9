"""The table of everybody: each lead once, in order, whatever it is cut down by; and nobody who was joined."""

from __future__ import annotations

import itertools
from datetime import timedelta
from typing import Any

import pytest

from leaddesk.doors.store import Store
from leaddesk.rules.find import needles
from leaddesk.words.all_leads import After, Listed, Only, Sort, SortBy
from leaddesk.words.lead import Channel, Outcome, Reached, Source, Verb
from leaddesk.words.states import UNTIL_THEY_REPLY
from tests.made import answered, at, called, decided, enquiry, person, took_back, wrote

EVERY_ORDER = [Sort(by, down) for by, down in itertools.product(SortBy, (False, True))]
PHONE = Source("Phone")
NEWEST_LAST = Sort(SortBy.WROTE, down=False)


def new(store: Store, name: str, minutes: float = 0, source: Source = PHONE, **more: Any) -> int:
    keys = [("email", f"{name}@b.example", f"{name}@b.example"), ("phone", "07700 900123", "+447700900123")]
    return store.leads.open(person(name), source, enquiry(minutes=minutes, **more), keys)[0]


def all_rows(store: Store, sort: Sort, only: Only | None = None, limit: int = 3) -> list[Listed]:
    """Everybody, window after window."""
    only = only or Only()
    rows: list[Listed] = []
    after: After | None = None
    while True:
        found, after = store.all_leads.window(only, needles(only.words), sort, after, limit)
        rows += found
        if after is None:
            return rows
        assert len(found) == limit


def names(store: Store, sort: Sort, only: Only | None = None) -> list[str]:
    return [row.name for row in all_rows(store, sort, only)]


@pytest.fixture
def crowd(store: Store) -> Store:
    """Eleven leads, of which many are alike in what they can be sorted by."""
    sources = (PHONE, Source("Website: prices"), PHONE)
    leads = [new(store, f"N{n % 4}", n // 3, sources[n % 3], message=f"loft {n}") for n in range(11)]
    for lead in leads[::2]:
        store.leads.record(answered(0, 40, lead=lead))
    for lead, outcome in zip(leads[::4], (Outcome.WON, Outcome.LOST, Outcome.WON), strict=True):
        store.leads.record(decided(0, 50, Verb.CLOSED, lead=lead, outcome=outcome))
    return store


def test_windows_tell_everybody_once_and_in_order(crowd: Store) -> None:
    for sort in EVERY_ORDER:
        whole, _ = crowd.all_leads.window(Only(), [], sort, None, 100)

        assert len(whole) == 11
        assert all_rows(crowd, sort) == whole
        turned = all_rows(crowd, Sort(sort.by, not sort.down))
        assert [row.lead for row in turned] == [row.lead for row in reversed(whole)]


@pytest.mark.parametrize("words", ["", "loft", "loft 10", "kitchen"])
def test_what_is_cut_down_is_the_rest_in_the_same_order(crowd: Store, words: str) -> None:
    holding = {lead for lead, _ in crowd.search.find(needles(words), 100)} if words else None
    for sort, outcome, source in itertools.product(
        EVERY_ORDER, (None, Outcome.OPEN, Outcome.WON, Outcome.NOT_A_LEAD), (None, "Phone", "Nowhere")
    ):
        assert all_rows(crowd, sort, Only(outcome, source, words)) == [
            row
            for row in all_rows(crowd, sort, limit=100)
            if outcome in (None, row.outcome) and source in (None, row.source)
            if holding is None or row.lead in holding
        ]


def test_names_are_sorted_as_people_sort_them(store: Store) -> None:
    for name in ("Zoe", "özil", "Adam", "Oz"):
        new(store, name)

    assert names(store, Sort(SortBy.NAME, down=False)) == ["Adam", "Oz", "özil", "Zoe"]
    store.leads.rename(1, "Bea", "")
    assert names(store, Sort(SortBy.NAME, down=False)) == ["Adam", "Bea", "Oz", "özil"]


def test_who_had_no_reply_waited_longest(store: Store) -> None:
    for name, minutes in (("quick", 2), ("slow", 600), ("never", None), ("later", 30)):
        lead = new(store, name)
        if minutes is not None:
            store.leads.record(answered(0, minutes, lead=lead))

    assert names(store, Sort(SortBy.REPLY, down=False)) == ["quick", "later", "slow", "never"]
    told = [row.replied_after for row in all_rows(store, Sort(SortBy.REPLY, down=True))]
    assert told == [None, timedelta(hours=10), timedelta(minutes=30), timedelta(minutes=2)]


def test_a_reply_that_is_taken_back_is_none(store: Store) -> None:
    lead = new(store, "Ann")
    call = store.leads.record(called(0, 5, Reached.REACHED, lead=lead))
    assert all_rows(store, Sort())[0].replied_after == timedelta(minutes=5)

    store.leads.record(took_back(0, 6, call))

    assert all_rows(store, Sort())[0].replied_after is None


def test_the_last_touch_is_of_either_side(store: Store) -> None:
    first, second, third = (new(store, name) for name in ("first", "second", "third"))
    store.leads.record(answered(0, 10, lead=second))
    store.leads.record(wrote(0, 20, lead=first))
    store.leads.record(answered(0, 5, lead=third, channel=Channel.CALL))

    rows = all_rows(store, Sort(SortBy.TOUCH, down=True))
    assert [(row.name, row.touched) for row in rows] == [
        ("first", at(20)), ("second", at(10)), ("third", at(5)),
    ]  # fmt: skip


def test_a_row_tells_its_first_address_and_number(store: Store) -> None:
    new(store, "Ann", message="A dormer,\nplease")
    (row,) = all_rows(store, Sort())

    assert (row.email, row.phone, row.wants) == ("Ann@b.example", "07700 900123", "A dormer, please")
    assert row.waits


def test_who_was_joined_with_another_is_no_row(store: Store) -> None:
    new(store, "Ann", message="A dormer"), new(store, "Anne", message="A roof")
    store.leads.record(decided(0, 9, Verb.MERGED, lead=2, other=1))

    assert names(store, NEWEST_LAST) == ["Ann"]
    assert store.all_leads.tally(Only(), []).everybody == 1
    assert store.all_leads.sources(9) == [("Phone", 1)]
    assert sorted(piece for piece in store.all_leads.told([1])[1] if piece) == ["A dormer", "A roof"]


def test_the_tally_counts_every_outcome_whichever_is_wanted(crowd: Store) -> None:
    everybody = {Outcome.OPEN: 8, Outcome.WON: 2, Outcome.LOST: 1}
    tally = crowd.all_leads.tally(Only(Outcome.WON), [])
    assert (dict(tally.by_outcome), tally.leads, tally.everybody) == (everybody, 11, 11)

    cut = crowd.all_leads.tally(Only(None, "Website: prices", "loft"), needles("loft"))
    assert (cut.everybody, cut.leads, cut.of(Outcome.LOST), cut.of(None)) == (4, 11, 1, 4)


def test_the_sources_come_with_those_of_most_leads_first(crowd: Store) -> None:
    assert crowd.all_leads.sources(9) == [("Phone", 7), ("Website: prices", 4)]
    assert crowd.all_leads.sources(1) == [("Phone", 7)]


def test_a_very_long_source_is_cut_down_by_as_well(store: Store) -> None:
    new(store, "Ann", 0, Source("x" * 4000)), new(store, "Bea", 1)

    assert sorted(store.all_leads.sources(9)) == [("Phone", 1), ("x" * 100, 1)]
    assert names(store, NEWEST_LAST, Only(source="x" * 4000)) == ["Ann"]


def test_what_was_taken_back_is_not_told(store: Store) -> None:
    lead = new(store, "Ann", fields={"Budget": "nine thousand"}, message="m" * 5000)
    note = store.leads.record(decided(0, 3, Verb.NOTED, lead=lead, reason="has a dachshund"))
    assert store.all_leads.told([lead])[lead] == ["m" * 4000, "", "nine thousand", "has a dachshund", ""]

    store.leads.record(took_back(0, 4, note))

    assert "has a dachshund" not in store.all_leads.told([lead])[lead]


def test_many_that_hold_a_word_are_found_as_few_are(crowd: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    few = all_rows(crowd, NEWEST_LAST, Only(words="loft 10"))
    monkeypatch.setattr("leaddesk.doors.store.all_leads._FEW", 0)

    assert all_rows(crowd, NEWEST_LAST, Only(words="loft 10")) == few
    assert [row.wants for row in few] == ["loft 10"]


def test_the_columns_of_the_table_are_folded_from_the_record(crowd: Store) -> None:
    before = all_rows(crowd, NEWEST_LAST)
    with crowd.transaction():
        for row in before:
            crowd.leads.refold(row.lead)

    assert all_rows(crowd, NEWEST_LAST) == before


def test_nothing_scheduled_is_who_nothing_brings_back(store: Store) -> None:
    forgotten, waits, put_off, asleep, closed = (new(store, name) for name in "FWPAC")
    for lead in (forgotten, put_off, asleep, closed):
        store.leads.record(answered(0, 10, lead=lead))
    store.leads.record(decided(0, 20, Verb.SNOOZED, lead=put_off, until=at(1000)))
    store.leads.record(decided(0, 20, Verb.SNOOZED, lead=asleep, until=UNTIL_THEY_REPLY))
    store.leads.record(decided(0, 20, Verb.CLOSED, lead=closed, outcome=Outcome.WON))
    assert waits  # in the queue: nobody's to forget
    only = Only(unscheduled=True)
    assert {row.lead for row in all_rows(store, NEWEST_LAST, only)} == {forgotten, asleep}
    assert store.all_leads.tally(Only(), []).unscheduled == store.all_leads.unscheduled() == 2
    store.leads.record(wrote(0, 30, lead=forgotten))
    assert store.all_leads.unscheduled() == 1

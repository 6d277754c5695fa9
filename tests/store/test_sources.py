"""Leads without a source are listed, and a person's word on one is folded, counted and taken back."""

from __future__ import annotations

from dataclasses import replace

import pytest

from leaddesk.doors.store import Store
from leaddesk.rules.sources import said
from leaddesk.words.lead import Certainty, Decision, Source, Verb
from tests.made import START, at, decided, enquiry, person, took_back

MAILED = Source("Email to info@lofts.example", Certainty.DERIVED, {"mailbox": "info@lofts.example"})
PORTAL = Source("Portal: Trades", Certainty.DERIVED, {"vendor": "Trades"})
PAGE = Source("Website: prices page", Certainty.STATED, {"page_url": "https://lofts.example/prices"})
TWO_FACTS = Source("Email to a", Certainty.DERIVED, {"mailbox": "a@b.example", "first_touch": "x"})


def opened(store: Store, source: Source, minutes: int = 0) -> int:
    asking = enquiry(minutes=minutes, source=source)
    return store.leads.open(person("Ngozi"), source, asking, [])[0]


def told(lead: int, text: str = "A neighbour") -> Decision:
    return replace(decided(0, 9, Verb.SOURCED, reason=text), lead=lead)


def test_only_leads_that_tell_nothing_are_listed_the_newest_first(store: Store) -> None:
    old = opened(store, Source(), 1)
    opened(store, PORTAL, 2)
    opened(store, PAGE, 3)
    opened(store, TWO_FACTS, 4)
    new = opened(store, MAILED, 5)
    assert store.sources.unknown(10) == [new, old]
    assert store.sources.unknown(1) == [new]
    store.leads.record(replace(decided(0, 9, Verb.JUDGED_OUT), lead=old))
    assert store.sources.unknown(10) == [new]


def test_a_persons_word_is_the_source_of_lead_and_figures_until_it_is_taken_back(store: Store) -> None:
    lead = opened(store, MAILED)
    entry = store.leads.record(told(lead))
    found = store.leads.get(lead)
    assert found is not None
    assert (found.source, found.enquiries[0].source) == (said("A neighbour"), said("A neighbour"))
    assert [one.source for one in store.figures.received(START, at(60))] == ["A neighbour"]
    assert store.sources.unknown(10) == []
    assert store.sources.named(5) == ["A neighbour"]
    store.leads.record(replace(took_back(0, 10, entry), lead=lead))
    found = store.leads.get(lead)
    assert found is not None
    assert (found.source, found.enquiries[0].source) == (MAILED, MAILED)
    assert store.sources.unknown(10) == [lead]


@pytest.mark.parametrize("source", [PAGE, PORTAL])
def test_what_a_mail_itself_tells_is_not_overwritten(store: Store, source: Source) -> None:
    lead = opened(store, source)
    store.leads.record(told(lead))
    found = store.leads.get(lead)
    assert found is not None
    assert (found.source, found.enquiries[0].source) == (source, source)


def test_the_last_word_counts(store: Store) -> None:
    lead = opened(store, MAILED)
    store.leads.record(told(lead))
    store.leads.record(told(lead, "The town's fair"))
    found = store.leads.get(lead)
    assert found is not None
    assert found.source.text == "The town's fair"

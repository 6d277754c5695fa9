"""Leads: whatever is recorded, the row is what the fold makes of the record."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leaddesk.doors.store import Store
from leaddesk.doors.store.lead_row import findable, last_words
from leaddesk.rules.find import search_text
from leaddesk.rules.fold import fold
from leaddesk.words.lead import (
    Certainty,
    Channel,
    Entry,
    Lead,
    Outcome,
    Person,
    Reached,
    Source,
    Standing,
    Touch,
    Turn,
    Verb,
    What,
)
from leaddesk.words.news import LeadChanged, News
from tests.made import START, answered, at, called, decided, enquiry, person, raw_mail, took_back, wrote

KEYS = [("email", "Ngozi@Example.org", "ngozi@example.org"), ("phone", "07700 900123", "+447700900123")]


def opened(store: Store, **more: Any) -> int:
    lead, _ = store.leads.open(person(), Source("Website: pricing page"), enquiry(**more), KEYS)
    return lead


def got(store: Store, lead: int) -> Lead:
    found = store.leads.get(lead)
    assert found is not None
    return found


def row_of(store: Store, lead: int) -> dict[str, Any]:
    """The stored columns of the lead, of its enquiries and of its search text."""
    t = store.database.tables
    with store.session():
        row: dict[str, Any] = next(iter(t.lead.select().where(t.lead.id == lead).dicts()))
        enquiries = t.enquiry.select().where(t.enquiry.lead == lead)
        row["enquiries"] = [
            (e.id, e.standing, e.first_response_at)
            for e in enquiries.order_by(t.enquiry.received_at, t.enquiry.id)
        ]
        row["text"] = t.lead_text.get(t.lead_text.lead == lead).body
    return row


def folded_row(store: Store, lead: int) -> dict[str, Any]:
    """The same, made from the record alone."""
    found = got(store, lead)
    state = asdict(fold(found.enquiries, found.record))
    t = store.database.tables
    with store.session():
        addresses = t.address.select().where(t.address.lead == lead).order_by(t.address.id)
        keys = [(a.kind, a.value, a.key) for a in addresses]
    whom = findable(found.person.name, found.person.company, keys)
    return {
        **{name: value for name, value in state.items() if name != "enquiries"},
        "opened_at": min(e.received_at for e in found.enquiries),
        "wants": last_words(found.enquiries, found.record, found.state),
        "enquiries": [
            (e["enquiry"], e["standing"].value, (e["first_response"] or {}).get("at"))
            for e in state["enquiries"]
        ],
        "text": search_text(whom, found.enquiries, found.record),
    }


def assert_row_is_fold(store: Store, lead: int) -> None:
    row, expected = row_of(store, lead), folded_row(store, lead)
    assert {name: row[name] for name in expected} == expected


# -- what comes back is what went in


def test_a_lead_comes_back_as_it_was_opened(store: Store) -> None:
    source = Source("Google Ads: spring", Certainty.STATED, {"utm_source": "google", "Größe": "ä"})
    asking = enquiry(
        submitted_at=at(-1), seen_at=at(2), subject="Loft", message="Hi ☃\nYes", fields={"b": "2", "a": "1"},
        source=source, quiet=True, channel=Channel.FORM,
    )  # fmt: skip
    lead, number = store.leads.open(person(company="Eze & Co"), source, asking, KEYS)
    found = got(store, lead)

    assert found.person == Person(
        name="Ngozi Eze", company="Eze & Co", emails=("Ngozi@Example.org",), phones=("07700 900123",)
    )
    assert found.source == source
    (back,) = found.enquiries
    assert (back.id, back.lead, back.submitted_at, back.received_at, back.seen_at) == (
        number, lead, at(-1), at(0), at(2),
    )  # fmt: skip
    assert (back.subject, back.message, dict(back.fields)) == ("Loft", "Hi ☃\nYes", {"b": "2", "a": "1"})
    assert list(back.fields) == ["b", "a"]
    assert (back.source, back.quiet, back.channel) == (source, True, Channel.FORM)
    (touch,) = found.record
    assert isinstance(touch, Touch)
    assert (touch.enquiry, touch.at, touch.text, touch.by) == (number, at(0), "Hi ☃\nYes", None)
    assert (found.state.turn, found.state.what, found.wants) == (Turn.OURS, What.NEW, "Hi ☃ Yes")


@pytest.mark.parametrize(
    "entry",
    [
        called(0, 5, Reached.VOICEMAIL, text="left word", automatic=False),
        wrote(0, 6, automatic=True, by=None),
        decided(0, 7, Verb.SNOOZED, until=at(100), reason="on holiday"),
        decided(0, 8, Verb.CLOSED, outcome=Outcome.NO_RESPONSE, reason="silence"),
        decided(0, 8, Verb.JUDGED_OUT, enquiry=1),
        decided(0, 8, Verb.NOTED, reason="a % _ \\ note"),
        took_back(0, 9, 1),
    ],
    ids=lambda entry: type(entry).__name__,
)
def test_an_entry_comes_back_as_it_was_recorded(store: Store, entry: Entry) -> None:
    lead = opened(store)

    number = store.leads.record(entry)

    assert lead == 1
    (back,) = [e for e in got(store, lead).record if e.id == number]
    assert asdict(back) == {**asdict(entry), "id": number}


def test_a_lead_that_is_not_there_is_none(store: Store) -> None:
    assert store.leads.get(7) is None
    assert store.leads.head(7) is None


def test_a_head_is_the_row_without_the_record(store: Store) -> None:
    lead = opened(store)
    head = store.leads.head(lead)

    assert head is not None
    assert (head.name, head.outcome, head.since, head.source) == (
        "Ngozi Eze", Outcome.OPEN, at(0), "Website: pricing page",
    )  # fmt: skip


def test_wants_is_the_last_word_of_theirs_on_one_line(store: Store) -> None:
    lead = opened(store, message="", subject="Loft\r\n conversion")
    assert got(store, lead).wants == "Loft conversion"

    store.leads.record(wrote(0, 5, text="And a  dormer\n\n" + "x" * 900))
    store.leads.record(wrote(0, 9, text="I am away", automatic=True))

    wants = got(store, lead).wants
    assert wants.startswith("And a dormer x")
    assert len(wants) == 200
    assert row_of(store, lead)["wants"] == wants


def test_leads_opened_by_a_time(store: Store) -> None:
    early, late = opened(store, minutes=0), opened(store, minutes=60)

    assert [lead.id for lead in store.leads.opened_by(at(0))] == [early]
    assert [lead.id for lead in store.leads.opened_by(at(60))] == [early, late]


# -- news


def test_each_deed_tells_which_lead_changed(store: Store) -> None:
    heard: list[News] = []
    store.on_commit(heard.extend)
    lead = opened(store)
    deeds: list[News] = [LeadChanged(at=START, lead=lead)]
    assert heard == deeds

    store.leads.record(wrote(0, 5))
    store.leads.rename(lead, "Ngozi", "")
    store.leads.add_addresses(lead, [("email", "n@b.example", "n@b.example")])

    assert heard == deeds * 4


# -- addresses


def test_further_addresses_reach_the_lead_and_find_it(store: Store) -> None:
    lead = opened(store)

    store.leads.add_addresses(lead, [*KEYS, ("phone", "01632 960001", "+441632960001"), ("email", "", "")])

    found = got(store, lead)
    assert found.person.phones == ("07700 900123", "01632 960001")
    assert found.person.emails == ("Ngozi@Example.org",)
    assert [lead for lead, _ in store.search.find(["+441632960001"], 5)] == [lead]
    assert_row_is_fold(store, lead)


def test_known_addresses_again_change_and_tell_nothing(store: Store) -> None:
    lead = opened(store)
    heard: list[News] = []
    store.on_commit(heard.extend)

    store.leads.add_addresses(lead, KEYS)
    store.leads.add_addresses(lead, [])

    assert heard == []
    assert got(store, lead).person.phones == ("07700 900123",)


def test_leads_are_found_by_address_the_newest_first(store: Store) -> None:
    first, second = opened(store), opened(store)

    assert store.leads.with_address(["+447700900123", "ngozi@example.org"]) == [second, first]
    assert store.leads.with_address(["nobody@example.org"]) == []
    assert store.leads.with_address([]) == []


# -- undo


def test_the_last_deed_is_the_newest_thing_a_person_did_that_stands(store: Store) -> None:
    lead, other = opened(store), opened(store)
    assert store.leads.last_deed() is None

    call = store.leads.record(called(0, 5, Reached.REACHED))
    store.leads.record(wrote(0, 6))
    close = store.leads.record(decided(0, 7, Verb.CLOSED, outcome=Outcome.WON))
    note = store.leads.record(decided(0, 8, Verb.NOTED, lead=other, reason="x"))

    for expected in (note, close, call):
        deed = store.leads.last_deed()
        assert deed is not None
        assert deed.id == expected
        store.leads.take_back(deed, "Ann", at(9))
    assert store.leads.last_deed() is None
    assert got(store, lead).state.outcome is Outcome.OPEN


def test_the_last_deed_of_one_lead_looks_at_no_other(store: Store) -> None:
    lead, other = opened(store), opened(store)
    store.leads.record(decided(0, 8, Verb.NOTED, lead=other, reason="x"))

    assert store.leads.last_deed(lead) is None
    assert store.leads.last_deed(other) is not None


def test_a_reply_found_in_sent_is_no_deed_that_can_be_taken_back(store: Store) -> None:
    opened(store)
    mail = store.mails.keep(raw_mail())

    store.leads.record(answered(0, 5, mail=mail))

    assert store.leads.last_deed() is None


def test_an_enquiry_that_was_entered_by_mistake_can_be_taken_back(store: Store) -> None:
    lead = opened(store)
    second = store.leads.open_enquiry(enquiry(lead=lead, minutes=30), by="Ann")
    deed = store.leads.last_deed(lead)
    assert deed is not None

    store.leads.take_back(deed, "Ann", at(31))

    states = {e.enquiry: e.standing for e in got(store, lead).state.enquiries}
    assert states[second] is Standing.NOT_A_LEAD
    assert got(store, lead).state.since == at(0)
    assert_row_is_fold(store, lead)


# -- for any record

_MINUTES = st.integers(0, 300)
_PEOPLE = st.sampled_from(["Ngozi", "Ann-Kathrin Größe", "Z"])
_TEXTS = st.sampled_from(["", "Loft?", "Ring 07700 900 123", "ÄÖ ß % _ ' \" \n second line"])
_DEEDS = st.one_of(
    st.tuples(st.just("enquiry"), _MINUTES, _TEXTS),
    st.tuples(st.just("in"), _MINUTES, _TEXTS, st.booleans()),
    st.tuples(st.just("out"), _MINUTES, _TEXTS, st.sampled_from(Reached)),
    st.tuples(st.just("close"), _MINUTES, st.sampled_from([o for o in Outcome if o is not Outcome.OPEN])),
    st.tuples(st.just("decide"), _MINUTES, st.sampled_from([Verb.REOPENED, Verb.WOKEN, Verb.GOT])),
    st.tuples(st.just("snooze"), _MINUTES, _MINUTES),
    st.tuples(st.just("judge"), _MINUTES, st.booleans()),
    st.tuples(st.just("retract"), _MINUTES, st.integers(0, 20)),
    st.tuples(st.just("rename"), _PEOPLE),
    st.tuples(st.just("address"), st.sampled_from(["a@b.example", "c@d.example"])),
)


def _do(store: Store, lead: int, deed: tuple[Any, ...]) -> None:
    match deed:
        case ("enquiry", minutes, text):
            store.leads.open_enquiry(enquiry(lead=lead, minutes=minutes, message=text))
        case ("in", minutes, text, automatic):
            store.leads.record(wrote(0, minutes, lead=lead, text=text, automatic=automatic))
        case ("out", minutes, text, reached):
            store.leads.record(called(0, minutes, reached, lead=lead, text=text))
        case ("close", minutes, outcome):
            store.leads.record(decided(0, minutes, Verb.CLOSED, lead=lead, outcome=outcome, reason="why"))
        case ("decide", minutes, verb):
            store.leads.record(decided(0, minutes, verb, lead=lead))
        case ("snooze", minutes, until):
            store.leads.record(decided(0, minutes, Verb.SNOOZED, lead=lead, until=at(until)))
        case ("judge", minutes, newest):
            which = got(store, lead).enquiries[-1].id if newest else None
            store.leads.record(decided(0, minutes, Verb.JUDGED_OUT, lead=lead, enquiry=which))
        case ("retract", minutes, place):
            record = got(store, lead).record
            store.leads.take_back(record[place % len(record)], "Ann", at(minutes))
        case ("rename", name):
            store.leads.rename(lead, name, "Lofts")
        case ("address", email):
            store.leads.add_addresses(lead, [("email", email, email)])
        case _:
            raise AssertionError(deed)


@settings(
    derandomize=True,
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],  # each example has a lead of its own
)
@given(_MINUTES, st.lists(_DEEDS, max_size=10))
def test_the_row_is_the_fold_of_its_record(store: Store, minutes: int, deeds: list[tuple[Any, ...]]) -> None:
    with store.session():
        lead = opened(store, minutes=minutes)
        for deed in deeds:
            _do(store, lead, deed)
        assert_row_is_fold(store, lead)

        before = row_of(store, lead)
        state = store.leads.refold(lead)

        assert row_of(store, lead) == before
        assert state == got(store, lead).state

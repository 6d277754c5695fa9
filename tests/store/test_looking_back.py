"""How leads were followed up, as the mistakes are judged by it."""

from __future__ import annotations

from dataclasses import replace

from leaddesk.doors.store import Store
from leaddesk.rules.mistakes import Drafted, Try, Wait
from leaddesk.words.lead import Channel, Outcome, Reached, Source, Verb
from leaddesk.words.outgoing import Draft
from tests.frozen_clock import FrozenClock
from tests.made import account, answered, at, called, decided, enquiry, person, took_back

ADDRESS = ("email", "ngozi@mail.example", "ngozi@mail.example")
NUMBER = ("phone", "07700 900123", "+447700900123")


def opened(store: Store, minutes: float, *keys: tuple[str, str, str]) -> int:
    lead, _ = store.leads.open(person(), Source("Phone"), enquiry(minutes=minutes), list(keys))
    return lead


def test_a_lead_is_told_with_its_tries_ways_and_waits(store: Store) -> None:
    lead = opened(store, 0, ADDRESS, NUMBER)
    store.leads.record(replace(answered(0, 9), lead=lead))
    store.leads.record(replace(called(0, 20, Reached.BUSY), lead=lead))
    wrong = store.leads.record(replace(answered(0, 30), lead=lead))
    store.leads.record(replace(took_back(0, 31, wrong), lead=lead))

    (found,) = store.looking_back.followed(store.figures.received(at(0), at(60)))

    assert (found.lead, found.outcome, found.asked_at, found.last_in_at) == (lead, Outcome.OPEN, at(0), at(0))
    assert found.tries == (
        Try(at(9), Channel.EMAIL, Reached.SENT),
        Try(at(20), Channel.CALL, Reached.BUSY),
    )
    assert found.ways == {Channel.EMAIL, Channel.CALL}
    assert found.waits == (Wait(at(0), at(9)),)
    assert not found.is_planned


def test_what_was_joined_is_read_through_the_lead_that_goes_on(store: Store) -> None:
    head, other = opened(store, 0, ADDRESS), opened(store, 5, NUMBER)
    store.leads.record(replace(answered(0, 9), lead=head))
    store.leads.record(replace(answered(0, 12), lead=other))
    store.leads.record(replace(decided(0, 15, Verb.MERGED, other=head), lead=other))

    (found,) = store.looking_back.followed(store.figures.received(at(0), at(60)))

    assert (found.lead, found.asked_at) == (head, at(5))
    assert [one.at for one in found.tries] == [at(9), at(12)]
    assert found.ways == {Channel.EMAIL, Channel.CALL}


def test_drafts_are_told_with_how_long_they_lay(store: Store, clock: FrozenClock) -> None:
    box, lead = store.accounts.add(account()), opened(store, 0, ADDRESS)
    began = clock.now()
    kept = store.outbox.save_draft(
        Draft(
            lead=lead, outgoing=None, account=box.id, to=("ngozi@mail.example",), cc=(), subject="Re: loft",
            body="Dear Ngozi", from_address=box.email,
        ),
        None,
    )  # fmt: skip
    assert store.looking_back.drafts([lead]) == {lead: (Drafted(began, None),)}
    ended = clock.advance(minutes=12)
    store.outbox.discard(kept.id)
    assert store.looking_back.drafts([lead]) == {lead: (Drafted(began, ended),)}


def test_names_and_whether_anybody_asked(store: Store) -> None:
    assert not store.looking_back.has_leads()
    assert store.looking_back.names([]) == {}
    lead = opened(store, 0)
    assert store.looking_back.has_leads()
    assert store.looking_back.names([lead, 99]) == {lead: "Ngozi Eze"}

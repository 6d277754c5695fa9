"""Who waits, how many, and since when."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from leaddesk.doors.store import Store, WaitingCounts
from leaddesk.words.lead import Outcome, Reached, Source, Turn, Verb, What
from leaddesk.words.outgoing import Draft
from tests.made import account, answered, at, called, decided, enquiry, person, wrote

NOW = at(1000)


def opened(store: Store, minutes: float, *record: Any) -> int:
    lead, _ = store.leads.open(person(), Source("Phone"), enquiry(minutes=minutes), [])
    for entry in record:
        store.leads.record(replace(entry, lead=lead))
    return lead


def on_its_way(store: Store, lead: int) -> int:
    accounts = store.accounts.all() or (store.accounts.add(account()),)
    draft = Draft(
        lead=lead, outgoing=None, account=accounts[0].id, to=("a@b.example",), cc=(), subject="", body="",
        from_address="ann@lofts.example",
    )  # fmt: skip
    made = store.outbox.save_draft(draft, None)
    store.outbox.queue(made.id, raw=b"", message_id=f"<{made.id}@x>", body_hash="", by="Ann", not_before=NOW)
    return made.id


def newest(store: Store, *what: What, limit: int = 50) -> list[int]:
    return [w.lead for w in store.waiting.newest(NOW, what or What, limit)]


def test_the_newest_come_first_and_the_oldest_too(store: Store) -> None:
    leads = [opened(store, minutes) for minutes in (0, 20, 10)]

    assert newest(store) == [leads[1], leads[2], leads[0]]
    assert newest(store, limit=1) == [leads[1]]
    assert [w.lead for w in store.waiting.oldest(NOW, 2)] == [leads[0], leads[2]]


def test_a_waiting_lead_is_its_row(store: Store) -> None:
    lead = opened(store, 0, decided(0, 5, Verb.GOT))
    (row,) = store.waiting.newest(NOW, What, 5)

    assert (row.lead, row.name, row.what, row.turn, row.outcome) == (
        lead, "Ngozi Eze", What.NEW, Turn.OURS, Outcome.OPEN,
    )  # fmt: skip
    assert (row.since, row.snoozed_until, row.got_at, row.source) == (at(0), None, at(5), "Phone")
    assert (row.wants, row.outbox) == ("What is a dormer?", "")


def test_only_those_that_are_ours_open_and_awake_wait(store: Store) -> None:
    new = opened(store, 0)
    reply = opened(store, 0, answered(0, 5), wrote(0, 9))
    call = opened(store, 0, called(0, 5, Reached.NO_ANSWER))
    woken = opened(store, 0, decided(0, 5, Verb.SNOOZED, until=NOW))
    opened(store, 0, answered(0, 5))
    opened(store, 0, decided(0, 5, Verb.CLOSED, outcome=Outcome.LOST))
    opened(store, 0, decided(0, 5, Verb.JUDGED_OUT))
    asleep = opened(store, 0, decided(0, 5, Verb.SNOOZED, until=at(1001)))
    going = opened(store, 0)
    on_its_way(store, going)

    assert sorted(newest(store)) == [new, reply, call, woken]
    assert sorted(newest(store, What.NEW)) == [new, woken]
    assert newest(store, What.REPLY) == [reply]
    assert newest(store, What.CALL) == [call]
    assert newest(store, What.TEXT) == []
    assert store.waiting.counts(NOW) == WaitingCounts(total=4, new=2, going=1, oldest=at(0), leads=9)
    assert store.waiting.woken(NOW, at(1001)) == [asleep]
    assert store.waiting.woken(at(999), NOW) == [woken]


def test_a_snooze_that_ended_after_our_own_word_counts_until_somebody_acts(store: Store) -> None:
    snooze = decided(0, 10, Verb.SNOOZED, until=at(990))
    lead = opened(store, 0, answered(0, 5), snooze)
    opened(store, 0, answered(0, 5), snooze, decided(0, 20, Verb.CLOSED, outcome=Outcome.WON))

    (row,) = store.waiting.reminded(NOW, 50)
    assert (row.lead, row.turn, row.since) == (lead, Turn.OURS, at(990))
    assert store.waiting.counts(NOW) == WaitingCounts(total=1, new=0, going=0, oldest=at(990), leads=2)
    assert store.waiting.reminded(at(989), 50) == []
    store.leads.record(answered(0, 995, lead=lead))
    assert (store.waiting.reminded(NOW, 50), store.waiting.counts(NOW).total) == ([], 0)


def test_an_empty_database_has_nobody_waiting(store: Store) -> None:
    assert newest(store) == []
    assert store.waiting.counts(NOW) == WaitingCounts(total=0, new=0, going=0, oldest=None, leads=0)
    assert store.waiting.troubled(5) == []


def test_an_unsure_or_refused_answer_is_trouble_whatever_else(store: Store) -> None:
    ann = store.accounts.add(account())
    unsure, refused, _fine = opened(store, 0, answered(0, 5)), opened(store, 10), opened(store, 20)
    for lead in (unsure, refused):
        number = on_its_way(store, lead)
        store.outbox.claim(NOW, "me", [ann.id])
        if lead == unsure:
            store.outbox.committing(number, "me")
            store.outbox.unsure(number, "cut")
        else:
            store.outbox.refuse(number, why="no", answer="550")

    assert [(w.lead, w.outbox) for w in store.waiting.troubled(5)] == [
        (refused, "refused"),
        (unsure, "unsure"),
    ]

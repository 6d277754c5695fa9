"""Enquiries for the figures, and the spans in which nobody watched."""

from __future__ import annotations

from dataclasses import replace

from leaddesk.doors.store import Store
from leaddesk.words.lead import Outcome, Source, Standing, Verb
from tests.made import account, answered, at, decided, enquiry, mail_key, person, raw_mail


def opened(store: Store, minutes: float, source: str = "Phone") -> int:
    given = Source(source)
    lead, _ = store.leads.open(person(), given, enquiry(minutes=minutes, source=given), [])
    return lead


def test_enquiries_of_a_span_come_in_order_with_how_they_stand(store: Store) -> None:
    late, early, lost, out = (opened(store, m, f"source {m}") for m in (30, 10, 20, 15))
    store.leads.record(replace(answered(0, 40), lead=late))
    store.leads.record(replace(decided(0, 50, Verb.CLOSED, outcome=Outcome.LOST), lead=lost))
    store.leads.record(replace(decided(0, 50, Verb.JUDGED_OUT), lead=out))

    found = store.figures.received(at(10), at(31))

    assert [(t.lead, t.received_at, t.first_response_at, t.standing, t.source, t.outcome) for t in found] == [
        (early, at(10), None, Standing.WAITING, "source 10", Outcome.OPEN),
        (lost, at(20), None, Standing.NEVER, "source 20", Outcome.LOST),
        (late, at(30), at(40), Standing.ANSWERED, "source 30", Outcome.OPEN),
    ]
    assert store.figures.received(at(10), at(30))[-1].lead == lost


def test_the_enquiry_that_was_answered_last(store: Store) -> None:
    assert store.figures.last_answered() is None
    first, second = opened(store, 0), opened(store, 1)
    store.leads.record(replace(answered(0, 9), lead=second))
    store.leads.record(replace(answered(0, 5), lead=first))

    last = store.figures.last_answered()

    assert last is not None
    assert (last.lead, last.received_at, last.first_response_at) == (second, at(1), at(9))


def test_a_gap_is_told_once(store: Store) -> None:
    assert store.figures.untold_gap() is None
    store.figures.add_gap(at(0), at(5))
    store.figures.add_gap(at(10), at(600))

    assert store.figures.untold_gap() == (at(10), at(600))
    store.figures.gaps_told()
    assert store.figures.untold_gap() is None


def test_what_the_quiet_first_sync_of_an_account_found(store: Store) -> None:
    boxes = [store.accounts.add(account(email)).id for email in ("ann@lofts.example", "bea@lofts.example")]
    for uid, (box, quiet) in enumerate(
        [(boxes[0], True), (boxes[0], True), (boxes[0], False), (boxes[1], True)]
    ):
        mail = store.mails.keep(raw_mail(b"%d" % uid, key=mail_key(box, uid)))
        lead, _ = store.leads.open(person(), Source(), enquiry(mail=mail, quiet=quiet), [])
        if uid == 0:
            store.leads.record(replace(answered(0, 9), lead=lead))

    assert store.figures.quiet(boxes[0]) == (2, 1)
    assert store.figures.quiet(boxes[1]) == (1, 0)
    assert store.figures.quiet(99) == (0, 0)

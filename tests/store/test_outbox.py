"""The outbox: every step and only those, one winner each, what a crash leaves behind is put right."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from leaddesk.doors.store import Store
from leaddesk.words.errors import Refused
from leaddesk.words.lead import How, Reached, Source, Touch, Turn
from leaddesk.words.news import LeadChanged, News, OutgoingChanged
from leaddesk.words.outgoing import Draft, OutgoingState
from tests.made import START, account, at, enquiry, person
from tests.store.conftest import Home

S = OutgoingState
LATER = at(90)


@pytest.fixture
def ann(store: Store) -> int:
    """The account that mails go out through."""
    return store.accounts.add(account()).id


def drafted(store: Store, ann: int, lead: int | None = None, **more: Any) -> int:
    """A draft; of a new lead where none is given."""
    if lead is None:
        lead, _ = store.leads.open(person(), Source(), enquiry(), [])
    words: dict[str, Any] = {"to": ("ngozi@example.org",), "cc": (), "subject": "Loft", "body": "Hi Ngozi"}
    draft = Draft(
        lead=lead, outgoing=None, account=ann, from_address="ann@lofts.example", **{**words, **more}
    )
    return store.outbox.save_draft(draft, None).id


def queued(store: Store, ann: int, lead: int | None = None, minutes: float = 0) -> int:
    number = drafted(store, ann, lead)
    store.outbox.queue(
        number, raw=b"bytes of %d" % number, message_id=f"<{number}@lofts.example>", body_hash="h", by="Ann",
        not_before=at(minutes),
    )  # fmt: skip
    return number


def claimed(store: Store, ann: int, lead: int | None = None) -> int:
    number = queued(store, ann, lead)
    claim = store.outbox.claim(START, "me", [ann])
    assert claim is not None
    assert claim.outgoing == number
    return number


def in_state(store: Store, ann: int, state: OutgoingState, lead: int | None = None) -> int:
    """A mail that was brought into `state` by the steps that lead there."""
    if state in (S.DRAFT, S.QUEUED):
        return (drafted if state is S.DRAFT else queued)(store, ann, lead)
    number = claimed(store, ann, lead)
    if state is S.CANCELLED:
        store.outbox.release(number, why="", next_try=LATER)
        assert store.outbox.cancel(number, "no")
    if state in (S.COMMITTING, S.SENT, S.UNSURE):
        store.outbox.committing(number, "me")
    if state is S.SENT:
        assert store.outbox.sent(number, at=START, answer="250 ok")
    if state is S.UNSURE:
        store.outbox.unsure(number, "cut")
    if state is S.DEFERRED:
        store.outbox.defer(number, why="wait", answer="451 wait", next_try=LATER)
    if state is S.REFUSED:
        store.outbox.refuse(number, why="no", answer="550 no")
    return number


def row_of(store: Store, outgoing: int) -> dict[str, Any]:
    rows = store.database.tables.outgoing
    with store.session():
        found: dict[str, Any] = next(iter(rows.select().where(rows.id == outgoing).dicts()))
    return found


Step = Callable[[Store, int], object]
STEPS: dict[str, tuple[Step, dict[OutgoingState, OutgoingState]]] = {
    "discard": (lambda store, o: store.outbox.discard(o), {S.DRAFT: S.CANCELLED}),
    "queue": (
        lambda store, o: store.outbox.queue(
            o, raw=b"x", message_id=f"<again{o}@x>", body_hash="x", by="Ann", not_before=START
        ),
        {S.DRAFT: S.QUEUED},
    ),
    "cancel": (
        lambda store, o: store.outbox.cancel(o, "taken back"),
        {S.QUEUED: S.CANCELLED, S.DEFERRED: S.CANCELLED},
    ),
    "requeue": (
        lambda store, o: store.outbox.requeue(o, "again"),
        {S.UNSURE: S.QUEUED, S.REFUSED: S.QUEUED},
    ),
    "drop": (
        lambda store, o: store.outbox.drop(o, "let it be"),
        {S.UNSURE: S.CANCELLED, S.REFUSED: S.CANCELLED, S.QUEUED: S.CANCELLED, S.DEFERRED: S.CANCELLED},
    ),
    "claim": (
        lambda store, o: store.outbox.claim(LATER, "you", [store.outbox.get(o).account]),
        {S.QUEUED: S.CLAIMED, S.DEFERRED: S.CLAIMED},
    ),
    "committing": (lambda store, o: store.outbox.committing(o, "me"), {S.CLAIMED: S.COMMITTING}),
    "committing for another": (lambda store, o: store.outbox.committing(o, "you"), {}),
    "release": (
        lambda store, o: store.outbox.release(o, why="offline", next_try=LATER),
        {S.CLAIMED: S.QUEUED, S.COMMITTING: S.QUEUED},
    ),
    "defer": (
        lambda store, o: store.outbox.defer(o, why="wait", answer="450", next_try=LATER),
        {S.CLAIMED: S.DEFERRED, S.COMMITTING: S.DEFERRED},
    ),
    "refuse": (
        lambda store, o: store.outbox.refuse(o, why="no", answer="550"),
        {S.CLAIMED: S.REFUSED, S.COMMITTING: S.REFUSED},
    ),
    "unsure": (lambda store, o: store.outbox.unsure(o, "cut"), {S.COMMITTING: S.UNSURE}),
    "sent": (
        lambda store, o: store.outbox.sent(o, at=START, answer="250"),
        {S.COMMITTING: S.SENT, S.UNSURE: S.SENT},
    ),
    "recover": (
        lambda store, o: store.outbox.recover(),
        {S.CLAIMED: S.QUEUED, S.COMMITTING: S.UNSURE},
    ),
}  # fmt: skip
STATES = [state for state in S if state is not S.APPROVED]


@pytest.mark.parametrize("name", STEPS)
def test_a_step_leads_from_its_states_and_from_no_other(store: Store, ann: int, name: str) -> None:
    step, leads_to = STEPS[name]
    for state in STATES:
        number = in_state(store, ann, state)
        before = row_of(store, number)
        heard: list[News] = []
        store.on_commit(heard.extend)
        if name in ("queue", "committing", "committing for another") and state not in leads_to:
            with pytest.raises(Refused):
                step(store, number)
        else:
            step(store, number)

        assert store.outbox.get(number).state is leads_to.get(state, state), state
        if state not in leads_to:
            assert row_of(store, number) == before
            assert heard == []
        elif name != "discard":
            assert [n.state for n in heard if isinstance(n, OutgoingChanged)] == [leads_to[state]]
        store.on_commit(lambda news: None)
        _finish(store, number)


def _finish(store: Store, number: int) -> None:
    """Out of the way of the next claim."""
    store.outbox.discard(number)
    store.outbox.release(number, why="", next_try=LATER)
    store.outbox.cancel(number, "")


# -- a person's side


def test_a_draft_comes_back_as_it_was_saved(store: Store, ann: int) -> None:
    lead, number = store.leads.open(person(), Source(), enquiry(), [])
    draft = Draft(
        lead=lead, outgoing=None, account=ann, to=("n@b.example",), cc=("c@d.example",), subject="Größe",
        body="Hi ☃\nYes", from_address="info@lofts.example",
    )  # fmt: skip
    made = store.outbox.save_draft(draft, number)

    assert made == store.outbox.get(made.id) == store.outbox.draft_of(lead)
    assert (made.lead, made.enquiry, made.account, made.state) == (lead, number, ann, S.DRAFT)
    assert (made.to, made.cc, made.subject, made.body) == (
        ("n@b.example",), ("c@d.example",), "Größe", "Hi ☃\nYes",
    )  # fmt: skip
    assert (made.attempts, made.message_id, made.approved_at, made.copied_to_sent) == (0, None, None, None)
    assert store.outbox.sender(made.id) == "info@lofts.example"
    assert store.outbox.raw(made.id) == b""


def test_a_draft_that_was_approved_meanwhile_becomes_a_new_one(store: Store, ann: int) -> None:
    number = queued(store, ann)
    sent = store.outbox.get(number)
    typed = Draft(
        lead=sent.lead, outgoing=number, account=ann, to=(), cc=(), subject="", body="and one thing more",
        from_address="ann@lofts.example",
    )  # fmt: skip

    again = store.outbox.save_draft(typed, None)

    assert again.id != number
    assert store.outbox.get(number) == sent
    assert store.outbox.get(again.id).body == "and one thing more"


def test_autosave_keeps_one_draft(store: Store, ann: int) -> None:
    number = drafted(store, ann)
    first = store.outbox.get(number)
    for body in ("Hi", "Hi N", "Hi Ngozi,"):
        store.outbox.save_draft(
            Draft(
                lead=first.lead, outgoing=number, account=ann, to=first.to, cc=(), subject="Loft", body=body,
                from_address="ann@lofts.example",
            ),
            None,
        )  # fmt: skip

    assert [o.body for o in store.outbox.all_in([S.DRAFT], first.lead)] == ["Hi Ngozi,"]


def test_what_was_approved_is_frozen(store: Store, ann: int) -> None:
    number = queued(store, ann, minutes=1)
    mail = store.outbox.get(number)

    assert store.outbox.raw(number) == b"bytes of %d" % number
    assert (mail.message_id, mail.body_hash, mail.approved_by, mail.approved_at, mail.not_before) == (
        f"<{number}@lofts.example>", "h", "Ann", START, at(1),
    )  # fmt: skip
    assert store.outbox.with_message_id(f"<{number}@lofts.example>") == mail
    assert store.outbox.with_message_id("<other@lofts.example>") is None


def test_a_mail_that_is_not_there_is_said_in_words(store: Store) -> None:
    with pytest.raises(Refused, match="no outgoing mail 7"):
        store.outbox.get(7)
    assert store.outbox.raw(7) == b""


# -- the sender's side


def test_a_claim_carries_the_envelope_and_the_frozen_bytes(store: Store, ann: int) -> None:
    number = drafted(store, ann, to=("a@b.example", "c@d.example"), cc=("e@f.example",))
    store.outbox.queue(
        number, raw=b"\x00\xff\r\n", message_id="<1@x>", body_hash="h", by="Ann", not_before=START
    )
    claim = store.outbox.claim(START, "me", [ann])

    assert claim is not None
    assert (claim.outgoing, claim.account, claim.message_id) == (number, ann, "<1@x>")
    assert (claim.sender, claim.recipients, claim.raw) == (
        "ann@lofts.example", ("a@b.example", "c@d.example", "e@f.example"), b"\x00\xff\r\n",
    )  # fmt: skip


def test_nothing_is_claimed_before_its_time_nor_for_another_account(store: Store, ann: int) -> None:
    number = queued(store, ann, minutes=1)

    assert store.outbox.claim(START, "me", [ann]) is None
    assert store.outbox.claim(at(1), "me", []) is None
    assert store.outbox.claim(at(1), "me", [ann + 1]) is None
    claim = store.outbox.claim(at(1), "me", [ann])
    assert claim is not None
    store.outbox.defer(number, why="wait", answer="451", next_try=at(30))
    assert store.outbox.claim(at(29), "me", [ann]) is None
    assert store.outbox.claim(at(30), "me", [ann]) is not None


def test_mails_go_in_the_order_in_which_they_were_due(store: Store, ann: int) -> None:
    late, early = queued(store, ann, minutes=5), queued(store, ann, minutes=1)

    order = [claim.outgoing for _ in range(2) if (claim := store.outbox.claim(at(9), "me", [ann]))]

    assert order == [early, late]


def test_mails_that_wait_for_the_network_can_be_tried_now(store: Store, ann: int) -> None:
    number = claimed(store, ann)
    store.outbox.release(number, why="offline", next_try=LATER)
    assert store.outbox.claim(START, "me", [ann]) is None

    store.outbox.try_now()

    assert store.outbox.claim(START, "me", [ann]) is not None


@pytest.mark.parametrize("counted", [True, False])
def test_only_counted_tries_count(store: Store, ann: int, counted: bool) -> None:
    number = claimed(store, ann)
    store.outbox.release(number, why="offline", next_try=START)
    assert store.outbox.get(number).attempts == 0

    store.outbox.claim(START, "me", [ann])
    store.outbox.defer(number, why="wait", answer="451 wait", next_try=START, counted=counted)
    mail = store.outbox.get(number)

    assert (mail.attempts, mail.answer, mail.why, mail.next_try) == (int(counted), "451 wait", "wait", START)


def test_sent_records_one_touch_however_often_it_is_said(store: Store, ann: int) -> None:
    number = in_state(store, ann, S.COMMITTING)
    lead = store.outbox.get(number).lead

    assert store.outbox.sent(number, at=at(6), answer="250 ok")
    assert not store.outbox.sent(number, at=at(9), answer="250 ok")

    found = store.leads.get(lead)
    assert found is not None
    (touch,) = [e for e in found.record if isinstance(e, Touch) and e.outgoing == number]
    assert (touch.at, touch.by, touch.outcome, touch.how) == (at(6), "Ann", Reached.SENT, How.MEASURED)
    assert found.state.turn is Turn.THEIRS
    assert store.outbox.get(number).sent_at == at(6)
    assert store.leads.last_deed(lead) is None


@pytest.mark.parametrize("state", [S.QUEUED, S.DEFERRED])
def test_what_waits_in_restored_data_may_have_been_sent_before(
    store: Store, ann: int, state: OutgoingState
) -> None:
    number = in_state(store, ann, state)

    assert not store.outbox.sent(number, at=at(6), answer=None)
    assert store.outbox.sent(number, at=at(6), answer=None, is_restored=True)
    assert store.outbox.get(number).state is S.SENT


def test_sent_is_recorded_whole_or_not_at_all(
    store: Store, ann: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = in_state(store, ann, S.COMMITTING)
    monkeypatch.setattr(store.search, "put", lambda lead, text: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        store.outbox.sent(number, at=at(6), answer="250 ok")

    assert store.outbox.get(number).state is S.COMMITTING


def test_looks_into_sent_are_counted_and_start_anew_when_sent_again(store: Store, ann: int) -> None:
    number = in_state(store, ann, S.UNSURE)

    assert [store.outbox.looked(number), store.outbox.looked(number)] == [1, 2]
    assert store.outbox.requeue(number, "again")
    mail = store.outbox.get(number)
    assert (mail.committing_at, mail.next_try, mail.message_id) == (None, None, f"<{number}@lofts.example>")
    store.outbox.claim(START, "me", [ann])
    store.outbox.committing(number, "me")
    store.outbox.unsure(number, "cut")
    assert store.outbox.looked(number) == 1


def test_copies_in_sent_are_settled_once(store: Store, ann: int) -> None:
    first, second = in_state(store, ann, S.SENT), in_state(store, ann, S.SENT)
    assert [o.id for o in store.outbox.uncopied()] == [first, second]

    store.outbox.copied(first, by_us=True)
    store.outbox.copied(second, by_us=False)

    assert store.outbox.uncopied() == ()
    assert [store.outbox.get(o).copied_to_sent for o in (first, second)] == [True, False]


def test_recovery_tells_how_many_it_put_right(store: Store, ann: int) -> None:
    for state in (S.DRAFT, S.SENT, S.DEFERRED, S.COMMITTING, S.COMMITTING, S.CLAIMED):
        in_state(store, ann, state)

    assert store.outbox.recover() == (1, 2)
    assert store.outbox.recover() == (0, 0)


# -- what the queue shows of it


@pytest.mark.parametrize(
    ("states", "shown"),
    [
        ([S.DRAFT], ""),
        ([S.QUEUED], "going"),
        ([S.CLAIMED], "going"),
        ([S.COMMITTING], "going"),
        ([S.DEFERRED], "going"),
        ([S.SENT], ""),
        ([S.CANCELLED], ""),
        ([S.UNSURE], "unsure"),
        ([S.REFUSED], "refused"),
        ([S.UNSURE, S.SENT], "unsure"),
        ([S.UNSURE, S.REFUSED], "unsure"),
        ([S.REFUSED, S.SENT], ""),
        ([S.REFUSED, S.QUEUED], "going"),
        ([S.REFUSED, S.CANCELLED], "refused"),
        ([S.REFUSED, S.DRAFT], "refused"),
        ([S.SENT, S.REFUSED], "refused"),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, list) else None,
)
def test_how_a_leads_outbox_is_shown(store: Store, ann: int, states: list[OutgoingState], shown: str) -> None:
    lead, _ = store.leads.open(person(), Source(), enquiry(), [])
    for state in states:
        in_state(store, ann, state, lead)

    with store.session():
        assert store.database.tables.lead.get().outbox == shown


def test_a_step_tells_which_mail_and_which_lead(store: Store, ann: int) -> None:
    number = queued(store, ann)
    lead = store.outbox.get(number).lead
    heard: list[News] = []
    store.on_commit(heard.extend)

    store.outbox.claim(START, "me", [ann])

    assert heard == [
        LeadChanged(at=START, lead=lead),
        OutgoingChanged(at=START, outgoing=number, lead=lead, account=ann, state=S.CLAIMED),
    ]


# -- races


def _queue_many(store: Store, ann: int, count: int) -> set[int]:
    lead, _ = store.leads.open(person(), Source(), enquiry(), [])
    with store.transaction():
        return {queued(store, ann, lead) for _ in range(count)}


def test_each_of_200_mails_is_claimed_by_one_of_two_desks(home: Home, store: Store, ann: int) -> None:
    mails = _queue_many(store, ann, 200)
    together = threading.Barrier(2)

    def claim_all(owner: str) -> list[int]:
        """Both reach for the next mail at the same moment, a hundred times: SQLite's lock is not fair."""
        desk = home.open()
        claims = []
        with desk.session():
            for _ in range(100):
                together.wait(20)
                claims.append(desk.outbox.claim(START, owner, [ann]))
        return [claim.outgoing for claim in claims if claim is not None]

    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(claim_all, ["one", "two"])

    assert sorted(first + second) == sorted(mails)
    assert len(first) == len(second) == 100
    assert {o.id for o in store.outbox.all_in([S.CLAIMED])} == mails


def test_each_of_200_mails_is_either_taken_back_or_claimed(home: Home, store: Store, ann: int) -> None:
    mails = _queue_many(store, ann, 200)
    together = threading.Barrier(2)

    def claim_all() -> set[int]:
        desk = home.open()
        together.wait(20)
        with desk.session():
            return {c.outgoing for c in iter(lambda: desk.outbox.claim(START, "me", [ann]), None)}

    def cancel_all() -> set[int]:
        desk = home.open()
        together.wait(20)
        with desk.session():
            return {mail for mail in sorted(mails, reverse=True) if desk.outbox.cancel(mail, "undo")}

    with ThreadPoolExecutor(2) as pool:
        claims, cancels = pool.submit(claim_all), pool.submit(cancel_all)
        sent, taken_back = claims.result(), cancels.result()

    assert sent | taken_back == mails
    assert not sent & taken_back
    assert {o.id for o in store.outbox.all_in([S.CANCELLED])} == taken_back

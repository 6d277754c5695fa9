"""What the past of a mailbox came to is kept, and each of its unanswered until somebody acts."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from leaddesk.doors.store import Store
from leaddesk.rules.response import Timed, review
from leaddesk.words.audit import Audit, Familiar, Unanswered
from leaddesk.words.lead import Source
from leaddesk.words.states import Outcome, Standing
from tests.made import START, account, at, enquiry, person

DAY = 24 * 60


def unanswered(box: int, uid: int, days: float = 20, **more: object) -> Unanswered:
    given: dict[str, object] = {
        "folder": "INBOX", "uidvalidity": 7, "message_id": f"<{uid}@x>", "email": f"n{uid}@b.example",
        "phone": None, "subject": "A roof", "wants": "A roof in June?",
        "source": "Website: roofs page", **more,
    }  # fmt: skip
    return Unanswered(account=box, uid=uid, received_at=at(-days * DAY), name=f"Ngozi {uid}", **given)  # type: ignore[arg-type]  # given by name


def audit(box: int, *found: Unanswered) -> Audit:
    answered = Timed(
        lead=1, received_at=at(-90), first_response_at=at(-30), standing=Standing.ANSWERED,
        source="Email to ann@lofts.example", outcome=Outcome.OPEN,
    )  # fmt: skip
    return Audit(
        account=box,
        email="ann@lofts.example",
        start=at(-90 * DAY),
        end=START,
        review=review([answered], START),
        familiar=(Familiar("Mum", "mum@b.example", 40),),
        unanswered=found,
    )


def test_an_audit_comes_back_as_it_was(store: Store) -> None:
    box = store.accounts.add(account()).id
    assert store.audits.get(box, "ann@lofts.example") is None

    store.audits.put(audit(box, unanswered(box, 5), unanswered(box, 6, days=30, email=None, phone="+4477")))

    found = store.audits.get(box, "ann@lofts.example")
    assert found is not None
    assert found.review.median == timedelta(hours=1)
    assert [replace(each, id=0) for each in found.unanswered] == [
        unanswered(box, 5), unanswered(box, 6, days=30, email=None, phone="+4477"),
    ]  # fmt: skip
    assert replace(found, unanswered=()) == audit(box)


def test_the_next_audit_brings_back_nobody_who_was_taken_or_let_go(store: Store) -> None:
    box = store.accounts.add(account()).id
    store.audits.put(audit(box, *(unanswered(box, uid) for uid in (1, 2, 3, 4))))
    first, second, *_ = store.audits.unanswered()
    lead, _ = store.leads.open(person(), Source(), enquiry(), [])

    store.audits.taken(first.id, lead, at(5))
    assert store.audits.let_go(second.id, at(6))
    assert not store.audits.let_go(first.id, at(6))
    store.audits.put(audit(box, *(unanswered(box, uid) for uid in (1, 2, 3, 5))))

    assert [each.uid for each in store.audits.unanswered()] == [3, 5]
    assert store.waiting.owed() == 2
    assert store.audits.one(first.id) is None
    assert store.audits.acted(at(0)) == [at(5), at(6)]
    assert store.audits.acted(at(5.5)) == [at(6)]


def test_those_that_were_let_go_together_come_back_together(store: Store) -> None:
    box = store.accounts.add(account()).id
    store.audits.put(audit(box, *(unanswered(box, uid) for uid in (1, 2, 3))))
    alone, *rest = [each.id for each in store.audits.unanswered()]
    store.audits.let_go(alone, at(1))
    assert store.audits.close([*rest, alone], at(2)) == 2
    assert store.audits.acted(at(0)) == [at(1)]

    assert store.audits.bring_back(at(2)) == 2
    assert [each.id for each in store.audits.unanswered()] == rest


def test_a_mailbox_that_is_not_watched_any_more_has_nobody_to_rescue(store: Store) -> None:
    box = store.accounts.add(account()).id
    store.audits.put(audit(box, unanswered(box, 1)))

    store.accounts.remove(box)

    assert store.audits.unanswered() == []
    assert store.waiting.owed() == 0

"""What is asked on every refresh and for every mail is answered by an index, whatever the number of leads."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import apsw
import pytest

from leaddesk.doors.store import NewLead, Store
from leaddesk.words.all_leads import Only, Sort, SortBy
from leaddesk.words.forms import FormShape
from leaddesk.words.lead import Outcome, Source, What
from leaddesk.words.mail import Place, Role
from tests.made import START, account, answered, asked, at, enquiry, mail_key, person, raw_mail, reading
from tests.store.conftest import Home

Question = Callable[[Store], object]

QUESTIONS: dict[str, Question] = {
    "newest": lambda s: s.waiting.newest(START, What, 200),
    "newest of some kinds": lambda s: s.waiting.newest(START, (What.NEW,), 200),
    "oldest": lambda s: s.waiting.oldest(START, 200),
    "troubled": lambda s: s.waiting.troubled(20),
    "counts": lambda s: s.waiting.counts(START),
    "reminded": lambda s: s.waiting.reminded(at(60), 50),
    "next wake": lambda s: s.waiting.next_wake(START),
    "woken": lambda s: s.waiting.woken(START, at(60)),
    "next due": lambda s: s.due.next_due(START),
    "fallen due": lambda s: s.due.fallen(START, at(60)),
    "due by now": lambda s: s.due.by(at(60), 50),
    "stepped": lambda s: s.waiting.stepped(at(60), 50),
    "a lead": lambda s: s.leads.get(1000),
    "with address": lambda s: s.leads.with_address(["n7@b.example", "n8@b.example"]),
    "last deed of one": lambda s: s.leads.last_deed(1000),
    "enquiries of a week": lambda s: s.figures.received(at(0), at(60)),
    "answered last": lambda s: s.figures.last_answered(),
    "mails to be read": lambda s: s.mails.unread(),
    "mails in a place": lambda s: s.mails.in_place(Place.NOT_A_LEAD, 200, at(-60)),
    "known numbers": lambda s: s.mails.known_uids(1, "INBOX", 7, 3),
    "mails of a lead": lambda s: s.mails.of_lead(5),
    "mails with ids": lambda s: s.mails.with_message_ids(["<a@b>", "<c@d>"]),
    "mails with bytes": lambda s: s.mails.with_bytes(b"x", 1, "INBOX"),
    "sent lately": lambda s: s.mails.sent_lately(1, 50),
    "mails of a sender": lambda s: s.mails.from_sender("a@b.example", 300, at(-60)),
    "lessons": lambda s: s.lessons.standing(),
    "acquaintances": lambda s: s.mails.acquaintances(at(-60), 50),
    "vanished numbers": lambda s: s.mails.vanished_uids(1, "INBOX", 7, 3),
    "our ids": lambda s: s.mailboxes.named_ids(["<a@b>", "<c@d>"]),
    "a correspondent": lambda s: s.mailboxes.correspondent("a@b.example"),
    "mailbox": lambda s: s.mailboxes.get(1, Role.INBOX),
    "outbox of a lead": lambda s: s.outbox.draft_of(1),
    "claim": lambda s: s.outbox.claim(START, "me", [1]),
    "alerts due": lambda s: s.alerts.due(START),
    "alert of a lead": lambda s: s.alerts.open_for(5),
    "whom the past owes an answer": lambda s: s.audits.unanswered(3),
    "how many the past owes an answer": lambda s: s.waiting.owed(),
    "rescued lately": lambda s: s.audits.acted(at(-60)),
    "journal": lambda s: s.journal.since(1990),
    "everybody": lambda s: [_window(s, Only(), Sort(by, down)) for by in SortBy for down in (True, False)],
    "everybody of an outcome": lambda s: [_window(s, Only(Outcome.WON), Sort(by)) for by in SortBy],
    "everybody from a source": lambda s: [_window(s, Only(source="Phone"), Sort(by)) for by in SortBy],
    "how many of each outcome": lambda s: s.all_leads.tally(Only(Outcome.WON, "Phone"), []),
    "how many of each source": lambda s: s.all_leads.sources(20),
    "leads without a source": lambda s: s.sources.unknown(200),
    "forms of a robot": lambda s: s.forms.like(FormShape("web@b.example", "new message", ("name",))),
    "mails of a form": lambda s: s.forms.mails(1, 50),
    "form of a mail": lambda s: s.forms.of_mail(5),
    "a sign-up": lambda s: s.sign_ups.of("a@b.example"),
}


def _window(store: Store, only: Only, sort: Sort) -> object:
    """The first rows, and those behind them."""
    rows, after = store.all_leads.window(only, [], sort, None, 20)
    return store.all_leads.window(only, [], sort, after, 20) if after is not None else rows


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """2,000 leads, of which every fourth is answered, and some mails."""
    from tests.frozen_clock import FrozenClock

    store = Home(tmp_path_factory.mktemp("crowd") / "profile", None, FrozenClock()).open()
    store.bulk.insert(_new(number) for number in range(2000))
    box = store.accounts.add(account()).id
    with store.transaction():
        for uid in range(1, 200):
            mail = store.mails.keep(raw_mail(b"%d" % uid, key=mail_key(box, uid)))
            assert mail is not None
            store.mails.judged(mail, reading(message_id=f"<{uid}@x>"), Place.NOT_A_LEAD, ["list"], None)
    return store


def _new(number: int) -> NewLead:
    opening = asked(1, number, text="What is a dormer?")
    record = (opening, answered(2, number + 5)) if number % 4 == 0 else (opening,)
    email = f"n{number}@b.example"
    return NewLead(
        person=person(f"Ngozi {number}"), source=Source("Phone"), enquiries=(enquiry(1, number),),
        record=record, keys=(("email", email, email),),
    )  # fmt: skip


@pytest.fixture
def plans(crowd: Store, monkeypatch: pytest.MonkeyPatch) -> Callable[[Question], list[str]]:
    """SQLite's plan, line by line, of every query that a question asks."""
    database = crowd.database.peewee
    ask = database.execute_sql
    steps: list[str] = []

    def noted(sql: str, params: Any = None, *more: Any) -> Any:
        if sql.startswith("SELECT"):
            steps.extend(step for *_, step in ask(f"EXPLAIN QUERY PLAN {sql}", params).fetchall())
        return ask(sql, params, *more)

    def of(question: Question) -> list[str]:
        question(crowd)
        return steps

    monkeypatch.setattr(database, "execute_sql", noted)
    return of


@pytest.mark.parametrize("name", QUESTIONS)
def test_no_table_is_read_whole(plans: Callable[[Question], list[str]], name: str) -> None:
    steps = plans(QUESTIONS[name])

    assert steps
    assert not [step for step in steps if step.startswith("SCAN") and "INDEX" not in step]


@pytest.mark.parametrize(
    "name", ["newest", "oldest", "reminded", "stepped", "due by now", "mails in a place", "answered last"]
)
def test_what_is_cut_short_is_not_sorted_first(plans: Callable[[Question], list[str]], name: str) -> None:
    assert not [step for step in plans(QUESTIONS[name]) if "TEMP B-TREE FOR ORDER BY" in step]


@pytest.mark.parametrize("name", QUESTIONS)
def test_no_question_leaves_a_reader_behind(crowd: Store, name: str) -> None:
    """A connection that stays open would else keep the log from ever being emptied, and see an old state."""
    with crowd.session():
        QUESTIONS[name](crowd)
        assert crowd.database.peewee.connection().txn_state() == apsw.SQLITE_TXN_NONE

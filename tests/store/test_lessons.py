"""What was taught, as it is kept: by order, taken back, and the mails that it is about."""

from __future__ import annotations

from datetime import date, timedelta, timezone

from leaddesk.doors.store import Store
from leaddesk.words.mail import Place
from leaddesk.words.teaching import Lesson, Moved, Taught, Trait
from tests.made import asked, at, enquiry, person, raw_mail, reading

SENDER = Lesson(
    trait=Trait.SENDER,
    key="mum@example.org",
    taught=Taught.NO_ENQUIRY,
    sentence="Nothing from mum@example.org is an enquiry.",
    at=at(0),
    by="Ann",
    mail=None,
    moved=(Moved(mail=3, place=Place.KNOWN, why=("We wrote before.",), lead=None),),
)


def test_a_lesson_comes_back_as_it_was_said(store: Store) -> None:
    made = store.lessons.add(SENDER)
    (kept,) = store.lessons.standing()
    assert kept.id == made
    assert (kept.trait, kept.key, kept.taught, kept.sentence) == (
        SENDER.trait, SENDER.key, SENDER.taught, SENDER.sentence,
    )  # fmt: skip
    assert (kept.at, kept.by, kept.mail, kept.moved) == (SENDER.at, "Ann", None, SENDER.moved)


def test_what_is_taken_back_counts_no_more_and_the_one_before_is_the_newest(store: Store) -> None:
    first, second = store.lessons.add(SENDER), store.lessons.add(SENDER)
    assert [lesson.id for lesson in store.lessons.standing()] == [first, second]
    store.lessons.take_back(second, at(5))
    assert store.lessons.get(second) is None
    newest = store.lessons.newest()
    assert newest is not None
    assert newest.id == first


def test_the_day_on_which_it_was_said_is_the_local_one(store: Store) -> None:
    store.lessons.add(SENDER)
    (there,) = store.lessons.learned(timezone(timedelta(hours=-10)))
    assert there.day == date(2026, 11, 1)


def test_it_knows_where_the_record_ended(store: Store) -> None:
    from leaddesk.words.lead import Source

    made = store.lessons.add(SENDER)
    store.leads.open(person(emails=("a@b.example",)), Source("Phone"), enquiry(), [])
    store.leads.record(asked(0, 3))
    before = store.lessons.get(made)
    store.lessons.close(made)
    after = store.lessons.get(made)
    assert before is not None
    assert after is not None
    assert before.last_entry < after.last_entry


def landed(store: Store, sender: str, minutes: float, place: Place, lead: int | None = None) -> int:
    mail = store.mails.keep(raw_mail(f"{sender} {minutes}".encode(), minutes))
    assert mail is not None
    store.mails.judged(mail, reading(from_email=sender, from_name=sender[:3]), place, ["so"], lead)
    return mail


def test_mails_of_a_sender_whatever_the_case_the_newest_first(store: Store) -> None:
    old = landed(store, "mum@example.org", -200, Place.KNOWN)
    new = landed(store, "Mum@Example.org", 0, Place.KNOWN)
    landed(store, "dad@example.org", 0, Place.KNOWN)
    assert [mail.id for mail in store.mails.from_sender("mum@example.org", 10)] == [new, old]
    assert [mail.id for mail in store.mails.from_sender("mum@example.org", 10, at(-100))] == [new]
    assert store.mails.from_sender("mum@example.org", 10, of_leads=True) == []


def test_people_we_know_are_listed_by_how_often_they_wrote(store: Store) -> None:
    landed(store, "dad@example.org", 3, Place.KNOWN)
    for minutes in (0, 1):
        mum = landed(store, "mum@example.org", minutes, Place.KNOWN)
    landed(store, "shop@example.org", 2, Place.NOT_A_LEAD)
    listed = store.mails.acquaintances(at(-60), 10)
    assert [(one.email, one.mails) for one in listed] == [("mum@example.org", 2), ("dad@example.org", 1)]
    assert (listed[0].newest, listed[0].at, listed[0].name) == (mum, at(1), "mum")

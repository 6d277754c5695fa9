"""Mails are kept once, raw, under the number that the server gave them."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from leaddesk.doors.store import Mailbox, Store
from leaddesk.words.lead import Source
from leaddesk.words.mail import Attachment, MailKind, MailState, Place, RawMail, Role
from leaddesk.words.news import MailArrived, News
from tests.made import START, account, at, enquiry, mail_key, person, raw_mail, reading
from tests.store.conftest import Home


@pytest.fixture
def box(store: Store) -> int:
    return store.accounts.add(account()).id


def kept(store: Store, mail: RawMail) -> int:
    number = store.mails.keep(mail)
    assert number is not None
    return number


def test_the_bytes_come_back_as_they_landed(store: Store, box: int) -> None:
    raw = bytes(range(256)) * 40
    number = kept(store, raw_mail(raw, minutes=-3, seen_at=at(0), size=99, key=mail_key(box, 5), quiet=True))
    mail = store.mails.get(number)

    assert store.mails.raw(number) == raw
    assert mail is not None
    assert (mail.account, mail.feed, mail.role, mail.size, mail.quiet) == (box, None, Role.INBOX, 99, True)
    assert (mail.received_at, mail.seen_at, mail.state) == (at(-3), at(0), MailState.NEW)
    assert (mail.kind, mail.place, mail.lead, mail.why, mail.attachments) == (None, None, None, (), ())


def test_a_mail_that_is_not_there_is_none(store: Store) -> None:
    assert store.mails.get(7) is None
    assert store.mails.raw(7) == b""


def test_the_same_number_is_kept_once(store: Store, box: int) -> None:
    key = mail_key(box, 5)
    kept(store, raw_mail(key=key))

    assert store.mails.keep(raw_mail(b"something else", key=key)) is None
    assert store.mails.unread() == [1]


@pytest.mark.parametrize(
    "other",
    [{"uid": 6}, {"uidvalidity": 8}, {"folder": "Leads"}, {"account": 2}],
    ids=["uid", "uidvalidity", "folder", "account"],
)
def test_each_part_of_the_key_tells_mails_apart(store: Store, box: int, other: dict[str, object]) -> None:
    store.accounts.add(account("bea@lofts.example"))
    key = mail_key(box, 5)
    kept(store, raw_mail(key=key))

    kept(store, raw_mail(key=replace(key, **other)))  # type: ignore[arg-type]  # one field of the key

    assert store.mails.unread() == [1, 2]


def test_a_file_of_a_feed_is_kept_once_and_files_given_by_hand_each_time(store: Store) -> None:
    feed = store.accounts.add_feed("maildir", "/srv/leads").id
    kept(store, raw_mail(feed=feed, feed_name="1.eml"))

    assert store.mails.keep(raw_mail(feed=feed, feed_name="1.eml")) is None
    kept(store, raw_mail(feed=feed, feed_name="2.eml"))
    assert set(store.mails.feed_files(feed)) == {"1.eml", "2.eml"}
    kept(store, raw_mail())
    kept(store, raw_mail())
    assert len(store.mails.unread()) == 4


def test_two_threads_keep_the_same_mails_once(home: Home, store: Store, box: int) -> None:
    def keep_all(number: int) -> int:
        desk = home.open()
        new = [desk.mails.keep(raw_mail(b"%d" % uid, key=mail_key(box, uid))) for uid in range(1, 40)]
        return sum(each is not None for each in new)

    with ThreadPoolExecutor(2) as pool:
        assert sum(pool.map(keep_all, range(2))) == 39
    assert len(store.mails.unread()) == 39


def test_unread_mails_come_in_the_order_in_which_they_were_received(store: Store, box: int) -> None:
    late = kept(store, raw_mail(minutes=9, key=mail_key(box, 1)))
    early = kept(store, raw_mail(minutes=1, key=mail_key(box, 2)))

    assert store.mails.unread() == [early, late]
    assert store.mails.unread(1) == [early]


def test_known_numbers_of_a_folder(store: Store, box: int) -> None:
    for uid in (3, 5, 9):
        kept(store, raw_mail(key=mail_key(box, uid)))
    kept(store, raw_mail(key=mail_key(box, 7, uidvalidity=8)))
    store.mails.keep_vanished(mail_key(box, 6), START, "moved before it could be read")

    assert store.mails.known_uids(box, "INBOX", 7) == {3, 5, 6, 9}
    assert store.mails.known_uids(box, "INBOX", 7, since=6) == {6, 9}
    assert store.mails.known_uids(box, "Leads", 7) == set()
    assert store.mails.vanished_uids(box, "INBOX", 7) == {6}
    assert store.mails.vanished_uids(box, "INBOX", 7, since=7) == set()


def test_a_vanished_mail_is_a_row_that_the_person_sees(store: Store, box: int) -> None:
    key = mail_key(box, 6)
    number = store.mails.keep_vanished(key, START, "moved before it could be read")

    assert number is not None
    mail = store.mails.get(number)
    assert mail is not None
    assert (mail.state, mail.place, mail.why) == (
        MailState.VANISHED, Place.NOT_A_LEAD, ("moved before it could be read",),
    )  # fmt: skip
    assert store.mails.raw(number) == b""
    assert store.mails.unread() == []
    assert store.mails.keep_vanished(key, START, "again") is None


def test_a_vanished_mail_that_turns_up_fills_its_own_row(store: Store, box: int) -> None:
    key = mail_key(box, 6)
    number = store.mails.keep_vanished(key, START, "moved before it could be read")

    assert store.mails.keep(raw_mail(b"here it is", minutes=-1, key=key)) == number

    assert number is not None
    mail = store.mails.get(number)
    assert mail is not None
    assert (mail.state, mail.place, mail.why, mail.received_at) == (MailState.NEW, None, (), at(-1))
    assert store.mails.raw(number) == b"here it is"
    assert store.mails.unread() == [number]
    assert store.mails.vanished_uids(box, "INBOX", 7) == set()


def test_only_one_takes_a_mail_to_judge_it(store: Store, box: int) -> None:
    number = kept(store, raw_mail(key=mail_key(box, 5)))

    assert store.mails.take(number)
    assert not store.mails.take(number)
    assert store.mails.unread() == []


# -- the reading position


def position(store: Store, box: int, uidvalidity: int = 7) -> Mailbox:
    return Mailbox(
        account=box, role=Role.INBOX, folder="INBOX", uidvalidity=uidvalidity, line_uid=1, line_at=START,
        next_uid=1, quiet_done=False,
    )  # fmt: skip


def test_the_next_number_is_above_every_row_and_never_goes_back(store: Store, box: int) -> None:
    store.mailboxes.put(position(store, box))

    def next_uid() -> int:
        found = store.mailboxes.get(box, Role.INBOX)
        assert found is not None
        return found.next_uid

    kept(store, raw_mail(key=mail_key(box, 9)))
    assert next_uid() == 10
    kept(store, raw_mail(key=mail_key(box, 4)))
    assert next_uid() == 10
    store.mails.keep_vanished(mail_key(box, 12), START, "gone")
    assert next_uid() == 13
    kept(store, raw_mail(key=mail_key(box, 80, uidvalidity=8)))
    kept(store, raw_mail(key=mail_key(box, 90, folder="Archive")))
    assert next_uid() == 13


def test_a_rebuilt_mailbox_gives_the_same_mail_a_new_number(store: Store, box: int) -> None:
    number = kept(store, raw_mail(key=mail_key(box, 5)))
    store.mailboxes.put(position(store, box, uidvalidity=8))

    store.mails.rekey(number, mail_key(box, 2, uidvalidity=8))

    assert store.mails.known_uids(box, "INBOX", 7) == set()
    assert store.mails.known_uids(box, "INBOX", 8) == {2}
    assert store.mails.keep(raw_mail(key=mail_key(box, 2, uidvalidity=8))) is None
    found = store.mailboxes.get(box, Role.INBOX)
    assert found is not None
    assert found.next_uid == 3


def test_a_number_that_another_row_has_stays_with_it(store: Store, box: int) -> None:
    first = kept(store, raw_mail(key=mail_key(box, 5)))
    kept(store, raw_mail(key=mail_key(box, 2, uidvalidity=8)))

    store.mails.rekey(first, mail_key(box, 2, uidvalidity=8))

    assert store.mails.known_uids(box, "INBOX", 7) == {5}
    assert store.mails.known_uids(box, "INBOX", 8) == {2}


# -- read and judged


def test_what_was_read_and_what_became_of_it(store: Store, box: int) -> None:
    lead, _ = store.leads.open(person(), Source(), enquiry(), [])
    number = kept(store, raw_mail(key=mail_key(box, 5)))
    heard: list[News] = []
    store.on_commit(heard.extend)
    read = reading(
        MailKind.REPLY, from_name="Ngozi", from_email="ngozi@example.org", subject="Re: Loft",
        visible="Yes ☃", message="Yes\n please", message_id="<a@b>", to=("Ann@Lofts.example",),
        attachments=(Attachment(0, "plan.pdf", "application/pdf", 1234),),
    )  # fmt: skip

    store.mails.judged(number, read, Place.REPLY, ["names a mail of ours"], lead)
    mail = store.mails.get(number)

    assert mail is not None
    assert (mail.state, mail.kind, mail.place, mail.lead) == (
        MailState.READ, MailKind.REPLY, Place.REPLY, lead,
    )  # fmt: skip
    assert (mail.why, mail.message_id) == (("names a mail of ours",), "<a@b>")
    assert (mail.from_name, mail.from_email) == ("Ngozi", "ngozi@example.org")
    assert (mail.subject, mail.snippet, mail.visible) == ("Re: Loft", "Yes please", "Yes ☃")
    assert mail.attachments == read.attachments
    assert heard == [MailArrived(at=START, mail=number, account=box, kind=MailKind.REPLY, lead=lead)]
    assert store.mails.unread() == []
    assert store.mails.of_lead(lead) == store.mails.with_message_ids(["<x@y>", "<a@b>"]) == [mail]


def test_the_same_judgement_again_changes_nothing(store: Store, box: int) -> None:
    number = kept(store, raw_mail(key=mail_key(box, 5)))
    for _ in range(2):
        store.mails.judged(number, reading(), Place.NOT_A_LEAD, ["a list"], None)

    assert [mail.id for mail in store.mails.in_place(Place.NOT_A_LEAD, 9)] == [number]


def test_an_unreadable_mail_is_still_a_row(store: Store, box: int) -> None:
    number = kept(store, raw_mail(key=mail_key(box, 5)))

    store.mails.judged(number, reading(MailKind.UNREADABLE), Place.ENQUIRY, ["too deep"], None)

    mail = store.mails.get(number)
    assert mail is not None
    assert (mail.state, mail.kind) == (MailState.UNREADABLE, MailKind.UNREADABLE)
    assert store.mails.raw(number)
    assert store.mails.unread() == []


def test_places_are_listed_the_newest_first(store: Store, box: int) -> None:
    numbers = [kept(store, raw_mail(minutes=m, key=mail_key(box, m + 1))) for m in (1, 3, 2)]
    for number in numbers:
        store.mails.judged(number, reading(), Place.NOT_A_LEAD, ["a list"], None)

    assert [m.id for m in store.mails.in_place(Place.NOT_A_LEAD, 2)] == [numbers[1], numbers[2]]
    assert [m.id for m in store.mails.in_place(Place.NOT_A_LEAD, 9, at(2))] == [numbers[1], numbers[2]]
    store.mails.move(numbers[0], Place.KNOWN, ["Ann said so"], None)
    assert [m.id for m in store.mails.in_place(Place.NOT_A_LEAD, 9)] == [numbers[1], numbers[2]]
    moved = store.mails.get(numbers[0])
    assert moved is not None
    assert (moved.place, moved.why) == (Place.KNOWN, ("Ann said so",))


def test_mails_with_exactly_these_bytes(store: Store, box: int) -> None:
    first = kept(store, raw_mail(b"one", key=mail_key(box, 1)))
    kept(store, raw_mail(b"two", key=mail_key(box, 2)))
    by_hand = kept(store, raw_mail(b"one"))

    assert [m.id for m in store.mails.with_bytes(b"one", box)] == [first]
    assert [m.id for m in store.mails.with_bytes(b"one", box, "INBOX")] == [first]
    assert store.mails.with_bytes(b"one", box, "Leads") == []
    assert [m.id for m in store.mails.with_bytes(b"one", None)] == [by_hand]


def test_mails_of_sent_by_recipient_and_the_newest(store: Store, box: int) -> None:
    numbers = [
        kept(store, raw_mail(minutes=m, key=mail_key(box, m, role=Role.SENT, folder="Sent"))) for m in (1, 2)
    ]
    for number, to in zip(numbers, ("A@b.example", "c@d.example"), strict=True):
        read = reading(MailKind.OWN, subject="Thanks", visible="We got it", to=(to, "ann@lofts.example"))
        store.mails.judged(number, read, Place.SENT, ["ours"], None)

    assert [m.id for m in store.mails.sent_to(["a@b.example"], at(0))] == [numbers[0]]
    assert store.mails.sent_to(["a@b.example"], at(2)) == []
    ((other, recipients),) = store.mails.sent_lately(numbers[1], 5)
    assert (other.id, recipients) == (numbers[0], ["a@b.example", "ann@lofts.example"])
    assert store.mails.sent_lately(numbers[1], 0) == []


def test_no_ids_find_no_mails(store: Store) -> None:
    assert store.mails.with_message_ids([]) == []

"""A lead walks through the house: the test to read first.

A mail lands in a Maildir that the desk watches, and becomes an enquiry; somebody is alerted; it has its
place in the queue and a reason for it; a person answers; the answer leaves; the first response has its
figure; their reply comes back to the same lead; it is won, and the review counts it.

Everything is real but the outside: time stands still until the test moves it, notifications are written down,
passwords lie in memory, and the mail goes to a server on the loopback that keeps what it is given.
"""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

from leaddesk.doors.mail.reader import Reader
from leaddesk.words.account import Account, Server
from leaddesk.words.lead import Channel, Outcome, Reached, Standing, Turn, What
from leaddesk.words.news import AlertTaken, EnquiryArrived, ReplyArrived
from leaddesk.words.outgoing import OutgoingState
from tests.frozen_clock import FrozenClock
from tests.house import House
from tests.letters import letter
from tests.real.sink import Sink

NO_SERVER = Server("", 0)


def test_a_lead_walks_through_the_house(tmp_path: Path, reader: Reader) -> None:
    clock = FrozenClock()  # Monday, 2 November 2026, 9:00
    with Sink(truth=tmp_path / "taken", mails=tmp_path / "taken mails") as sink:
        house = House.open(tmp_path / "profile", reader, clock)
        desk = house.desk
        maildir = a_maildir(tmp_path)

        # An account to answer through, and a Maildir to take enquiries from.
        ann = Account(
            email="ann@lofts.example",
            name="Ann Lee",
            user="",
            imap=NO_SERVER,
            smtp=sink.server,
            saves_sent=True,
        )
        desk.accounts.add(ann, None, test=False)
        desk.accounts.add_feed("maildir", str(maildir))

        # 9:05, a mail lands. 9:07, LeadDesk looks: an enquiry, received when it landed.
        landed = clock.advance(minutes=5)
        put(maildir, letter("Can you quote for a loft conversion?", id="<ask@example.org>"), clock)
        clock.advance(minutes=2)
        desk.services.once()
        (arrived,) = house.heard(EnquiryArrived)
        assert (arrived.lead, arrived.received_at, arrived.seen_at) == (1, landed, clock.now())

        # Somebody is alerted, by a door that the desktop confirmed.
        (notice,) = house.notifier.shown
        assert (notice.title, notice.body) == (
            "Ngozi Eze: new enquiry",
            "Can you quote for a loft conversion?",
        )
        assert house.alerts()[0].shown_by == "fake"

        # It stands in the queue, with the reason for its place. Its clock runs since it landed.
        (row,) = house.queue()
        assert (row.place, row.what, row.waited(clock.now())) == (1, What.NEW, timedelta(minutes=2))
        assert row.why == "New: this is when a reply counts most"

        # 9:11, a person answers from a first draft, and has ten seconds to take it back.
        clock.advance(minutes=4)
        draft = desk.reply.draft(1)
        assert (draft.to, draft.subject) == (("ngozi@example.org",), "Re: Loft conversion")
        assert draft.body.startswith("Hi Ngozi,")
        outgoing = desk.reply.approve(draft)
        assert outgoing.state is OutgoingState.QUEUED
        assert house.queue() == ()
        assert house.heard(AlertTaken)
        desk.services.once()
        assert sink.taken() == []

        # It leaves, once, in the thread of their mail.
        clock.advance(seconds=11)
        desk.services.once()
        (taken,) = sink.taken()
        assert (taken.rcpt, taken.message_id) == (("ngozi@example.org",), outgoing.message_id)
        (sent,) = (tmp_path / "taken mails").iterdir()
        assert b"In-Reply-To: <ask@example.org>" in sent.read_bytes()

        # The first response is counted from when their mail landed.
        (enquiry,) = house.view().enquiries
        assert enquiry.standing is Standing.ANSWERED
        assert enquiry.first_response is not None
        assert enquiry.first_response.after == timedelta(minutes=6, seconds=11)
        assert desk.queue.today().today.median == timedelta(minutes=6, seconds=11)
        assert house.view().turn is Turn.THEIRS

        # 9:31, they answer by the same way: the same lead, no new clock, our turn.
        clock.advance(minutes=20)
        assert outgoing.message_id is not None
        put(maildir, letter("Yes please, in May.", In_Reply_To=outgoing.message_id), clock)
        desk.services.once()
        (reply,) = house.heard(ReplyArrived)
        assert (reply.lead, reply.joined) == (1, False)
        (row,) = house.queue()
        assert (row.what, row.wants) == (What.REPLY, "Yes please, in May.")
        assert [item.headline for item in house.view().timeline] == [
            "Ngozi", "You, 6 min after they wrote", "Ngozi answered",
        ]  # fmt: skip

        # It is won, and tomorrow's review knows.
        desk.decide.close(1, Outcome.WON)
        assert house.queue() == ()
        today = clock.now().date()
        review = desk.figures.review(today, today)
        assert (review.enquiries, review.answered, review.never, review.waiting) == (1, 1, 0, 0)
        assert (review.within_5min, review.within_30min) == (0, 1)
        assert [(source.won, source.median) for source in review.by_source] == [(1, review.median)]

        # And next morning all of it is still there.
        house.close()
        clock.advance(days=1)
        morning = House.open(tmp_path / "profile", reader, clock)
        assert morning.view().outcome is Outcome.WON
        assert morning.desk.leads.find("ngozi")[0].lead == 1
        morning.close()


def test_a_lead_is_followed_up_to_its_agreed_end(tmp_path: Path, reader: Reader) -> None:
    """The clock is moved; a person does what the queue asks for, and nothing is asked twice or forgotten."""
    clock = FrozenClock()  # Monday, 2 November 2026, 9:00
    house = House.open(tmp_path / "profile", reader, clock)
    desk = house.desk

    # Somebody asks by telephone number and mail; the plan of their source begins by itself.
    lead = desk.leads.add(name="Ngozi Eze", email="ngozi@example.org", phone="+4915112345678").lead
    desk.services.once()
    assert house.view(lead).plan == "Next: call, 9:30"

    # 9:05, answered by mail. Until the call is due it is their move, and the queue is empty.
    clock.advance(minutes=5)
    desk.calls.log(lead, channel=Channel.EMAIL, outcome=Reached.SENT)
    assert house.queue() == ()

    # Each step falls due in its time, is ours with its reason, and is done; the next one lands.
    steps = []
    for _ in range(4):
        due = house.desk.store.due.next_due(clock.now())
        assert due is not None
        clock.advance(seconds=(due - clock.now()).total_seconds())
        desk.services.once()
        (row,) = house.queue()
        steps.append((f"{due:%a %d %H:%M}", row.what, row.why))
        channel = {What.CALL: Channel.CALL, What.TEXT: Channel.TEXT}.get(row.what, Channel.EMAIL)
        missed = Reached.NO_ANSWER if channel is Channel.CALL else Reached.SENT
        desk.calls.log(lead, channel=channel, outcome=missed)
        assert house.queue() == ()
    assert steps == [
        ("Mon 02 09:30", What.CALL, "Step 1 of 5: a call, the same day"),
        ("Tue 03 09:30", What.REPLY, "Step 2 of 5: a mail, the day after"),
        ("Thu 05 09:30", What.TEXT, "Step 3 of 5: a text, 3 days after they wrote"),
        ("Mon 09 09:30", What.REPLY, "Step 4 of 5: a mail, 7 days after they wrote"),
    ]

    # Day 14: no further try, but a decision. Nobody is chased for ever, and nobody is forgotten.
    clock.advance(days=7)
    desk.services.once()
    (row,) = house.queue()
    assert (row.what, row.why) == (What.DECIDE, "No answer in 14 days: what becomes of it?")
    desk.decide.close(lead, Outcome.NO_RESPONSE)
    assert house.queue() == ()
    assert desk.store.due.next_due(clock.now()) is None

    # A month later they answer after all: it is open again, and our move.
    clock.advance(days=30)
    house.land(letter("Sorry, we were away. Is May still possible?"))
    assert house.view(lead).outcome is Outcome.OPEN
    (row,) = house.queue()
    assert row.lead == lead
    house.close()


def a_maildir(folder: Path) -> Path:
    for name in ("new", "cur", "tmp"):
        (folder / "Maildir" / name).mkdir(parents=True)
    return folder / "Maildir"


def put(maildir: Path, raw: bytes, clock: FrozenClock) -> None:
    """Delivers a mail at the clock's now."""
    file = maildir / "new" / f"{clock.now():%H%M%S}.host"
    file.write_bytes(raw)
    os.utime(file, (clock.now().timestamp(),) * 2)

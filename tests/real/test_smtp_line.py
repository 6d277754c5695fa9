"""One connection for several mails: when it is used again, and that nothing goes wrong with a mail for it."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from leaddesk.desk.settling import SendPace
from leaddesk.doors.mail import smtp_line
from leaddesk.doors.mail.smtp import Line, StageTimeouts, deliver
from leaddesk.doors.mail.wake import Wake
from leaddesk.words.account import Room, Server
from leaddesk.words.outgoing import Delivery, OutgoingState, Verdict
from leaddesk.words.sign_in import Password, Secret
from tests.frozen_clock import FrozenClock
from tests.outgoing_desk import OutgoingDesk
from tests.real.sink import Sink

PATIENCE = StageTimeouts().scaled(1 / 100)
IMPATIENT = StageTimeouts().scaled(1 / 1000)
SENT = OutgoingState.SENT
ROOM = Room(None, True)
"""What the sinks tell: an account that learns it anew is looked at again, on a connection of its own."""


@pytest.fixture
def desk(tmp_path: Path) -> OutgoingDesk:
    """A desk whose time stands still."""
    return OutgoingDesk.open(tmp_path / "profile", FrozenClock())


@pytest.fixture
def truth(tmp_path: Path) -> Path:
    return tmp_path / "truth.jsonl"


@pytest.fixture
def line() -> Iterator[Line]:
    with contextlib.closing(Wake()) as stop, contextlib.closing(Line(stop)) as made:
        yield made


def delivered(
    line: Line,
    server: Server,
    number: int = 1,
    *,
    user: str | None = None,
    secret: Secret | None = None,
    before_commit: Callable[[], None] = lambda: None,
    stages: StageTimeouts = PATIENCE,
) -> Verdict:
    return deliver(
        server, user=user, secret=secret, ca_file=None, sender="ann@lofts.example",
        recipients=["ngozi@example.org"], raw=b"Message-ID: <%d@x.example>\r\n\r\nx\r\n" % number,
        before_commit=before_commit, stages=stages, line=line,
    )  # fmt: skip


def sent_in_a_round(desk: OutgoingDesk, sink: Sink, mails: int, stages: StageTimeouts = PATIENCE) -> None:
    """So many mails go out in one round of the sender, each once, in order; no connection outlives it."""
    desk.account(sink.server, room=ROOM)
    made = [desk.approved(desk.lead()) for _ in range(mails)]
    desk.sender(SendPace(stages=stages)).round()
    sink.wait_until_quiet()
    assert [desk.row(mail.id).state for mail in made] == [SENT] * mails
    assert [desk.row(mail.id).attempts for mail in made] == [0] * mails
    assert [taken.message_id for taken in sink.taken()] == [mail.message_id for mail in made]


# -- used again


def test_mails_of_a_round_share_a_connection_which_ends_with_it(desk: OutgoingDesk, truth: Path) -> None:
    with Sink("auth", truth=truth, users={"ann": "right"}) as sink:
        account = desk.account(sink.server, user="ann", room=ROOM)
        desk.passwords.remember(account, "right")
        made = [desk.approved(desk.lead()) for _ in range(4)]
        desk.sender(SendPace(stages=PATIENCE)).round()
        sink.wait_until_quiet()
        assert [taken.message_id for taken in sink.taken()] == [mail.message_id for mail in made]
        assert sink.connections == sink.heard.count("AUTH") == sink.heard.count("QUIT") == 1
        assert sink.heard[-1] == "QUIT"


def test_a_connection_carries_so_many_mails_and_no_more(desk: OutgoingDesk, truth: Path) -> None:
    with Sink(truth=truth) as sink:
        sent_in_a_round(desk, sink, smtp_line.MOST_MAILS + 1)
        assert sink.connections == sink.heard.count("QUIT") == 2


def test_one_that_leads_elsewhere_is_not_used_again(line: Line, tmp_path: Path) -> None:
    with Sink(truth=tmp_path / "one") as one, Sink(truth=tmp_path / "two") as two:
        for number, sink in enumerate((one, two, one)):
            assert delivered(line, sink.server, number).delivery is Delivery.SENT
        assert (one.connections, two.connections) == (2, 1)
        assert len(one.taken()) == 2


@pytest.mark.parametrize(("user", "password"), [("bob", "right"), ("ann", "new"), (None, "right")])
def test_who_signs_in_otherwise_gets_another(
    line: Line, truth: Path, user: str | None, password: str
) -> None:
    with Sink("auth", truth=truth, users={"ann": "right", "bob": "right"}) as sink:
        delivered(line, sink.server, user="ann", secret=Password("right"))
        delivered(line, sink.server, 2, user=user, secret=Password(password))
        assert (sink.connections, sink.heard.count("AUTH")) == (2, 2 if user else 1)


def test_a_password_that_is_typed_meanwhile_is_used_for_the_next_mail(
    desk: OutgoingDesk, truth: Path
) -> None:
    act: list[Callable[[], None]] = []
    with Sink("auth", truth=truth, users={"ann": "old"}) as sink:
        account = desk.account(sink.server, user="ann", room=ROOM)
        desk.passwords.remember(account, "old")
        made = [desk.approved(desk.lead()) for _ in range(3)]
        sender = desk.sender(
            SendPace(stages=PATIENCE), lambda name: act.pop()() if name == "answered" and act else None
        )

        def another() -> None:
            sink.users["ann"] = "new"
            desk.passwords.remember(account, "new")
            sender.retry()

        act.append(another)
        sender.round()
        sink.wait_until_quiet()
        assert (sink.connections, sink.heard.count("AUTH")) == (2, 2)
    assert [desk.row(mail.id).state for mail in made] == [SENT] * 3


def test_one_that_rested_for_long_is_not_used_again(
    line: Line, truth: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(smtp_line, "_FRESH_S", 0.01)
    with Sink(truth=truth) as sink:
        delivered(line, sink.server)
        time.sleep(0.02)
        assert delivered(line, sink.server, 2).delivery is Delivery.SENT
        assert (sink.connections, len(sink.taken())) == (2, 2)


def test_what_the_server_told_of_the_time_is_told_once(line: Line, truth: Path) -> None:
    with Sink("answer:CONNECT:220 sink ESMTP Mon, 2 Mar 2026 09:00:00 +0000", truth=truth) as sink:
        told = [delivered(line, sink.server, number).server_time for number in (1, 2)]
    assert told[0] is not None
    assert told[1] is None


# -- what is not the next mail's failure


@pytest.mark.parametrize(
    "manners",
    [
        "hangs-up",
        "again:MAIL:421 4.7.0 too many messages in this connection",
        "again:MAIL:452 4.5.3 too many",
        "again:MAIL:550 5.7.1 one each",
        "again:MAIL:503 5.5.1 out of turn",
        "again:MAIL:nonsense",
        "again:RCPT:421 4.7.0 too many recipients on this connection",
        "again:RCPT:452 4.5.3 too many recipients in this session",
        "again:RCPT:550 5.7.1 too many recipients in this session",
        "again:RCPT:530 5.7.0 sign in first",
        "again:RCPT:503 5.5.1 MAIL first",
        "again:DATA:421 4.4.2 closing",
        "again:DATA:nonsense",
        "extra:DOT:250 2.0.0 and once more",
    ],
)
def test_a_server_that_wants_no_other_mail_on_it_is_given_a_fresh_one(
    desk: OutgoingDesk, truth: Path, manners: str
) -> None:
    with Sink(manners, truth=truth) as sink:
        sent_in_a_round(desk, sink, 3)
        assert sink.connections == 3
        assert desk.trouble("sending") is None
        assert desk.trouble("sign-in") is None


@pytest.mark.parametrize("manners", ["hangs-up", "again:MAIL:421 4.7.0 enough"])
def test_so_is_one_that_takes_a_few(desk: OutgoingDesk, truth: Path, manners: str) -> None:
    with Sink(f"{manners};after:3", truth=truth) as sink:
        sent_in_a_round(desk, sink, 7)
        assert sink.connections == 3


def test_so_is_one_that_falls_silent_between_mails(desk: OutgoingDesk, truth: Path) -> None:
    with Sink("mute", truth=truth) as sink:
        sent_in_a_round(desk, sink, 2, IMPATIENT)
        assert sink.connections == 2


def test_a_fresh_one_is_tried_once(line: Line, truth: Path) -> None:
    with Sink(truth=truth) as sink:
        delivered(line, sink.server)
        sink.become("answer:MAIL:421 4.3.2 closing")
        verdict = delivered(line, sink.server, 2)
        assert (verdict.delivery, verdict.counted, sink.connections) == (Delivery.DEFERRED, False, 2)


def test_a_limit_that_is_named_on_it_holds(desk: OutgoingDesk, truth: Path) -> None:
    with Sink(truth=truth) as sink:
        desk.account(sink.server, room=ROOM)
        made = [desk.approved(desk.lead()) for _ in range(3)]

        def step(name: str) -> None:
            if name == "answered":
                sink.become("answer:MAIL:550 5.4.5 Daily user sending limit exceeded, wait 2 hours")

        desk.sender(SendPace(stages=PATIENCE), step).round()
        assert sink.connections == 2
        assert len(sink.taken()) == 1
    assert [desk.row(mail.id).state for mail in made] == [SENT, OutgoingState.QUEUED, OutgoingState.QUEUED]
    assert "imit" in (desk.trouble("limit") or "")


# -- and what is


@pytest.mark.parametrize(
    ("becomes", "delivery", "is_counted"),
    [
        ("answer:RCPT:550 5.1.1 no such user", Delivery.REFUSED, True),
        ("answer:RCPT:451 4.7.1 greylisted", Delivery.DEFERRED, True),
        ("answer:DATA:554 5.7.1 no", Delivery.REFUSED, True),
        ("answer:EHLO:421 4.3.2 closing;answer:RCPT:550 5.1.1 no such user", Delivery.DEFERRED, False),
    ],
)
def test_a_no_before_the_dot_is_asked_once_more_on_a_fresh_one_which_decides(
    line: Line, truth: Path, becomes: str, delivery: Delivery, is_counted: bool
) -> None:
    with Sink(truth=truth) as sink:
        delivered(line, sink.server)
        sink.become(becomes)
        verdict = delivered(line, sink.server, 2)
        assert (verdict.delivery, verdict.counted, sink.connections) == (delivery, is_counted, 2)
        sink.become("normal")
        assert delivered(line, sink.server, 3).delivery is Delivery.SENT
        assert [taken.message_id for taken in sink.taken()] == ["<1@x.example>", "<3@x.example>"]


@pytest.mark.parametrize(
    ("manners", "state"),
    [
        ("again:DOT:451 4.3.0 later", OutgoingState.DEFERRED),
        ("again:DOT:300 what", OutgoingState.UNSURE),
    ],
)
def test_a_no_to_the_dot_is_judged_as_ever_and_ends_the_connection(
    desk: OutgoingDesk, truth: Path, manners: str, state: OutgoingState
) -> None:
    with Sink(manners, truth=truth) as sink:
        desk.account(sink.server, room=ROOM)
        made = [desk.approved(desk.lead()) for _ in range(3)]
        desk.sender(SendPace(stages=PATIENCE)).round()
        sink.wait_until_quiet()
        assert [desk.row(mail.id).state for mail in made] == [SENT, state, SENT]
        assert sink.connections == 2


def test_a_mail_that_was_taken_back_leaves_no_half_of_it_behind(line: Line, truth: Path) -> None:
    def no() -> None:
        raise ValueError

    with Sink(truth=truth) as sink:
        delivered(line, sink.server)
        with pytest.raises(ValueError, match=r"^$"):
            delivered(line, sink.server, 2, before_commit=no)
        assert delivered(line, sink.server, 3).delivery is Delivery.SENT
        assert sink.connections == 2
        assert [taken.message_id for taken in sink.taken()] == ["<1@x.example>", "<3@x.example>"]


@pytest.mark.parametrize("manners", ["mute", "again:MAIL:451 4.3.0 later"])
def test_a_stop_ends_its_wait_at_once_and_opens_no_other(truth: Path, manners: str) -> None:
    with Sink(manners, truth=truth) as sink, contextlib.closing(Wake()) as stop:
        line = Line(stop)
        delivered(line, sink.server, stages=StageTimeouts())
        stop.set()
        began = time.monotonic()
        verdict = delivered(line, sink.server, 2, stages=StageTimeouts())
        assert (verdict.delivery, sink.connections) == (Delivery.NOT_REACHED, 1)
        assert time.monotonic() - began < 2


def test_a_stop_between_two_mails_sends_no_other(desk: OutgoingDesk, truth: Path) -> None:
    stop: list[Callable[[], None]] = []
    with Sink(truth=truth) as sink:
        desk.account(sink.server, room=ROOM)
        made = [desk.approved(desk.lead()) for _ in range(2)]
        sender = desk.sender(
            SendPace(stages=PATIENCE), lambda name: stop[0]() if name == "recorded" else None
        )
        stop.append(sender.stop)
        sender.round()
        sink.wait_until_quiet()
        assert (len(sink.taken()), sink.heard[-1]) == (1, "QUIT")
    assert [desk.row(mail.id).state for mail in made] == [SENT, OutgoingState.QUEUED]

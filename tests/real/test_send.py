"""The sender against a real server: every state, and what the sink's own file says about it."""

from __future__ import annotations

import hashlib
import logging
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leaddesk.desk.backup import FROZEN_KEY
from leaddesk.desk.send import Sender
from leaddesk.desk.settling import SendPace
from leaddesk.doors.clock import Clock
from leaddesk.doors.mail.smtp import StageTimeouts
from leaddesk.words.account import Account, Security, Server, SignIn
from leaddesk.words.errors import DiskTrouble, Refused
from leaddesk.words.lead import Person, Standing, Turn
from leaddesk.words.news import OutgoingChanged
from leaddesk.words.outgoing import Outgoing, OutgoingState, Resolution
from leaddesk.words.settings import RETRY_SECONDS
from tests.frozen_clock import FrozenClock
from tests.outgoing_desk import OutgoingDesk
from tests.real.certificates import Certificates
from tests.real.ports import free_ports
from tests.real.sink import Sink, Taken

S = OutgoingState
STAGES = StageTimeouts().scaled(1 / 300)
QUICK = SendPace(rest_s=2.0, offline_s=0.2, refused_s=0.1, vault_s=2.0, stages=STAGES)


@pytest.fixture
def desk(tmp_path: Path) -> OutgoingDesk:
    """A desk whose time stands still."""
    return OutgoingDesk.open(tmp_path / "profile", FrozenClock())


@pytest.fixture
def live(tmp_path: Path) -> OutgoingDesk:
    """A desk in real time."""
    return OutgoingDesk.open(tmp_path / "profile", Clock())


@pytest.fixture
def truth(tmp_path: Path) -> Path:
    return tmp_path / "truth.jsonl"


@contextmanager
def running(sender: Sender) -> Iterator[Sender]:
    sender.start()
    try:
        yield sender
    finally:
        sender.stop()
        assert sender.join(5)


def until(condition: Callable[[], object], seconds: float = 10.0) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not come to that"
        time.sleep(0.005)


def states(desk: OutgoingDesk) -> list[OutgoingState]:
    return [mail.state for mail in desk.reply.outbox()]


def round_after(desk: OutgoingDesk, sender: Sender, seconds: float) -> None:
    desk.pass_time(seconds=seconds)
    sender.round()


# -- the good way


def test_an_approved_reply_goes_out_as_it_was_frozen(desk: OutgoingDesk, truth: Path) -> None:
    with Sink(truth=truth) as sink:
        desk.account(sink.server)
        lead = desk.lead()
        mail = desk.reply.send_text(lead, "Yes, we do.", undo=False)
        desk.sender(QUICK).round()
        (taken,) = sink.taken()
    assert taken.sha256 == hashlib.sha256(desk.store.outbox.raw(mail.id)).hexdigest()
    assert (taken.message_id, taken.rcpt) == (mail.message_id, ("ngozi@example.org",))
    sent = desk.row(mail.id)
    assert (sent.state, sent.sent_at, sent.attempts) == (S.SENT, desk.clock.now(), 0)
    assert sent.answer is not None
    assert sent.answer.startswith("250 2.0.0 queued")
    told = [item.state for item in desk.news if isinstance(item, OutgoingChanged)]
    assert told == [S.QUEUED, S.CLAIMED, S.COMMITTING, S.SENT]


def test_what_was_sent_is_the_first_response(desk: OutgoingDesk, truth: Path) -> None:
    with Sink(truth=truth) as sink:
        desk.account(sink.server)
        lead = desk.lead()
        desk.pass_time(minutes=4)
        desk.approved(lead)
        desk.sender(QUICK).round()
    found = desk.store.leads.get(lead)
    assert found is not None
    (enquiry,) = found.state.enquiries
    assert enquiry.standing is Standing.ANSWERED
    assert enquiry.first_response is not None
    assert enquiry.first_response.after == timedelta(minutes=4)
    assert found.state.turn is Turn.THEIRS
    (touch,) = desk.touches(lead)
    assert (touch.by, touch.text) == ("Ann Lee", "Yes, we do.")


def test_a_running_sender_reacts_at_once(live: OutgoingDesk, truth: Path) -> None:
    with Sink(truth=truth) as sink, running(live.sender(replace(QUICK, rest_s=60.0))):
        live.account(sink.server)
        began = time.monotonic()
        mail = live.approved(live.lead())
        until(lambda: live.row(mail.id).state is S.SENT)
        assert time.monotonic() - began < 2


def test_nothing_goes_before_the_time_for_undo_is_over(desk: OutgoingDesk, truth: Path) -> None:
    sender = desk.sender(QUICK)
    with Sink(truth=truth) as sink:
        desk.account(sink.server)
        lead = desk.lead()
        back, gone = desk.reply.send_text(lead, "no"), desk.reply.send_text(lead, "yes")
        assert sender.round() == QUICK.rest_s
        round_after(desk, sender, 9.5)
        assert sink.taken() == []
        desk.reply.cancel(back.id)
        round_after(desk, sender, 0.5)
        assert [taken.message_id for taken in sink.taken()] == [gone.message_id]


def test_once_sends_what_may_go_now_and_comes_back(desk: OutgoingDesk, truth: Path) -> None:
    with Sink("slow:30", truth=truth) as sink:
        desk.account(sink.server)
        lead = desk.lead()
        now = [desk.approved(lead, text) for text in ("one", "two", "three")]
        later = desk.reply.send_text(lead, "four")
        desk.sender(QUICK).once()
        assert [taken.message_id for taken in sink.taken()] == [mail.message_id for mail in now]
    assert desk.row(later.id).state is S.QUEUED


@pytest.mark.parametrize("answer", ["421 4.3.2 closing", "500 what", "2"])
def test_the_answer_to_quit_never_matters(desk: OutgoingDesk, truth: Path, answer: str) -> None:
    with Sink(f"answer:QUIT:{answer}", truth=truth) as sink:
        desk.account(sink.server)
        mail = desk.approved(desk.lead())
        desk.sender(QUICK).round()
    assert desk.row(mail.id).state is S.SENT


# -- put off and refused


def test_a_server_that_asks_to_wait_is_asked_again_ever_later(desk: OutgoingDesk, truth: Path) -> None:
    desk.config.set(RETRY_SECONDS, "60")
    sender = desk.sender(QUICK)
    with Sink("answer:RCPT:451 4.7.1 greylisted", truth=truth) as sink:
        desk.account(sink.server)
        mail = desk.approved(desk.lead())
        for attempt, minutes in enumerate((1, 3, 6, 12, 12), 1):
            sender.round()
            row = desk.row(mail.id)
            assert (row.state, row.attempts, row.answer) == (S.DEFERRED, attempt, "451 4.7.1 greylisted")
            assert row.next_try == desk.clock.now() + timedelta(minutes=minutes)
            asked = sink.connections
            round_after(desk, sender, minutes * 60 - 1)
            assert sink.connections == asked
            desk.pass_time(seconds=1)
        sink.become("normal")
        sender.round()
        assert len(sink.taken()) == 1
    assert desk.row(mail.id).state is S.SENT


@pytest.mark.parametrize("verb", ["MAIL", "DATA", "DOT"])
def test_a_4xx_at_any_stage_puts_off(desk: OutgoingDesk, truth: Path, verb: str) -> None:
    with Sink(f"answer:{verb}:452 4.3.1 full", truth=truth) as sink:
        desk.account(sink.server)
        mail = desk.approved(desk.lead())
        desk.sender(QUICK).round()
        assert sink.taken() == []
    row = desk.row(mail.id)
    assert (row.state, row.attempts, row.answer) == (S.DEFERRED, 1, "452 4.3.1 full")
    assert "asks to wait" in row.why


def test_a_busy_server_costs_no_attempt_and_is_left_alone(desk: OutgoingDesk, truth: Path) -> None:
    sender = desk.sender(QUICK)
    with Sink("answer:CONNECT:421 4.3.2 too many", truth=truth) as sink:
        desk.account(sink.server)
        lead = desk.lead()
        mails = [desk.approved(lead, text) for text in ("one", "two")]
        sender.round()
        assert sink.connections == 1
        first, second = (desk.row(mail.id) for mail in mails)
        assert (first.state, first.attempts) == (S.DEFERRED, 0)
        assert second.state is S.QUEUED
        round_after(desk, sender, 300)
        assert desk.row(mails[0].id).attempts == 0
        sink.become("normal")
        round_after(desk, sender, 900)
    assert states(desk) == [S.SENT, S.SENT]


@pytest.mark.parametrize("verb", ["MAIL", "RCPT", "DATA", "DOT"])
def test_a_refused_mail_is_not_tried_again(desk: OutgoingDesk, truth: Path, verb: str) -> None:
    sender = desk.sender(QUICK)
    with Sink(f"answer:{verb}:550 5.1.1 no such user", truth=truth) as sink:
        desk.account(sink.server)
        lead = desk.lead()
        mail = desk.approved(lead)
        sender.round()
        round_after(desk, sender, 86_400)
        assert sink.connections == 1
        assert sink.taken() == []
    row = desk.row(mail.id)
    assert (row.state, row.answer) == (S.REFUSED, "550 5.1.1 no such user")
    assert "refused" in row.why
    assert desk.touches(lead) == []


def test_when_one_address_is_refused_nobody_gets_it(desk: OutgoingDesk, truth: Path) -> None:
    with Sink("answer:NOBODY:550 5.1.1 unknown", truth=truth) as sink:
        desk.account(sink.server)
        draft = desk.reply.draft(desk.lead())
        mail = desk.reply.approve(replace(draft, body="x", cc=("nobody@example.org",)), undo=False)
        desk.sender(QUICK).round()
        assert sink.taken() == []
        assert "RSET" in sink.heard
    assert desk.row(mail.id).why.startswith("Address refused: nobody@example.org")


# -- nobody knows


@pytest.mark.parametrize(
    ("personality", "taken"),
    [("drop-after", 1), ("drop-before", 0), ("partial:2", 1), ("slow-after:3000", 1)],
)
def test_without_a_whole_answer_it_is_unsure_and_never_sent_again(
    desk: OutgoingDesk, truth: Path, personality: str, taken: int
) -> None:
    sender = desk.sender(QUICK)
    with Sink(personality, truth=truth) as sink:
        desk.account(sink.server)
        lead = desk.lead()
        mail = desk.approved(lead)
        sender.round()
        row = desk.row(mail.id)
        assert (row.state, row.attempts) == (S.UNSURE, 1)
        assert "not sure" in row.why
        sink.become("normal")
        round_after(desk, sender, 3600)
        desk.sender(QUICK).round()
        assert sink.connections == 1
        assert len(sink.taken()) == taken
    assert desk.row(mail.id).state is S.UNSURE
    assert desk.touches(lead) == []


def test_a_person_may_send_an_unsure_one_again(desk: OutgoingDesk, truth: Path) -> None:
    sender = desk.sender(QUICK)
    with Sink("drop-before", truth=truth) as sink:
        desk.account(sink.server)
        mail = desk.approved(desk.lead())
        sender.round()
        sink.become("normal")
        desk.reply.resolve(mail.id, Resolution.AGAIN)
        sender.round()
        assert [taken.message_id for taken in sink.taken()] == [mail.message_id]
    assert desk.row(mail.id).state is S.SENT


# -- after a crash


def crashed_at(desk: OutgoingDesk, lead: int, step: str) -> Outgoing:
    """A mail whose sender died in a step."""
    mail = desk.approved(lead)
    assert desk.store.outbox.claim(desk.clock.now(), "dead", [mail.account]) is not None
    if step == "committing":
        desk.store.outbox.committing(mail.id, "dead")
    return mail


def test_what_was_only_claimed_is_sent_after_a_crash(desk: OutgoingDesk, truth: Path) -> None:
    with Sink(truth=truth) as sink:
        desk.account(sink.server)
        mail = crashed_at(desk, desk.lead(), "claimed")
        desk.sender(QUICK).round()
        assert [taken.message_id for taken in sink.taken()] == [mail.message_id]


def test_what_may_have_left_is_unsure_after_a_crash(desk: OutgoingDesk, truth: Path) -> None:
    with Sink(truth=truth) as sink:
        desk.account(sink.server)
        mail = crashed_at(desk, desk.lead(), "committing")
        desk.sender(QUICK).round()
        assert sink.connections == 0
    assert desk.row(mail.id).state is S.UNSURE


def test_a_sender_recovers_only_once(desk: OutgoingDesk, truth: Path) -> None:
    """Later on, what is claimed or committing is its own."""
    sender = desk.sender(QUICK)
    with Sink(truth=truth) as sink:
        desk.account(sink.server)
        sender.round()
        crashed_at(desk, desk.lead(), "committing")
        sender.round()
        assert sink.connections == 0
    assert states(desk) == [S.COMMITTING]


def test_the_servers_word_is_kept_until_the_disk_takes_it(
    desk: OutgoingDesk, truth: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sender = desk.sender(QUICK)
    outbox = desk.store.outbox
    full = DiskTrouble("The disk is full.", "Free some space.")
    with Sink(truth=truth) as sink:
        desk.account(sink.server)
        lead = desk.lead()
        mails = [desk.approved(lead, text) for text in ("one", "two")]
        with monkeypatch.context() as broken:
            broken.setattr(outbox, "sent", raising(full))
            for _ in range(3):
                with pytest.raises(DiskTrouble):
                    sender.round()
        assert states(desk) == [S.COMMITTING, S.QUEUED]
        assert desk.trouble("disk") == "The disk is full."
        left = desk.clock.now()
        round_after(desk, sender, 60)
        assert [taken.message_id for taken in sink.taken()] == [mail.message_id for mail in mails]
    assert states(desk) == [S.SENT, S.SENT]
    assert desk.row(mails[0].id).sent_at == left
    assert desk.trouble("disk") is None


@pytest.mark.parametrize("failure", [DiskTrouble("The disk is full."), RuntimeError("a bug")])
def test_what_cannot_be_committed_does_not_leave_and_holds_up_no_other(
    desk: OutgoingDesk, truth: Path, monkeypatch: pytest.MonkeyPatch, failure: Exception
) -> None:
    sender = desk.sender(QUICK)
    with Sink(truth=truth) as sink:
        desk.account(sink.server)
        mails = [desk.approved(desk.lead()) for _ in range(2)]
        calls = raising(failure, times=1)
        monkeypatch.setattr(desk.store.outbox, "committing", calls_then(calls, desk.store.outbox.committing))
        sender.round()
        assert states(desk) == [S.QUEUED, S.SENT]
        round_after(desk, sender, 1)
        sink.wait_until_quiet()
        assert [taken.message_id for taken in sink.taken()] == [mail.message_id for mail in reversed(mails)]
    assert [(desk.row(mail.id).state, desk.row(mail.id).attempts) for mail in mails] == [(S.SENT, 0)] * 2


@pytest.mark.parametrize("host", ["smtp..lofts.example", "x" * 64 + ".example"])
def test_a_server_whose_name_is_none_holds_up_no_other_account(
    desk: OutgoingDesk, truth: Path, host: str
) -> None:
    with Sink(truth=truth) as sink:
        desk.account(Server(host, 465, Security.TLS))
        desk.account(sink.server, email="bob@roofs.example")
        desk.approved(desk.mailed())
        desk.approved(desk.mailed(To="bob@roofs.example", person=Person(name="O", emails=("o@x.example",))))
        desk.sender(QUICK).round()
        assert len(sink.taken()) == 1
    assert states(desk) == [S.QUEUED, S.SENT]
    assert f"The name {host} cannot be found." in (desk.trouble("sending") or "")


def raising(failure: Exception, times: int = 1000) -> Callable[..., bool]:
    """A call that fails so often, and then says False."""
    left = iter(range(times))

    def call(*args: object, **more: object) -> bool:
        if next(left, None) is not None:
            raise failure
        return False

    return call


def calls_then(first: Callable[..., bool], then: Callable[..., None]) -> Callable[..., None]:
    def call(*args: object, **more: object) -> None:
        first(*args, **more)
        then(*args, **more)

    return call


# -- two at once


def test_two_senders_never_take_the_same_mail(live: OutgoingDesk, truth: Path, tmp_path: Path) -> None:
    other = OutgoingDesk.open(tmp_path / "profile", Clock())
    with Sink("slow:3", truth=truth) as sink:
        live.account(sink.server)
        senders = [live.sender(QUICK), other.sender(QUICK)]
        for sender in senders:
            sender.round()
        lead = live.lead()
        mails = [live.approved(lead, f"number {number}") for number in range(40)]
        with running(senders[0]), running(senders[1]):
            until(lambda: all(mail.state is S.SENT for mail in live.reply.outbox()))
        taken = [each.message_id for each in sink.taken()]
    assert sorted(taken) == sorted(mail.message_id or "" for mail in mails)
    assert len(live.touches(lead)) == 40


def test_who_cancels_wins_or_loses_but_never_both(live: OutgoingDesk, truth: Path) -> None:
    with Sink(truth=truth) as sink, running(live.sender(QUICK)):
        live.account(sink.server)
        lead = live.lead()
        won = set()
        for number in range(40):
            mail = live.approved(lead, f"number {number}")
            try:
                live.reply.cancel(mail.id)
                won.add(mail.message_id)
            except Refused:
                pass
        until(lambda: {mail.state for mail in live.reply.outbox()} <= {S.SENT, S.CANCELLED, S.DRAFT})
        taken = {each.message_id for each in sink.taken()}
        assert len(sink.taken()) == len(taken) == 40 - len(won)
    assert not taken & won


# -- servers that cannot be reached


def test_offline_it_waits_and_goes_by_itself(live: OutgoingDesk, truth: Path) -> None:
    (port,) = free_ports(1)
    live.account(Server("127.0.0.1", port, Security.PLAIN))
    lead = live.lead()
    mails = [live.approved(lead, text) for text in ("one", "two", "three")]
    with running(live.sender(QUICK)):
        until(lambda: live.trouble("sending:"))
        assert live.trouble("sending:") == (
            f"Offline: 3 waiting. 127.0.0.1 refuses connections on port {port}."
        )
        until(lambda: any(live.row(mail.id).why for mail in mails))
        assert all(live.row(mail.id).state in (S.QUEUED, S.CLAIMED) for mail in mails)
        with Sink(truth=truth, port=port) as sink:
            until(lambda: all(live.row(mail.id).state is S.SENT for mail in mails))
            assert len(sink.taken()) == 3
        until(lambda: live.trouble("sending:") is None)
    assert [live.row(mail.id).attempts for mail in mails] == [0, 0, 0]


def test_while_one_server_is_away_the_other_account_sends(desk: OutgoingDesk, truth: Path) -> None:
    (port,) = free_ports(1)
    sender = desk.sender(QUICK)
    with Sink(truth=truth) as sink:
        desk.account(Server("127.0.0.1", port, Security.PLAIN))
        desk.account(sink.server, email="bob@roofs.example")
        stuck = desk.approved(desk.mailed())
        goes = desk.approved(
            desk.mailed(To="bob@roofs.example", person=Person(name="O", emails=("o@x.example",)))
        )
        sender.round()
        assert [taken.message_id for taken in sink.taken()] == [goes.message_id]
    row = desk.row(stuck.id)
    assert (row.state, row.attempts) == (S.QUEUED, 0)
    assert row.next_try is not None
    assert row.next_try - desk.clock.now() <= timedelta(seconds=30)


def test_the_usual_pace_tries_again_within_half_a_minute() -> None:
    pace = SendPace()
    assert pace.offline_s + pace.rest_s <= 60
    assert pace.offline_s <= 30


def test_try_now_does_not_wait_for_the_next_turn(desk: OutgoingDesk, truth: Path) -> None:
    (port,) = free_ports(1)
    sender = desk.sender(QUICK)
    desk.account(Server("127.0.0.1", port, Security.PLAIN))
    mail = desk.approved(desk.lead())
    sender.round()
    with Sink(truth=truth, port=port):
        sender.round()
        assert desk.row(mail.id).state is S.QUEUED
        desk.troubles.act("sending:1")
        sender.round()
    assert desk.row(mail.id).state is S.SENT


@pytest.mark.parametrize(
    ("pair", "words"),
    [("expired", "has expired"), ("wrong_host", "another name"), ("untrusted", "not signed by anyone")],
)
@pytest.mark.parametrize("security", [Security.TLS, Security.STARTTLS])
def test_a_bad_certificate_is_told_and_nothing_leaves(
    desk: OutgoingDesk, truth: Path, certificates: Certificates, pair: str, words: str, security: Security
) -> None:
    with Sink("auth", truth=truth, security=security, pair=getattr(certificates, pair)) as sink:
        account = desk.account(sink.server, user="ana", ca_file=certificates.ca_file)
        desk.passwords.remember(account, "s3cret")
        mail = desk.approved(desk.lead())
        desk.sender(QUICK).round()
        assert not {"AUTH", "DATA"} & set(sink.heard)
    row = desk.row(mail.id)
    assert (row.state, row.attempts) == (S.QUEUED, 0)
    assert words in row.why
    assert words in (desk.trouble("sending:") or "")


def test_a_stripped_starttls_is_no_reason_to_speak_in_clear(
    desk: OutgoingDesk, truth: Path, certificates: Certificates
) -> None:
    with Sink("auth;no-starttls", truth=truth, security=Security.STARTTLS, pair=certificates.good) as sink:
        account = desk.account(sink.server, user="ana", ca_file=certificates.ca_file)
        desk.passwords.remember(account, "s3cret")
        mail = desk.approved(desk.lead())
        desk.sender(QUICK).round()
        assert "AUTH" not in sink.heard
    assert "does not offer a protected connection" in desk.row(mail.id).why


def test_an_unprotected_server_elsewhere_is_not_spoken_to(desk: OutgoingDesk) -> None:
    desk.account(Server("smtp.example.org", 25, Security.PLAIN))
    mail = desk.approved(desk.lead())
    desk.sender(QUICK).round()
    row = desk.row(mail.id)
    assert (row.state, row.attempts) == (S.QUEUED, 0)
    assert "must be protected" in row.why


# -- sign-in


def signed(desk: OutgoingDesk, sink: Sink, password: str | None) -> Outgoing:
    account = desk.account(sink.server, user="ana", keyring="Memory")
    if password is not None:
        desk.passwords.keep(account, password)
    return desk.approved(desk.lead())


def test_after_two_refused_sign_ins_it_waits_for_the_person(desk: OutgoingDesk, truth: Path) -> None:
    sender = desk.sender(QUICK)
    with Sink("auth", truth=truth, users={"ana": "right"}) as sink:
        mail = signed(desk, sink, "wrong")
        for _ in range(10):
            round_after(desk, sender, 600)
        assert sink.heard.count("AUTH") == 2
        row = desk.row(mail.id)
        assert (row.state, row.attempts) == (S.QUEUED, 0)
        assert "refused the sign-in" in (desk.trouble("sign-in:1") or "")
        desk.passwords.keep(desk.store.accounts.get(1), "right")
        desk.troubles.act("sign-in:1")
        sender.round()
        assert len(sink.taken()) == 1
    assert desk.trouble("sign-in:1") is None


def test_microsofts_closed_door_is_told_as_what_it_is(desk: OutgoingDesk, truth: Path) -> None:
    sender = desk.sender(QUICK)
    with Sink("answer:MAIL:530 5.7.57 Client not authenticated", truth=truth) as sink:
        mail = signed(desk, sink, None)
        desk.store.accounts.change(replace(desk.store.accounts.get(1), user="", sign_in=SignIn.BROWSER))
        for _ in range(3):
            round_after(desk, sender, 600)
        assert sink.connections == 2
    assert desk.row(mail.id).state is S.QUEUED
    assert desk.trouble("sign-in:1") == "Microsoft wants a sign-in in the browser."


@pytest.mark.parametrize(("locked", "key"), [(True, "keyring:1"), (False, "sign-in:1")])
def test_without_a_password_mails_wait_and_the_person_is_told(
    desk: OutgoingDesk, truth: Path, locked: bool, key: str
) -> None:
    sender = desk.sender(QUICK)
    with Sink("auth", truth=truth, users={"ana": "right"}) as sink:
        mail = signed(desk, sink, None)
        desk.vault.locked = locked
        for _ in range(3):
            round_after(desk, sender, 60)
        assert sink.connections == 0
        assert desk.row(mail.id).state is S.QUEUED
        assert desk.trouble(key) is not None
        desk.vault.locked = False
        desk.passwords.keep(desk.store.accounts.get(1), "right")
        desk.troubles.act(key)
        sender.round()
        assert len(sink.taken()) == 1
    assert desk.trouble(key) is None


def test_a_trouble_that_a_watcher_began_is_left_to_it(desk: OutgoingDesk, truth: Path) -> None:
    sender = desk.sender(QUICK)
    with Sink("auth", truth=truth, users={"ana": "right"}) as sink:
        signed(desk, sink, None)
        desk.troubles.begin("sign-in:1", "The watcher's own words.")
        sender.round()
        desk.passwords.keep(desk.store.accounts.get(1), "right")
        sender.retry()
        sender.round()
        assert len(sink.taken()) == 1
    assert desk.trouble("sign-in:1") == "The watcher's own words."


def test_no_password_stands_in_any_log(
    desk: OutgoingDesk, truth: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    secret = "canary-8473-pässwörd"
    with Sink("auth;echo", truth=truth, users={"ana": "right"}) as sink:
        mail = signed(desk, sink, secret)
        desk.sender(QUICK).round()
    told = caplog.text + repr(desk.row(mail.id)) + repr(desk.troubles.all()) + repr(desk.news)
    assert "canary" not in told


# -- what must not go by itself


def test_after_a_restore_nothing_goes_before_a_person_says_so(desk: OutgoingDesk, truth: Path) -> None:
    sender = desk.sender(QUICK)
    desk.store.settings.put(FROZEN_KEY, "1")
    with Sink(truth=truth) as sink:
        desk.account(sink.server)
        mail = desk.approved(desk.lead())
        sender.round()
        assert sink.connections == 0
        assert "1 waiting" in (desk.trouble("frozen") or "")
        desk.troubles.act("frozen")
        sender.round()
    assert desk.row(mail.id).state is S.SENT
    assert desk.trouble("frozen") is None


def test_what_waited_for_two_days_is_asked_about(desk: OutgoingDesk, truth: Path) -> None:
    sender = desk.sender(QUICK)
    with Sink(truth=truth) as sink:
        desk.account(sink.server)
        mail = desk.approved(desk.lead())
        round_after(desk, sender, 3 * 86_400)
        assert sink.connections == 0
        row = desk.row(mail.id)
        assert (row.state, row.attempts) == (S.REFUSED, 0)
        assert "two days" in row.why
        desk.reply.resolve(mail.id, Resolution.AGAIN)
        sender.round()
    assert desk.row(mail.id).state is S.SENT


def test_what_was_changed_after_approval_stays_here(desk: OutgoingDesk, truth: Path) -> None:
    with Sink(truth=truth) as sink:
        desk.account(sink.server)
        mail = desk.approved(desk.lead())
        rows = desk.store.database.tables.outgoing
        with desk.store.transaction():
            rows.update(body="Never.").where(rows.id == mail.id).execute()
        desk.sender(QUICK).round()
        assert sink.connections == 0
    row = desk.row(mail.id)
    assert row.state is S.REFUSED
    assert "changed after it was approved" in row.why


def test_mails_of_a_removed_account_stay_and_are_told_of(desk: OutgoingDesk, truth: Path) -> None:
    sender = desk.sender(QUICK)
    with Sink(truth=truth) as sink:
        account = desk.account(sink.server)
        mail = desk.approved(desk.lead())
        desk.store.accounts.remove(account.id)
        sender.round()
        assert sink.connections == 0
    assert desk.row(mail.id).state is S.QUEUED
    assert "was removed" in (desk.trouble("sending:") or "")
    desk.reply.cancel(mail.id)
    sender.round()
    assert desk.trouble("sending:") is None


# -- stopping


def test_a_stop_while_the_server_is_silent_leaves_the_mail_queued(live: OutgoingDesk) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        live.account(Server("127.0.0.1", silent.getsockname()[1], Security.PLAIN))
        mail = live.approved(live.lead())
        sender = live.sender(replace(QUICK, stages=StageTimeouts()))
        sender.start()
        until(lambda: live.row(mail.id).state is S.CLAIMED)
        stopped(sender)
    row = live.row(mail.id)
    assert (row.state, row.attempts, row.why) == (S.QUEUED, 0, "LeadDesk was closed before it was sent.")
    assert row.next_try is not None
    assert row.next_try <= live.clock.now()


def test_a_stop_after_the_dot_still_hears_the_answer(live: OutgoingDesk, truth: Path) -> None:
    with Sink("slow-after:400", truth=truth) as sink:
        live.account(sink.server)
        mail = live.approved(live.lead())
        sender = live.sender(replace(QUICK, stages=StageTimeouts()))
        sender.start()
        until(lambda: live.row(mail.id).state is S.COMMITTING)
        stopped(sender)
    assert live.row(mail.id).state is S.SENT


def test_a_stop_does_not_wait_for_a_server_that_does_not_answer(live: OutgoingDesk, truth: Path) -> None:
    with Sink("slow-after:20000", truth=truth) as sink:
        live.account(sink.server)
        mail = live.approved(live.lead())
        sender = live.sender(replace(QUICK, stages=StageTimeouts()))
        sender.start()
        until(lambda: live.row(mail.id).state is S.COMMITTING)
        stopped(sender)
    assert live.row(mail.id).state is S.UNSURE


def stopped(sender: Sender) -> None:
    """All stop within two seconds."""
    began = time.monotonic()
    sender.stop()
    assert sender.join(2.0)
    assert time.monotonic() - began < 2.0


# -- hostile names


EVIL = ["\r\n", "Bcc: evil@x.example", "=?utf-8?q?=0ABcc=3A_evil=40x.example?=", '"', ">,"]


@pytest.fixture(scope="module")
def posting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Posting]:
    """One desk with one account at one sink for all examples: only names and subjects differ."""
    folder = tmp_path_factory.mktemp("hostile")
    with Sink(truth=folder / "truth.jsonl", mails=folder / "mails") as sink:
        desk = OutgoingDesk.open(folder / "profile", Clock())
        yield Posting(desk, sink, folder / "mails", desk.account(sink.server), desk.sender(QUICK))


@dataclass(frozen=True)
class Posting:
    """What a mail needs to go out, and where the sink keeps it."""

    desk: OutgoingDesk
    sink: Sink
    mails: Path
    account: Account
    sender: Sender

    def under_the_name(self, name: str) -> None:
        self.desk.store.accounts.change(replace(self.account, name=name))

    def new_raw(self, known: int) -> tuple[Taken, bytes]:
        """The one mail that the sink has taken since it had `known`."""
        (taken,) = self.sink.taken()[known:]
        return taken, (self.mails / f"{taken.sha256}.eml").read_bytes()


@settings(
    max_examples=60, derandomize=True, database=None, deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)  # fmt: skip
@given(
    st.lists(
        st.one_of(
            st.text(st.characters(codec=None), max_size=20),
            st.sampled_from(EVIL),
        ),
        max_size=5,
    ).map("".join)
)  # fmt: skip
def test_no_name_and_no_subject_reaches_anybody_else(posting: Posting, text: str) -> None:
    text = text.encode("utf-8", "replace").decode()
    desk, known = posting.desk, len(posting.sink.taken())
    posting.under_the_name(text)
    mail = desk.approved(desk.lead(Person(name=text or "x", emails=("ngozi@example.org",))), subject=text)
    posting.sender.round()
    taken, raw = posting.new_raw(known)
    assert desk.row(mail.id).state is S.SENT
    assert taken.rcpt == ("ngozi@example.org",)
    assert b"\nbcc" not in raw.lower()

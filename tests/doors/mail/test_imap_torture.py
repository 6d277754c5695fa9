"""The IMAP session against servers and networks that misbehave."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest

from leaddesk.doors.mail.imap import Hint, ImapSession, Wake
from leaddesk.words.account import Security, Server
from leaddesk.words.errors import FolderGone, LeadDeskError, OutOfReach, SignInRefused, SlowDown, Usage
from leaddesk.words.sign_in import Password
from tests.doors.mail.scripted_imap import Act, Peer, ScriptedImap

TIMEOUT = 1.0
"""Seconds that a session waits for an answer here."""
MAIL = b"Message-ID: <1@x>\r\n\r\nbody\r\n"


@contextmanager
def opened(server: ScriptedImap, *, poll_every: float = 60.0) -> Iterator[ImapSession]:
    """A session with the scripted server, its folder open."""
    session = ImapSession.connect(
        server.server(), user="ana", secret=Password("secret"), timeout=TIMEOUT, poll_every=poll_every
    )
    try:
        session.examine("INBOX")
        yield session
    finally:
        session.close()


@pytest.fixture
def wake() -> Iterator[Wake]:
    made = Wake()
    yield made
    made.close()


def idling(*pieces: bytes, pause: float = 0.1, before: bytes = b"") -> Act:
    """Say `before`, then go idle, say the pieces in segments of their own, and end on DONE."""

    def act(peer: Peer, tag: bytes, line: bytes) -> None:
        peer.say(before + b"+ idling\r\n", *pieces, pause=pause)
        if peer.hear() == b"DONE\r\n":
            peer.say(tag + b" OK idle done\r\n")

    return act


# -- IDLE


@pytest.mark.parametrize(
    "pieces",
    [
        (b"* 5 EXISTS\r\n",),
        (b"* 5 EX", b"ISTS\r\n"),
        (b"* 5 EXISTS\r", b"\n"),
        (b"* OK still here\r\n* 1 FETCH (FLAGS (\\Seen))\r\n", b"* 5 EXISTS\r\n* 1 RECENT\r\n"),
    ],
)
def test_an_announcement_ends_the_wait_however_it_is_cut_into_segments(
    wake: Wake, pieces: tuple[bytes, ...]
) -> None:
    with ScriptedImap({b"IDLE": idling(*pieces)}) as server, opened(server) as session:
        assert session.wait(wake, 5) is Hint.ARRIVED
        assert session.uids() == [1, 2, 3]


def test_an_announcement_before_the_server_idles_counts(wake: Wake) -> None:
    with ScriptedImap({b"IDLE": idling(before=b"* 5 EXISTS\r\n")}) as server, opened(server) as session:
        assert session.wait(wake, 5) is Hint.ARRIVED


def test_an_announcement_in_another_answer_ends_the_next_wait_at_once(wake: Wake) -> None:
    fetch = b"* 1 FETCH (UID 1 RFC822.SIZE 9)\r\n* 4 EXISTS\r\n{tag} OK done\r\n"
    with ScriptedImap({b"FETCH": fetch, b"IDLE": idling()}) as server, opened(server) as session:
        assert session.uids() == [1, 2, 3]
        assert [meta.uid for meta in session.fetch_meta([1])] == [1]
        assert session.wait(wake, 5) is Hint.ARRIVED
        assert session.wait(wake, 0.05) is Hint.RENEWED


def test_an_announcement_after_done_ends_the_next_wait(wake: Wake) -> None:
    def idle(peer: Peer, tag: bytes, line: bytes) -> None:
        peer.say(b"+ idling\r\n")
        peer.hear()
        peer.say(b"* 4 EXISTS\r\n" + tag + b" OK idle done\r\n")

    with ScriptedImap({b"IDLE": idle}) as server, opened(server) as session:
        assert session.wait(wake, 0.05) is Hint.RENEWED
        assert session.wait(wake, 5) is Hint.ARRIVED


def test_a_removal_is_told_apart(wake: Wake) -> None:
    with ScriptedImap({b"IDLE": idling(b"* 2 EXPUNGE\r\n")}) as server, opened(server) as session:
        assert session.wait(wake, 5) is Hint.REMOVED


def test_a_storm_of_flags_does_not_end_the_wait_but_a_wake_does(wake: Wake) -> None:
    calm = threading.Event()

    def storm(peer: Peer, tag: bytes, line: bytes) -> None:
        peer.say(b"+ idling\r\n")
        while not calm.is_set():
            peer.say(b"* 1 FETCH (FLAGS (\\Seen))\r\n" * 500)
        peer.hear()
        peer.say(tag + b" OK idle done\r\n")

    with ScriptedImap({b"IDLE": storm}) as server, opened(server) as session:
        timer = threading.Timer(0.3, wake.set)
        timer.start()
        began = time.monotonic()
        assert session.wait(wake, 10) is Hint.WOKEN
        assert 0.2 < time.monotonic() - began < 1
        calm.set()
        assert session.uids() == [1, 2, 3]
        timer.join()


def test_a_server_that_closes_is_noticed_at_once_and_without_spinning(wake: Wake) -> None:
    def close(peer: Peer, tag: bytes, line: bytes) -> None:
        peer.say(b"+ idling\r\n")
        peer.close()

    with ScriptedImap({b"IDLE": close}) as server, opened(server) as session:
        began, busy = time.monotonic(), time.process_time()
        with pytest.raises(OutOfReach, match="closed the connection"):
            session.wait(wake, 10)
        assert time.monotonic() - began < 1
        assert time.process_time() - busy < 0.2


def test_a_goodbye_is_told_in_its_words(wake: Wake) -> None:
    bye = b"* BYE Server is going down\r\n"
    with (
        ScriptedImap({b"IDLE": idling(bye)}) as server,
        opened(server) as session,
        pytest.raises(OutOfReach, match="going down"),
    ):
        session.wait(wake, 10)


def test_a_network_that_went_silent_shows_when_the_wait_is_renewed(wake: Wake) -> None:
    def silent(peer: Peer, tag: bytes, line: bytes) -> None:
        peer.say(b"+ idling\r\n")
        peer.hear()

    with ScriptedImap({b"IDLE": silent}) as server, opened(server) as session:
        began = time.monotonic()
        with pytest.raises(OutOfReach, match="does not answer"):
            session.wait(wake, 0.1)
        assert time.monotonic() - began < 0.1 + TIMEOUT + 0.5


def test_a_wake_does_not_wait_for_a_dead_network(wake: Wake) -> None:
    def silent(peer: Peer, tag: bytes, line: bytes) -> None:
        peer.say(b"+ idling\r\n")
        peer.hear()

    with ScriptedImap({b"IDLE": silent}) as server, opened(server) as session:
        timer = threading.Timer(0.1, wake.set)
        timer.start()
        began = time.monotonic()
        assert session.wait(wake, 10) is Hint.WOKEN
        assert time.monotonic() - began < 0.1 + TIMEOUT / 2
        with pytest.raises(OutOfReach, match="does not answer"):
            session.uids()
        timer.join()


def test_a_wake_that_is_set_beforehand_ends_the_wait_at_once(wake: Wake) -> None:
    wake.set()
    with ScriptedImap({b"IDLE": idling()}) as server, opened(server) as session:
        assert session.wait(wake, 10) is Hint.WOKEN
        assert session.wait(wake, 10) is Hint.WOKEN
        wake.clear()
        assert session.wait(wake, 0.05) is Hint.RENEWED


# -- without IDLE


def test_a_server_without_idle_is_asked_again_and_again(wake: Wake) -> None:
    asked: list[bytes] = []

    def noop(peer: Peer, tag: bytes, line: bytes) -> None:
        asked.append(line)
        news = b"* 4 EXISTS\r\n" if len(asked) == 2 else b""
        peer.say(news + tag + b" OK done\r\n")

    with (
        ScriptedImap({b"NOOP": noop}, offers=b"IMAP4rev1") as server,
        opened(server, poll_every=0.1) as session,
    ):
        assert session.is_polling
        assert [session.wait(wake, 240) for _ in range(2)] == [Hint.RENEWED, Hint.ARRIVED]


def test_a_polled_server_that_closes_is_noticed_at_once(wake: Wake) -> None:
    with ScriptedImap(offers=b"IMAP4rev1") as server, opened(server) as session:
        assert server.peer is not None
        timer = threading.Timer(0.1, server.peer.end)
        timer.start()
        with pytest.raises(OutOfReach, match="closed the connection"):
            session.wait(wake, 10)
        timer.join()


@pytest.mark.parametrize("answer", [b"{tag} BAD no such thing\r\n", b"+ idling\r\n{tag} OK enough\r\n"])
def test_a_server_that_only_says_it_can_idle_is_polled(wake: Wake, answer: bytes) -> None:
    with ScriptedImap({b"IDLE": answer}) as server, opened(server, poll_every=0.05) as session:
        assert session.wait(wake, 240) is Hint.RENEWED
        assert session.is_polling
        assert session.wait(wake, 240) is Hint.RENEWED
        assert server.heard[-1].strip().endswith(b"NOOP")


# -- fetching


@pytest.mark.parametrize("kept", [1, 10, len(MAIL) - 1, len(MAIL)])
def test_a_mail_cut_on_its_way_is_no_mail(kept: int) -> None:
    def cut(peer: Peer, tag: bytes, line: bytes) -> None:
        peer.say(b"* 1 FETCH (UID 1 RFC822.SIZE %d BODY[]<0> {%d}\r\n" % (len(MAIL), len(MAIL)))
        peer.say(MAIL[:kept])
        peer.close()

    with (
        ScriptedImap({b"FETCH": cut}) as server,
        opened(server) as session,
        pytest.raises(OutOfReach, match="closed the connection"),
    ):
        session.fetch_raw(1, 1000)


def test_a_mail_that_stops_on_its_way_is_no_mail() -> None:
    def stall(peer: Peer, tag: bytes, line: bytes) -> None:
        peer.say(b"* 1 FETCH (UID 1 BODY[]<0> {%d}\r\n" % len(MAIL) + MAIL[:9])
        peer.hear()

    with (
        ScriptedImap({b"FETCH": stall}) as server,
        opened(server) as session,
        pytest.raises(OutOfReach, match="does not answer"),
    ):
        session.fetch_raw(1, 1000)


def test_a_mail_in_single_bytes_is_whole() -> None:
    def drip(peer: Peer, tag: bytes, line: bytes) -> None:
        answer = b"* 1 FETCH (UID 1 RFC822.SIZE %d BODY[]<0> {%d}\r\n%s)\r\n" % (len(MAIL), len(MAIL), MAIL)
        peer.say(*(bytes([byte]) for byte in answer + tag + b" OK done\r\n"))

    with ScriptedImap({b"FETCH": drip}) as server, opened(server) as session:
        fetched = session.fetch_raw(1, 1000)
    assert fetched is not None
    assert (fetched.raw, fetched.is_whole, fetched.internaldate) == (MAIL, True, None)


@pytest.mark.parametrize(
    "date", [b"NIL", b'""', b'"yesterday"', b'"31-Dec-9999 23:00:00 -1400"', b'" 1-Jan-2026 00:00:00 +9959"']
)
def test_a_time_that_cannot_be_read_is_none_and_the_mail_is_kept(date: bytes) -> None:
    fetch = b"* 1 FETCH (UID 1 RFC822.SIZE NIL INTERNALDATE %s BODY[]<0> {%d}\r\n%s)\r\n{tag} OK done\r\n"
    with ScriptedImap({b"FETCH": fetch % (date, len(MAIL), MAIL)}) as server, opened(server) as session:
        fetched = session.fetch_raw(1, 1000)
        (meta,) = session.fetch_meta([1])
    assert fetched is not None
    assert (fetched.raw, fetched.internaldate, meta.internaldate) == (MAIL, None, None)


def test_a_size_that_is_only_an_estimate_does_not_make_a_whole_mail_a_part() -> None:
    fetch = b"* 1 FETCH (UID 1 RFC822.SIZE 5000 BODY[]<0> {%d}\r\n%s)\r\n{tag} OK done\r\n" % (
        len(MAIL),
        MAIL,
    )
    with ScriptedImap({b"FETCH": fetch}) as server, opened(server) as session:
        fetched = session.fetch_raw(1, 1000)
    assert fetched is not None
    assert (fetched.size, fetched.is_whole) == (len(MAIL), True)


def test_lines_in_a_mail_that_look_like_answers_stay_in_the_mail(wake: Wake) -> None:
    evil = b"* 9 EXISTS\r\n* BYE no\r\n"
    fetch = b"* 1 FETCH (UID 1 BODY[]<0> {%d}\r\n%s)\r\n{tag} OK done\r\n" % (len(evil), evil)
    with ScriptedImap({b"FETCH": fetch, b"IDLE": idling()}) as server, opened(server) as session:
        fetched = session.fetch_raw(1, 1000)
        assert session.wait(wake, 0.05) is Hint.RENEWED
    assert fetched is not None
    assert fetched.raw == evil


@pytest.mark.parametrize("answer", [b"", b"* 1 FETCH (UID 1 BODY[]<0> NIL)\r\n", b"* 7 FETCH (FLAGS ())\r\n"])
def test_a_mail_that_the_server_does_not_give_has_gone(answer: bytes) -> None:
    with ScriptedImap({b"FETCH": answer + b"{tag} OK done\r\n"}) as server, opened(server) as session:
        assert session.fetch_raw(1, 1000) is None


def test_one_mail_that_the_server_cannot_give_does_not_hide_the_others() -> None:
    def fetch(peer: Peer, tag: bytes, line: bytes) -> None:
        uids = [int(uid) for uid in line.split()[3].split(b",")]
        for uid in uids:
            if uid != 2:
                peer.say(b"* %d FETCH (UID %d RFC822.SIZE 5)\r\n" % (uid, uid))
        peer.say(tag + (b" NO cannot convert" if 2 in uids else b" OK done") + b"\r\n")

    with ScriptedImap({b"FETCH": fetch}) as server, opened(server) as session:
        assert [meta.uid for meta in session.fetch_meta([1, 2, 3])] == [1, 3]
        assert session.fetch_raw(2, 1000) is None


def test_a_throttled_fetch_is_no_gone_mail() -> None:
    no = b"{tag} NO Request is throttled. Suggested Backoff Time: 297933 milliseconds\r\n"
    with (
        ScriptedImap({b"FETCH": no}) as server,
        opened(server) as session,
        pytest.raises(SlowDown) as caught,
    ):
        session.fetch_raw(1, 1000)
    assert caught.value.seconds == 297.933


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (b"NO [OVERQUOTA] Account exceeded command or bandwidth limits. (Failure)", SlowDown),
        (b"NO [OVERQUOTA] Quota exceeded (mailbox for user is full)", OutOfReach),
        (b"NO [TRYCREATE] No such mailbox", FolderGone),
    ],
)
def test_a_copy_that_cannot_be_kept_is_sorted_by_who_can_act(
    answer: bytes, error: type[LeadDeskError]
) -> None:
    with ScriptedImap({b"APPEND": b"{tag} " + answer + b"\r\n"}) as server, opened(server) as session:
        with pytest.raises(error) as caught:
            session.append("Sent", MAIL, datetime(2026, 1, 1, tzinfo=UTC))
        assert type(caught.value) is error


def test_a_literal_larger_than_asked_for_is_not_read() -> None:
    with (
        ScriptedImap({b"FETCH": b"* 1 FETCH (UID 1 BODY[]<0> {9999999999}\r\n"}) as server,
        opened(server) as session,
        pytest.raises(OutOfReach, match="more than was asked for"),
    ):
        session.fetch_raw(1, 1000)


def test_a_million_uids_come_in_one_line() -> None:
    uids = b" ".join(b"%d" % uid for uid in range(1, 300_001))
    with (
        ScriptedImap({b"SEARCH": b"* SEARCH " + uids + b"\r\n{tag} OK done\r\n"}) as server,
        opened(server) as session,
    ):
        assert len(session.uids()) == 300_000


def test_the_last_mail_that_a_search_gives_besides_is_left_out() -> None:
    with ScriptedImap({b"SEARCH": b"* SEARCH 3\r\n{tag} OK done\r\n"}) as server, opened(server) as session:
        assert session.uids(since=10) == []
        assert b"UID SEARCH UID 10:*" in server.heard[-1]


# -- refusals


@pytest.mark.parametrize(
    ("answer", "error", "words"),
    [
        (b"NO [AUTHENTICATIONFAILED] Invalid credentials", SignInRefused, "Invalid credentials"),
        (b"NO LOGIN failed.", SignInRefused, "LOGIN failed"),
        (b"NO [ALERT] Application-specific password required: https://x", SignInRefused, "app password"),
        (b"NO [ALERT] Please log in via your web browser", SignInRefused, "in the browser"),
        (b"NO [UNAVAILABLE] Temporary authentication failure", OutOfReach, "cannot check the password now"),
        (b"NO [INUSE] try again", OutOfReach, "cannot check the password now"),
        (b"NO [LIMIT] Too many attempts", SlowDown, "slow down"),
        (b"NO [ALERT] Too many simultaneous connections. (Failure)", SlowDown, "slow down"),
        (b"BAD what", SignInRefused, "what"),
    ],
)
def test_a_failed_sign_in_is_sorted_by_who_can_act(
    answer: bytes, error: type[LeadDeskError], words: str
) -> None:
    with (
        ScriptedImap({b"LOGIN": b"{tag} " + answer + b"\r\n"}) as server,
        pytest.raises(error, match=words) as caught,
    ):
        ImapSession.connect(server.server(), user="ana", secret=Password("secret"), timeout=TIMEOUT)
    assert type(caught.value) is error


def test_a_server_that_leaves_during_the_sign_in_has_not_refused_it() -> None:
    with (
        ScriptedImap({b"LOGIN": b"* BYE maintenance\r\n"}) as server,
        pytest.raises(OutOfReach, match="maintenance"),
    ):
        ImapSession.connect(server.server(), user="ana", secret=Password("secret"), timeout=TIMEOUT)


def test_an_echoed_password_is_blacked_out() -> None:
    with (
        ScriptedImap({b"LOGIN": b"{tag} NO secret1234 is wrong\r\n"}) as server,
        pytest.raises(SignInRefused) as caught,
    ):
        ImapSession.connect(server.server(), user="ana", secret=Password("secret1234"), timeout=TIMEOUT)
    assert "secret1234" not in str(caught.value)


def test_a_user_name_with_blanks_is_quoted_and_foreign_letters_are_refused() -> None:
    with ScriptedImap() as server:
        ImapSession.connect(server.server(), user='ana "d"', secret=Password("x y"), timeout=TIMEOUT).close()
        assert any(line.strip().endswith(rb'LOGIN "ana \"d\"" "x y"') for line in server.heard)
    with ScriptedImap() as server, pytest.raises(SignInRefused, match="plain letters"):
        ImapSession.connect(server.server(), user="ana", secret=Password("wörd"), timeout=TIMEOUT)


def test_a_password_of_two_lines_is_never_sent() -> None:
    with ScriptedImap() as server, pytest.raises(SignInRefused, match="one line"):
        ImapSession.connect(server.server(), user="ana", secret=Password("x\r\na LOGOUT"), timeout=TIMEOUT)
    assert not any(b"LOGOUT" in line for line in server.heard)


@pytest.mark.parametrize(
    ("greeting", "error", "words"),
    [
        (b"* BYE Too many connections\r\n", SlowDown, "slow down"),
        (b"* BYE not now\r\n", OutOfReach, "not now"),
        (b"220 mail.example.com ESMTP\r\n", OutOfReach, "does not greet like a mail server"),
        (b"HTTP/1.1 400 Bad Request\r\n", OutOfReach, "does not greet"),
        (b"\x00\xff\r\n", OutOfReach, "does not greet"),
        (b"* OK no line end", OutOfReach, "does not answer"),
    ],
)
def test_a_greeting_that_is_none_is_told(greeting: bytes, error: type[LeadDeskError], words: str) -> None:
    with ScriptedImap(greeting=greeting) as server, pytest.raises(error, match=words):
        ImapSession.connect(server.server(), user="ana", secret=Password("secret"), timeout=TIMEOUT)


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (b"NO [NONEXISTENT] Unknown Mailbox: INBOX (Failure)", FolderGone),
        (b"NO Mailbox doesn't exist: INBOX", FolderGone),
        (b"NO [UNAVAILABLE] not now", OutOfReach),
        (b"NO [SERVERBUG] Internal error occurred", OutOfReach),
        (b"NO [THROTTLED] wait", SlowDown),
    ],
)
def test_a_folder_that_cannot_be_opened_is_sorted_by_who_can_act(
    answer: bytes, error: type[LeadDeskError]
) -> None:
    with (
        ScriptedImap({b"EXAMINE": b"{tag} " + answer + b"\r\n"}) as server,
        pytest.raises(error) as caught,
        opened(server),
    ):
        pass
    assert type(caught.value) is error


@pytest.mark.parametrize(
    "answer",
    [b"* SEARCH one two\r\n{tag} OK\r\n", b"rubbish\r\n", b"* " + b"(" * 5000 + b"\r\n{tag} OK x\r\n"],
)
def test_an_answer_without_sense_is_out_of_reach(answer: bytes) -> None:
    with (
        ScriptedImap({b"SEARCH": answer}) as server,
        opened(server) as session,
        pytest.raises(OutOfReach),
    ):
        session.uids()


# -- protection


@pytest.mark.parametrize(
    ("greeting", "offers", "answer", "words"),
    [
        (b"* OK hi\r\n", b"IMAP4rev1", b"", "does not offer a protected connection"),
        (b"* PREAUTH welcome\r\n", b"IMAP4rev1 STARTTLS", b"", "greets out of turn"),
        (b"* OK hi\r\n", b"IMAP4rev1 STARTTLS", b"{tag} NO not now\r\n", "refused STARTTLS"),
        (
            b"* OK hi\r\n",
            b"IMAP4rev1 STARTTLS",
            b"{tag} OK go\r\n* CAPABILITY IMAP4rev1\r\n",
            "before the connection was protected",
        ),
    ],
)
def test_no_password_without_protection(greeting: bytes, offers: bytes, answer: bytes, words: str) -> None:
    with (
        ScriptedImap({b"STARTTLS": answer}, greeting=greeting, offers=offers) as server,
        pytest.raises(OutOfReach, match=words),
    ):
        ImapSession.connect(
            server.server(Security.STARTTLS), user="ana", secret=Password("secret"), timeout=TIMEOUT
        )
    assert not any(b"secret" in line or b"LOGIN" in line for line in server.heard)


@pytest.mark.parametrize("host", ["mail.example.com", "192.0.2.1", "0.0.0.0", "localhost.example.com"])
def test_a_bare_connection_that_would_leave_this_computer_is_refused(host: str) -> None:
    with pytest.raises(Usage, match="must be protected"):
        ImapSession.connect(Server(host, 143, Security.PLAIN), user="ana", secret=Password("x"))


def test_a_ca_file_that_is_none_is_told(tmp_path: object) -> None:
    with ScriptedImap() as server, pytest.raises(Usage, match="cannot be used"):
        ImapSession.connect(
            server.server(Security.TLS), user="ana", secret=Password("x"), ca_file=f"{tmp_path}/nothing.pem"
        )

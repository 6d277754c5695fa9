"""The IMAP session against a real Dovecot."""

from __future__ import annotations

import base64
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta, timezone

import pytest

from leaddesk.doors.mail.imap import Hint, ImapSession, Wake
from leaddesk.doors.mail.probe import find_servers, probe_imap
from leaddesk.words.account import Security, Server, Step
from leaddesk.words.errors import FolderGone, OutOfReach, SignInRefused, SlowDown
from leaddesk.words.sign_in import Password
from tests.real.certificates import Certificates, Pair
from tests.real.cutter import Cutter, Way
from tests.real.dovecot import Dovecot, need_dovecot

pytestmark = pytest.mark.real

PASSWORD = "secret words"


def a_mail(number: int = 1, body: str = "Hello, do you have time on Friday?") -> bytes:
    return (
        f"Message-ID: <mail-{number}@example.org>\r\nFrom: Ngozi <ngozi@example.org>\r\n"
        f"To: ana@example.com\r\nSubject: Enquiry {number}\r\n\r\n{body}\r\n"
    ).encode()


@contextmanager
def signed_in(dovecot: Dovecot, server: Server | None = None, **options: float) -> Iterator[ImapSession]:
    session = ImapSession.connect(
        server or dovecot.server, user="ana", secret=Password(PASSWORD), ca_file=dovecot.ca_file, **options
    )
    try:
        yield session
    finally:
        session.close()


@contextmanager
def in_the_middle_of(wait: Callable[[], object]) -> Iterator[list[object]]:
    """Runs `wait` in a thread while the block acts; the list then holds its result or its error."""
    outcome: list[object] = []

    def run() -> None:
        try:
            outcome.append(wait())
        except Exception as error:
            outcome.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    time.sleep(0.15)  # there is no outward sign of the server's having begun to idle
    yield outcome
    thread.join(10)
    assert not thread.is_alive()


# -- getting in


@pytest.mark.parametrize("kind", ["server", "starttls_server", "plain_server"])
def test_it_signs_in_by_tls_starttls_and_bare_on_the_loopback(dovecot: Dovecot, kind: str) -> None:
    with signed_in(dovecot, getattr(dovecot, kind)) as session:
        assert session.examine("INBOX").exists == 0


def test_a_password_with_any_letters_is_taken(certificates: Certificates) -> None:
    need_dovecot()
    password = 'pä"ss\\ wörd 山'
    with Dovecot({"ana": password}, certificates=certificates) as dovecot:
        session = ImapSession.connect(
            dovecot.server, user="ana", secret=Password(password), ca_file=dovecot.ca_file
        )
        assert session.examine("INBOX").exists == 0
        session.close()


def test_a_wrong_password_needs_a_person_and_does_not_slow_the_next_sign_in(dovecot: Dovecot) -> None:
    for _ in range(3):
        with pytest.raises(SignInRefused, match="localhost refused the sign-in"):
            ImapSession.connect(dovecot.server, user="ana", secret=Password("no"), ca_file=dovecot.ca_file)
    began = time.monotonic()
    with signed_in(dovecot):
        assert time.monotonic() - began < 2


def test_too_many_connections_are_a_request_to_slow_down(certificates: Certificates) -> None:
    need_dovecot()
    with (
        Dovecot(certificates=certificates, connections=1) as dovecot,
        signed_in(dovecot),
        pytest.raises(SlowDown, match="asks to slow down"),
    ):
        ImapSession.connect(dovecot.server, user="ana", secret=Password(PASSWORD), ca_file=dovecot.ca_file)


@pytest.mark.parametrize(
    ("bad", "sentence"),
    [
        ("expired", "certificate of localhost has expired"),
        ("wrong_host", "made out to another name"),
        ("untrusted", "not signed by anyone this computer trusts"),
    ],
)
@pytest.mark.parametrize("kind", ["server", "starttls_server"])
def test_a_bad_certificate_is_named_and_nothing_is_said(
    certificates: Certificates, bad: str, sentence: str, kind: str
) -> None:
    need_dovecot()
    pair: Pair = getattr(certificates, bad)
    with Dovecot(certificates=certificates, pair=pair) as dovecot:
        with pytest.raises(OutOfReach, match=sentence):
            ImapSession.connect(
                getattr(dovecot, kind), user="ana", secret=Password(PASSWORD), ca_file=dovecot.ca_file
            )
        assert "user=<ana>" not in dovecot.logs()


def test_our_own_authority_must_be_given(dovecot: Dovecot) -> None:
    with pytest.raises(OutOfReach, match="not signed by anyone this computer trusts"):
        ImapSession.connect(dovecot.server, user="ana", secret=Password(PASSWORD))


def test_a_stripped_starttls_ends_it_before_the_password(dovecot: Dovecot) -> None:
    with Cutter(dovecot.imap_port, strip=b"STARTTLS") as middle:
        server = Server("localhost", middle.port, Security.STARTTLS)
        with pytest.raises(OutOfReach, match="does not offer a protected connection"):
            ImapSession.connect(server, user="ana", secret=Password(PASSWORD), ca_file=dovecot.ca_file)
    assert b"LOGIN" not in b"".join(middle.seen.values()).replace(b"LOGINDISABLED", b"").replace(
        b"AUTH=LOGIN", b""
    ).replace(b"LOGIN-REFERRALS", b"")


def test_nothing_secret_is_logged(dovecot: Dovecot, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    dovecot.append(a_mail(body="Nobody but us may read this."))
    with signed_in(dovecot) as session:
        session.examine("INBOX")
        session.fetch_raw(1, 1000)
    blob = base64.b64encode(f"\0ana\0{PASSWORD}".encode()).decode()
    for secret in (PASSWORD, blob, "Nobody but us"):
        assert secret not in caplog.text


# -- looking


def test_a_mail_is_read_without_a_trace(dovecot: Dovecot) -> None:
    dovecot.deliver(a_mail())
    with signed_in(dovecot) as session:
        session.examine("INBOX")
        (uid,) = session.uids()
        fetched = session.fetch_raw(uid, 100_000)
        session.fetch_headers([uid])
    assert fetched is not None
    assert fetched.raw.endswith(a_mail())
    assert fetched.is_whole
    assert "\\Seen" not in dovecot.flags()[0]


def test_internaldate_is_the_servers_time_in_utc(dovecot: Dovecot) -> None:
    received = datetime(2026, 3, 1, 9, 30, tzinfo=timezone(timedelta(hours=2)))
    dovecot.append(a_mail(), at=received)
    with signed_in(dovecot) as session:
        session.examine("INBOX")
        (meta,) = session.fetch_meta(session.uids())
    assert meta.internaldate == received
    assert meta.internaldate.tzinfo is UTC


def test_of_a_big_mail_only_the_first_part_is_fetched(dovecot: Dovecot) -> None:
    big = a_mail(body="x" * 70 + "\r\n" + ("y" * 70 + "\r\n") * 20_000)
    dovecot.append(big)
    with signed_in(dovecot) as session:
        session.examine("INBOX")
        part = session.fetch_raw(1, 100_000)
        whole = session.fetch_raw(1, len(big))
    assert part is not None
    assert whole is not None
    assert (part.raw, part.size, part.is_whole) == (big[:100_000], len(big), False)
    assert (whole.raw, whole.is_whole) == (big, True)


def test_only_newer_uids_are_given(dovecot: Dovecot) -> None:
    for number in (1, 2, 3):
        dovecot.append(a_mail(number))
    with signed_in(dovecot) as session:
        assert session.examine("INBOX").uidnext == 4
        assert session.uids() == dovecot.uids() == [1, 2, 3]
        assert session.uids(3) == [3]
        assert session.uids(4) == []


def test_a_mail_that_has_gone_in_between_is_none(dovecot: Dovecot) -> None:
    for number in (1, 2, 3):
        dovecot.append(a_mail(number))
    with signed_in(dovecot) as session:
        session.examine("INBOX")
        uids = session.uids()
        dovecot.expunge(2)
        assert session.fetch_raw(2, 1000) is None
        assert [meta.uid for meta in session.fetch_meta(uids)] == [1, 3]
        assert session.uids() == [1, 3]


def test_a_mail_that_has_just_come_is_not_taken_for_gone(dovecot: Dovecot) -> None:
    with signed_in(dovecot) as session:
        session.examine("INBOX")
        dovecot.append(a_mail())
        fetched = session.fetch_raw(1, 1000)
    assert fetched is not None


def test_headers_tell_who_wrote_what(dovecot: Dovecot) -> None:
    dovecot.append(
        b"Message-ID: <b@x>\r\nIn-Reply-To: <a@x>\r\nReferences: <0@x>\r\n\t<a@x>\r\n"
        b'From: "Diaz, Ana" <Ana@Example.com>\r\nTo: ngozi@example.org,\r\n'
        b" =?utf-8?q?Bj=C3=B6rn?= <b@x.se>\r\n"
        b"Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=\r\nAuto-Submitted: auto-replied; x=1\r\n\r\nbody\r\n"
    )
    with signed_in(dovecot) as session:
        session.examine("INBOX")
        (head,) = session.fetch_headers([1])
    assert (head.message_id, head.references) == ("<b@x>", ("<a@x>", "<0@x>"))
    assert (head.from_email, head.to) == ("ana@example.com", ("ngozi@example.org", "b@x.se"))
    assert (head.subject, head.automatic) == ("Grüße", True)
    assert b"body" not in head.head


def test_the_sent_folder_is_found_by_its_mark_whatever_its_name(certificates: Certificates) -> None:
    need_dovecot()
    with Dovecot(certificates=certificates, sent="Verschickt") as dovecot, signed_in(dovecot) as session:
        assert session.find_sent() == "Verschickt"


def test_folder_names_have_every_letter(dovecot: Dovecot) -> None:
    dovecot.create("Anfragen Köln & Büro 山")
    with signed_in(dovecot) as session:
        assert "Anfragen Köln & Büro 山" in session.folders()
        assert session.examine("Anfragen Köln & Büro 山").exists == 0


def test_our_copy_lands_in_sent_read_and_dated(dovecot: Dovecot) -> None:
    at = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
    with signed_in(dovecot) as session:
        session.append("Sent", a_mail(7), at)
        session.examine("Sent")
        (uid,) = session.find_message_id("<mail-7@example.org>")
        assert session.fetch_meta([uid])[0].internaldate == at
        assert session.find_message_id("<ail-7@example.or>") == []
    assert "\\Seen" in dovecot.flags(folder="Sent")[0]


def test_a_folder_that_was_renamed_or_deleted_needs_a_person(dovecot: Dovecot) -> None:
    dovecot.create("Enquiries")
    with signed_in(dovecot) as session:
        session.examine("Enquiries")
        dovecot.rename("Enquiries", "Old")
        with pytest.raises(FolderGone, match="Enquiries is not there"):
            session.examine("Enquiries")


def test_another_uidvalidity_is_told(dovecot: Dovecot) -> None:
    with signed_in(dovecot) as session:
        before = session.examine("INBOX").uidvalidity
    dovecot.set_uidvalidity(before + 7)
    with signed_in(dovecot) as session:
        assert session.examine("INBOX").uidvalidity == before + 7


# -- waiting


def test_a_delivery_ends_the_wait(dovecot: Dovecot, wake: Wake) -> None:
    with signed_in(dovecot) as session:
        session.examine("INBOX")
        with in_the_middle_of(lambda: session.wait(wake, 10)) as outcome:
            dovecot.deliver(a_mail())
        assert outcome == [Hint.ARRIVED]
        assert session.uids() == [1]


def test_a_delivery_between_looking_and_waiting_is_not_missed(dovecot: Dovecot, wake: Wake) -> None:
    dovecot.append(a_mail(1))
    with signed_in(dovecot) as session:
        session.examine("INBOX")
        assert session.uids() == [1]
        dovecot.append(a_mail(2))
        session.fetch_meta([1])
        assert session.wait(wake, 5) is Hint.ARRIVED
        assert session.uids() == [1, 2]


def test_waiting_in_peace_is_renewed_and_keep_alive_lines_do_not_end_it(
    certificates: Certificates, wake: Wake
) -> None:
    need_dovecot()
    with Dovecot(certificates=certificates, idle_notify="1 secs") as dovecot, signed_in(dovecot) as session:
        session.examine("INBOX")
        began = time.monotonic()
        assert session.wait(wake, 2.3) is Hint.RENEWED
        assert time.monotonic() - began > 2.2
        assert session.wait(wake, 0.1) is Hint.RENEWED


def test_a_wake_ends_the_wait_within_milliseconds(dovecot: Dovecot, wake: Wake) -> None:
    with signed_in(dovecot) as session:
        session.examine("INBOX")
        with in_the_middle_of(lambda: session.wait(wake, 10)) as outcome:
            woken = time.monotonic()
            wake.set()
        assert outcome == [Hint.WOKEN]
        assert time.monotonic() - woken < 0.25
        wake.clear()
        assert session.uids() == []
        assert session.wait(wake, 0.05) is Hint.RENEWED


@pytest.mark.parametrize("end", ["stop", "kill9"])
def test_a_server_that_ends_is_noticed_at_once(dovecot: Dovecot, end: str, wake: Wake) -> None:
    with signed_in(dovecot) as session:
        session.examine("INBOX")
        with in_the_middle_of(lambda: session.wait(wake, 30)) as outcome:
            ended = time.monotonic()
            getattr(dovecot, end)()
        assert isinstance(outcome[0], OutOfReach)
        assert time.monotonic() - ended < 2
    dovecot.start()
    with signed_in(dovecot) as session:
        assert session.examine("INBOX").exists == 0


def test_a_session_is_broken_from_another_thread(dovecot: Dovecot, wake: Wake) -> None:
    with signed_in(dovecot) as session:
        session.examine("INBOX")
        with in_the_middle_of(lambda: session.wait(wake, 30)) as outcome:
            session.abort()
        assert isinstance(outcome[0], OutOfReach)


# -- cut after every byte


@pytest.mark.parametrize("way", list(Way))
def test_a_cut_after_any_byte_gives_the_whole_truth_or_out_of_reach(dovecot: Dovecot, way: Way) -> None:
    """Never half a mail, never a refusal that nobody spoke, never a folder that seems to be gone."""
    dovecot.append(a_mail())

    def look(cut_after: int | None) -> tuple[bytes | None, int]:
        with Cutter(dovecot.imap_port, way=way, cut_after=cut_after) as middle:
            try:
                with signed_in(dovecot, Server("127.0.0.1", middle.port, Security.PLAIN)) as session:
                    session.examine("INBOX")
                    (uid,) = session.uids()
                    fetched = session.fetch_raw(uid, 10_000)
            except OutOfReach:
                return None, middle.passed[way]
        assert fetched is not None
        return fetched.raw, middle.passed[way]

    whole, length = look(None)
    assert whole == a_mail()
    cuts = range(1, length, 7)
    seen = {look(cut_after)[0] for cut_after in cuts}
    assert len(cuts) > 10
    assert None in seen
    assert seen <= {None, whole}


# -- the account test


def test_every_step_is_told_as_it_ends(dovecot: Dovecot) -> None:
    steps = list(probe_imap(dovecot.server, "ana", Password(PASSWORD), dovecot.ca_file, "INBOX"))
    assert [(step.step, step.ok) for step in steps] == [
        (Step.REACH, True),
        (Step.TLS, True),
        (Step.LOGIN, True),
        (Step.FOLDER, True),
    ]
    assert steps[1].detail.startswith("TLS 1.3, certificate good until ")
    assert steps[3].detail == "INBOX holds 0 mails."


@pytest.mark.parametrize(
    ("user", "password", "folder", "failed", "sentence"),
    [
        ("ana", "wrong", "INBOX", Step.LOGIN, "refused the sign-in"),
        ("ana", PASSWORD, "Nowhere", Step.FOLDER, "The folder Nowhere is not there"),
    ],
)
def test_the_test_ends_with_the_step_that_failed_and_says_what_to_do(
    dovecot: Dovecot, user: str, password: str, folder: str, failed: Step, sentence: str
) -> None:
    *_, last = probe_imap(dovecot.server, user, Password(password), dovecot.ca_file, folder)
    assert (last.step, last.ok) == (failed, False)
    assert sentence in last.detail
    assert last.mend


def test_a_closed_port_fails_the_first_step(dovecot: Dovecot) -> None:
    dovecot.kill9()
    (only,) = probe_imap(dovecot.server, "ana", Password(PASSWORD), dovecot.ca_file)
    assert (only.step, only.ok) == (Step.REACH, False)
    assert "refuses connections on port" in only.detail


def test_the_first_server_that_answers_safely_is_found(dovecot: Dovecot) -> None:
    nobody = Server("localhost", 9, Security.TLS)
    wrong = Server("localhost", dovecot.imap_port, Security.TLS)
    found = find_servers([nobody, wrong, dovecot.starttls_server, dovecot.server], dovecot.ca_file)
    assert found == dovecot.starttls_server
    assert find_servers([nobody, wrong], dovecot.ca_file) is None

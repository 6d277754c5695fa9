"""Deliveries into the sink: what we say about a mail is compared with what the sink really took."""

from __future__ import annotations

import hashlib
import itertools
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from leaddesk.doors.mail.probe import find_servers, probe_smtp
from leaddesk.doors.mail.smtp import StageTimeouts, deliver
from leaddesk.doors.mail.wake import Wake
from leaddesk.words.account import Security, Server, Step
from leaddesk.words.errors import OutOfReach, Usage
from leaddesk.words.outgoing import Delivery, Verdict
from leaddesk.words.sign_in import Password
from tests.real.certificates import Certificates
from tests.real.cutter import Cutter, Way
from tests.real.sink import Sink, read_truth

RAW = b"Message-ID: <one@leaddesk.example>\r\nFrom: ana@example.com\r\nSubject: Re: Enquiry\r\n\r\nYes.\r\n"
ROOT = Path(__file__).parents[2]
STEPS = ["connected", "signed-in", "mail", "rcpt", "data", "body-sent", "committing", "dot-sent", "answered"]
QUICK = StageTimeouts().scaled(1 / 60)
"""Ten seconds for the dot, five for most others."""


@dataclass
class Delivering:
    """One call of `deliver`, with the usual in place of what a test does not name."""

    server: Server
    ca_file: str | None = None
    user: str | None = None
    password: str | None = None
    before_commit: Callable[[], None] = lambda: None
    stop: Wake | None = None
    patience: StageTimeouts = QUICK

    def __call__(
        self, raw: bytes = RAW, *recipients: str, step: Callable[[str], None] = lambda name: None
    ) -> Verdict:
        return deliver(
            self.server,
            user=self.user,
            secret=None if self.password is None else Password(self.password),
            ca_file=self.ca_file,
            sender="ana@example.com",
            recipients=recipients or ("ngozi@example.org",),
            raw=raw,
            before_commit=self.before_commit,
            stages=self.patience,
            step=step,
            stop=self.stop,
        )


@pytest.fixture
def truth(tmp_path: Path) -> Path:
    return tmp_path / "truth.jsonl"


# -- what goes over the wire


def test_an_accepted_mail_is_sent_byte_for_byte(truth: Path) -> None:
    raw = RAW.replace(b"\r\n", b"\n") + b".\n..two\rlone\n.end"
    whole = RAW + b".\r\n..two\r\nlone\r\n.end\r\n"
    with Sink(truth=truth) as sink:
        verdict = Delivering(sink.server)(raw)
        (taken,) = sink.taken()
    assert verdict.delivery is Delivery.SENT
    assert verdict.answer is not None
    assert verdict.answer.startswith("250 2.0.0 queued")
    assert taken.sha256 == hashlib.sha256(whole).hexdigest()
    assert taken.rcpt == ("ngozi@example.org",)
    assert taken.message_id == "<one@leaddesk.example>"


def test_the_steps_are_told_in_their_order_and_the_commit_comes_before_the_dot(truth: Path) -> None:
    told: list[str] = []
    with Sink(truth=truth) as sink:
        Delivering(sink.server, before_commit=lambda: told.append("COMMIT"))(step=told.append)
    assert told == [*STEPS[:6], "COMMIT", *STEPS[6:]]


def test_our_machines_name_is_not_told(truth: Path) -> None:
    with Sink(truth=truth) as sink:
        Delivering(sink.server)()
    assert sink.heard[0] == "EHLO [127.0.0.1]"


def test_size_and_8bit_are_declared_where_they_are_offered(truth: Path) -> None:
    raw = RAW + "Grüße\r\n".encode()
    with Sink("size:1000000", truth=truth) as sink:
        Delivering(sink.server)(raw)
        Delivering(sink.server)(RAW)
        sink.become("no-8bit")
        Delivering(sink.server)(RAW)
    assert [line for line in sink.heard if line.startswith("MAIL")] == [
        f"MAIL FROM:<ana@example.com> SIZE={len(raw)} BODY=8BITMIME",
        f"MAIL FROM:<ana@example.com> SIZE={len(RAW)}",
        "MAIL FROM:<ana@example.com>",
    ]


def test_a_large_mail_goes_through(truth: Path) -> None:
    raw = RAW + (b"x" * 76 + b"\r\n") * 60_000
    with Sink(truth=truth) as sink:
        assert Delivering(sink.server, patience=QUICK)(raw).delivery is Delivery.SENT
        assert sink.taken()[0].sha256 == hashlib.sha256(raw).hexdigest()


def test_a_mail_too_big_for_the_server_is_refused_before_it_leaves(truth: Path) -> None:
    raw = RAW + (b"x" * 76 + b"\r\n") * (34 * 1024 * 1024 // 78 - 100)
    with Sink(f"size:{25 * 1024 * 1024}", truth=truth) as sink:
        verdict = Delivering(sink.server)(raw)
    assert verdict.delivery is Delivery.REFUSED
    assert "too big for 127.0.0.1 (34 of 25 MB)" in verdict.why
    assert sink.heard == ["EHLO [127.0.0.1]"]


def test_an_address_the_server_cannot_write_is_refused_before_the_mail_leaves(truth: Path) -> None:
    with Sink("no-8bit", truth=truth) as sink:
        verdict = Delivering(sink.server)(RAW, "ngozi@bücher.example")
        assert verdict.delivery is Delivery.REFUSED
        assert verdict.why == "127.0.0.1 cannot send to ngozi@bücher.example."
        sink.become("normal")
        assert Delivering(sink.server)(RAW, "ngozi@bücher.example").delivery is Delivery.SENT
    assert "MAIL FROM:<ana@example.com> SMTPUTF8" in sink.heard
    assert len(sink.taken()) == 1


@pytest.mark.parametrize("address", ["a@b.example>\r\nRCPT TO:<c@d.example", "two words@x.example", ""])
def test_an_address_that_could_say_more_than_an_address_never_leaves(truth: Path, address: str) -> None:
    with Sink(truth=truth) as sink:
        verdict = Delivering(sink.server)(RAW, address)
    assert verdict.delivery is Delivery.REFUSED
    assert sink.connections == 0


# -- the rule of proof


def test_what_before_commit_raises_passes_and_nothing_is_sent(truth: Path) -> None:
    def cannot_write() -> None:
        raise OutOfReach("The database does not answer.")

    told: list[str] = []
    with Sink(truth=truth) as sink:
        with pytest.raises(OutOfReach, match="database"):
            Delivering(sink.server, before_commit=cannot_write)(step=told.append)
        sink.wait_until_quiet()
        assert sink.taken() == []
    assert told[-1] == "body-sent"


def test_a_slow_server_is_waited_for(truth: Path) -> None:
    with Sink("slow-before:300;slow-after:300", truth=truth) as sink:
        assert Delivering(sink.server)().delivery is Delivery.SENT


@pytest.mark.parametrize(
    ("personality", "was_taken"),
    [
        ("drop-after", True),
        ("drop-before", False),
        ("partial:0", True),
        ("partial:1", True),
        ("partial:2", True),
        ("partial:3", True),
        ("partial:20", True),
        ("slow-before:600", False),
        ("slow-after:600", True),
        ("answer:DOT:hello", False),
        ("answer:DOT:354 more", False),
        ("answer:DOT:250-2.0.0 and|251 not the same", True),
    ],
)
def test_without_a_whole_last_line_after_the_dot_it_is_unsure(
    truth: Path, personality: str, was_taken: bool
) -> None:
    patience = replace(QUICK, dot=0.3)
    with Sink(personality, truth=truth) as sink:
        verdict = Delivering(sink.server, patience=patience)()
        taken = len(sink.taken())
    assert verdict.delivery is Delivery.UNSURE
    assert "not sure this arrived" in verdict.why
    assert taken == was_taken


@pytest.mark.parametrize("answer", ["421 4.3.2 closing", "500 what", "2"])
def test_the_answer_to_quit_never_matters(truth: Path, answer: str) -> None:
    with Sink(f"answer:QUIT:{answer}", truth=truth) as sink:
        assert Delivering(sink.server)().delivery is Delivery.SENT


@pytest.mark.parametrize(
    ("personality", "delivery", "counted"),
    [
        ("answer:CONNECT:421 4.3.2 too busy", Delivery.DEFERRED, False),
        ("answer:CONNECT:554 5.3.2 no service", Delivery.DEFERRED, False),
        ("answer:EHLO:421 4.3.2 too busy", Delivery.DEFERRED, False),
        ("answer:MAIL:421 4.3.2 too busy", Delivery.DEFERRED, False),
        ("answer:MAIL:451 4.3.0 later", Delivery.DEFERRED, True),
        ("answer:MAIL:550 5.7.60 not your address", Delivery.REFUSED, True),
        ("answer:MAIL:550 5.4.5 Daily user sending limit exceeded", Delivery.DEFERRED, False),
        ("answer:MAIL:530 5.7.57 Client not authenticated", Delivery.SIGN_IN, False),
        ("answer:MAIL:550 5.7.30 Basic authentication is not supported", Delivery.SIGN_IN, False),
        ("answer:RCPT:450 4.2.1 later", Delivery.DEFERRED, True),
        ("answer:RCPT:550 5.1.1 no such user", Delivery.REFUSED, True),
        ("answer:DATA:451 4.3.0 later", Delivery.DEFERRED, True),
        ("answer:DATA:554 5.7.1 no", Delivery.REFUSED, True),
        ("answer:DATA:250 what", Delivery.NOT_REACHED, False),
        ("early:451 4.3.0 enough", Delivery.DEFERRED, True),
        ("early:552 5.3.4 too big", Delivery.REFUSED, True),
        ("answer:DOT:451 4.7.0 later", Delivery.DEFERRED, True),
        ("answer:DOT:554 5.7.1 looks like spam", Delivery.REFUSED, True),
        ("answer:DOT:550 5.4.5 Daily user sending limit exceeded", Delivery.DEFERRED, False),
        ("answer:DOT:552 5.3.4 too big", Delivery.REFUSED, True),
        ("answer:CONNECT:22", Delivery.NOT_REACHED, False),
        ("answer:MAIL:hello", Delivery.NOT_REACHED, False),
        ("greylist", Delivery.DEFERRED, True),
    ],
)
def test_a_whole_answer_decides_and_nothing_was_taken(
    truth: Path, personality: str, delivery: Delivery, counted: bool
) -> None:
    raw = RAW + (b"x" * 76 + b"\r\n") * (10_000 if personality.startswith("early") else 1)
    with Sink(personality, truth=truth) as sink:
        verdict = Delivering(sink.server)(raw)
        sink.wait_until_quiet()
        assert sink.taken() == []
    assert (verdict.delivery, verdict.counted) == (delivery, counted)
    assert verdict.why.endswith(("browser.", verdict.answer or "."))


def test_a_greylisting_server_takes_it_the_second_time(truth: Path) -> None:
    with Sink("greylist", truth=truth) as sink:
        verdicts = [Delivering(sink.server)().delivery for _ in range(2)]
        assert len(sink.taken()) == 1
    assert verdicts == [Delivery.DEFERRED, Delivery.SENT]


def test_one_refused_address_keeps_it_from_everybody(truth: Path) -> None:
    with Sink("answer:NOBODY:550 5.1.1 no such user", truth=truth) as sink:
        verdict = Delivering(sink.server)(RAW, "ngozi@example.org", "nobody@example.org", "li@example.org")
        sink.wait_until_quiet()
        assert sink.taken() == []
    assert verdict.delivery is Delivery.REFUSED
    assert verdict.why == "Address refused: nobody@example.org: 550 5.1.1 no such user"
    assert "RSET" in sink.heard
    assert "DATA" not in sink.heard


def test_one_address_that_must_wait_makes_all_wait(truth: Path) -> None:
    with Sink("answer:NOBODY:451 4.2.1 later", truth=truth) as sink:
        verdict = Delivering(sink.server)(RAW, "ngozi@example.org", "nobody@example.org")
        sink.wait_until_quiet()
        assert sink.taken() == []
    assert (verdict.delivery, verdict.answer) == (Delivery.DEFERRED, "451 4.2.1 later")


def test_a_stray_answer_is_not_taken_for_the_last_one(truth: Path) -> None:
    with Sink("extra:DATA:250 2.0.0 queued", truth=truth) as sink:
        verdict = Delivering(sink.server)(RAW + b"x" * 3_000_000)
        sink.wait_until_quiet()
        assert (verdict.delivery, sink.taken()) == (Delivery.NOT_REACHED, [])


def test_nobody_listening_is_not_reached(truth: Path) -> None:
    with Sink(truth=truth) as sink:
        server = sink.server
    verdict = Delivering(server)()
    assert (verdict.delivery, verdict.counted) == (Delivery.NOT_REACHED, False)
    assert "refuses connections on port" in verdict.why


@pytest.mark.parametrize(("moment", "delivery"), [("mail", Delivery.NOT_REACHED), ("dot", Delivery.UNSURE)])
def test_stop_ends_the_wait_at_once(truth: Path, wake: Wake, moment: str, delivery: Delivery) -> None:
    last_step = {"mail": "signed-in", "dot": "dot-sent"}[moment]

    def stop_there(name: str) -> None:
        if name == last_step:
            wake.set()

    with Sink("slow-before:1500" if moment == "dot" else "normal", truth=truth) as sink:
        began = time.monotonic()
        verdict = Delivering(sink.server, stop=wake)(step=stop_there)
    assert verdict.delivery is delivery
    assert time.monotonic() - began < 1


# -- signing in


@pytest.mark.parametrize("personality", ["auth", "auth;login-only"])
@pytest.mark.parametrize("security", [Security.TLS, Security.STARTTLS, Security.PLAIN])
def test_it_signs_in_under_tls_starttls_and_bare_on_the_loopback(
    truth: Path, certificates: Certificates, security: Security, personality: str
) -> None:
    users = {"ana": "pä\\ss wörd"}
    with Sink(personality, truth=truth, security=security, pair=certificates.good, users=users) as sink:
        verdict = Delivering(sink.server, certificates.ca_file, "ana", "pä\\ss wörd")()
        assert (verdict.delivery, len(sink.taken())) == (Delivery.SENT, 1)


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        ("535 5.7.8 wrong password", "refused the sign-in: 535 5.7.8 wrong password"),
        ("535 5.7.139 Authentication unsuccessful", "refused the sign-in"),
        ("535 5.7.139 basic authentication is disabled", "Microsoft wants a sign-in in the browser."),
        ("534 5.7.9 Application-specific password required", "wants an app password"),
        ("534 5.7.14 log in via your web browser", "wants a sign-in in the browser first"),
        ("550 5.7.30 Basic authentication is not supported", "Microsoft wants a sign-in in the browser."),
    ],
)
def test_a_refused_sign_in_needs_a_person_and_costs_no_try(truth: Path, answer: str, sentence: str) -> None:
    with Sink(f"auth;answer:AUTH:{answer}", truth=truth, users={"ana": "right"}) as sink:
        verdict = Delivering(sink.server, None, "ana", "12345678")()
    assert (verdict.delivery, verdict.counted) == (Delivery.SIGN_IN, False)
    assert sentence in verdict.why
    assert sink.heard == ["EHLO [127.0.0.1]", "AUTH"]


def test_a_busy_sign_in_is_tried_later(truth: Path) -> None:
    with Sink("auth;answer:AUTH:454 4.7.0 Too many login attempts", truth=truth) as sink:
        verdict = Delivering(sink.server, None, "ana", "wrong")()
    assert (verdict.delivery, verdict.counted) == (Delivery.DEFERRED, False)


def test_a_server_without_sign_in_is_not_sent_to_without_one(truth: Path) -> None:
    with Sink(truth=truth) as sink:
        verdict = Delivering(sink.server, None, "ana", "secret")()
        assert (verdict.delivery, sink.taken()) == (Delivery.SIGN_IN, [])


def test_an_echoed_password_is_blacked_out(truth: Path) -> None:
    with Sink("auth;echo", truth=truth) as sink:
        verdict = Delivering(sink.server, None, "ana", "correct horse")()
    assert "correct horse" not in repr(verdict)
    assert "AGFuYQBjb3JyZWN0IGhvcnNl" not in repr(verdict)
    assert verdict.answer == "535 5.7.8 not accepted *** ***"


def test_nothing_secret_is_logged_or_printed(
    truth: Path, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level("DEBUG")
    with Sink("auth", truth=truth, users={"ana": "correct horse"}) as sink:
        Delivering(sink.server, None, "ana", "correct horse")()
        Delivering(sink.server, None, "ana", "wrong horse")()
    told = caplog.text + "".join(capfd.readouterr())
    for secret in ("correct horse", "wrong horse", "AGFuYQBjb3JyZWN0IGhvcnNl", "Yes."):
        assert secret not in told


# -- protection


@pytest.mark.parametrize("security", [Security.TLS, Security.STARTTLS])
@pytest.mark.parametrize(
    ("bad", "sentence"),
    [
        ("expired", "The certificate of localhost has expired."),
        ("wrong_host", "The certificate of localhost is made out to another name."),
        ("untrusted", "The certificate of localhost is not signed by anyone this computer trusts."),
    ],
)
def test_a_bad_certificate_is_named_and_nothing_is_said(
    truth: Path, certificates: Certificates, security: Security, bad: str, sentence: str
) -> None:
    pair = getattr(certificates, bad)
    with Sink("auth", truth=truth, security=security, pair=pair, users={"ana": "x"}) as sink:
        verdict = Delivering(sink.server, certificates.ca_file, "ana", "x")()
    assert (verdict.delivery, verdict.why) == (Delivery.NOT_REACHED, sentence)
    assert not {"AUTH", "DATA"} & set(sink.heard)


@pytest.mark.parametrize(
    ("personality", "sentence"),
    [
        ("auth;no-starttls", "does not offer a protected connection, so nothing was sent"),
        ("auth;inject", "spoke before the connection was protected"),
        ("auth;answer:STARTTLS:454 4.7.0 not now", "asks to wait"),
    ],
)
def test_a_starttls_that_does_not_come_about_ends_it(
    truth: Path, certificates: Certificates, personality: str, sentence: str
) -> None:
    security = Security.STARTTLS
    with Sink(
        personality, truth=truth, security=security, pair=certificates.good, users={"ana": "x"}
    ) as sink:
        verdict = Delivering(sink.server, certificates.ca_file, "ana", "x")()
    assert verdict.delivery in (Delivery.NOT_REACHED, Delivery.DEFERRED)
    assert sentence in verdict.why
    assert not {"AUTH", "DATA"} & set(sink.heard)


def test_a_stripped_starttls_ends_it_before_the_password(truth: Path, certificates: Certificates) -> None:
    security = Security.STARTTLS
    with (
        Sink("auth", truth=truth, security=security, pair=certificates.good, users={"ana": "x"}) as sink,
        Cutter(sink.port, strip=b"STARTTLS") as middle,
    ):
        verdict = Delivering(Server("localhost", middle.port, security), certificates.ca_file, "ana", "x")()
    assert "does not offer a protected connection" in verdict.why
    assert middle.seen[Way.TO_SERVER] == b"EHLO [127.0.0.1]\r\n"


def test_a_bare_connection_that_would_leave_this_computer_is_refused() -> None:
    with pytest.raises(Usage, match="must be protected"):
        Delivering(Server("mail.example.com", 25, Security.PLAIN))()


def test_an_outdated_tls_is_refused(truth: Path, certificates: Certificates) -> None:
    with Sink("old-tls", truth=truth, security=Security.TLS, pair=certificates.good) as sink:
        verdict = Delivering(sink.server, certificates.ca_file)()
    assert (verdict.delivery, verdict.why) == (
        Delivery.NOT_REACHED,
        "localhost only speaks an outdated TLS.",
    )


def test_a_server_that_does_not_speak_tls_is_named(truth: Path) -> None:
    with Sink(truth=truth) as sink:
        verdict = Delivering(Server("localhost", sink.port, Security.TLS))()
    assert "does not speak TLS on port" in verdict.why


# -- cut after every byte

CUT_PERSONALITIES = ["normal", "auth", "answer:DOT:451 4.3.0 later", "answer:NOBODY:550 5.1.1 no such user"]


@pytest.mark.parametrize("personality", CUT_PERSONALITIES)
@pytest.mark.parametrize("way", list(Way))
def test_a_cut_after_any_byte_is_never_told_wrong(truth: Path, way: Way, personality: str) -> None:
    recipients = ("ngozi@example.org", "nobody@example.org")
    with Sink(personality, truth=truth, users={"ana": "secret"}) as sink:
        user = "ana" if personality == "auth" else None

        def attempt(number: int, cut_after: int | None) -> tuple[Verdict, int]:
            raw = RAW.replace(b"<one@", b"<%d@" % number)
            with Cutter(sink.port, way=way, cut_after=cut_after) as middle:
                server = Server("127.0.0.1", middle.port, Security.PLAIN)
                verdict = Delivering(server, None, user, "secret")(raw, *recipients)
            return verdict, middle.passed[way]

        uncut, length = attempt(0, None)
        told = {number: attempt(number, number - 1)[0] for number in range(1, length + 2)}
        sink.wait_until_quiet()
        taken = {int(mail.message_id.strip("<").partition("@")[0]) for mail in sink.taken()}

    assert length > 100
    assert (uncut.delivery is Delivery.SENT) == (0 in taken)
    said_sent = {number for number, verdict in told.items() if verdict.delivery is Delivery.SENT}
    unsure = {number for number, verdict in told.items() if verdict.delivery is Delivery.UNSURE}
    assert said_sent <= taken, "said to be sent, and was not"
    assert taken - {0} <= said_sent | unsure, "said not to be sent, and was"
    assert not (uncut.delivery is Delivery.SENT and way is Way.TO_CLIENT) or unsure


# -- the account test


@pytest.mark.parametrize("security", [Security.TLS, Security.STARTTLS])
def test_every_step_is_told_as_it_ends(truth: Path, certificates: Certificates, security: Security) -> None:
    with Sink("auth", truth=truth, security=security, pair=certificates.good, users={"ana": "x"}) as sink:
        steps = list(probe_smtp(sink.server, "ana", Password("x"), certificates.ca_file))
        *_, refused = probe_smtp(sink.server, "ana", Password("wrong"), certificates.ca_file)
    assert [(step.step, step.ok) for step in steps] == [
        (Step.REACH, True),
        (Step.TLS, True),
        (Step.LOGIN, True),
    ]
    assert steps[1].detail.startswith("TLS 1.3, certificate good until ")
    assert (refused.step, refused.ok) == (Step.LOGIN, False)
    assert refused.mend


def test_a_certificate_that_expired_fails_the_tls_step(truth: Path, certificates: Certificates) -> None:
    with Sink(truth=truth, security=Security.TLS, pair=certificates.expired) as sink:
        *_, last = probe_smtp(sink.server, "ana", Password("x"), certificates.ca_file)
    assert (last.step, last.ok) == (Step.TLS, False)
    assert last.detail == "The certificate of localhost has expired."


def test_the_first_server_that_answers_safely_is_found(truth: Path, certificates: Certificates) -> None:
    pair = certificates.good
    with (
        Sink(truth=truth, security=Security.STARTTLS, pair=pair) as starttls,
        Sink(truth=truth, security=Security.TLS, pair=pair) as implicit,
    ):
        wrong = Server("localhost", starttls.port, Security.TLS)
        assert find_servers([wrong, implicit.server], certificates.ca_file) == implicit.server
        assert find_servers([starttls.server, implicit.server], certificates.ca_file) == starttls.server


def test_the_sink_runs_on_its_own_for_a_harness(truth: Path) -> None:
    words = [sys.executable, "-m", "tests.real.sink", "--truth", str(truth), "--personality", "slow:5"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        try:
            assert process.stdout is not None
            server = Server("127.0.0.1", int(process.stdout.readline()), Security.PLAIN)
            assert Delivering(server)().delivery is Delivery.SENT
            assert [mail.message_id for mail in read_truth(truth)] == ["<one@leaddesk.example>"]
        finally:
            process.kill()


def test_a_sink_of_many_threads_writes_whole_lines(truth: Path) -> None:
    numbers = itertools.count()
    with Sink("slow:10", truth=truth) as sink:

        def send() -> None:
            for _ in range(5):
                Delivering(sink.server)(RAW.replace(b"<one@", b"<%d@" % next(numbers)))

        threads = [threading.Thread(target=send) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len({mail.message_id for mail in sink.taken()}) == 20

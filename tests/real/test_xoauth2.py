"""Tokens at real servers: Dovecot asks the authority who may open a box, and the sink does."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from leaddesk.doors.browser_sign_in import sign_in
from leaddesk.doors.mail.imap import ImapSession
from leaddesk.doors.mail.probe import probe_imap, probe_smtp
from leaddesk.doors.mail.smtp import deliver
from leaddesk.words.account import Security, Server, Step
from leaddesk.words.errors import OutOfReach, SignInRefused
from leaddesk.words.outgoing import Delivery, Verdict
from leaddesk.words.sign_in import Bearer
from tests.real.authority import CLIENT, Browser, LocalAuthority
from tests.real.certificates import Certificates
from tests.real.dovecot import Dovecot, need_dovecot
from tests.real.sink import Sink

pytestmark = pytest.mark.real

MAIL = b"Subject: a loft\r\nMessage-ID: <1@lofts.example>\r\n\r\nHello\r\n"


@pytest.fixture
def authority() -> Iterator[LocalAuthority]:
    with LocalAuthority(boxes={"ana": {"info"}}) as made:
        yield made


@pytest.fixture
def server(authority: LocalAuthority, certificates: Certificates) -> Iterator[Dovecot]:
    need_dovecot()
    users = {"ana": "words of ana", "info": "words of info", "eve": "words of eve"}
    with Dovecot(users, certificates=certificates, authority=authority.url) as dovecot:
        yield dovecot


@pytest.fixture
def bearer(authority: LocalAuthority) -> Bearer:
    """Ana's, fresh from her browser."""
    return Bearer(sign_in(authority.row(), CLIENT, open_browser=Browser(), within_s=10).access_token)


def opened(dovecot: Dovecot, user: str, bearer: Bearer, server: Server | None = None) -> ImapSession:
    return ImapSession.connect(
        server or dovecot.server, user=user, secret=bearer, ca_file=dovecot.ca_file, timeout=5
    )


# -- IMAP


@pytest.mark.parametrize("kind", ["server", "starttls_server"])
def test_a_token_opens_the_box(server: Dovecot, bearer: Bearer, kind: str) -> None:
    server.deliver(MAIL)
    session = opened(server, "ana", bearer, getattr(server, kind))
    assert session.examine("INBOX").exists == 1
    session.close()


def test_whoever_may_opens_a_shared_box_by_its_name(server: Dovecot, bearer: Bearer) -> None:
    server.deliver(MAIL, to="info")
    session = opened(server, "info", bearer)
    assert session.examine("INBOX").exists == 1
    session.close()


def test_a_box_of_somebody_else_stays_shut(server: Dovecot, bearer: Bearer) -> None:
    with pytest.raises(SignInRefused, match=r"localhost refused the sign-in: .*Authentication failed"):
        opened(server, "eve", bearer)


def test_a_used_up_token_is_refused_with_the_servers_words(
    server: Dovecot, authority: LocalAuthority, bearer: Bearer
) -> None:
    authority.end_access()
    with pytest.raises(SignInRefused) as refused:
        opened(server, "ana", bearer)
    assert "Sign in again" in refused.value.mend
    assert bearer.token not in refused.value.sentence


def test_a_token_that_is_no_token_is_never_sent(server: Dovecot) -> None:
    for token in ("a\x01b", "a\r\nb", "a\0b"):
        with pytest.raises(SignInRefused, match="one line each"):
            opened(server, "ana", Bearer(token))


def test_the_account_test_names_what_failed(server: Dovecot, bearer: Bearer) -> None:
    assert all(step.ok for step in probe_imap(server.server, "ana", bearer, server.ca_file))
    *_, last = probe_imap(server.server, "eve", bearer, server.ca_file)
    assert (last.step, last.ok) == (Step.LOGIN, False)
    assert "somebody who may open it" in last.mend or "Sign in again" in last.mend


def test_a_server_that_takes_no_tokens_is_told(dovecot: Dovecot) -> None:
    with pytest.raises(SignInRefused, match="offers no sign-in with the browser"):
        opened(dovecot, "ana", Bearer("t"))


def test_an_authority_that_dovecot_cannot_ask_is_no_refusal(
    server: Dovecot, authority: LocalAuthority, bearer: Bearer
) -> None:
    authority.__exit__(None, None, None)
    with pytest.raises((OutOfReach, SignInRefused)) as failed:
        opened(server, "ana", bearer)
    assert "temporar" in failed.value.sentence.lower() or "internal" in failed.value.sentence.lower()


# -- SMTP


def sent(sink: Sink, user: str, bearer: Bearer) -> Verdict:
    return deliver(
        sink.server,
        user=user,
        secret=bearer,
        ca_file=None,
        sender="info@lofts.example",
        recipients=["ngozi@example.org"],
        raw=MAIL,
        before_commit=lambda: None,
    )


def test_a_token_sends_for_its_own_and_for_a_shared_box(
    tmp_path: Path, authority: LocalAuthority, bearer: Bearer
) -> None:
    with Sink("auth;tokens", truth=tmp_path / "truth", bearers=lambda u, t: authority.opens(t, u)) as sink:
        assert [sent(sink, user, bearer).delivery for user in ("ana", "info")] == [Delivery.SENT] * 2
        assert sink.bears == ["ana", "info"]
        refused = sent(sink, "eve", bearer)
    assert (refused.delivery, refused.counted) == (Delivery.SIGN_IN, False)
    assert refused.answer == "535 5.7.3 Authentication unsuccessful"
    assert len(sink.taken()) == 2


def test_a_token_of_four_kilobytes_goes_through(tmp_path: Path) -> None:
    token = "x" * 4096
    with Sink("auth;tokens", truth=tmp_path / "truth", bearers=lambda u, t: t == token) as sink:
        assert sent(sink, "ana", Bearer(token)).delivery is Delivery.SENT


def test_a_server_that_takes_passwords_only_is_told(tmp_path: Path) -> None:
    with Sink("auth", truth=tmp_path / "truth") as sink:
        verdict = sent(sink, "ana", Bearer("t"))
    assert verdict.delivery is Delivery.SIGN_IN
    assert verdict.why == "127.0.0.1 takes no sign-in with the browser."


@pytest.mark.parametrize(
    "answer",
    [
        "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant. "
        "Visit https://aka.ms/smtp_auth_disabled for more information.",
        "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Mailbox.",
        "550 5.7.30 Basic authentication is not supported for Client Submission.",
    ],
)
@pytest.mark.parametrize("verb", ["AUTH", "MAIL", "DOT"])
def test_sending_that_is_switched_off_is_told_by_name(tmp_path: Path, answer: str, verb: str) -> None:
    with Sink(
        f"auth;tokens;answer:{verb}:{answer}", truth=tmp_path / "truth", bearers=lambda u, t: True
    ) as sink:
        verdict = sent(sink, "ana", Bearer("t"))
        assert (verdict.delivery, verdict.counted) == (Delivery.SWITCHED_OFF, False)
        assert "(SMTP AUTH) is switched off" in verdict.why
        assert verdict.answer == answer
        assert sink.taken() == []


def test_a_switch_that_is_off_is_a_step_that_can_be_borne(tmp_path: Path) -> None:
    off = "auth;tokens;answer:AUTH:535 5.7.139 SmtpClientAuthentication is disabled for the Tenant."
    with Sink(off, truth=tmp_path / "truth", bearers=lambda u, t: True) as sink:
        *_, last = probe_smtp(sink.server, "ana", Bearer("t"), None)
    assert (last.step, last.ok, last.bearable) == (Step.LOGIN, False, True)
    assert "administrator" in last.mend


def test_an_echoed_token_is_blacked_out(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with Sink("auth;tokens;echo", truth=tmp_path / "truth") as sink:
        verdict = sent(sink, "ana", Bearer("canary-token"))
    assert verdict.answer == "535 5.7.3 Authentication unsuccessful *** ***"
    assert "canary" not in caplog.text + repr(verdict)


def test_the_token_goes_out_protected_or_not_at_all(tmp_path: Path, certificates: Certificates) -> None:
    with Sink(
        "auth;tokens;no-starttls",
        truth=tmp_path / "truth",
        security=Security.STARTTLS,
        pair=certificates.good,
    ) as sink:
        verdict = sent(sink, "ana", Bearer("t"))
        assert verdict.delivery is Delivery.NOT_REACHED
        assert "AUTH" not in sink.heard

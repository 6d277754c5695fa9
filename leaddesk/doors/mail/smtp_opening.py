"""The opening of an SMTP connection: greeting, TLS, what the server offers, and the sign-in."""

from __future__ import annotations

import base64
import contextlib
from collections.abc import Iterator
from dataclasses import replace

from leaddesk.doors.mail import smtp_verdicts as verdicts
from leaddesk.doors.mail import tls, xoauth2
from leaddesk.doors.mail.smtp_dialogue import Dialogue, Offers, Reply, StageTimeouts
from leaddesk.doors.mail.wake import Wake
from leaddesk.doors.mail.wire import Wire
from leaddesk.words.account import Security, Server
from leaddesk.words.errors import OutOfReach
from leaddesk.words.outgoing import Verdict
from leaddesk.words.sign_in import Bearer, Secret

_HERE = "[127.0.0.1]"
"""Our name in EHLO: the machine's own name is nobody's business, and asking for it may stall."""


class Settled(Exception):
    """The outcome is known before the end of the dialogue."""

    def __init__(self, verdict: Verdict) -> None:
        super().__init__(verdict.why)
        self.verdict = verdict


@contextlib.contextmanager
def connected(
    server: Server, ca_file: str | None, patience: StageTimeouts, stop: Wake | None
) -> Iterator[tuple[Dialogue, Offers]]:
    """A protected dialogue that has said EHLO; the connection ends with the block."""
    wire = Wire.open(server, patience.connect)
    try:
        dialogue = Dialogue(wire, stop)
        yield dialogue, greet(dialogue, server.security, ca_file, patience)
    finally:
        wire.close()


def greet(dialogue: Dialogue, security: Security, ca_file: str | None, patience: StageTimeouts) -> Offers:
    """Protect a fresh connection as `security` says, and hear what the server offers."""
    if security is Security.TLS:
        dialogue.wire.secure(tls.context(ca_file), patience.connect)
    greeting = dialogue.hear(patience.greeting)
    _expect_good(dialogue, greeting)
    offers = _ehlo(dialogue, patience)
    if security is Security.STARTTLS:
        _start_tls(dialogue, offers, ca_file, patience)
        offers = _ehlo(dialogue, patience)  # what was told before TLS may have been anybody's
    is_ours = security is not Security.STARTTLS  # its greeting came before the protection
    return replace(offers, greeting=greeting.text) if is_ours else offers


def _ehlo(dialogue: Dialogue, patience: StageTimeouts) -> Offers:
    reply = dialogue.ask(f"EHLO {_HERE}", patience.ehlo)
    _expect_good(dialogue, reply)
    return Offers.of(reply)


def _start_tls(dialogue: Dialogue, offers: Offers, ca_file: str | None, patience: StageTimeouts) -> None:
    host = dialogue.wire.host
    if "STARTTLS" not in offers:
        raise OutOfReach(f"{host} does not offer a protected connection, so nothing was sent.")
    _expect_good(dialogue, dialogue.ask("STARTTLS", patience.ehlo))
    if dialogue.wire.has_more():
        raise OutOfReach(f"{host} spoke before the connection was protected: somebody may be in between.")
    dialogue.wire.secure(tls.context(ca_file), patience.connect)


def _expect_good(dialogue: Dialogue, reply: Reply) -> None:
    if not reply.is_good:
        raise Settled(verdicts.about_connection(dialogue.wire.host, reply))


def sign_in(dialogue: Dialogue, offers: Offers, user: str, secret: Secret, patience: StageTimeouts) -> None:
    """Sign in once. Raises Settled when that is not possible or not accepted."""
    host = dialogue.wire.host
    if isinstance(secret, Bearer):
        reply = _bear(dialogue, offers, user, secret.token, patience.auth)
        if reply is None:
            raise Settled(verdicts.no_token_taken(host))
    else:
        reply = _authenticate(dialogue, offers, user, secret.text, patience.auth)
        if reply is None:
            raise Settled(verdicts.no_sign_in_offered(host))
    if not reply.is_good:
        verdict = verdicts.about_sign_in(host, reply)
        raise Settled(verdicts.to_a_token(host, verdict) if isinstance(secret, Bearer) else verdict)


def _bear(dialogue: Dialogue, offers: Offers, user: str, token: str, seconds: float) -> Reply | None:
    """The answer to a sign-in with a token (XOAUTH2), or None when the server takes none.

    A server that refuses explains itself in a challenge first; an empty answer brings its verdict.
    """
    if xoauth2.MECHANISM not in offers.sign_ins:
        return None
    words = _base64(xoauth2.words(user, token))
    dialogue.keep_secret(words, token)
    reply = dialogue.ask(f"AUTH {xoauth2.MECHANISM} {words}", seconds)
    return dialogue.ask("", seconds) if reply.code == 334 else reply


def _authenticate(
    dialogue: Dialogue, offers: Offers, user: str, password: str, seconds: float
) -> Reply | None:
    """The answer to one sign-in, or None when the server offers none that we speak."""
    both = _base64("\0".join(("", user, password)))
    dialogue.keep_secret(both, password)
    if "PLAIN" in offers.sign_ins:
        return dialogue.ask(f"AUTH PLAIN {both}", seconds)
    if "LOGIN" not in offers.sign_ins:
        return None
    reply = dialogue.ask("AUTH LOGIN", seconds)
    for word in (user, password):
        if reply.code != 334:
            return reply
        reply = dialogue.ask(_base64(word), seconds)
    return reply


def _base64(text: str) -> str:
    return base64.b64encode(text.encode()).decode()

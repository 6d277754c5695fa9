"""The opening of an IMAP connection: greeting, TLS and the sign-in."""

from __future__ import annotations

import re
import ssl
from imaplib import IMAP4

from imapclient.exceptions import LoginError

from leaddesk.doors.mail import tls, xoauth2
from leaddesk.doors.mail.imap_answers import farewell, sign_in_failure, token_failure
from leaddesk.doors.mail.imap_client import Client, read_line
from leaddesk.doors.mail.wire import Wire
from leaddesk.words.account import Security
from leaddesk.words.errors import OutOfReach, SignInRefused
from leaddesk.words.sign_in import Bearer, Secret

_ATOM = re.compile(r"[A-Za-z0-9!#$&'+,./:;=?@^_`|~-]+")
"""What LOGIN takes without quotes."""
_MOST_BEFORE_TLS = 65536


def protect(wire: Wire, security: Security, ca_file: str | None, seconds: float) -> None:
    """Secure a fresh wire to an IMAP server as `security` says."""
    if security is Security.TLS:
        wire.secure(tls.context(ca_file), seconds)
    elif security is Security.STARTTLS:
        start_tls(wire, tls.context(ca_file), seconds)


def hear_greeting(wire: Wire, seconds: float) -> bytes:
    """The first line of an IMAP server that lets us in. Raises OutOfReach for any other."""
    greeting = read_line(wire, seconds)
    if greeting.upper().startswith(b"* BYE"):
        raise farewell(wire.host, greeting)
    if not greeting.upper().startswith((b"* OK", b"* PREAUTH")):
        raise OutOfReach(f"{wire.host} does not greet like a mail server.", "Check server name and port.")
    return greeting


def start_tls(wire: Wire, context: ssl.SSLContext, seconds: float) -> None:
    """Go over to TLS before anything else is said, and forget all that was told before it.

    Raises OutOfReach when the server does not offer STARTTLS or has spoken ahead of the handshake.
    """
    if not hear_greeting(wire, seconds).upper().startswith(b"* OK"):
        raise OutOfReach(f"{wire.host} greets out of turn, so nothing was sent.")
    if b"STARTTLS" not in _ask(wire, b"CAPABILITY", seconds).upper().split():
        raise OutOfReach(f"{wire.host} does not offer a protected connection, so nothing was sent.")
    _ask(wire, b"STARTTLS", seconds)
    if wire.has_more():
        raise OutOfReach(
            f"{wire.host} spoke before the connection was protected: somebody may be in between."
        )
    wire.secure(context, seconds)
    wire.push_back(b"* OK protected\r\n")  # imaplib expects a greeting


def _ask(wire: Wire, command: bytes, seconds: float) -> bytes:
    """The untagged answer to a command that is sent before there is a session."""
    wire.send(b"S " + command + b"\r\n", seconds)
    answer = b""
    while not (line := read_line(wire, seconds)).startswith(b"S "):
        answer += line
        if len(answer) > _MOST_BEFORE_TLS:
            raise OutOfReach(f"{wire.host} does not stop talking.")
    if not line.upper().startswith(b"S OK"):
        raise OutOfReach(f"{wire.host} refused {command.decode()}, so nothing was sent.")
    return answer


def sign_in(client: Client, host: str, user: str, secret: Secret) -> None:
    """Sign in once. Raises SignInRefused, SlowDown or OutOfReach, as the server's words mean."""
    text = secret.token if isinstance(secret, Bearer) else secret.text
    if any(character in user + text for character in "\r\n\0\x01"):
        raise SignInRefused("User name and password must be one line each.", "Enter them again.")
    if isinstance(secret, Bearer):
        _sign_in_by_token(client, host, user, secret.token)
    else:
        _sign_in_by_password(client, host, user, secret.text)


def _sign_in_by_token(client: Client, host: str, user: str, token: str) -> None:
    if not client.has_capability(f"AUTH={xoauth2.MECHANISM}"):
        raise SignInRefused(f"{host} offers no sign-in with the browser.", "Check the server's name.")
    words = xoauth2.words(user, token)
    try:
        client.present(xoauth2.MECHANISM, words.encode())
    except IMAP4.abort:  # cut off is not refused
        raise
    except IMAP4.error as error:
        raise token_failure(host, str(error), words, token) from None


def _sign_in_by_password(client: Client, host: str, user: str, password: str) -> None:
    try:
        _authenticate(client, user, password)
    except LoginError as error:
        if isinstance(error.__context__, IMAP4.abort):  # cut off is not refused
            raise error.__context__ from None
        both = "\0".join(("", user, password))
        raise sign_in_failure(host, str(error), password, both) from None
    except UnicodeEncodeError:
        raise SignInRefused(
            f"{host} takes only plain letters in user name and password.",
            "Set a password of English letters, digits and signs at the provider.",
        ) from None


def _authenticate(client: Client, user: str, password: str) -> None:
    """AUTHENTICATE PLAIN takes every letter; LOGIN is for servers that lack it."""
    if client.has_capability("AUTH=PLAIN"):
        client.plain_login(user, password)
    else:
        client.login(user if _ATOM.fullmatch(user) else _quoted(user), password)


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'

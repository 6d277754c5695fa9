"""IMAP's refusals in the words of our errors: wait, slow down, sign in again, choose the folder again."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from imaplib import IMAP4

from leaddesk.doors.mail.said import said
from leaddesk.words.errors import FolderGone, LeadDeskError, OutOfReach, SignInRefused, SlowDown

log = logging.getLogger(__name__)

_THROTTLED = re.compile(
    r"\[(LIMIT|THROTTLED)\]|throttl|too many|rate limit|maximum number of connections"
    r"|exceeded command or bandwidth|backoff",
    re.IGNORECASE,
)
_BACKOFF = re.compile(r"backoff time: (\d{1,12}) milliseconds", re.IGNORECASE)
_PASSING = re.compile(r"\[(UNAVAILABLE|SERVERBUG|INUSE)\]|temporar|try again|internal error", re.IGNORECASE)
_BROWSER = re.compile(r"basicauth|\[ALERT\].*web ?browser|oauth", re.IGNORECASE)
_NO_MAILBOX = re.compile(r"authenticated but not connected", re.IGNORECASE)
"""Microsoft's word for: you are who you say, and this mailbox is not yours to open."""
_APP_PASSWORD = re.compile(r"app(lication)?[- ]specific password", re.IGNORECASE)
_SURPRISES = (ValueError, TypeError, LookupError, AttributeError, RecursionError, OverflowError)
"""What the libraries raise when a server's answer makes no sense."""


@contextmanager
def told(host: str) -> Iterator[None]:
    """Turn what imaplib raises into OutOfReach or SlowDown, with a sentence."""
    try:
        yield
    except LeadDeskError:
        raise
    except IMAP4.abort as error:
        raise (
            no_mailbox(host, str(error))
            or slow_down(host, str(error))
            or OutOfReach(f"{host} ended the connection: {said(str(error))}")
        ) from error
    except IMAP4.error as error:
        raise (
            no_mailbox(host, str(error))
            or slow_down(host, str(error))
            or OutOfReach(f"{host} could not do it: {said(str(error))}")
        ) from error
    except _SURPRISES as error:
        log.warning("%s sent an answer that cannot be read: %s", host, type(error).__name__)
        raise OutOfReach(f"{host} sent an answer that cannot be read.") from error


def slow_down(host: str, text: str) -> SlowDown | None:
    """The pause that a server's words ask for, or None when they ask for none."""
    if not _THROTTLED.search(text):
        return None
    backoff = _BACKOFF.search(text)
    seconds = int(backoff[1]) / 1000 if backoff else None
    return SlowDown(f"{host} asks to slow down: {said(text)}", seconds=seconds)


def farewell(host: str, line: bytes) -> OutOfReach:
    """What a BYE, or another end that the server chose, means."""
    words = said(line.strip())
    return slow_down(host, words) or OutOfReach(f"{host} ended the connection: {words}")


def is_passing(text: str) -> bool:
    """True when a refusal is about this moment and not about what was asked for."""
    return bool(_THROTTLED.search(text) or "[UNAVAILABLE]" in text.upper())


def no_mailbox(host: str, text: str) -> SignInRefused | None:
    """The sign-in was good and opens another mailbox than the one that was asked for."""
    if not _NO_MAILBOX.search(text):
        return None
    return SignInRefused(
        f"{host} let you in, but not to this mailbox.",
        "Sign in as somebody who may open it, and see whether IMAP is allowed for it.",
    )


def sign_in_failure(host: str, text: str, *secrets: str) -> LeadDeskError:
    """What a failed LOGIN or AUTHENTICATE means: a pause, a passing fault, or a person is needed."""
    words = said(text, *secrets)
    if passing := _passing_failure(host, text, words, "password"):
        return passing
    if _APP_PASSWORD.search(text):
        return SignInRefused(f"{host} wants an app password.", "Make one at the provider and enter it here.")
    if _BROWSER.search(text):
        return SignInRefused(f"{host} wants a sign-in in the browser.", words)
    return SignInRefused(f"{host} refused the sign-in: {words}", "Check user name and password.")


def token_failure(host: str, text: str, *secrets: str) -> LeadDeskError:
    """What a refused token means: a pause, a passing fault, or the person must sign in again."""
    words = said(text, *secrets)
    return _passing_failure(host, text, words, "sign-in") or SignInRefused(
        f"{host} refused the sign-in: {words}",
        "Sign in again with the browser, as somebody who may open this mailbox.",
    )


def _passing_failure(host: str, text: str, words: str, what: str) -> OutOfReach | None:
    if slower := slow_down(host, words):
        return slower
    if _PASSING.search(text) and "[AUTHENTICATIONFAILED]" not in text:
        return OutOfReach(f"{host} cannot check the {what} now: {words}")
    return None


def folder_failure(host: str, folder: str, text: str) -> LeadDeskError:
    """What a failed EXAMINE means: a passing fault, another's mailbox, or the folder is gone."""
    if refused := no_mailbox(host, text):
        return refused
    if slower := slow_down(host, text):
        return slower
    if _PASSING.search(text):
        return OutOfReach(f"{host} cannot open the folder {folder} now: {said(text)}")
    return FolderGone(f"The folder {folder} is not there any more.", "Choose the folder again.")

"""What an SMTP answer proves, and how it is told to a person."""

from __future__ import annotations

import math
import re
from dataclasses import replace

from leaddesk.doors.mail.smtp_dialogue import Reply
from leaddesk.rules.limits import is_limit
from leaddesk.words.outgoing import Delivery, Verdict

_MEGABYTE = 1024 * 1024
_SWITCHED_OFF = re.compile(r"SmtpClientAuth(entication)? is disabled|smtp_auth_disabled", re.IGNORECASE)
_NO_PASSWORDS = re.compile(r"5\d\d (5\.7\.30\b|5\.7\.139\b.*disabled)", re.IGNORECASE)


def sent(reply: Reply) -> Verdict:
    return Verdict(Delivery.SENT, reply.text, "The mail server has taken it.")


def unsure(host: str, answer: str | None = None) -> Verdict:
    """After the last dot without a whole last line."""
    return Verdict(Delivery.UNSURE, answer, f"We are not sure this arrived: {host} did not confirm it.")


def not_reached(why: str, answer: str | None = None) -> Verdict:
    """Nothing was accepted, and the mail itself was never judged."""
    return Verdict(Delivery.NOT_REACHED, answer, why, counted=False)


def about_connection(host: str, reply: Reply) -> Verdict:
    """A greeting or EHLO that is not good, or a server that is closing: it says nothing about the mail."""
    if is_for_person(reply):
        return about_sign_in(host, reply)
    return replace(_wait(host, reply), counted=False)


def about_sign_in(host: str, reply: Reply) -> Verdict:
    """A sign-in that is not good."""
    if reply.is_for_later:
        return Verdict(Delivery.DEFERRED, reply.text, f"{host} asks to wait: {reply.text}", counted=False)
    if _SWITCHED_OFF.search(reply.text):
        return _switched_off(host, reply.text)
    return Verdict(Delivery.SIGN_IN, reply.text, _sign_in_sentence(host, reply), counted=False)


def to_a_token(host: str, verdict: Verdict) -> Verdict:
    """The same verdict where we signed in with a token: "no passwords here" then means "nobody"."""
    if verdict.delivery is not Delivery.SIGN_IN or verdict.answer is None:
        return verdict
    if _NO_PASSWORDS.match(verdict.answer):
        return _switched_off(host, verdict.answer)
    return replace(verdict, why=f"{host} refused the sign-in: {verdict.answer}")


def _switched_off(host: str, answer: str) -> Verdict:
    """Microsoft's SMTP AUTH, which new firms have switched off: no program may send, whoever signs in."""
    sentence = f"Sending by mail programs (SMTP AUTH) is switched off for this mailbox at {host}"
    return Verdict(Delivery.SWITCHED_OFF, answer, f"{sentence}: {answer}", counted=False)


def _sign_in_sentence(host: str, reply: Reply) -> str:
    if _wants_browser(reply):
        return "Microsoft wants a sign-in in the browser."
    if reply.status == "5.7.9":
        return f"{host} wants an app password instead of the usual one."
    if reply.code == 534:
        return f"{host} wants a sign-in in the browser first: {reply.text}"
    return f"{host} refused the sign-in: {reply.text}"


def _wants_browser(reply: Reply) -> bool:
    """Microsoft 365 without password sign-in; 5.7.139 is also its word for a wrong password."""
    if reply.status == "5.7.139":
        return "disabled" in reply.text.lower()
    return reply.status in ("5.7.30", "5.7.57")


def no_sign_in_offered(host: str) -> Verdict:
    return Verdict(Delivery.SIGN_IN, None, f"{host} offers no sign-in with a password here.", counted=False)


def no_token_taken(host: str) -> Verdict:
    return Verdict(Delivery.SIGN_IN, None, f"{host} takes no sign-in with the browser.", counted=False)


def is_for_person(reply: Reply) -> bool:
    """True when an answer at any stage asks for another sign-in."""
    return reply.code in (530, 534, 535) or _wants_browser(reply) or bool(_SWITCHED_OFF.search(reply.text))


def about_mail(host: str, reply: Reply) -> Verdict:
    """A whole answer to MAIL, DATA or the dot that does not accept the mail."""
    if is_for_person(reply):
        return about_sign_in(host, reply)
    if reply.is_for_later or _is_limit(reply):
        return _wait(host, reply)
    if reply.is_refusal:
        return Verdict(Delivery.REFUSED, reply.text, _no_sentence(host, reply))
    return not_reached(f"{host} gave an answer out of turn: {reply.text}", reply.text)


def _no_sentence(host: str, reply: Reply) -> str:
    if reply.status in ("5.3.4", "5.2.3") or reply.code == 523:
        return f"The mail is too big for {host}: {reply.text}"
    return f"{host} refused it: {reply.text}"


def _is_limit(reply: Reply) -> bool:
    """Gmail says 550 5.4.5 when the day's limit is reached: that is a wait, not a no."""
    return is_limit(reply.code, reply.status, reply.text)


def _wait(host: str, reply: Reply) -> Verdict:
    """A limit is the whole account's, and no try of this mail."""
    if _is_limit(reply):
        why = f"The limit of {host} is reached: {reply.text}"
        return Verdict(Delivery.DEFERRED, reply.text, why, counted=False, is_limit=True)
    return Verdict(Delivery.DEFERRED, reply.text, f"{host} asks to wait: {reply.text}")


def about_recipients(host: str, refused: dict[str, Reply]) -> Verdict:
    """One or more addresses were refused: the whole mail waits for a better moment, or for a person."""
    for reply in refused.values():
        if is_for_person(reply):
            return about_sign_in(host, reply)
    final = {
        address: reply for address, reply in refused.items() if reply.is_refusal and not _is_limit(reply)
    }
    address, reply = next(iter((final or refused).items()))
    if final:
        return Verdict(Delivery.REFUSED, reply.text, f"Address refused: {address}: {reply.text}")
    return _wait(host, reply)


def too_big(host: str, size: int, limit: int) -> Verdict:
    numbers = f"{math.ceil(size / _MEGABYTE)} of {limit // _MEGABYTE} MB"
    if limit < _MEGABYTE:
        numbers = f"{math.ceil(size / 1024)} of {limit // 1024} kB"
    return Verdict(Delivery.REFUSED, None, f"The mail is too big for {host} ({numbers}).")


def not_writable(host: str, address: str) -> Verdict:
    return Verdict(Delivery.REFUSED, None, f"{host} cannot send to {address}.")


def malformed(address: str) -> Verdict:
    return Verdict(Delivery.REFUSED, None, f"This is not a mail address: {address!r}.")

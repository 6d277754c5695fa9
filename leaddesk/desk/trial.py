"""The trial of an account: reach, protect, sign in, folder, for both servers, and a mail to oneself."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from dataclasses import replace
from email.message import EmailMessage
from email.utils import format_datetime

from leaddesk.doors.clock import Clock
from leaddesk.doors.mail.imap import ImapSession
from leaddesk.doors.mail.probe import probe_imap, probe_smtp
from leaddesk.doors.mail.smtp import deliver
from leaddesk.words.account import Account, Security, Step, TestStep
from leaddesk.words.errors import LeadDeskError
from leaddesk.words.outgoing import Delivery, Verdict

TEST_HEADER = "X-LeadDesk-Test"
_LOOKS = (0.2, 1.5)
"""Pauses before each look for a copy in Sent, in seconds: providers that keep one do so at once."""


class Trial:
    """Tries accounts out; nothing is stored."""

    def __init__(self, clock: Clock, pause: Callable[[float], None]) -> None:
        self._clock = clock
        self._pause = pause

    def run(
        self, account: Account, password: str | None, on_step: Callable[[TestStep], None]
    ) -> tuple[tuple[TestStep, ...], Account]:
        """All steps as they ended (none after one that failed), and the account with what was learnt."""
        steps = []
        for step in self._steps(account, password):
            steps.append(step)
            on_step(step)
            if not step.ok:
                return tuple(steps), account
        step, message_id = self._send(account, password)
        steps.append(step)
        on_step(step)
        if step.ok and message_id is not None:
            account = self._learn(account, password or "", message_id)
        return tuple(steps), account

    def _steps(self, account: Account, password: str | None) -> Iterator[TestStep]:
        yield from probe_imap(account.imap, account.user, password or "", account.ca_file, account.folder)
        yield from probe_smtp(account.smtp, *_smtp_sign_in(account, password), account.ca_file)

    def _send(self, account: Account, password: str | None) -> tuple[TestStep, str | None]:
        """One mail to oneself, marked as ours: it becomes no lead."""
        message_id, raw = self._test_mail(account)
        user, secret = _smtp_sign_in(account, password)
        try:
            verdict = deliver(
                account.smtp,
                user=user,
                password=secret,
                ca_file=account.ca_file,
                sender=account.email,
                recipients=[account.email],
                raw=raw,
                before_commit=lambda: None,
            )
        except LeadDeskError as error:
            return TestStep(Step.SEND, "smtp", False, error.sentence, error.mend), None
        return _step_of(verdict, account.email), message_id

    def _test_mail(self, account: Account) -> tuple[str, bytes]:
        token = uuid.uuid4().hex
        message_id = f"<leaddesk-test-{token}@{account.email.rpartition('@')[2]}>"
        mail = EmailMessage()
        mail["From"] = account.email
        mail["To"] = account.email
        mail["Subject"] = "LeadDesk test"
        mail["Date"] = format_datetime(self._clock.now())
        mail["Message-ID"] = message_id
        mail["Auto-Submitted"] = "auto-generated"
        mail[TEST_HEADER] = token
        mail.set_content("LeadDesk sent this to itself to see that sending works. You can delete it.\n")
        return message_id, mail.as_bytes()

    def _learn(self, account: Account, password: str, message_id: str) -> Account:
        """Finds the Sent folder, and whether the provider has put a copy there by itself."""
        try:
            session = ImapSession.connect(
                account.imap, user=account.user, password=password, ca_file=account.ca_file
            )
        except LeadDeskError:
            return account
        try:
            sent = account.sent_folder or session.find_sent()
            if sent is None:
                return account
            account = replace(account, sent_folder=sent)
            for pause in _LOOKS:
                self._pause(pause)
                session.examine(sent)
                if session.find_message_id(message_id):
                    return replace(account, saves_sent=True)
        except LeadDeskError:
            return account
        finally:
            session.close()
        return account


def _smtp_sign_in(account: Account, password: str | None) -> tuple[str | None, str | None]:
    """No sign-in where there is no password and no protection: a sink on loopback."""
    if password is None and account.smtp.security is Security.PLAIN:
        return None, None
    return account.smtp_user or account.user, password


def _step_of(verdict: Verdict, email: str) -> TestStep:
    if verdict.delivery is Delivery.SENT:
        return TestStep(Step.SEND, "smtp", True, f"A test mail to {email} was accepted.")
    mend = "Look at the server's answer and at the address." if verdict.answer else "Try again later."
    return TestStep(Step.SEND, "smtp", False, verdict.why, mend)

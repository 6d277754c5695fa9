"""The trial of an account: reach, protect, sign in, folder, for both servers, and a mail to oneself."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable
from dataclasses import replace
from email.message import EmailMessage
from email.utils import format_datetime

from leaddesk.desk.sent_copies import SentCopies
from leaddesk.doors.clock import Clock
from leaddesk.doors.mail.probe import about_switch, probe_imap, probe_smtp
from leaddesk.doors.mail.smtp import deliver
from leaddesk.words.account import Account, Security, Step, TestStep
from leaddesk.words.errors import LeadDeskError
from leaddesk.words.outgoing import Delivery, Verdict
from leaddesk.words.sign_in import Password, Secret

TEST_HEADER = "X-LeadDesk-Test"


class Trial:
    """Tries accounts out; nothing is stored."""

    def __init__(self, clock: Clock, pause: Callable[[float], None]) -> None:
        self._clock = clock
        self._copies = SentCopies(pause)

    def run(
        self, account: Account, secret: Secret | None, on_step: Callable[[TestStep], None]
    ) -> tuple[tuple[TestStep, ...], Account]:
        """All steps as they ended (none after one that failed), and the account with what was learnt.

        A mailbox for which no program may send can be watched all the same: that step is bearable.
        """
        steps = _Steps(on_step)
        known = secret or Password("")
        if steps.go_well(probe_imap(account.imap, account.user, known, account.ca_file, account.folder)):
            account = self._try_sending(account, secret, steps)
            if steps.may_go_on:
                message_id, account = self._send(account, secret, steps)
                if steps.may_go_on:
                    account = replace(account, smtp_off=steps.last.bearable)
                    account = self._copies.find(account, known, message_id)
        return tuple(steps.told), account

    # -- sending

    def _try_sending(self, account: Account, secret: Secret | None, steps: _Steps) -> Account:
        """For a shared box some servers want its name, and some want that of the person who signed in."""
        names = _names(account, secret)
        for name in names:
            password = secret if name is not None else None
            tried = list(probe_smtp(account.smtp, name, password, account.ca_file))
            if tried[-1].ok or tried[-1].step is not Step.LOGIN or tried[-1].bearable or name == names[-1]:
                steps.go_well(tried)
                break
        smtp_user = name if name not in (None, account.user) else account.smtp_user
        return replace(account, smtp_user=smtp_user, smtp_off=tried[-1].bearable)

    def _send(self, account: Account, secret: Secret | None, steps: _Steps) -> tuple[str | None, Account]:
        """One mail to oneself, marked as ours: it becomes no lead.

        Returns its Message-ID (None where no program may send), and the account with what the server takes.
        """
        if account.smtp_off:
            return None, account
        message_id, raw = self._test_mail(account)
        name = _names(account, secret)[0]
        try:
            verdict = deliver(
                account.smtp,
                user=name,
                secret=secret if name is not None else None,
                ca_file=account.ca_file,
                sender=account.email,
                recipients=[account.email],
                raw=raw,
                before_commit=lambda: None,
            )
        except LeadDeskError as error:
            steps.tell(TestStep(Step.SEND, "smtp", False, error.sentence, error.mend))
        else:
            steps.tell(_step_of(verdict, account.email))
            account = replace(account, room=verdict.room or account.room)
        return message_id, account

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


class _Steps:
    """The steps so far, each told as it ends."""

    def __init__(self, on_step: Callable[[TestStep], None]) -> None:
        self._on_step = on_step
        self.told: list[TestStep] = []

    @property
    def last(self) -> TestStep:
        return self.told[-1]

    @property
    def may_go_on(self) -> bool:
        return self.last.ok or self.last.bearable

    def tell(self, step: TestStep) -> None:
        self.told.append(step)
        self._on_step(step)

    def go_well(self, steps: Iterable[TestStep]) -> bool:
        for step in steps:
            self.tell(step)
        return self.last.ok


def _names(account: Account, secret: Secret | None) -> list[str | None]:
    """Names to sign in with for sending, in the order in which they are tried.

    No sign-in where the server wants none, or where there is no password and no protection: on loopback.
    """
    if account.smtp_user == "" or (secret is None and account.smtp.security is Security.PLAIN):
        return [None]
    first = account.smtp_user or account.user
    return [first, *([account.signer] if account.signer not in ("", first) else [])]


def _step_of(verdict: Verdict, email: str) -> TestStep:
    if verdict.delivery is Delivery.SENT:
        return TestStep(Step.SEND, "smtp", True, f"A test mail to {email} was accepted.")
    if verdict.delivery is Delivery.SWITCHED_OFF:
        return about_switch(Step.SEND, verdict)
    mend = "Look at the server's answer and at the address." if verdict.answer else "Try again later."
    return TestStep(Step.SEND, "smtp", False, verdict.why, mend)

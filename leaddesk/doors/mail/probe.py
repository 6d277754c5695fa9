"""Tries an account's servers step by step, so that a person sees how far it went and what to do."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from leaddesk.doors.mail import tls
from leaddesk.doors.mail.imap import ImapSession
from leaddesk.doors.mail.imap_client import read_line
from leaddesk.doors.mail.imap_opening import hear_greeting, protect, start_tls
from leaddesk.doors.mail.smtp_dialogue import Dialogue, Offers, StageTimeouts
from leaddesk.doors.mail.smtp_opening import Settled, greet, sign_in
from leaddesk.doors.mail.wire import Wire
from leaddesk.words.account import Security, Server, Step, TestStep
from leaddesk.words.errors import LeadDeskError, OutOfReach
from leaddesk.words.outgoing import Delivery, Verdict
from leaddesk.words.sign_in import Password, Secret

_PATIENCE = 20.0
"""Seconds a server may take for one answer while a person looks on."""
_SHORT = 5.0
"""Seconds for a server name that is only a guess."""


def probe_imap(
    server: Server,
    user: str,
    secret: Secret,
    ca_file: str | None,
    folder: str = "INBOX",
    timeout: float = _PATIENCE,
) -> Iterator[TestStep]:
    """Reach, protect, sign in and open the folder; each step as it ends, none after one that failed."""
    trial = _ImapTrial(server, user, secret, ca_file, folder, timeout)
    stages = {
        Step.REACH: trial.reach,
        Step.TLS: trial.protect,
        Step.LOGIN: trial.sign_in,
        Step.FOLDER: trial.open_folder,
    }
    try:
        yield from _walk("imap", stages)
    finally:
        trial.close()


def probe_smtp(
    server: Server,
    user: str | None,
    secret: Secret | None,
    ca_file: str | None,
    timeout: float = _PATIENCE,
) -> Iterator[TestStep]:
    """Reach, protect and sign in; each step as it ends, none after one that failed. Sends nothing."""
    trial = _SmtpTrial(server, user, secret, ca_file, timeout)
    stages = {Step.REACH: trial.reach, Step.TLS: trial.protect, Step.LOGIN: trial.sign_in}
    try:
        yield from _walk("smtp", stages)
    finally:
        trial.close()


def find_servers(candidates: Sequence[Server], ca_file: str | None = None) -> Server | None:
    """The first of these that answers safely like a mail server, or None. Sends no name and no password."""
    return next((server for server in candidates if _answers(server, ca_file)), None)


def _walk(name: str, stages: dict[Step, Callable[[], str]]) -> Iterator[TestStep]:
    for step, act in stages.items():
        outcome = _outcome(name, step, act)
        yield outcome
        if not outcome.ok:
            return


def _outcome(name: str, step: Step, act: Callable[[], str]) -> TestStep:
    try:
        return TestStep(step, name, True, act())
    except Settled as end:
        if end.verdict.delivery is Delivery.SWITCHED_OFF:
            return about_switch(step, end.verdict)
        return TestStep(step, name, False, end.verdict.why, _mend(end.verdict))
    except LeadDeskError as error:
        return TestStep(step, name, False, error.sentence, error.mend)


def about_switch(step: Step, verdict: Verdict) -> TestStep:
    """No program may send: told by name, and no reason not to watch the mailbox."""
    mend = (
        "Ask your administrator to switch on 'Authenticated SMTP' for this mailbox. Until then your answers "
        "open in your own mail program."
    )
    return TestStep(step, "smtp", False, verdict.why, mend, bearable=True)


def _mend(verdict: Verdict) -> str:
    if verdict.delivery is Delivery.SIGN_IN:
        return "Check user name and password, or make an app password at the provider."
    return "Try again later."


class _Trial:
    """One connection of the test; its methods return what to tell when they went well."""

    def __init__(self, server: Server, ca_file: str | None, timeout: float) -> None:
        self._server, self._ca_file, self._timeout = server, ca_file, timeout
        self._open: Wire | None = None

    @property
    def _wire(self) -> Wire:
        if self._open is None:
            raise OutOfReach(f"{self._server.host} is not connected.")
        return self._open

    def reach(self) -> str:
        self._open = Wire.open(self._server, self._timeout)
        return f"{self._server.host} answers on port {self._server.port}."

    def close(self) -> None:
        if self._open is not None:
            self._open.close()


class _ImapTrial(_Trial):
    def __init__(
        self, server: Server, user: str, secret: Secret, ca_file: str | None, folder: str, timeout: float
    ) -> None:
        super().__init__(server, ca_file, timeout)
        self._user, self._secret, self._folder = user, secret, folder
        self._session: ImapSession | None = None

    def protect(self) -> str:
        protect(self._wire, self._server.security, self._ca_file, self._timeout)
        return self._wire.protection

    def sign_in(self) -> str:
        self._session = ImapSession(self._wire, timeout=self._timeout)
        self._session.sign_in(self._user, self._secret)
        return f"Signed in as {self._user}."

    def open_folder(self) -> str:
        if self._session is None:
            raise OutOfReach(f"{self._server.host} is not connected.")
        exists = self._session.examine(self._folder).exists
        return f"{self._folder} holds {exists:,} {'mail' if exists == 1 else 'mails'}."


class _SmtpTrial(_Trial):
    def __init__(
        self, server: Server, user: str | None, secret: Secret | None, ca_file: str | None, timeout: float
    ) -> None:
        super().__init__(server, ca_file, timeout)
        self._user, self._secret = user, secret
        self._patience = StageTimeouts(timeout, timeout, timeout, timeout)
        self._dialogue: Dialogue | None = None
        self._offers = Offers({})

    def protect(self) -> str:
        self._dialogue = Dialogue(self._wire)
        self._offers = greet(self._dialogue, self._server.security, self._ca_file, self._patience)
        return self._wire.protection

    def sign_in(self) -> str:
        if self._user is None or self._dialogue is None:
            return "No sign-in is needed."
        secret = self._secret or Password("")
        sign_in(self._dialogue, self._offers, self._user, secret, self._patience)
        return f"Signed in as {self._user}."


def _answers(server: Server, ca_file: str | None) -> bool:
    try:
        wire = Wire.open(server, _SHORT)
        try:
            _hear_greeting(wire, server.security, ca_file)
        finally:
            wire.close()
    except (LeadDeskError, Settled):
        return False
    return True


def _hear_greeting(wire: Wire, security: Security, ca_file: str | None) -> None:
    """Raises unless the peer protects itself as `security` says and greets like IMAP or SMTP."""
    if security is Security.TLS:
        wire.secure(tls.context(ca_file), _SHORT)
    greeting = read_line(wire, _SHORT)
    wire.push_back(greeting)
    if greeting.startswith(b"220"):
        patience = StageTimeouts(_SHORT, _SHORT, _SHORT)
        already = Security.PLAIN if security is Security.TLS else security
        greet(Dialogue(wire), already, ca_file, patience)
    elif security is Security.STARTTLS:
        start_tls(wire, tls.context(ca_file), _SHORT)
    else:
        hear_greeting(wire, _SHORT)

"""Delivers one mail by SMTP and says what is proved about it (FAULTS 2.0).

smtplib is not used: it takes half an answer for a whole one and reports a mail as failed that was
accepted. Here every failure before `before_commit` has been called is provably no delivery, and after it
only a whole last line counts.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from leaddesk.doors.mail import smtp_verdicts as verdicts
from leaddesk.doors.mail.smtp_dialogue import Dialogue, Offers, Reply, StageTimeouts
from leaddesk.doors.mail.smtp_letter import Letter, is_one_word, on_the_wire
from leaddesk.doors.mail.smtp_line import Goal, Line, goodbye
from leaddesk.doors.mail.smtp_opening import Settled, sign_in
from leaddesk.doors.mail.wake import Wake
from leaddesk.rules.clock_skew import told_time
from leaddesk.words.account import Room, Server
from leaddesk.words.errors import OutOfReach
from leaddesk.words.outgoing import Delivery, Verdict
from leaddesk.words.sign_in import Bearer, Password, Secret

__all__ = ["Line", "StageTimeouts", "deliver"]

_BLOCK = 65536
_ANOTHER_MAIL_S = 10.0
"""How long a server that has just taken a mail may think about MAIL: nothing is lost by asking it anew."""


def deliver(
    server: Server,
    *,
    user: str | None,
    secret: Secret | None,
    ca_file: str | None,
    sender: str,
    recipients: Sequence[str],
    raw: bytes,
    before_commit: Callable[[], None],
    reports: bool = True,
    stages: StageTimeouts | None = None,
    step: Callable[[str], None] = lambda name: None,
    stop: Wake | None = None,
    line: Line | None = None,
) -> Verdict:
    """Hand one mail to the server in one transaction; all recipients or nobody.

    `before_commit` is called once, when the whole body has been written and only the last dot is missing;
    what it raises passes, and the mail is not sent. Without `reports` the server is asked to send none about
    the mail, where it can. `user` None means no sign-in. Setting `stop` ends every wait at once. `step` hears
    the name of each step, for fault tests. On a `line` (its own `stop` counts) the connection stays open for
    another mail where this one was taken. Raises Usage for a server that must not be spoken to (unprotected,
    bad CA file); every other outcome is a Verdict.
    """
    for address in (sender, *(recipients or ("",))):
        if not is_one_word(address):
            return verdicts.malformed(address)
    letter = Letter(sender, tuple(recipients), on_the_wire(raw), reports=reports)
    goal = Goal(server, ca_file, user, secret)
    with contextlib.ExitStack() as ends:
        way = line or ends.enter_context(contextlib.closing(Line(stop)))
        delivery = _Delivery(way, goal, letter, stages or StageTimeouts(), step)
        is_taken = False
        try:
            verdict = delivery.over(before_commit)
            is_taken = verdict.delivery is Delivery.SENT
            return verdict
        finally:
            if is_taken:
                way.keep()
            else:
                way.end()


class _Delivery:
    """One mail's way over a line, from the connection to the verdict."""

    def __init__(
        self, line: Line, goal: Goal, letter: Letter, patience: StageTimeouts, step: Callable[[str], None]
    ) -> None:
        self._line, self._goal, self._letter = line, goal, letter
        self._patience, self._step = patience, step
        self._heard = _Heard(goal.server.host, goal.secret)

    def over(self, before_commit: Callable[[], None]) -> Verdict:
        try:
            dialogue = self._again() or self._anew()
        except Settled as end:
            return self._heard.told(end.verdict)
        except OutOfReach as lost:
            return verdicts.not_reached(lost.sentence)
        before_commit()
        self._step("committing")
        return self._heard.told(_write_the_dot(dialogue, self._patience, self._step))

    def _again(self) -> Dialogue | None:
        """Up to the dot on the line as the last mail left it; None where that came to nothing.

        Nothing is lost by then, and nothing proved: that it closes, is silent or says no may be for the mails
        before. What a fresh one says counts.
        """
        made = self._line.again(self._goal)
        patience = replace(self._patience, mail=min(self._patience.mail, _ANOTHER_MAIL_S))
        with contextlib.suppress(Settled, OutOfReach):
            return self._all_but_the_dot(*made, patience) if made is not None else None
        return None

    def _anew(self) -> Dialogue:
        """Up to the dot on a connection of this mail's own."""
        dialogue, offers = self._line.fresh(self._goal, self._patience)
        self._heard.room = Room(offers.size_limit, "SMTPUTF8" in offers)
        self._heard.time = told_time(offers.greeting)
        self._step("connected")
        if self._goal.user is not None:
            secret = self._goal.secret or Password("")
            sign_in(dialogue, offers, self._goal.user, secret, self._patience)
        self._step("signed-in")
        return self._all_but_the_dot(dialogue, offers, self._patience)

    def _all_but_the_dot(self, dialogue: Dialogue, offers: Offers, patience: StageTimeouts) -> Dialogue:
        """The transaction as far as nothing can be accepted yet."""
        letter, step = self._letter, self._step
        _check_what_is_offered(dialogue.wire.host, offers, letter)
        _mail(dialogue, dialogue.ask(letter.mail_from(offers), patience.mail))
        step("mail")
        _address(dialogue, offers, letter, patience)
        step("rcpt")
        _data(dialogue, dialogue.ask("DATA", patience.data))
        step("data")
        _write_body(dialogue, letter.body, patience)
        step("body-sent")
        return dialogue


class _Heard:
    """What the server told besides its verdict."""

    def __init__(self, host: str, secret: Secret | None) -> None:
        self._host = host
        self._secret = secret
        self.room: Room | None = None
        self.time: datetime | None = None

    def told(self, verdict: Verdict) -> Verdict:
        """A server that wants no passwords has been given none, where we signed in with a token."""
        is_token = isinstance(self._secret, Bearer)
        told = verdicts.to_a_token(self._host, verdict) if is_token else verdict
        return replace(told, room=self.room, server_time=self.time)


def _check_what_is_offered(host: str, offers: Offers, letter: Letter) -> None:
    limit = offers.size_limit
    if limit is not None and len(letter.body) > limit:
        raise Settled(verdicts.too_big(host, len(letter.body), limit))
    foreign = letter.foreign_address()
    if foreign and "SMTPUTF8" not in offers:
        raise Settled(verdicts.not_writable(host, foreign))


def _address(dialogue: Dialogue, offers: Offers, letter: Letter, patience: StageTimeouts) -> None:
    """Name all recipients. When one is refused, nobody gets the mail and a person decides."""
    refused: dict[str, Reply] = {}
    for recipient in letter.recipients:
        reply = dialogue.ask(letter.rcpt_to(recipient, offers), patience.rcpt)
        if not reply.is_good:
            refused[recipient] = reply
        if reply.code == 421:
            break
    if refused:
        with contextlib.suppress(OutOfReach):
            dialogue.ask("RSET", min(patience.rcpt, 5.0))
            goodbye(dialogue)
        raise Settled(verdicts.about_recipients(dialogue.wire.host, refused))


def _mail(dialogue: Dialogue, reply: Reply) -> None:
    if reply.code == 421:  # the server is closing: that says nothing about the mail
        raise Settled(verdicts.about_connection(dialogue.wire.host, reply))
    if not reply.is_good:
        raise Settled(verdicts.about_mail(dialogue.wire.host, reply))


def _data(dialogue: Dialogue, reply: Reply) -> None:
    if reply.code != 354:
        raise Settled(verdicts.about_mail(dialogue.wire.host, reply))


def _write_body(dialogue: Dialogue, body: bytes, patience: StageTimeouts) -> None:
    for start in range(0, len(body), _BLOCK):
        dialogue.write(body[start : start + _BLOCK], patience.block)
        dialogue.go_on()
    if dialogue.wire.has_more():  # an answer before the dot is no answer to it
        raise Settled(verdicts.about_mail(dialogue.wire.host, dialogue.hear(patience.block)))


def _write_the_dot(dialogue: Dialogue, patience: StageTimeouts, step: Callable[[str], None]) -> Verdict:
    """Write the dot and hear the verdict. From here on a lost connection proves nothing."""
    host = dialogue.wire.host
    try:
        dialogue.write(b".\r\n", patience.block)
        step("dot-sent")
        reply = dialogue.hear(patience.dot)
    except OutOfReach:
        return verdicts.unsure(host)
    step("answered")
    if reply.is_good:
        return verdicts.sent(reply)  # another mail may follow
    goodbye(dialogue)
    return verdicts.about_mail(host, reply) if reply.is_clear else verdicts.unsure(host, reply.text)

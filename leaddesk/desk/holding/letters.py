"""The holding message as a letter: its words by the settings, its bytes with every mark of a machine."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import datetime, time, timedelta

from leaddesk.desk.answering import Answer
from leaddesk.desk.config import Config
from leaddesk.desk.opening import opening_hours
from leaddesk.doors.clock import Clock
from leaddesk.doors.paths import resource
from leaddesk.doors.store import ToSend
from leaddesk.rules.capture.addresses import Mailbox
from leaddesk.rules.compose import Letter, body_hash, build, message_id
from leaddesk.rules.holding.promise import is_open, promise
from leaddesk.rules.holding.words import (
    HEADER,
    Wording,
    elsewhere,
    holding_message,
    language_for,
    read_wordings,
    with_own,
)
from leaddesk.rules.when import at_wall_time
from leaddesk.words.account import Account
from leaddesk.words.holding import HoldingMessage
from leaddesk.words.lead import Enquiry
from leaddesk.words.mail import Reading
from leaddesk.words.settings import (
    HOLDING_FOOTER,
    HOLDING_LANGUAGES,
    HOLDING_TEXTS,
    REPLY_TEMPLATE,
    TARGET_MINUTES,
)

_MARKS = (
    ("Auto-Submitted", "auto-replied"),
    ("X-Auto-Response-Suppress", "All"),
    ("Precedence", "auto_reply"),
    (HEADER, "1"),
)
"""What tells every machine that this must not be answered (RFC 3834, 3.1.7; MS-OXCMAIL 2.1.3.2.20)."""


OWN = {code: setting for (code, _), setting in zip(HOLDING_LANGUAGES, HOLDING_TEXTS, strict=True)}
"""The firm's own texts, by language."""


class Letters:
    """Writes, and sends nothing."""

    def __init__(self, clock: Clock, config: Config, desk_id: str) -> None:
        self._clock = clock
        self._config = config
        self._desk_id = desk_id

    def promise(self, at: datetime) -> datetime | None:
        """By when an enquiry of that moment is promised an answer."""
        target = timedelta(minutes=self._config.get(TARGET_MINUTES))
        return promise(opening_hours(self._config), target, at, self._clock.zone())

    def message(
        self, reading: Reading, account: Account, promised: datetime | None, now: datetime
    ) -> HoldingMessage:
        """In their language, where we have it."""
        return holding_message(
            self._wording(reading.message or reading.visible),
            firm=_firm(account),
            footer=self._config.get(HOLDING_FOOTER),
            their_subject=None if reading.form_notice else reading.subject,
            promised_at=promised,
            now=now,
            zone=self._clock.zone(),
            is_open=is_open(opening_hours(self._config), now, self._clock.zone()),
        )

    def elsewhere(self, account: Account | None) -> str:
        """A text for the autoresponder of the mail provider."""
        firm = _firm(account) if account is not None else ""
        return elsewhere(self._wording(""), firm, self._config.get(HOLDING_FOOTER))

    def sample(self, language: str, text: str, account: Account | None, now: datetime) -> HoldingMessage:
        """What a text would be for somebody who wrote by mail in the last hour of that day."""
        zone = self._clock.zone()
        late = at_wall_time(now.astimezone(zone).date(), time(23), zone)
        return holding_message(
            with_own(shipped_wordings()[language], text),
            firm=_firm(account) if account is not None else "",
            footer=self._config.get(HOLDING_FOOTER),
            their_subject="Loft conversion",
            promised_at=self.promise(late),
            now=late,
            zone=zone,
            is_open=is_open(opening_hours(self._config), late, zone),
        )

    def freeze(
        self,
        to: str,
        said: HoldingMessage,
        reading: Reading,
        answer: Answer,
        enquiry: Enquiry,
        account: Account,
        now: datetime,
    ) -> ToSend:
        """The bytes. A form's notice is no thread of the visitor's."""
        own_id = message_id(secrets.token_hex(16), answer.sender)
        thread = None if reading.form_notice else reading.message_id
        raw = build(
            Letter(
                sender=Mailbox(account.name, answer.sender), to=(Mailbox("", to),), subject=said.subject,
                text=said.text, at=now.astimezone(self._clock.zone()), message_id=own_id, in_reply_to=thread,
                references=reading.references if thread else (), desk=self._desk_id, marks=_MARKS,
            )
        )  # fmt: skip
        return ToSend(
            lead=enquiry.lead, enquiry=enquiry.id, account=account.id, sender=answer.sender, to=to,
            subject=said.subject, text=said.text, message_id=own_id,
            body_hash=body_hash(said.subject, said.text, (to,)), raw=raw,
        )  # fmt: skip

    def _wording(self, message: str) -> Wording:
        wordings = shipped_wordings()
        language = language_for(message, self._config.get(REPLY_TEMPLATE), wordings)
        return with_own(wordings[language], self._config.get(OWN[language]))


def shipped_wordings() -> Mapping[str, Wording]:
    """Ours, by language."""
    return read_wordings(resource("templates/holding.toml").read_text(encoding="utf-8"))


def _firm(account: Account) -> str:
    return account.name or account.email

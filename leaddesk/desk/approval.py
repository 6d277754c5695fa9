"""A person's approval: checks what is to go out, freezes its bytes, and puts it into the outbox."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from leaddesk.desk.answering import Answer
from leaddesk.desk.config import Config
from leaddesk.desk.enclosing import approved, check_room
from leaddesk.desk.people import People
from leaddesk.desk.skew import server_time
from leaddesk.desk.wishes import keys_of
from leaddesk.doors.clock import Clock
from leaddesk.doors.store import Store
from leaddesk.rules.capture.addresses import Mailbox
from leaddesk.rules.capture.clean import one_line
from leaddesk.rules.compose import Letter, build, message_id
from leaddesk.rules.draft import known_name
from leaddesk.rules.fold import standing_entries
from leaddesk.rules.last_lines import missing
from leaddesk.rules.parts import Enclosure
from leaddesk.rules.person import email_key
from leaddesk.rules.reach import asked_words, is_follow_up, opt_outs, way_out
from leaddesk.rules.recipients import recipient
from leaddesk.rules.sending import hash_of
from leaddesk.rules.template import unresolved
from leaddesk.words.account import Account
from leaddesk.words.errors import Refused
from leaddesk.words.lead import Channel
from leaddesk.words.outgoing import Draft, Outgoing
from leaddesk.words.settings import FIRM_ADDRESS, FOLLOW_UP_LINES, SEND_HTML, UNDO_SECONDS


class Approval:
    """Turns a draft into a mail that the sender may take. Every refusal leaves all as it was."""

    def __init__(self, store: Store, clock: Clock, config: Config, people: People, desk_id: str) -> None:
        self._store = store
        self._clock = clock
        self._config = config
        self._people = people
        self._desk_id = desk_id

    def give(
        self,
        draft: Draft,
        answer: Answer,
        *,
        undo: bool,
        at: datetime | None,
        enclosed: Sequence[Enclosure] = (),
    ) -> Outgoing:
        """Freezes the draft and queues it; the lead's alert is over. Belongs into a transaction.

        `enclosed` are the bytes of the draft's files.

        Raises Refused for a text, a recipient or an account that cannot go out.
        """
        now = self._clock.now()
        earliest = now + timedelta(seconds=self._config.get(UNDO_SECONDS) if undo else 0)
        not_before = max(earliest, at or earliest)
        letter = replace(
            self._letter(draft, answer, server_time(self._store, not_before, now)),
            files=tuple(enclosed),
            is_html=self._config.get(SEND_HTML),
        )
        account, raw = self._account(draft, answer), build(letter)
        check_room(account, (box.address or "" for box in (*letter.to, *letter.cc)), len(raw))
        self._check_wishes(letter, answer)
        self._check_last_lines(draft, answer)
        sent = _as_sent(draft, letter, account)
        saved = self._store.outbox.save_draft(sent, answer.enquiry.id)
        queued = self._store.outbox.queue(
            saved.id,
            raw=raw,
            message_id=letter.message_id,
            body_hash=hash_of(saved),
            by=self._people.me(),
            not_before=not_before,
            answers=answer.last.mail if answer.last is not None else None,
            gives_way=is_follow_up(answer.lead.state) or not_before > earliest,
        )
        self._store.alerts.take(draft.lead, now)
        return queued

    def _check_wishes(self, letter: Letter, answer: Answer) -> None:
        """Raises Refused where they asked not to be mailed, whichever lead they were when they asked."""
        boxes = [("email", email_key(box.address or "")) for box in (*letter.to, *letter.cc)]
        ways = [*boxes, *keys_of(answer.lead)]
        told = (*opt_outs(standing_entries(answer.lead.record)), *self._store.opt_outs.asked(ways))
        sure = (each for each in told if each.is_sure and each.channel in (None, Channel.EMAIL))
        wish = next(sure, None)
        if wish is not None:
            raise Refused(
                asked_words(wish.channel), "If they want to hear from you again, take that back first."
            )

    def _check_last_lines(self, draft: Draft, answer: Answer) -> None:
        """Raises Refused for a follow-up without what it must say, where the firm wants that."""
        if not (self._config.get(FOLLOW_UP_LINES) and is_follow_up(answer.lead.state)):
            return
        lacks = missing(draft.body, self._config.get(FIRM_ADDRESS))
        if lacks is not None:
            raise Refused(lacks, "Add it, or set the address in the settings; a new draft has both.")

    def _account(self, draft: Draft, answer: Answer) -> Account:
        """The draft's account, or another where that one is gone."""
        account = next((a for a in self._store.accounts.all() if a.id == draft.account), answer.account)
        if account is None:
            raise no_account()
        return account

    def _letter(self, draft: Draft, answer: Answer, at: datetime) -> Letter:
        _check_text(draft)
        account = self._account(draft, answer)
        to, cc = _recipients(draft, answer)
        sender = _sender(account, draft.from_address)
        own_id = message_id(secrets.token_hex(16), sender)
        return Letter(
            sender=Mailbox(account.name, sender),
            to=to,
            cc=cc,
            subject=draft.subject,
            text=draft.body,
            at=at.astimezone(self._clock.zone()),
            message_id=own_id,
            way_out=way_out(own_id, sender) if is_follow_up(answer.lead.state) else "",
            in_reply_to=answer.in_reply_to,
            references=answer.references,
            desk=self._desk_id,
        )


def no_account() -> Refused:
    return Refused("There is no mail account to send this with.", "Add your mail account first.")


def _check_text(draft: Draft) -> None:
    if not draft.body.strip():
        raise Refused("There is nothing to send yet.", "Write something first.")
    gaps = unresolved(draft.body)
    if gaps:
        raise Refused(f"{gaps[0]} is still to be filled in.", "Replace it by words, or take it out.")


def _recipients(draft: Draft, answer: Answer) -> tuple[tuple[Mailbox, ...], tuple[Mailbox, ...]]:
    """To and Cc, nobody twice."""
    to = _mailboxes(draft.to, answer)
    if not to:
        name = known_name(answer.lead.person) or "this person"
        raise Refused(f"No mail address of {name} is known.", "Type one in, or call instead.")
    cc = _mailboxes(draft.cc, answer)
    return tuple(to.values()), tuple(box for key, box in cc.items() if key not in to)


def _mailboxes(typed: Iterable[str], answer: Answer) -> dict[str, Mailbox]:
    """Valid mailboxes by the key of their address; the person's own addresses carry their name."""
    found: dict[str, Mailbox] = {}
    theirs = {email_key(each) for each in answer.lead.person.emails}
    for text in filter(str.strip, typed):
        box = recipient(text)
        if box is None or box.address is None:
            raise Refused(f"This is not a mail address: {one_line(text, 80)}", "Correct it, or take it out.")
        key = email_key(box.address)
        name = box.name or (known_name(answer.lead.person) if key in theirs else "")
        found.setdefault(key, Mailbox(name, box.address))
    return found


def _sender(account: Account, wished: str) -> str:
    """An address of the account's, whatever the draft says."""
    own = {email_key(each): each for each in (account.email, *account.own_addresses)}
    return own.get(email_key(wished), account.email)


def _as_sent(draft: Draft, letter: Letter, account: Account) -> Draft:
    """The draft with its account, addresses and subject as they go out."""
    return replace(
        draft,
        account=account.id,
        to=tuple(box.address or "" for box in letter.to),
        cc=tuple(box.address or "" for box in letter.cc),
        subject=one_line(draft.subject),
        from_address=letter.sender.address or "",
        files=approved(draft.files, letter.files),
    )

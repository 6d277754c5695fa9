"""Mails found in Sent: answers that a person wrote elsewhere count, machines' do not, our own are known."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from leaddesk.desk.backup import FROZEN_KEY
from leaddesk.desk.colleagues import Colleagues
from leaddesk.doors.clock import Clock
from leaddesk.doors.store import Correspondent, Ledger, Store
from leaddesk.rules.capture.headers import ACK_HEADER, read_headers
from leaddesk.rules.compose import DESK_HEADER
from leaddesk.rules.fold import standing_entries
from leaddesk.rules.holding.may import counted_domain, sender_key
from leaddesk.rules.person import email_key
from leaddesk.rules.sending import OPENED_ELSEWHERE
from leaddesk.rules.sent import Words, are_alike, date_mark, is_by_a_machine
from leaddesk.words.lead import Channel, Direction, Reached, Standing, Touch, Turn
from leaddesk.words.mail import Mail, Place, Reading
from leaddesk.words.outgoing import Outgoing, OutgoingKind, OutgoingState
from leaddesk.words.states import READY

_OURS = "Sent by LeadDesk."
_ELSEWHERE = "Written in another mail program."
_MACHINE = "Sent by a machine: it does not count as an answer."
_HANDED_OVER = "Forwarded to somebody of the firm: it is their lead now, and no answer."
_COPY = "The same mail lies in another Sent folder."
_COMPARED = 50
"""The newest mails of Sent that a new one is compared with."""
_MAYBE_SENT = (OutgoingState.UNSURE, OutgoingState.COMMITTING)
_MAYBE_SENT_BEFORE_RESTORE = (*_MAYBE_SENT, *READY)


class FoundInSent:
    """Settles what the watcher of Sent has stored. Inside the transaction of whoever calls."""

    def __init__(self, store: Store, clock: Clock, alert: Callable[[int], None]) -> None:
        self._store = store
        self._clock = clock
        self._alert = alert
        self._colleagues = Colleagues(store, clock)
        """Told a lead that nobody has answered after all."""

    def settle(self, mail: Mail, reading: Reading) -> None:
        """Writes the mail down; an answer to a lead becomes a touch at the server's time of the copy."""
        own = self._store.outbox.with_message_id(reading.message_id or "")
        if own is not None:
            self._our_own(mail, reading, own)
        elif (same := self._in_another_folder(mail, reading)) is not None:
            self._store.mails.judged(mail.id, reading, Place.SENT, [_COPY], same.lead)
        elif reading.test_token is not None:
            self._store.mails.judged(mail.id, reading, Place.SENT, [_OURS], None)
        else:
            self._written_elsewhere(mail, reading)

    def earlier_answers(self, lead: int, emails: Sequence[str], since: datetime) -> None:
        """An enquiry that came from `emails` was read after its answer: counts what was sent there since."""
        sent = self._store.mails.sent_to([email_key(email) for email in emails], since)
        found = self._store.leads.get(lead) if sent else None
        told = {entry.mail for entry in found.record if isinstance(entry, Touch)} if found else set()
        for mail in sent:
            if mail.id not in told and _OURS not in mail.why:
                self._touch(mail, mail.visible, lead, automatic=_MACHINE in mail.why)
                self._belongs_to(mail, lead)

    # -- our own

    def _our_own(self, mail: Mail, reading: Reading, own: Outgoing) -> None:
        """A copy in Sent is proof that it went out; its touch is recorded once."""
        is_restored = self._store.settings.get(FROZEN_KEY) == "1"
        if own.state in (_MAYBE_SENT_BEFORE_RESTORE if is_restored else _MAYBE_SENT):
            self._store.outbox.sent(
                own.id, at=mail.received_at, answer=own.answer, why="Found in Sent.", is_restored=is_restored
            )
        if own.copied_to_sent is None:
            self._store.outbox.copied(own.id, by_us=False)
        lead = None if own.kind is OutgoingKind.COLLEAGUE else own.lead
        self._store.mails.judged(mail.id, reading, Place.SENT, [_OURS], lead)

    # -- written elsewhere

    def _written_elsewhere(self, mail: Mail, reading: Reading) -> None:
        if self._colleagues.forwarded(mail, reading, self._writer(mail)):
            self._store.mails.judged(mail.id, reading, Place.SENT, [_HANDED_OVER], None)
            return
        recipients = [email_key(address) for address in reading.to]
        leads = self._store.leads.with_address(recipients)
        raw = self._store.mails.raw(mail.id)
        self._note_desk(mail, raw, recipients)
        form_letters = [] if _answers_a_mail(raw) else self._alike(mail, reading, recipients)
        automatic = is_by_a_machine(raw) or bool(form_letters)
        why = [_MACHINE if automatic else _ELSEWHERE, date_mark(mail.received_at, reading.sent_at)]
        written_to = [self._store.leads.owner(lead, recipients) for lead in leads]
        first = written_to[0] if written_to else None
        self._store.mails.judged(mail.id, reading, Place.SENT, list(filter(None, why)), first)
        if not automatic:
            self._remember(mail, reading, recipients, first)
        for lead in written_to:
            self._touch(mail, reading.visible or reading.text, lead, automatic=automatic)
        for other, its_recipients in form_letters:
            self._was_no_answer(other, its_recipients)

    def _note_desk(self, mail: Mail, raw: bytes, recipients: Sequence[str]) -> None:
        """Another LeadDesk wrote it: before anything goes out by itself, somebody is asked which one answers.

        Whom it acknowledged is not acknowledged again from here.
        """
        headers, _ = read_headers(raw)
        desk, is_ack = headers.get(DESK_HEADER.lower()).strip(), ACK_HEADER in headers
        if desk and mail.account is not None:
            self._store.holding.saw_desk(mail.account, desk, mail.received_at, acknowledges=is_ack)
        if is_ack:
            self._store.holding.remember(
                Ledger(sender_key(each), counted_domain(each), mail.received_at) for each in recipients
            )

    def _in_another_folder(self, mail: Mail, reading: Reading) -> Mail | None:
        """The same mail in the shared box's Sent and in that of the person who sent it: it counts once."""
        twins = self._store.mails.with_message_ids([reading.message_id]) if reading.message_id else []
        return next(
            (
                t
                for t in twins
                if t.account == mail.account and t.place is Place.SENT and t.role is not mail.role
            ),
            None,
        )

    def _drop_opened_draft(self, lead: int) -> None:
        """What was opened in another mail program went out there: it must not be sent once more from here."""
        draft = self._store.outbox.draft_of(lead)
        taken_back = self._store.outbox.all_in([OutgoingState.CANCELLED], lead)
        opened = [mail.body for mail in taken_back if mail.why == OPENED_ELSEWHERE]
        if draft is not None and draft.body in opened:
            self._store.outbox.discard(draft.id)

    def _touch(self, mail: Mail, text: str, lead: int, *, automatic: bool) -> None:
        self._store.leads.record(
            Touch(
                lead=lead,
                at=mail.received_at,
                by=None if automatic else self._writer(mail),
                direction=Direction.OUT,
                channel=Channel.EMAIL,
                automatic=automatic,
                outcome=Reached.SENT,
                text=text,
                mail=mail.id,
            )
        )
        if automatic:
            self._store.holding.confirmed(self._store.leads.all_of(lead), mail.received_at)
        else:
            self._drop_opened_draft(lead)
        if not automatic and self._is_theirs_to_move(lead):
            self._store.alerts.take(self._store.leads.head_of(lead), self._clock.now())

    def _is_theirs_to_move(self, lead: int) -> bool:
        """A mail that was sent before their last word answers nothing of it."""
        found = self._store.leads.get(lead)
        return found is not None and found.state.turn is Turn.THEIRS

    def _remember(self, mail: Mail, reading: Reading, recipients: Sequence[str], lead: int | None) -> None:
        """Whom we know from now on, and what an answer may name."""
        at = mail.received_at
        self._store.mailboxes.remember_correspondents(Correspondent(key, at) for key in recipients)
        if reading.message_id:
            self._store.mailboxes.remember_ids([reading.message_id], at, lead)

    def _belongs_to(self, mail: Mail, lead: int) -> None:
        self._store.mails.move(mail.id, Place.SENT, mail.why, lead)
        if mail.message_id and _MACHINE not in mail.why:
            self._store.mailboxes.remember_ids([mail.message_id], mail.received_at, lead)

    def _writer(self, mail: Mail) -> str | None:
        if mail.account is None:
            return None
        account = self._store.accounts.get(mail.account)
        return account.name or account.email

    # -- the website's own confirmation

    def _alike(
        self, mail: Mail, reading: Reading, recipients: Sequence[str]
    ) -> list[tuple[Mail, Sequence[str]]]:
        """Other mails with the same words to other people.

        Only mails that answer none: people who answer in few words use the same ones again.
        """
        words = Words(reading.subject, reading.visible)
        found: list[tuple[Mail, Sequence[str]]] = []
        for other, its_recipients in self._store.mails.sent_lately(mail.id, _COMPARED):
            if _OURS in other.why or not set(recipients).isdisjoint(its_recipients):
                continue
            names = self._names([*recipients, *its_recipients])
            if are_alike(words, Words(other.subject, other.visible), names):
                found.append((other, its_recipients))
        return [each for each in found if not _answers_a_mail(self._store.mails.raw(each[0].id))]

    def _names(self, recipients: Sequence[str]) -> Iterator[str]:
        for address in recipients:
            yield address.partition("@")[0]
        for lead in self._store.leads.with_address(recipients):
            head = self._store.leads.head(lead)
            yield head.name if head else ""

    def _was_no_answer(self, other: Mail, recipients: Sequence[str]) -> None:
        """The first of its kind was taken for an answer; now that there is a second one, it is put right."""
        if _MACHINE in other.why:
            return
        for lead in self._store.leads.with_address(recipients):
            self._take_back(other, lead)
        self._store.mails.move(other.id, Place.SENT, [_MACHINE], other.lead)

    def _take_back(self, other: Mail, lead: int) -> None:
        found = self._store.leads.get(lead)
        taken = [
            entry
            for entry in (standing_entries(found.record) if found else ())
            if isinstance(entry, Touch) and entry.mail == other.id and not entry.automatic
        ]
        for entry in taken:
            self._store.leads.take_back(entry, "", self._clock.now())
            self._touch(other, entry.text, entry.lead, automatic=True)
        if taken and self._waits_unheard(lead):
            self._alert(lead)

    def _waits_unheard(self, lead: int) -> bool:
        """An enquiry waits that was not part of a quiet first sync."""
        found = self._store.leads.get(lead)
        if found is None:
            return False
        waiting = {each.enquiry for each in found.state.enquiries if each.standing is Standing.WAITING}
        return any(enquiry.id in waiting and not enquiry.quiet for enquiry in found.enquiries)


def _answers_a_mail(raw: bytes) -> bool:
    headers, _ = read_headers(raw)
    return bool(headers.get("in-reply-to") or headers.get("references"))

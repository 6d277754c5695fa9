"""Where an inbound mail lands: matched, then written down with its lead in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta

from leaddesk.desk.colleagues import Colleagues
from leaddesk.desk.filing import Filing
from leaddesk.desk.matching import Matching, person_of
from leaddesk.desk.wishes import Wishes
from leaddesk.doors.clock import Clock
from leaddesk.doors.store import KEPT_WORDS, Store
from leaddesk.rules.capture.addresses import read_mailboxes
from leaddesk.rules.capture.headers import read_headers
from leaddesk.rules.capture.lessons import as_read
from leaddesk.rules.capture.source_words import in_words
from leaddesk.rules.match.fate import Fate, in_junk, whose
from leaddesk.rules.person import address_keys, email_key
from leaddesk.rules.reach import is_bare_stop, stop_token
from leaddesk.rules.when import at_wall_time
from leaddesk.words.lead import Channel, Decision, Direction, Enquiry, Touch, Verb
from leaddesk.words.mail import Mail, MailKind, Place, Reading, Role
from leaddesk.words.news import EnquiryArrived, ReplyArrived

TWICE = "Received twice: the same mail is here already."
_OUT_OF_JUNK = "It was taken out of the junk folder, and is here already."
_IN_JUNK = (Place.JUNK, Place.SPAM)
"""What lay in the junk folder and nobody made an enquiry is no reason to pass over the same in the Inbox."""
_SAME_ID = "Another mail has the same Message-ID; both are kept."
_UNREADABLE = "This mail could not be read. Open it raw to see what came."
_TEST = "Our own test mail."
_CLOCK = "The server's time for this mail is missing or lies in the future: the time we saw it counts."
_NAMED = 50
"""So many Message-IDs of a mail's References are looked up."""
_A_MOMENT = timedelta(microseconds=1)
_USED_WAY_OUT = "They used the way out in a mail of ours: they get no more."
_WORDS_OF_THEIRS = (Place.ENQUIRY, Place.JOINED, Place.REPLY)
_COPIES_WITHIN = timedelta(hours=1)
"""Copies of one form's notice arrive together; later the same person asks once more."""

Alerted = Callable[[int], None]
"""Told a lead that somebody must be alerted of, inside the transaction."""
Begins = Callable[[int, int, Enquiry], None]
"""Told a lead, the number of its new enquiry and the enquiry, inside the transaction: its plan begins."""
Landed = Callable[[Mail, Reading, int], None]
"""Told a mail that opened an enquiry, what was read in it, and the lead, once all that is written."""
AnsweredBefore = Callable[[int, Sequence[str], datetime], None]
"""Told a lead with a new enquiry, from which addresses and when: its answer may have been found in Sent."""


class Landing:
    """Puts inbound mails where they belong."""

    def __init__(
        self,
        store: Store,
        matching: Matching,
        clock: Clock,
        alert: Alerted,
        earlier_answers: AnsweredBefore,
        begins: Begins,
        landed: Landed | None = None,
    ) -> None:
        """`landed` acknowledges; it is not asked for what a person made an enquiry."""
        self._store = store
        self._matching = matching
        self._clock = clock
        self._alert = alert
        self._earlier_answers = earlier_answers
        self._begins = begins
        self._landed = landed
        self._filing = Filing(store, clock)
        self._wishes = Wishes(store, clock)
        self._colleagues = Colleagues(store, clock)

    def settle(self, mail: Mail, reading: Reading) -> None:
        """Judges one mail and writes it down. In the caller's transaction: nothing may change meanwhile."""
        if reading.test_token is not None:
            self._put_away(mail, reading, [_TEST])
            return
        if self._colleagues.lands(mail, reading) or self._is_way_out(mail, reading):
            return
        twins = self._twins(mail, reading)
        copies = [t for t in twins if t.place is not None and self._is_same(t, mail, reading)]
        same = next((copy for copy in copies if mail.role is Role.JUNK or copy.place not in _IN_JUNK), None)
        if same is not None:
            self._store.mails.judged(mail.id, reading, _place_of_twin(same), [TWICE], same.lead)
            return
        fate = whose(reading, self._matching.facts(reading, mail.received_at))
        if mail.role is Role.JUNK:
            fate = in_junk(fate)
        has_its_id = any(twin.message_id == reading.message_id for twin in twins if twin not in copies)
        notes = [fate.why, _SAME_ID if has_its_id else "", _CLOCK if _has_odd_time(mail) else ""]
        self.land(mail, reading, Fate(fate.place, fate.lead, " ".join(filter(None, notes))))
        for copy in copies:  # of a mail that lay in the junk folder, and that somebody moved out of it
            self._store.mails.move(copy.id, Place.SPAM, [_OUT_OF_JUNK], None)

    def land(self, mail: Mail, reading: Reading, fate: Fate, *, alert: bool = True) -> int:
        """Writes the mail down as `fate` says; returns the lead, or 0 where it is none's.

        Of joined leads, what comes from one's own address is put down with that one.
        """
        if fate.place is not Place.NOT_A_LEAD:
            reading = as_read(reading)
        why = [*([fate.why] if fate.why else []), *reading.why]
        with self._store.transaction():
            self._stop_for(reading, fate)
            fate = replace(fate, lead=self._matching.owner(reading, fate.lead))
            match fate.place:
                case Place.ENQUIRY:
                    lead = self._enquiry(mail, reading, fate.lead, alert=alert and not mail.quiet)
                case Place.REPLY | Place.JOINED if fate.lead is not None:
                    lead = self._word_of_theirs(mail, reading, fate.lead, joined=fate.place is Place.JOINED)
                case Place.ABOUT if fate.lead is not None:
                    lead = self._about(mail, reading, fate.lead)
                case _:
                    lead = 0
            self._store.mails.judged(mail.id, reading, fate.place, why, lead or None)
            self._filing.file(mail, reading)
            if fate.place is Place.ENQUIRY and alert and self._landed is not None:
                self._landed(mail, reading, lead)
            elif fate.place is Place.NOT_A_LEAD:
                self._confirms(reading, mail.received_at)
            if fate.lead is not None and _asks_to_end(reading, fate):
                self._wishes.seems_out(fate.lead)
            return self._store.leads.head_of(lead)

    def _put_away(self, mail: Mail, reading: Reading, why: Sequence[str]) -> None:
        self._store.mails.judged(mail.id, reading, Place.NOT_A_LEAD, why, None)

    # -- wishes not to be written to

    def _is_way_out(self, mail: Mail, reading: Reading) -> bool:
        """The mail that List-Unsubscribe of ours asks for; it is no word that anybody must answer."""
        token = stop_token(reading.subject)
        ours = self._wishes.named_by(token, reading) if token is not None else None
        if ours is None:
            return False
        self._store.opt_outs.take_turn()
        self._wishes.by_way_out(ours)
        self.land(mail, reading, Fate(Place.ABOUT, ours.lead, _USED_WAY_OUT))
        return True

    def _stop_for(self, reading: Reading, fate: Fate) -> None:
        """A word of theirs stops what gives way to it; one that asks to end, all. Before it is recorded."""
        if fate.lead is None or fate.place not in _WORDS_OF_THEIRS:
            return
        if _asks_to_end(reading, fate):
            self._store.opt_outs.take_turn()
            self._wishes.pause(fate.lead)
        else:
            self._store.outbox.give_way(fate.lead)

    def _confirms(self, reading: Reading, at: datetime) -> None:
        """A copy that came to us of what the website told somebody who has just enquired."""
        leads = self._store.leads.with_address([email_key(each) for each in reading.to]) if reading.to else []
        if leads:
            self._store.holding.confirmed([n for lead in leads for n in self._store.leads.all_of(lead)], at)

    # -- twins

    def _twins(self, mail: Mail, reading: Reading) -> list[Mail]:
        """Others with the same bytes, or the same Message-ID (a hint: form plug-ins use one for all)."""
        raw = self._store.mails.raw(mail.id)
        found = self._store.mails.with_bytes(raw, mail.account) if mail.account is not None else []
        if reading.message_id is not None:
            found += self._store.mails.with_message_ids([reading.message_id])
        return [twin for twin in found if twin.id != mail.id and not twin.role.is_sent]

    def _is_same(self, twin: Mail, mail: Mail, reading: Reading) -> bool:
        """The same words from the same sender: an alias and a list, a provider's retry (FAULTS C5)."""
        raw, other = self._store.mails.raw(mail.id), self._store.mails.raw(twin.id)
        if raw == other or MailKind.UNREADABLE in (twin.kind, reading.kind):
            return raw == other
        if reading.form_notice:  # a robot's letters have one sender, one subject and often one Message-ID
            is_near = abs(twin.received_at - mail.received_at) <= _COPIES_WITHIN
            return is_near and _visitor_and_words(raw) == _visitor_and_words(other)
        return (
            twin.from_email == reading.from_email
            and twin.subject == reading.subject
            and twin.visible == reading.visible[:KEPT_WORDS]
            and twin.attachments == reading.attachments
        )

    # -- deeds

    def _enquiry(self, mail: Mail, reading: Reading, lead: int | None, *, alert: bool) -> int:
        person = person_of(reading)
        enquiry = self._enquiry_of(mail, reading, lead or 0)
        keys = address_keys(person)
        if lead is None:
            lead, made = self._store.leads.open(person, enquiry.source, enquiry, keys)
        else:
            self._store.leads.add_addresses(lead, keys)
            made = self._store.leads.open_enquiry(enquiry)
        self._begins(lead, made, enquiry)
        self._tell_enquiry(mail, lead, made)
        self._earlier_answers(lead, person.emails, mail.received_at)
        if alert:
            self._alert(lead)
        return lead

    def _enquiry_of(self, mail: Mail, reading: Reading, lead: int) -> Enquiry:
        unreadable = reading.kind is MailKind.UNREADABLE
        words = reading.message or reading.visible or reading.text
        return Enquiry(
            lead=lead,
            channel=_channel(reading),
            received_at=mail.received_at,
            submitted_at=reading.submitted_at,
            seen_at=mail.seen_at,
            message=_UNREADABLE if unreadable else words,
            subject=reading.subject,
            fields=dict(reading.fields),
            source=self._filing.source(in_words(reading, self._mailbox(mail)), reading, mail),
            mail=mail.id,
            quiet=mail.quiet,
        )

    def _mailbox(self, mail: Mail) -> str:
        return self._store.accounts.get(mail.account).email if mail.account is not None else ""

    def _tell_enquiry(self, mail: Mail, lead: int, enquiry: int) -> None:
        with self._store.transaction() as news:
            news.append(
                EnquiryArrived(
                    at=self._clock.now(), account=mail.account, lead=self._store.leads.head_of(lead),
                    enquiry=enquiry,
                    received_at=mail.received_at, seen_at=mail.seen_at, quiet=mail.quiet,
                )
            )  # fmt: skip

    def _word_of_theirs(self, mail: Mail, reading: Reading, lead: int, *, joined: bool) -> int:
        with self._store.transaction() as news:
            self._store.leads.add_addresses(lead, address_keys(person_of(reading)))
            at = self._after_ours(reading, mail.received_at)
            self._touch(mail, lead, reading.visible or reading.text or reading.subject, at)
            news.append(
                ReplyArrived(
                    at=self._clock.now(),
                    account=mail.account,
                    lead=self._store.leads.head_of(lead),
                    joined=joined,
                    quiet=mail.quiet,
                )
            )
            if not mail.quiet and not self._sleeps(lead):
                self._alert(lead)
        return lead

    def _sleeps(self, lead: int) -> bool:
        """Put off, and what they said just now has not woken it: a mere thanks alerts nobody."""
        head = self._store.leads.head(self._store.leads.head_of(lead))
        until = head.snoozed_until if head is not None else None
        return until is not None and until > self._clock.now()

    def _about(self, mail: Mail, reading: Reading, lead: int) -> int:
        """A bounce or away note: by a machine, so it is no answer and alerts nobody."""
        words = reading.visible or reading.text or reading.subject
        self._touch(mail, lead, words, mail.received_at, automatic=True)
        self._about_plan(mail, reading, lead)
        return lead

    def _about_plan(self, mail: Mail, reading: Reading, lead: int) -> None:
        """What a plan waits for or goes round: the day of their return, an address that takes no mail."""
        if reading.kind is MailKind.BOUNCE and reading.permanent and reading.recipient:
            self._note(mail, lead, Verb.BOUNCED, reason=reading.recipient)
        elif reading.return_date is not None:
            back = at_wall_time(reading.return_date, time(), self._clock.zone())
            self._note(mail, lead, Verb.AWAY, until=back)

    def _note(
        self, mail: Mail, lead: int, verb: Verb, *, reason: str = "", until: datetime | None = None
    ) -> None:
        self._store.leads.record(
            Decision(lead=lead, at=mail.received_at, verb=verb, reason=reason, until=until)
        )

    def _after_ours(self, reading: Reading, received_at: datetime) -> datetime:
        """An answer comes after the mail of ours that it names, whatever the clocks say.

        A server tells whole seconds, and its clock may be behind ours: the answer would count as given
        before we wrote, and stand in no queue.
        """
        named = map(self._store.outbox.with_message_id, reading.references[:_NAMED])
        sent = [ours.sent_at for ours in named if ours is not None and ours.sent_at is not None]
        return max([received_at, *(at + _A_MOMENT for at in sent)])

    def _touch(self, mail: Mail, lead: int, text: str, at: datetime, *, automatic: bool = False) -> None:
        self._store.leads.record(
            Touch(
                lead=lead,
                at=at,
                direction=Direction.IN,
                channel=Channel.EMAIL,
                automatic=automatic,
                text=text,
                mail=mail.id,
            )
        )


def _asks_to_end(reading: Reading, fate: Fate) -> bool:
    says_so = reading.opt_out or (reading.kind is MailKind.NEWSLETTER and is_bare_stop(reading.visible))
    return says_so and fate.place in _WORDS_OF_THEIRS


def _channel(reading: Reading) -> Channel:
    if reading.kind is MailKind.MISSED_CALL:
        return Channel.CALL
    return Channel.FORM if reading.form_notice else Channel.EMAIL


def _visitor_and_words(raw: bytes) -> tuple[list[str], bytes]:
    """Whom an answer to a form's notice goes to, and its body."""
    headers, start = read_headers(raw)
    boxes = (box for value in headers.all("reply-to") for box in read_mailboxes(value))
    return [email_key(box.address) for box in boxes if box.address], raw[start:]


def _has_odd_time(mail: Mail) -> bool:
    """The moment at which we saw the mail stands for the server's time (FAULTS C25; watch.intake)."""
    return mail.account is not None and mail.received_at == mail.seen_at


def _place_of_twin(twin: Mail) -> Place:
    """A second copy opens no clock: it stands with the first one's lead, or with what is no lead.

    What looks like an enquiry in one junk folder is not counted again in another's.
    """
    if twin.lead is not None:
        return Place.JOINED
    return Place.SPAM if twin.place is Place.JUNK else (twin.place or Place.NOT_A_LEAD)

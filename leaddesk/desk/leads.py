"""Leads: shown, found, and added by hand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from leaddesk.desk.cut import cut_of
from leaddesk.desk.matching import Matching
from leaddesk.desk.past import as_of as lead_as_of
from leaddesk.desk.people import People
from leaddesk.desk.same import SamePerson
from leaddesk.desk.team import holder_of
from leaddesk.desk.wishes import Wishes
from leaddesk.doors.clock import Clock
from leaddesk.doors.store import Store
from leaddesk.rules.cadence.wording import course_words, with_step
from leaddesk.rules.calling import spaced
from leaddesk.rules.find import needles
from leaddesk.rules.fold import at_moment
from leaddesk.rules.found import line_with
from leaddesk.rules.person import address_keys, name_or_address
from leaddesk.rules.timeline import timeline
from leaddesk.words.all_leads import Listed
from leaddesk.words.errors import Refused, Usage
from leaddesk.words.forms import FormOffer
from leaddesk.words.holding import Held
from leaddesk.words.lead import (
    Certainty,
    Channel,
    Decision,
    Enquiry,
    EnquiryState,
    Lead,
    Person,
    Source,
    Standing,
)
from leaddesk.words.outgoing import OutgoingState
from leaddesk.words.views import EnquiryView, Found, LeadView

if TYPE_CHECKING:
    from leaddesk.desk.landing import Begins

_BY_HAND = {
    Channel.CALL: "Phone",
    Channel.VISIT: "Walk-in",
    Channel.TEXT: "Text message",
    Channel.WHATSAPP: "WhatsApp",
    Channel.EMAIL: "Email, entered by hand",
    Channel.FORM: "Form, entered by hand",
    Channel.OTHER: "Entered by hand",
}


@dataclass(frozen=True, slots=True)
class Added:
    """A lead that was entered by hand; `joined` when a known one was meant."""

    lead: int
    enquiry: int
    joined: bool


class Leads:
    """What a person does with leads as a whole."""

    def __init__(self, store: Store, clock: Clock, people: People, begins: Begins) -> None:
        """`begins` is told of each enquiry that is entered: its plan begins."""
        self._store = store
        self._clock = clock
        self._people = people
        self._begins = begins
        self._same = SamePerson(store, clock, people)

    def get(self, lead: int) -> Lead:
        """Raises Refused when there is none of that number."""
        found = self._store.leads.get(lead)
        if found is None:
            raise Refused(f"There is no lead {lead}.", "leaddesk queue shows those that wait.")
        return found

    def show(self, lead: int, as_of: datetime | None = None) -> LeadView:
        """The lead's page. Raises Refused when there is no such lead."""
        with self._store.session():
            found = self.get(lead)
            if as_of is not None:
                found = lead_as_of(found, as_of, self._store.calendar)
            outgoing = self._store.outbox.all_in(OutgoingState, lead)
            mails = self._store.mails.of_lead(lead)
            attachments = {mail.id: mail.attachments for mail in mails}
            cut = {mail.id: cut_of(self._store, mail) for mail in mails}
            can_reply = bool(self._store.accounts.all())
            form, joined = self._form(found), self._same.joined(lead)
            called = self._called(found)
            held = self._store.holding.of_lead([found.id, *found.joined])
            wishes = Wishes(self._store, self._clock).asked(found)
        me = self._people.me()
        items = timeline(found, outgoing if as_of is None else (), attachments, me, cut, called)
        now = as_of or self._clock.now()
        state, person = with_step(at_moment(found.state, now), found.course, now), found.person
        return LeadView(
            lead=found.id,
            name=person.name,
            company=person.company,
            emails=person.emails,
            phones=person.phones,
            spaced=tuple(map(spaced, person.phones)),
            source=found.source,
            turn=state.turn,
            what=state.what,
            outcome=state.outcome,
            reason=state.reason,
            since=state.since,
            snoozed_until=state.snoozed_until,
            has_it=state.got_at is not None,
            enquiries=_enquiry_views(found, held),
            timeline=items,
            reply_to=person.emails[0] if person.emails else None,
            can_reply=can_reply and bool(person.emails),
            portal=None if person.emails else found.enquiries[-1].source.evidence.get("portal_link"),
            form=form,
            joined=joined,
            course=found.course,
            plan=course_words(found.course, now, self._clock.zone()) if found.course else "",
            opt_outs=wishes,
            whose=holder_of(self._store, self._clock, found),
        )

    def _called(self, lead: Lead) -> dict[int, str]:
        """What the other leads are called of which its record speaks."""
        two = [e for e in lead.record if isinstance(e, Decision) and e.other is not None]
        others = {each for e in two for each in (e.lead, e.other or 0)}
        return {n: each.name for n, each in self._store.imports.called(sorted(others)).items()} if two else {}

    def _form(self, lead: Lead) -> FormOffer | None:
        """The form of the newest enquiry; it is offered for registration on its first mail."""
        mail = lead.enquiries[-1].mail
        filed = self._store.forms.of_mail(mail) if mail is not None else None
        if mail is None or filed is None:
            return None
        to_register = filed.is_first and not filed.registered
        return FormOffer(filed.form, mail, filed.title, to_register, filed.lost)

    def find(self, words: str, limit: int = 50) -> tuple[Found, ...]:
        """Leads that hold every word (or the number, in any spacing), closed ones included."""
        wanted = needles(words)
        with self._store.session():
            leads = [lead for lead, _ in self._store.search.find(wanted, limit)]
            rows, told = self._store.all_leads.rows(leads), self._store.all_leads.told(leads)
        return tuple(_found(row, told.get(row.lead, []), wanted) for row in rows)

    def add(
        self,
        *,
        name: str,
        phone: str = "",
        email: str = "",
        company: str = "",
        message: str = "",
        source: str = "",
        channel: Channel = Channel.CALL,
        at: datetime | None = None,
    ) -> Added:
        """Enters an enquiry by hand. One who is known by address or number gets a further enquiry."""
        now = self._clock.now()
        received = at or now
        if received > now:
            raise Usage("The time lies in the future.", "Give the time at which they called or came.")
        person = _typed_person(name, phone, email, company)
        given = Source(source.strip() or _BY_HAND[channel], Certainty.STATED, {"entered": "by hand"})
        enquiry = Enquiry(
            lead=0, channel=channel, received_at=received, seen_at=now, message=message.strip(), source=given
        )
        keys = address_keys(person)
        with self._store.transaction():
            known = Matching(self._store).lead_for(person)
            if known is None:
                lead, made = self._store.leads.open(person, given, enquiry, keys, by=self._people.me())
            else:
                lead, made = known, self._join(known, enquiry, keys)
            self._begins(lead, made, enquiry)
            return Added(lead, made, known is not None)

    def _join(self, lead: int, enquiry: Enquiry, keys: list[tuple[str, str, str]]) -> int:
        self._store.leads.add_addresses(lead, keys)
        return self._store.leads.open_enquiry(
            Enquiry(
                lead=lead, channel=enquiry.channel, received_at=enquiry.received_at, seen_at=enquiry.seen_at,
                message=enquiry.message, source=enquiry.source,
            ),
            by=self._people.me(),
        )  # fmt: skip


def _found(row: Listed, told: Iterable[str], wanted: Sequence[str]) -> Found:
    """What was said comes before what they are called: their name stands over it anyway."""
    pieces = (*told, row.email, row.phone, row.company)
    return Found(
        lead=row.lead,
        name=row.name,
        snippet=line_with(pieces, wanted) or row.wants,
        outcome=row.outcome,
        since=row.since,
        source=row.source,
    )


def _typed_person(name: str, phone: str, email: str, company: str) -> Person:
    emails = (email.strip(),) if email.strip() else ()
    phones = (phone.strip(),) if phone.strip() else ()
    called = " ".join(name.split())
    if not called and not emails and not phones:
        raise Usage("A name, a number or an address is needed.")
    return Person(
        name=name_or_address(called, emails, phones), company=company.strip(), emails=emails, phones=phones
    )


def _enquiry_views(lead: Lead, held: Mapping[int, Held]) -> tuple[EnquiryView, ...]:
    states = {state.enquiry: state for state in lead.state.enquiries}
    return tuple(_enquiry_view(e, states.get(e.id), held.get(e.id)) for e in lead.enquiries)


def _enquiry_view(enquiry: Enquiry, state: EnquiryState | None, held: Held | None) -> EnquiryView:
    return EnquiryView(
        enquiry=enquiry.id,
        received_at=enquiry.received_at,
        submitted_at=enquiry.submitted_at,
        seen_at=enquiry.seen_at,
        message=enquiry.message,
        subject=enquiry.subject,
        fields=tuple(enquiry.fields.items()),
        source=enquiry.source,
        standing=state.standing if state else Standing.WAITING,
        first_response=state.first_response if state else None,
        mail=enquiry.mail,
        held=held,
    )

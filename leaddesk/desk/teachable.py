"""What may be taught by a mail, and what is never offered: hiding a form that has brought a lead, say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from leaddesk.desk.replay import Replay
from leaddesk.doors.store import Store
from leaddesk.rules.capture.lessons import keys_of
from leaddesk.rules.person import email_key
from leaddesk.rules.teaching import directions
from leaddesk.words.lead import Lead, Outcome, Standing
from leaddesk.words.mail import Mail, Place, Reading
from leaddesk.words.teaching import Taught, Trait

_ONE_BY_ONE = "Sort single mails away with X."


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing that could be said; `refusal` is why it must not be, or empty."""

    trait: Trait
    taught: Taught
    key: str
    refusal: str


class Teachable:
    """Asks the record whether hiding would cost a lead."""

    def __init__(self, store: Store, replay: Replay) -> None:
        self._store = store
        self._replay = replay

    def choices(self, mail: Mail, reading: Reading) -> Iterator[Choice]:
        """The narrowest first, of each direction."""
        by_person = self._replay.is_sorted_by_person(mail)
        for taught in directions(mail.place, reading.kind, by_person=by_person):
            for trait, key in keys_of(reading).items():
                hides = taught is Taught.NO_ENQUIRY
                yield Choice(trait, taught, key, self._refusal(mail, reading, trait, key) if hides else "")

    def _refusal(self, mail: Mail, reading: Reading, trait: Trait, key: str) -> str:
        if mail.place is Place.ENQUIRY and not _is_only(self._lead_of(mail), mail):
            return f"This enquiry has been worked with: it is a lead. {_ONE_BY_ONE}"
        if trait is Trait.SENDER:
            return self._talking(mail)
        led = next(self._replay.leads_of(mail, trait, key), None)
        if led is not None:
            what = "This form" if trait is Trait.FORM else mail.from_email
            return f"{what} has brought a lead before: {self._name_of(led)}. {_ONE_BY_ONE}"
        return self._set_up(mail, reading, trait) or self._unseen(mail, reading, trait)

    def _set_up(self, mail: Mail, reading: Reading, trait: Trait) -> str:
        """Somebody registered the form, or showed how it is read: they want its enquiries."""
        sender = (mail.from_email or "").lower()
        set_up = [form for form in self._store.forms.known() if form.registered or form.pointers]
        is_robots = trait is Trait.ROBOT and any(form.shape.sender == sender for form in set_up)
        if not is_robots and reading.form not in {form.id for form in set_up}:
            return ""
        what = "This form" if trait is Trait.FORM else f"A form of {mail.from_email}"
        return f"{what} was set up here to bring enquiries. {_ONE_BY_ONE}"

    def _unseen(self, mail: Mail, reading: Reading, trait: Trait) -> str:
        """By one form's mail nothing is known of the robot's other forms, which may bring enquiries."""
        if trait is not Trait.ROBOT or not reading.form_key:
            return ""
        if self._replay.has_put_away_others(mail, reading.form_key):
            return ""
        return f"{mail.from_email} has sent nothing but this form: others of it may bring enquiries."

    def _talking(self, mail: Mail) -> str:
        """Another lead of this sender is open."""
        for number in self._store.leads.with_address([email_key(mail.from_email or "")]):
            lead = self._store.leads.get(number)
            if lead is not None and lead.state.outcome is Outcome.OPEN and not _is_only(lead, mail):
                return f"{lead.person.name} has an open enquiry here. {_ONE_BY_ONE}"
        return ""

    def _lead_of(self, mail: Mail) -> Lead | None:
        return self._store.leads.get(mail.lead) if mail.lead is not None else None

    def _name_of(self, mail: Mail) -> str:
        lead = self._lead_of(mail)
        return lead.person.name if lead else "unknown"


def _is_only(lead: Lead | None, mail: Mail) -> bool:
    """The lead is open by this one mail alone, which nobody has answered."""
    if lead is None or lead.state.outcome is not Outcome.OPEN:
        return False
    by_mail = {enquiry.id for enquiry in lead.enquiries if enquiry.mail == mail.id}
    return all(
        state.standing is (Standing.WAITING if state.enquiry in by_mail else Standing.NOT_A_LEAD)
        for state in lead.state.enquiries
    )

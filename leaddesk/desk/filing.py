"""What a mail leaves behind beside its lead: its form, a sign-up to be remembered, what came before it."""

from __future__ import annotations

from leaddesk.doors.clock import Clock
from leaddesk.doors.store import SignUp, Store
from leaddesk.rules.capture.clean import one_line
from leaddesk.rules.person import email_key
from leaddesk.rules.sources import with_first_touch
from leaddesk.words.lead import Source
from leaddesk.words.mail import Mail, MailKind, Reading

_ASKING = (MailKind.ENQUIRY, MailKind.REPLY)


class Filing:
    """Works inside the transaction of the mail that lands."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def file(self, mail: Mail, reading: Reading) -> None:
        """Notes the form that a notice came from, and who joined a newsletter. Again changes nothing."""
        if reading.signed_up:
            key, page = email_key(reading.signed_up), reading.source.page_url or ""
            self._store.sign_ups.remember(SignUp(key, mail.received_at, mail.id, page))
        elif reading.lost or (reading.form_notice and reading.kind in _ASKING):
            self._file_form(mail, reading)

    def source(self, source: Source, reading: Reading, mail: Mail) -> Source:
        """The source of an enquiry with what is known from before: a portal's link, a newsletter joined."""
        if reading.portal_link:
            evidence = {**source.evidence, "portal_link": reading.portal_link}
            source = Source(source.text, source.certainty, evidence)
        joined = self._store.sign_ups.of(email_key(reading.email)) if reading.email else None
        if joined is None or joined.at >= mail.received_at:
            return source
        return with_first_touch(source, joined.at.astimezone(self._clock.zone()).date())

    def _file_form(self, mail: Mail, reading: Reading) -> None:
        if reading.shape is None:
            return
        names_page = bool(reading.source.page_url)
        if reading.lost and self._store.forms.like(reading.shape) in (None, reading.form):
            self._store.forms.file_lost(mail.id, reading.form, names_page=names_page)
        elif reading.form_notice:
            title, at = title_of(reading), mail.received_at
            self._store.forms.file(mail.id, reading.shape, title, names_page=names_page, at=at)


def title_of(reading: Reading) -> str:
    """What to call the form: as its notice does, else by the subject or the sender's own words."""
    subject = reading.shape.subject if reading.shape else ""
    return one_line(reading.source.form or subject.capitalize() or reading.from_email or "A form", 80)

"""One mail on the table: everything that is read from it once, and the questions that the judgement asks."""

from __future__ import annotations

from datetime import datetime
from functools import cached_property

from leaddesk.rules.capture import robots
from leaddesk.rules.capture.addresses import addresses_in
from leaddesk.rules.capture.evidence import FORWARD_PREFIX
from leaddesk.rules.capture.form_notice import is_form_notice
from leaddesk.rules.capture.freemail import is_freemail
from leaddesk.rules.capture.html_text import bare
from leaddesk.rules.capture.lead_data import data_of, kinds_of
from leaddesk.rules.capture.meaning import host_of, urls_in
from leaddesk.rules.capture.names import via
from leaddesk.rules.capture.opened import Opened, date_of
from leaddesk.rules.capture.pairs import read_pairs
from leaddesk.rules.capture.person import Ours
from leaddesk.rules.capture.phones import Regions, at_home, regions
from leaddesk.rules.capture.quotes import Parted, part
from leaddesk.rules.capture.shape import akin, same_form, shape_of
from leaddesk.rules.capture.sheet import Sheet
from leaddesk.rules.capture.speakers import asker
from leaddesk.rules.capture.vocabulary import Vocabulary, fold
from leaddesk.words.forms import FormShape, KnownForm
from leaddesk.words.mail import Known

_SUMMER = range(3, 11)
"""The months of British summer time, the ones that it shares included."""
_XML_TYPES = ("text/xml", "application/xml", "application/adf+xml", "application/x-adf")


class Case:
    """The mail with what we know; each part is worked out when it is first asked for."""

    def __init__(self, mail: Opened, known: Known, vocabulary: Vocabulary) -> None:
        self.mail = mail
        self.known = known
        self.vocabulary = vocabulary
        self.ours = ours_of(mail, known)

    @cached_property
    def parted(self) -> Parted:
        return part(self.mail.lines, self.vocabulary, self.mail.sender.name)

    @cached_property
    def sent_at(self) -> datetime | None:
        return date_of(self.mail.headers.get("date"))

    @cached_property
    def language(self) -> str:
        return self.vocabulary.language_of(f"{self.mail.subject}\n{self.mail.lines[:3000]}")

    @cached_property
    def regions(self) -> Regions:
        """Countries that a bare telephone number may belong to."""
        emails = [pair.value for pair in self.sheet.together().pairs if pair.meaning == "email"]
        told = [address for value in emails for address in addresses_in(value, 3)]
        boxes = (*told, self.mail.reply_to.address, self.mail.sender.address)
        pages = [host_of(url) for value in self.sheet.values("page") for url in urls_in(value)[:1]]
        domains = [*sorted(self.ours.domains), *pages, *(robots.domain_of(address) for address in boxes)]
        offset = self.sent_at.utcoffset() if self.sent_at else None
        minutes = int(offset.total_seconds() // 60) if offset is not None else None
        summer = self.sent_at is None or self.sent_at.month in _SUMMER
        found = regions(domains, minutes, self.language, self.vocabulary, summer=summer)
        return at_home(found, self.known.country)

    @cached_property
    def month_first(self) -> bool:
        """Numeric dates as Americans write them, where the sender's clock says America."""
        offset = self.sent_at.utcoffset() if self.sent_at else None
        if offset is None or self.language != "en":
            return False
        return -10 <= offset.total_seconds() / 3600 <= -4

    @cached_property
    def data(self) -> Sheet | None:
        """A lead's data in meta tags or XML, in the body or attached."""
        return data_of(self.mail, self.ours, self.vocabulary)

    @cached_property
    def sheet(self) -> Sheet:
        """The labelled values: of the lead's data, else the better of what the text and the HTML tell."""
        if self.data:
            return self.data.cleaned()
        mail = self.mail
        sheet = read_pairs(mail.lines, self.vocabulary)
        if mail.html_lines and mail.html_lines is not mail.lines and len(kinds_of(sheet)) < 2:
            other = read_pairs(mail.html_lines, self.vocabulary)
            return other if len(kinds_of(other)) > len(kinds_of(sheet)) else sheet
        return sheet

    @cached_property
    def is_form_notice(self) -> bool:
        """Labelled lines that name a person, or a Reply-To beside a From that is ours or a robot's."""
        return is_form_notice(self)

    @property
    def is_registered(self) -> bool:
        return (self.mail.sender.address or "").lower() in self.known.form_sources or self.is_registered_form

    @property
    def is_registered_form(self) -> bool:
        """By its shape: all of its mails are notices, while a registered robot may send others too."""
        return self.known_form is not None and self.known_form.registered

    @cached_property
    def shape(self) -> FormShape:
        return shape_of(self.mail, self.sheet, self.asker)

    @cached_property
    def known_form(self) -> KnownForm | None:
        """The known form that this is a mail of."""
        return next((form for form in self.known.forms if same_form(form.shape, self.shape)), None)

    @property
    def taught_forms(self) -> list[KnownForm]:
        """Forms that somebody taught and of which this may be a mail, the surest first."""
        taught = [form for form in self.known.forms if form.pointers and akin(form.shape, self.shape)]
        return sorted(taught, key=lambda form: form is not self.known_form)

    @property
    def is_from_robot(self) -> bool:
        """The From is a program's, or ours: form plug-ins send as the site's owner."""
        sender = self.mail.sender.address
        return robots.is_robot(sender) or self.ours.has(sender) or via(self.mail.sender.name) is not None

    @property
    def is_brand(self) -> bool:
        """From is called what its domain is called, yet the mail names somebody else."""
        sender = self.mail.sender
        if self.ours.has(sender.address) or is_freemail(robots.domain_of(sender.address)):
            return False
        compact = fold(sender.name).replace(" ", "").replace(".", "")
        dotted = robots.domain_of(sender.address).replace("-", "").replace(".", "")
        return robots.is_brand(sender.name, sender.address) or (len(compact) > 3 and compact in dotted)

    @property
    def is_own_list(self) -> bool:
        """A shared inbox of ours that a list program feeds: the list is ours, Reply-To is the writer."""
        return self.ours.has(self.mail.sender.address) and self.replies_elsewhere

    @property
    def is_known_own(self) -> bool:
        return Ours(self.known.own_addresses, self.known.own_domains).has(self.mail.sender.address)

    @property
    def names_contact(self) -> bool:
        """An address or a number that is not ours stands under its label."""
        emails = [address for value in self.sheet.values("email") for address in addresses_in(value)]
        if emails and all(self.ours.has(address) for address in emails):
            return False
        return bool(kinds_of(self.sheet) & {"email", "phone"})

    @property
    def labelled_email(self) -> str | None:
        """The first address under its label, be it ours."""
        return next((a for value in self.sheet.values("email") for a in addresses_in(value)), None)

    @property
    def replies_elsewhere(self) -> bool:
        """Reply-To names somebody else's address, at another domain than From."""
        reply_to = self.mail.reply_to.address
        if not reply_to or self.ours.has(reply_to) or robots.is_robot(reply_to):
            return False
        return robots.domain_of(reply_to) != robots.domain_of(self.mail.sender.address)

    @property
    def is_bulk(self) -> bool:
        headers = self.mail.headers
        return bool(robots.list_headers(headers)) or robots.precedence(headers) in ("bulk", "list", "junk")

    @cached_property
    def asker(self) -> str | None:
        """The name before "is looking for" and its kin, in the subject or a first row."""
        rows = [row for row in bare(self.mail.lines[:1500]).split("\n") if row.strip()][:6]
        found = [name for text in (self.mail.subject, *rows) if (name := asker(text, self.vocabulary))]
        fuller = [name for name in found if name.startswith(found[0] + " ")]
        return next(iter(fuller or found), None)

    @property
    def is_forward(self) -> bool:
        if self.parted.forwarded:
            return True
        return bool(FORWARD_PREFIX.match(self.mail.subject)) and bool(self.parted.quoted)


def ours_of(mail: Opened, known: Known) -> Ours:
    """Our addresses as known, and those the mail was delivered to with their domains, but no freemail's."""
    delivered = {
        address.lower()
        for name in ("delivered-to", "x-original-to", "envelope-to")
        for value in mail.headers.all(name)
        for address in addresses_in(value)
    }
    recipients = delivered or set(mail.to[:1])
    domains = {robots.domain_of(address) for address in recipients}
    return Ours(
        known.own_addresses | recipients,
        known.own_domains | {domain for domain in domains if not is_freemail(domain)},
    )

"""The mails of the demo's customers as real ones look: notices of forms and portals, and personal mail."""

from __future__ import annotations

import html
from collections.abc import Callable, Mapping
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime, formataddr

from leaddesk.demo.cast import Cast, Customer, Firm, Person
from leaddesk.demo.letter import Letter

_RELAY = "mail.example.net (mail.example.net [203.0.113.25])"
_PHP = "PHPMailer 6.9.3 (https://github.com/PHPMailer/PHPMailer)"
_BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:131.0) Gecko/20100101 Firefox/131.0"


def enquiry(customer: Customer, cast: Cast, to: str, at: datetime, token: str) -> bytes:
    """The mail by which an enquiry lands in the mailbox `to`. `token` makes its Message-ID unique."""
    mail = _envelope(_sender(customer, cast.firm), to, at, token)
    _WAYS[customer.way](mail, customer, cast)
    return mail.as_bytes()


def answer(person: Person, text: str, letter: Letter, cast: Cast, at: datetime, token: str) -> bytes:
    """The person's answer to a letter of ours, quoting it as mail programs do."""
    mail = _envelope(formataddr((person.name, person.email)), letter.sender, at, token)
    subject = letter.subject
    mail["Subject"] = subject if subject.lower().startswith("re:") else f"Re: {subject}"
    if letter.message_id:
        mail["In-Reply-To"] = letter.message_id
        mail["References"] = " ".join((*letter.references, letter.message_id))
    introduction = cast.wrote[person.language].format(
        date=f"{at:%d/%m/%Y %H:%M}", name=letter.sender_name or letter.sender
    )
    quoted = "\n".join(f"> {line}".rstrip() for line in letter.text.strip().splitlines())
    mail.set_content(f"{text}\n\n{introduction}\n{quoted}\n", cte="quoted-printable")
    return mail.as_bytes()


def _envelope(sender: str, to: str, at: datetime, token: str) -> EmailMessage:
    domain = sender.rstrip(">").rpartition("@")[2]
    address = sender.rpartition("<")[2].rstrip(">")
    mail = EmailMessage()
    mail["Return-Path"] = f"<{address}>"
    mail["Delivered-To"] = to
    date = format_datetime(at)
    mail["Received"] = (
        f"from {_RELAY} by mx.{to.rpartition('@')[2]} with ESMTPS id {token} for <{to}>; {date}"
    )
    mail["Date"] = date
    mail["From"] = sender
    mail["To"] = to
    mail["Message-ID"] = f"<{token}@{domain}>"
    return mail


def _sender(customer: Customer, firm: Firm) -> str:
    """Forms send as the website, portals as themselves."""
    if customer.way == "personal":
        return formataddr((customer.name, customer.email))
    if customer.way == "portal":
        return formataddr((firm.portal, firm.portal_robot))
    return formataddr((firm.name, firm.robot))


def _personal(mail: EmailMessage, customer: Customer, cast: Cast) -> None:
    mail["Subject"] = customer.subject
    mail.set_content(customer.message + "\n", cte="quoted-printable")


def _form(mail: EmailMessage, customer: Customer, cast: Cast) -> None:
    """A form whose owner has put page and campaign under it."""
    mail["Reply-To"] = formataddr((customer.name, customer.email))
    mail["Subject"] = f"{cast.firm.name}: {customer.subject}"
    mail["X-Mailer"] = _PHP
    facts = {"Form": "Ask for a quote", "Page": cast.firm.site + (customer.page or "/contact/")}
    if customer.referrer:
        facts["Referrer"] = customer.referrer
    tail = _lines(facts | dict(customer.utm))
    mail.set_content("\n".join([*_lines(_labelled(customer, cast)), "", "---", *tail, ""]), cte="8bit")


def _contact(mail: EmailMessage, customer: Customer, cast: Cast) -> None:
    """The short form that a well-known plug-in makes by itself."""
    firm = cast.firm
    mail["Reply-To"] = customer.email
    mail["Subject"] = f'{firm.name} "{customer.subject}"'
    mail["X-Mailer"] = _PHP
    mail.set_content(
        f"From: {customer.name} <{customer.email}>\nSubject: {customer.subject}\n\n"
        f"Message Body:\n{customer.message}\n\n-- \n"
        f"This e-mail was sent from a contact form on {firm.name} ({firm.site})\n",
        cte="8bit",
    )


def _html_form(mail: EmailMessage, customer: Customer, cast: Cast) -> None:
    """A page builder's form: lines with breaks, and what it knows of the visit under them."""
    mail["Reply-To"] = customer.email
    mail["Subject"] = f'New message from "{cast.firm.name}"'
    mail["X-Mailer"] = _PHP
    asked = _labelled(customer, cast) | dict(customer.utm)
    visit = {"Page URL": cast.firm.site + (customer.page or "/"), "User Agent": _BROWSER}
    lines = [*_html_lines(asked), "", "---", "", *_html_lines(visit), "Powered by: Elementor", ""]
    mail.set_content("<br>".join(lines), subtype="html", cte="8bit")


def _portal(mail: EmailMessage, customer: Customer, cast: Cast) -> None:
    """A portal's notice: a table, and how to answer."""
    portal = cast.firm.portal
    mail["Reply-To"] = formataddr((customer.name, customer.email))
    mail["Subject"] = f"New enquiry through {portal}: {customer.subject}"
    mail["Auto-Submitted"] = "auto-generated"
    rows = "".join(
        f"<tr><td>{html.escape(label)}</td><td>{html.escape(value)}</td></tr>\n"
        for label, value in _labelled(customer, cast).items()
    )
    mail.set_content(
        f"<html><body><h2>New enquiry through {html.escape(portal)}</h2>\n<table>\n{rows}</table>\n"
        "<p>You can reply directly to this email to contact the customer.</p></body></html>\n",
        subtype="html",
        cte="quoted-printable",
    )


_WAYS: Mapping[str, Callable[[EmailMessage, Customer, Cast], None]] = {
    "personal": _personal,
    "form": _form,
    "contact": _contact,
    "html-form": _html_form,
    "portal": _portal,
}


def _labelled(customer: Customer, cast: Cast) -> dict[str, str]:
    """The lines of a form in the order of the page; an empty one is left out."""
    labels = cast.labels[customer.language]
    lines = {labels["name"]: customer.name, labels["email"]: customer.email, labels["phone"]: customer.phone}
    lines |= dict(customer.fields) | {labels["message"]: customer.message}
    return {label: value for label, value in lines.items() if value}


def _lines(values: Mapping[str, str]) -> list[str]:
    return [f"{label}: {value}" for label, value in values.items()]


def _html_lines(values: Mapping[str, str]) -> list[str]:
    return [
        f"{label}: {html.escape(value, quote=False)}".replace("\n", "<br />\n")
        for label, value in values.items()
    ]

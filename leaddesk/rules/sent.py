"""A mail found in Sent that LeadDesk did not write: a person's answer, or the website's own confirmation."""

from __future__ import annotations

from datetime import datetime, timedelta

from leaddesk.rules.capture.headers import read_headers

_DATE_TOLERANCE = timedelta(minutes=2)
_WEB_MAILERS = (
    "phpmailer",
    "wpmail",
    "swiftmailer",
    "symfony mailer",
    "nodemailer",
    "laravel",
    "drupal",
    "joomla",
)
_MACHINE_HEADERS = ("x-php-originating-script", "x-php-script", "x-auto-response-suppress", "x-autoreply")


def is_by_a_machine(raw: bytes) -> bool:
    """True when the headers tell a web mailer or an automatic sender. Being quick is never evidence."""
    headers, _ = read_headers(raw)
    if any(headers.get(name) for name in _MACHINE_HEADERS):
        return True
    automatic = headers.get("auto-submitted").strip().lower()
    if automatic and not automatic.startswith("no"):
        return True
    mailer = f"{headers.get('x-mailer')} {headers.get('user-agent')}".lower()
    return any(name in mailer for name in _WEB_MAILERS)


def date_mark(stored_at: datetime, date_header: datetime | None) -> str:
    """A word of warning where the Date header and the server's time differ by more than two minutes."""
    if date_header is None or abs(date_header - stored_at) <= _DATE_TOLERANCE:
        return ""
    return "The mail's own date differs from the server's time, which counts."

"""Addresses and numbers as they are compared, and what a person without a name is called."""

from __future__ import annotations

from leaddesk.words.lead import Person

NAMELESS = "Unknown sender"
_MIN_DIGITS = 6
_GOOGLE = frozenset({"gmail.com", "googlemail.com"})
_TAGGED = _GOOGLE | {
    "outlook.com", "hotmail.com", "live.com", "icloud.com", "me.com", "mac.com", "proton.me",
    "protonmail.com", "pm.me", "fastmail.com", "mailbox.org", "posteo.de",
}  # fmt: skip
"""Providers that put everything behind a + into the same mailbox, as each says in its help."""


def email_key(address: str) -> str:
    """An address as it is compared: case does not matter, nor a freemail provider's tags and Google's dots.

    >>> email_key("Ngozi.Eze+loft@googlemail.com"), email_key("n.eze+loft@firm.example")
    ('ngozieze@gmail.com', 'n.eze+loft@firm.example')
    """
    whole = address.strip().casefold()
    box, at, domain = whole.rpartition("@")
    if not box or domain not in _TAGGED:
        return whole
    box = box.partition("+")[0] or box
    if domain in _GOOGLE:
        box, domain = box.replace(".", "") or box, "gmail.com"
    return f"{box}{at}{domain}"


def phone_key(phone: str) -> str | None:
    """A number as it is compared: +49… stays E.164, others their digits. None when it is too short.

    >>> phone_key("+44 7700 900123"), phone_key("07700 900 123"), phone_key("12")
    ('+447700900123', '07700900123', None)
    """
    digits = "".join(c for c in phone if c.isdecimal() and c.isascii())
    if len(digits) < _MIN_DIGITS:
        return None
    return f"+{digits}" if phone.strip().startswith("+") else digits


def address_keys(person: Person) -> list[tuple[str, str, str]]:
    """(kind, value, key) of every way to reach a person."""
    keys = [("email", email, email_key(email)) for email in person.emails if email.strip()]
    for phone in person.phones:
        key = phone_key(phone)
        if key is not None:
            keys.append(("phone", phone, key))
    return keys


def name_or_address(name: str, emails: tuple[str, ...], phones: tuple[str, ...]) -> str:
    """What a row is headed with: nobody is ever nameless on the screen."""
    if name.strip():
        return name.strip()
    if emails:
        return emails[0]
    return phones[0] if phones else NAMELESS

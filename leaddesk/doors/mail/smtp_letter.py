"""A mail as SMTP has it: envelope and body as they go over the wire."""

from __future__ import annotations

import re

from leaddesk.doors.mail.smtp_dialogue import Offers


class Letter:
    """Envelope and body as they go over the wire."""

    def __init__(self, sender: str, recipients: tuple[str, ...], body: bytes, *, reports: bool) -> None:
        self.sender, self.recipients, self.body, self.reports = sender, recipients, body, reports
        self.is_8bit = not body.isascii()

    def foreign_address(self) -> str | None:
        """The first address that needs SMTPUTF8."""
        return next((a for a in (*self.recipients, self.sender) if not a.isascii()), None)

    def mail_from(self, offers: Offers) -> str:
        words = [f"MAIL FROM:<{self.sender}>"]
        if "SIZE" in offers:
            words.append(f"SIZE={len(self.body)}")
        if self.is_8bit and "8BITMIME" in offers:
            words.append("BODY=8BITMIME")
        if self.foreign_address():
            words.append("SMTPUTF8")
        return " ".join(words)

    def rcpt_to(self, recipient: str, offers: Offers) -> str:
        """NOTIFY=NEVER stands for the empty return path, which few servers let their users have."""
        quiet = " NOTIFY=NEVER" if not self.reports and "DSN" in offers else ""
        return f"RCPT TO:<{recipient}>{quiet}"


def on_the_wire(raw: bytes) -> bytes:
    r"""A mail with its lines ended by CRLF, the last one included, and its leading dots doubled.

    >>> on_the_wire(b"Subject: x\n\n.hidden\r\n.")
    b'Subject: x\r\n\r\n..hidden\r\n..\r\n'
    """
    body = re.sub(rb"\r\n|\r|\n", b"\r\n", raw)
    body = re.sub(rb"(?m)^\.", b"..", body)
    return body if body.endswith(b"\r\n") else body + b"\r\n"


def is_one_word(address: str) -> bool:
    """Whether it can stand in a command as an address: nothing in it ends the word."""
    return bool(address) and address.isprintable() and not re.search(r"[\s<>]", address)

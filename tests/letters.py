"""Mails for tests, where only what matters is given."""

from __future__ import annotations

import itertools

NGOZI = "Ngozi Eze <ngozi@example.org>"
ANN = "Ann Lee <ann@lofts.example>"
_numbers = itertools.count(1)


def letter(
    text: str = "Can you quote for a loft conversion? We would like to start in March.",
    *,
    sender: str | None = NGOZI,
    to: str = "ann@lofts.example",
    subject: str = "Loft conversion",
    id: str | None = "",
    **headers: str,
) -> bytes:
    """A personal mail. Its Message-ID is new unless `id` tells one; None leaves it out."""
    told = {"From": sender, "To": to, "Subject": subject}
    told["Message-ID"] = f"<letter-{next(_numbers)}@example.org>" if id == "" else id
    told |= {name.replace("_", "-"): value for name, value in headers.items()}
    block = "".join(f"{name}: {value}\r\n" for name, value in told.items() if value is not None)
    return f"{block}\r\n{text}\r\n".replace("\r\n", "\n").replace("\n", "\r\n").encode()


def form_notice(name: str, email: str, text: str, **more: str) -> bytes:
    """A website's notice: its robot writes to the owner, Reply-To and labelled lines name the visitor."""
    body = f"Name: {name}\nEmail: {email}\nMessage: {text}"
    headers = {"subject": "New message from your website", "Reply_To": f"{name} <{email}>", **more}
    return letter(body, sender="Lofts website <wordpress@host.example>", **headers)


def answer(to: str, text: str, *, answers: str | None = None, **more: str) -> bytes:
    """What the owner writes in another mail program."""
    headers = {"In_Reply_To": answers, **more} if answers else more
    return letter(text, sender=ANN, to=to, **{"subject": "Re: Loft conversion", **headers})

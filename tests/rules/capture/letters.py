"""Builds the mails of the tests: headers and a body, as bytes."""

from __future__ import annotations


def letter(
    sender: str = "Ann Beck <ann@beck.example>",
    to: str = "info@firm.example",
    subject: str = "A question",
    body: str = "Hello, what would you charge?",
    *,
    html: str = "",
    reply_to: str = "",
    date: str = "Tue, 10 Nov 2026 10:00:00 +0000",
    return_path: str | None = "",
    headers: dict[str, str] | None = None,
) -> bytes:
    """A mail; `return_path` is the sender's address unless given, and absent when None."""
    address = sender.rpartition("<")[2].rstrip(">")
    rows = [f"From: {sender}", f"To: {to}", f"Delivered-To: {to}", f"Subject: {subject}", f"Date: {date}"]
    if return_path is not None:
        rows.insert(0, f"Return-Path: {return_path or f'<{address}>'}")
    if reply_to:
        rows.append(f"Reply-To: {reply_to}")
    rows += [f"{name}: {value}" for name, value in (headers or {}).items()]
    kind = "html" if html else "plain"
    if not any(row.startswith("Content-Type:") for row in rows):
        rows.append(f"Content-Type: text/{kind}; charset=utf-8")
    return ("\n".join([*rows, "", html or body]) + "\n").encode()

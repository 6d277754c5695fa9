"""From rows to words and back: the one place that knows both shapes."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any

from leaddesk.doors.store import models as m
from leaddesk.rules.sources import said
from leaddesk.words.account import Account, Client, Feed, Room, Security, Server, SignIn
from leaddesk.words.lead import (
    Certainty,
    Channel,
    Decision,
    Direction,
    Enquiry,
    Entry,
    How,
    Outcome,
    Person,
    Reached,
    Retraction,
    Source,
    Touch,
    Verb,
)
from leaddesk.words.mail import Attachment, Mail, MailKind, MailState, Place, Role
from leaddesk.words.outgoing import OutFile, Outgoing, OutgoingKind, OutgoingState

_LINE_LENGTH = 200


def new_token() -> str:
    """A name that no other desk makes, so that rows made apart can meet."""
    return uuid.uuid4().hex


def one_line(text: str) -> str:
    """The first 200 characters with white space folded."""
    return " ".join(text[: _LINE_LENGTH * 3].split())[:_LINE_LENGTH]


def source_of(row: m.LeadRow | m.EnquiryRow) -> Source:
    return Source(row.source_text, Certainty(row.source_certainty), dict(row.source_evidence))


def source_columns(source: Source) -> dict[str, Any]:
    return {
        "source_text": source.text,
        "source_certainty": source.certainty.value,
        "source_evidence": dict(source.evidence),
    }


def person_of(row: m.LeadRow, addresses: Iterable[m.AddressRow]) -> Person:
    ways = list(addresses)
    return Person(
        name=row.name,
        company=row.company,
        emails=tuple(a.value for a in ways if a.kind == "email"),
        phones=tuple(a.value for a in ways if a.kind == "phone"),
    )


def enquiry_of(row: m.EnquiryRow) -> Enquiry:
    return Enquiry(
        id=row.id,
        lead=row.lead,
        channel=Channel(row.channel),
        received_at=row.received_at,
        submitted_at=row.submitted_at,
        seen_at=row.seen_at,
        message=row.message,
        subject=row.subject,
        fields=dict(row.fields),
        source=said(row.found_us) if row.found_us else source_of(row),
        mail=row.mail,
        quiet=row.quiet,
        counted=row.counted,
    )


def entry_of(row: m.EntryRow) -> Entry:
    common: dict[str, Any] = {"id": row.id, "lead": row.lead, "at": row.at, "by": row.by}
    if row.kind == "retraction":
        return Retraction(**common, takes_back=row.takes_back or 0)
    if row.kind == "decision":
        return Decision(
            **common,
            verb=Verb(row.verb or ""),
            outcome=Outcome(row.outcome) if row.outcome else None,
            reason=row.text,
            until=row.until,
            enquiry=row.enquiry,
            other=row.other,
            plan=row.plan or "",
            channel=Channel(row.channel) if row.channel else None,
        )
    return Touch(
        **common,
        direction=Direction(row.direction or ""),
        channel=Channel(row.channel or ""),
        automatic=row.automatic,
        outcome=Reached(row.outcome) if row.outcome else None,
        how=How(row.how or ""),
        text=row.text,
        enquiry=row.enquiry,
        mail=row.mail,
        outgoing=row.outgoing,
    )


def entry_columns(entry: Entry) -> dict[str, Any]:
    """All columns of an entry that is about to be appended."""
    columns: dict[str, Any] = {
        "token": new_token(), "lead": entry.lead, "at": entry.at, "by": entry.by, "kind": "",
        "automatic": False, "text": "", "direction": None, "channel": None, "outcome": None,
        "how": None, "enquiry": None, "mail": None, "outgoing": None, "verb": None, "until": None,
        "takes_back": None, "other": None, "plan": None,
    }  # fmt: skip
    match entry:
        case Touch():
            columns |= {
                "kind": "touch", "direction": entry.direction.value, "channel": entry.channel.value,
                "automatic": entry.automatic, "outcome": entry.outcome.value if entry.outcome else None,
                "how": entry.how.value, "text": entry.text, "enquiry": entry.enquiry, "mail": entry.mail,
                "outgoing": entry.outgoing,
            }  # fmt: skip
        case Decision():
            columns |= {
                "kind": "decision", "plan": entry.plan or None, "verb": entry.verb.value,
                "text": entry.reason, "until": entry.until,
                "outcome": entry.outcome.value if entry.outcome else None, "enquiry": entry.enquiry,
                "other": entry.other, "channel": entry.channel.value if entry.channel else None,
            }  # fmt: skip
        case Retraction():
            columns |= {"kind": "retraction", "takes_back": entry.takes_back}
        case _:
            raise TypeError(f"no kind of entry: {entry!r}")
    return columns


def mail_of(row: m.MailRow) -> Mail:
    return Mail(
        id=row.id,
        account=row.account,
        feed=row.feed,
        role=Role(row.role),
        received_at=row.received_at,
        seen_at=row.seen_at,
        size=row.size,
        state=MailState(row.state),
        kind=MailKind(row.kind) if row.kind else None,
        place=Place(row.place) if row.place else None,
        why=tuple(row.why),
        lead=row.lead,
        from_name=row.from_name,
        from_email=row.from_email,
        subject=row.subject,
        snippet=row.snippet,
        message_id=row.message_id,
        quiet=row.quiet,
        attachments=tuple(Attachment(*a) for a in row.attachments),
        visible=row.visible,
    )


def outgoing_of(row: m.OutgoingRow) -> Outgoing:
    return Outgoing(
        id=row.id,
        lead=row.lead,
        enquiry=row.enquiry,
        account=row.account,
        state=OutgoingState(row.state),
        message_id=row.message_id,
        to=tuple(row.to),
        cc=tuple(row.cc),
        subject=row.subject,
        body=row.body,
        body_hash=row.body_hash,
        approved_by=row.approved_by,
        approved_at=row.approved_at,
        not_before=row.not_before,
        attempts=row.attempts,
        next_try=row.next_try,
        answer=row.answer,
        why=row.why,
        committing_at=row.committing_at,
        sent_at=row.sent_at,
        updated_at=row.updated_at,
        copied_to_sent=row.copied_to_sent,
        files=tuple(OutFile(**each) for each in row.files),
        answers=row.answers,
        kind=OutgoingKind(row.kind),
    )


def account_of(row: m.AccountRow) -> Account:
    return Account(
        id=row.id,
        email=row.email,
        name=row.name,
        signature=row.signature,
        user=row.user,
        smtp_user=row.smtp_user,
        imap=Server(row.imap_host, row.imap_port, Security(row.imap_security)),
        smtp=Server(row.smtp_host, row.smtp_port, Security(row.smtp_security)),
        sign_in=SignIn(row.sign_in),
        ca_file=row.ca_file,
        folder=row.folder,
        sent_folder=row.sent_folder,
        own_addresses=tuple(row.own_addresses),
        own_domain=row.own_domain,
        keyring=row.keyring,
        keep_in_memory=row.keep_in_memory,
        saves_sent=row.saves_sent,
        client=_client_of(row),
        signer=row.signer,
        signer_sent=row.signer_sent,
        signed_in_at=row.signed_in_at,
        smtp_off=row.smtp_off,
        room=Room(row.room_bytes, row.room_foreign),
    )


def _client_of(row: m.AccountRow) -> Client | None:
    if row.authority is None or row.client_id is None:
        return None
    return Client(
        authority=row.authority, id=row.client_id, tenant=row.tenant or "", secret=row.client_key or ""
    )


def account_columns(account: Account) -> dict[str, Any]:
    client = account.client
    return {
        "email": account.email, "name": account.name, "signature": account.signature, "user": account.user,
        "smtp_user": account.smtp_user, "imap_host": account.imap.host, "imap_port": account.imap.port,
        "imap_security": account.imap.security.value, "smtp_host": account.smtp.host,
        "smtp_port": account.smtp.port, "smtp_security": account.smtp.security.value,
        "sign_in": account.sign_in.value, "ca_file": account.ca_file, "folder": account.folder,
        "sent_folder": account.sent_folder, "own_addresses": list(account.own_addresses),
        "own_domain": account.own_domain, "keyring": account.keyring,
        "keep_in_memory": account.keep_in_memory, "saves_sent": account.saves_sent,
        "authority": client.authority if client else None, "client_id": client.id if client else None,
        "tenant": client.tenant if client else None, "client_key": client.secret if client else None,
        "signer": account.signer, "signer_sent": account.signer_sent, "signed_in_at": account.signed_in_at,
        "smtp_off": account.smtp_off, "room_bytes": account.room.bytes,
        "room_foreign": account.room.foreign,
    }  # fmt: skip


def feed_of(row: m.FeedRow) -> Feed:
    return Feed(row.id, row.kind, row.path, row.added_at)

"""Mails: stored raw before anything looks into them, then what was read and what became of them."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import peewee as pw

from leaddesk.doors.store.database import Database
from leaddesk.doors.store.links import Links
from leaddesk.doors.store.models import MailRow
from leaddesk.doors.store.rows import mail_of, new_token, one_line
from leaddesk.rules.person import email_key
from leaddesk.words.mail import Mail, MailKey, MailKind, MailState, Place, RawMail, Reading, Role
from leaddesk.words.news import MailArrived
from leaddesk.words.teaching import Acquaintance

KEPT_WORDS = 100_000
"""Characters of a mail's own words that stand in its row."""


class Mails:
    """The store of mails."""

    def __init__(self, database: Database) -> None:
        self._db = database
        self._t = database.tables
        self._links = Links(database)

    # -- raw first

    def keep(self, mail: RawMail) -> int | None:
        """Stores the bytes in one transaction; returns the row's id, or None when its key is known.

        One that was taken for vanished and has turned up fills its own row.
        """
        with self._db.transaction():
            columns = {"state": MailState.NEW.value, "sha256": hashlib.sha256(mail.raw).hexdigest()}
            made = self._insert(mail, **columns) or self._fill_vanished(mail, columns)
            if made is not None:
                self._t.mail_bytes.insert(mail=made, content=mail.raw).execute()
            return made

    def keep_vanished(self, key: MailKey, announced_at: datetime, why: str) -> int | None:
        """A mail that was announced but gone before it could be read: a row that the person sees."""
        empty = RawMail(raw=b"", received_at=announced_at, seen_at=announced_at, size=0, key=key)
        with self._db.transaction() as news:
            made = self._insert(
                empty, state=MailState.VANISHED.value, sha256="", why=[why], place=Place.NOT_A_LEAD.value
            )
            if made is not None:
                now, kind = self._db.now(), MailKind.UNREADABLE
                news.append(MailArrived(at=now, mail=made, account=key.account, kind=kind))
            return made

    def rekey(self, mail: int, key: MailKey) -> None:
        """The provider rebuilt the mailbox: the same mail has a new number (FAULTS C1).

        A number that another row has already stays with that row.
        """
        with self._db.transaction():
            if self._id_with(key) is not None:
                return
            self._t.mail.update(folder=key.folder, uidvalidity=key.uidvalidity, uid=key.uid).where(
                self._t.mail.id == mail
            ).execute()
            self._advance(key)

    # -- reading

    def get(self, mail: int) -> Mail | None:
        with self._db.session():
            row = self._t.mail.get_or_none(self._t.mail.id == mail)
        return mail_of(row) if row else None

    def raw(self, mail: int) -> bytes:
        """The bytes as they landed; empty for a vanished mail."""
        with self._db.session():
            row = self._t.mail_bytes.get_or_none(self._t.mail_bytes.mail == mail)
        return bytes(row.content) if row else b""

    def kept_size(self, mail: int) -> int:
        """How many bytes of it are here."""
        rows = self._t.mail_bytes
        with self._db.session():
            size = rows.select(pw.fn.length(rows.content)).where(rows.mail == mail).scalar()
        return int(size or 0)

    def unread(self, limit: int = 200) -> list[int]:
        """Mails that nobody has read yet, in the order in which they were received."""
        m = self._t.mail
        query = m.select(m.id).where(m.state == MailState.NEW.value).order_by(m.received_at, m.id)
        with self._db.session():
            return [row.id for row in query.limit(limit)]

    def known_uids(self, account: int, folder: str, uidvalidity: int, since: int = 1) -> set[int]:
        """UIDs of a folder that are rows here."""
        m = self._t.mail
        query = m.select(m.uid).where(
            m.account == account, m.folder == folder, m.uidvalidity == uidvalidity, m.uid >= since
        )
        with self._db.session():
            return {row.uid for row in query if row.uid is not None}

    def vanished_uids(self, account: int, folder: str, uidvalidity: int, since: int = 1) -> set[int]:
        """Those of the known UIDs whose mail was gone before it could be read."""
        m = self._t.mail
        query = m.select(m.uid).where(
            m.account == account, m.folder == folder, m.uidvalidity == uidvalidity, m.uid >= since,
            m.state == MailState.VANISHED.value,
        )  # fmt: skip
        with self._db.session():
            return {row.uid for row in query if row.uid is not None}

    def feed_files(self, feed: int) -> dict[str, tuple[int, datetime]]:
        """Files of a feed that are rows here, in the order in which they came: size and time of each."""
        m = self._t.mail
        with self._db.session():
            rows = m.select(m.feed_name, m.size, m.received_at).where(m.feed == feed).order_by(m.id)
            return {row.feed_name: (row.size, row.received_at) for row in rows if row.feed_name is not None}

    def with_bytes(self, raw: bytes, account: int | None, folder: str | None = None) -> list[Mail]:
        """Rows of the account (and folder) with exactly these bytes."""
        m = self._t.mail
        query = m.select().where(m.sha256 == hashlib.sha256(raw).hexdigest(), m.account == account)
        if folder is not None:
            query = query.where(m.folder == folder)
        with self._db.session():
            return [mail_of(row) for row in query.order_by(m.id)]

    def with_message_ids(self, message_ids: Sequence[str]) -> list[Mail]:
        """Mails that carry any of these Message-IDs, the oldest first. A hint, never a key."""
        m = self._t.mail
        if not message_ids:
            return []
        with self._db.session():
            rows = m.select().where(m.message_id.in_(list(message_ids[:100]))).order_by(m.id)
            return [mail_of(row) for row in rows]

    def sent_to(self, keys: Sequence[str], since: datetime) -> list[Mail]:
        """Our own mails found in Sent since then that went to any of these addresses (`email_key`)."""
        m = self._t.mail
        query = m.select().where(m.place == Place.SENT.value, m.received_at >= since).order_by(m.received_at)
        with self._db.session():
            return [mail_of(row) for row in query if not set(keys).isdisjoint(map(email_key, row.recipients))]

    def sent_lately(self, but: int, limit: int) -> list[tuple[Mail, list[str]]]:
        """The newest mails of Sent except one, each with the addresses (`email_key`) that it went to."""
        m = self._t.mail
        query = m.select().where(m.place == Place.SENT.value, m.id != but).order_by(m.received_at.desc())
        with self._db.session():
            return [(mail_of(row), [*map(email_key, row.recipients)]) for row in query.limit(limit)]

    def from_sender(
        self, address: str, limit: int, since: datetime | None = None, *, of_leads: bool = False
    ) -> list[Mail]:
        """The newest mails of the Inbox from this lower-case address; only those of leads, if wished.

        What a person made an enquiry counts as well where it lay in the junk folder.
        """
        m = self._t.mail
        is_here = (m.role == Role.INBOX.value) | ((m.role == Role.JUNK.value) & m.lead.is_null(False))
        query = m.select().where(pw.fn.lower(m.from_email) == address, is_here)
        if since is not None:
            query = query.where(m.received_at >= since)
        if of_leads:
            query = query.where(m.lead.is_null(False))
        with self._db.session():
            return [mail_of(row) for row in query.order_by(m.received_at.desc()).limit(limit)]

    def acquaintances(self, since: datetime, limit: int) -> list[Acquaintance]:
        """Who of those we wrote to before, without an enquiry here, has written most since then."""
        m = self._t.mail
        key = pw.fn.lower(m.from_email)
        many, newest = pw.fn.count(m.id), pw.fn.max(m.id)
        query = self._placed(Place.KNOWN, since).where(m.from_email.is_null(False))
        counted = query.select(many, newest).group_by(key).order_by(many.desc(), newest.desc())
        with self._db.session():
            rows = list(counted.limit(limit).tuples())
            if not rows:
                return []
            mails = {row.id: row for row in m.select().where(m.id.in_([number for _, number in rows]))}
        return [_acquaintance(mails[number], count) for count, number in rows]

    def of_lead(self, lead: int) -> list[Mail]:
        """Of the lead, and of those that it goes on for."""
        m = self._t.mail
        with self._db.session():
            theirs = m.lead.in_(self._links.all_of(lead))
            return [mail_of(row) for row in m.select().where(theirs).order_by(m.received_at, m.id)]

    def in_place(self, place: Place, limit: int, since: datetime | None = None) -> list[Mail]:
        """The newest mails that ended in `place`."""
        with self._db.session():
            rows = self._placed(place, since).order_by(self._t.mail.received_at.desc()).limit(limit)
            return [mail_of(row) for row in rows]

    # -- judged

    def take(self, mail: int) -> bool:
        """Inside the transaction that judges a mail: False when somebody else has judged it already."""
        m = self._t.mail
        with self._db.transaction():
            taken = m.update(state=MailState.READ.value).where(m.id == mail, m.state == MailState.NEW.value)
            return bool(taken.execute())

    def judged(self, mail: int, reading: Reading, place: Place, why: Sequence[str], lead: int | None) -> None:
        """What was read, and what became of it. Idempotent: the same judgement again changes nothing."""
        unreadable = reading.kind is MailKind.UNREADABLE
        with self._db.transaction() as news:
            self._t.mail.update(
                state=(MailState.UNREADABLE if unreadable else MailState.READ).value,
                kind=reading.kind.value,
                place=place.value,
                why=list(why),
                lead=lead,
                message_id=reading.message_id,
                from_name=reading.from_name,
                from_email=reading.from_email,
                subject=reading.subject,
                snippet=one_line(reading.message or reading.visible or reading.text),
                visible=reading.visible[:KEPT_WORDS],
                attachments=[[a.index, a.name, a.type, a.size] for a in reading.attachments],
                recipients=[address.casefold() for address in reading.to],
            ).where(self._t.mail.id == mail).execute()
            account = self._t.mail.get(self._t.mail.id == mail).account
            now, head = self._db.now(), None if lead is None else self._links.head_of(lead)
            news.append(MailArrived(at=now, mail=mail, account=account, kind=reading.kind, lead=head))

    def move(self, mail: int, place: Place, why: Sequence[str], lead: int | None) -> None:
        """A person's word on where a mail belongs."""
        with self._db.transaction():
            self._t.mail.update(place=place.value, why=list(why), lead=lead).where(
                self._t.mail.id == mail
            ).execute()

    def stands(self, mail: int, place: Place) -> bool:
        """Inside the transaction that moves it: True while it is there, and nobody else can move it."""
        m = self._t.mail
        with self._db.transaction():
            held = m.update(place=place.value).where(m.id == mail, m.place == place.value)
            return bool(held.execute())

    def _placed(self, place: Place, since: datetime | None) -> Any:
        m = self._t.mail
        query = m.select().where(m.place == place.value)
        return query.where(m.received_at >= since) if since is not None else query

    def _insert(self, mail: RawMail, **columns: Any) -> int | None:
        """The new row's id; None when its key is known, also when another desk is quicker by a moment."""
        if self._id_of(mail) is not None:
            return None
        try:
            with self._db.peewee.atomic():
                made = self._t.mail.insert(**_raw_columns(mail) | columns).execute()
        except pw.IntegrityError:
            if self._id_of(mail) is None:
                raise
            return None
        if mail.key is not None:
            self._advance(mail.key)
        return int(made)

    def _fill_vanished(self, mail: RawMail, columns: dict[str, Any]) -> int | None:
        """The row of a mail that was taken for vanished, as if it had just landed; None when it was not."""
        m, known = self._t.mail, self._id_of(mail)
        anew = {**_raw_columns(mail), **columns, "place": None}
        del anew["token"]
        changed = m.update(**anew).where(m.id == known, m.state == MailState.VANISHED.value).execute()
        return known if changed else None

    def _id_of(self, mail: RawMail) -> int | None:
        m = self._t.mail
        if mail.key is not None:
            return self._id_with(mail.key)
        if mail.feed is None:
            return None
        found = m.get_or_none(m.feed == mail.feed, m.feed_name == mail.feed_name)
        return found.id if found else None

    def _id_with(self, key: MailKey) -> int | None:
        m = self._t.mail
        found = m.get_or_none(
            m.account == key.account,
            m.folder == key.folder,
            m.uidvalidity == key.uidvalidity,
            m.uid == key.uid,
        )
        return found.id if found else None

    def _advance(self, key: MailKey) -> None:
        """The next UID to be announced is above every one that is a row."""
        box = self._t.mailbox
        box.update(next_uid=key.uid + 1).where(
            box.account == key.account,
            box.role == key.role.value,
            box.folder == key.folder,
            box.uidvalidity == key.uidvalidity,
            box.next_uid <= key.uid,
        ).execute()


def _acquaintance(row: MailRow, mails: int) -> Acquaintance:
    email = row.from_email or ""
    return Acquaintance(
        name=row.from_name or email, email=email, mails=mails, newest=row.id, at=row.received_at
    )


def _raw_columns(mail: RawMail) -> dict[str, Any]:
    key = mail.key
    return {
        "token": new_token(),
        "account": key.account if key else None,
        "role": (key.role if key else Role.INBOX).value,
        "folder": key.folder if key else None,
        "uidvalidity": key.uidvalidity if key else None,
        "uid": key.uid if key else None,
        "feed": mail.feed,
        "feed_name": mail.feed_name,
        "received_at": mail.received_at,
        "seen_at": mail.seen_at,
        "size": mail.size,
        "quiet": mail.quiet,
        "why": [],
        "from_name": "",
        "subject": "",
        "snippet": "",
        "visible": "",
        "attachments": [],
        "recipients": [],
    }

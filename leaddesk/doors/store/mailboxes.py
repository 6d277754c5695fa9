"""How far each watched folder has been read, and what Sent tells of the time before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from leaddesk.doors.store.database import Database
from leaddesk.doors.store.links import Links
from leaddesk.words.mail import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailbox:
    """One watched folder. UIDs below `line_uid` came before the first sync and count only if they are
    younger than `line_at` (DESIGN, first sync); `next_uid` is the lowest UID not yet announced."""

    account: int
    role: Role
    folder: str
    uidvalidity: int
    line_uid: int
    line_at: datetime
    next_uid: int
    quiet_done: bool
    swept_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Correspondent:
    """Somebody we wrote to, and since when. `key` is the lower-case address."""

    key: str
    first_at: datetime


class Mailboxes:
    """The store of reading positions and of what was sent before LeadDesk came."""

    def __init__(self, database: Database) -> None:
        self._db = database
        self._t = database.tables
        self._links = Links(database)

    def get(self, account: int, role: Role) -> Mailbox | None:
        box = self._t.mailbox
        with self._db.session():
            row = box.get_or_none(box.account == account, box.role == role.value)
        if row is None:
            return None
        return Mailbox(
            account=row.account,
            role=Role(row.role),
            folder=row.folder,
            uidvalidity=row.uidvalidity,
            line_uid=row.line_uid,
            line_at=row.line_at,
            next_uid=row.next_uid,
            quiet_done=row.quiet_done,
            swept_at=row.swept_at,
        )

    def put(self, mailbox: Mailbox) -> None:
        """Writes the position of the account's folder in that role."""
        box = self._t.mailbox
        columns = {
            "folder": mailbox.folder,
            "uidvalidity": mailbox.uidvalidity,
            "line_uid": mailbox.line_uid,
            "line_at": mailbox.line_at,
            "next_uid": mailbox.next_uid,
            "quiet_done": mailbox.quiet_done,
            "swept_at": mailbox.swept_at,
        }
        with self._db.transaction():
            changed = (
                box.update(**columns)
                .where(box.account == mailbox.account, box.role == mailbox.role.value)
                .execute()
            )
            if not changed:
                box.insert(account=mailbox.account, role=mailbox.role.value, **columns).execute()

    # -- the time before

    def remember_correspondents(self, people: Iterable[Correspondent]) -> None:
        """Whom we wrote to; the earliest time of each is kept."""
        c = self._t.correspondent
        with self._db.transaction():
            for person in people:
                known = c.get_or_none(c.key == person.key)
                if known is None:
                    c.insert(key=person.key, first_at=person.first_at).execute()
                elif known.first_at > person.first_at:
                    c.update(first_at=person.first_at).where(c.id == known.id).execute()

    def correspondent(self, key: str) -> Correspondent | None:
        c = self._t.correspondent
        with self._db.session():
            row = c.get_or_none(c.key == key)
        return Correspondent(row.key, row.first_at) if row else None

    def remember_ids(self, message_ids: Iterable[str], at: datetime, lead: int | None = None) -> None:
        """Message-IDs of mails of ours, which an answer may name; the lead is filled in once it is known."""
        past = self._t.past_id
        ids = list(dict.fromkeys(each for each in message_ids if each))
        with self._db.transaction():
            for start in range(0, len(ids), 200):
                some = ids[start : start + 200]
                rows = [{"message_id": each, "at": at, "lead": lead} for each in some]
                past.insert_many(rows).on_conflict_ignore().execute()
                if lead is not None:
                    past.update(lead=lead).where(past.message_id.in_(some), past.lead.is_null()).execute()

    def named_ids(self, message_ids: Sequence[str]) -> dict[str, int | None]:
        """Which of these Message-IDs are ours (outbox or Sent), each with the lead it went to, if any.

        Of joined leads that is the one that goes on.
        """
        wanted = [each for each in message_ids[:100] if each]
        if not wanted:
            return {}
        past, out = self._t.past_id, self._t.outgoing
        with self._db.session():
            found = {row.message_id: row.lead for row in past.select().where(past.message_id.in_(wanted))}
            for row in out.select(out.message_id, out.lead).where(out.message_id.in_(wanted)):
                found[row.message_id or ""] = row.lead
            return {each: lead and self._links.head_of(lead) for each, lead in found.items()}

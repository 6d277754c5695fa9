"""Accounts and feeds. Removed ones keep their rows, for the mails that name them."""

from __future__ import annotations

from leaddesk.doors.store.database import Database
from leaddesk.doors.store.rows import account_columns, account_of, feed_of, new_token
from leaddesk.words.account import Account, Feed
from leaddesk.words.errors import Refused
from leaddesk.words.news import AccountsChanged


class Accounts:
    """The store of accounts and feeds."""

    def __init__(self, database: Database) -> None:
        self._db = database
        self._t = database.tables

    def all(self) -> tuple[Account, ...]:
        """Accounts in use, the oldest first."""
        a = self._t.account
        with self._db.session():
            return tuple(account_of(r) for r in a.select().where(a.removed_at.is_null()).order_by(a.id))

    def ever(self) -> bool:
        """Whether there is an account, or was one."""
        with self._db.session():
            return bool(self._t.account.select().exists())

    def get(self, account: int) -> Account:
        """The account, also a removed one. Raises Refused when there is none of that number."""
        with self._db.session():
            row = self._t.account.get_or_none(self._t.account.id == account)
        if row is None:
            raise Refused(f"There is no account {account}.", "leaddesk account list shows them.")
        return account_of(row)

    def add(self, account: Account) -> Account:
        with self._db.transaction() as news:
            now = self._db.now()
            made = self._t.account.insert(
                token=new_token(), created_at=now, **account_columns(account)
            ).execute()
            news.append(AccountsChanged(at=now))
            return self.get(made)

    def change(self, account: Account) -> None:
        with self._db.transaction() as news:
            self._t.account.update(**account_columns(account)).where(
                self._t.account.id == account.id
            ).execute()
            news.append(AccountsChanged(at=self._db.now()))

    def remove(self, account: int) -> None:
        with self._db.transaction() as news:
            now = self._db.now()
            self._t.account.update(removed_at=now, keyring=None).where(
                self._t.account.id == account
            ).execute()
            self._t.mailbox.delete().where(self._t.mailbox.account == account).execute()
            news.append(AccountsChanged(at=now))

    def feeds(self) -> tuple[Feed, ...]:
        f = self._t.feed
        with self._db.session():
            return tuple(feed_of(r) for r in f.select().where(f.removed_at.is_null()).order_by(f.id))

    def add_feed(self, kind: str, path: str) -> Feed:
        """A new feed, or the one that watches this path already."""
        f = self._t.feed
        with self._db.transaction() as news:
            known = f.get_or_none(f.kind == kind, f.path == path)
            now = self._db.now()
            if known is None:
                made = f.insert(kind=kind, path=path, added_at=now).execute()
            else:
                made = known.id
                f.update(removed_at=None).where(f.id == made).execute()
            news.append(AccountsChanged(at=now))
            return feed_of(f.get(f.id == made))

    def remove_feed(self, feed: int) -> None:
        with self._db.transaction() as news:
            now = self._db.now()
            changed = self._t.feed.update(removed_at=now).where(self._t.feed.id == feed).execute()
            if not changed:
                raise Refused(f"There is no feed {feed}.", "leaddesk feed list shows them.")
            news.append(AccountsChanged(at=now))

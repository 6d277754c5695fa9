"""Forms: which mails came from one, which are registered, and what was taught about them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import peewee as pw

from leaddesk.doors.store.database import Database
from leaddesk.doors.store.models import FormRow
from leaddesk.doors.store.rows import feed_of, new_token
from leaddesk.rules.capture.shape import same_form
from leaddesk.words.account import Feed
from leaddesk.words.forms import FiledMail, FormShape, FormView, KnownForm, Marked, Pointer, Stand
from leaddesk.words.news import AccountsChanged

_MOST = 200
"""So many forms of one sender are compared; more have no end."""


class Forms:
    """The store of forms."""

    def __init__(self, database: Database) -> None:
        self._db = database
        self._t = database.tables

    # -- what lands

    def file(self, mail: int, shape: FormShape, title: str, *, names_page: bool, at: datetime) -> int:
        """Notes which form the mail came from; returns the form, a new one where none is like it."""
        with self._db.transaction():
            form = self.like(shape) or self.add(shape, title, at)
            self._put(mail, form, names_page=names_page, lost=False)
            return form

    def file_lost(self, mail: int, form: int, *, names_page: bool) -> None:
        """Notes a mail of a form in which what was taught was not found."""
        with self._db.transaction():
            self._put(mail, form, names_page=names_page, lost=True)

    def like(self, shape: FormShape) -> int | None:
        """The form whose mails look like this."""
        form = self._t.form
        with self._db.session():
            rows = list(form.select().where(form.sender == shape.sender).order_by(form.id).limit(_MOST))
        return next((row.id for row in rows if same_form(_shape(row), shape)), None)

    def add(self, shape: FormShape, title: str, at: datetime) -> int:
        with self._db.transaction():
            made = self._t.form.insert(
                token=new_token(), sender=shape.sender, subject=shape.subject, labels=list(shape.labels),
                title=title, first_at=at,
            )  # fmt: skip
            return int(made.execute())

    # -- what is known

    def known(self) -> tuple[KnownForm, ...]:
        """Forms that are registered or taught, as the reader is told of them."""
        form, feed = self._t.form, self._t.feed
        with self._db.session():
            pointers = self._pointers()
            active = feed.select(feed.id).where(feed.kind == "form", feed.removed_at.is_null())
            rows = form.select().where(form.feed.in_(active) | form.id.in_(list(pointers)))
            feeds = {row.id for row in active}
            return tuple(
                KnownForm(row.id, _shape(row), row.feed in feeds, tuple(pointers.get(row.id, ())))
                for row in rows.order_by(form.id)
            )

    def all(self) -> tuple[FormView, ...]:
        """Every form, those with the most mails first."""
        form = self._t.form
        with self._db.session():
            feeds, pointers, counts = self._active_feeds(), self._pointers(), self._counts()
            rows = list(form.select().order_by(form.id))
        views = [_view(row, feeds, pointers.get(row.id, []), counts.get(row.id)) for row in rows]
        return tuple(sorted(views, key=lambda view: (view.feed is None, -view.mails, view.form)))

    def of_mail(self, mail: int) -> FiledMail | None:
        """The form that a mail came from."""
        form, filed = self._t.form, self._t.form_mail
        with self._db.session():
            row = filed.get_or_none(filed.mail == mail)
            if row is None:
                return None
            own = form.get(form.id == row.form)
            first = filed.select(pw.fn.min(filed.mail)).where(filed.form == own.id).scalar()
            return FiledMail(
                form=own.id,
                title=own.title,
                registered=own.feed in self._active_feeds(),
                is_first=first == mail,
                lost=row.lost,
            )

    def shape(self, form: int) -> FormShape:
        with self._db.session():
            return _shape(self._t.form.get(self._t.form.id == form))

    def pointers(self, form: int) -> tuple[Pointer, ...]:
        with self._db.session():
            return tuple(self._pointers().get(form, ()))

    def mails(self, form: int, limit: int) -> list[int]:
        """The newest mails of a form."""
        filed = self._t.form_mail
        with self._db.session():
            rows = filed.select(filed.mail).where(filed.form == form).order_by(filed.mail.desc())
            return [row.mail for row in rows.limit(limit)]

    # -- a person's word

    def register(self, form: int) -> Feed:
        """The form is registered as a feed of its own; again where it was removed."""
        f, row = self._t.feed, self._t.form
        with self._db.transaction() as news:
            own = row.get(row.id == form)
            now = self._db.now()
            if own.feed is None:
                made = f.insert(kind="form", path=own.title, added_at=now).execute()
                row.update(feed=made).where(row.id == form).execute()
            else:
                made = own.feed
                f.update(removed_at=None).where(f.id == made).execute()
            news.append(AccountsChanged(at=now))
            return feed_of(f.get(f.id == made))

    def teach(self, form: int, pointers: Sequence[Pointer]) -> None:
        """What was taught before is replaced; mails that did not match it are no longer counted."""
        own, filed = self._t.form_pointer, self._t.form_mail
        with self._db.transaction() as news:
            own.delete().where(own.form == form).execute()
            for each in pointers:
                own.insert(
                    form=form, field=each.field.value, stand=each.stand.value, words=each.words,
                    until=each.until,
                ).execute()  # fmt: skip
            filed.update(lost=False).where(filed.form == form).execute()
            news.append(AccountsChanged(at=self._db.now()))

    # -- rows

    def _put(self, mail: int, form: int, *, names_page: bool, lost: bool) -> None:
        filed = self._t.form_mail
        filed.delete().where(filed.mail == mail).execute()
        filed.insert(mail=mail, form=form, names_page=names_page, lost=lost).execute()

    def _active_feeds(self) -> set[int]:
        f = self._t.feed
        return {row.id for row in f.select(f.id).where(f.kind == "form", f.removed_at.is_null())}

    def _pointers(self) -> dict[int, list[Pointer]]:
        found: dict[int, list[Pointer]] = {}
        for row in self._t.form_pointer.select().order_by(self._t.form_pointer.id):
            one = Pointer(Marked(row.field), Stand(row.stand), row.words, row.until)
            found.setdefault(row.form, []).append(one)
        return found

    def _counts(self) -> dict[int, tuple[int, int, int, int]]:
        """By form: mails, those that name a page, those in which what was taught is lost, the newest."""
        m = self._t.form_mail
        total = pw.fn.count(m.mail), pw.fn.sum(m.names_page), pw.fn.sum(m.lost), pw.fn.max(m.mail)
        rows: Any = m.select(m.form, *total).group_by(m.form).tuples()
        return {form: (mails, int(pages), int(lost), newest) for form, mails, pages, lost, newest in rows}


def _shape(row: FormRow) -> FormShape:
    return FormShape(row.sender, row.subject, tuple(row.labels))


def _view(
    row: FormRow, feeds: set[int], taught: Sequence[Pointer], counts: tuple[int, int, int, int] | None
) -> FormView:
    mails, pages, lost, newest = counts or (0, 0, 0, None)
    return FormView(
        form=row.id,
        title=row.title,
        sender=row.sender,
        mails=mails,
        naming_page=pages,
        feed=row.feed if row.feed in feeds else None,
        taught=tuple(taught),
        lost=lost,
        newest=newest,
    )

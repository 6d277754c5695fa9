"""What audits of the mailboxes' past found: the figures, and the list of those to be rescued."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from leaddesk.doors.store.database import Database
from leaddesk.doors.store.waiting import RESCUE_OPEN, owed
from leaddesk.words.audit import Audit, Familiar, Unanswered
from leaddesk.words.views import Review, SourceFigures

_TAKEN, _LET_GO, _CLOSED = "taken", "let-go", "closed"
_SPANS = ("median", "answered_median", "p90", "censored_median", "open_hours_median", "open_hours_p90")


class Audits:
    """One audit a mailbox, the newest; and its unanswered, each until somebody takes it or lets it go."""

    def __init__(self, database: Database) -> None:
        self._db = database
        self._t = database.tables

    # -- the audit

    def put(self, audit: Audit) -> None:
        """Takes the place of an older one. Of the unanswered, those that were taken or let go stay so."""
        rows = self._t.audit
        with self._db.transaction():
            rows.delete().where(rows.account == audit.account).execute()
            rows.insert(
                account=audit.account,
                started=audit.start,
                ended=audit.end,
                figures=_figures(audit.review),
                familiar=[[each.name, each.email, each.mails] for each in audit.familiar],
            ).execute()
            self._put_unanswered(audit)

    def _put_unanswered(self, audit: Audit) -> None:
        r = self._t.rescue
        r.delete().where(r.account == audit.account, r.state == RESCUE_OPEN).execute()
        for one in audit.unanswered:
            columns = dataclasses.asdict(one) | {"state": RESCUE_OPEN}
            del columns["id"]
            r.insert(**columns).on_conflict_ignore().execute()

    def get(self, account: int, email: str) -> Audit | None:
        """The audit of a mailbox, with those who are still unanswered."""
        rows = self._t.audit
        with self._db.session():
            row = rows.get_or_none(rows.account == account)
            if row is None:
                return None
            return Audit(
                account=account,
                email=email,
                start=row.started,
                end=row.ended,
                review=_review(row.figures),
                familiar=tuple(Familiar(*each) for each in row.familiar),
                unanswered=tuple(self.unanswered(account=account)),
            )

    # -- the rescue

    def unanswered(self, limit: int = 10_000, account: int | None = None) -> list[Unanswered]:
        """Those nobody has taken or let go, of mailboxes in use, the newest first."""
        query = owed(self._t).order_by(self._t.rescue.received_at.desc(), self._t.rescue.id)
        if account is not None:
            query = query.where(self._t.rescue.account == account)
        with self._db.session():
            return [_unanswered(row) for row in query.limit(limit)]

    def one(self, number: int) -> Unanswered | None:
        """None when it was taken or let go, or is not there."""
        with self._db.session():
            row = owed(self._t).where(self._t.rescue.id == number).first()
        return _unanswered(row) if row else None

    def acted(self, since: datetime) -> list[datetime]:
        """When somebody took one or let one go by itself, from `since` on."""
        r = self._t.rescue
        acted = r.select(r.acted_at).where(r.acted_at >= since, r.state.in_((_TAKEN, _LET_GO)))
        acted = acted.order_by(r.acted_at)
        with self._db.session():
            return [row.acted_at for row in acted]

    def taken(self, number: int, lead: int, at: datetime) -> None:
        """It is a lead now."""
        r = self._t.rescue
        with self._db.transaction():
            r.update(state=_TAKEN, acted_at=at, lead=lead).where(r.id == number).execute()

    def let_go(self, number: int, at: datetime) -> bool:
        """No response, and none to come; False where it was taken or let go before."""
        return self._end([number], _LET_GO, at) == 1

    def close(self, numbers: Iterable[int], at: datetime) -> int:
        """The same for many at once; returns how many were still there."""
        return self._end(numbers, _CLOSED, at)

    def bring_back(self, at: datetime) -> int:
        """Those that ended at that moment wait again; returns how many."""
        r = self._t.rescue
        with self._db.transaction():
            ended = r.state.in_((_LET_GO, _CLOSED))
            return int(r.update(state=RESCUE_OPEN, acted_at=None).where(ended, r.acted_at == at).execute())

    def _end(self, numbers: Iterable[int], state: str, at: datetime) -> int:
        r = self._t.rescue
        with self._db.transaction():
            return sum(
                r.update(state=state, acted_at=at).where(r.id == number, r.state == RESCUE_OPEN).execute()
                for number in numbers
            )


def _unanswered(row: Any) -> Unanswered:
    return Unanswered(**{field.name: getattr(row, field.name) for field in dataclasses.fields(Unanswered)})


def _figures(review: Review) -> dict[str, Any]:
    """A review as JSON, spans in microseconds."""
    told = dataclasses.asdict(review)
    for key in _SPANS:
        told[key] = _micros(told[key])
    told["by_source"] = [each | {"median": _micros(each["median"])} for each in told["by_source"]]
    return told


def _review(figures: Mapping[str, Any]) -> Review:
    told = dict(figures)
    for key in _SPANS:
        told[key] = _span(told[key])
    told["by_source"] = tuple(
        SourceFigures(**(each | {"median": _span(each["median"])})) for each in told["by_source"]
    )
    return Review(**told)


def _micros(span: timedelta | None) -> int | None:
    return None if span is None else span // timedelta(microseconds=1)


def _span(micros: int | None) -> timedelta | None:
    return None if micros is None else timedelta(microseconds=micros)

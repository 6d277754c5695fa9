"""Everybody of the tests: some three hundred invented leads, sorted and cut down in memory."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from leaddesk.words.all_leads import After, Listed, Only, Sort, SortBy, Tally, Window
from leaddesk.words.states import Outcome, Turn, What

if TYPE_CHECKING:
    from .fake_desk import FakeDesk

_EVERYBODY, _LATEST = Only(), Sort()
_SOURCES = ("Website: pricing page", "Phone", "Referral: Ann", "Google Ads: loft spring")
_OUTCOMES = (Outcome.OPEN, Outcome.OPEN, Outcome.WON, Outcome.LOST, Outcome.NO_RESPONSE)


class FakeAllLeads:
    """`rows` are everybody; `error` is raised while it is there."""

    def __init__(self, desk: FakeDesk) -> None:
        self.desk = desk
        self.error: Exception | None = None
        self.rows = [self._row(number) for number in range(1, 301)]

    def page(
        self, only: Only = _EVERYBODY, sort: Sort = _LATEST, after: After | None = None, limit: int = 100
    ) -> Window:
        self.desk.did("page", only, sort, after, limit)
        if self.error is not None:
            raise self.error
        rows = [row for row in self._fitting(only) if only.outcome in (None, row.outcome)]
        rows.sort(key=lambda row: (_value(row, sort.by), row.lead), reverse=sort.down)
        start = next((n + 1 for n, row in enumerate(rows) if after and row.lead == after.lead), 0)
        shown = rows[start : start + limit]
        more = After(_value(shown[-1], sort.by), shown[-1].lead) if rows[start + limit :] else None
        return Window(tuple(shown), more)

    def tally(self, only: Only = _EVERYBODY) -> Tally:
        self.desk.did("tally", only)
        fitting = self._fitting(only)
        counts = {each: sum(row.outcome is each for row in fitting) for each in Outcome}
        return Tally({each: count for each, count in counts.items() if count}, len(self.rows))

    def sources(self, limit: int = 40) -> tuple[tuple[str, int], ...]:
        self.desk.did("sources")
        return tuple((each, 75) for each in _SOURCES)[:limit]

    def _fitting(self, only: Only) -> list[Listed]:
        words = only.words.lower().split()
        return [
            row
            for row in self.rows
            if only.source in (None, row.source)
            and all(word in f"{row.name} {row.wants} {row.phone}".lower() for word in words)
        ]

    def _row(self, number: int) -> Listed:
        now, outcome = self.desk.clock.now(), _OUTCOMES[number % 5]
        wrote = now - timedelta(hours=7 * number, minutes=number)
        waits = outcome is Outcome.OPEN and number % 2 == 0
        return Listed(
            lead=number, name=f"Person {number:03}", company="Loft & Sons" if number % 3 == 0 else "",
            email=f"p{number}@example.org", phone=f"07700 900{number:03}", wants=f"Job {number} in the Loft",
            source=_SOURCES[number % 4], turn=Turn.OURS if waits else Turn.THEIRS,
            what=What.NEW if waits else What.REPLY, outcome=outcome,
            reason="price" if outcome is Outcome.LOST else "", since=wrote, wrote=wrote,
            replied_after=None if waits or number % 7 == 0 else timedelta(minutes=number % 200),
            touched=wrote + timedelta(hours=1),
        )  # fmt: skip


def _value(row: Listed, by: SortBy) -> int | str:
    longest = timedelta(days=9999)
    values: dict[SortBy, int | str] = {
        SortBy.NAME: row.name.casefold(),
        SortBy.SOURCE: row.source,
        SortBy.WROTE: round(row.wrote.timestamp()),
        SortBy.REPLY: round((row.replied_after or longest).total_seconds()),
        SortBy.TOUCH: round(row.touched.timestamp()),
        SortBy.STANDS: list(Outcome).index(row.outcome),
    }
    return values[by]

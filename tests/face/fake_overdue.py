"""What is overdue at the tests' desk: nothing, until a test says so."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from leaddesk.words.overdue import OverdueItem

if TYPE_CHECKING:
    from .fake_desk import FakeDesk


class FakeOverdue:
    """Writes down what became of it."""

    def __init__(self, desk: FakeDesk) -> None:
        self.desk = desk
        self.items: tuple[OverdueItem, ...] = ()
        self.away = False

    def was_away(self) -> bool:
        return self.away

    def show(self) -> tuple[OverdueItem, ...]:
        return self.items

    def send(self, item: OverdueItem) -> None:
        self.desk.did("send_overdue", item.lead)
        self._less([item])

    def plan_anew(self, items: Iterable[OverdueItem]) -> datetime | None:
        gone = list(items)
        self.desk.did("plan_anew", *(item.lead for item in gone))
        self._less(gone)
        return self.desk.clock.now() + timedelta(days=1)

    def drop(self, items: Iterable[OverdueItem]) -> int:
        gone = list(items)
        self.desk.did("drop_overdue", *(item.lead for item in gone))
        self._less(gone)
        return len(gone)

    def _less(self, gone: list[OverdueItem]) -> None:
        self.items = tuple(item for item in self.items if item not in gone)

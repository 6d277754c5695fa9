"""A mailbox's past as the face asks for it; empty until a test fills it with a rehearsed one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from leaddesk.words.audit import Audit, Progress, Step
from leaddesk.words.errors import LeadDeskError
from leaddesk_ui.day_one.rehearsal import REVIEW, an_audit

if TYPE_CHECKING:
    from .fake_desk import FakeDesk

NOW = datetime(2026, 6, 8, 9, 43, 20, tzinfo=UTC)
NOBODY = replace(
    REVIEW, enquiries=0, answered=0, never=0, median=None, answered_median=None, p90=None, within_5min=0,
    within_30min=0, within_1h=0, within_24h=0,
)  # fmt: skip


class FakeAudit:
    """`found` is what a reading comes to; `failure` is raised instead."""

    def __init__(self, desk: FakeDesk) -> None:
        self._desk = desk
        self.kept: Audit | None = None
        self.found = an_audit(NOBODY, 0, NOW)
        self.failure: LeadDeskError | None = None
        self.until_cancelled = False

    def run(
        self,
        account: int,
        days: int = 90,
        told: Callable[[Progress], None] = lambda progress: None,
        is_cancelled: Callable[[], bool] = lambda: False,
    ) -> Audit | None:
        self._desk.did("audit", account, days)
        told(Progress(Step.INBOX, 1250, 4300))
        while self.until_cancelled and not is_cancelled():
            continue
        if is_cancelled():
            return None
        if self.failure is not None:
            raise self.failure
        self.kept = self.found
        return self.found

    def last(self, account: int) -> Audit | None:
        return self.kept


class FakeRescue:
    """Takes from the offers of the fake queue."""

    def __init__(self, desk: FakeDesk) -> None:
        self._desk = desk

    def take(self, number: int) -> int:
        self._desk.did("take", number)
        self._without(number)
        return 2

    def let_go(self, number: int) -> datetime:
        self._desk.did("let_go", number)
        self._without(number)
        return NOW

    def close_the_rest(self) -> tuple[int, datetime]:
        self._desk.did("close_the_rest")
        queue = self._desk.queue
        rest, queue.rescue_total = queue.rescue_total - len(queue.offers), len(queue.offers)
        return rest, NOW

    def bring_back(self, moment: datetime) -> int:
        self._desk.did("bring_back", moment)
        return 1

    def _without(self, number: int) -> None:
        queue = self._desk.queue
        queue.offers = tuple(offer for offer in queue.offers if offer.rescue != number)
        queue.rescue_total -= 1

"""A mailbox's past as values, for the face's tests and pictures; empty until a test fills it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from leaddesk.words.audit import Audit, Familiar, Progress, Step, Unanswered
from leaddesk.words.errors import LeadDeskError
from leaddesk.words.queue import RescueOffer
from leaddesk.words.views import Review

if TYPE_CHECKING:
    from .fake_desk import FakeDesk

_NOW = datetime(2026, 6, 8, 9, 43, 20, tzinfo=UTC)
NOBODY = Review(
    enquiries=0, answered=0, never=0, waiting=0, median=None, answered_median=None, p90=None,
    censored_median=None, within_5min=0, within_30min=0, within_1h=0, within_24h=0, open_hours_median=None,
    open_hours_p90=None, by_source=(),
)  # fmt: skip
REVIEW = replace(
    NOBODY, enquiries=214, answered=173, never=41, median=timedelta(hours=5, minutes=40),
    within_5min=9, within_30min=43, within_1h=69, within_24h=140,
)  # fmt: skip
_ASKED = (
    (
        4,
        "Oliver Grant",
        "Website: contact form",
        "Two dormers, and a staircase to match. What would that cost?",
    ),
    (9, "Sofia Marchetti", "Portal: Builders", "Vorrei un preventivo per un abbaino, casa a Clifton"),
    (16, "Dale & Sons", "Email to info@hillside-lofts.example", "Are you free to look at a roof in June?"),
)


def offers() -> tuple[RescueOffer, ...]:
    return tuple(
        RescueOffer(
            rescue=number,
            name=name,
            email=None,
            since=_NOW - timedelta(days=days),
            source=source,
            wants=wants,
            why=f"Asked {days} days ago, never answered",
        )
        for number, (days, name, source, wants) in enumerate(_ASKED, 1)
    )


def unanswered(offer: RescueOffer) -> Unanswered:
    return Unanswered(
        id=offer.rescue, account=1, folder="INBOX", uidvalidity=1, uid=offer.rescue, message_id=None,
        received_at=offer.since, name=offer.name, email=None, phone=None, subject="", wants=offer.wants,
        source=offer.source,
    )  # fmt: skip


def an_audit(review: Review = REVIEW) -> Audit:
    one = unanswered(offers()[0])
    return Audit(
        account=1,
        email="info@hillside-lofts.example",
        start=_NOW - timedelta(days=90),
        end=_NOW,
        review=review,
        familiar=(
            Familiar("Mum", "mum@home.example", 48),
            Familiar("Harbour Timber", "o@harbour.example", 31),
        ),
        unanswered=(one,) * 41 if review.never else (),
    )


class FakeAudit:
    """`found` is what a reading comes to; `failure` is raised instead."""

    def __init__(self, desk: FakeDesk) -> None:
        self._desk = desk
        self.kept: Audit | None = None
        self.found = an_audit(NOBODY)
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
        return _NOW

    def close_the_rest(self) -> tuple[int, datetime]:
        self._desk.did("close_the_rest")
        queue = self._desk.queue
        rest, queue.rescue_total = queue.rescue_total - len(queue.offers), len(queue.offers)
        return rest, _NOW

    def bring_back(self, moment: datetime) -> int:
        self._desk.did("bring_back", moment)
        return 1

    def _without(self, number: int) -> None:
        queue = self._desk.queue
        queue.offers = tuple(offer for offer in queue.offers if offer.rescue != number)
        queue.rescue_total -= 1

"""Day one as the pictures show it: an invented past."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from leaddesk.words.audit import Audit, Familiar, Progress, Step, Unanswered
from leaddesk.words.queue import QueueView, RescueOffer
from leaddesk.words.views import Review

from .page import DayOnePage

_ASKED = (
    (
        4,
        "Oliver Grant",
        "Website: contact form",
        "Two dormers, and a staircase to match. What would that cost?",
    ),
    (9, "Sofia Marchetti", "Checkatrade", "Vorrei un preventivo per un abbaino, casa a Clifton"),
    (
        16,
        "Dale & Sons",
        "Referral: bath-roofs.example",
        "Are you free to look at a roof in Keynsham in June?",
    ),
)
REVIEW = Review(
    enquiries=214, answered=173, never=41, waiting=0, median=timedelta(hours=5, minutes=40),
    answered_median=timedelta(hours=3), p90=timedelta(days=2), censored_median=None, within_5min=9,
    within_30min=43, within_1h=69, within_24h=140, open_hours_median=None, open_hours_p90=None, by_source=(),
)  # fmt: skip
_FEW = replace(
    REVIEW, enquiries=7, answered=3, never=3, waiting=1, median=None, within_5min=1, within_30min=1,
    within_1h=1, within_24h=2,
)  # fmt: skip


def many(page: DayOnePage, view: QueueView, now: datetime) -> None:
    """A long past: 41 people whom nobody answered."""
    page.show_audit(an_audit(REVIEW, 41, now), offering(view, now, 41))


def few(page: DayOnePage, view: QueueView, now: datetime) -> None:
    """A short one, in which more than half were not answered."""
    page.show_audit(an_audit(_FEW, 3, now), offering(view, now, 3))


def reading(page: DayOnePage, view: QueueView, now: datetime) -> None:
    """While it is read."""
    page.show_progress(Progress(Step.INBOX, 3250, 8790))


def failing(page: DayOnePage, view: QueueView, now: datetime) -> None:
    """The server does not answer."""
    page.show_failure("mail.example.com does not answer.", "Your mail is safe there. Look at the connection.")


def an_audit(review: Review, never: int, now: datetime) -> Audit:
    """The 90 days before `now`, with `never` people whom nobody answered."""
    one = Unanswered(
        account=1, folder="INBOX", uidvalidity=1, uid=1, message_id=None, received_at=now, name="Oliver",
        email=None, phone=None, subject="", wants="", source="",
    )  # fmt: skip
    return Audit(
        account=1,
        email="info@hillside-lofts.example.com",
        start=now - timedelta(days=90),
        end=now,
        review=review,
        familiar=(
            Familiar("Mum", "mum@home.example.com", 48),
            Familiar("Harbour Timber", "orders@harbour-timber.example.com", 31),
            Familiar("Lena Fischer", "lena@fischer.example.com", 17),
        ),
        unanswered=(one,) * never,
    )


def offers(now: datetime) -> tuple[RescueOffer, ...]:
    """Three of the past who can still be won."""
    return tuple(
        RescueOffer(
            rescue=number,
            name=name,
            email=None,
            since=now - timedelta(days=days),
            source=source,
            wants=wants,
            why=f"Asked {days} days ago, never answered",
        )
        for number, (days, name, source, wants) in enumerate(_ASKED, 1)
    )


def offering(view: QueueView, now: datetime, total: int) -> QueueView:
    """The queue with three offers of the past."""
    return replace(view, rescue=offers(now), rescue_total=total)

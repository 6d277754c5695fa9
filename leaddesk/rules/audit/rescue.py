"""Rescue: old enquiries that nobody answered, three a day, so that the queue is not buried."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, tzinfo

from leaddesk.words.audit import Unanswered
from leaddesk.words.queue import RescueOffer

A_DAY = 3


def left_today(acted: Sequence[datetime], now: datetime, zone: tzinfo) -> int:
    """How many may still be offered today: those that were taken or let go since midnight count."""
    today = now.astimezone(zone).date()
    return max(0, A_DAY - sum(at.astimezone(zone).date() == today for at in acted))


def offer(one: Unanswered, now: datetime, zone: tzinfo) -> RescueOffer:
    """The row that is shown, with the reason why."""
    return RescueOffer(
        rescue=one.id,
        name=one.name,
        email=one.email,
        since=one.received_at,
        source=one.source,
        wants=one.wants,
        why=why(one, now, zone),
    )


def why(one: Unanswered, now: datetime, zone: tzinfo) -> str:
    """How long ago they asked, in local days, and how they can be reached beside mail."""
    days = (now.astimezone(zone).date() - one.received_at.astimezone(zone).date()).days
    asked = "Asked yesterday" if days == 1 else f"Asked {max(days, 0)} days ago"
    return f"{asked}, never answered{'; left a phone number' if one.phone else ''}"

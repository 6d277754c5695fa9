"""What has made a waiting holding message wrong: asked inside the claim, so that a committed stop wins."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from leaddesk.doors.store.tables import Tables
from leaddesk.rules.holding.may import no_more
from leaddesk.words.lead import Direction
from leaddesk.words.outgoing import OutgoingKind, OutgoingState
from leaddesk.words.settings import HOLDING_ON
from leaddesk.words.states import Standing

_NO_LONGER = (OutgoingState.DRAFT.value, OutgoingState.CANCELLED.value)


def stop(t: Tables, outgoing: Any, leads: Sequence[int], now: datetime) -> str | None:
    """Why the holding message in this row must not go out (any more), or None. `leads` are read as one."""
    enquiry = t.enquiry.get_or_none(t.enquiry.id == outgoing.enquiry)
    if enquiry is None:
        return "Its enquiry is gone."
    asks: tuple[Callable[[], str | None], ...] = (
        lambda: None if _is_on(t) else "The holding message was switched off.",
        lambda: _settled(enquiry),
        lambda: "A person was quicker." if _is_being_answered(t, leads, enquiry) else None,
        lambda: "It was confirmed from elsewhere." if _is_confirmed(t, leads, enquiry) else None,
        lambda: "Another LeadDesk answers for this mailbox." if other_desk(t, outgoing.account) else None,
        lambda: no_more(received_at=enquiry.received_at, promised_at=enquiry.promised_at, now=now),
    )
    return next((why for ask in asks if (why := ask())), None)


def other_desk(t: Tables, account: int) -> datetime | None:
    """When another desk wrote from this mailbox last, which nobody has said to be over."""
    other = t.other_desk
    row = other.select().where(other.account == account, other.settled_at.is_null())
    newest = row.order_by(other.seen_at.desc()).first()
    return newest.seen_at if newest else None


def _is_on(t: Tables) -> bool:
    row = t.setting.get_or_none(t.setting.desk == "", t.setting.key == HOLDING_ON.key)
    return row is not None and HOLDING_ON.parse(row.value)


def _settled(enquiry: Any) -> str | None:
    if enquiry.standing == Standing.ANSWERED.value:
        return "A person was quicker."
    return None if enquiry.standing == Standing.WAITING.value else "The enquiry does not wait any more."


def _is_being_answered(t: Tables, leads: Sequence[int], enquiry: Any) -> bool:
    """A person approved an answer since; it may still be on its way."""
    o = t.outgoing
    query = o.select(o.id).where(
        o.lead.in_(list(leads)),
        o.kind == OutgoingKind.REPLY.value,
        o.state.not_in(_NO_LONGER),
        o.approved_at >= enquiry.received_at,
    )
    return bool(query.exists())


def _is_confirmed(t: Tables, leads: Sequence[int], enquiry: Any) -> bool:
    """The website, or a program at the provider, has told them already."""
    e = t.entry
    query = e.select(e.id).where(
        e.lead.in_(list(leads)),
        e.direction == Direction.OUT.value,
        e.automatic == True,  # noqa: E712 - a column, not a truth
        e.mail.is_null(False),
        e.at >= enquiry.received_at,
    )
    return bool(query.exists())

"""How a lead is rung or written to from a phone: the links, and what is said before one does.

Nothing here is a wall: whoever rings knows more than the rule, and every warning can be passed over.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING

from leaddesk.rules.cadence.landing import DECENT
from leaddesk.rules.cadence.ways import MOST_VOICEMAILS, is_mobile, zones_of
from leaddesk.rules.reach import may_reach
from leaddesk.words.lead import Channel, Direction, Reached
from leaddesk.words.views import LeadView, TimelineItem

if TYPE_CHECKING:
    from phonenumbers import PhoneNumber

_HOURS = f"from {DECENT.start // 60}:00 to {DECENT.end // 60}:00"
_UNSURE = "This is no number that could be dialled in any country LeadDesk knows of. Copy it to try by hand."
_TEXT_FIRST = "You have not been in contact yet. Ring first: a text before that makes a talk less likely."


@dataclass(frozen=True, slots=True, kw_only=True)
class Reaching:
    """What the call sheet offers. A link is empty where that way is not offered."""

    number: str
    """As people read it; empty where none is known."""
    tel: str = ""
    sms: str = ""
    whatsapp: str = ""
    says: str = ""
    """The time where they are, or why no call is offered."""
    offers_call: bool = False
    """False out of hours and after a wish: the link is there, nobody is led to it."""
    before_text: str = ""
    no_text: str = ""
    """Their wish, where they asked for no texts."""
    before_voicemail: str = ""


def reaching(view: LeadView, now: datetime, own: tzinfo, region: str = "") -> Reaching:
    """The ways to a lead's first number. `own` is the firm's zone, `region` its country's two letters or "".

    The region is only for numbers that name no country: they are dialled as they are, and have no WhatsApp.
    """
    phone = view.phones[0] if view.phones else ""
    found = _possible(phone, region)
    if found is None:
        return Reaching(number=phone, says=_UNSURE if phone else "")
    world = _written(found)
    dialled = world if phone.startswith("+") else "".join(filter(str.isdigit, phone))
    may_text = is_mobile(world) and may_reach(view.opt_outs, Channel.TEXT).may
    may_chat = is_mobile(world) and may_reach(view.opt_outs, Channel.WHATSAPP).may
    says, offers_call = _about_a_call(view, [now.astimezone(zone) for zone in zones_of((world,), own)])
    return Reaching(
        number=_spaced(found) if phone.startswith("+") else phone,
        tel=f"tel:{dialled}",
        sms=f"sms:{dialled}" if may_text else "",
        whatsapp=f"https://wa.me/{world[1:]}" if may_chat and dialled == world else "",
        says=says,
        offers_call=offers_call,
        no_text=may_reach(view.opt_outs, Channel.TEXT).why,
        before_text=_TEXT_FIRST if not any(map(_is_contact, view.timeline)) else "",
        before_voicemail=_voicemail_words(view),
    )


def spaced(phone: str) -> str:
    """A number as people read it; one that names no country, or that nobody can ring, as it was given.

    >>> spaced("+447700900123"), spaced("07700900123")
    ('+44 7700 900123', '07700900123')
    """
    found = _possible(phone, "") if phone.startswith("+") else None
    return _spaced(found) if found is not None else phone


def _about_a_call(view: LeadView, there: Sequence[datetime]) -> tuple[str, bool]:
    """`there` is the time in each zone in which they may be."""
    wish = may_reach(view.opt_outs, Channel.CALL)
    if not wish.may:
        return wish.why, False
    is_decent = all(DECENT.start <= each.hour * 60 + each.minute < DECENT.end for each in there)
    if is_decent:
        return f"{_clocks(there)}; calls are offered {_HOURS}.", True
    return f"{_clocks(there)}. Calls are offered {_HOURS}, unless they asked for one now.", False


def _clocks(there: Sequence[datetime]) -> str:
    ends = sorted(there, key=lambda each: each.replace(tzinfo=None))
    first, last = (f"{each.hour}:{each.minute:02}" for each in (ends[0], ends[-1]))
    if first == last:
        return f"It is {first} where they are"
    return f"It is between {first} and {last} where they may be"


def _is_contact(item: TimelineItem) -> bool:
    """You spoke, or they answered; an enquiry alone is none."""
    if item.direction is Direction.IN:
        return item.enquiry is None and not item.automatic
    return item.direction is Direction.OUT and item.outcome is Reached.REACHED


def _voicemail_words(view: LeadView) -> str:
    left = sum(i.outcome is Reached.VOICEMAIL and i.direction is Direction.OUT for i in view.timeline)
    if left < MOST_VOICEMAILS:
        return ""
    return f"You left {left} already; {MOST_VOICEMAILS} are enough. Better ring off and write."


def _possible(phone: str, region: str) -> PhoneNumber | None:
    import phonenumbers  # noqa: PLC0415 - its tables take a while to load

    try:
        found = phonenumbers.parse(phone, region or None)
    except phonenumbers.NumberParseException:
        return None
    return found if phonenumbers.is_possible_number(found) else None


def _written(number: PhoneNumber) -> str:
    import phonenumbers  # noqa: PLC0415 - its tables take a while to load

    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


def _spaced(number: PhoneNumber) -> str:
    import phonenumbers  # noqa: PLC0415 - its tables take a while to load

    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL))

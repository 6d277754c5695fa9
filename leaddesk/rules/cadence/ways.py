"""Which ways reach a lead, and which one a step takes where the planned one does not.

The limits in all are FAULTS section 4's and the field's: more tries bring no more talks, only complaints.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

from leaddesk.rules.cadence.progress import Progress, way_of
from leaddesk.words.cadence import Step
from leaddesk.words.due import Way
from leaddesk.words.lead import Person, Reached, Touch

MOST_ATTEMPTS = 6
MOST_MAILS = 5
MOST_VOICEMAILS = 2
_DAYS = (datetime(2026, 1, 15, tzinfo=UTC), datetime(2026, 7, 15, tzinfo=UTC))
"""A day of winter and one of summer: by them zones are told apart."""
_ORDER = (Way.EMAIL, Way.CALL, Way.TEXT, Way.WHATSAPP)


@dataclass(frozen=True, slots=True)
class Tries:
    """What was tried since they said something last, the first reply included."""

    attempts: int
    mails: int
    voicemails: int

    @classmethod
    def of(cls, touches: Iterable[Touch]) -> Tries:
        made = list(touches)
        return cls(
            attempts=len(made),
            mails=sum(way_of(t) is Way.EMAIL for t in made),
            voicemails=sum(t.outcome is Reached.VOICEMAIL for t in made),
        )

    def allow(self, way: Way) -> bool:
        """Is there room for one more try this way?"""
        if self.attempts >= MOST_ATTEMPTS:
            return False
        if way is Way.EMAIL:
            return self.mails < MOST_MAILS
        return way is not Way.CALL or self.voicemails < MOST_VOICEMAILS


def open_ways(person: Person, progress: Progress, closed: frozenset[Way] = frozenset()) -> frozenset[Way]:
    """What reaches them: known, not bounced or wrong, and not `closed` (what they asked us to leave)."""
    ways: set[Way] = set()
    if any(email.lower() not in progress.bounced for email in person.emails):
        ways.add(Way.EMAIL)
    if len(person.phones) > progress.wrong_numbers:
        ways.add(Way.CALL)
        if any(map(is_mobile, person.phones)):
            ways |= {Way.TEXT, Way.WHATSAPP}
    return frozenset(ways - closed)


def choose(asked: Way, ways: frozenset[Way], tries: Tries, preferred: Way | None = None) -> Way | None:
    """The way that a step takes: as asked, else the one they answered on, else the next that is known.

    None where none is left: the step is passed over. Tasks and decisions need no way.
    """
    if not asked.is_touch:
        return asked
    wishes = [asked, *([preferred] if preferred else []), *_ORDER]
    return next((way for way in wishes if way in ways and tries.allow(way)), None)


def in_their_order(steps: Sequence[Step], answered_by: Way | None, ways: frozenset[Way]) -> list[Way]:
    """The ways of the steps; the one on which they answered goes first, the others keep their order."""
    asked = [step.way for step in steps]
    touching = [place for place, way in enumerate(asked) if way.is_touch]
    if answered_by is None or answered_by not in ways or not touching:
        return asked
    order = [asked[place] for place in touching]
    if answered_by in order:
        order.remove(answered_by)
    else:
        order.pop()
    for place, way in zip(touching, [answered_by, *order], strict=True):
        asked[place] = way
    return asked


@lru_cache(maxsize=4096)
def is_mobile(phone: str) -> bool:
    """True where a text may arrive: a mobile's number, or one of a country that does not tell them apart."""
    import phonenumbers  # noqa: PLC0415 - its tables take a while to load

    try:
        kind = phonenumbers.number_type(phonenumbers.parse(phone, None))
    except phonenumbers.NumberParseException:
        return False
    return kind in (
        phonenumbers.PhoneNumberType.MOBILE,
        phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE,
        phonenumbers.PhoneNumberType.UNKNOWN,  # possible, yet of no range: new numbers, and those of fiction
    )


@lru_cache(maxsize=4096)
def zones_of(phones: tuple[str, ...], own: tzinfo) -> tuple[tzinfo, ...]:
    """Where the lead may be, by its first number that names a country: a telephone sounds when it is a decent
    hour in all of them. The firm's own zone where it is among them, or where nothing tells.
    """
    first = next((phone for phone in phones if phone.startswith("+")), None)
    if first is None:
        return (own,)
    import phonenumbers  # noqa: PLC0415 - its tables take a while to load
    from phonenumbers.timezone import UNKNOWN_TIMEZONE, time_zones_for_number  # noqa: PLC0415

    try:
        names = time_zones_for_number(phonenumbers.parse(first, None))
    except phonenumbers.NumberParseException:
        return (own,)
    if not names or names[0] == UNKNOWN_TIMEZONE or getattr(own, "key", None) in names:
        return (own,)
    return _outermost(zone for name in names if (zone := _zone(name)) is not None) or (own,)


def _zone(name: str) -> tzinfo | None:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return None


def _outermost(zones: Iterable[tzinfo]) -> tuple[tzinfo, ...]:
    """The first and the last that see the sun, in winter and in summer: the others lie between them."""
    found = list(zones)
    ends = [end for day in _DAYS for end in _ends(found, day)] if found else []
    return tuple({(zone.utcoffset(_DAYS[0]), zone.utcoffset(_DAYS[1])): zone for zone in ends}.values())


def _ends(zones: list[tzinfo], day: datetime) -> tuple[tzinfo, tzinfo]:
    by_offset = sorted(zones, key=lambda zone: zone.utcoffset(day) or timedelta())
    return by_offset[-1], by_offset[0]

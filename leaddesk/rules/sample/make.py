"""Sample leads without end: the hand-written first ones, then mixed ones, back through the years."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from random import Random

from leaddesk.rules.sample.first import first_lead
from leaddesk.rules.sample.lead import SampleLead
from leaddesk.rules.sample.story import Story
from leaddesk.rules.sample.texts import SampleTexts, Voice, pick
from leaddesk.words.lead import Channel, Enquiry, Person, Source

_A_DAY = 9
"""Enquiries a day of a busy small firm."""
_DAYS = (30, 2200)
"""The shortest and the longest past; more leads than fit make the days busier."""
_NEWEST = 120
"""Seconds: a mixed lead is at least so old."""
_MAIL_HOSTS = ("example.com", "example.net", "example.org")
_CALL, _VISIT, _FORM, _EMAIL = Channel.CALL, Channel.VISIT, Channel.FORM, Channel.EMAIL
_SECOND = timedelta(seconds=1)


def make(texts: SampleTexts, count: int, seed: int, now: datetime) -> Iterator[SampleLead]:
    """`count` leads, one by one, the same for the same seed and time; a million costs no memory.

    `now` is aware; snoozes of the first leads end in the morning of its own zone.
    """
    for row in itertools.islice(texts.first, count):
        yield first_lead(row, texts, now)
    mixed = count - len(texts.first)
    if mixed > 0:
        yield from _mixed(texts, mixed, Random(seed).random, now.astimezone(UTC))  # noqa: S311 - no secrets


def _mixed(
    texts: SampleTexts, count: int, chance: Callable[[], float], now: datetime
) -> Iterator[SampleLead]:
    seconds_apart = min(max(count / _A_DAY, _DAYS[0]), _DAYS[1]) * 86_400 / count
    for number in range(count):
        age = timedelta(0, _NEWEST + int(seconds_apart * (number + chance())))
        yield _lead(texts, number, _waking_hour(now - age, chance), now, chance)


def _lead(
    texts: SampleTexts, number: int, received_at: datetime, now: datetime, chance: Callable[[], float]
) -> SampleLead:
    voice = pick(texts.voices, chance())
    channel, source = _way_in(texts, chance)
    first_name, person = _person(voice, channel, number, chance)
    enquiry = _enquiry(voice, person.name, channel, source, received_at, chance)
    story = Story(texts.desk, voice, first_name, now, chance)
    story.tell(enquiry)
    return SampleLead(person, source, tuple(story.enquiries), tuple(story.entries))


def _waking_hour(at: datetime, chance: Callable[[], float]) -> datetime:
    """Few people write at night: most of those would have written the evening before."""
    if at.hour < 6 and chance() < 0.9:
        return at - timedelta(hours=8)
    return at


def _way_in(texts: SampleTexts, chance: Callable[[], float]) -> tuple[Channel, Source]:
    way = chance()
    if way < 0.12:
        return _CALL, texts.sources["phone"]
    if way < 0.15:
        return _VISIT, texts.sources["walk-in"]
    source = pick(texts.source_wheel, chance())
    return (_FORM if "form" in source.evidence else _EMAIL), source


def _person(voice: Voice, channel: Channel, number: int, chance: Callable[[], float]) -> tuple[str, Person]:
    """The first name, and who they are. The number keeps two people of one name apart."""
    first, last = pick(voice.first, chance()), pick(voice.last, chance())
    first_name, last_name = first.written, last.written
    name = f"{last_name} {first_name}" if voice.family_first else f"{first_name} {last_name}"
    spoken = channel is _CALL or channel is _VISIT
    emails: tuple[str, ...] = ()
    if not spoken or chance() < 0.6:
        emails = (f"{first.ascii}.{last.ascii}{number + 1}@{pick(_MAIL_HOSTS, chance())}",)
    phones: tuple[str, ...] = ()
    if voice.phones and (spoken or chance() < 0.5):
        phone = pick(voice.phones, chance())
        phones = (f"{phone.start}{int(chance() * 10**phone.digits):0{phone.digits}}",)
    return first_name, Person(name=name, emails=emails, phones=phones)


def _enquiry(
    voice: Voice,
    name: str,
    channel: Channel,
    source: Source,
    received_at: datetime,
    chance: Callable[[], float],
) -> Enquiry:
    ask, closing = pick(voice.asks, chance()), pick(voice.closings, chance())
    is_form = channel is _FORM
    return Enquiry(
        id=1,
        lead=0,
        channel=channel,
        received_at=received_at,
        submitted_at=received_at - 2 * _SECOND if is_form else None,
        seen_at=received_at + _SECOND,
        message=f"{ask.message} {closing}\n\n{name}" if closing else f"{ask.message}\n\n{name}",
        subject=ask.subject,
        fields={"Service": ask.trade} if is_form else {},
        source=source,
    )

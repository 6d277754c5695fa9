"""The first thirty sample leads, which are written by hand: what the demo's window shows."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from leaddesk.rules.sample.lead import SampleLead, SampleMail
from leaddesk.rules.sample.texts import SampleTexts
from leaddesk.words.lead import (
    Channel,
    Decision,
    Direction,
    Enquiry,
    Entry,
    How,
    Outcome,
    Person,
    Reached,
    Source,
    Touch,
    Verb,
)

_PART = re.compile(r"(\d+)([dhms])")
_UNITS = {"d": "days", "h": "hours", "m": "minutes", "s": "seconds"}
_UNTIL = re.compile(r"(?:tomorrow|(\d+) days) (\d+):(\d\d)")


def first_lead(row: Mapping[str, Any], texts: SampleTexts, now: datetime) -> SampleLead:
    """The lead of one row of first.toml, with its times counted back from `now`."""
    asked = [row, *([row["again"]] if "again" in row else [])]
    enquiries = tuple(_enquiry(number, ask, texts, now) for number, ask in enumerate(asked, 1))
    entries: list[Entry] = [_opening(enquiry) for enquiry in enquiries]
    entries += [_entry(step, now) for step in row.get("record", ())]
    return SampleLead(
        person=_person(row),
        source=enquiries[0].source,
        enquiries=enquiries,
        record=_numbered(entries),
    )


def known(texts: SampleTexts, now: datetime) -> tuple[SampleMail, ...]:
    """Mails of people whom the firm wrote to before and who asked for nothing, the newest first."""
    return tuple(
        SampleMail(row["name"], row["email"], row["subject"], row["message"], now - duration(row["ago"]))
        for row in texts.known
    )


def duration(text: str) -> timedelta:
    """The time that words such as 2d3h or 4m51s tell.

    >>> duration("1h30m")
    datetime.timedelta(seconds=5400)
    """
    parts = _PART.findall(text)
    if "".join(number + unit for number, unit in parts) != text or not parts:
        raise ValueError(f"{text!r} is no duration")
    return timedelta(**{_UNITS[unit]: int(number) for number, unit in parts})


def _person(row: Mapping[str, Any]) -> Person:
    return Person(
        name=row["name"],
        company=row.get("company", ""),
        emails=(row["email"],) if "email" in row else (),
        phones=(row["phone"],) if "phone" in row else (),
    )


def _enquiry(number: int, row: Mapping[str, Any], texts: SampleTexts, now: datetime) -> Enquiry:
    received = now - duration(row["ago"])
    source: Source = texts.sources[row["source"]]
    channel = Channel(row["channel"])
    return Enquiry(
        id=number,
        lead=0,
        channel=channel,
        received_at=received,
        submitted_at=received - timedelta(seconds=2) if channel is Channel.FORM else None,
        seen_at=received + timedelta(seconds=1),
        message=row["message"].strip(),
        subject=row["subject"],
        fields=dict(row.get("fields", {})),
        source=source,
    )


def _opening(enquiry: Enquiry) -> Touch:
    return Touch(
        lead=0,
        at=enquiry.received_at,
        direction=Direction.IN,
        channel=enquiry.channel,
        how=How.ENTERED if enquiry.channel in (Channel.CALL, Channel.VISIT) else How.MEASURED,
        text=enquiry.message,
        enquiry=enquiry.id,
    )


def _entry(step: Mapping[str, Any], now: datetime) -> Entry:
    at, by = now - duration(step["ago"]), step.get("by")
    if "call" in step:
        return _touch(step, at, Direction.OUT, Channel.CALL, Reached(step["call"]))
    if "out" in step:
        return _touch(step, at, Direction.OUT, Channel(step["out"]), Reached.SENT)
    if "in" in step:
        return _touch(step, at, Direction.IN, Channel(step["in"]), None)
    if "close" in step:
        outcome = Outcome(step["close"])
        return Decision(lead=0, at=at, by=by, verb=Verb.CLOSED, outcome=outcome, reason=step["reason"])
    if "snooze" in step:
        until = _until(step["snooze"], now)
        return Decision(lead=0, at=at, by=by, verb=Verb.SNOOZED, until=until, reason=step["reason"])
    return Decision(lead=0, at=at, by=by, verb=Verb.NOTED, reason=step["note"])


def _touch(
    step: Mapping[str, Any], at: datetime, direction: Direction, channel: Channel, outcome: Reached | None
) -> Touch:
    return Touch(
        lead=0,
        at=at,
        by=step.get("by"),
        direction=direction,
        channel=channel,
        outcome=outcome,
        how=How.ENTERED if channel is Channel.CALL else How.MEASURED,
        text=step["text"],
    )


def _until(words: str, now: datetime) -> datetime:
    """A time of a coming day, in the zone that `now` is in."""
    found = _UNTIL.fullmatch(words)
    if found is None:
        raise ValueError(f"{words!r} is no time to wake at")
    days, hour, minute = found.groups()
    day = now + timedelta(days=int(days or 1))
    return day.replace(hour=int(hour), minute=int(minute), second=0, microsecond=0).astimezone(UTC)


def _numbered(entries: list[Entry]) -> tuple[Entry, ...]:
    ordered = sorted(entries, key=lambda entry: entry.at)
    return tuple(replace(entry, id=number) for number, entry in enumerate(ordered, 1))

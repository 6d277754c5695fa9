"""A Reading as JSON and back, for the pipe to the reader child."""

from __future__ import annotations

import dataclasses
import json
from datetime import date, datetime
from typing import Any

from leaddesk.words.mail import Acknowledge, Attachment, Known, MailKind, MailSource, Reading

_TUPLES = ("why", "to", "references", "about")
_TIMES = ("sent_at", "submitted_at")


def to_json(reading: Reading) -> str:
    """The reading as one JSON object."""
    return json.dumps(dataclasses.asdict(reading), default=_plain, ensure_ascii=False)


def _plain(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(type(value).__name__)


def from_json(text: str) -> Reading:
    """The reading of `to_json`. Raises ValueError, KeyError or TypeError for anything else."""
    data: dict[str, Any] = json.loads(text)
    for key in _TUPLES:
        data[key] = tuple(data[key])
    for key in _TIMES:
        data[key] = datetime.fromisoformat(data[key]) if data[key] else None
    data["return_date"] = date.fromisoformat(data["return_date"]) if data["return_date"] else None
    data["kind"] = MailKind(data["kind"])
    data["attachments"] = tuple(Attachment(**each) for each in data["attachments"])
    journey = tuple(data["source"].pop("journey", ()))
    data["source"] = MailSource(**data["source"], journey=journey)
    data["acknowledge"] = Acknowledge(**data["acknowledge"]) if data["acknowledge"] else None
    return Reading(**data)


def known_to_json(known: Known) -> str:
    """What we know, as one JSON object."""
    return json.dumps({key: sorted(value) for key, value in dataclasses.asdict(known).items()})


def known_from_json(text: str) -> Known:
    """The Known of `known_to_json`."""
    return Known(**{key: frozenset(value) for key, value in json.loads(text).items()})

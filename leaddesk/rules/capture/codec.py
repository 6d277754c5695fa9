"""A Reading as JSON and back, for the pipe to the reader child."""

from __future__ import annotations

import dataclasses
import json
from datetime import date, datetime
from typing import Any

from leaddesk.words.countries import Country
from leaddesk.words.forms import FormShape, KnownForm, Marked, Pointer, Stand
from leaddesk.words.mail import Acknowledge, Attachment, Known, MailKind, MailSource, Reading
from leaddesk.words.teaching import Learned, Taught, Trait

_TUPLES = ("why", "to", "references", "about", "lost")
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
    data["taught"] = Taught(data["taught"]) if data["taught"] else None
    data["read_as"] = MailKind(data["read_as"]) if data["read_as"] else None
    data["shape"] = _shape(data["shape"]) if data["shape"] else None
    return Reading(**data)


def _shape(data: dict[str, Any]) -> FormShape:
    return FormShape(data["sender"], data["subject"], tuple(data["labels"]))


def _form(data: dict[str, Any]) -> KnownForm:
    pointers = tuple(
        Pointer(Marked(each["field"]), Stand(each["stand"]), each["words"], each["until"])
        for each in data["pointers"]
    )
    return KnownForm(data["id"], _shape(data["shape"]), data["registered"], pointers)


def known_to_json(known: Known) -> str:
    """What we know, as one JSON object."""
    data = dataclasses.asdict(known)
    others = {key: data.pop(key) for key in ("learned", "forms", "country")}
    return json.dumps({key: sorted(value) for key, value in data.items()} | others, default=_plain)


def known_from_json(text: str) -> Known:
    """The Known of `known_to_json`."""
    data: dict[str, Any] = json.loads(text)
    learned = tuple(_learned(each) for each in data.pop("learned"))
    forms = tuple(map(_form, data.pop("forms")))
    country = Country(**data.pop("country"))
    sets = {key: frozenset(value) for key, value in data.items()}
    return Known(**sets, learned=learned, forms=forms, country=country)


def _learned(data: dict[str, str]) -> Learned:
    day = date.fromisoformat(data["day"])
    return Learned(Trait(data["trait"]), data["key"], Taught(data["taught"]), day)

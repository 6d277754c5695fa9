"""How well a Reading fits what a corpus file expects of it (SCHEMA.md), key by key."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from leaddesk.words.mail import Reading

CORPORA = Path(__file__).parents[1] / "corpora"
FOLDERS = ("mail", "replies", "bounces", "autoreplies", "torture", "adf", "payloads")
PERSON = ("name", "phone", "company")


@dataclass(frozen=True, slots=True)
class Sample:
    """A file of the corpus and what should come of it."""

    folder: str
    path: Path
    expect: Mapping[str, Any]
    held_back: bool
    """One of the third that was not looked at while the rules were written."""


def samples(root: Path = CORPORA) -> Iterator[Sample]:
    """The samples that are mails or posts, in order."""
    for folder in FOLDERS:
        for expected in sorted((root / folder).glob("*.expect.json")):
            stem = expected.name.removesuffix(".expect.json")
            path = next(
                p for p in sorted(expected.parent.glob(stem + ".*")) if not p.name.endswith(".expect.json")
            )
            yield Sample(folder, path, json.loads(expected.read_text("utf-8")), is_held_back(path.name))


def is_held_back(name: str) -> bool:
    """A fixed third of the files, by the hash of their name; and exams, which were never looked into."""
    return name.startswith("exam_") or hashlib.sha256(name.encode()).digest()[0] % 3 == 0


def score(sample: Sample, reading: Reading) -> dict[str, bool]:
    """For each judged key whether it is right."""
    expect = sample.expect
    told = {
        key: judge(expect, reading)
        for key, judge in _JUDGES.items()
        if any(name in expect for name in _KEYS[key])
    }
    if "kind" in told and not told["kind"] and sample.folder != "replies":
        told = {key: value and told["kind"] for key, value in told.items()}
    return told


def _fits(expected: object, found: object) -> bool:
    if isinstance(expected, list):
        return found in expected
    return found == expected


def folded(text: str) -> str:
    return " ".join(text.split())


def _kind(expect: Mapping[str, Any], reading: Reading) -> bool:
    return _fits(expect["kind"], str(reading.kind))


def _same(key: str) -> Any:
    def judge(expect: Mapping[str, Any], reading: Reading) -> bool:
        return _fits(expect[key], getattr(reading, key))

    return judge


def _message(expect: Mapping[str, Any], reading: Reading) -> bool:
    message = folded(reading.message)
    starts = message.startswith(folded(expect.get("message_starts", "")))
    starts = starts and message.endswith(folded(expect.get("message_ends", "")))
    return starts and not any(folded(lacks) in message for lacks in expect.get("message_lacks", []))


def _source(expect: Mapping[str, Any], reading: Reading) -> bool:
    return all(_fits(value, getattr(reading.source, key)) for key, value in expect["source"].items())


def _fields(expect: Mapping[str, Any], reading: Reading) -> bool:
    return all(
        folded(reading.fields.get(label, "")) == folded(value) for label, value in expect["fields"].items()
    )


def _visible(expect: Mapping[str, Any], reading: Reading) -> bool:
    visible = folded(reading.visible)
    return (
        visible.startswith(folded(expect.get("visible_starts", "")))
        and visible.endswith(folded(expect.get("visible_ends", "")))
        and not any(folded(lacks) in visible for lacks in expect.get("visible_lacks", []))
    )


def _torture(expect: Mapping[str, Any], reading: Reading) -> bool:
    return (
        _fits(expect.get("subject", reading.subject), reading.subject)
        and _fits(expect.get("from_email", reading.from_email), reading.from_email)
        and expect.get("attachments", len(reading.attachments)) == len(reading.attachments)
        and expect.get("text_contains", "") in reading.text
    )


def _bounce(expect: Mapping[str, Any], reading: Reading) -> bool:
    return all(_fits(expect[key], getattr(reading, key)) for key in _KEYS["bounce"] if key in expect)


def _return_date(expect: Mapping[str, Any], reading: Reading) -> bool:
    return _fits(expect["return_date"], reading.return_date.isoformat() if reading.return_date else None)


_JUDGES = {
    "kind": _kind,
    "email": _same("email"),
    "name": _same("name"),
    "phone": _same("phone"),
    "company": _same("company"),
    "message": _message,
    "source": _source,
    "fields": _fields,
    "visible": _visible,
    "opt_out": _same("opt_out"),
    "bounce": _bounce,
    "return": _return_date,
    "torture": _torture,
}
_KEYS = {
    "kind": ("kind",),
    "email": ("email",),
    "name": ("name",),
    "phone": ("phone",),
    "company": ("company",),
    "message": ("message_starts", "message_ends", "message_lacks"),
    "source": ("source",),
    "fields": ("fields",),
    "visible": ("visible_starts", "visible_ends", "visible_lacks"),
    "opt_out": ("opt_out",),
    "bounce": ("recipient", "permanent", "status"),
    "return": ("return_date",),
    "torture": ("subject", "from_email", "attachments", "text_contains"),
}
KEYS = tuple(_KEYS)

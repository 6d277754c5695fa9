"""`leaddesk capture` and `leaddesk parse`: files as mails that land, or only as they would be read."""

from __future__ import annotations

import dataclasses
from argparse import ArgumentParser
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from leaddesk.cli.arguments import describe
from leaddesk.cli.call import Call
from leaddesk.cli.files import Given, given
from leaddesk.cli.show import Record
from leaddesk.rules.capture.clean import one_line
from leaddesk.words.errors import DiskTrouble, Refused
from leaddesk.words.mail import Known, Reading

if TYPE_CHECKING:
    from leaddesk.doors.mail.reader import Reader

_AS_READ = (
    "kind", "why", "name", "email", "phone", "company", "message", "visible", "text", "subject", "from_email",
    "attachments", "source", "fields", "recipient", "permanent", "status", "return_date", "opt_out",
    "acknowledge",
)  # fmt: skip
_AS_LANDED = (*_AS_READ, "lead", "enquiry")
Answer = Callable[[bytes], tuple[Record, str]]
"""Makes of a file's bytes what is told of it, as facts and in words."""


def capture_words(words: ArgumentParser) -> None:
    describe(
        words,
        "Takes mails in as if they had landed: .eml files, and what forms post as JSON, XML or text.",
        "leaddesk capture enquiry.eml",
    )
    words.add_argument(
        "files", metavar="FILE", nargs="+", help="a folder means the files in it; - is standard input"
    )
    words.set_defaults(act=capture)


def capture(call: Call) -> int:
    with call.desk() as desk:

        def land(raw: bytes) -> tuple[Record, str]:
            landed = desk.receive.capture(raw)
            facts = {**reading_record(landed.reading), "lead": landed.lead, "enquiry": landed.enquiry}
            return facts, _landed_words(landed.reading, landed.lead, landed.enquiry)

        return _each(call, given(call.args.files), land, _AS_LANDED)


def parse_words(words: ArgumentParser) -> None:
    describe(
        words,
        "Shows what would be read from mails. Stores nothing and needs no profile; where there is one, what"
        " it knows of your own addresses counts.",
        "leaddesk parse --own example.com enquiry.eml",
    )
    words.add_argument(
        "files", metavar="FILE", nargs="+", help="a folder means the files in it; - is standard input"
    )
    words.add_argument(
        "--own", metavar="ADDRESS-OR-DOMAIN", action="append", default=[], help="yours or a colleague's"
    )
    words.add_argument(
        "--form-source",
        metavar="ADDRESS",
        action="append",
        default=[],
        help="what a form's notices come from",
    )
    words.set_defaults(act=parse)


def parse(call: Call) -> int:
    from leaddesk.desk.receive import with_own  # noqa: PLC0415 - heavy

    known = with_own(_known(call), call.args.own, call.args.form_source)
    with _reader() as reader:

        def read(raw: bytes) -> tuple[Record, str]:
            reading = reader.read(raw, known)
            return reading_record(reading), _read_words(reading)

        return _each(call, given(call.args.files), read, _AS_READ)


def _known(call: Call) -> Known:
    """What the profile tells of ourselves, where there is one."""
    from leaddesk.doors.store import DATABASE_NAME  # noqa: PLC0415 - heavy

    if call.database is None and not (call.profile / DATABASE_NAME).exists():
        return Known()
    with call.desk() as desk:
        return desk.receive.known()


def _reader() -> Reader:
    from leaddesk.doors.mail.reader import Reader  # noqa: PLC0415 - heavy

    return Reader()


def _each(call: Call, inputs: Iterable[Given], answer: Answer, keys: Iterable[str]) -> int:
    """Answers each input on a line of its own; 1 when any of them failed."""
    empty = dict.fromkeys(keys)
    failed = 0
    for one in inputs:
        try:
            facts, words = answer(one.read())
        except (Refused, DiskTrouble) as failure:
            failed += 1
            call.out.record({"file": one.name, **empty, "error": failure.sentence})
            call.out.note(failure.sentence)
        else:
            call.out.record({"file": one.name, **facts}, f"{one_line(one.name)}: {words}")
    if failed and call.out.as_json:
        call.out.warn(
            f"{failed} of the files could not be read." if failed > 1 else "A file could not be read."
        )
    return 1 if failed else 0


def reading_record(reading: Reading) -> dict[str, Any]:
    """All that was read, as the contract names it."""
    facts = {key: getattr(reading, key) for key in _AS_READ}
    return facts | {
        "attachments": len(reading.attachments),
        "source": dataclasses.asdict(reading.source),
        "fields": dict(reading.fields),
        "acknowledge": dataclasses.asdict(reading.acknowledge) if reading.acknowledge else None,
    }


def _landed_words(reading: Reading, lead: int | None, enquiry: int | None) -> str:
    told = _read_words(reading)
    if lead is None:
        return told
    return f"{told}\n  {'a new enquiry of' if enquiry else 'belongs to'} lead {lead}"


def _read_words(reading: Reading) -> str:
    who = [reading.name, reading.company, reading.email, reading.phone]
    person = ", ".join(one_line(part) for part in who if part)
    lines = [reading.kind.value, one_line(" ".join(reading.why), 300), person, one_line(reading.message, 100)]
    return "\n  ".join(filter(None, lines))


COMMANDS: Mapping[str, Callable[[ArgumentParser], None]] = {"capture": capture_words, "parse": parse_words}

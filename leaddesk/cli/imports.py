"""`leaddesk import`: people from tables and cards, tried first, taken in as one deed, taken back in one."""

from __future__ import annotations

import tempfile
from argparse import ArgumentParser
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from leaddesk.cli.arguments import describe
from leaddesk.cli.call import Call
from leaddesk.cli.files import Given, given
from leaddesk.rules.capture.clean import one_line
from leaddesk.words.errors import DiskTrouble, Refused, Usage

if TYPE_CHECKING:
    from leaddesk.desk import Desk
    from leaddesk.words.imports import Field, Imported, Look

_UNDO = "undo"
_KEYS = (
    "encoding", "delimiter", "rows", "columns", "first", "last", "warnings", "cards", "new", "known",
    "doubtful", "unusable", "waiting", "import", "problems",
)  # fmt: skip
_SIGNS = {"comma": ",", "semicolon": ";", "tab": "\t", "\\t": "\t", "bar": "|", "pipe": "|"}
_TOLD_ROWS = 20_000
"""Rows after which people hear that it goes on."""
_SHOWN_PROBLEMS = 5


def import_words(words: ArgumentParser) -> None:
    describe(
        words,
        "Takes people in from CSV tables and vCards, in one deed; 'import undo ID' takes it back. Enquiries"
        " of the last 30 days wait in the queue; older ones and mere contacts are found by search."
        " Nobody is alerted.",
        "leaddesk import --dry-run customers.csv",
    )
    words.add_argument("files", metavar="FILE", nargs="+", help="a folder means the files in it; or: undo ID")
    words.add_argument("--dry-run", action="store_true", help="tell what would come of it; stores nothing")
    words.add_argument(
        "--doubtful", action="store_true", help="take in those as well who may be known under a near name"
    )
    words.add_argument(
        "--map",
        metavar="TITLE=FIELD",
        action="append",
        default=[],
        help="what a column means: name, first_name, last_name, email, phone, company, message, received_at,"
        " source, owner, status, answer or skip; remembered for files with the same titles",
    )
    words.add_argument(
        "--encoding", default="", metavar="NAME", help="how the file is written, where the guess is wrong:"
        " utf-8, cp1252, utf-16, mac-roman and others",
    )  # fmt: skip
    words.add_argument(
        "--delimiter", default="", metavar="SIGN", type=_sign, help="what separates the columns: comma,"
        " semicolon, tab, bar, or the sign itself",
    )  # fmt: skip
    words.set_defaults(act=import_files)


def _sign(word: str) -> str:
    """The separator that a word or a sign means."""
    return _SIGNS.get(word.strip().lower(), word)


def import_files(call: Call) -> int:
    files = call.args.files
    if files[0] == _UNDO and len(files) == 2 and files[1].isascii() and files[1].isdigit():
        return _undo(call, int(files[1]))
    failed = 0
    with _desk(call) as desk:
        for one in given(files):
            failed += not _import_one(call, desk, one)
    if failed and call.out.as_json:
        call.out.warn(
            f"{failed} of the files could not be imported." if failed > 1 else "A file could not be read."
        )
    return 1 if failed else 0


@contextmanager
def _desk(call: Call) -> Iterator[Desk]:
    """The profile's desk; to try something where there is no profile yet, one that is thrown away."""
    from leaddesk import desk as desks  # noqa: PLC0415 - heavy
    from leaddesk.doors.store import DATABASE_NAME  # noqa: PLC0415 - heavy

    is_there = call.database is not None or (call.profile / DATABASE_NAME).exists()
    if call.args.dry_run and not is_there:
        with (
            tempfile.TemporaryDirectory(prefix="leaddesk") as folder,
            desks.open(Path(folder) / "profile", doors=call.doors) as desk,
        ):
            yield desk
        return
    with call.desk() as desk:
        yield desk


def _import_one(call: Call, desk: Desk, one: Given) -> bool:
    """False when the file could not be imported; its line says why."""
    try:
        if one.path is None:
            raise Refused("Standard input cannot be imported.", "Give a file.")
        done = _run(call, desk, one.path)
    except (Refused, DiskTrouble) as failure:
        call.out.record({"file": one.name, **dict.fromkeys(_KEYS), "error": failure.sentence})
        call.out.note(failure.whole)
        return False
    call.out.record({"file": one.name, **import_record(done)}, _in_words(one.name, done, call.args.dry_run))
    return True


def _run(call: Call, desk: Desk, path: Path) -> Imported:
    from leaddesk.words.imports import Written  # noqa: PLC0415 - only where something is read in

    written, wishes = Written(call.args.encoding, call.args.delimiter), call.args.map
    mapping = _mapping(desk.imports.look(path, written=written), wishes) if wishes else None
    on_progress = _teller(call, one_line(path.name), "rows")
    do = desk.imports.dry_run if call.args.dry_run else desk.imports.run
    return do(
        path, mapping, written=written, take_doubtful=call.args.doubtful, on_progress=on_progress
    )  # fmt: skip


def _teller(call: Call, name: str, what: str) -> Callable[[int, float], None]:
    """People hear now and then that it goes on."""
    told = 0

    def on_progress(done: int, part: float) -> None:
        nonlocal told
        if done - told >= _TOLD_ROWS:
            told = done
            call.out.note(f"{name}: {done:,} {what}, {part:.0%}")

    return on_progress


def _mapping(look: Look, wishes: Sequence[str]) -> dict[int, Field]:
    """The columns as they were understood, with those changed that were told."""
    from leaddesk.words.imports import Field as Fields  # noqa: PLC0415 - only where it is wished for

    mapping = {column.place: column.field for column in look.columns}
    for wish in wishes:
        title, _, word = wish.rpartition("=")
        places = [c.place for c in look.columns if c.title.casefold() == title.strip().casefold()]
        if not places:
            raise Usage(f"{look.file} has no column '{one_line(title, 60)}'.", "It is written TITLE=FIELD.")
        if word not in {field.value for field in Fields}:
            raise Usage(f"'{one_line(word, 40)}' is no field.", "leaddesk import --help lists them.")
        mapping[places[0]] = Fields(word)
    return mapping


def import_record(done: Imported) -> dict[str, Any]:
    """All that came of a file, as the contract names it."""
    look = done.look
    is_table = look.kind.value == "csv"
    return {
        "encoding": look.encoding,
        "delimiter": look.delimiter,
        "rows": done.rows if is_table else None,
        "columns": look.titles if is_table else None,
        "first": done.first,
        "last": done.last,
        "warnings": [warned.flag.value for warned in done.warnings],
        "cards": None if is_table else done.rows,
        "new": done.new,
        "known": done.known,
        "doubtful": done.doubtful,
        "unusable": done.unusable,
        "waiting": done.waiting,
        "import": done.id,
        "problems": [{"line": p.line, "fate": p.fate.value, "why": p.why} for p in done.problems],
    }


def _in_words(name: str, done: Imported, is_dry: bool) -> str:
    counts = f"{done.new:,} new ({done.waiting:,} in the queue), {done.known:,} known"
    counts += f", {done.doubtful:,} doubtful, {done.unusable:,} unusable"
    what = "card" if done.look.kind.value == "vcard" else "row"
    lines = [f"{one_line(name)}: {done.rows:,} {what}{'' if done.rows == 1 else 's'}: {counts}"]
    lines += [
        f"  {title} is the {field.replace('_', ' ')}"
        for field, title in done.look.titles.items()
        if what == "row"
    ]
    lines += [f"  {_WARNINGS[w.flag.value].format(count=w.count, line=w.line)}" for w in done.warnings]
    lines += [f"  {what} {p.line}: {p.why}" for p in done.problems[:_SHOWN_PROBLEMS]]
    left = done.doubtful + done.unusable - _SHOWN_PROBLEMS
    lines += [f"  and {left:,} more that were left out"] if left > 0 else []
    if done.id is not None:
        lines.append(f"  leaddesk import undo {done.id} takes it back")
    elif is_dry:
        lines.append("  Nothing was stored.")
    return "\n".join(lines)


_WARNINGS = {
    "phone": "{count} numbers were spoiled by a spreadsheet, first on line {line}",
    "formula": "{count} rows hold formulas, first on line {line}; they are kept as text",
    "ragged": "{count} rows have more cells than there are titles, first on line {line}",
    "quotes": "{count} quotation marks never end, first on line {line}",
    "encoding": "{count} rows hold signs that could not be read, first on line {line}",
    "cut": "{count} rows hold cells that were too long and were cut, first on line {line}",
}


def _undo(call: Call, batch: int) -> int:
    with call.desk() as desk:
        undone = desk.imports.undo(batch, on_progress=_teller(call, "Taken back", "leads"))
    record = {
        "did": "Import taken back",
        "import": batch,
        "file": undone.file,
        "removed": undone.removed,
        "kept": undone.kept,
        "emptied": undone.emptied,
    }
    kept = f"; {undone.kept:,} kept, which were worked with since" if undone.kept else ""
    call.out.record(record, f"Taken back: {one_line(undone.file)}, {undone.removed:,} leads{kept}.")
    return 0


COMMANDS: Mapping[str, Callable[[ArgumentParser], None]] = {"import": import_words}

"""How well imports are read, and how quick: `python -m tests.bench.importing [--wrong] [--speed]`.

The corpus's held-back third is counted apart. The speed is that of 100,000 rows through the whole import,
against a bare executemany of the same rows plus the E.164 of their numbers, in the same run.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import random
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import UTC
from pathlib import Path
from typing import Any

import phonenumbers

from leaddesk.desk.config import Config
from leaddesk.desk.import_content import Tally
from leaddesk.desk.import_file import ImportFile
from leaddesk.desk.imports import Imports
from leaddesk.desk.people import People
from leaddesk.doors.clock import Clock
from leaddesk.doors.store import Store, open_store
from tests.bench.scoring import CORPORA, Sample, is_held_back
from tests.bench.table import Line, compared, printed

FOLDERS = {"csv": (".csv", ".tsv"), "vcard": (".vcf",)}
KEYS = ("encoding", "delimiter", "rows", "columns", "first", "last", "warnings", "cards")
ROWS = 100_000
MOST = 1.5
Table = dict[tuple[str, bool, str], list[bool]]
Wrong = tuple[Sample, str, object, object]


# -- how well


def samples(root: Path = CORPORA) -> Iterator[Sample]:
    """The files of people in the corpus, in order."""
    for folder, endings in FOLDERS.items():
        for path in sorted((root / folder).iterdir()):
            expected = path.with_name(path.stem + ".expect.json")
            if path.suffix in endings and expected.exists():
                yield Sample(folder, path, json.loads(expected.read_text("utf-8")), is_held_back(path.name))


def told(path: Path) -> dict[str, Any]:
    """What an import tells of a file, by the keys of SCHEMA.md."""
    file, tally = ImportFile(path, UTC), Tally()
    for _ in file.contacts(tally):
        pass
    look = file.look
    is_table = look.kind == "csv"
    return {
        "encoding": look.encoding,
        "delimiter": look.delimiter,
        "rows": tally.rows if is_table else None,
        "columns": look.titles,
        "first": tally.first or {},
        "last": tally.last or {},
        "warnings": [warned.flag.value for warned in tally.warnings],
        "cards": None if is_table else tally.rows,
    }


def score(sample: Sample, found: Mapping[str, Any]) -> Iterator[tuple[str, bool, object, object]]:
    """Key by key: whether it is right, what was wanted, what was found."""
    for key in KEYS:
        if key not in sample.expect:
            continue
        wanted = sample.expect[key]
        if key == "encoding":
            yield key, _reads_alike(sample.path, found[key], wanted), wanted, found[key]
        elif isinstance(wanted, dict):
            for name, value in wanted.items():
                got = found[key].get(name)
                yield key, _fits(value, got), {name: value}, got
        else:
            yield key, found[key] == wanted, wanted, found[key]


def _fits(wanted: object, got: object) -> bool:
    if isinstance(wanted, list):
        return got in wanted
    return got == wanted or (wanted is None and not got)


def _reads_alike(path: Path, one: str, other: str) -> bool:
    raw = path.read_bytes()
    with contextlib.suppress(UnicodeDecodeError, LookupError):
        return raw.decode(one).lstrip("\ufeff") == raw.decode(other).lstrip("\ufeff")
    return False


def measure(root: Path = CORPORA) -> tuple[Table, list[Wrong]]:
    table: Table = defaultdict(list)
    wrong: list[Wrong] = []
    for sample in samples(root):
        for key, right, wanted, got in score(sample, told(sample.path)):
            table[sample.folder, sample.held_back, key].append(right)
            if not right:
                wrong.append((sample, key, wanted, got))
    return table, wrong


def print_table(table: Table) -> None:
    print(f"{'folder':8}{'third':6}" + "".join(f"{key:>11}" for key in (*KEYS, "all")))
    for folder in FOLDERS:
        for held_back in (False, True):
            cells = [table.get((folder, held_back, key), []) for key in KEYS]
            cells.append([right for cell in cells for right in cell])
            line = "".join(f"{f'{sum(cell)}/{len(cell)}' if cell else '-':>11}" for cell in cells)
            print(f"{folder:8}{'held' if held_back else 'open':6}{line}")


# -- how quick


def written(path: Path, rows: int = ROWS) -> Path:
    """A table of people as a customer list has them."""
    chance = random.Random(7)
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write("Eingang;Vorname;Nachname;E-Mail;Telefon;Firma;Anliegen;Stadt\r\n")
        for n in range(rows):
            first, last = (
                chance.choice(("Anna", "Björn", "Chiara")),
                chance.choice(("Beck", "Rossi", "Nowak")),
            )
            when, who = f"2026-11-{n % 20 + 1:02d} 08:{n % 60:02d}", f"{last.lower()}.{n}@firma{n}.example"
            wish = f"Bitte um ein Angebot für {n % 90 + 10} qm Fassade"
            file.write(f"{when};{first};{last};{who};0171 {3000000 + n};Firma {n} GmbH;{wish};Köln\r\n")
    return path


def imported(folder: Path, file: Path) -> tuple[float, Store]:
    """Seconds of one whole import into a new profile."""
    clock = Clock()
    store = open_store(folder, "bench", clock.now)
    imports = Imports(store, clock, People(store, Config(store)))
    start = time.perf_counter()
    done = imports.run(file)
    seconds = time.perf_counter() - start
    assert done.new == done.rows
    return seconds, store


def bare(folder: Path, store: Store, phones: list[str]) -> float:
    """Seconds of the same rows by executemany into the same tables of another profile, and of their E.164."""
    target = open_store(folder, "bench", Clock().now)
    tables = ("import_batch", "lead", "address", "enquiry", "entry")
    with store.session():
        ask = store.database.peewee.execute_sql
        rows = {name: ask(f"SELECT * FROM {name}").fetchall() for name in tables}
        rows["lead_text (rowid, body)"] = ask("SELECT rowid, body FROM lead_text").fetchall()
    with target.session():
        cursor = target.database.peewee.connection().cursor()
        start = time.perf_counter()
        cursor.execute("BEGIN IMMEDIATE")
        for name, values in rows.items():
            cursor.executemany(f"INSERT INTO {name} VALUES ({','.join('?' * len(values[0]))})", values)
        cursor.execute("COMMIT")
        for phone in phones:
            number = phonenumbers.parse(phone, "DE")
            phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
        return time.perf_counter() - start


def speed(rows: int = ROWS, runs: int = 3) -> Line:
    """The whole import against the bare work, one after the other."""
    ours, floor = [], []
    with tempfile.TemporaryDirectory(prefix="ldi") as folder:
        file = written(Path(folder) / "people.csv", rows)
        with file.open(encoding="utf-8") as lines:
            phones = [line.split(";")[4] for line in lines][1:]
        for run in range(runs):
            seconds, store = imported(Path(folder) / f"ours{run}", file)
            ours.append(seconds * 1000)
            floor.append(bare(Path(folder) / f"bare{run}", store, phones) * 1000)
    return compared(f"import of {rows:,} rows", ours, floor, MOST)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--wrong", action="store_true", help="list what went wrong in the open part")
    parser.add_argument(
        "--held-back-too", action="store_true", help="list it for the held-back third as well"
    )
    parser.add_argument("--speed", action="store_true", help="measure the speed as well")
    parser.add_argument("--root", type=Path, default=CORPORA, help="another corpus of the same shape")
    arguments = parser.parse_args()
    table, wrong = measure(arguments.root)
    for sample, key, wanted, got in wrong:
        if arguments.wrong and (arguments.held_back_too or not sample.held_back):
            print(f"{sample.folder}/{sample.path.name} {key}\n    wanted {wanted}\n    found  {got}")
    print_table(table)
    if arguments.speed:
        line = speed()
        print(printed([line]))
        return 0 if line.ok else 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

"""The reader on the corpora: `python -m tests.bench.reading [FOLDER] [--wrong] [--held-back-too]`."""

from __future__ import annotations

import argparse
import email
import email.policy
import time
from collections import defaultdict
from pathlib import Path

from leaddesk.rules.capture.read import read
from leaddesk.words.mail import Known
from tests.bench.scoring import CORPORA, FOLDERS, KEYS, Sample, samples, score

Table = dict[tuple[str, bool, str], list[bool]]


def measure(root: Path = CORPORA) -> tuple[Table, list[tuple[Sample, str, object]]]:
    """Right or wrong for each folder, third and key; and what went wrong."""
    table: Table = defaultdict(list)
    wrong: list[tuple[Sample, str, object]] = []
    for sample in samples(root):
        reading = read(sample.path.read_bytes(), Known())
        for key, right in score(sample, reading).items():
            table[sample.folder, sample.held_back, key].append(right)
            if not right:
                wrong.append((sample, key, reading))
    return table, wrong


def print_table(table: Table) -> None:
    """Rows are folders and thirds, columns are keys."""
    print(f"{'folder':12}{'third':6}{'rows':>5}  " + "".join(f"{key:>9}" for key in KEYS))
    for folder in FOLDERS:
        for held_back in (False, True):
            rows = max((len(table[folder, held_back, key]) for key in KEYS), default=0)
            cells = "".join(f"{_cell(table[folder, held_back, key]):>9}" for key in KEYS)
            print(f"{folder:12}{'held' if held_back else 'open':6}{rows:>5}  {cells}")
    for held_back in (False, True):
        cells = "".join(
            f"{_cell([right for folder in FOLDERS for right in table[folder, held_back, key]]):>9}"
            for key in KEYS
        )
        print(f"{'all':12}{'held' if held_back else 'open':6}{'':>5}  {cells}")


def _cell(rights: list[bool]) -> str:
    return f"{sum(rights)}/{len(rights)}" if rights else "-"


def print_wrong(wrong: list[tuple[Sample, str, object]], *, held_back_too: bool) -> None:
    for sample, key, reading in wrong:
        if sample.held_back and not held_back_too:
            continue
        found = {name: getattr(reading, name) for name in _SHOWN.get(key, (key,)) if hasattr(reading, name)}
        wanted = {
            name: value
            for name, value in sample.expect.items()
            if name.startswith(tuple(_SHOWN.get(key, (key,))))
        }
        print(f"{sample.folder}/{sample.path.name} {key}\n    wanted {wanted}\n    found  {str(found)[:600]}")


_SHOWN = {
    "message": ("message",),
    "visible": ("visible",),
    "bounce": ("recipient", "permanent", "status"),
    "return": ("return_date",),
    "torture": ("subject", "from_email", "attachments", "text"),
    "kind": ("kind", "why"),
}


def speeds(root: Path = CORPORA) -> dict[str, float]:
    """For each folder, how quick the whole reading is against parsing the same bytes with policy.default."""
    raws: dict[str, list[bytes]] = defaultdict(list)
    for sample in samples(root):
        if sample.path.suffix == ".eml":
            raws[sample.folder].append(sample.path.read_bytes())
    return {folder: _speed(mails) for folder, mails in raws.items()}


def _speed(raws: list[bytes]) -> float:
    read(raws[0], Known())
    ratios: list[float] = []
    for _ in range(3):
        start = time.perf_counter()
        for raw in raws:
            read(raw, Known())
        ours = time.perf_counter() - start
        start = time.perf_counter()
        for raw in raws:
            email.message_from_bytes(raw, policy=email.policy.default)
        ratios.append((time.perf_counter() - start) / ours)
    return sorted(ratios)[1]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=CORPORA, help="a corpus of this form")
    parser.add_argument("--wrong", action="store_true", help="list what went wrong in the open part")
    parser.add_argument(
        "--held-back-too", action="store_true", help="list it for the held-back third as well"
    )
    arguments = parser.parse_args()
    table, wrong = measure(arguments.folder)
    if arguments.wrong:
        print_wrong(wrong, held_back_too=arguments.held_back_too)
    print_table(table)
    told = ", ".join(f"{folder} {ratio:.2f}" for folder, ratio in speeds(arguments.folder).items())
    print(f"speed against policy.default (at least 0.20): {told}")


if __name__ == "__main__":
    main()

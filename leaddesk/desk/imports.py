"""Imports: a file looked at, tried, taken in as one deed, and taken back."""

from __future__ import annotations

import codecs
import json
import time
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from leaddesk.desk.import_deed import Deed, Progress
from leaddesk.desk.import_file import ImportFile
from leaddesk.desk.people import People
from leaddesk.desk.place import firm_country
from leaddesk.doors.clock import Clock
from leaddesk.doors.store import Store
from leaddesk.rules.capture.clean import one_line
from leaddesk.words.errors import Usage
from leaddesk.words.imports import GUESSED, Batch, Field, Imported, ImportUndone, Look, Written

_MAPPING = "import.mapping."
_REST_S = 0.12
"""SQLite looks for the lock every tenth of a second."""


def _nobody(rows: int, part: float) -> None:
    """Progress that nobody wants to hear of."""


def _rest() -> bool:
    """Longer than others sleep who wait for the lock: each of them gets it between two pieces."""
    time.sleep(_REST_S)
    return True


def _never() -> bool:
    return False


class Imports:
    """What a person does with files of people. Every method may read a file, and so take its time."""

    def __init__(self, store: Store, clock: Clock, people: People) -> None:
        self._store = store
        self._clock = clock
        self._people = people

    def look(
        self, file: Path, mapping: Mapping[int, Field] | None = None, *, written: Written = GUESSED
    ) -> Look:
        """What the file seems to be, with the first rows. `mapping` changes columns, by their place.

        `written` tells how it is written where that was guessed wrongly. Raises Refused where the file cannot
        be read or holds no people, Usage for an encoding or a separator that is none.
        """
        return self._opened(file, mapping, written).look

    def dry_run(
        self,
        file: Path,
        mapping: Mapping[int, Field] | None = None,
        *,
        written: Written = GUESSED,
        take_doubtful: bool = False,
        on_progress: Progress = _nobody,
        is_cancelled: Callable[[], bool] = _never,
    ) -> Imported:
        """What `run` would do. Nothing is stored."""
        opened = self._opened(file, mapping, written)
        with closing(self._deed(opened, take_doubtful, on_progress, is_cancelled, is_dry=True)) as deed:
            deed.prepare()
            return deed.told()

    def run(
        self,
        file: Path,
        mapping: Mapping[int, Field] | None = None,
        *,
        written: Written = GUESSED,
        take_doubtful: bool = False,
        on_progress: Progress = _nobody,
        is_cancelled: Callable[[], bool] = _never,
    ) -> Imported:
        """Takes everybody in, in one transaction, with no alert. Raises Refused when it is cancelled.

        Everything is prepared first. While it is written nothing else can be stored: about 4 s for a hundred
        thousand rows. A `mapping` is remembered for files with the same titles.
        """
        self._store.imports.go_on_undoing(_rest)  # whom it removes cannot be whom a row means
        opened, by = self._opened(file, mapping, written), self._people.me()
        with closing(self._deed(opened, take_doubtful, on_progress, is_cancelled)) as deed:
            deed.prepare()
            with self._store.transaction():
                if not deed.is_stale():
                    return self._written(deed, by, mapping)
        # somebody came in meanwhile; this time nobody can
        with (
            closing(self._deed(opened, take_doubtful, on_progress, is_cancelled)) as deed,
            self._store.transaction(),
        ):
            deed.prepare()
            return self._written(deed, by, mapping)

    def _written(self, deed: Deed, by: str, mapping: Mapping[int, Field] | None) -> Imported:
        deed.write(by)
        if mapping is not None:
            self._remember(deed.file.look.signature, mapping)
        return deed.told()

    def _deed(
        self,
        opened: ImportFile,
        take_doubtful: bool,
        on_progress: Progress,
        is_cancelled: Callable[[], bool],
        *,
        is_dry: bool = False,
    ) -> Deed:
        now = self._clock.now()
        return Deed(self._store, opened, now, take_doubtful, on_progress, is_cancelled, is_dry)

    def undo(self, batch: int, *, on_progress: Progress = _nobody) -> ImportUndone:
        """Takes an import back. Leads that were worked with since are kept. Raises Refused.

        In pieces, so that others can store something meanwhile. What is cut short goes on by itself: when
        services run, and before the next import.
        """
        return self._store.imports.undo(batch, self._clock.now(), on_progress, _rest)

    def batches(self) -> tuple[Batch, ...]:
        """All imports, the newest first."""
        return self._store.imports.all()

    # -- mappings

    def _opened(self, file: Path, mapping: Mapping[int, Field] | None, written: Written) -> ImportFile:
        own = [account.email.rpartition("@")[2] for account in self._store.accounts.all()]
        country = firm_country(self._store)
        told = _checked(written)
        return ImportFile(file, self._clock.zone(), own, self._remembered, mapping, told, country)

    def _remembered(self, signature: str) -> dict[int, Field] | None:
        text = self._store.settings.get(_MAPPING + signature)
        if text is None:
            return None
        try:
            return {int(place): Field(name) for place, name in json.loads(text).items()}
        except (ValueError, AttributeError):
            return None

    def _remember(self, signature: str, mapping: Mapping[int, Field]) -> None:
        text = json.dumps({str(place): name.value for place, name in mapping.items()})
        self._store.settings.keep(_MAPPING + signature, text)


def _checked(written: Written) -> Written:
    """The same with the codec's own name. Raises Usage for what no file of text is written in."""
    if len(written.delimiter) > 1 or written.delimiter in ('"', "\r", "\n"):
        raise Usage(
            "One sign separates the columns of a table.", "Give a comma, a semicolon, a tab or a bar."
        )
    if not written.encoding:
        return written
    try:
        codec = codecs.lookup(written.encoding)
    except (LookupError, ValueError):
        codec = None
    if codec is None or not codec._is_text_encoding:  # "base64" and "zip" are codecs, and no text's
        raise Usage(
            f"There is no encoding '{one_line(written.encoding, 40)}'.", "Usual ones: utf-8, cp1252, utf-16."
        )
    return replace(written, encoding=codec.name)

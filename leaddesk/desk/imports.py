"""Imports: a file looked at, tried, taken in as one deed, and taken back."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path

from leaddesk.desk.import_deed import Deed, Progress
from leaddesk.desk.import_file import ImportFile
from leaddesk.desk.people import People
from leaddesk.doors.clock import Clock
from leaddesk.doors.store import Store
from leaddesk.words.imports import Batch, Field, Imported, ImportUndone, Look

_MAPPING = "import.mapping."


def _nobody(rows: int, part: float) -> None:
    """Progress that nobody wants to hear of."""


def _never() -> bool:
    return False


class Imports:
    """What a person does with files of people. Every method may read a file, and so take its time."""

    def __init__(self, store: Store, clock: Clock, people: People) -> None:
        self._store = store
        self._clock = clock
        self._people = people

    def look(self, file: Path, mapping: Mapping[int, Field] | None = None) -> Look:
        """What the file seems to be, with the first rows. `mapping` changes columns, by their place.

        Raises Refused where the file cannot be read or holds no people.
        """
        return self._opened(file, mapping).look

    def dry_run(
        self,
        file: Path,
        mapping: Mapping[int, Field] | None = None,
        *,
        take_doubtful: bool = False,
        on_progress: Progress = _nobody,
        is_cancelled: Callable[[], bool] = _never,
    ) -> Imported:
        """What `run` would do. Nothing is stored."""
        opened = self._opened(file, mapping)
        with closing(self._deed(opened, take_doubtful, on_progress, is_cancelled, is_dry=True)) as deed:
            deed.prepare()
            return deed.told()

    def run(
        self,
        file: Path,
        mapping: Mapping[int, Field] | None = None,
        *,
        take_doubtful: bool = False,
        on_progress: Progress = _nobody,
        is_cancelled: Callable[[], bool] = _never,
    ) -> Imported:
        """Takes everybody in, in one transaction, with no alert. Raises Refused when it is cancelled.

        Everything is prepared first. While it is written nothing else can be stored: about 4 s for a hundred
        thousand rows. A `mapping` is remembered for files with the same titles.
        """
        opened, by = self._opened(file, mapping), self._people.me()
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

    def undo(self, batch: int) -> ImportUndone:
        """Takes an import back. Leads that were worked with since are kept. Raises Refused."""
        return self._store.imports.undo(batch, self._clock.now())

    def batches(self) -> tuple[Batch, ...]:
        """All imports, the newest first."""
        return self._store.imports.all()

    # -- mappings

    def _opened(self, file: Path, mapping: Mapping[int, Field] | None) -> ImportFile:
        own = [account.email.rpartition("@")[2] for account in self._store.accounts.all()]
        return ImportFile(file, self._clock.zone(), own, self._remembered, mapping)

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

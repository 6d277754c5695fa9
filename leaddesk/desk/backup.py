"""Copies of the data: one a day by itself, by hand at any time, and the way back."""

from __future__ import annotations

import os
import re
import shutil
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from leaddesk.desk import RESTORING
from leaddesk.doors.clock import Clock
from leaddesk.doors.paths import make_private, private_file
from leaddesk.doors.store import COPIES_NAME, DATABASE_NAME, Store, check, flush, open_store, verified_copy
from leaddesk.rules.holding.may import ONCE_IN
from leaddesk.words.errors import DiskTrouble, FromTheFuture, LeadDeskError, Refused

FROZEN_KEY = "outbox.frozen"
_ASIDE = "leaddesk-before-restore"
_MAYBE_GONE = "It may have gone out before the data was restored."
_READY = "ready"
"""Stands in the stage once the copy there is whole: from then on a cut restore is finished."""
_KEPT = 7
_DAILY = re.compile(r"leaddesk-\d{4}-\d{2}-\d{2}\.db")


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore did: the file that is used now, and where the one before was put."""

    file: Path
    kept: Path | None


class Backup:
    """Backups of an open profile. SQLite only: a PostgreSQL server has its own."""

    def __init__(self, store: Store, clock: Clock, profile: Path) -> None:
        self._store = store
        self._clock = clock
        self._folder = profile / COPIES_NAME

    def now(self, target: Path | None = None) -> Path:
        """A verified copy at `target`, or in the profile's own folder. May take seconds."""
        if not self._store.database.is_sqlite:
            raise Refused("Back this database up on its server.", "pg_dump does it.")
        file = target or self._folder / f"leaddesk-by-hand-{self._clock.now():%Y-%m-%d-%H%M%S}.db"
        return verified_copy(self._store.database, file)

    def daily(self) -> Path | None:
        """Today's copy, unless it is there already; the newest seven are kept."""
        if not self._store.database.is_sqlite:
            return None
        day = self._clock.now().astimezone(self._clock.zone()).date()
        target = self._folder / f"leaddesk-{day:%Y-%m-%d}.db"
        if target.exists():
            return None
        made = verified_copy(self._store.database, target)
        for old in self.dailies()[:-_KEPT]:
            old.unlink(missing_ok=True)
        return made

    def dailies(self) -> list[Path]:
        """The daily copies, the oldest first."""
        if not self._folder.is_dir():
            return []
        return sorted(f for f in self._folder.iterdir() if _DAILY.fullmatch(f.name))

    def frozen(self) -> bool:
        """True after a restore, until a person says that mails may go out again."""
        return self._store.settings.get(FROZEN_KEY) == "1"

    def confirm(self) -> None:
        """Mails may go out again."""
        self._store.settings.put(FROZEN_KEY, None)


def restore(profile: Path, file: Path, desk: str, clock: Clock) -> Restored:
    """Makes `file` the profile's data; nothing goes out until a person confirms (FAULTS D15).

    Only while no service runs on the profile. The data before is kept aside, not deleted. Raises Corrupt or
    FromTheFuture for a file that cannot be used, and then nothing was changed.
    """
    check(file)
    current = profile / DATABASE_NAME
    stage = profile / RESTORING
    try:
        ready = _frozen_copy(stage, file, desk, clock)
        (stage / _READY).touch()
        kept = _put_aside(current, clock.now())
        try:
            os.replace(ready, current)
        except BaseException:
            if kept is not None:
                _move(kept, current)
            raise
    except OSError as error:
        raise DiskTrouble(
            f"The backup could not be put into {profile}.", "Is there room, and may LeadDesk write there?"
        ) from error
    finally:
        shutil.rmtree(stage, ignore_errors=True)
    return Restored(current, kept)


def _frozen_copy(stage: Path, file: Path, desk: str, clock: Clock) -> Path:
    """A copy of `file` beside the data, brought up to date and with its outbox frozen before it is used."""
    shutil.rmtree(stage, ignore_errors=True)
    make_private(stage)
    ready = private_file(stage / DATABASE_NAME)
    shutil.copyfile(file, ready)
    try:
        store = open_store(stage, desk, clock.now)
    except FromTheFuture as error:
        raise FromTheFuture(f"{file} was made by a newer LeadDesk.", error.mend) from error
    store.holding.let_be(_MAYBE_GONE)
    _keep_ledger(stage.parent, store, desk, clock)
    store.settings.put(FROZEN_KEY, "1")
    flush(ready)
    return ready


def _keep_ledger(profile: Path, restored: Store, desk: str, clock: Clock) -> None:
    """Whom the data until now has acknowledged is not acknowledged again; damaged data tells nothing."""
    if not (profile / DATABASE_NAME).exists():
        return
    with suppress(LeadDeskError):
        before = open_store(profile, desk, clock.now)
        restored.holding.remember(before.holding.ledger(clock.now() - ONCE_IN))


def finish_restore(profile: Path) -> None:
    """Ends a restore that was cut after the data had been put aside: the ready copy takes its place.

    A stage without that mark was never used, and the data is as it was.
    """
    stage, current = profile / RESTORING, profile / DATABASE_NAME
    ready = stage / DATABASE_NAME
    if current.exists() or not (stage / _READY).exists() or not ready.exists():
        return
    for kept in sorted(profile.glob(f"{_ASIDE}-*.db"))[-1:]:
        _move(current, kept)  # what the cut has left of the data before
    os.replace(ready, current)
    shutil.rmtree(stage, ignore_errors=True)


def _put_aside(current: Path, now: datetime) -> Path | None:
    """Moves the database; its journal is emptied into it first, so that one move takes everything along."""
    if not current.exists():
        return None
    with suppress(LeadDeskError):  # damaged data has its journal moved along as it is
        flush(current)
    kept = current.with_name(f"{_ASIDE}-{now:%Y-%m-%d-%H%M%S}.db")
    _move(current, kept)
    return kept


def _move(file: Path, to: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        part = file.with_name(file.name + suffix)
        if part.exists():
            os.replace(part, to.with_name(to.name + suffix))

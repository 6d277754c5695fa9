"""One LeadDesk a profile: a lock that the operating system drops when the process ends, however it ends."""

from __future__ import annotations

import contextlib
import enum
import importlib
import json
import logging
import os
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from leaddesk.words.errors import InUse, Unusable

log = logging.getLogger(__name__)


class Kind(enum.StrEnum):
    """What holds a profile: only services do."""

    WINDOW = "window"
    WATCH = "watch"


@dataclass(frozen=True, slots=True)
class Holder:
    """The process that holds a profile, as it wrote itself beside the lock."""

    pid: int
    kind: Kind


class ProfileInUse(InUse):
    """Another process holds the profile. `holder` is None when it has not said who it is."""

    def __init__(self, holder: Holder | None) -> None:
        super().__init__(_sentence(holder), "Close it first, or use another profile.")
        self.holder = holder


class ProfileLock:
    """Holds a profile for as long as this process lives, or until `release`.

    The lock is on a file that is never deleted (a deleted one could be locked twice). Its descriptor is
    not inheritable: a child that outlives us does not keep the profile.
    """

    def __init__(self, profile: Path, kind: Kind) -> None:
        self._profile = profile
        self._kind = kind
        self._descriptor: int | None = None

    def acquire(self) -> None:
        """Takes the lock, or raises ProfileInUse at once; Unusable where the folder cannot have one."""
        descriptor = _open(self._profile / "lock")
        try:
            _lock(descriptor)
        except BlockingIOError:
            os.close(descriptor)
            raise ProfileInUse(_read(self._profile)) from None
        except OSError as error:
            os.close(descriptor)
            raise Unusable(
                f"{self._profile} cannot be locked: {error.strerror}.", "Choose another folder."
            ) from error
        self._descriptor = descriptor
        _write(self._profile, Holder(os.getpid(), self._kind))

    def release(self) -> None:
        """Gives the profile free; does nothing when it is not held."""
        descriptor, self._descriptor = self._descriptor, None
        if descriptor is None:
            return
        _sidecar(self._profile).unlink(missing_ok=True)
        os.close(descriptor)

    def __enter__(self) -> Self:
        self.acquire()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        self.release()


def may_be_held(profile: Path) -> bool:
    """Whether a process holds the profile, or was killed while it did."""
    return _sidecar(profile).exists()


def _sentence(holder: Holder | None) -> str:
    if holder is None:
        return "Another LeadDesk is using this profile."
    where = "open in a window" if holder.kind is Kind.WINDOW else "being watched by 'leaddesk watch'"
    return f"This profile is already {where} (process {holder.pid})."


def _sidecar(profile: Path) -> Path:
    return profile / "lock.json"


def _write(profile: Path, holder: Holder) -> None:
    """Best effort: without it, the message of a second LeadDesk is shorter."""
    fresh = profile / "lock.json.new"
    with contextlib.suppress(OSError):
        fresh.write_text(json.dumps({"pid": holder.pid, "kind": holder.kind.value}), encoding="ascii")
        fresh.chmod(0o600)
        fresh.replace(_sidecar(profile))


def _read(profile: Path) -> Holder | None:
    try:
        told = json.loads(_sidecar(profile).read_text(encoding="ascii"))
        return Holder(int(told["pid"]), Kind(told["kind"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _open(path: Path) -> int:
    try:
        return os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise Unusable(
            f"{path.parent} cannot be used: {error.strerror}.", "Choose another folder."
        ) from error


def _lock(descriptor: int) -> None:
    """Raises BlockingIOError when another process has the lock."""
    try:
        from fcntl import LOCK_EX, LOCK_NB, flock  # noqa: PLC0415 - not on Windows
    except ImportError:
        _lock_first_byte(descriptor)
    else:
        flock(descriptor, LOCK_EX | LOCK_NB)


def _lock_first_byte(descriptor: int) -> None:
    """The Windows way."""
    try:
        windows = importlib.import_module("msvcrt")
    except ImportError:
        log.warning("this system cannot lock files: nothing keeps a second LeadDesk from this profile")
        return
    try:
        windows.locking(descriptor, windows.LK_NBLCK, 1)
    except PermissionError as error:
        raise BlockingIOError(error.errno, error.strerror) from None

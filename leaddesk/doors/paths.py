"""Where things lie on this machine: resources, the person's data and logs, and who may read them."""

from __future__ import annotations

import os
import stat
import sys
import uuid
from pathlib import Path, PurePosixPath

from leaddesk.words.errors import Unusable

_PACKAGE = Path(__file__).resolve().parent.parent
_GROUP_AND_OTHERS = 0o077


def resource(name: str) -> Path:
    """The file or folder `name` (as "icons/leaddesk.png") among the program's resources.

    The checkout's folder comes first (an editable install's copy goes stale), then the installed
    package's, then the frozen program's. Raises FileNotFoundError where none has it.
    """
    parts = PurePosixPath(name).parts
    if not parts or ".." in parts or PurePosixPath(name).is_absolute():
        raise ValueError(f"not a resource's name: {name!r}")
    for folder in _resource_folders():
        found = folder.joinpath(*parts)
        if found.exists():
            return found
    raise FileNotFoundError(f"no resource {name!r}")


def _resource_folders() -> list[Path]:
    folders = [_PACKAGE / "_resources"]
    checkout = _PACKAGE.parent
    if (checkout / "pyproject.toml").is_file():  # else `resources` beside us belongs to somebody else
        folders.insert(0, checkout / "resources")
    frozen = getattr(sys, "_MEIPASS", None)
    if frozen:
        folders.append(Path(frozen) / "resources")
    return folders


def data_dir() -> Path:
    """The platform's own folder for this person's LeadDesk; not made yet."""
    from platformdirs import user_data_path  # noqa: PLC0415 - late: a profile is often given

    name = "LeadDesk" if sys.platform in ("win32", "darwin") else "leaddesk"
    return user_data_path(name, appauthor=False)


def log_dir(profile: Path | None = None) -> Path:
    """The folder of a profile's logs (of the platform's own profile when none is given); not made yet."""
    return (profile or data_dir()) / "logs"


def make_private(folder: Path) -> Path:
    """Makes the folder, with its parents, or closes it, so that only this person can look inside (0700).

    Windows keeps the profile's own ACL. Raises Unusable with a sentence when it cannot be had.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if os.name == "posix":
            _close(folder)
    except FileExistsError:
        raise Unusable(f"{folder} is a file, not a folder.", "Choose another folder.") from None
    except OSError as error:
        raise Unusable(
            f"The folder {folder} cannot be used: {error.strerror}.", "Choose another folder."
        ) from error
    return folder


def private_file(path: Path) -> Path:
    """Makes the file, empty, where it is not there yet, and lets only this person read it (0600)."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o600)
    os.close(descriptor)
    if os.name == "posix" and path.stat().st_mode & _GROUP_AND_OTHERS:
        path.chmod(0o600)
    return path


def write_private(path: Path, data: bytes) -> None:
    """Writes the file whole or not at all, readable by this person only (0600). Raises OSError."""
    part = private_file(path.with_name(f".{path.name}.{uuid.uuid4().hex}"))
    try:
        with part.open("wb") as opened:
            opened.write(data)
            opened.flush()
            os.fsync(opened.fileno())
        os.replace(part, path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def _close(folder: Path) -> None:
    mode = folder.stat().st_mode
    if mode & stat.S_ISVTX:
        raise Unusable(f"{folder} is shared by everybody on this machine.", "Choose a folder inside it.")
    if mode & _GROUP_AND_OTHERS:
        folder.chmod(0o700)

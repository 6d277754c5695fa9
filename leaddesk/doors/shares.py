"""Tells whether a folder is shared with other computers: two of them would damage one SQLite file."""

from __future__ import annotations

import re
import sys
from pathlib import Path

_MOUNTS = Path("/proc/self/mountinfo")
_NETWORK = re.compile(
    r"(fuse\.)?(afs|beegfs|ceph|cifs|coda|davfs|gcsfuse|glusterfs|gpfs|gvfsd-fuse|lustre|ncpfs|nfs|nfs4"
    r"|onedriver|prl_fs|rclone|s3fs|smb3|smbfs|smbnetfs|sshfs|vboxsf|vmhgfs-fuse)"
)
"""File systems that lie on another machine, by their names in the mount table."""

_SYNCED = (
    ("Dropbox", re.compile(r"dropbox( \(.+\))?")),
    ("OneDrive", re.compile(r"onedrive( ?- .+)?")),
    ("iCloud Drive", re.compile(r"icloud ?drive|mobile documents")),
    ("Google Drive", re.compile(r"google ?drive( \(.+\))?|googledrive-.+")),
    ("Nextcloud", re.compile(r"nextcloud|owncloud")),
    ("a synchronised folder", re.compile(r"cloudstorage")),
)
"""Folder names, in lower case, that synchronisation programs give; Syncthing leaves a marker instead."""


def why_shared(path: Path) -> str | None:
    """A sentence that says how the folder is shared, or None where nothing tells that it is."""
    whole = _resolved(path)
    synced = _synced_by(whole)
    if synced:
        return f"{path} is synchronised by {synced}: two computers would damage the database."
    network = _drive_kind(whole) if sys.platform == "win32" else _network_kind(whole)
    if network:
        return f"{path} lies on a network share ({network}): two computers would damage the database."
    return None


def _resolved(path: Path) -> Path:
    try:
        return path.expanduser().resolve()
    except (OSError, RuntimeError):  # a loop of links; no home folder
        return path.absolute()


def _synced_by(path: Path) -> str | None:
    for folder in (path, *path.parents):
        for name, pattern in _SYNCED:
            if pattern.fullmatch(folder.name.casefold()):
                return name
        if (folder / ".stfolder").is_dir():
            return "Syncthing"
    return None


def _network_kind(path: Path) -> str | None:
    try:
        table = _MOUNTS.read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:  # no Linux
        return None
    kind = mounted_as(path, table)
    return kind if kind and _NETWORK.fullmatch(kind) else None


def mounted_as(path: Path, table: str) -> str | None:
    """The file system that `path` lies on, by the text of a mount table (proc(5), mountinfo).

    >>> mounted_as(Path("/home/ana"), "36 25 0:31 / /home rw - nfs4 server:/home rw")
    'nfs4'
    """
    found: tuple[int, str] | None = None
    for line in table.splitlines():
        left, dash, right = line.partition(" - ")
        if not dash:
            continue
        point = Path(_unescaped(left.split(" ")[4]))
        depth = len(point.parts)
        if path.is_relative_to(point) and (found is None or depth >= found[0]):  # the last mount is on top
            found = depth, right.split(" ")[0]
    return found[1] if found else None


def _unescaped(text: str) -> str:
    return re.sub(r"\\([0-7]{3})", lambda code: chr(int(code[1], 8)), text)


def _drive_kind(path: Path) -> str | None:
    if str(path).startswith("\\\\"):
        return "UNC path"
    import ctypes  # noqa: PLC0415 - Windows only

    kernel = getattr(ctypes, "windll").kernel32  # noqa: B009 - unknown to type checkers elsewhere
    remote = 4  # DRIVE_REMOTE
    return "network drive" if kernel.GetDriveTypeW(path.anchor) == remote else None

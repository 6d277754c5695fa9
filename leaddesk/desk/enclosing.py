"""Files that go out with an answer: named by a person, read and frozen when they approve."""

from __future__ import annotations

import hashlib
import stat
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from leaddesk.rules.capture.attachments import safe_name
from leaddesk.rules.parts import Enclosure
from leaddesk.words.account import Account
from leaddesk.words.errors import Refused
from leaddesk.words.outgoing import OutFile

MOST_BYTES = 50_000_000
"""What all files of one mail may have: no provider that we know takes more."""


def files_at(paths: Iterable[Path]) -> tuple[OutFile, ...]:
    """Files as they lie there now. Raises Refused for one that cannot go out."""
    return tuple(_file_at(path) for path in paths)


def read(files: Sequence[OutFile]) -> tuple[Enclosure, ...]:
    """The bytes of the files as they are now. Raises Refused where one is gone or they are too large."""
    if sum(each.size for each in files_at(Path(file.path) for file in files)) > MOST_BYTES:
        raise Refused(f"These files have more than {mb(MOST_BYTES)}.", "Take one out, or send a link to it.")
    return tuple(_read(each) for each in files)


def approved(files: Sequence[OutFile], read: Sequence[Enclosure]) -> tuple[OutFile, ...]:
    """The files with what was read of them: size and digest."""
    return tuple(
        replace(file, size=len(each.data), digest=hashlib.sha256(each.data).hexdigest())
        for file, each in zip(files, read, strict=True)
    )


def check_room(account: Account, addresses: Iterable[str], size: int) -> None:
    """Raises Refused where the server has said that it takes no such mail. `size` is in bytes."""
    room, host = account.room, account.smtp.host
    if room.bytes is not None and size > room.bytes:
        raise Refused(
            f"This mail has {mb(size)}, and {host} takes at most {mb(room.bytes)}.",
            "Take a file out, or send a link to it.",
        )
    foreign = next((each for each in addresses if not each.isascii()), None)
    if foreign is not None and room.foreign is False:
        raise Refused(
            f"{host} cannot write to {foreign}: it takes plain letters only.",
            "Ask them for another address, or call.",
        )


def mb(size: int) -> str:
    """A size as it is said.

    >>> mb(26_214_400), mb(812_000), mb(1_900_000)
    ('26 MB', '0.8 MB', '1.9 MB')
    """
    millions = size / 1_000_000
    return f"{millions:.0f} MB" if millions >= 10 else f"{max(millions, 0.1):.1f} MB"


def _file_at(path: Path) -> OutFile:
    try:
        facts = path.stat()
    except OSError as error:
        raise _gone(path.name) from error
    if not stat.S_ISREG(facts.st_mode):
        raise Refused(f"“{safe_name(path.name)}” is no file.", "Add single files, not folders.")
    return OutFile(safe_name(path.name), str(path), facts.st_size)


def _read(file: OutFile) -> Enclosure:
    try:
        return Enclosure(file.name, Path(file.path).read_bytes())
    except OSError as error:
        raise _gone(file.name) from error


def _gone(name: str) -> Refused:
    return Refused(
        f"“{safe_name(name)}” cannot be read where it was.", "Add it anew, or take it out of the answer."
    )

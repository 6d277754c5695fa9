"""Saving what somebody sent: under a clean name, never over another file, never through a link."""

from __future__ import annotations

import os
import re
from pathlib import Path

_LONGEST = 120
_RISKY_WORDS = """
    ade adp apk app appimage application appref-ms bas bat bin cab chm cmd com command cpl crt deb
    desktop diagcab dll dmg docm dotm elf exe gadget hta htm html img inf ins iso jar jnlp js jse lnk
    mde msc msi msp mst pif potm ppam ppsm pptm ps1 py pyw reg rpm run scf scr sct settingcontent-ms sh
    shb shtml svg swf terminal url vb vbe vbs vhd vhdx ws wsf wsh xhtml xlam xlsm xltm xll xml
"""
_RISKY = frozenset(_RISKY_WORDS.split())
_DEVICES = re.compile(r"^(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)
_UNFIT = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\u200e\u200f\u202a-\u202e\u2066-\u2069]')


def is_risky(name: str) -> bool:
    """True for a file that can do something by being opened.

    >>> is_risky("plan.pdf"), is_risky("plan.pdf.exe"), is_risky("Plan.HTML")
    (False, True, True)
    """
    _, dot, ending = name.rstrip(" .").rpartition(".")
    return bool(dot) and ending.lower() in _RISKY


def clean_name(name: str) -> str:
    """A bare file name that every platform takes.

    >>> clean_name("../../etc/passwd"), clean_name("con.txt"), clean_name(" .. ")
    ('passwd', '_con.txt', 'file')
    """
    bare = re.split(r"[/\\\\]", name)[-1]
    bare = _UNFIT.sub("", bare).strip(" .")
    if not bare:
        return "file"
    if _DEVICES.match(bare):
        bare = f"_{bare}"
    stem, dot, ending = bare.rpartition(".")
    if not dot or len(ending) > 16:
        return bare[:_LONGEST]
    return f"{stem[: _LONGEST - len(ending) - 1]}.{ending}"


def save_new(folder: Path, name: str, data: bytes) -> Path:
    """Writes a new file into `folder` and returns its path.

    A name that is taken gets a number. Raises OSError where nothing can be written.
    """
    stem, dot, ending = clean_name(name).rpartition(".")
    if not dot:
        stem, ending = ending, ""
    for number in range(1, 1000):
        tail = f"{dot}{ending}" if dot else ""
        path = folder / (f"{stem}{tail}" if number == 1 else f"{stem} ({number}){tail}")
        try:
            _write(path, data)
        except FileExistsError:
            continue
        return path
    raise FileExistsError(f"{folder} has too many files of that name")


def _write(path: Path, data: bytes) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
    flags |= getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
    descriptor = os.open(path, flags, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)

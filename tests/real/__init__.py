"""Tests against real servers and desktop parts; `need` says what to do where a program is missing."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

_SERVER_FOLDERS = ("/usr/sbin", "/usr/local/sbin", "/sbin")
"""Where Debian keeps servers; a person's PATH often leaves them out."""


def find(program: str) -> str | None:
    """The path of a program (a bare name, or a path that must exist), or None.

    A pattern such as `/usr/lib/postgresql/*/bin/initdb` gives the last that matches.
    """
    if "*" in program:
        matches = sorted(Path("/").glob(program.lstrip("/")))
        return str(matches[-1]) if matches else None
    folders = os.pathsep.join((os.environ.get("PATH", os.defpath), *_SERVER_FOLDERS))
    return shutil.which(program, path=folders)


def need(program: str, package: str) -> None:
    """Go on only where `program` is installed: else the test fails under CI and is skipped elsewhere."""
    if find(program):
        return
    sentence = f"{program} is missing: install {package}"
    if os.environ.get("CI") == "true":
        pytest.fail(sentence)
    pytest.skip(sentence)

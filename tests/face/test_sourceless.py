"""PySide reads no sources, and this PySide still has the look that we spare it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def ask(code: str) -> str:
    path = os.pathsep.join((str(ROOT), str(ROOT / "ui")))
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, env=os.environ | {"PYTHONPATH": path}, capture_output=True, check=True)
    return done.stdout.decode().strip()


def test_no_source_is_kept_after_the_window_is_loaded() -> None:
    assert ask("import leaddesk_ui.app, leaddesk.desk, linecache; print(len(linecache.cache))") == "0"


def test_pyside_would_read_them_all() -> None:
    """When this fails, PySide has mended it: take leaddesk_ui.sourceless away."""
    assert int(ask("import PySide6.QtCore, leaddesk.desk, linecache; print(len(linecache.cache))")) > 50

"""What the window loads, and on which thread."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

_ROOT = Path(__file__).resolve().parent.parent.parent
_PROGRAM = """
import sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
from leaddesk_ui.face import Face
from leaddesk_ui.single import SingleWindow
from tests.face.fake_desk import FakeDesk

loaded = []
complete = Face._complete

def watched(face, opened):
    before = set(sys.modules)
    complete(face, opened)
    loaded.extend(sorted(set(sys.modules) - before))

Face._complete = watched
app = QApplication([])
face = Face(app, FakeDesk, SingleWindow(Path(sys.argv[1])), "", in_tray=False)
face.opened.connect(face.end)
app.exec()
print(*loaded)
"""


def test_the_qt_thread_loads_nothing_more_once_the_queue_is_painted(tmp_path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", _PROGRAM, str(tmp_path)],
        cwd=_ROOT,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": f"{_ROOT}{os.pathsep}{_ROOT / 'ui'}"},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert ran.stdout.split() == []

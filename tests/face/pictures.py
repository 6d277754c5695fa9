"""What the pictures of one theme must be; a file of tests a theme, so that two processes share them."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QImage

from leaddesk_ui.screens import SCREENS
from leaddesk_ui.screenshots import take

from .fake_desk import FakeDesk

_READS = {"show", "find", "page", "tally", "attachment", "paste", "look", "dry_run", "week", "read_as"}


def check_pictures(desk: FakeDesk, directory: Path, theme: str) -> None:
    """Every page is taken once at each of its sizes, and the desk was only read."""
    taken = list(take(desk, directory, [theme]))
    assert [page for _, page, size, _ in taken if size == "1280x800"] == [one.name for one in SCREENS]
    assert [page for _, page, size, _ in taken if size == "800x600"] == [o.name for o in SCREENS if o.narrow]
    for file, _, size, told in taken:
        image = QImage(str(file))
        assert (f"{image.width()}x{image.height()}", told) == (size, theme)
    assert {call[0] for call in desk.calls_made} <= _READS

"""Pictures of every page: written, told, and taken without changing anything."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QImage

from leaddesk_ui.screens import SCREENS
from leaddesk_ui.screenshots import THEMES, take

from .fake_desk import FakeDesk


def test_every_page_is_taken_in_both_themes_and_nothing_is_changed(
    desk: FakeDesk, qapp: object, tmp_path: Path
) -> None:
    taken = list(take(desk, tmp_path / "pictures"))
    assert {(page, theme) for _, page, size, theme in taken if size == "1280x800"} == {
        (screen.name, theme) for screen in SCREENS for theme in THEMES
    }
    for file, _, size, _ in taken:
        image = QImage(str(file))
        assert f"{image.width()}x{image.height()}" == size
    reads = {"show", "find", "page", "tally", "attachment", "paste", "look", "dry_run", "week"}
    assert {call[0] for call in desk.calls_made} <= reads

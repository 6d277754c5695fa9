"""Pictures of every page in the dark theme."""

from __future__ import annotations

from pathlib import Path

from .fake_desk import FakeDesk
from .pictures import check_pictures


def test_every_page_is_taken_in_the_dark_theme_and_nothing_is_changed(
    desk: FakeDesk, qapp: object, tmp_path: Path
) -> None:
    check_pictures(desk, tmp_path / "pictures", "dark")

"""The command line on a fresh profile."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.calling import Cli


@pytest.fixture
def cli(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Cli:
    monkeypatch.delenv("LEADDESK_PROFILE", raising=False)
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    return Cli(tmp_path / "profile", monkeypatch, capsys)

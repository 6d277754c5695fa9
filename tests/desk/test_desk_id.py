"""The name of a desk: made once, and never empty, whenever the program was stopped."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from leaddesk.desk import desk_id_of


def test_a_desk_keeps_its_name(tmp_path: Path) -> None:
    name = desk_id_of(tmp_path)
    assert len(name) == 32
    assert desk_id_of(tmp_path) == name
    assert [file.name for file in tmp_path.iterdir()] == ["desk"]


def test_an_empty_file_is_no_name(tmp_path: Path) -> None:
    (tmp_path / "desk").touch()
    assert len(desk_id_of(tmp_path)) == 32


def test_a_stop_between_making_and_naming_leaves_no_half_a_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*files: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(os, "replace", stopped)
        with pytest.raises(KeyboardInterrupt):
            desk_id_of(tmp_path)
    assert not (tmp_path / "desk").exists()
    assert len(desk_id_of(tmp_path)) == 32

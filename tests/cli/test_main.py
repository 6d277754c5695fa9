"""`leaddesk.__main__`: the window, the demo, pictures, or a sentence why there are none."""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from leaddesk import __main__ as program
from leaddesk.doors.mail.reader import HIDDEN_ARGUMENT


def face(monkeypatch: pytest.MonkeyPatch, **modules: Any) -> None:
    """Puts something small where the Qt face would be."""
    package = ModuleType("leaddesk_ui")
    for name, module in modules.items():
        setattr(package, name, module)
    monkeypatch.setitem(sys.modules, "leaddesk_ui", package)


def test_no_command_opens_the_window_of_the_profile(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    calls: list[object] = []

    def run(words: tuple[str, ...], profile: Path, database: str | None) -> int:
        calls.append((words, profile, database))
        return 4

    face(monkeypatch, app=SimpleNamespace(run=run))
    monkeypatch.setenv("DISPLAY", ":99")
    words = ["--profile", str(tmp_path), "--database", "postgresql:///leads", "--in-tray"]
    assert program.main(words) == 4
    assert calls == [(tuple(words), tmp_path, "postgresql:///leads")]


def test_the_demo_needs_no_display(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    calls: list[object] = []

    def run(words: tuple[str, ...]) -> int:
        calls.append(words)
        return 0

    face(monkeypatch, demo=SimpleNamespace(run=run))
    assert program.main(["--demo"]) == 0
    assert calls == [("--demo",)]


@pytest.mark.parametrize("words", [[], ["--demo"], ["screenshots", "pictures"]])
def test_without_qt_a_sentence_says_so(
    words: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DISPLAY", ":99")
    monkeypatch.setitem(sys.modules, "leaddesk_ui", None)
    assert program.main(["--profile", str(tmp_path / "p"), *words]) == 1
    assert capsys.readouterr().err.startswith("The window is not installed here.")


def test_what_else_is_missing_is_our_own_mistake(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def run(words: tuple[str, ...]) -> int:
        raise ModuleNotFoundError("No module named 'something'", name="something")

    face(monkeypatch, demo=SimpleNamespace(run=run))
    assert program.main(["--profile", str(tmp_path), "--demo"]) == 1
    assert capsys.readouterr().err.startswith("Something went wrong inside LeadDesk")


def test_pictures_are_taken_of_the_profile(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def take(desk: Any, folder: Path) -> Any:
        yield folder / "today.png", "today", desk.profile.name, "light"

    face(monkeypatch, screenshots=SimpleNamespace(take=take))
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    assert program.main(["--profile", str(tmp_path / "p"), "screenshots", str(tmp_path)]) == 0
    assert capsys.readouterr().out == f"{tmp_path / 'today.png'}\n"


def test_the_hidden_word_is_the_readers() -> None:
    assert program._READ_MAIL == HIDDEN_ARGUMENT


@pytest.mark.parametrize(
    ("words", "is_spared"),
    [(["queue"], True), (["queue", "--database", "x"], False), (["--database=x"], False)],
)
def test_psycopg_is_for_a_database_only(
    words: list[str], is_spared: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "modules", {})
    program._spare_drivers(words)
    assert ("psycopg" in sys.modules) is is_spared

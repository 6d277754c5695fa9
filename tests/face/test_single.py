"""A second start asks the first window to come up, through a socket or a pipe."""

from __future__ import annotations

import os
import socket
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from leaddesk_ui import single
from leaddesk_ui.single import SingleWindow


@pytest.fixture
def tmp_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A short name: that of a socket has a hundred signs at most."""
    return tmp_path_factory.mktemp("s")


@pytest.fixture(params=["socket", "pipe"])
def first(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[SingleWindow]:
    """The first window of a profile, before it listens."""
    monkeypatch.setattr(single, "word_module", lambda: f"word_{request.param}")
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    made = SingleWindow(tmp_path / "profile")
    yield made
    made.close()


@pytest.fixture
def second(first: SingleWindow, tmp_path: Path) -> SingleWindow:
    return SingleWindow(tmp_path / "profile")


def test_nobody_is_raised_before_the_first_listens(first: SingleWindow, second: SingleWindow) -> None:
    assert not second.raise_first()


def test_the_activation_token_comes_along(
    first: SingleWindow, second: SingleWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_ACTIVATION_TOKEN", "t0ken")
    first.listen()
    with qtbot.waitSignal(first.raise_requested, timeout=2000) as raised:
        assert second.raise_first()
    assert raised.args == ["t0ken"]


def test_another_profile_has_its_own_window(first: SingleWindow, tmp_path: Path) -> None:
    first.listen()
    assert not SingleWindow(tmp_path / "other").raise_first()


def test_what_a_killed_window_left_is_no_window(
    first: SingleWindow, second: SingleWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    with socket.socket(socket.AF_UNIX) as left:
        left.bind(str(tmp_path / first._name))
    assert not second.raise_first()
    first.listen()
    with qtbot.waitSignal(first.raise_requested, timeout=2000):
        assert second.raise_first()


def test_a_stranger_that_says_nothing_raises_nobody(
    first: SingleWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    first.listen()
    for path in (path for path in tmp_path.iterdir() if stat.S_ISSOCK(path.stat().st_mode)):
        with socket.socket(socket.AF_UNIX) as line:
            line.connect(str(path))
            with qtbot.assertNotEmitted(first.raise_requested, wait=200):
                pass


def test_only_this_person_may_speak(first: SingleWindow, tmp_path: Path) -> None:
    first.listen()
    modes = [path.stat().st_mode for path in tmp_path.iterdir() if stat.S_ISSOCK(path.stat().st_mode)]
    assert modes
    assert not [mode for mode in modes if mode & 0o077]
    assert os.getuid() == tmp_path.stat().st_uid


def test_a_folder_whose_name_is_too_long_for_a_socket_is_gone_round(
    first: SingleWindow, second: SingleWindow, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    deep = tmp_path / ("a" * 120)
    deep.mkdir()
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(deep))
    monkeypatch.setattr("tempfile.tempdir", "/tmp")
    first.listen()
    with qtbot.waitSignal(first.raise_requested, timeout=2000):
        assert second.raise_first()

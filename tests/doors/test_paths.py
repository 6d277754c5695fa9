"""Where things lie, and who may read them."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from leaddesk.doors import paths
from leaddesk.words.errors import Unusable

posix = pytest.mark.skipif(os.name != "posix", reason="Windows has the profile's ACL instead")


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture
def package(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """An installed package in a folder of its own."""
    package = tmp_path / "site" / "leaddesk"
    (package / "_resources").mkdir(parents=True)
    monkeypatch.setattr(paths, "_PACKAGE", package)
    return package


def _put(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "icon.svg").write_text(folder.name)
    return folder / "icon.svg"


def test_the_checkouts_resources_come_before_the_packages_copy(package: Path) -> None:
    _put(package / "_resources")
    checkout = _put(package.parent / "resources")
    (package.parent / "pyproject.toml").touch()
    assert paths.resource("icon.svg") == checkout


def test_a_folder_called_resources_beside_an_installed_package_is_not_ours(package: Path) -> None:
    installed = _put(package / "_resources")
    _put(package.parent / "resources")
    assert paths.resource("icon.svg") == installed


def test_a_frozen_program_finds_its_own(
    package: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    frozen = _put(tmp_path / "bundle" / "resources")
    monkeypatch.setattr("sys._MEIPASS", str(tmp_path / "bundle"), raising=False)
    assert paths.resource("icon.svg") == frozen


@pytest.mark.usefixtures("package")
def test_a_missing_resource_is_an_error() -> None:
    with pytest.raises(FileNotFoundError, match=r"no resource 'icons/none\.svg'"):
        paths.resource("icons/none.svg")


@pytest.mark.parametrize("name", ["", "../pyproject.toml", "icons/../../x", "/etc/passwd"])
def test_a_name_that_leaves_the_folder_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="not a resource"):
        paths.resource(name)


def test_the_data_folder_is_the_platforms(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setenv("LEADDESK_PROFILE", "/elsewhere")
    assert paths.data_dir() == tmp_path / "leaddesk"
    assert paths.log_dir() == tmp_path / "leaddesk" / "logs"
    assert paths.log_dir(Path("p")) == Path("p/logs")
    assert not paths.data_dir().exists()


@posix
def test_a_new_folder_and_a_new_file_are_for_this_person_only(tmp_path: Path) -> None:
    old = os.umask(0)
    try:
        folder = paths.make_private(tmp_path / "a" / "profile")
        file = paths.private_file(folder / "x.db")
    finally:
        os.umask(old)
    assert (_mode(folder), _mode(file)) == (0o700, 0o600)


@posix
def test_an_open_folder_and_an_open_file_are_closed_and_keep_what_is_in_them(tmp_path: Path) -> None:
    folder, file = tmp_path / "profile", tmp_path / "profile" / "x.db"
    folder.mkdir(mode=0o755)
    file.write_text("kept")
    file.chmod(0o644)
    paths.make_private(folder)
    paths.private_file(file)
    assert (_mode(folder), _mode(file), file.read_text()) == (0o700, 0o600, "kept")


@posix
def test_a_folder_shared_by_everybody_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    tmp_path.chmod(0o1777)
    with pytest.raises(Unusable, match="shared by everybody"):
        paths.make_private(tmp_path)
    assert _mode(tmp_path) == 0o1777


def test_a_file_in_the_folders_place_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "profile").touch()
    with pytest.raises(Unusable, match="is a file, not a folder"):
        paths.make_private(tmp_path / "profile")
    with pytest.raises(Unusable, match="cannot be used"):
        paths.make_private(tmp_path / "profile" / "below")

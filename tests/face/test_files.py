"""Files that somebody sent: clean names, never over another file or through a link, pictures in bounds."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QSize, qInstallMessageHandler
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from leaddesk_ui.ask import Answer
from leaddesk_ui.lead import keeping
from leaddesk_ui.lead.attachments import FilesOfMail
from leaddesk_ui.lead.files import clean_name, is_risky, save_new
from leaddesk_ui.lead.pictures import is_picture, thumbnail
from leaddesk_ui.window import Window

from .conftest import Settle
from .fake_desk import FakeDesk, png, png_head

SIZE = QSize(264, 168)


@given(st.text(max_size=300))
def test_any_name_stays_inside_its_folder(name: str) -> None:
    clean = clean_name(name)
    assert clean not in ("", ".", "..")
    assert "/" not in clean
    assert "\\" not in clean
    assert "\0" not in clean
    assert len(clean) <= 120
    assert Path("/somewhere", clean).parent == Path("/somewhere")


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("../../etc/passwd", "passwd"),
        ("..\\..\\x.txt", "x.txt"),
        ("a\x00.exe\r\nX", "a.exeX"),
        ("CON", "_CON"),
        ("nul.txt", "_nul.txt"),
        ("a:b", "ab"),
        ("name.", "name"),
        ("\u202egpj.exe", "gpj.exe"),
        ("...", "file"),
        ("x" * 300 + ".pdf", "x" * 116 + ".pdf"),
    ],
)
def test_hostile_names_are_cleaned(name: str, clean: str) -> None:
    assert clean_name(name) == clean


@pytest.mark.parametrize(
    "name", ["a.exe", "a.pdf.EXE", "a.html", "x.desktop", "x.iso", "x.docm", "x.lnk", "a.exe."]
)
def test_what_can_run_is_warned_of(name: str) -> None:
    assert is_risky(name)


@pytest.mark.parametrize("name", ["a.pdf", "a.jpg", "exe", "a.docx", "a"])
def test_what_cannot_run_is_not(name: str) -> None:
    assert not is_risky(name)


def test_a_file_is_never_written_over_another(tmp_path: Path) -> None:
    first = save_new(tmp_path, "plan.pdf", b"one")
    second = save_new(tmp_path, "plan.pdf", b"two")
    assert (first.name, second.name) == ("plan.pdf", "plan (2).pdf")
    assert first.read_bytes() == b"one"


def test_a_file_is_never_written_through_a_link(tmp_path: Path) -> None:
    target = tmp_path / "target"
    (tmp_path / "plan.pdf").symlink_to(target)
    written = save_new(tmp_path, "plan.pdf", b"x")
    assert not target.exists()
    assert written.name == "plan (2).pdf"


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX")
def test_a_saved_file_is_this_persons_alone(tmp_path: Path) -> None:
    assert save_new(tmp_path, "a.txt", b"").stat().st_mode & 0o777 == 0o600


def test_a_picture_is_shown_small(qapp: object) -> None:
    image = thumbnail(png(600, 300, (255, 0, 0), (0, 0, 255)), SIZE)
    assert image is not None
    assert image.size() == SIZE


@pytest.mark.parametrize(
    "data", [b"", b"not a picture", b"\x89PNG\r\n\x1a\n", b"<svg xmlns='http://www.w3.org/2000/svg'/>"]
)
def test_what_is_no_picture_keeps_its_icon(qapp: object, data: bytes) -> None:
    assert thumbnail(data, SIZE) is None


def test_a_picture_of_a_hundred_megapixels_is_not_decoded(qapp: object, qtlog: Any) -> None:
    said: list[str] = []
    with qtlog.disabled():
        before = qInstallMessageHandler(lambda kind, context, message: said.append(message))
        found = thumbnail(png_head(12_000, 9_000), SIZE)
        qInstallMessageHandler(before)
    assert found is None
    assert ["exceeds the current allocation limit" in each for each in said] == [True], (
        "not for want of pixels"
    )


def test_svg_is_no_picture() -> None:
    assert not is_picture("image/svg+xml", 10)
    assert is_picture("image/jpeg", 10)
    assert not is_picture("image/jpeg", 50_000_000)


@pytest.fixture
def files(window: Window, settle: Settle) -> FilesOfMail:
    window.open_lead(3)
    settle()
    return window.lead.findChildren(FilesOfMail)[0]


def test_nothing_is_written_before_the_person_asks(files: FilesOfMail, window: Window) -> None:
    assert window.lead.files.folder is None


def test_ctrl_s_saves_all_into_the_chosen_folder(
    files: FilesOfMail, window: Window, settle: Settle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *given: str(tmp_path))
    files.save_all()
    settle()
    assert sorted(one.name for one in tmp_path.iterdir()) == [
        "ceiling.jpg",
        "gutter.jpg",
        "plan of the house.pdf",
        "slates.jpg",
    ]
    assert window.toast.text == f"4 files saved in {tmp_path}."


def test_o_opens_a_private_copy(
    files: FilesOfMail, window: Window, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []

    def open_it(path: Path) -> bool:
        opened.append(str(path))
        return True

    monkeypatch.setattr(keeping, "open_with_desktop", open_it)
    files.open_first()
    settle()
    assert [Path(one).name for one in opened] == ["slates.jpg"]
    assert Path(opened[0]).stat().st_mode & 0o777 == 0o600


def test_a_program_is_not_opened_unless_the_person_insists(
    files: FilesOfMail, desk: FakeDesk, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Path] = []
    monkeypatch.setattr(desk.receive, "attachment", lambda mail, index: ("invoice.pdf.exe", b"MZ"))
    monkeypatch.setattr(keeping, "open_with_desktop", opened.append)
    monkeypatch.setattr(keeping, "ask", lambda *given: Answer.NO)
    files.open_first()
    settle()
    assert opened == []


def test_a_folder_that_cannot_be_written_is_told(
    files: FilesOfMail, window: Window, settle: Settle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    nowhere = tmp_path / "gone"
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *given: str(nowhere))
    files.save_all()
    settle()
    assert window.toast.text == "The file was not saved: No such file or directory."


def test_thumbnails_come_without_the_window_waiting(files: FilesOfMail, qtbot: QtBot) -> None:
    assert not files.grab().isNull()

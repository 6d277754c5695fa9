"""The import page by its keys: looked at, tried, changed by hand, taken in, stopped, taken back."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from leaddesk.words.by_hand import Dropped
from leaddesk.words.errors import Refused
from leaddesk.words.imports import Field, Written
from leaddesk_ui.ask import Answer
from leaddesk_ui.imports import past
from leaddesk_ui.imports.page import ImportPage
from leaddesk_ui.rail import Place
from leaddesk_ui.text import Words
from leaddesk_ui.window import Window

from .conftest import Settle
from .fake_desk import FakeDesk
from .typing_in import press

CTRL = Qt.KeyboardModifier.ControlModifier
FILE = Path("people.csv")


def words(page: ImportPage) -> list[str]:
    return [one.text() for one in page.findChildren(Words) if one.isVisible()]


def visible(page: ImportPage, text: str) -> QPushButton:
    buttons = [one for one in page.findChildren(QPushButton) if one.isVisible()]
    return next(one for one in buttons if one.accessibleName().startswith(text))


@pytest.fixture
def page(window: Window, settle: Settle) -> ImportPage:
    """A file is open and tried."""
    window.importing.open([FILE])
    settle()
    return window.importing.page


def test_a_key_opens_the_page_and_a_file_is_chosen(
    window: Window, desk: FakeDesk, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *given: ([str(FILE)], ""))
    press(window, Qt.Key.Key_I, CTRL)
    settle()
    press(window, Qt.Key.Key_Return)
    settle()
    assert desk.asked("look")[0] == ("people.csv", None)
    assert desk.asked("run") == []


def test_a_file_is_shown_with_its_guesses_and_what_would_come_of_it(page: ImportPage, desk: FakeDesk) -> None:
    told = words(page)
    assert "A table; the first row has the titles." in told
    assert [choice.text() for choice in page.table.choices] == ["Name  ▾", "Phone?  ▾"]
    assert {"Ann Hollis", "4,9E+11", "new", "known already", "doubtful", "unusable"} <= set(told)
    assert (
        "One row has a number spoiled by a spreadsheet, first on line 3. What cannot be rung is left out."
        in told
    )
    assert page.findChildren(QPlainTextEdit)[0].toPlainText() == (
        "Line 4: unusable. No name, address or number.\nand 1 more"
    )
    assert desk.asked("run") == []


def test_a_column_is_changed_by_the_keyboard_and_kept_with_the_import(
    page: ImportPage, window: Window, desk: FakeDesk, settle: Settle
) -> None:
    choice = page.table.choices[1]
    choice.setFocus()
    press(choice, Qt.Key.Key_Down)
    menu = choice.findChild(QMenu)
    assert menu is not None
    next(one for one in menu.actions() if one.text() == "Leave out").trigger()
    menu.close()
    settle()
    assert desk.asked("dry_run")[-1] == ("people.csv", {0: Field.NAME, 1: Field.SKIP}, False)
    assert window.focusWidget() is page.table.choices[1]
    visible(page, "Take in").click()
    settle()
    assert desk.asked("run") == [("people.csv", {0: Field.NAME, 1: Field.SKIP}, False)]


def pick(choice: QPushButton, words: str) -> None:
    """By keyboard, from a list that is opened with the arrow."""
    choice.setFocus()
    press(choice, Qt.Key.Key_Down)
    menu = choice.findChild(QMenu)
    assert menu is not None
    next(one for one in menu.actions() if one.text() == words).trigger()
    menu.close()


def test_encoding_and_separator_are_changed_and_the_rows_read_again_at_once(
    page: ImportPage, desk: FakeDesk, settle: Settle
) -> None:
    assert page.writing.encoding.text() == "Written in Windows-1252 (guessed)  ▾"
    pick(page.writing.encoding, "UTF-8")
    settle()
    assert desk.asked("read_as")[-1] == (Written("utf-8"),)
    assert page.writing.encoding.text() == "Written in UTF-8  ▾"
    pick(page.writing.delimiter, "commas")
    settle()
    assert desk.asked("look")[-1] == ("people.csv", None)
    assert desk.asked("read_as")[-1] == (Written("utf-8", ","),)
    assert page.writing.delimiter.text() == "Separated by commas  ▾"


def test_an_encoding_in_which_the_file_is_not_written_is_said_and_the_file_stays_as_it_was(
    page: ImportPage, desk: FakeDesk, settle: Settle
) -> None:
    pick(page.writing.encoding, "UTF-8")
    settle()
    pick(page.writing.encoding, "UTF-16")
    settle()
    settle()
    assert page.writing.encoding.text() == "Written in UTF-8  ▾"
    assert "people.csv is not written in utf-16." in words(page)
    assert not page.is_at_rest
    visible(page, "Take in")


def test_enter_does_nothing_while_a_file_is_looked_at(
    window: Window, desk: FakeDesk, settle: Settle, qtbot: QtBot
) -> None:
    desk.imports.waits_for = threading.Event()
    window.importing.open([FILE])
    page = window.importing.page
    qtbot.waitUntil(lambda: "Looked at: 2 lines, 50%" in words(page))
    press(QApplication.focusWidget() or window, Qt.Key.Key_Return)
    assert "people.csv" in words(page)
    assert not page.is_at_rest
    desk.imports.waits_for.set()
    settle()
    press(QApplication.focusWidget() or window, Qt.Key.Key_Return)
    settle()
    assert desk.asked("run") == [("people.csv", None, False)]


def test_enter_takes_them_in_and_ctrl_z_takes_them_back(
    page: ImportPage, window: Window, desk: FakeDesk, settle: Settle
) -> None:
    press(window, Qt.Key.Key_Return)
    settle()
    assert desk.asked("run") == [("people.csv", None, False)]
    assert "2 people came in from people.csv; 1 of them wait." in words(page)
    assert window.toast.text == "2 people came in from people.csv; 1 of them wait."
    press(window, Qt.Key.Key_Z, CTRL)
    settle()
    assert desk.asked("undo_import") == [(7,)]
    assert "The import of people.csv is taken back." in words(page)
    press(window, Qt.Key.Key_Return)
    assert window.place is Place.TODAY


def test_an_import_of_the_past_is_taken_back_on_the_page(
    page: ImportPage, window: Window, desk: FakeDesk, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    press(window, Qt.Key.Key_Return)
    settle()
    press(window, Qt.Key.Key_Escape)
    press(window, Qt.Key.Key_I, CTRL)
    settle()
    monkeypatch.setattr(past, "ask", lambda *given: Answer.YES)
    visible(page, "Take back the import of people.csv").click()
    settle()
    assert desk.asked("undo_import") == [(7,)]
    assert any(text.startswith("taken back") for text in words(page))


def test_taking_back_shows_how_far_it_is(
    page: ImportPage, window: Window, desk: FakeDesk, settle: Settle, qtbot: QtBot
) -> None:
    press(window, Qt.Key.Key_Return)
    settle()
    desk.imports.waits_for = threading.Event()
    visible(page, "Take it back").click()
    qtbot.waitUntil(lambda: "Taken back: 1 lead, 50%" in words(page))
    assert not visible(page, "Take it back").isEnabled()
    desk.imports.waits_for.set()
    settle()
    assert "Taken back: people.csv, 2 leads." in words(page)
    assert "Taken back: 1 lead, 50%" not in words(page)


def test_taking_back_an_import_of_the_past_shows_how_far_it_is(
    page: ImportPage, window: Window, desk: FakeDesk, settle: Settle, qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Escape):
        press(window, key)
        settle()
    press(window, Qt.Key.Key_I, CTRL)
    settle()
    monkeypatch.setattr(past, "ask", lambda *given: Answer.YES)
    desk.imports.waits_for = threading.Event()
    undo = visible(page, "Take back the import of people.csv")
    undo.click()
    qtbot.waitUntil(lambda: "Taken back: 1 lead, 50%" in words(page))
    assert not undo.isEnabled()
    desk.imports.waits_for.set()
    settle()
    assert "Taken back: 1 lead, 50%" not in words(page)


def test_the_doubtful_are_taken_when_it_is_wished(page: ImportPage, desk: FakeDesk, settle: Settle) -> None:
    page.outcome._doubtful.click()
    settle()
    assert desk.asked("dry_run")[-1][2]
    visible(page, "Take in").click()
    settle()
    assert desk.asked("run")[-1][2]


def test_a_running_import_shows_how_far_it_is_and_can_be_stopped(
    page: ImportPage, window: Window, desk: FakeDesk, settle: Settle, qtbot: QtBot
) -> None:
    desk.imports.waits_for = threading.Event()
    visible(page, "Take in").click()
    qtbot.waitUntil(lambda: "Taken in: 2 lines, 50%" in words(page))
    assert not visible(page, "Take in").isEnabled()
    assert not page.table.choices[0].isEnabled(), "nothing is changed under a running import"
    press(window, Qt.Key.Key_Escape)
    desk.imports.waits_for.set()
    settle()
    assert visible(page, "Take in").isEnabled()
    assert desk.imports.past == () or desk.asked("run")
    assert "2 people came in from people.csv; 1 of them wait." not in words(page)


def test_what_is_no_table_says_so_and_what_to_do(window: Window, desk: FakeDesk, settle: Settle) -> None:
    desk.imports.refusal = Refused("people.csv is a PDF.", "A table or cards are needed: CSV or vCard.")
    window.importing.open([FILE])
    settle()
    told = words(window.importing.page)
    assert {"people.csv is a PDF.", "A table or cards are needed: CSV or vCard."} <= set(told)
    assert QApplication.focusWidget() is visible(window.importing.page, "Choose a file")


def test_dropped_files_of_people_are_looked_at_one_after_the_other(
    window: Window, desk: FakeDesk, settle: Settle
) -> None:
    desk.drops.result = Dropped(tables=("one.csv", "two.vcf"))
    window.taking_in.drop([Path("one.csv"), Path("two.vcf")])
    settle()
    assert desk.asked("dry_run")[-1][0] == "one.csv"
    press(window, Qt.Key.Key_Return)
    settle()
    press(window, Qt.Key.Key_Return)
    settle()
    assert desk.asked("dry_run")[-1][0] == "two.vcf"

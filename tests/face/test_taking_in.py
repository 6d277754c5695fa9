"""What comes in through the window: a caller by the keyboard alone, a pasted text, dropped files."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from leaddesk.words.by_hand import Dropped, Unread
from leaddesk.words.lead import Channel, Outcome
from leaddesk.words.views import Found
from leaddesk_ui.sheet import Sheet
from leaddesk_ui.when import time_of_day
from leaddesk_ui.window import Window

from .conftest import Settle
from .fake_desk import NOW, FakeDesk
from .typing_in import press, type_text

CTRL = Qt.KeyboardModifier.ControlModifier


def sheet_of(window: Window) -> Sheet:
    sheet = window.sheets.sheet
    assert sheet is not None
    return sheet


def named(sheet: Sheet, name: str) -> QLineEdit:
    return next(one for one in sheet.findChildren(QLineEdit) if one.accessibleName() == name)


def known(sheet: Sheet) -> list[QPushButton]:
    """The buttons that open somebody who is known."""
    return sheet.findChildren(QPushButton, "known")


def knows(desk: FakeDesk, lead: int, name: str, number: str) -> None:
    """From now on a search for the number's digits finds this lead."""

    def find(words: str, limit: int = 50) -> tuple[Found, ...]:
        desk.did("find", words)
        digits = "".join(sign for sign in words if sign.isdigit())
        if not digits or digits not in number:
            return ()
        return (Found(lead=lead, name=name, snippet="", outcome=Outcome.OPEN, since=NOW, source="Phone"),)

    desk.leads.find = find  # type: ignore[method-assign]  # what this desk knows


# -- by hand


@pytest.mark.parametrize("typed", ["07700900164", "0164", "900 164", "(07700) 900-164"])
def test_the_digits_of_a_caller_and_enter_open_the_known_lead(
    window: Window, desk: FakeDesk, settle: Settle, qtbot: QtBot, typed: str
) -> None:
    knows(desk, 3, "Joan Hartley", "07700900164")
    press(window, Qt.Key.Key_Plus)
    sheet = sheet_of(window)
    field = QApplication.focusWidget()
    assert field is named(sheet, "Name or number")
    type_text(field, typed)
    qtbot.waitUntil(lambda: bool(known(sheet)))
    assert known(sheet)[0].accessibleName() == "Open Joan Hartley"
    press(field, Qt.Key.Key_Return)
    settle()
    assert window.sheets.sheet is None
    assert window.lead.lead == 3
    assert desk.asked("add") == []


def test_who_is_found_can_get_a_new_enquiry_as_well(
    window: Window, desk: FakeDesk, settle: Settle, qtbot: QtBot
) -> None:
    knows(desk, 3, "Joan Hartley", "07700900164")
    press(window, Qt.Key.Key_Plus)
    sheet = sheet_of(window)
    type_text(named(sheet, "Name or number"), "07700900164")
    qtbot.waitUntil(lambda: bool(known(sheet)))
    type_text(named(sheet, "What they want"), "A gutter")
    press(named(sheet, "What they want"), Qt.Key.Key_Return)
    settle()
    assert [call[:3] for call in desk.asked("add")] == [("", "07700900164", "A gutter")]


def test_a_number_that_nobody_has_is_added_from_the_first_field(
    window: Window, desk: FakeDesk, settle: Settle
) -> None:
    knows(desk, 3, "Joan Hartley", "07700900164")
    press(window, Qt.Key.Key_Plus)
    sheet = sheet_of(window)
    type_text(named(sheet, "Name or number"), "0131 496 0021")
    press(named(sheet, "Name or number"), Qt.Key.Key_Return)
    settle()
    assert [call[:2] for call in desk.asked("add")] == [("", "0131 496 0021")]
    assert [call[3] for call in desk.asked("add_more")] == [Channel.CALL]


def test_a_name_that_others_have_too_is_no_reason_to_open_them(
    window: Window, desk: FakeDesk, settle: Settle, qtbot: QtBot
) -> None:
    press(window, Qt.Key.Key_Plus)
    sheet = sheet_of(window)
    type_text(named(sheet, "Name or number"), "Joan Hartley")
    qtbot.waitUntil(lambda: bool(known(sheet)))
    press(named(sheet, "Name or number"), Qt.Key.Key_Return)
    settle()
    assert [call[0] for call in desk.asked("add")] == ["Joan Hartley"]


def test_who_came_by_is_written_down_as_that(window: Window, desk: FakeDesk, settle: Settle) -> None:
    press(window, Qt.Key.Key_Plus)
    sheet = sheet_of(window)
    type_text(named(sheet, "Name or number"), "Ann")
    next(one for one in sheet.findChildren(QPushButton) if one.text() == "came by").click()
    when = named(sheet, "When it was")
    when.selectAll()
    type_text(when, "20 min ago")
    press(when, Qt.Key.Key_Return)
    settle()
    assert desk.asked("add") == [("Ann", "", "", NOW - timedelta(minutes=20))]
    assert [call[3] for call in desk.asked("add_more")] == [Channel.VISIT]


@pytest.mark.parametrize("text", ["", "rang", "25:00", "at 9", "9:61", "100000 min ago", "soon"])
def test_what_is_no_time_is_none(text: str) -> None:
    assert time_of_day(text, NOW, NOW.tzinfo or pytest.fail("NOW is aware")) is None


# -- pasted


def test_a_pasted_text_is_shown_and_nothing_is_stored_until_it_is_said(
    window: Window, desk: FakeDesk, settle: Settle
) -> None:
    QGuiApplication.clipboard().setText("Do you do lofts?\nIn York.")
    press(window, Qt.Key.Key_V, CTRL)
    settle()
    sheet = sheet_of(window)
    assert desk.asked("paste") == [("Do you do lofts?\nIn York.",)]
    assert named(sheet, "Name or number").text() == "Ngozi Eze"
    assert sheet.findChildren(QPlainTextEdit)[0].toPlainText() == "Do you do lofts?\nIn York."
    assert desk.asked("add") == []
    press(sheet.findChildren(QPlainTextEdit)[0], Qt.Key.Key_Return, CTRL)
    settle()
    assert [call[:3] for call in desk.asked("add")] == [
        ("Ngozi Eze", "+447700900231", "Do you do lofts?\nIn York.")
    ]
    assert [call[3] for call in desk.asked("add_more")] == [Channel.OTHER]


def test_with_nothing_copied_a_sentence_says_so(window: Window, settle: Settle) -> None:
    QGuiApplication.clipboard().clear()
    press(window, Qt.Key.Key_V, CTRL)
    settle()
    assert window.sheets.sheet is None
    assert "no text to paste" in window.toast.text


def test_ctrl_v_in_a_field_pastes_into_the_field(window: Window, desk: FakeDesk, settle: Settle) -> None:
    QGuiApplication.clipboard().setText("Hartley")
    window.today.open_search()
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit)
    press(field, Qt.Key.Key_V, CTRL)
    settle()
    assert field.text() == "Hartley"
    assert desk.asked("paste") == []


# -- dropped


def drop(window: Window, *paths: Path) -> Qt.DropAction:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    both = Qt.DropAction.CopyAction | Qt.DropAction.MoveAction
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    entered = QDragEnterEvent(QPoint(300, 300), both, mime, left, none)
    QApplication.sendEvent(window, entered)
    assert entered.isAccepted()
    event = QDropEvent(QPointF(300, 300), both, mime, left, none)
    QApplication.sendEvent(window, event)
    return event.dropAction()


def test_dropped_mails_are_summed_up_and_taken_back(
    window: Window, desk: FakeDesk, settle: Settle, tmp_path: Path
) -> None:
    desk.drops.result = Dropped(enquiries=((7, 1), (8, 2)), others=1)
    action = drop(window, tmp_path / "a.eml", tmp_path)
    assert action == Qt.DropAction.CopyAction  # a "move" would delete the file
    settle()
    assert desk.asked("drop") == [((tmp_path / "a.eml", tmp_path),)]
    assert window.toast.text.startswith("2 mails in the queue, 1 mail")
    press(window, Qt.Key.Key_Z, CTRL)
    settle()
    assert desk.asked("undo_drop") == [(desk.drops.result,)]
    assert desk.asked("undo") == []
    press(window, Qt.Key.Key_Z, CTRL)
    settle()
    assert desk.asked("undo") == [(None,)]


def test_what_was_not_read_is_listed_with_its_reason(window: Window, desk: FakeDesk, settle: Settle) -> None:
    desk.drops.result = Dropped(unread=(Unread("a.msg", "It is in Outlook's own format."),))
    drop(window, Path("a.msg"))
    settle()
    sheet = sheet_of(window)
    words = [one.text() for one in sheet.findChildren(type(window.toast._words))]
    assert "It is in Outlook's own format." in words
    assert any("1 file not read" in text for text in words)
    press(sheet, Qt.Key.Key_Return)
    assert window.sheets.sheet is None


def test_enter_that_is_quicker_than_the_search_waits_for_it(
    window: Window, desk: FakeDesk, settle: Settle
) -> None:
    knows(desk, 3, "Joan Hartley", "07700900164")
    press(window, Qt.Key.Key_Plus)
    field = named(sheet_of(window), "Name or number")
    type_text(field, "900164")
    press(field, Qt.Key.Key_Return)
    settle()
    assert window.lead.lead == 3
    assert desk.asked("add") == []

"""After weeks away the window tells what is overdue, and one key says what becomes of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from leaddesk.words.due import Way
from leaddesk.words.overdue import OverdueItem
from leaddesk_ui.lead.call_sheet import CallSheet
from leaddesk_ui.overdue_sheet import OverdueSheet
from leaddesk_ui.window import Window

from .conftest import Settle
from .fake_desk import NOW, FakeDesk
from .typing_in import press

SHIFT = Qt.KeyboardModifier.ShiftModifier
MAIL = OverdueItem(
    lead=1,
    name="Ngozi Adeyemi",
    since=NOW - timedelta(days=20),
    way=Way.EMAIL,
    text="Yes, we do.",
    outgoing=9,
)
CALL = OverdueItem(lead=3, name="Joan Hartley", since=NOW - timedelta(days=18), way=Way.CALL)


@pytest.fixture
def sheet(window: Window, desk: FakeDesk, settle: Settle) -> OverdueSheet:
    desk.overdue.items = (MAIL, CALL)
    press(window, Qt.Key.Key_Q)
    settle()
    found = window.sheets.sheet
    assert isinstance(found, OverdueSheet)
    return found


def test_who_never_had_an_answer_is_owed_a_first_reply_and_no_mail_of_the_plan(
    window: Window, desk: FakeDesk, settle: Settle
) -> None:
    desk.overdue.items = (CALL, replace(CALL, lead=4, way=Way.EMAIL, is_first=True))
    press(window, Qt.Key.Key_Q)
    settle()
    sheet = window.sheets.sheet
    assert isinstance(sheet, OverdueSheet)
    assert [sheet._line(item).text for item in sheet._items] == [
        "Due: a call of the plan", "Due: your first reply",
    ]  # fmt: skip


def hit(sheet: OverdueSheet, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    press(sheet.focusWidget() or sheet, key, held)
    QApplication.processEvents()


def test_whoever_was_away_is_told_unasked_and_others_are_not(
    window: Window, desk: FakeDesk, settle: Settle
) -> None:
    assert window.sheets.sheet is None
    desk.overdue.items = (MAIL, CALL)
    window.overdue.look()
    settle()
    assert window.sheets.sheet is None
    desk.overdue.away = True
    window.overdue.look()
    settle()
    assert isinstance(window.sheets.sheet, OverdueSheet)


def test_enter_sends_the_mail_and_the_step_is_left(
    window: Window, sheet: OverdueSheet, desk: FakeDesk, settle: Settle
) -> None:
    hit(sheet, Qt.Key.Key_Return)
    settle()
    assert desk.asked("send_overdue") == [(1,)]
    assert window.toast.text == "Your answer to Ngozi Adeyemi goes out now."
    hit(sheet, Qt.Key.Key_Return)
    settle()
    assert window.sheets.sheet is None
    assert window.lead.lead == 3
    assert isinstance(window.lead.sheets.sheet, CallSheet)


def test_one_is_planned_anew_and_all_are_dropped(
    window: Window, sheet: OverdueSheet, desk: FakeDesk, settle: Settle
) -> None:
    hit(sheet, Qt.Key.Key_P)
    settle()
    assert desk.asked("plan_anew") == [(1,)]
    hit(sheet, Qt.Key.Key_X, SHIFT)
    settle()
    assert desk.asked("drop_overdue") == [(3,)]
    assert window.sheets.sheet is None


def test_the_key_says_where_nothing_is_overdue(window: Window, desk: FakeDesk, settle: Settle) -> None:
    press(window, Qt.Key.Key_Q)
    settle()
    assert window.sheets.sheet is None
    assert "Nothing is overdue" in window.toast.text

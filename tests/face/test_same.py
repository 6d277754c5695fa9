"""Same person? Asked quietly on the lead's page, joined by Enter, refused by N, taken apart by a word."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from leaddesk.words.errors import Refused
from leaddesk.words.same import Same
from leaddesk_ui.lead.same_sheet import SameSheet
from leaddesk_ui.text import Words
from leaddesk_ui.window import Window

from .conftest import Settle
from .fake_desk import NOW, FakeDesk
from .typing_in import press as key_press
from .typing_in import type_text

JOAN = Same(
    lead=1, name="Ngozi A.", why="Both use 07700 900164.", wants="A loft", since=NOW,
    known_by="ngozi@work.example, last on 2 Nov 2026",
)  # fmt: skip


@pytest.fixture
def asked(window: Window, desk: FakeDesk, settle: Settle) -> Window:
    """Joan's page, on which somebody is offered as the same person."""
    desk.same.near[3] = (JOAN,)
    window.open_lead(3)
    settle()
    return window


def press(window: Window, name: str) -> None:
    made = window.lead.findChild(QPushButton, name)
    assert made is not None
    assert made.isVisible()
    made.click()


def sheet_of(window: Window) -> SameSheet:
    sheet = window.lead.sheets.sheet
    assert isinstance(sheet, SameSheet)
    return sheet


def shown(window: Window) -> str:
    """What the two lines say, as far as they are in sight."""
    lines = (window.lead.same, window.lead.same.says)
    return " ".join(each.text() for line in lines for each in line.findChildren(Words) if each.isVisible())


def test_nothing_is_asked_where_nobody_is_offered(window: Window, desk: FakeDesk, settle: Settle) -> None:
    window.open_lead(1)
    settle()
    assert not window.lead.same.isVisible()


def test_an_offer_says_whom_and_why(asked: Window) -> None:
    assert "Same person as Ngozi A.?" in shown(asked)
    assert JOAN.why in shown(asked)
    assert JOAN.known_by in shown(asked)


def test_join_joins_the_newer_into_the_older_and_shows_that(
    asked: Window, desk: FakeDesk, settle: Settle
) -> None:
    press(asked, "join_same")
    settle()
    assert desk.asked("merge") == [(3, 1)]
    assert asked.lead.lead == 1
    assert "Joined with Lead 3" in shown(asked)
    assert "Same person" not in shown(asked)


def test_no_keeps_them_apart_and_asks_no_more(asked: Window, desk: FakeDesk, settle: Settle) -> None:
    press(asked, "not_same")
    settle()
    assert desk.asked("keep_apart") == [(3, 1)]
    assert not asked.lead.same.isVisible()


def test_take_apart_makes_them_two(asked: Window, desk: FakeDesk, settle: Settle) -> None:
    press(asked, "join_same")
    settle()
    press(asked, "take_apart")
    settle()
    assert desk.asked("unmerge") == [(3,)]
    assert not asked.lead.same.isVisible()


def test_take_apart_has_its_key_and_what_is_said_names_both(
    asked: Window, desk: FakeDesk, settle: Settle
) -> None:
    press(asked, "join_same")
    settle()
    assert asked.toast.text.startswith("Ngozi A. and Joan Hartley are one lead now.")
    key_press(asked, Qt.Key.Key_D, Qt.KeyboardModifier.ShiftModifier)
    settle()
    assert desk.asked("unmerge") == [(3,)]
    assert "two leads again" in asked.toast.text
    key_press(asked, Qt.Key.Key_D, Qt.KeyboardModifier.ShiftModifier)
    settle()
    assert desk.asked("unmerge") == [(3,)]  # nobody is left to be taken apart


@pytest.mark.parametrize(("key", "asked_for"), [(Qt.Key.Key_Return, "merge"), (Qt.Key.Key_N, "keep_apart")])
def test_by_keyboard_enter_joins_and_n_says_no(
    asked: Window, desk: FakeDesk, settle: Settle, key: Qt.Key, asked_for: str
) -> None:
    key_press(asked, Qt.Key.Key_D)
    settle()
    sheet = sheet_of(asked)
    key_press(sheet.focusWidget() or sheet, key)
    settle()
    assert desk.asked(asked_for) == [(3, 1)]
    assert asked.lead.sheets.sheet is None


def test_another_lead_is_looked_for_and_asked_about_before_it_is_joined(
    window: Window, desk: FakeDesk, settle: Settle, qtbot: QtBot
) -> None:
    window.open_lead(3)
    settle()
    key_press(window, Qt.Key.Key_D)
    settle()
    sheet = sheet_of(window)
    type_text(sheet.field, "ngozi")
    qtbot.waitUntil(lambda: desk.asked("find") == [("ngozi",)])
    settle()
    key_press(sheet.field, Qt.Key.Key_Return)
    assert desk.asked("merge") == []
    key_press(sheet.focusWidget() or sheet, Qt.Key.Key_Return)
    settle()
    assert desk.asked("merge") == [(3, 1)]


def test_a_lead_is_not_offered_to_itself(window: Window, desk: FakeDesk, settle: Settle) -> None:
    sheet = SameSheet("Ngozi", 1, ())
    (found, *_) = desk.leads.find("ngozi")
    sheet.field.setText("ngozi")
    sheet.show_found("ngozi", (replace(found, lead=1),))
    assert sheet.findChildren(QPushButton, "row") == []
    sheet.deleteLater()


def test_what_the_desk_refuses_is_said(
    asked: Window, desk: FakeDesk, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(lead: int, into: int) -> None:
        raise Refused("These two are one lead already.")

    monkeypatch.setattr(desk.same, "merge", refuse)
    press(asked, "join_same")
    settle()
    assert "one lead already" in asked.toast.text


def test_a_lead_that_was_joined_meanwhile_shows_the_one_that_goes_on(
    window: Window, desk: FakeDesk, settle: Settle
) -> None:
    desk.same.merge(3, 1)
    window.open_lead(3)
    settle()
    assert window.lead.lead == 1
    assert window.lead.view is not None
    assert window.lead.view.name == "Ngozi Adeyemi"

"""The holding message in the window: last week before the switch, a text to copy, a line at the lead."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from leaddesk.words.errors import OutOfReach
from leaddesk.words.holding import Held
from leaddesk.words.settings import HOLDING_ON
from leaddesk_ui.lead.holding_line import HoldingLine
from leaddesk_ui.rail import Place
from leaddesk_ui.settings.holding_part import HoldingPart
from leaddesk_ui.text import Words
from leaddesk_ui.window import Window

from .conftest import Settle
from .fake_desk import FakeDesk
from .typing_in import press


@pytest.fixture
def part(window: Window, settle: Settle) -> HoldingPart:
    """The group of the settings, read."""
    window.go(Place.SETTINGS)
    settle()
    window.settings.open("Holding message")
    settle()
    found = window.settings.findChild(HoldingPart)
    assert found is not None
    return found


def words(part: HoldingPart) -> str:
    return "\n".join(one.text() for one in part.findChildren(Words) if not one.isHidden())


def switch(part: HoldingPart) -> QPushButton:
    found = part.findChild(QPushButton, "holding_switch")
    assert found is not None
    return found


def test_last_week_is_in_sight_before_it_can_be_switched_on(
    part: HoldingPart, desk: FakeDesk, settle: Settle
) -> None:
    shown = words(part)
    assert "Of 2 enquiries of the last seven days, 1 would have had one:" in shown
    assert "<b>Ngozi</b>" in shown
    assert "they had one in the last seven days" in shown
    assert "Of 3 promises of the last 30 days, 2 were kept." in shown
    assert "switched off" in shown
    switch(part).click()
    settle()
    assert desk.config.get(HOLDING_ON) is True
    assert switch(part).accessibleName() == "Switch off"


def test_the_words_of_the_first_are_shown_and_a_press_hides_them(part: HoldingPart) -> None:
    assert "this is an automatic message" in words(part)
    less = next(b for b in part.findChildren(QPushButton) if b.accessibleName() == "Hide its words")
    less.click()
    assert "this is an automatic message" not in words(part)


def test_a_key_copies_the_text_for_elsewhere(window: Window, part: HoldingPart, settle: Settle) -> None:
    window.activateWindow()
    settle()
    press(window, Qt.Key.Key_C, Qt.KeyboardModifier.AltModifier)
    assert QGuiApplication.clipboard().text() == "A text for elsewhere.\n"
    assert window.toast.text.startswith("Copied")


def test_what_cannot_be_read_is_said_and_the_switch_stays_shut(
    part: HoldingPart, desk: FakeDesk, settle: Settle
) -> None:
    desk.holding.fails = OutOfReach("The reader ended.", "Try again.")
    part.read()
    settle()
    assert "could not be read" in words(part)
    assert not switch(part).isEnabled()


def test_a_lead_says_in_one_line_what_was_promised(window: Window, desk: FakeDesk, settle: Settle) -> None:
    line = window.lead.findChild(HoldingLine)
    assert line is not None
    assert line.isHidden()
    view = window.lead.view
    assert view is not None
    by = desk.clock.now() + timedelta(hours=1)
    held = Held(to=None, rule=None, why="Automatic reply.", promised_at=by)
    newest = replace(view.enquiries[-1], held=held, first_response=None)
    window.lead.show_lead(replace(view, enquiries=(*view.enquiries[:-1], newest)))
    assert not line.isHidden()
    assert "An answer is promised by" in line.words.text()


def test_the_firms_own_words_are_kept_with_a_sample_beside_them(
    part: HoldingPart, window: Window, desk: FakeDesk, settle: Settle, qtbot: QtBot
) -> None:
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    texts = part.texts
    assert texts.paper.toPlainText() == "Ours."
    assert texts.preview == "Ours.\n\nIt is automatic."
    texts.choose("de")
    texts.paper.setPlainText("Guten Tag!")
    texts.paper.setFocus()
    press(texts.paper, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert desk.asked("change_holding") == [("de", "Guten Tag!")]
    assert "Your own text. Empty, it is ours again." in words(part)
    assert texts.preview == "Guten Tag!\n\nIt is automatic."


def test_a_field_that_is_none_is_told_and_what_was_written_stays(part: HoldingPart, settle: Settle) -> None:
    part.texts.paper.setPlainText("Hi {{name}}")
    part.texts.look()
    settle()
    assert "{{name}} is no field of an automatic message" in words(part)
    part.read()
    settle()
    assert part.texts.paper.toPlainText() == "Hi {{name}}"

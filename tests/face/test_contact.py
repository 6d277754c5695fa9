"""Who asked not to be contacted, and whose lead it is: noted by keys, shown quietly, taken back by a word."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from leaddesk.words.lead import Channel
from leaddesk.words.reach import OptOut
from leaddesk_ui.lead.contact_sheets import GiveSheet, NoContactSheet
from leaddesk_ui.text import Words
from leaddesk_ui.window import Window

from .conftest import Settle
from .fake_desk import NOW, FakeDesk
from .typing_in import press


@pytest.fixture
def opened(window: Window, settle: Settle) -> Window:
    window.open_lead(3)
    settle()
    return window


def shown(window: Window) -> str:
    """What the two lines say, as far as they are in sight."""
    lines = (window.lead.contact, window.lead.contact.holder)
    return " ".join(each.text() for line in lines for each in line.findChildren(Words) if each.isVisible())


def click(window: Window, name: str) -> None:
    made = window.lead.findChild(QPushButton, name)
    assert made is not None
    assert made.isVisible()
    made.click()


def test_nothing_is_said_where_there_is_nothing(opened: Window) -> None:
    assert not opened.lead.contact.isVisible()


def test_a_wish_is_noted_by_keys_shown_and_taken_back(opened: Window, desk: FakeDesk, settle: Settle) -> None:
    press(opened, Qt.Key.Key_Z)
    settle()
    assert isinstance(opened.lead.sheets.sheet, NoContactSheet)
    press(opened.lead.sheets.sheet.focusWidget() or opened.lead.sheets.sheet, Qt.Key.Key_2)
    settle()
    assert desk.asked("opt_out") == [(3, Channel.EMAIL)]
    assert "They asked not to be mailed." in shown(opened)
    click(opened, "take_wish_back")
    settle()
    assert not opened.lead.contact.isVisible()


def test_what_seems_so_is_asked(opened: Window, desk: FakeDesk, settle: Settle) -> None:
    wish = OptOut(channel=None, at=NOW, is_sure=False)
    desk.leads.views[3] = replace(desk.leads.show(3), opt_outs=(wish,))
    opened.open_lead(3)
    settle()
    assert "They may have asked not to be written to." in shown(opened)
    click(opened, "confirm_wish")
    settle()
    assert "They asked not to be contacted." in shown(opened)


def test_the_key_answers_the_question_and_takes_a_wish_back(
    opened: Window, desk: FakeDesk, settle: Settle
) -> None:
    desk.leads.views[3] = replace(desk.leads.show(3), opt_outs=(OptOut(channel=None, at=NOW, is_sure=False),))
    opened.open_lead(3)
    settle()
    press(opened, Qt.Key.Key_Z)
    settle()
    sheet = opened.lead.sheets.sheet
    assert isinstance(sheet, NoContactSheet)
    press(sheet.focusWidget() or sheet, Qt.Key.Key_N)
    settle()
    desk.contact.opt_out(3)
    opened.open_lead(3)
    settle()
    press(opened, Qt.Key.Key_Z)
    settle()
    assert desk.asked("take_wish_back") == [(3,), (3,)]
    assert not opened.lead.contact.isVisible()


def test_a_lead_is_given_to_a_colleague_by_keys(opened: Window, desk: FakeDesk, settle: Settle) -> None:
    press(opened, Qt.Key.Key_I)
    settle()
    sheet = opened.lead.sheets.sheet
    assert isinstance(sheet, GiveSheet)
    press(sheet.focusWidget() or sheet, Qt.Key.Key_2)
    settle()
    assert desk.asked("assign") == [(3, "Ben")]
    assert "Ben’s lead" in shown(opened)


def test_who_is_out_says_so_there(opened: Window, desk: FakeDesk, settle: Settle) -> None:
    press(opened, Qt.Key.Key_I)
    settle()
    sheet = opened.lead.sheets.sheet
    assert isinstance(sheet, GiveSheet)
    press(sheet.focusWidget() or sheet, Qt.Key.Key_O)
    settle()
    assert desk.team.away == ("Ann",)


def test_alone_one_is_told_where_people_are_named(opened: Window, desk: FakeDesk, settle: Settle) -> None:
    desk.team.people = ()
    press(opened, Qt.Key.Key_I)
    settle()
    sheet = opened.lead.sheets.sheet
    assert isinstance(sheet, GiveSheet)
    assert "You are the only one here" in " ".join(each.text() for each in sheet.findChildren(Words))

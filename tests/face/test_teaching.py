"""Teaching in the window: the effect before the deed, one key each way, and the list to take it back from."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from leaddesk.words.errors import Refused
from leaddesk.words.teaching import Offers, Taught, Trait
from leaddesk_ui.buttons import RowButton, Switch
from leaddesk_ui.rail import Place
from leaddesk_ui.teach_sheet import TeachSheet
from leaddesk_ui.text import Words
from leaddesk_ui.window import Window

from .conftest import Settle
from .fake_desk import HOSTILE, FakeDesk, alike
from .typing_in import press


@pytest.fixture
def sheet(window: Window, settle: Settle) -> TeachSheet:
    """The sheet about the lead that is open."""
    press(window, Qt.Key.Key_A)
    settle()
    assert isinstance(window.sheets.sheet, TeachSheet)
    return window.sheets.sheet


def words(sheet: TeachSheet) -> str:
    return "\n".join(one.text() for one in sheet.findChildren(Words) if one.isVisible())


def test_the_effect_and_its_mails_are_shown_before_anything_is_kept(
    sheet: TeachSheet, desk: FakeDesk
) -> None:
    shown = words(sheet)
    assert "It would have put away 3 mails of the past 90 days; none of them was ever a lead." in shown
    assert "Your order 1141 is ready" in shown
    assert desk.asked("offers") == [(101,)]
    assert desk.asked("accept") == []


def test_enter_teaches_the_first_sentence_and_says_so(
    window: Window, sheet: TeachSheet, desk: FakeDesk, settle: Settle
) -> None:
    press(sheet, Qt.Key.Key_Return)
    settle()
    assert desk.asked("accept") == [(101, Trait.SENDER, Taught.NO_ENQUIRY, False)]
    assert window.sheets.sheet is None
    assert window.toast.text.startswith("Learned: Mail from sales@")


def test_a_number_chooses_another_sentence_and_those_of_the_past_come_back_only_when_wanted(
    sheet: TeachSheet, desk: FakeDesk, settle: Settle
) -> None:
    back = sheet.findChild(Switch)
    assert back is not None
    assert not back.isVisible()
    press(sheet, Qt.Key.Key_2)
    assert "1 mail of the past 90 days would have been an enquiry." in words(sheet)
    assert back.isVisible()
    assert not back.isChecked()
    back.click()
    press(sheet, Qt.Key.Key_Return)
    settle()
    assert desk.asked("accept") == [(101, Trait.SENDER, Taught.ENQUIRY, True)]


def test_esc_leaves_it_and_nothing_is_kept(window: Window, sheet: TeachSheet, desk: FakeDesk) -> None:
    press(sheet, Qt.Key.Key_Escape)
    assert window.sheets.sheet is None
    assert desk.asked("accept") == []


def test_what_is_never_offered_says_why_and_enter_does_nothing(
    window: Window, desk: FakeDesk, settle: Settle
) -> None:
    refusal = "This form has brought a lead before: Ngozi. Sort single mails away with X."
    desk.teach.told = Offers(mail=1, name="Site", subject="New", offers=(), refusals=(refusal,))
    press(window, Qt.Key.Key_A)
    settle()
    sheet = window.sheets.sheet
    assert isinstance(sheet, TeachSheet)
    assert refusal in words(sheet)
    assert sheet.findChildren(RowButton) == []
    press(sheet, Qt.Key.Key_Return)
    settle()
    assert desk.asked("accept") == []


def test_a_failure_is_told_on_the_sheet(window: Window, desk: FakeDesk, settle: Settle) -> None:
    desk.teach.refusal = Refused("This lead did not come by mail.")
    press(window, Qt.Key.Key_A)
    settle()
    sheet = window.sheets.sheet
    assert isinstance(sheet, TeachSheet)
    assert "This lead did not come by mail." in words(sheet)


@pytest.mark.parametrize(("key", "mail"), [(Qt.Key.Key_L, 101), (Qt.Key.Key_P, 1)])
def test_in_a_list_of_mails_the_chosen_one_teaches_and_has_a_button(
    window: Window, desk: FakeDesk, settle: Settle, key: Qt.Key, mail: int
) -> None:
    press(window, key)
    settle()
    buttons = [b for b in window.today.findChildren(QPushButton, "do_teach") if b.isVisible()]
    assert len(buttons) == 1
    press(window, Qt.Key.Key_A)
    settle()
    assert desk.asked("offers") == [(mail,)]


def test_what_a_stranger_calls_himself_is_shown_as_it_is(
    window: Window, desk: FakeDesk, settle: Settle
) -> None:
    past = (alike(1, HOSTILE, HOSTILE, was_lead=True),)
    offer = replace(desk.teach.told.offers[0], alike=past)
    desk.teach.told = replace(desk.teach.told, name=HOSTILE, offers=(offer,))
    press(window, Qt.Key.Key_A)
    settle()
    sheet = window.sheets.sheet
    assert isinstance(sheet, TeachSheet)
    assert f"{HOSTILE}: Your order is ready to collect" in words(sheet)
    assert "a lead" in words(sheet)


def test_what_was_taught_is_listed_in_the_settings_and_taken_back(
    window: Window, sheet: TeachSheet, desk: FakeDesk, settle: Settle
) -> None:
    press(sheet, Qt.Key.Key_Return)
    settle()
    window.go(Place.SETTINGS)
    window.settings.when_read(lambda: window.settings.open("What you taught"))
    settle()
    page = window.settings
    assert any("Mail from sales@" in one.text() for one in page.findChildren(Words))
    back = next(b for b in page.findChildren(QPushButton) if b.accessibleName().startswith("Take back:"))
    back.click()
    settle()
    assert desk.asked("unteach") == [(1,)]
    assert any(one.text().startswith("Nothing has been taught yet.") for one in page.findChildren(Words))

"""Forms and sources in the window: what is marked, chosen and pressed reaches the desk."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QPushButton

from leaddesk.words.forms import FormOffer, Marked
from leaddesk.words.lead import Certainty, Source
from leaddesk_ui.buttons import RowButton
from leaddesk_ui.forms.portal_sheet import PortalSheet
from leaddesk_ui.forms.sources_sheet import SourcesSheet
from leaddesk_ui.forms.teach_sheet import TeachSheet
from leaddesk_ui.keys import Action
from leaddesk_ui.rail import Place
from leaddesk_ui.sheet import Sheet
from leaddesk_ui.window import Window

from .conftest import Desktop, Settle
from .fake_desk import FakeDesk
from .fake_forms import HOSTILE, TEXT
from .typing_in import press

LINK = "https://www.trades.example/inbox/77123"


def words(widget: object) -> str:
    assert hasattr(widget, "findChildren")
    return "\n".join(label.text() for label in widget.findChildren(QLabel))


def key(sheet: Sheet, pressed: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    press(sheet.focusWidget() or sheet, pressed, held)


def marked(sheet: TeachSheet) -> list[str]:
    """The fields that are marked: the others say what is read now."""
    rows = sheet.findChildren(RowButton)
    return [row.accessibleName() for row in rows if not row.accessibleDescription().startswith("now: ")]


@pytest.fixture
def teaching(window: Window, settle: Settle) -> TeachSheet:
    window.forming.teach(31)
    settle()
    sheet = window.sheets.sheet
    assert isinstance(sheet, TeachSheet)
    return sheet


# -- pointing


def test_what_is_selected_and_keyed_is_shown_first_and_kept_by_enter(
    teaching: TeachSheet, window: Window, desk: FakeDesk, settle: Settle
) -> None:
    start = TEXT.index("Ngozi Eze")
    teaching.select(start, start + 9)
    key(teaching, Qt.Key.Key_N)
    assert marked(teaching) == ["Name"]
    key(teaching, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert "3 mails of this form were read again: 1 would be read otherwise, 1 as before." in words(teaching)
    assert "1 does not match what you marked" in words(teaching)
    assert desk.asked("accept_form") == []
    key(teaching, Qt.Key.Key_Return)
    settle()
    ((replay,),) = desk.asked("accept_form")
    assert [pointer.field for pointer in replay.pointers] == [Marked.NAME]
    assert window.sheets.sheet is None


def test_the_keyboard_alone_selects_and_marks(teaching: TeachSheet) -> None:
    key(teaching, Qt.Key.Key_Down)
    key(teaching, Qt.Key.Key_End, Qt.KeyboardModifier.ShiftModifier)
    key(teaching, Qt.Key.Key_N)
    assert marked(teaching) == ["Name"]


def test_a_key_without_a_selection_says_what_to_do(teaching: TeachSheet) -> None:
    key(teaching, Qt.Key.Key_P)
    assert "Nothing is selected." in words(teaching)


def test_what_the_desk_refuses_is_said_on_the_sheet(
    teaching: TeachSheet, desk: FakeDesk, settle: Settle
) -> None:
    teaching.select(0, 12)
    teaching.mark(Marked.NAME)
    key(teaching, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert "Only a message goes over several rows." in words(teaching)


# -- registering


def test_one_key_registers_the_form_of_a_first_mail(window: Window, desk: FakeDesk, settle: Settle) -> None:
    desk.leads.views[1] = replace(desk.leads.views[1], form=FormOffer(1, 31, HOSTILE, True))
    window.lead.reload()
    settle()
    assert f"First mail of the form “{HOSTILE}”" in words(window.lead)
    window.lead.do(Action.REGISTER_FORM)
    settle()
    assert desk.asked("register") == [(1,)]


def test_a_form_that_is_registered_is_not_offered(window: Window, desk: FakeDesk, settle: Settle) -> None:
    desk.leads.views[1] = replace(desk.leads.views[1], form=FormOffer(1, 31, "Contact", False))
    window.lead.reload()
    settle()
    window.lead.do(Action.REGISTER_FORM)
    settle()
    assert desk.asked("register") == []
    assert "First mail of the form" not in words(window.lead)


def test_a_lead_of_a_form_that_changed_says_so(window: Window, desk: FakeDesk, settle: Settle) -> None:
    desk.leads.views[1] = replace(desk.leads.views[1], form=FormOffer(2, 32, "Stand visit", False, True))
    window.lead.reload()
    settle()
    assert "This form has changed: what you showed is not found in it." in words(window.lead)
    window.lead.do(Action.POINT)
    settle()
    assert isinstance(window.sheets.sheet, TeachSheet)


def test_the_settings_list_forms_with_what_they_lack_and_what_changed(
    window: Window, desk: FakeDesk, settle: Settle
) -> None:
    window.go(Place.SETTINGS)
    settle()
    window.settings.open("Forms")
    settle()
    shown = words(window.settings)
    assert "0 of 12 mails name a page" in shown
    assert HOSTILE in shown
    assert "3 mails of this form no longer match what you showed." in shown
    register = next(one for one in window.settings.findChildren(QPushButton) if one.text() == "Register")
    register.click()
    settle()
    assert desk.asked("register") == [(1,)]


def test_the_lines_of_the_chosen_plug_in_are_copied(window: Window, settle: Settle) -> None:
    window.go(Place.SETTINGS)
    settle()
    window.settings.open("Forms")
    settle()
    chips = {one.text(): one for one in window.settings.findChildren(QPushButton)}
    chips["WPForms"].click()
    copies = [
        one for one in window.settings.findChildren(QPushButton)
        if one.accessibleName() == "Copy: Into the mail that it sends" and not one.isHidden()
    ]  # fmt: skip
    copies[-1].click()
    assert QGuiApplication.clipboard().text() == "Page: {page_url}"


# -- sources


def test_each_lead_without_a_source_is_mended_with_one_key(
    window: Window, desk: FakeDesk, settle: Settle
) -> None:
    window.forming.ask_sources(3)
    settle()
    sheet = window.sheets.sheet
    assert isinstance(sheet, SourcesSheet)
    key(sheet, Qt.Key.Key_2)
    settle()
    key(sheet, Qt.Key.Key_1)
    settle()
    assert desk.asked("mend") == [(3, "Leaflet"), (1, "Recommended")]
    assert "Every lead says where it found you." in words(sheet)


def test_a_source_can_be_typed(window: Window, desk: FakeDesk, settle: Settle) -> None:
    window.forming.ask_sources()
    settle()
    sheet = window.sheets.sheet
    assert isinstance(sheet, SourcesSheet)
    sheet.type("The town's fair")
    settle()
    assert desk.asked("mend") == [(1, "The town's fair")]


def test_a_lead_of_which_nothing_tells_the_source_says_so_with_its_key(
    window: Window, desk: FakeDesk, settle: Settle
) -> None:
    assert "Nothing tells where they found you." not in words(window.lead)
    mailed = Source("Email to info@lofts.example", Certainty.DERIVED, {"mailbox": "info@lofts.example"})
    desk.leads.views[1] = replace(desk.leads.views[1], source=mailed)
    window.lead.reload()
    settle()
    assert "Nothing tells where they found you." in words(window.lead)
    window.lead.do(Action.SOURCES)
    settle()
    assert isinstance(window.sheets.sheet, SourcesSheet)


# -- portals


def test_a_lead_without_an_address_opens_in_the_portal_and_is_logged(
    window: Window, desk: FakeDesk, desktop: Desktop, settle: Settle
) -> None:
    desk.leads.views[1] = replace(desk.leads.views[1], reply_to=None, emails=(), portal=LINK)
    window.lead.reload()
    settle()
    window.lead.do(Action.REPLY)
    sheet = window.lead.sheets.sheet
    assert isinstance(sheet, PortalSheet)
    assert desktop.opened == []
    key(sheet, Qt.Key.Key_Return)
    assert desktop.opened == [LINK]
    key(sheet, Qt.Key.Key_A)
    settle()
    assert len(desk.asked("log")) == 1

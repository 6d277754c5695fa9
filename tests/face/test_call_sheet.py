"""The call sheet hands the number on by link, code and clipboard, and writes down what was sent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
import segno
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from leaddesk.words.cadence import Course, CourseState
from leaddesk.words.due import Way
from leaddesk.words.lead import Channel, FirstResponse, How, Reached
from leaddesk_ui.keys import Action
from leaddesk_ui.lead.call_sheet import CallSheet
from leaddesk_ui.lead.text_sheet import TextSheet
from leaddesk_ui.qr import QrCode
from leaddesk_ui.text import Words
from leaddesk_ui.window import Window

from .conftest import Desktop, Settle
from .fake_desk import NOW, FakeDesk
from .fake_following import a_plan
from .typing_in import press

Opened = Callable[..., CallSheet]
PHONE = "+4915112345678"


@pytest.fixture
def opened(window: Window, desk: FakeDesk, settle: Settle, desktop: Desktop) -> Opened:
    """Opens the call sheet of a lead that is changed so before."""

    def open_sheet(lead: int = 1, **changed: object) -> CallSheet:
        desk.leads.views[lead] = replace(desk.leads.show(lead), **({"phones": (PHONE,)} | changed))  # type: ignore[arg-type]  # any field of the view
        window.open_lead(lead)
        settle()
        window.lead.reload()
        settle()
        window.lead.do(Action.CALLED)
        settle()
        sheet = window.lead.sheets.sheet
        assert isinstance(sheet, CallSheet)
        return sheet

    return open_sheet


def hit(sheet: CallSheet, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    press(sheet.focusWidget() or sheet, key, held)
    QApplication.processEvents()


def said(sheet: QWidget) -> str:
    return " ".join(each.text() for each in sheet.findChildren(Words) if each.isVisible())


def test_enter_hands_the_number_to_what_dials(opened: Opened, desktop: Desktop, desk: FakeDesk) -> None:
    hit(opened(), Qt.Key.Key_Return)
    assert desktop.opened == [f"tel:{PHONE}"]
    assert desk.asked("log") == []


def test_a_number_without_a_country_is_dialled_in_the_firms(
    opened: Opened, desktop: Desktop, desk: FakeDesk
) -> None:
    desk.calls.at_home = "DE"
    hit(opened(phones=("01511 2345678",)), Qt.Key.Key_Return)
    assert desktop.opened == ["tel:015112345678"]


def modules_shown(sheet: CallSheet, count: int) -> list[list[int]]:
    """The code as a camera sees it: dark or not, in the middle of each of its modules."""
    code = sheet.findChild(QrCode)
    assert code is not None
    assert code.isVisible()
    image = code.grab().toImage()
    side = image.width() // count
    edge = (image.width() - side * count) // 2
    middles = [edge + side * n + side // 2 for n in range(count)]
    return [[int(QColor(image.pixel(x, y)) == QColor("black")) for x in middles] for y in middles]


def modules_of(text: str) -> list[list[int]]:
    return [list(line) for line in segno.make_qr(text, error="m").matrix_iter(border=4)]


def test_the_code_on_the_screen_is_the_call(opened: Opened) -> None:
    rows = modules_of(f"tel:{PHONE}")
    assert modules_shown(opened(), len(rows)) == rows


@pytest.mark.parametrize(("key", "way"), [(Qt.Key.Key_T, Channel.TEXT), (Qt.Key.Key_W, Channel.WHATSAPP)])
def test_whoever_writes_goes_on_to_the_text(
    opened: Opened, window: Window, key: Qt.Key, way: Channel
) -> None:
    hit(opened(lead=3), key)
    sheet = window.lead.sheets.sheet
    assert isinstance(sheet, TextSheet)
    assert sheet._way is way


def test_what_to_ask_stands_over_the_call(opened: Opened) -> None:
    told = said(opened(lead=3, timeline=(), enquiries=()))
    assert "To ask: what they need, when it should be done, the address or the town." in told


def test_name_and_number_are_copied_together(opened: Opened) -> None:
    hit(opened(), Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "Ngozi Adeyemi +49 1511 2345678"


def test_out_of_hours_no_call_is_offered_and_it_is_said(
    opened: Opened, desk: FakeDesk, desktop: Desktop
) -> None:
    desk.clock.time = NOW + timedelta(hours=11)
    sheet = opened(phones=("+493012345678",))
    code = sheet.findChild(QrCode)
    assert code is not None
    assert not code.isVisible()
    assert "It is 22:43 where they are" in said(sheet)
    hit(sheet, Qt.Key.Key_Return)
    assert desktop.opened == []
    assert desk.asked("log") == []


def test_a_number_that_cannot_be_dialled_can_be_copied_and_logged(
    opened: Opened, desktop: Desktop, desk: FakeDesk, settle: Settle
) -> None:
    sheet = opened(phones=("12 <b>34</b>",))
    assert "12 <b>34</b>" in said(sheet)
    for key in (Qt.Key.Key_T, Qt.Key.Key_W):
        hit(sheet, key)
    assert desktop.opened == []
    hit(sheet, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "Ngozi Adeyemi 12 <b>34</b>"
    hit(sheet, Qt.Key.Key_3)
    settle()
    assert desk.asked("log")[0][1]["outcome"] is Reached.NO_ANSWER


def test_without_a_number_nothing_is_offered_and_the_call_can_be_written_down(
    opened: Opened, desktop: Desktop, desk: FakeDesk, settle: Settle
) -> None:
    sheet = opened(phones=())
    assert "No number is known" in said(sheet)
    hit(sheet, Qt.Key.Key_Return)
    assert desktop.opened == []
    assert desk.asked("log") == []
    hit(sheet, Qt.Key.Key_1)
    settle()
    assert desk.asked("log")[0][1]["outcome"] is Reached.REACHED


def test_a_call_that_reaches_nobody_is_left_to_the_plan_where_one_goes_on(
    opened: Opened, desk: FakeDesk
) -> None:
    plan = a_plan("Standard")
    course = Course(plan=plan, state=CourseState.RUNNING, step=1, of=1, way=Way.CALL, at=NOW)
    assert "It stays with you: ring again." in said(opened(course=course))
    first = FirstResponse(
        at=NOW, after=timedelta(minutes=4), channel=Channel.EMAIL, by="Ann", how=How.MEASURED, entry=1
    )
    (enquiry,) = desk.leads.views[1].enquiries
    told = said(opened(course=course, enquiries=(replace(enquiry, first_response=first),)))
    assert "ring again" not in told
    assert told.count("It comes back with the next step of the plan.") == 3

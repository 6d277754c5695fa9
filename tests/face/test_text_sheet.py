"""A text is written, counted, handed on by link, code and copy, and written down with how it went."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
import segno
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from leaddesk.words.lead import Channel, Reached
from leaddesk_ui.lead import text_sheet
from leaddesk_ui.lead.text_sheet import TextSheet
from leaddesk_ui.qr import QrCode
from leaddesk_ui.text import Words
from leaddesk_ui.window import Window

from .conftest import Desktop, Settle
from .fake_desk import FakeDesk
from .typing_in import press, type_text

PHONE = "+4915112345678"
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
NUDGE = "Hi%2C%20Ann%20here%3A%20shall%20I%20go%20on%20with%20it%3F"
Opened = Callable[..., TextSheet]


@pytest.fixture
def opened(window: Window, desk: FakeDesk, settle: Settle, desktop: Desktop) -> Opened:
    """Opens the text sheet of a lead that is changed so before."""

    def open_sheet(lead: int = 3, **changed: object) -> TextSheet:
        desk.leads.views[lead] = replace(desk.leads.show(lead), **({"phones": (PHONE,)} | changed))  # type: ignore[arg-type]  # any field of the view
        window.open_lead(lead)
        settle()
        window.lead.reload()
        settle()
        press(window, Qt.Key.Key_T)
        settle()
        sheet = window.lead.sheets.sheet
        assert isinstance(sheet, TextSheet)
        return sheet

    return open_sheet


def hit(sheet: TextSheet, key: Qt.Key, held: Qt.KeyboardModifier = CTRL) -> None:
    press(sheet.paper, key, held)
    QApplication.processEvents()


def said(sheet: QWidget) -> str:
    return " ".join(each.text() for each in sheet.findChildren(Words) if each.isVisible())


def test_t_opens_it_with_the_words_of_the_follow_up(opened: Opened) -> None:
    sheet = opened()
    assert sheet.text == "Hi, Ann here: shall I go on with it?"
    assert "36 characters, 1 text" in said(sheet)


def test_one_key_opens_it_and_the_same_writes_it_down(
    opened: Opened, desktop: Desktop, desk: FakeDesk, settle: Settle, window: Window
) -> None:
    sheet = opened()
    hit(sheet, Qt.Key.Key_Return)
    assert desktop.opened == [f"sms:{PHONE}?body={NUDGE}"]
    assert desk.asked("log") == []
    hit(sheet, Qt.Key.Key_Return)
    settle()
    words = "Hi, Ann here: shall I go on with it?"
    assert desk.asked("log") == [(3, {"channel": Channel.TEXT, "outcome": Reached.SENT, "note": words})]
    assert window.toast.text == "Joan Hartley: the text is written down."


def test_whatsapp_is_written_down_as_such(
    opened: Opened, desktop: Desktop, desk: FakeDesk, settle: Settle
) -> None:
    sheet = opened()
    hit(sheet, Qt.Key.Key_W)
    assert desktop.opened == [f"https://wa.me/{PHONE[1:]}?text={NUDGE}"]
    hit(sheet, Qt.Key.Key_Return)
    settle()
    assert desk.asked("log")[0][1]["channel"] is Channel.WHATSAPP


def test_a_number_that_was_wrong_is_an_attempt_with_that_outcome(
    opened: Opened, desk: FakeDesk, settle: Settle
) -> None:
    hit(opened(), Qt.Key.Key_4)
    settle()
    assert desk.asked("log")[0][1]["outcome"] is Reached.WRONG_NUMBER


def test_the_code_carries_the_text(opened: Opened, settle: Settle, qtbot: object) -> None:
    sheet = opened()
    rows = [list(r) for r in segno.make_qr(f"SMSTO:{PHONE}:{sheet.text}", error="m").matrix_iter(border=4)]
    code = sheet.findChild(QrCode)
    assert code is not None
    assert code.isVisible()
    image = code.grab().toImage()
    side = image.width() // len(rows)
    edge = (image.width() - side * len(rows)) // 2
    middles = [edge + side * n + side // 2 for n in range(len(rows))]
    shown = [[int(QColor(image.pixel(x, y)) == QColor("black")) for x in middles] for y in middles]
    assert shown == [[int(bool(dark)) for dark in line] for line in rows]


def test_before_the_first_contact_it_is_said_and_nothing_is_barred(opened: Opened, desktop: Desktop) -> None:
    sheet = opened(lead=1)
    assert "Ring first" in said(sheet)
    assert sheet.text == ""
    type_text(sheet.paper, "Hello")
    hit(sheet, Qt.Key.Key_Return)
    assert desktop.opened == [f"sms:{PHONE}?body=Hello"]


def test_the_parts_are_counted_while_one_writes(opened: Opened) -> None:
    sheet = opened(lead=1)
    type_text(sheet.paper, "ł" * 71)
    assert "71 characters, 2 texts (with “ł” a text holds 70)" in said(sheet)


def test_the_words_are_copied(opened: Opened) -> None:
    sheet = opened()
    hit(sheet, Qt.Key.Key_C, CTRL | SHIFT)
    assert QGuiApplication.clipboard().text() == sheet.text


def test_a_landline_gets_no_link_and_it_is_said(opened: Opened, desktop: Desktop) -> None:
    sheet = opened(phones=("+493012345678",))
    assert "No text can be sent to this number" in said(sheet)
    hit(sheet, Qt.Key.Key_W)
    assert desktop.opened == []


def test_where_nothing_opens_it_the_code_is_pointed_at(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(text_sheet, "open_link", lambda _: False)
    sheet = opened()
    hit(sheet, Qt.Key.Key_Return)
    assert "use the code or copy the words" in said(sheet)

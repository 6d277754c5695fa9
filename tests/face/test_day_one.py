"""Day one: the number, the ladder, and three who could still be won; by keyboard throughout."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from leaddesk.words.errors import OutOfReach
from leaddesk_ui.day_one.page import DayOnePage
from leaddesk_ui.day_one.rehearsal import REVIEW, an_audit, offers
from leaddesk_ui.rail import Place
from leaddesk_ui.window import Window

from .fake_audit import NOBODY, NOW
from .fake_desk import FakeDesk
from .typing_in import press

Settle = Callable[[], None]


@pytest.fixture
def past(desk: FakeDesk) -> FakeDesk:
    """A desk whose mailbox holds 214 enquiries, and 41 whom nobody answered."""
    desk.audit.found = an_audit(REVIEW, 41, NOW)
    desk.queue.offers, desk.queue.rescue_total = offers(NOW), 41
    return desk


def shown(window: Window) -> DayOnePage:
    page = window.first_day.page
    assert page is not None
    assert page.isVisible()
    return page


def words(page: DayOnePage) -> str:
    return "\n".join(part.text() for part in page.findChildren(QLabel) if part.isVisibleTo(page))


def buttons(page: DayOnePage) -> list[str]:
    return [part.text() for part in page.findChildren(QPushButton) if part.isVisible()]


def test_after_a_mailbox_was_added_its_own_past_is_shown(
    past: FakeDesk, window: Window, settle: Settle
) -> None:
    window.begin_with("ann@gmail.com is watched from now on.")
    settle()
    page = shown(window)
    assert past.asked("audit") == [(1, 90)]
    told = words(page)
    assert "5 h 40 min" in told
    assert "41 people never had an answer." in told
    assert "That is one in five." in told
    assert "Rescue: three you could still win" in told
    assert "Mum (48), Harbour Timber (31)" in told
    assert "Answer Oliver Grant   ↵" in buttons(page)
    assert not window.rail.isHidden()


def test_a_mailbox_without_a_past_does_not_stand_in_the_way(window: Window, settle: Settle) -> None:
    window.begin_with("ann@gmail.com is watched from now on.")
    settle()
    assert window.place is Place.TODAY


def test_enter_makes_the_chosen_one_a_lead_with_an_answer_open(
    past: FakeDesk, window: Window, settle: Settle, qtbot: QtBot
) -> None:
    window.first_day.open(1)
    settle()
    press(window, Qt.Key.Key_J)
    press(window, Qt.Key.Key_Return)
    settle()
    assert past.asked("take") == [(2,)]
    assert window.place is Place.TODAY
    assert window.lead.lead == 2
    assert window.lead.answering.composer.isVisible()


def test_x_lets_one_go_and_ctrl_z_brings_it_back(
    past: FakeDesk, window: Window, settle: Settle, qtbot: QtBot
) -> None:
    window.first_day.open(1)
    settle()
    press(window, Qt.Key.Key_X)
    settle()
    assert past.asked("let_go") == [(1,)]
    assert "Answer Sofia Marchetti   ↵" in buttons(shown(window))
    press(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert len(past.asked("bring_back")) == 1
    assert not past.asked("undo")


def test_e_closes_the_rest(past: FakeDesk, window: Window, settle: Settle, qtbot: QtBot) -> None:
    window.first_day.open(1)
    settle()
    assert "Close the other 38   E" in buttons(shown(window))
    press(window, Qt.Key.Key_E)
    settle()
    assert past.asked("close_the_rest") == [()]
    assert "Closed 38: no response." in window.toast.text


def test_esc_stops_the_reading_and_it_can_be_begun_anew(
    past: FakeDesk, window: Window, settle: Settle, qtbot: QtBot
) -> None:
    past.audit.until_cancelled = True
    window.first_day.open(1)
    qtbot.waitUntil(lambda: window.first_day.page is not None and "1,250 of 4,300" in words(shown(window)))
    press(window, Qt.Key.Key_Escape)
    settle()
    assert "The reading was stopped." in words(shown(window))
    past.audit.until_cancelled = False
    press(window, Qt.Key.Key_Return)
    settle()
    assert "5 h 40 min" in words(shown(window))
    press(window, Qt.Key.Key_Escape)
    assert window.place is Place.TODAY


def test_a_server_that_does_not_answer_is_said_with_a_way_on(
    past: FakeDesk, window: Window, settle: Settle
) -> None:
    past.audit.failure = OutOfReach("mail.example.com does not answer.", "It is tried again later.")
    window.first_day.open(1)
    settle()
    assert "mail.example.com does not answer." in words(shown(window))
    assert "Try again   ↵" in buttons(shown(window))


def test_no_enquiries_are_said_where_somebody_asked_for_the_page(window: Window, settle: Settle) -> None:
    window.first_day.open(1)
    settle()
    assert "No enquiries were found in the last 90 days." in words(shown(window))


def test_more_than_half_unanswered_is_no_number(past: FakeDesk, window: Window, settle: Settle) -> None:
    past.audit.found = an_audit(replace(NOBODY, enquiries=5, answered=2, never=3), 41, NOW)
    window.first_day.open(1)
    settle()
    told = words(shown(window))
    assert "not yet" in told
    assert "More than half of the people who wrote have had no answer." in told
    assert "%" not in told


def test_the_queue_offers_three_and_b_opens_them(
    past: FakeDesk, window: Window, settle: Settle, qtbot: QtBot
) -> None:
    window.today.refresh()
    settle()
    heads = [part.text() for part in window.today.findChildren(QLabel) if part.isVisible()]
    assert "Rescue: 3 you could still win, of 41" in heads
    press(window, Qt.Key.Key_B)
    press(window, Qt.Key.Key_X)
    settle()
    assert past.asked("let_go") == [(1,)]
    press(window, Qt.Key.Key_Return)
    settle()
    assert past.asked("take") == [(2,)]
    assert window.lead.lead == 2
    press(window, Qt.Key.Key_B)
    press(window, Qt.Key.Key_E)
    settle()
    assert past.asked("close_the_rest") == [()]

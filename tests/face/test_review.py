"""The review page: what it says, who stands behind each figure, and the step that mends."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QPushButton
from pytestqt.qtbot import QtBot

from leaddesk.words.errors import DiskTrouble
from leaddesk.words.lead import Channel
from leaddesk.words.review import Asked, Mistake, Slip
from leaddesk.words.states import Outcome, Rung, Standing
from leaddesk_ui.keys import Action
from leaddesk_ui.list_sheet import ListSheet
from leaddesk_ui.rail import Place
from leaddesk_ui.review import wording
from leaddesk_ui.review.cell import Cell
from leaddesk_ui.review.heat import half_waited
from leaddesk_ui.review.ladder import Bar
from leaddesk_ui.review.page import ReviewPage
from leaddesk_ui.review.tones import tone
from leaddesk_ui.tokens import CONTRAST, DARK, LIGHT, Tokens
from leaddesk_ui.window import Window

from .conftest import Settle
from .fake_desk import NOW, FakeDesk
from .fake_weeks import SLIPS
from .test_tokens import contrast
from .typing_in import press


@pytest.fixture
def page(window: Window, settle: Settle) -> ReviewPage:
    """The review of the running week, opened by its key."""
    press(window, Qt.Key.Key_W)
    settle()
    return window.reviewing.page


def labelled(page: ReviewPage, name: str) -> QAbstractButton:
    """The button whose spoken name begins so."""
    return next(
        one
        for one in page.findChildren(QAbstractButton)
        if one.isVisible() and one.accessibleName().startswith(name)
    )


def sheet_of(window: Window) -> ListSheet:
    sheet = window.sheets.sheet
    assert isinstance(sheet, ListSheet)
    return sheet


def listed(window: Window) -> list[int]:
    return [line.id for line in sheet_of(window)._lines]


def test_the_key_and_the_rail_open_the_running_week(window: Window, page: ReviewPage) -> None:
    assert window.place is Place.REVIEW
    assert page.week is not None
    assert (page._says.text(), page._number.text()) == (
        "Half of those who asked heard from a person",
        "within 3 h 10 min.",
    )
    assert page._days.text() == "8 to 14 June"


def test_every_figure_opens_its_leads(window: Window, page: ReviewPage, settle: Settle) -> None:
    for name, leads in (
        ("5 asked", [1, 2, 3, 1, 4]),
        ("1 never answered", [1]),
        ("waiting: 1", [4]),
        ("up to 5 min: 1", [1]),
        ("Tuesday, 10–12", [2]),
        ("Missed call: Asked 2", [3, 4]),
    ):
        labelled(page, name).click()
        assert listed(window) == leads
        window.sheets.close_sheet()


def test_enter_in_a_list_opens_the_chosen_lead(window: Window, page: ReviewPage, settle: Settle) -> None:
    labelled(page, "5 asked").click()
    press(sheet_of(window)._list, Qt.Key.Key_Down)
    press(sheet_of(window)._list, Qt.Key.Key_Return)
    settle()
    assert window.sheets.sheet is None
    assert (window.place, window.lead.lead) == (Place.TODAY, 2)


def test_enter_mends_the_first_mistake(window: Window, page: ReviewPage, settle: Settle) -> None:
    primary = [one.text() for one in page.findChildren(QPushButton) if one.property("primary")]
    assert "Call Marek   ↵" in primary
    press(window, Qt.Key.Key_Return)
    settle()
    assert window.lead.lead == 3
    assert window.lead.sheets.sheet is not None, "the sheet for the call is open"


def test_a_digit_mends_the_first_of_that_list(window: Window, page: ReviewPage, settle: Settle) -> None:
    press(page, Qt.Key.Key_2)
    assert window.place is Place.REVIEW, "nobody was slow for polish"
    press(page, Qt.Key.Key_5)
    settle()
    assert window.lead.lead == 1
    assert window.lead.sheets.sheet is not None


def test_each_row_of_a_mistake_has_its_own_step(window: Window, page: ReviewPage, settle: Settle) -> None:
    labelled(page, "Gave up after one try").click()
    sheet = sheet_of(window)
    assert sheet._open.accessibleName() == "Call Marek"
    press(sheet._list, Qt.Key.Key_Down)
    assert sheet._open.accessibleName() == "Write Hanna"
    sheet._open.click()
    settle()
    assert window.lead.lead == 4


def test_arrows_go_through_the_weeks_and_not_beyond_this_one(
    page: ReviewPage, desk: FakeDesk, settle: Settle
) -> None:
    press(page, Qt.Key.Key_Right)
    settle()
    assert page._days.text() == "8 to 14 June"
    press(page, Qt.Key.Key_Left)
    settle()
    assert page._days.text() == "1 to 7 June"
    assert page._says.text() == "Nobody asked in this week."
    press(page, Qt.Key.Key_Right)
    settle()
    assert page._days.text() == "8 to 14 June"


def test_a_profile_without_leads_says_what_will_stand_here(
    window: Window, desk: FakeDesk, settle: Settle
) -> None:
    desk.weeks.is_new = True
    window.go(Place.REVIEW)
    settle()
    page = window.reviewing.page
    assert page._plain._title.text() == "Nobody has asked yet."
    press(window, Qt.Key.Key_Return)
    assert window.place is Place.TODAY


def test_a_failure_is_told_and_enter_tries_again(window: Window, desk: FakeDesk, settle: Settle) -> None:
    desk.weeks.failure = DiskTrouble("The disk cannot be read.", "Look at its cable.")
    window.go(Place.REVIEW)
    settle()
    page = window.reviewing.page
    assert page._plain._title.text() == "The disk cannot be read."
    desk.weeks.failure = None
    press(window, Qt.Key.Key_Return)
    settle()
    assert page.week is not None
    assert page._stack.currentWidget() is page._content


def test_what_was_done_meanwhile_is_read_again(window: Window, page: ReviewPage, desk: FakeDesk,
                                               settle: Settle) -> None:  # fmt: skip
    asked = len(desk.asked("week"))
    window.refresh()
    settle()
    assert len(desk.asked("week")) == asked + 1
    window.show_place(Place.TODAY)
    window.refresh()
    settle()
    assert len(desk.asked("week")) == asked + 1, "nobody looks"


def test_the_ladder_fits_its_bar_and_each_part_its_number(
    page: ReviewPage, window: Window, qtbot: QtBot
) -> None:
    for width in (1280, 720):
        window.resize(width, 800)
        qtbot.waitUntil(partial(_is_wide, window, width))
        for bar in page.findChildren(Bar):
            cells = [cell for cell in bar.findChildren(Cell) if cell.isVisible()]
            assert all(cell.width() >= cell.least for cell in cells)
            assert all(cell.x() >= 0 and cell.geometry().right() <= bar.width() for cell in cells)


@pytest.mark.parametrize("tokens", [LIGHT, DARK, CONTRAST], ids=lambda one: one.name)
def test_a_figure_can_be_read_on_each_tone(tokens: Tokens) -> None:
    grounds = [tone(tokens, rung) for rung in Rung]
    assert all(contrast(ink, ground) >= 4.5 for ink, ground in grounds)
    steps = [contrast(tokens.card, ground) for _, ground in grounds]
    assert steps == sorted(steps), "the longer the wait, the stronger the tone"


def _is_wide(window: Window, width: int) -> bool:
    return window.width() == width


def asked(minutes: float | None, standing: Standing) -> Asked:
    return Asked(
        lead=1, name="Ann", received_at=NOW, after=None if minutes is None else timedelta(minutes=minutes),
        standing=standing, source="Phone", outcome=Outcome.OPEN,
    )  # fmt: skip


ANSWERED, WAITING, NEVER = (
    asked(3, Standing.ANSWERED),
    asked(None, Standing.WAITING),
    asked(None, Standing.NEVER),
)


@pytest.mark.parametrize(
    ("group", "words", "kind"),
    [
        ([ANSWERED], "3 min", "now"),
        ([ANSWERED, NEVER], "3 min", "now"),
        ([NEVER], "never", "never"),
        ([ANSWERED, NEVER, WAITING], "waiting", "waiting"),
        ([asked(190, Standing.ANSWERED)], "3 h 10", "cool"),
        ([asked(26 * 60, Standing.ANSWERED)], "26 h", "cold"),
        ([asked(50 * 60, Standing.ANSWERED)], "2 d", "cold"),
    ],
)
def test_a_field_says_how_long_half_of_them_waited(group: list[Asked], words: str, kind: str) -> None:
    assert half_waited(group) == (words, kind)


@pytest.mark.parametrize(
    ("mistake", "way", "button", "action"),
    [
        (Mistake.ONE_TRY, Channel.CALL, "Call Marek", Action.CALLED),
        (Mistake.ONE_CHANNEL, Channel.EMAIL, "Write Marek", Action.REPLY),
        (Mistake.SLOW_FOR_POLISH, Channel.EMAIL, "Answer Marek", Action.REPLY),
        (Mistake.SLOW_FOR_POLISH, None, "Open Marek", None),
        (Mistake.NO_SOURCE, None, "Say where", Action.SOURCES),
        (Mistake.NO_STOP, None, "Name an end", Action.CLOSE),
    ],
)
def test_each_mistake_has_the_step_that_mends_it(
    mistake: Mistake, way: Channel | None, button: str, action: Action | None
) -> None:
    slip = Slip(lead=1, name="Marek Kowalczyk", why="", way=way)
    assert wording.mending(mistake, slip) == (button, action)


def test_weeks_and_names_in_words() -> None:
    day = datetime(2026, 12, 7, tzinfo=UTC).date()
    assert wording.days(day, day + timedelta(days=6), day) == "7 to 13 December"
    assert wording.days(day - timedelta(days=7), day - timedelta(days=1), day) == "30 November to 6 December"
    assert wording.days(day, day + timedelta(days=6), day.replace(year=2027)) == "7 to 13 December 2026"
    assert wording.named(SLIPS[Mistake.ONE_TRY]) == "Marek Kowalczyk, Hanna Osei"
    assert wording.named(SLIPS[Mistake.ONE_CHANNEL]) == "Familie Brückner: 3 mails, number known"
    assert wording.named(SLIPS[Mistake.ONE_TRY] * 2) == "Marek Kowalczyk, Hanna Osei, 2 more"


def test_the_week_counts_who_nothing_brings_back_and_leads_to_them(
    window: Window, page: ReviewPage, desk: FakeDesk, settle: Settle
) -> None:
    assert page.week is not None
    page.show_week(replace(page.week, unscheduled=3))
    settle()
    labelled(page, "3 open with nothing scheduled").click()
    settle()
    assert window.place is Place.LEADS
    assert window.listing.page.only.unscheduled
    assert window.listing.page.head.unscheduled.isChecked()

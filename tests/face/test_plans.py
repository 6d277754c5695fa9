"""The page of plans: drawn, edited in place by keys, an end asked for, and saved by a word."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from leaddesk.words.cadence import After, End
from leaddesk.words.due import Way
from leaddesk.words.errors import DiskTrouble, LeadDeskError
from leaddesk.words.plan_view import FaultyFile
from leaddesk_ui.planning import Planning
from leaddesk_ui.plans.card import Card, Kind
from leaddesk_ui.plans.changes_sheet import ChangesSheet
from leaddesk_ui.plans.plan_list import PlanRow
from leaddesk_ui.plans.scale import scale_of
from leaddesk_ui.rail import Place
from leaddesk_ui.text import Words
from leaddesk_ui.window import Window

from .conftest import Settle
from .fake_desk import FakeDesk
from .typing_in import press, type_text

ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def planning(window: Window, settle: Settle, qtbot: QtBot) -> Planning:
    """The plans, opened by their key."""
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    press(window, Qt.Key.Key_H, CTRL)
    settle()
    assert window.planning is not None
    return window.planning


def ways(planning: Planning) -> list[str]:
    draft = planning.page.editor.draft
    assert draft is not None
    return [f"{step.after} {step.way}" for step in draft.steps]


def shown(planning: Planning) -> list[str]:
    return [one.text() for one in planning.page.findChildren(Words) if one.isVisible()]


def cards(planning: Planning) -> list[Card]:
    return [one for one in planning.page.findChildren(Card) if one.isVisible()]


def sheet_of(window: Window) -> ChangesSheet:
    sheet = window.sheets.sheet
    assert isinstance(sheet, ChangesSheet)
    return sheet


def test_the_plan_that_enquiries_follow_is_drawn_with_its_real_days(planning: Planning) -> None:
    assert planning.page.editor.name.text() == "Standard"
    assert [each.kind for each in cards(planning)] == [Kind.REPLY, Kind.STEP, Kind.STEP, Kind.STEP, Kind.END]
    told = planning.page.editor.preview._told
    assert told[0] == ("reply", "Reply", "now", "Mon 8 Jun, 9:43", "")
    assert told[1] == ("phone", "Call", "same day, after 30 min", "Mon 8 Jun, 10:13", "")
    assert "1 lead is on this plan." in shown(planning)


def test_a_step_is_chosen_moved_added_and_removed_by_keys(
    planning: Planning, window: Window, settle: Settle
) -> None:
    line = planning.page.editor.line
    assert line.hasFocus()
    press(line, Qt.Key.Key_Right)
    assert line.chosen == 1
    press(line, Qt.Key.Key_Right, ALT)
    assert ways(planning) == ["30m call", "1d text", "2d email"]
    planning.page.editor.bar.earlier.click()
    planning.page.editor.bar.later.click()
    assert line.chosen == 2
    press(line, Qt.Key.Key_Plus)
    assert ways(planning) == ["30m call", "1d text", "2d email", "2d call"]
    press(line, Qt.Key.Key_Delete)
    assert ways(planning) == ["30m call", "1d text", "2d email"]
    press(window, Qt.Key.Key_Escape)
    settle()
    assert ways(planning) == ["30m call", "1d email", "2d text"]
    assert window.taking_in is not None
    assert window.sheets.sheet is None, "+ added a step, and no lead"


def test_a_step_is_edited_in_place(planning: Planning) -> None:
    bar = planning.page.editor.bar
    press(bar.way, Qt.Key.Key_Down)
    assert ways(planning)[0] == "30m text"
    press(bar.gap, Qt.Key.Key_Down)
    assert ways(planning)[0] == "45m text"
    press(bar.text, Qt.Key.Key_Down)
    draft = planning.page.editor.draft
    assert draft is not None
    assert draft.steps[0].template == "short-nudge"
    press(bar.way, Qt.Key.Key_Up)
    press(bar.way, Qt.Key.Key_Up)
    assert planning.page.editor.draft is not None
    assert planning.page.editor.draft.steps[0].way is Way.EMAIL
    assert planning.page.editor.draft.steps[0].template == "", "a text for a text goes by no mail"


def test_a_plan_without_an_end_cannot_be_saved_and_enter_adds_one(
    planning: Planning, window: Window, desk: FakeDesk, settle: Settle
) -> None:
    editor = planning.page.editor
    for _ in range(3):
        press(editor.line, Qt.Key.Key_Right)
    press(editor.line, Qt.Key.Key_Delete)
    settle()
    assert cards(planning)[-1].kind is Kind.NO_END
    assert "Not saved: a plan needs an end, so that nobody is chased for ever." in shown(planning)
    assert not editor.save.isEnabled()
    press(window, Qt.Key.Key_S, CTRL)
    settle()
    assert desk.asked("save_plan") == []
    primary = [
        one.accessibleName() for one in planning.page.findChildren(QPushButton) if one.property("primary")
    ]
    assert "Decide on day 14" in primary
    press(window, Qt.Key.Key_Return)
    assert editor.draft is not None
    assert (editor.draft.end, editor.draft.decides_after) == (End.DECIDE, After(11, "d"))
    assert cards(planning)[-1].kind is Kind.END


def test_saving_says_whom_it_changes_and_only_then_does_it(
    planning: Planning, window: Window, desk: FakeDesk, settle: Settle
) -> None:
    press(planning.page.editor.bar.gap, Qt.Key.Key_Down)
    settle()
    assert "1 lead is on this plan. Saving moves the next step of 1 of them." in shown(planning)
    press(window, Qt.Key.Key_S, CTRL)
    settle()
    assert desk.asked("save_plan") == []
    said = [one.text() for one in sheet_of(window).findChildren(Words)]
    assert "<b>Ngozi</b>" in said
    assert "call Mon 8 Jun, 10:13 (step 1 of 4) → call Mon 8 Jun, 12:13 (step 1 of 4)" in said
    press(sheet_of(window), Qt.Key.Key_Return)
    settle()
    assert desk.asked("save_plan") == [("Standard", "Standard", True)]
    assert not planning.page.editor.save.isEnabled()


def test_the_leads_on_it_may_stay_as_they_are(
    planning: Planning, window: Window, desk: FakeDesk, settle: Settle
) -> None:
    press(planning.page.editor.bar.gap, Qt.Key.Key_Down)
    settle()
    press(window, Qt.Key.Key_W)
    press(sheet_of(window), Qt.Key.Key_N)
    settle()
    assert desk.asked("save_plan") == [("Standard", "Standard", False)]


def test_a_new_plan_begins_with_its_name_and_is_saved_at_once(
    planning: Planning, window: Window, desk: FakeDesk, settle: Settle
) -> None:
    press(planning.page.editor.line, Qt.Key.Key_N, CTRL)
    settle()
    assert planning.page.editor.name.hasFocus()
    type_text(planning.page.editor.name, "Küchen")
    planning.page.editor.line.setFocus()
    press(window, Qt.Key.Key_Return)
    press(window, Qt.Key.Key_Return)
    settle()
    assert desk.asked("save_plan") == [("Küchen", "", False)]
    assert [row.accessibleName().split(",")[0] for row in planning.page._rows] == [
        "Gentle",
        "Küchen",
        "Standard",
    ]


def test_edits_wait_while_another_plan_is_looked_at(planning: Planning, settle: Settle) -> None:
    press(planning.page.editor.line, Qt.Key.Key_Delete)
    rows = planning.page._rows
    rows[1].setFocus()
    press(rows[1], Qt.Key.Key_Up)
    settle()
    assert planning.page.editor.name.text() == "Gentle"
    last = planning.page._rows[1]
    assert "not saved" in last.accessibleName()
    last.click()
    settle()
    assert ways(planning) == ["1d email", "2d text"]


def test_another_time_is_previewed_and_a_wrong_one_is_told(planning: Planning, settle: Settle) -> None:
    when = planning.page.editor.preview.when
    when.setText("soon")
    when.editingFinished.emit()
    settle()
    assert "'soon' is no time." in shown(planning)
    when.setText("now")
    when.editingFinished.emit()
    settle()
    assert "'soon' is no time." not in shown(planning)


def test_a_faulty_file_is_told_with_its_line(planning: Planning, desk: FakeDesk, settle: Settle) -> None:
    desk.plans.faulty = (FaultyFile("lofts.toml", ("line 3: A plan needs an end.",), "Lofts"),)
    planning.read()
    settle()
    told = shown(planning)
    assert "lofts.toml cannot be used" in told
    assert "Line 3: A plan needs an end." in told
    assert any("The plan Lofts stands as it was." in one for one in told)


def test_a_failure_leaves_the_edit_and_says_why(
    planning: Planning, window: Window, desk: FakeDesk, settle: Settle
) -> None:
    press(planning.page.editor.bar.gap, Qt.Key.Key_Down)
    desk.plans.fails = DiskTrouble("The plan could not be written.", "Free some room.")
    press(window, Qt.Key.Key_S, CTRL)
    settle()
    press(sheet_of(window), Qt.Key.Key_Return)
    settle()
    assert "Not saved. The plan could not be written. Free some room." in shown(planning)
    assert planning.page.editor.save.isEnabled()
    desk.plans.fails = LeadDeskError("The plans could not be read.", "Try again.")
    planning.read()
    settle()
    assert "The plans could not be read." in shown(planning)
    desk.plans.fails = None
    press(window, Qt.Key.Key_Return)
    settle()
    assert planning.page.editor.isVisible()


def test_esc_leads_back_to_the_settings(planning: Planning, window: Window, settle: Settle) -> None:
    press(window, Qt.Key.Key_Escape)
    settle()
    assert window.place is Place.SETTINGS
    window.settings.finder.groups["Plans"].click()
    settle()
    assert planning.is_shown


def test_which_enquiries_follow_it_is_a_word_away(planning: Planning, window: Window, settle: Settle) -> None:
    planning.choice_requested.emit()
    settle()
    focused = window.settings.focusWidget()
    assert focused is not None
    assert focused.accessibleName() == "Which plan enquiries follow"


@pytest.mark.parametrize("width", [600, 860, 1400])
@pytest.mark.parametrize("steps", [1, 5, 12])
def test_no_card_covers_another_or_leaves_the_line(width: int, steps: int) -> None:
    offsets = [timedelta(days=n * n, hours=n) for n in range(steps + 2)]
    scale = scale_of(offsets, width, 150, 8, is_open=False)
    xs = [spot.x for spot in scale.spots]
    assert xs == sorted(xs)
    for lane in (scale.spots[::2], scale.spots[1::2]):
        lefts = [spot.card_left for spot in lane]
        assert all(b - a >= scale.card_width for a, b in pairwise(lefts))
        assert lefts[0] >= 0
        assert lefts[-1] + scale.card_width <= width


def test_a_narrow_window_shows_the_list_or_the_plan(planning: Planning, window: Window) -> None:
    window.resize(800, 600)
    assert not any(row.isVisible() for row in planning.page.findChildren(PlanRow))
    planning.page.editor.list_requested.emit()
    assert all(row.isVisible() for row in planning.page._rows)
    planning.page._rows[0].click()
    assert planning.page.editor.isVisible()

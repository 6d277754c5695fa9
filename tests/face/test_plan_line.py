"""The quiet line about a lead's plan: what it says, its words and keys."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from leaddesk.words.cadence import Course, CourseState
from leaddesk.words.due import Way
from leaddesk.words.lead import Outcome
from leaddesk_ui.lead.plan_line import PlanLine
from leaddesk_ui.lead.plan_sheet import PlanSheet
from leaddesk_ui.window import Window

from .conftest import Settle
from .fake_desk import NOW, FakeDesk
from .fake_following import a_plan
from .typing_in import press

LINE = "Next: call, 17:10"


def course(way: Way | None = Way.CALL) -> Course:
    state = CourseState.RUNNING if way else CourseState.STOPPED
    return Course(plan=a_plan("Standard"), state=state, step=2, of=5, way=way, at=NOW if way else None)


def follow(window: Window, desk: FakeDesk, settle: Settle, plan: Course | None, line: str = LINE) -> None:
    desk.leads.views[1] = replace(desk.leads.views[1], course=plan, plan=line if plan else "")
    window.lead.reload()
    settle()


def line_of(window: Window) -> PlanLine:
    line = window.lead.findChild(PlanLine)
    assert isinstance(line, PlanLine)
    return line


def button(window: Window, name: str) -> QPushButton:
    made = line_of(window).findChild(QPushButton, name)
    assert isinstance(made, QPushButton)
    return made


def test_the_next_step_stands_in_one_quiet_line(window: Window, desk: FakeDesk, settle: Settle) -> None:
    follow(window, desk, settle, course())
    assert line_of(window).isVisible()
    assert line_of(window)._text.text() == LINE
    assert button(window, "do_plan").text() == "Stop"
    assert button(window, "do_skip_step").isVisible()


def test_h_stops_the_plan_that_runs(window: Window, desk: FakeDesk, settle: Settle) -> None:
    follow(window, desk, settle, course())
    press(window, Qt.Key.Key_H)
    settle()
    assert desk.calls_made.count(("stop_plan", 1)) == 1


def test_y_passes_a_step_over(window: Window, desk: FakeDesk, settle: Settle) -> None:
    follow(window, desk, settle, course())
    press(window, Qt.Key.Key_Y)
    settle()
    assert ("pass_over", 1) in desk.calls_made


def test_a_decision_is_not_skipped(window: Window, desk: FakeDesk, settle: Settle) -> None:
    follow(window, desk, settle, course(Way.DECIDE))
    press(window, Qt.Key.Key_Y)
    settle()
    assert not button(window, "do_skip_step").isVisible()
    assert ("pass_over", 1) not in desk.calls_made


def test_without_a_plan_h_asks_which_and_a_number_chooses(
    window: Window, desk: FakeDesk, settle: Settle
) -> None:
    follow(window, desk, settle, None)
    assert button(window, "do_plan").text() == "Choose a plan"
    press(window, Qt.Key.Key_H)
    settle()
    sheet = window.lead.sheets.sheet
    assert isinstance(sheet, PlanSheet)
    press(sheet, Qt.Key.Key_2)
    settle()
    assert ("follow", 1, "Standard") in desk.calls_made
    assert window.lead.sheets.sheet is None


def test_a_plan_that_stopped_says_why(window: Window, desk: FakeDesk, settle: Settle) -> None:
    follow(window, desk, settle, course(None), "They answered: the plan is done.")
    assert button(window, "do_plan").text() == "Choose a plan"
    assert not button(window, "do_skip_step").isVisible()


def test_a_closed_lead_has_no_line(window: Window, desk: FakeDesk, settle: Settle) -> None:
    desk.leads.views[1] = replace(desk.leads.views[1], outcome=Outcome.LOST)
    follow(window, desk, settle, course(None))
    assert not line_of(window).isVisible()
    press(window, Qt.Key.Key_H)
    settle()
    assert window.lead.sheets.sheet is None

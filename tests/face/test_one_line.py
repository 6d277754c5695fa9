"""Between the name and the letter stands one line; sheets fit into a window of 1024 by 640."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from leaddesk.words.holding import Held
from leaddesk.words.lead import Channel
from leaddesk.words.reach import OptOut
from leaddesk_ui.keys import Action
from leaddesk_ui.lead.page import LeadPage
from leaddesk_ui.lead.source_line import SourceLine
from leaddesk_ui.text import Words
from leaddesk_ui.window import Window

from .conftest import Settle
from .fake_desk import NOW, FakeDesk


@pytest.fixture
def loaded(window: Window, desk: FakeDesk, settle: Settle) -> LeadPage:
    """A lead of which everything can be said at once."""
    view = desk.leads.views[1]
    held = Held(to=None, rule="A6", why="They wrote before.")
    enquiries = (replace(view.enquiries[0], held=held),)
    wish = OptOut(channel=Channel.EMAIL, at=NOW, by="Ann")
    desk.leads.views[1] = replace(
        view, whose="Ben", enquiries=enquiries, opt_outs=(wish,), plan="Next: call, 17:10"
    )
    window.lead.reload()
    settle()
    return window.lead


def above(page: LeadPage) -> list[QWidget]:
    """The lines between the head and the conversation."""
    source = page.findChild(SourceLine)
    assert source is not None
    return [line for line in (page.contact, page.same, source) if line.isVisible()]


def foot(page: LeadPage) -> str:
    found = page.findChild(QWidget, "lead_foot")
    assert found is not None
    return " ".join(each.text() for each in found.findChildren(Words) if each.isVisible())


def test_a_wish_stands_in_the_source_s_place_and_the_rest_at_the_foot(loaded: LeadPage) -> None:
    assert above(loaded) == [loaded.contact]
    assert "Ben’s lead" in foot(loaded)
    assert "They wrote before." not in foot(loaded)


def test_the_other_notes_are_one_press_away(loaded: LeadPage, settle: Settle) -> None:
    more = loaded.findChild(QPushButton, "more_notes")
    assert isinstance(more, QPushButton)
    assert more.text() == "2 more notes"
    more.click()
    settle()
    assert "They wrote before." in foot(loaded)
    assert "Website: pricing page" in foot(loaded)
    more.click()
    settle()
    assert "They wrote before." not in foot(loaded)


def test_without_anything_to_ask_the_source_stands_there_alone(
    window: Window, desk: FakeDesk, settle: Settle
) -> None:
    (line,) = above(window.lead)
    assert isinstance(line, SourceLine)


@pytest.mark.parametrize("action", [Action.CALLED, Action.TEXT, Action.CLOSE, Action.SNOOZE, Action.NOTE])
def test_a_sheet_shows_all_its_buttons_at_1024_by_640(
    window: Window, desk: FakeDesk, settle: Settle, action: Action
) -> None:
    desk.leads.views[1] = replace(desk.leads.views[1], phones=("+4915112345678",))
    window.resize(1024, 640)
    window.lead.reload()
    settle()
    window.lead.do(action)
    settle()
    QApplication.processEvents()
    sheet = window.lead.sheets.sheet
    assert sheet is not None
    for made in sheet.findChildren(QPushButton):
        if made.isVisible():
            at = made.mapTo(sheet, QPoint(0, 0))
            assert at.y() + made.height() <= sheet.height(), made.accessibleName()
            assert at.x() + made.width() <= sheet.width(), made.accessibleName()
            assert not made.visibleRegion().isEmpty(), made.accessibleName()

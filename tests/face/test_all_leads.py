"""The page with everybody, by its keys: sorted, cut down, searched, scrolled, opened, and as it was left."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from leaddesk.words.all_leads import Only, Sort, SortBy, Window
from leaddesk.words.errors import DiskTrouble
from leaddesk.words.settings import ALL_LEADS
from leaddesk.words.states import Outcome
from leaddesk_ui.leads.columns import COLUMNS, Column
from leaddesk_ui.leads.model import LeadsModel
from leaddesk_ui.leads.page import LeadsPage
from leaddesk_ui.rail import Place
from leaddesk_ui.text import Words
from leaddesk_ui.window import Window as Main

from .conftest import Settle
from .fake_desk import FakeClock, FakeDesk
from .typing_in import press, type_text

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
LATEST = Sort()


@pytest.fixture
def page(window: Main, settle: Settle) -> LeadsPage:
    """The page as its key opens it."""
    press(window, Qt.Key.Key_L, CTRL)
    settle()
    return window.listing.page


def names(page: LeadsPage) -> list[str]:
    rows = (page.table.rows.row(place) for place in range(page.table.rows.rowCount()))
    return [row.name for row in rows if row is not None]


def told(page: LeadsPage) -> list[str]:
    return [one.text() for one in page.findChildren(Words) if one.isVisible() and one.text()]


def search(page: LeadsPage, words: str, settle: Settle, qtbot: QtBot) -> None:
    press(page.table, Qt.Key.Key_Slash)
    type_text(page.head.field, words)
    qtbot.waitUntil(lambda: page.only.words == words)
    settle()


def test_a_key_shows_everybody_with_their_number(window: Main, page: LeadsPage, desk: FakeDesk) -> None:
    assert window.place is Place.LEADS
    assert names(page)[:2] == ["Person 001", "Person 002"]
    assert "300 leads" in told(page)
    assert "Enter opens Person 001" in told(page)
    assert page.head.outcomes[Outcome.WON].text() == "Won   60"
    assert desk.asked("page") == [(Only(), LATEST, None, 100)]


def test_only_what_is_scrolled_to_is_read(page: LeadsPage, desk: FakeDesk, settle: Settle) -> None:
    assert len(names(page)) == 100
    press(page.table, Qt.Key.Key_End)
    settle()
    assert len(names(page)) == 200
    assert names(page) == [f"Person {n:03}" for n in range(1, 201)]
    press(page.table, Qt.Key.Key_End)
    settle()
    press(page.table, Qt.Key.Key_End)
    settle()
    assert names(page) == [f"Person {n:03}" for n in range(1, 301)]
    assert [asked[2] is None for asked in desk.asked("page")] == [True, False, False]


def test_enter_opens_the_chosen_lead_and_the_key_leads_back_to_it(
    window: Main, page: LeadsPage, settle: Settle
) -> None:
    press(window, Qt.Key.Key_J)
    press(window, Qt.Key.Key_J)
    press(page.table, Qt.Key.Key_Return)
    settle()
    assert (window.place, window.lead.lead) == (Place.TODAY, 3)
    press(window, Qt.Key.Key_L, CTRL)
    settle()
    chosen = page.table.chosen
    assert chosen is not None
    assert chosen.lead == 3
    press(window, Qt.Key.Key_Escape)
    assert window.place is Place.TODAY


def test_titles_and_keys_sort_and_turn_round(page: LeadsPage, settle: Settle) -> None:
    press(page.table, Qt.Key.Key_1, ALT)
    settle()
    assert page.sort == Sort(SortBy.NAME, down=False)
    page.table.title_pressed.emit(COLUMNS.index(Column.WHO))
    settle()
    assert (page.sort, names(page)[0]) == (Sort(SortBy.NAME, down=True), "Person 300")
    title = page.table.rows.headerData(0, Qt.Orientation.Horizontal)
    assert title == "Who  ↓"
    page.table.title_pressed.emit(COLUMNS.index(Column.PHONE))
    assert page.sort == Sort(SortBy.NAME, down=True)
    press(page.table, Qt.Key.Key_4, ALT)
    settle()
    assert page.sort == Sort(SortBy.REPLY, down=False)


def test_a_figure_shows_one_outcome(page: LeadsPage, settle: Settle) -> None:
    press(page.table, Qt.Key.Key_3)
    settle()
    assert page.only == Only(Outcome.WON)
    assert page.head.outcomes[Outcome.WON].isChecked()
    assert "60 of 300 leads" in told(page)
    press(page.table, Qt.Key.Key_1)
    settle()
    assert page.only == Only()


def test_a_source_is_chosen_from_a_list(page: LeadsPage, settle: Settle) -> None:
    press(page.table, Qt.Key.Key_0, ALT)
    settle()
    menu = page.head.findChild(QMenu)
    assert menu is not None
    next(one for one in menu.actions() if one.text().startswith("Phone")).trigger()
    menu.close()
    settle()
    assert page.only == Only(source="Phone")
    assert "75 of 300 leads" in told(page)


def test_words_are_searched_while_they_are_typed_and_esc_takes_them_back(
    window: Main, page: LeadsPage, settle: Settle, qtbot: QtBot
) -> None:
    search(page, "job 12 loft", settle, qtbot)
    found = [12, 112, *range(120, 130), 212]
    assert names(page) == [f"Person {n:03}" for n in found]
    assert "13 of 300 leads have “job 12 loft”, closed ones too." in told(page)
    press(page.head.field, Qt.Key.Key_Down)
    assert QApplication.focusWidget() is page.table
    press(window, Qt.Key.Key_Escape)
    settle()
    assert (page.only, window.place) == (Only(), Place.LEADS)
    press(window, Qt.Key.Key_Escape)
    assert window.place is Place.TODAY


def test_nobody_found_offers_everybody(page: LeadsPage, settle: Settle, qtbot: QtBot) -> None:
    search(page, "zeppelin", settle, qtbot)
    assert "Nobody found." in told(page)
    press(page.head.field, Qt.Key.Key_Return)
    settle()
    assert (page.only, len(names(page))) == (Only(), 100)


def test_an_empty_profile_says_so(window: Main, desk: FakeDesk, settle: Settle) -> None:
    desk.all_leads.rows = []
    window.go(Place.LEADS)
    settle()
    assert "Nobody has written yet." in told(window.listing.page)


def test_a_failure_says_what_to_do_and_is_tried_again(window: Main, desk: FakeDesk, settle: Settle) -> None:
    desk.all_leads.error = DiskTrouble("The disk is away.", "Bring it back.")
    window.go(Place.LEADS)
    settle()
    page = window.listing.page
    assert {"The disk is away.", "Bring it back."} <= set(told(page))
    desk.all_leads.error = None
    press(window, Qt.Key.Key_Return)
    settle()
    assert len(names(page)) == 100


def test_sort_and_filter_are_remembered_and_words_are_not(
    window: Main, desk: FakeDesk, settle: Settle
) -> None:
    desk.config.texts[ALL_LEADS.key] = "name,up,won,Phone"
    window.go(Place.LEADS)
    settle()
    page = window.listing.page
    assert (page.only, page.sort) == (Only(Outcome.WON, "Phone"), Sort(SortBy.NAME, down=False))
    page.choose(Only(Outcome.LOST, None, "loft"))
    settle()
    assert desk.config.texts[ALL_LEADS.key] == "name,up,lost,"


def test_news_is_shown_and_who_was_chosen_stays_chosen(
    page: LeadsPage, window: Main, desk: FakeDesk, settle: Settle
) -> None:
    page.table.selectRow(4)
    desk.all_leads.rows = desk.all_leads.rows[2:]
    window.hearing.take(())
    settle()
    chosen = page.table.chosen
    assert chosen is not None
    assert (chosen.name, names(page)[0]) == ("Person 005", "Person 003")


def test_rows_of_an_older_wish_are_not_added(qapp: object, desk: FakeDesk) -> None:
    clock = FakeClock()
    model = LeadsModel(clock.now, clock.zone)
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    wanted: list[Any] = []
    model.more_wanted.connect(wanted.append)
    first = desk.all_leads.page(limit=3)
    model.show(first, LATEST)
    model.fetchMore()
    model.show(desk.all_leads.page(Only(Outcome.WON), limit=3), LATEST)
    model.add(desk.all_leads.page(after=first.after, limit=3), wanted[0])
    assert model.rowCount() == 3
    model.fetchMore()
    model.add(desk.all_leads.page(Only(Outcome.WON), after=wanted[-1], limit=3), wanted[-1])
    assert model.rowCount() == 6
    model.show(Window((), None), LATEST)
    assert (model.rowCount(), model.canFetchMore()) == (0, False)

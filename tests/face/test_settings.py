"""The settings page: made from the one table, each text checked before it is kept."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from leaddesk.rules.find_settings import find_settings
from leaddesk.words.account import Server
from leaddesk.words.setting_groups import SHOWN, group_of
from leaddesk.words.settings import ALL_LEADS, SETTINGS, TEMPLATES, WINDOW_PLACE
from leaddesk_ui.buttons import Switch
from leaddesk_ui.rail import Place
from leaddesk_ui.settings.page import SettingsPage
from leaddesk_ui.settings.rows import SettingRow
from leaddesk_ui.settings.week_editor import WeekEditor
from leaddesk_ui.text import Words
from leaddesk_ui.window import Window

from .conftest import Settle
from .fake_desk import FakeDesk
from .typing_in import press, type_text


@pytest.fixture
def page(window: Window, settle: Settle) -> SettingsPage:
    window.go(Place.SETTINGS)
    settle()
    return window.settings


def row_of(page: SettingsPage, key: str) -> SettingRow:
    found = page.findChild(SettingRow, key)
    assert isinstance(found, SettingRow)
    return found


def test_every_setting_but_what_the_window_keeps_is_on_the_page(page: SettingsPage) -> None:
    shown = {one.setting.key for one in page.findChildren(SettingRow)}
    shown |= {one.key for one in SETTINGS if one.key.startswith("holding.")}  # their group is the window's
    elsewhere = {each.key for each in TEMPLATES}  # in a group of their own
    assert shown == {one.key for one in SETTINGS} - {ALL_LEADS.key, WINDOW_PLACE.key} - elsewhere


def test_a_text_that_fits_is_kept(page: SettingsPage, desk: FakeDesk, settle: Settle) -> None:
    field = row_of(page, "target.minutes").findChildren(QLineEdit)[0]
    field.setText("15")
    field.editingFinished.emit()
    settle()
    assert desk.config.texts["target.minutes"] == "15"


def test_a_text_that_does_not_fit_is_told_and_not_kept(
    page: SettingsPage, desk: FakeDesk, settle: Settle
) -> None:
    row = row_of(page, "target.minutes")
    field = row.findChildren(QLineEdit)[0]
    field.setText("soon")
    field.editingFinished.emit()
    settle()
    assert "target.minutes" not in desk.config.texts
    assert "target.minutes: a whole number from 1 to 10080 is needed" in [
        one.text() for one in row.findChildren(Words)
    ]


def test_a_switch_is_kept_at_once(page: SettingsPage, desk: FakeDesk, settle: Settle) -> None:
    row_of(page, "alert.sound").findChildren(Switch)[0].click()
    settle()
    assert desk.config.texts["alert.sound"] == "off"


def test_a_choice_of_colours_is_put_on_at_once(
    page: SettingsPage, window: Window, desk: FakeDesk, settle: Settle
) -> None:
    dark = [one for one in row_of(page, "window.theme").findChildren(QPushButton) if one.text() == "dark"]
    dark[0].click()
    settle()
    assert window.theme.tokens.name == "dark"
    assert desk.config.texts["window.theme"] == "dark"
    window.theme.choose("light")


def test_starting_at_login_is_the_desks_to_switch(
    page: SettingsPage, desk: FakeDesk, settle: Settle, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    row_of(page, "window.autostart").findChildren(Switch)[0].click()
    settle()
    assert not list(tmp_path.iterdir()), "which desktop and which profile, only the desk knows"
    assert desk.config.texts["window.autostart"] == "on"


def test_the_check_up_shows_every_line_with_what_to_do(page: SettingsPage, settle: Settle) -> None:
    page.open("Check-up")
    settle()
    shown = [one.text() for one in page.findChildren(Words)]
    assert "Nobody shows notifications here" in shown
    assert "Start your desktop’s notification service." in shown


def test_a_mailbox_is_changed_without_signing_in_again(
    page: SettingsPage, desk: FakeDesk, settle: Settle
) -> None:
    page.open_mailboxes()
    settle()
    keep = [one for one in page.findChildren(QPushButton) if one.text() == "Keep the changes"]
    keep[0].click()
    settle()
    assert desk.asked("change") == [("info@hillside-lofts.example.com",)]


def test_a_mailbox_that_only_sends_asks_for_no_password_and_watches_nothing(
    page: SettingsPage, desk: FakeDesk, settle: Settle
) -> None:
    desk.accounts.known = (replace(desk.accounts.known[0], imap=Server("", 0), keyring=None),)
    page.open_mailboxes()
    settle()
    shown = [one.text() for one in page.findChildren(Words)]
    assert "Answers go out by smtp.example.com. Nothing is watched in it." in shown


def test_adding_a_mailbox_opens_the_set_up(
    page: SettingsPage, window: Window, settle: Settle, qtbot: QtBot
) -> None:
    page.open_mailboxes()
    settle()
    next(one for one in page.findChildren(QPushButton) if one.text() == "Add a mailbox").click()
    assert window.place is None
    assert window.set_up.isVisible()


def bars_of(page: SettingsPage) -> tuple[QWidget, ...]:
    editor = page.findChild(WeekEditor)
    assert isinstance(editor, WeekEditor)
    return editor.bars


def test_a_search_finds_by_label_help_and_key_and_enter_goes_there(
    page: SettingsPage, window: Window, qtbot: QtBot
) -> None:
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    press(window, Qt.Key.Key_Slash)
    assert page.finder.search.hasFocus()
    type_text(page.finder.search, "undo")
    found = [one.accessibleName() for one in page.finder._hit_buttons()]
    assert found[0] == "Undo send, in Sending"
    press(page.finder.search, Qt.Key.Key_Return)
    focused = page.focusWidget()
    assert focused is not None
    assert focused.accessibleName() == "Undo send"
    for words, name in (("signature", "Mailboxes and feeds"), ("cadence", "Plans"), ("keyring", "Check-up")):
        page.finder.search.setText(words)
        assert page.finder._hit_buttons()[0].accessibleName() == f"{name}, in all of it"
    page.finder.search.setText("no such thing")
    assert page.finder._hit_buttons() == []
    press(page.finder.search, Qt.Key.Key_Escape)
    assert page.finder.groups["Alerts"].isVisible()


def test_every_setting_is_found_by_its_key_and_has_a_group() -> None:
    for setting in SHOWN:
        assert group_of(setting), setting.key
        assert setting in find_settings(setting.key, limit=50), setting.key


def test_a_changed_group_says_so(page: SettingsPage, settle: Settle) -> None:
    aside = page.finder._asides["Alerts"]
    assert aside.text() == ""
    row_of(page, "alert.sound").findChildren(Switch)[0].click()
    settle()
    assert aside.text() == "changed"


def test_the_week_is_edited_by_keys_and_the_text_follows(
    page: SettingsPage, desk: FakeDesk, settle: Settle
) -> None:
    page.open("Opening hours")
    monday, tuesday = bars_of(page)[:2]
    press(monday, Qt.Key.Key_Right)
    press(monday, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    press(tuesday, Qt.Key.Key_Space)
    settle()
    assert desk.config.texts["hours.week"] == "Mon 08:45-17:45; Wed-Fri 09:00-17:30"
    edit = row_of(page, "hours.week").findChildren(QLineEdit)[0]
    assert edit.text() == desk.config.texts["hours.week"]
    edit.setText("Sat 10-12")
    edit.editingFinished.emit()
    assert desk.config.texts["hours.week"] == "Mon 08:45-17:45; Wed-Fri 09:00-17:30"
    assert any("are no hours" in one.text() for one in row_of(page, "hours.week").findChildren(Words))
    edit.setText("Sat 10:00-12:00")
    edit.editingFinished.emit()
    assert bars_of(page)[5].accessibleName() == "Saturday: 10:00 to 12:00"


def test_an_edge_is_dragged_to_the_next_quarter(page: SettingsPage, desk: FakeDesk, settle: Settle) -> None:
    page.open("Opening hours")
    bar = bars_of(page)[0]
    end = round(bar._x(17 * 60 + 30))  # type: ignore[attr-defined]  # a bar; where its closing is drawn
    to = round(bar._x(19 * 60 + 5))  # type: ignore[attr-defined]
    QTest.mousePress(bar, Qt.MouseButton.LeftButton, pos=QPoint(end, 10))
    QTest.mouseMove(bar, QPoint(to, 10))
    QTest.mouseRelease(bar, Qt.MouseButton.LeftButton, pos=QPoint(to, 10))
    settle()
    assert desk.config.texts["hours.week"] == "Mon 09:00-19:00; Tue-Fri 09:00-17:30"


def test_holidays_are_chosen_by_the_name_of_a_country(
    page: SettingsPage, desk: FakeDesk, settle: Settle
) -> None:
    page.open("Opening hours")
    edit = row_of(page, "hours.holidays").findChildren(QLineEdit)[0]
    for words, code in (("united kingdom, Scotland", "GB-SCT"), ("DE-BE", "DE-BE"), ("", "none")):
        edit.setText(words)
        edit.editingFinished.emit()
        settle()
        assert desk.config.texts["hours.holidays"] == code
    edit.setText("Atlantis")
    edit.editingFinished.emit()
    settle()
    assert desk.config.texts["hours.holidays"] == "none"
    assert any(
        "no holidays are known" in one.text() for one in row_of(page, "hours.holidays").findChildren(Words)
    )

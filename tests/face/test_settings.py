"""The settings page: made from the one table, each text checked before it is kept."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from leaddesk.words.account import Server
from leaddesk.words.settings import ALL_LEADS, SETTINGS, TEMPLATES, WINDOW_PLACE
from leaddesk_ui.buttons import Switch
from leaddesk_ui.rail import Place
from leaddesk_ui.settings.page import SettingsPage
from leaddesk_ui.settings.rows import SettingRow
from leaddesk_ui.text import Words
from leaddesk_ui.window import Window

from .conftest import Settle
from .fake_desk import FakeDesk


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

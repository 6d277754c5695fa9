"""Choosing a folder: the server's list by keyboard, what to do without one, and what is kept."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QLineEdit, QListView, QPushButton
from pytestqt.qtbot import QtBot

from leaddesk.words.errors import OutOfReach
from leaddesk.words.mail import Role
from leaddesk.words.views import Trouble
from leaddesk_ui.folder_choice import folder_of, with_folder
from leaddesk_ui.rail import Place
from leaddesk_ui.sheet import Sheet
from leaddesk_ui.text import Words
from leaddesk_ui.window import Window

from .conftest import Settle
from .fake_desk import ACCOUNT, NOW, FakeDesk
from .typing_in import line_edit, press, type_text

SHARED = replace(ACCOUNT, signer="ann@hillside-lofts.example.com", signer_sent="Sent", sent_folder="Sent")


def opened(window: Window, settle: Settle, which: Role = Role.INBOX) -> Sheet:
    window.folders.of_kept(1, which)
    settle()
    assert window.sheets.sheet is not None
    return window.sheets.sheet


def shown(sheet: Sheet) -> list[str]:
    model = names_of(sheet).model()
    return [str(model.index(place, 0).data()) for place in range(model.rowCount())]


def names_of(sheet: Sheet) -> QListView:
    found = sheet.findChild(QListView, "folders")
    assert isinstance(found, QListView)
    return found


def said(sheet: Sheet) -> str:
    return "\n".join(one.text() for one in sheet.findChildren(Words) if one.isVisible())


def test_a_folder_that_is_gone_is_chosen_from_the_servers_list(
    window: Window, desk: FakeDesk, settle: Settle
) -> None:
    trouble = Trouble(
        key="folder:1", since=NOW, sentence="Gone.", safe="", action="Choose the folder", urgent=True
    )
    desk.health.standing = (trouble,)
    window.troubles.read()
    settle()
    next(one for one in window.findChildren(QPushButton) if one.text() == "Choose the folder").click()
    settle()
    sheet = window.sheets.sheet
    assert sheet is not None
    assert shown(sheet) == ["INBOX", "Anfragen", "Enquiries", "Sent"]
    assert names_of(sheet).currentIndex().data() == "INBOX"
    press(line_edit(sheet, "folder_words"), Qt.Key.Key_Down)
    press(line_edit(sheet, "folder_words"), Qt.Key.Key_Return)
    settle()
    assert window.sheets.sheet is None
    assert desk.accounts.known[0].folder == "Anfragen"
    assert "Anfragen is watched from now on." in window.toast.text


def test_what_is_typed_narrows_the_list(window: Window, desk: FakeDesk, settle: Settle) -> None:
    sheet = opened(window, settle)
    QAbstractItemModelTester(
        names_of(sheet).model(), QAbstractItemModelTester.FailureReportingMode.Fatal, sheet
    )
    type_text(line_edit(sheet, "folder_words"), "enq")
    assert shown(sheet) == ["Enquiries"]
    type_text(line_edit(sheet, "folder_words"), "x")
    assert "No folder of this mailbox is called like that." in said(sheet)
    press(line_edit(sheet, "folder_words"), Qt.Key.Key_Return)
    assert window.sheets.sheet is sheet
    press(line_edit(sheet, "folder_words"), Qt.Key.Key_Backspace)
    press(line_edit(sheet, "folder_words"), Qt.Key.Key_Return)
    settle()
    assert desk.accounts.known[0].folder == "Enquiries"


def test_without_a_list_it_is_said_why_and_the_name_can_be_typed(
    window: Window, desk: FakeDesk, settle: Settle
) -> None:
    desk.accounts.folder_names = OutOfReach("imap.example.com does not answer.", "Try again later.")
    sheet = opened(window, settle)
    assert "imap.example.com does not answer." in said(sheet)
    assert line_edit(sheet, "folder_words").text() == "INBOX"
    line_edit(sheet, "folder_words").setText("Leads")
    press(line_edit(sheet, "folder_words"), Qt.Key.Key_Return)
    settle()
    assert desk.accounts.known[0].folder == "Leads"


def test_the_server_is_asked_again_on_a_press(window: Window, desk: FakeDesk, settle: Settle) -> None:
    desk.accounts.folder_names = OutOfReach("imap.example.com does not answer.")
    sheet = opened(window, settle)
    desk.accounts.folder_names = ("INBOX", "Leads")
    next(one for one in sheet.findChildren(QPushButton) if one.text() == "Ask again").click()
    settle()
    assert shown(sheet) == ["INBOX", "Leads"]


@pytest.mark.parametrize(("role", "user"), [(Role.SENT, SHARED.user), (Role.SIGNER_SENT, SHARED.signer)])
def test_a_folder_of_sent_mail_takes_the_place_of_its_own_kind(
    window: Window, desk: FakeDesk, settle: Settle, role: Role, user: str
) -> None:
    desk.accounts.known = (SHARED,)
    sheet = opened(window, settle, role)
    assert desk.asked("folders") == [(user, None)]
    assert names_of(sheet).currentIndex().data() == "Sent"
    press(line_edit(sheet, "folder_words"), Qt.Key.Key_Up)
    press(line_edit(sheet, "folder_words"), Qt.Key.Key_Return)
    settle()
    kept = desk.accounts.known[0]
    assert folder_of(kept, role) == "Enquiries"
    assert kept == with_folder(SHARED, role, "Enquiries")
    assert kept.folder == SHARED.folder


def test_a_mailbox_that_is_set_up_lists_its_folders_with_the_typed_password(
    window: Window, desk: FakeDesk, settle: Settle, qtbot: QtBot
) -> None:
    window.show_set_up()
    page = window.set_up
    type_text(line_edit(page, "address"), "ann@gmail.com")
    press(line_edit(page, "address"), Qt.Key.Key_Return)
    settle()
    choose = page.findChild(QPushButton, "choose_folder")
    assert isinstance(choose, QPushButton)
    choose.click()
    assert line_edit(page, "password").hasFocus(), "nothing can be listed without it"
    assert window.sheets.sheet is None
    type_text(line_edit(page, "password"), "secret")
    choose.click()
    settle()
    assert desk.asked("folders") == [("ann@gmail.com", "secret")]
    sheet = window.sheets.sheet
    assert sheet is not None
    press(line_edit(sheet, "folder_words"), Qt.Key.Key_Down)
    press(line_edit(sheet, "folder_words"), Qt.Key.Key_Return)
    folder = next(one for one in page.findChildren(QLineEdit) if one.accessibleName() == "Folder")
    assert folder.text() == "Anfragen"


def test_settings_lead_to_the_folder_of_a_mailbox(window: Window, desk: FakeDesk, settle: Settle) -> None:
    window.go(Place.SETTINGS)
    settle()
    window.settings.open_mailboxes()
    settle()
    name = f"Choose the folder of {ACCOUNT.email}"
    next(one for one in window.settings.findChildren(QPushButton) if one.accessibleName() == name).click()
    settle()
    assert window.sheets.sheet is not None
    assert window.sheets.sheet.accessibleName() == f"Which folder of {ACCOUNT.email}?"

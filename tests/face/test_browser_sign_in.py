"""Signing in with the browser, in the window: the way to a client id, waiting, and what comes of it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QWidget
from pytestqt.qtbot import QtBot

from leaddesk.words.account import Client, SignIn, Step
from leaddesk.words.errors import NotSignedIn
from leaddesk.words.outgoing import Handover, OutgoingState
from leaddesk.words.sign_in import Refusal
from leaddesk.words.views import Trouble
from leaddesk_ui.account.guide import redirect_of
from leaddesk_ui.account.page import AccountPage
from leaddesk_ui.account.refusal_card import letter, mend_words
from leaddesk_ui.rail import Place
from leaddesk_ui.tasks import Tasks
from leaddesk_ui.text import Words
from leaddesk_ui.theme import Theme
from leaddesk_ui.window import Window

from .conftest import Desktop, Settle
from .fake_desk import ACCOUNT, AUTHORITIES, NOW, SIGN_IN_PAGE, FakeDesk, outgoing
from .typing_in import line_edit, press, type_text

MICROSOFT, GOOGLE = AUTHORITIES
ADDRESS = "ann@outlook.com"
LINK = "https://sign-in.example.com/adminconsent?client_id=abc"
OFFICE = replace(
    ACCOUNT, sign_in=SignIn.BROWSER, client=Client(authority="microsoft", id="kept-id", tenant="firm")
)


@pytest.fixture(autouse=True)
def _goes_on_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("leaddesk_ui.account.browser_flow.REST_MS", 0)


@pytest.fixture
def page(
    qtbot: QtBot, theme: Theme, tasks: Tasks, desk: FakeDesk, settle: Settle, desktop: Desktop
) -> AccountPage:
    made = AccountPage(desk.accounts, desk.clock, tasks, theme)
    qtbot.addWidget(made)
    made.resize(900, 1000)
    made.show()
    qtbot.waitExposed(made)
    made.begin()
    settle()
    return made


def words(widget: QWidget) -> str:
    return "\n".join(one.text() for one in widget.findChildren(Words) if one.isVisible())


def buttons(widget: QWidget) -> list[str]:
    return [one.accessibleName() for one in widget.findChildren(QAbstractButton) if one.isVisible()]


def primary(widget: QWidget) -> list[str]:
    """What Enter does."""
    shown = [one for one in widget.findChildren(QAbstractButton) if one.isVisible()]
    return [one.accessibleName() for one in shown if one.property("primary")]


def click(widget: QWidget, name: str) -> None:
    found = [
        one
        for one in widget.findChildren(QAbstractButton)
        if one.accessibleName() == name and one.isVisible()
    ]
    assert len(found) == 1, f"{name}: {buttons(widget)}"
    found[0].click()


def give_address(page: AccountPage, address: str, settle: Settle) -> None:
    type_text(line_edit(page, "address"), address)
    press(line_edit(page, "address"), Qt.Key.Key_Return)
    settle()


def start(page: AccountPage, settle: Settle, qtbot: QtBot, address: str = ADDRESS) -> None:
    """As far as the browser."""
    give_address(page, address, settle)
    type_text(line_edit(page, "client_id"), " abc ")
    press(line_edit(page, "client_id"), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "Waiting for you in the browser" in words(page))


# -- the way to a client id


def test_a_microsoft_address_is_guided_to_a_client_id_and_never_asked_for_a_password(
    page: AccountPage, settle: Settle, desktop: Desktop
) -> None:
    give_address(page, ADDRESS, settle)
    assert not line_edit(page, "password").isVisible()
    for step in MICROSOFT.steps:
        assert step in words(page)
    assert "LeadDesk never sees the password" in words(page)
    assert "Use a password instead" not in buttons(page)
    focused = page.focusWidget()
    assert isinstance(focused, QAbstractButton)
    assert focused.accessibleName() == "Open Microsoft’s page"
    assert primary(page) == ["Open Microsoft’s page"]
    focused.click()
    assert desktop.opened == ["https://entra.example.com/"]
    assert line_edit(page, "client_id").hasFocus()
    type_text(line_edit(page, "client_id"), "abc")
    assert primary(page) == ["Sign in with the browser"]


def test_the_redirect_address_is_copied_where_it_must_be_entered(page: AccountPage, settle: Settle) -> None:
    give_address(page, ADDRESS, settle)
    click(page, "Copy: Redirect address")
    assert QGuiApplication.clipboard().text() == "http://localhost"
    assert redirect_of(GOOGLE) == ""
    assert redirect_of(replace(GOOGLE, steps=())) == "http://127.0.0.1"


def test_nothing_begins_without_a_client_id(page: AccountPage, settle: Settle, desk: FakeDesk) -> None:
    give_address(page, ADDRESS, settle)
    click(page, "Sign in with the browser")
    assert line_edit(page, "client_id").property("wrong")
    assert line_edit(page, "client_id").hasFocus()
    assert desk.accounts.added == []


def test_an_own_domain_may_be_kept_at_any_of_them(page: AccountPage, settle: Settle) -> None:
    give_address(page, "ann@hillside-lofts.example", settle)
    assert line_edit(page, "password").isVisible()
    assert {"Microsoft", "Google"} <= set(buttons(page))
    click(page, "Google")
    settle()
    assert line_edit(page, "client_secret").isVisible()
    assert not line_edit(page, "tenant").isVisible()
    assert "Google keeps this mailbox: imap.google.example.com" in words(page)
    click(page, "Use a password instead")
    assert line_edit(page, "password").hasFocus()
    assert "The password goes into this computer’s keyring" in words(page)


def test_tab_goes_down_the_page_as_it_is_read(page: AccountPage, settle: Settle) -> None:
    give_address(page, "ann@hillside-lofts.example", settle)
    assert tabbed(page, 4) == ["Google", "Microsoft", "Other servers", "Mail address"]
    line_edit(page, "password").setFocus()
    press(page.focusWidget(), Qt.Key.Key_Backtab)
    press(page.focusWidget(), Qt.Key.Key_Backtab)
    press(page.focusWidget(), Qt.Key.Key_Space)  # Microsoft
    settle()
    assert tabbed(page, 4) == [
        "Copy: Redirect address", "Redirect address", "Use a password instead", "Other servers",
    ]  # fmt: skip


def tabbed(page: AccountPage, count: int) -> list[str]:
    """What Shift+Tab comes to, one after the other."""
    seen = []
    for _ in range(count):
        press(page.focusWidget(), Qt.Key.Key_Backtab)
        seen.append(page.focusWidget().accessibleName())
    return seen


def test_a_gmail_address_may_sign_in_at_google_only(page: AccountPage, settle: Settle) -> None:
    give_address(page, "ann@gmail.com", settle)
    assert "Google" in buttons(page)
    assert "Microsoft" not in buttons(page)


def test_a_client_id_that_another_mailbox_has_is_used_again(
    page: AccountPage, settle: Settle, desk: FakeDesk, qtbot: QtBot
) -> None:
    desk.accounts.known = (OFFICE,)
    give_address(page, ADDRESS, settle)
    assert f"With the client id that {OFFICE.email} has at Microsoft." in words(page)
    assert not line_edit(page, "client_id").isVisible()
    desk.accounts.back.set()
    with qtbot.waitSignal(page.done, timeout=4000):
        press(page.focusWidget(), Qt.Key.Key_Space)
    assert desk.accounts.added[0][0].client == OFFICE.client


def test_another_client_id_may_be_typed_all_the_same(
    page: AccountPage, settle: Settle, desk: FakeDesk
) -> None:
    desk.accounts.known = (OFFICE,)
    give_address(page, ADDRESS, settle)
    click(page, "Use another client id")
    assert line_edit(page, "client_id").hasFocus()


# -- waiting


def test_what_the_browser_brings_home_is_tried_and_kept(
    page: AccountPage, settle: Settle, desk: FakeDesk, desktop: Desktop, qtbot: QtBot
) -> None:
    give_address(page, ADDRESS, settle)
    type_text(line_edit(page, "client_id"), " abc ")
    type_text(line_edit(page, "tenant"), "firm")
    press(line_edit(page, "tenant"), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: desktop.opened == [SIGN_IN_PAGE])
    assert f"Sign in as {ADDRESS}" in words(page)
    with qtbot.waitSignal(page.done, timeout=4000) as done:
        desk.accounts.back.set()
    assert f"{ADDRESS} is watched from now on" in done.args[0]
    account, _ = desk.accounts.added[0]
    assert account.client == Client(authority="microsoft", id="abc", tenant="firm")
    assert (account.sign_in, account.signer) == (SignIn.BROWSER, "")


def test_a_shared_mailbox_names_who_signs_in(
    page: AccountPage, settle: Settle, desk: FakeDesk, qtbot: QtBot
) -> None:
    give_address(page, "info@outlook.com", settle)
    click(page, "It is a shared mailbox: somebody signs in as themselves")
    type_text(line_edit(page, "client_id"), "abc")
    type_text(line_edit(page, "signer"), ADDRESS)
    press(line_edit(page, "signer"), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: f"Sign in as {ADDRESS}" in words(page))
    assert desk.accounts.added[0][0].signer == ADDRESS
    assert desk.accounts.added[0][0].email == "info@outlook.com"
    desk.accounts.back.set()
    settle()


@pytest.mark.parametrize("how", ["escape", "button"])
def test_the_wait_is_taken_back_and_what_was_typed_is_still_there(
    page: AccountPage, settle: Settle, qtbot: QtBot, how: str
) -> None:
    start(page, settle, qtbot)
    if how == "escape":
        press(page.focusWidget(), Qt.Key.Key_Escape)
    else:
        click(page, "Cancel")
    settle()
    assert "Waiting for you" not in words(page)
    assert line_edit(page, "client_id").text() == " abc "
    assert line_edit(page, "client_id").isVisible()


def test_escape_takes_the_sign_in_back_before_it_leaves_the_page(
    window: Window, settle: Settle, qtbot: QtBot, desktop: Desktop
) -> None:
    window.show_set_up()
    settle()
    start(window.set_up, settle, qtbot)
    press(window.focusWidget(), Qt.Key.Key_Escape)
    settle()
    assert window.place is None
    press(window.focusWidget(), Qt.Key.Key_Escape)
    assert window.place is Place.TODAY


def test_the_address_can_be_copied_where_no_browser_came_up(
    page: AccountPage, settle: Settle, qtbot: QtBot, desktop: Desktop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("leaddesk_ui.account.browser_flow.open_link", lambda address: False)
    start(page, settle, qtbot)
    qtbot.waitUntil(lambda: "No browser came up." in words(page))
    click(page, "Copy: The address of the sign-in")
    assert QGuiApplication.clipboard().text() == SIGN_IN_PAGE
    click(page, "Cancel")
    settle()


def test_going_away_ends_the_wait(page: AccountPage, settle: Settle, qtbot: QtBot) -> None:
    start(page, settle, qtbot)
    click(page, "Not now")
    settle()  # else the sign-in would go on for minutes


# -- what may come of it


def test_an_administrator_is_asked_by_link_or_by_mail(
    page: AccountPage, settle: Settle, desk: FakeDesk, qtbot: QtBot, desktop: Desktop
) -> None:
    mend = f"Forward this address to your administrator: {LINK}"
    desk.accounts.refusal = NotSignedIn(
        "Microsoft needs an administrator.", mend, Refusal.ADMINISTRATOR, LINK
    )
    desk.accounts.back.set()
    give_address(page, ADDRESS, settle)
    type_text(line_edit(page, "client_id"), "abc")
    press(line_edit(page, "client_id"), Qt.Key.Key_Return)
    settle()
    assert "Microsoft needs an administrator." in words(page)
    assert "Forward this address to your administrator." in words(page)
    click(page, "Copy: The address for your administrator")
    assert QGuiApplication.clipboard().text() == LINK
    click(page, "Send it by mail")
    assert desktop.opened[-1] == letter(LINK)
    desk.accounts.refusal = None
    with qtbot.waitSignal(page.done, timeout=4000):
        click(page, "Sign in again")


def test_a_client_id_that_is_not_known_can_be_mended(
    page: AccountPage, settle: Settle, desk: FakeDesk
) -> None:
    desk.accounts.refusal = NotSignedIn("Microsoft does not know it.", "Compare.", Refusal.CLIENT)
    desk.accounts.back.set()
    give_address(page, ADDRESS, settle)
    type_text(line_edit(page, "client_id"), "abc")
    press(line_edit(page, "client_id"), Qt.Key.Key_Return)
    settle()
    click(page, "Change what was entered")
    assert line_edit(page, "client_id").isVisible()
    assert line_edit(page, "client_id").text() == "abc"


def test_what_to_do_is_a_sentence_and_the_link_stands_apart() -> None:
    assert mend_words(f"Forward this address: {LINK}", LINK) == "Forward this address."
    assert mend_words("Sign in again.", "") == "Sign in again."
    assert mend_words("", "") == ""


def test_the_letter_to_the_administrator_carries_the_whole_link() -> None:
    assert "accept%3A%0D%0A%0D%0Ahttps%3A%2F%2Fsign-in.example.com" in letter(LINK)


def test_a_step_that_failed_is_signed_in_to_again_without_a_password(
    page: AccountPage, settle: Settle, desk: FakeDesk, qtbot: QtBot
) -> None:
    desk.accounts.fails_at = Step.LOGIN
    desk.accounts.back.set()
    give_address(page, ADDRESS, settle)
    type_text(line_edit(page, "client_id"), "abc")
    press(line_edit(page, "client_id"), Qt.Key.Key_Return)
    settle()
    assert page.findChild(QWidget, "password_again") is None
    desk.accounts.fails_at = None
    with qtbot.waitSignal(page.done, timeout=4000):
        click(page, "Sign in again")


def test_sending_that_is_switched_off_is_named_and_gone_on_from_by_hand(
    page: AccountPage, settle: Settle, desk: FakeDesk, qtbot: QtBot
) -> None:
    desk.accounts.cannot_send = True
    desk.accounts.back.set()
    give_address(page, ADDRESS, settle)
    type_text(line_edit(page, "client_id"), "abc")
    press(line_edit(page, "client_id"), Qt.Key.Key_Return)
    settle()
    assert "(SMTP AUTH) is switched off for this mailbox." in words(page)
    assert "not possible" in words(page)
    with qtbot.waitSignal(page.done, timeout=1000):
        press(page.focusWidget(), Qt.Key.Key_Space)


# -- signing in again


def sign_in_trouble(window: Window, desk: FakeDesk, key: str, action: str, settle: Settle) -> None:
    desk.health.standing = (
        Trouble(key=key, since=NOW, sentence="It does not hold.", safe="", action=action, urgent=True),
    )
    window.troubles.read()
    settle()


def test_a_sign_in_that_is_over_is_given_again_in_one_press(
    window: Window, desk: FakeDesk, settle: Settle, qtbot: QtBot, desktop: Desktop
) -> None:
    desk.accounts.known = (OFFICE,)
    sign_in_trouble(window, desk, "sign-in:1", "Sign in again", settle)
    click(window, "Sign in again")
    qtbot.waitUntil(lambda: desktop.opened == [SIGN_IN_PAGE])
    desk.accounts.back.set()
    qtbot.waitUntil(lambda: window.sheets.sheet is None, timeout=4000)
    assert desk.accounts.added[-1][0] == OFFICE
    assert f"You are signed in to {OFFICE.email} again." in window.toast.text
    assert desk.asked("give_password") == []
    settle()


def test_the_sheet_that_is_closed_waits_no_more(
    window: Window, desk: FakeDesk, settle: Settle, qtbot: QtBot, desktop: Desktop
) -> None:
    desk.accounts.known = (OFFICE,)
    window.asks.password(1)
    qtbot.waitUntil(lambda: desktop.opened == [SIGN_IN_PAGE])
    window.sheets.close_sheet()
    settle()  # else it would wait for minutes, and answer to a sheet that is gone
    assert window.sheets.sheet is None


def test_escape_goes_from_the_wait_to_the_fields_and_then_closes_the_sheet(
    window: Window, desk: FakeDesk, settle: Settle, qtbot: QtBot, desktop: Desktop
) -> None:
    desk.accounts.known = (OFFICE,)
    window.asks.password(1)
    qtbot.waitUntil(lambda: desktop.opened == [SIGN_IN_PAGE])
    sheet = window.sheets.sheet
    assert sheet is not None
    press(window.focusWidget(), Qt.Key.Key_Escape)
    settle()
    assert line_edit(sheet, "client_id").text() == "kept-id"
    press(window.focusWidget(), Qt.Key.Key_Escape)
    assert window.sheets.sheet is None


def test_a_locked_keyring_asks_for_no_password_where_there_is_none(
    window: Window, desk: FakeDesk, settle: Settle
) -> None:
    desk.accounts.known = (OFFICE,)
    sign_in_trouble(window, desk, "keyring:1", "Unlock the keyring", settle)
    assert "Unlock the keyring" in buttons(window)
    assert "Type the mail password" not in buttons(window)


def test_settings_lead_to_a_new_sign_in_and_say_who_signs_in(
    window: Window, desk: FakeDesk, settle: Settle, qtbot: QtBot, desktop: Desktop
) -> None:
    desk.accounts.known = (replace(OFFICE, signer=ADDRESS, smtp_off=True),)
    window.go(Place.SETTINGS)
    settle()
    window.settings.open_mailboxes()
    settle()
    assert f"{ADDRESS} signs in with the browser, kept in GNOME Keyring." in words(window)
    assert "Answers open in your own mail program." in words(window)
    click(window, f"Sign in to {OFFICE.email} again")
    qtbot.waitUntil(lambda: desktop.opened == [SIGN_IN_PAGE])
    window.sheets.close_sheet()
    settle()


# -- sending from elsewhere


def test_a_reply_that_no_program_may_send_opens_in_the_mail_program(
    window: Window, desk: FakeDesk, settle: Settle, desktop: Desktop
) -> None:
    other, mine = outgoing(4, 1, OutgoingState.QUEUED, account=7), outgoing(5, 3, OutgoingState.QUEUED)
    desk.reply.waiting = (other, mine)
    sign_in_trouble(window, desk, "smtp-off:1", "Open in your mail program", settle)
    click(window, "Open in your mail program")
    settle()
    assert desk.asked("open_elsewhere") == [(5,)]
    assert desktop.opened == [desk.reply.handover.url]
    assert "found in Sent and counts" in window.toast.text


def test_a_text_too_long_for_a_link_is_copied(
    window: Window, desk: FakeDesk, settle: Settle, desktop: Desktop
) -> None:
    desk.reply.waiting = (outgoing(5, 3, OutgoingState.QUEUED),)
    desk.reply.handover = Handover("mailto:zoe@garden.example", "A very long text", is_whole=False)
    window.errands.open_elsewhere(1)
    settle()
    assert QGuiApplication.clipboard().text() == "A very long text"
    assert "is copied: paste it there" in window.toast.text


def test_the_switch_that_was_turned_on_is_tried_again(window: Window, desk: FakeDesk, settle: Settle) -> None:
    sign_in_trouble(window, desk, "smtp-off:1", "Open in your mail program", settle)
    click(window, "Try again")
    settle()
    assert desk.asked("act") == [("smtp-off:1",)]

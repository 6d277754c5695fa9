"""Setting up a mailbox: proposed, tried step by step, mended where it fails, told what must be told."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from leaddesk.words.account import (
    Account,
    AccountReport,
    Proposal,
    Server,
    SignIn,
    Step,
    TestStep,
)
from leaddesk_ui.account.page import AccountPage
from leaddesk_ui.account.steps import StepLine
from leaddesk_ui.account.trying import try_servers
from leaddesk_ui.keys import Action
from leaddesk_ui.rail import Place
from leaddesk_ui.tasks import Tasks
from leaddesk_ui.text import Words
from leaddesk_ui.theme import Theme
from leaddesk_ui.window import Window

from .conftest import Settle
from .fake_desk import ACCOUNT, FakeDesk
from .typing_in import fill_in, line_edit, press, type_text


@pytest.fixture
def page(qtbot: QtBot, theme: Theme, tasks: Tasks, desk: FakeDesk, settle: Settle) -> AccountPage:
    made = AccountPage(desk.accounts, desk.clock, tasks, theme)
    qtbot.addWidget(made)
    made.resize(900, 900)
    made.show()
    qtbot.waitExposed(made)
    made.begin()
    settle()
    return made


def words(page: AccountPage) -> str:
    return "\n".join(one.text() for one in page.findChildren(Words) if one.isVisible())


def states(page: AccountPage) -> list[str]:
    lines = [one.accessibleName() for one in page.findChildren(StepLine) if one.isVisible()]
    return [line.partition(": ")[2].partition(".")[0].partition(",")[0] for line in lines]


def test_an_address_brings_servers_and_then_the_password(page: AccountPage, settle: Settle) -> None:
    type_text(line_edit(page, "address"), "ann@gmail.com")
    press(line_edit(page, "address"), Qt.Key.Key_Return)
    settle()
    assert "Gmail keeps this mailbox: imap.gmail.com and smtp.gmail.com" in words(page)
    assert line_edit(page, "password").hasFocus()


def test_all_steps_pass_and_the_page_goes_on_by_itself(
    page: AccountPage, desk: FakeDesk, settle: Settle, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(page.done, timeout=4000) as done:
        fill_in(page, "ann@gmail.com", "secret", settle)
    assert states(page) == ["done"] * 5
    assert "ann@gmail.com is watched from now on" in done.args[0]
    account, password = desk.accounts.added[0]
    assert password == "secret"
    assert account.imap == Server("imap.gmail.com", 993)
    assert account.sign_in is SignIn.APP_PASSWORD
    assert line_edit(page, "password").text() == "", "the password does not stay in the window"


def test_steps_are_shown_as_they_go(page: AccountPage, desk: FakeDesk, settle: Settle, qtbot: QtBot) -> None:
    desk.accounts.pause.clear()
    type_text(line_edit(page, "address"), "ann@gmail.com")
    press(line_edit(page, "address"), Qt.Key.Key_Return)
    settle()
    type_text(line_edit(page, "password"), "secret")
    press(line_edit(page, "password"), Qt.Key.Key_Return)
    assert states(page) == ["now", "waits", "waits", "waits", "waits"]
    with qtbot.waitSignal(page.done, timeout=4000):
        desk.accounts.pause.set()


def test_a_refused_password_opens_what_to_do_and_is_tried_again(
    page: AccountPage, desk: FakeDesk, settle: Settle, qtbot: QtBot
) -> None:
    desk.accounts.fails_at = Step.LOGIN
    fill_in(page, "ann@gmail.com", "wrong", settle)
    assert states(page) == ["done", "done", "refused", "waits", "waits"]
    assert "Make an app password and call it LeadDesk." in words(page)
    assert line_edit(page, "password_again").hasFocus()
    desk.accounts.fails_at = None
    type_text(line_edit(page, "password_again"), "abcd efgh ijkl mnop")
    with qtbot.waitSignal(page.done, timeout=4000):
        press(line_edit(page, "password_again"), Qt.Key.Key_Return)
    assert desk.accounts.added[-1][1] == "abcd efgh ijkl mnop"
    assert states(page) == ["done"] * 5


def test_without_a_keyring_the_person_is_told_and_nothing_is_kept(
    page: AccountPage, desk: FakeDesk, settle: Settle, qtbot: QtBot
) -> None:
    desk.accounts.vault = None
    page.begin()
    settle()
    with qtbot.waitSignal(page.done, timeout=4000):
        fill_in(page, "ann@gmail.com", "secret", settle)
    assert desk.accounts.added[0][0].keep_in_memory


def test_the_missing_keyring_is_said_before_the_password_is_typed(
    page: AccountPage, desk: FakeDesk, settle: Settle
) -> None:
    desk.accounts.vault = None
    page.begin()
    type_text(line_edit(page, "address"), "ann@gmail.com")
    press(line_edit(page, "address"), Qt.Key.Key_Return)
    settle()
    assert "kept in memory, and asked for again at each start" in words(page)


def test_everybody_at_a_freemail_domain_is_no_colleague(
    page: AccountPage, settle: Settle, desk: FakeDesk
) -> None:
    fill_in(page, "ann@gmail.com", "x", settle)
    assert not desk.accounts.added[0][0].own_domain


def test_an_own_domain_is_ours_unless_switched_off(page: AccountPage, settle: Settle, desk: FakeDesk) -> None:
    fill_in(page, "ann@hillside-lofts.example", "x", settle)
    assert desk.accounts.added[0][0].own_domain


def test_no_address_is_told_under_the_field(page: AccountPage, settle: Settle, desk: FakeDesk) -> None:
    from leaddesk.words.errors import Usage

    def refuse(email: str) -> Proposal:
        raise Usage(f"'{email}' is not a mail address.", "It looks like name@example.com.")

    desk.accounts.propose = refuse  # type: ignore[method-assign]  # one answer of the fake
    type_text(line_edit(page, "address"), "ann")
    press(line_edit(page, "address"), Qt.Key.Key_Return)
    settle()
    assert "'ann' is not a mail address. It looks like name@example.com." in words(page)


def test_the_set_up_leads_back_to_the_queue(window: Window, settle: Settle, qtbot: QtBot) -> None:
    window.show_set_up()
    assert window.place is None
    next(one for one in window.set_up.findChildren(QPushButton) if one.text() == "Not now").click()
    assert window.place is Place.TODAY


def test_the_set_up_in_the_window_goes_on_with_enter(
    window: Window, desk: FakeDesk, settle: Settle, qtbot: QtBot
) -> None:
    window.show_set_up()
    settle()
    with qtbot.waitSignal(window.set_up.done, timeout=4000):
        fill_in(window.set_up, "ann@gmail.com", "secret", settle)
    assert window.place is Place.TODAY
    assert "ann@gmail.com is watched from now on" in window.toast.text


def test_enter_presses_the_button_with_the_focus_on_every_page(window: Window, settle: Settle) -> None:
    window.show_set_up()
    settle()
    later = next(one for one in window.set_up.findChildren(QPushButton) if one.text() == "Not now")
    later.setFocus()
    press(later, Qt.Key.Key_Return)
    assert window.place is Place.TODAY


class Picky:
    """Takes only one pair of servers; writes down what was tried."""

    def __init__(self, imap: str, smtp: str, wrong_password: bool = False) -> None:
        self.imap, self.smtp, self.wrong = imap, smtp, wrong_password
        self.tried: list[tuple[str, str]] = []

    def add(self, account: Account, password: str | None, *, on_step: object) -> AccountReport:
        self.tried.append((account.imap.host, account.smtp.host))
        if account.imap.host != self.imap:
            return AccountReport(account, (TestStep(Step.REACH, "imap", False, "no answer"),))
        reached = TestStep(Step.REACH, "imap", True, "answers")
        if self.wrong:
            return AccountReport(account, (reached, TestStep(Step.LOGIN, "imap", False, "refused")))
        if account.smtp.host != self.smtp:
            return AccountReport(account, (reached, TestStep(Step.REACH, "smtp", False, "no answer")))
        return AccountReport(account, (reached, TestStep(Step.SEND, "smtp", True, "there and back")))


def usual(*names: str) -> tuple[Server, ...]:
    return tuple(Server(name, 993) for name in names)


PROPOSAL = Proposal(
    "a@b.example", None, usual("one", "two"), usual("three", "four"), SignIn.PASSWORD, "a@b.example"
)


def test_the_usual_names_are_tried_in_order_until_one_answers() -> None:
    picky = Picky("two", "four")
    report = try_servers(picky, ACCOUNT, PROPOSAL, "x", lambda step: None)  # type: ignore[arg-type]
    assert report.ok
    assert picky.tried == [("one", "three"), ("two", "three"), ("two", "four")]


def test_a_refused_password_is_not_tried_on_other_servers() -> None:
    picky = Picky("one", "three", wrong_password=True)
    report = try_servers(picky, ACCOUNT, PROPOSAL, "x", lambda step: None)  # type: ignore[arg-type]
    assert not report.ok
    assert len(picky.tried) == 1


def test_where_none_answers_the_try_that_came_farthest_is_told() -> None:
    picky = Picky("two", "nowhere")
    report = try_servers(picky, ACCOUNT, PROPOSAL, "x", lambda step: None)  # type: ignore[arg-type]
    assert [step.server for step in report.tests if not step.ok] == ["smtp"]
    assert report.account == replace(ACCOUNT, imap=Server("two", 993), smtp=Server("three", 993))


def test_while_set_up_fills_the_window_keys_do_nothing_to_what_is_not_seen(
    window: Window, settle: Settle
) -> None:
    window.show_set_up()
    settle()
    for action in (Action.SOURCES, Action.NEW_LEAD, Action.NOT_A_LEAD, Action.IMPORT, Action.UNDO):
        window.pressed.emit(action)
    settle()
    assert window.place is None
    assert window.sheets.sheet is None
    window.pressed.emit(Action.BACK)
    assert window.place is Place.TODAY
    window.pressed.emit(Action.NEW_LEAD)
    settle()
    assert window.sheets.sheet is not None

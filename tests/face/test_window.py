"""The window by its keys: a morning at the desk without the mouse."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QPushButton, QScrollArea
from pytestqt.qtbot import QtBot

from leaddesk.words.lead import Channel, Direction, Outcome, Reached, What
from leaddesk.words.news import EnquiryArrived, FirstSyncDone, LeadChanged, TroubleChanged
from leaddesk.words.outgoing import Resolution
from leaddesk.words.views import Trouble
from leaddesk_ui.bridge import Bridge
from leaddesk_ui.keys import KEYS, Action
from leaddesk_ui.keys_sheet import KeysSheet
from leaddesk_ui.lead.bubble import Bubble
from leaddesk_ui.lead.decision_sheets import CloseSheet
from leaddesk_ui.lead.timeline import FormFields
from leaddesk_ui.rail import Place
from leaddesk_ui.states import TroubleCard
from leaddesk_ui.text import Words
from leaddesk_ui.window import Window

from .conftest import Settle
from .fake_desk import NOW, FakeDesk, ago, row
from .typing_in import press, type_text

CTRL = Qt.KeyboardModifier.ControlModifier


def shown_lead(window: Window) -> int | None:
    return window.lead.view.lead if window.lead.view else None


def test_the_newest_is_open_when_the_window_opens(window: Window) -> None:
    assert shown_lead(window) == 1
    assert window.today.list.lead == 1


def test_j_and_k_and_arrows_move_and_open(window: Window, settle: Settle) -> None:
    press(window, Qt.Key.Key_J)
    settle()
    assert shown_lead(window) == 2
    press(window.today.list, Qt.Key.Key_Down)
    settle()
    assert shown_lead(window) == 3
    press(window, Qt.Key.Key_K)
    settle()
    assert shown_lead(window) == 2


def test_enter_opens_whoever_waits_next(window: Window, settle: Settle) -> None:
    press(window, Qt.Key.Key_Return)
    settle()
    assert shown_lead(window) == 2


def test_where_a_decision_is_due_enter_decides_and_the_next_lead_waits_for_its_button(
    window: Window, desk: FakeDesk, settle: Settle
) -> None:
    desk.leads.views[1] = replace(desk.leads.views[1], what=What.DECIDE)
    window.lead.reload()
    settle()
    close, following = (window.lead.findChild(QPushButton, name) for name in ("do_close", "do_next"))
    assert isinstance(close, QPushButton)
    assert isinstance(following, QPushButton)
    assert (close.property("primary"), following.property("primary")) == (True, False)
    assert close.accessibleName() == "Decide"
    press(window, Qt.Key.Key_Return)
    settle()
    assert isinstance(window.lead.sheets.sheet, CloseSheet)
    press(window.lead.sheets.sheet, Qt.Key.Key_Escape)
    following.click()
    settle()
    assert shown_lead(window) == 2
    assert (close.property("primary"), following.property("primary")) == (False, True)


def test_what_is_said_covers_nothing_that_was_just_done(window: Window, settle: Settle) -> None:
    window.lead.done.emit("The plan is stopped.", True)
    foot, toast = window.lead.foot, window.toast
    assert toast.isVisible()
    assert toast.geometry().bottom() < foot.mapTo(window.content, QPoint(0, 0)).y()
    window.lead.foot.hide()
    assert toast.geometry().bottom() > window.content.height() - 100


def test_enter_after_the_last_one_says_that_all_are_answered(
    window: Window, desk: FakeDesk, settle: Settle
) -> None:
    desk.queue.rows = ()
    window.today.refresh()
    settle()
    press(window, Qt.Key.Key_Return)
    settle()
    assert shown_lead(window) is None
    assert "All answered." in [
        one.text().split(".")[0] + "." for one in window.today.findChildren(type(window.lead._plain._title))
    ]


def test_a_call_is_written_down_with_one_key(window: Window, desk: FakeDesk, settle: Settle) -> None:
    press(window, Qt.Key.Key_C)
    settle()
    sheet = window.lead.sheets.sheet
    assert sheet is not None
    press(sheet, Qt.Key.Key_3)
    settle()
    lead, facts = desk.asked("log")[0]
    assert lead == 1
    assert facts == {"channel": Channel.CALL, "outcome": Reached.NO_ANSWER, "at": NOW, "note": ""}
    assert window.lead.sheets.sheet is None
    assert "no answer" in window.toast.text


def test_a_call_can_be_set_back_by_typing_its_time(window: Window, desk: FakeDesk, settle: Settle) -> None:
    press(window, Qt.Key.Key_C)
    settle()
    sheet = window.lead.sheets.sheet
    assert sheet is not None
    when = next(one for one in sheet.findChildren(QLineEdit) if one.accessibleName() == "Time of the call")
    type_text(when, "9:05")
    sheet.findChildren(QPushButton)[-5].setFocus()
    press(sheet, Qt.Key.Key_1)
    settle()
    assert desk.asked("log")[0][1]["at"] == NOW.replace(hour=9, minute=5, second=0)


def test_keys_behind_a_sheet_sleep_and_esc_writes_nothing(
    window: Window, desk: FakeDesk, settle: Settle
) -> None:
    press(window, Qt.Key.Key_C)
    settle()
    sheet = window.lead.sheets.sheet
    assert sheet is not None
    press(sheet, Qt.Key.Key_X)
    press(sheet, Qt.Key.Key_Escape)
    settle()
    assert window.lead.sheets.sheet is None
    assert desk.asked("judge_out") == []
    assert desk.asked("log") == []
    press(window, Qt.Key.Key_X)
    settle()
    assert desk.asked("judge_out") == [(1,)]


def test_tab_stays_on_the_sheet(window: Window, settle: Settle, qtbot: QtBot) -> None:
    press(window, Qt.Key.Key_E)
    settle()
    sheet = window.lead.sheets.sheet
    assert sheet is not None
    for _ in range(12):
        press(window.focusWidget() or sheet, Qt.Key.Key_Tab)
        assert sheet.isAncestorOf(window.focusWidget())


@pytest.mark.parametrize(("what", "likely"), [(What.NEW, "Won"), (What.DECIDE, "No response")])
def test_enter_on_the_closing_sheet_means_what_is_likely(
    window: Window, desk: FakeDesk, settle: Settle, what: What, likely: str
) -> None:
    desk.leads.views[1] = replace(desk.leads.views[1], what=what)
    window.lead.reload()
    settle()
    press(window, Qt.Key.Key_E)
    settle()
    focused = window.focusWidget()
    assert focused is not None
    assert focused.accessibleName() == likely


def test_e_closes_with_outcome_and_reason(window: Window, desk: FakeDesk, settle: Settle) -> None:
    press(window, Qt.Key.Key_E)
    settle()
    sheet = window.lead.sheets.sheet
    assert sheet is not None
    sheet.findChildren(QLineEdit)[0].setText("too far away")
    press(sheet, Qt.Key.Key_2)
    settle()
    assert desk.asked("close") == [(1, Outcome.LOST, "too far away")]


def test_s_puts_away_by_key_or_by_words(window: Window, desk: FakeDesk, settle: Settle) -> None:
    press(window, Qt.Key.Key_S)
    settle()
    sheet = window.lead.sheets.sheet
    assert sheet is not None
    press(sheet, Qt.Key.Key_1)
    settle()
    assert desk.asked("snooze") == [(1, NOW + timedelta(hours=1))]
    press(window, Qt.Key.Key_S)
    settle()
    sheet = window.lead.sheets.sheet
    assert sheet is not None
    field = sheet.findChildren(QLineEdit)[0]
    type_text(field, "never")
    press(field, Qt.Key.Key_Return)
    settle()
    assert window.lead.sheets.sheet is sheet, "a time that is none keeps the sheet open"
    field.setText("fri 8:30")
    press(field, Qt.Key.Key_Return)
    settle()
    assert desk.asked("snooze")[-1] == (1, "fri 8:30")
    assert window.lead.sheets.sheet is None


def test_n_keeps_a_note(window: Window, desk: FakeDesk, settle: Settle) -> None:
    press(window, Qt.Key.Key_N)
    settle()
    sheet = window.lead.sheets.sheet
    assert sheet is not None
    paper = sheet.findChildren(QPlainTextEdit)[0]
    type_text(paper, "Has a dog")
    press(paper, Qt.Key.Key_Return, CTRL)
    settle()
    assert desk.asked("note") == [(1, "Has a dog")]


def test_g_says_that_somebody_has_it(window: Window, desk: FakeDesk, settle: Settle) -> None:
    press(window, Qt.Key.Key_G)
    settle()
    assert desk.asked("got") == [(1,)]


def test_ctrl_z_takes_back_and_says_what(window: Window, desk: FakeDesk, settle: Settle) -> None:
    press(window, Qt.Key.Key_Z, CTRL)
    settle()
    assert desk.asked("undo") == [(None,)]
    assert window.toast.text == "Taken back for Ngozi Adeyemi: closed."


def test_a_put_away_mail_is_rescued_in_one_key_and_that_is_undone(
    window: Window, desk: FakeDesk, settle: Settle
) -> None:
    press(window, Qt.Key.Key_L)
    settle()
    press(window, Qt.Key.Key_J)
    press(window, Qt.Key.Key_Return)
    settle()
    assert desk.asked("rescue") == [(102,)]
    assert shown_lead(window) == 2
    press(window, Qt.Key.Key_Z, CTRL)
    settle()
    assert desk.asked("sort_away") == [(102,)]
    assert desk.asked("undo") == []


def test_people_we_know_are_listed_and_one_is_made_an_enquiry(
    window: Window, desk: FakeDesk, settle: Settle
) -> None:
    press(window, Qt.Key.Key_P)
    settle()
    press(window, Qt.Key.Key_Return)
    settle()
    assert desk.asked("rescue") == [(1,)]


def test_slash_finds_while_one_types_and_esc_returns(
    window: Window, desk: FakeDesk, settle: Settle, qtbot: QtBot
) -> None:
    press(window, Qt.Key.Key_Slash)
    field = next(one for one in window.findChildren(QLineEdit) if one.accessibleName() == "Find a lead")
    assert field.hasFocus()
    type_text(field, "gutters")
    qtbot.waitUntil(lambda: ("gutters",) in desk.asked("find"))
    settle()
    press(field, Qt.Key.Key_Return)
    settle()
    assert shown_lead(window) == 4
    assert not window.today.shows_queue
    press(window, Qt.Key.Key_Escape)
    assert window.today.shows_queue


def test_plus_writes_down_somebody_who_rang(window: Window, desk: FakeDesk, settle: Settle) -> None:
    press(window, Qt.Key.Key_Plus)
    settle()
    sheet = window.sheets.sheet
    assert sheet is not None
    name, number, what, _email, when = sheet.findChildren(QLineEdit)
    type_text(name, "Żaneta")
    type_text(number, "07700 900111")
    type_text(what, "A new door")
    when.selectAll()
    type_text(when, "9:12")
    press(what, Qt.Key.Key_Return)
    settle()
    assert desk.asked("add") == [
        ("Żaneta", "07700 900111", "A new door", NOW.replace(hour=9, minute=12, second=0))
    ]
    assert shown_lead(window) == 5


def test_somebody_without_name_and_number_is_not_added(
    window: Window, desk: FakeDesk, settle: Settle
) -> None:
    press(window, Qt.Key.Key_Plus)
    settle()
    sheet = window.sheets.sheet
    assert sheet is not None
    press(sheet.findChildren(QLineEdit)[0], Qt.Key.Key_Return)
    settle()
    assert desk.asked("add") == []
    assert window.sheets.sheet is sheet


def test_the_sheet_of_keys_shows_the_whole_table(window: Window) -> None:
    press(window, Qt.Key.Key_Question)
    assert isinstance(window.sheets.sheet, KeysSheet)
    shown = [one.text() for one in window.sheets.sheet.findChildren(type(window.lead._plain._title))]
    for key in KEYS:
        assert key.shown in shown
        assert key.says in shown


def test_every_action_has_one_line_in_the_table() -> None:
    assert [key.action for key in KEYS] == list(Action)
    sequences = [sequence for key in KEYS for sequence in key.sequences]
    assert len(sequences) == len(set(sequences))


def test_the_composer_keeps_what_they_wrote_in_sight(
    window: Window, settle: Settle, qtbot: QtBot, desk: FakeDesk
) -> None:
    window.resize(1000, 560)
    window.open_lead(3)
    settle()
    window.lead.do(Action.REPLY)
    settle()
    bubbles = [one for one in window.lead.findChildren(Bubble) if one.item.direction is Direction.IN]
    area = window.lead.findChildren(QScrollArea)[0].viewport()
    qtbot.waitUntil(lambda: area.rect().contains(area.mapFromGlobal(bubbles[-1].mapToGlobal(QPoint(1, 1)))))


def test_an_unsure_mail_asks_and_the_answer_goes_to_the_desk(
    window: Window, desk: FakeDesk, settle: Settle
) -> None:
    window.open_lead(3)
    settle()
    button = next(one for one in window.lead.findChildren(QPushButton) if one.text() == "Send again")
    button.click()
    settle()
    assert desk.asked("resolve") == [(8, Resolution.AGAIN)]


def test_what_a_form_asked_stands_under_its_enquiry_with_or_without_a_mail(
    window: Window, desk: FakeDesk, settle: Settle
) -> None:
    view = desk.leads.views[1]
    desk.leads.views[1] = replace(
        view,
        enquiries=(replace(view.enquiries[0], mail=None),),
        timeline=(replace(view.timeline[0], mail=None), *view.timeline[1:]),
    )
    window.lead.reload()
    settle()
    (fields,) = window.lead.findChildren(FormFields)
    said = [one.text() for one in fields.findChildren(Words)]
    assert said == ["Postcode", "BS6 6QH", "Budget", "not sure yet"]


def test_a_narrow_window_shows_one_side_and_esc_returns(window: Window, settle: Settle, qtbot: QtBot) -> None:
    window.resize(800, 600)
    qtbot.waitUntil(lambda: window.bench.is_narrow)
    assert window.today.isVisible()
    assert not window.lead.isVisible()
    press(window, Qt.Key.Key_J)
    press(window, Qt.Key.Key_Return)
    settle()
    assert window.lead.isVisible()
    assert not window.today.isVisible()
    assert shown_lead(window) == 2
    press(window, Qt.Key.Key_Escape)
    assert window.today.isVisible()
    window.resize(1280, 800)
    qtbot.waitUntil(lambda: window.lead.isVisible() and window.today.isVisible())


def test_in_a_narrow_queue_a_key_means_the_chosen_lead(window: Window, settle: Settle, qtbot: QtBot) -> None:
    window.resize(800, 600)
    qtbot.waitUntil(lambda: window.bench.is_narrow)
    press(window, Qt.Key.Key_C)
    settle()
    assert window.lead.isVisible()
    assert window.lead.sheets.sheet is not None


def test_news_from_any_thread_refreshes_queue_and_lead(
    window: Window, desk: FakeDesk, settle: Settle, qtbot: QtBot
) -> None:
    bridge = Bridge(desk.bus.subscribe)
    bridge.news.connect(window.hearing.take)
    desk.queue.rows = (row(1, 9, "Somebody new", ago(seconds=3), "Hello", "New"), *desk.queue.rows)
    shown = len(desk.asked("show"))
    desk.bus.publish(EnquiryArrived(at=NOW, account=1, lead=9, enquiry=9, received_at=NOW, seen_at=NOW))
    desk.bus.publish(LeadChanged(at=NOW, lead=1))
    qtbot.waitUntil(lambda: window.today.list.rows.rowCount() == 6)
    qtbot.waitUntil(lambda: len(desk.asked("show")) == shown + 1)
    settle()
    assert shown_lead(window) == 1, "news changes nothing under the person's hands"
    bridge.close()


def test_title_has_count_and_oldest_wait(window: Window, settle: Settle) -> None:
    settle()
    assert window.windowTitle() == "(5) LeadDesk - oldest 2 d"


@pytest.mark.parametrize(
    ("enquiries", "answered", "found"),
    [
        (12, 9, "12 enquiries, 3 without an answer"),
        (2, 2, "2 enquiries, none without an answer"),
        (1, 0, "one enquiry, 1 without an answer"),
        (0, 0, "nobody enquired"),
    ],
)
def test_a_first_sync_is_summed_up_once(window: Window, enquiries: int, answered: int, found: str) -> None:
    window.hearing.take((FirstSyncDone(at=NOW, account=1, enquiries=enquiries, answered=answered),))
    assert window.toast.text == f"The last 72 hours were read: {found}."


def trouble(key: str, *, urgent: bool = True, action: str = "Try now") -> Trouble:
    return Trouble(
        key=key, since=NOW, sentence=f"{key} is wrong.", safe="Safe.", action=action, urgent=urgent
    )


@pytest.fixture
def standing(window: Window, desk: FakeDesk, settle: Settle) -> Window:
    """The window with a refused sign-in, a locked keyring and no notifications."""
    desk.health.standing = (trouble("sign-in:1"), trouble("keyring:1"), trouble("notifier", urgent=False))
    window.hearing.take((TroubleChanged(at=NOW),))
    settle()
    return window


def press_button(window: Window, text: str) -> None:
    next(one for one in window.findChildren(QPushButton) if one.text() == text and one.isVisible()).click()


def test_what_needs_a_person_stands_over_the_queue_which_stays_usable(standing: Window) -> None:
    assert len(standing.today.findChildren(TroubleCard)) == 2
    assert standing.troubles.banner.isVisible()
    assert standing.today.list.isVisible()


def test_the_most_urgent_trouble_is_told_on_every_page(standing: Window, settle: Settle) -> None:
    standing.go(Place.SETTINGS)
    settle()
    assert "sign-in:1 is wrong." in standing.troubles.banner.accessibleName()


def test_a_refused_sign_in_asks_for_the_password(standing: Window, desk: FakeDesk, settle: Settle) -> None:
    press_button(standing, "Try now")
    settle()
    sheet = standing.sheets.sheet
    assert sheet is not None
    field = sheet.findChildren(QLineEdit)[0]
    assert field.echoMode() is QLineEdit.EchoMode.Password
    type_text(field, "secret")
    press(field, Qt.Key.Key_Return)
    settle()
    assert desk.asked("give_password") == [(1, True)]


def test_a_locked_keyring_is_unlocked_by_the_desktop(
    standing: Window, desk: FakeDesk, settle: Settle
) -> None:
    keyring = [
        one for one in standing.findChildren(QPushButton) if one.text() == "Try now" and one.isVisible()
    ][1]
    keyring.click()
    settle()
    assert desk.asked("unlock") == [()]


def test_any_other_trouble_is_the_desks(standing: Window, desk: FakeDesk, settle: Settle) -> None:
    next(one for one in standing.troubles.banner.findChildren(QPushButton) if one.isVisible()).click()
    settle()
    assert desk.asked("act") == [("notifier",)]


def test_a_time_without_a_watch_stands_as_a_card_until_it_is_put_away(
    window: Window, desk: FakeDesk, settle: Settle
) -> None:
    told = "Not watching Fri 18:02 to Mon 8:31."
    desk.health.standing = (
        Trouble(key="gap", since=NOW, sentence=told, safe="", action="Put away", urgent=False),
    )
    window.hearing.take((TroubleChanged(at=NOW),))
    settle()
    (card,) = window.today.findChildren(TroubleCard)
    assert card.accessibleName() == told
    card.buttons[0].click()
    settle()
    assert desk.asked("act") == [("gap",)]


def test_a_mail_is_shown_as_it_came(window: Window, settle: Settle) -> None:
    press(window, Qt.Key.Key_V)
    settle()
    sheet = window.sheets.sheet
    assert sheet is not None
    assert "Hello <b>you</b>" in sheet.findChildren(QPlainTextEdit)[0].toPlainText()


def test_enquiries_in_the_junk_folder_are_a_quiet_line_under_the_queue(
    window: Window, desk: FakeDesk, settle: Settle
) -> None:
    told = []
    for count in (1, 2, 0):
        desk.queue.junk = count
        window.today.refresh()
        settle()
        shown = [one for one in window.today.findChildren(Words) if one.isVisible()]
        told.append([one.text() for one in shown if "junk folder" in one.text()])
    one, two = "One mail in the junk folder looks like an enquiry", "2 in the junk folder look like enquiries"
    assert told == [[one], [two], []]

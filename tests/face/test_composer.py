"""Answering: what is typed is kept, Ctrl+Enter alone sends, and it can be taken back in time."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from leaddesk.words.errors import DiskTrouble, Refused
from leaddesk.words.outgoing import Draft, Outgoing
from leaddesk_ui.keys import Action
from leaddesk_ui.lead.composer import Composer
from leaddesk_ui.window import Window

from .conftest import Settle
from .fake_desk import FakeDesk
from .typing_in import press, type_text

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


@pytest.fixture
def composer(window: Window, settle: Settle) -> Composer:
    """The composer, open on the first lead."""
    press(window, Qt.Key.Key_R)
    settle()
    made = window.lead.answering.composer
    assert made.isVisible()
    return made


def test_r_opens_a_first_draft_with_the_cursor_where_one_goes_on(composer: Composer) -> None:
    assert composer.paper.toPlainText().startswith("Hi Ngozi,")
    assert composer.paper.textCursor().position() == composer.paper.toPlainText().index("\n\n\n") + 2
    assert composer.paper.hasFocus()


def test_a_long_subject_shows_its_beginning(composer: Composer) -> None:
    subject = next(one for one in composer.findChildren(QLineEdit) if one.accessibleName() == "Subject")
    assert subject.text()
    assert subject.cursorPosition() == 0


@pytest.mark.parametrize("text", ["Łukasz Żółć", "山田さん、こんにちは", "مرحبا بك", "Спасибо 😀", "क्षमा करें"])
def test_any_script_can_be_typed_and_is_kept_as_it_is(
    composer: Composer, desk: FakeDesk, settle: Settle, text: str
) -> None:
    composer.paper.selectAll()
    type_text(composer.paper, text)
    composer.keep()
    settle()
    assert desk.asked("save") == [(text,)]


def test_letters_in_the_composer_are_no_keys_of_the_window(composer: Composer, window: Window) -> None:
    composer.paper.selectAll()
    type_text(composer.paper, "recnsx+/?")
    assert composer.paper.toPlainText() == "recnsx+/?"
    assert window.lead.sheets.sheet is None


def test_what_is_typed_is_kept_within_two_seconds(
    composer: Composer, desk: FakeDesk, qtbot: QtBot, settle: Settle
) -> None:
    type_text(composer.paper, "A")
    qtbot.waitUntil(lambda: bool(desk.asked("save")), timeout=3000)
    settle()
    type_text(composer.paper, "B")
    qtbot.waitUntil(lambda: len(desk.asked("save")) == 2, timeout=3000)
    settle()
    assert desk.reply.saved[-1].outgoing == 9, "the same row is changed, not another one made"


def test_an_untouched_draft_is_not_saved(
    composer: Composer, window: Window, desk: FakeDesk, settle: Settle
) -> None:
    press(window, Qt.Key.Key_Escape)
    settle()
    assert not composer.isVisible()
    assert desk.asked("save") == []


def test_esc_keeps_the_draft_and_r_brings_it_back(
    composer: Composer, window: Window, desk: FakeDesk, settle: Settle
) -> None:
    composer.paper.setPlainText("Half an answer")
    press(window, Qt.Key.Key_Escape)
    settle()
    assert desk.asked("save") == [("Half an answer",)]
    press(window, Qt.Key.Key_R)
    settle()
    assert composer.paper.toPlainText() == "Half an answer"


def test_going_to_another_lead_keeps_the_draft(
    composer: Composer, window: Window, desk: FakeDesk, settle: Settle
) -> None:
    composer.paper.setPlainText("Half an answer")
    window.open_lead(3)
    settle()
    assert desk.asked("save") == [("Half an answer",)]
    assert not composer.isVisible()


def test_ctrl_enter_sends_what_stands_in_the_fields(
    composer: Composer, desk: FakeDesk, settle: Settle
) -> None:
    composer.paper.setPlainText("Yes, on Thursday.")
    cc = next(one for one in composer.findChildren(QLineEdit) if one.accessibleName() == "Cc")
    cc.setText("ann@example.com; bea@example.com")
    press(composer.paper, Qt.Key.Key_Return, CTRL)
    settle()
    assert [one.body for one in desk.reply.approved] == ["Yes, on Thursday."]
    assert desk.reply.approved[0].cc == ("ann@example.com", "bea@example.com")
    assert not composer.isVisible()


def test_a_place_to_write_in_that_nobody_used_is_no_gap_in_the_letter(
    composer: Composer, desk: FakeDesk, settle: Settle
) -> None:
    assert "\n\n\n\n" in composer.paper.toPlainText()
    press(composer.paper, Qt.Key.Key_Return, CTRL)
    settle()
    (sent,) = desk.reply.approved
    assert "\n\n\n" not in sent.body
    assert sent.body.split() == composer.paper.toPlainText().split()


def test_what_is_announced_must_be_said_before_it_goes_out(
    composer: Composer, desk: FakeDesk, settle: Settle
) -> None:
    composer.paper.setPlainText("One thing that may help you:\n\n\n\nShall I go on?")
    press(composer.paper, Qt.Key.Key_Return, CTRL)
    settle()
    assert desk.reply.approved == []
    assert "announces something" in composer.said
    composer.paper.setPlainText("One thing that may help you:\n\nthe leaflet.\n\nShall I go on?")
    press(composer.paper, Qt.Key.Key_Return, CTRL)
    settle()
    assert len(desk.reply.approved) == 1


def test_enter_alone_makes_a_line_and_sends_nothing(composer: Composer, desk: FakeDesk) -> None:
    composer.paper.setPlainText("")
    press(composer.paper, Qt.Key.Key_Return)
    assert composer.paper.toPlainText() == "\n"
    assert desk.reply.approved == []


def test_pressing_twice_sends_once(composer: Composer, desk: FakeDesk, settle: Settle) -> None:
    press(composer.paper, Qt.Key.Key_Return, CTRL)
    press(composer.paper, Qt.Key.Key_Return, CTRL)
    settle()
    assert len(desk.reply.approved) == 1


def test_an_approval_waits_for_what_is_being_kept_and_nothing_is_typed_meanwhile(
    composer: Composer, desk: FakeDesk, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Kept after the approval, the older text would take it back."""
    go, save = threading.Event(), desk.reply.save

    def slow(draft: Draft) -> Draft:
        go.wait(10)
        return save(draft)

    monkeypatch.setattr(desk.reply, "save", slow)
    composer.paper.setPlainText("Yes")
    composer.keep()
    type_text(composer.paper, "!")
    press(composer.paper, Qt.Key.Key_Return, CTRL)
    type_text(composer.paper, "?")
    go.set()
    settle()
    told = [call for call in desk.calls_made if call[0] in ("save", "approve")]
    assert told == [("save", "Yes"), ("approve", "!Yes")]


def test_what_a_change_did_to_the_approval_is_told(
    composer: Composer, window: Window, desk: FakeDesk, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    def taken_back(draft: Draft) -> Draft:
        return replace(draft, outgoing=11, told="Your change took this mail back.")

    monkeypatch.setattr(desk.reply, "save", taken_back)
    type_text(composer.paper, "A")
    composer.keep()
    settle()
    assert composer.said == "Your change took this mail back."
    type_text(composer.paper, "B")
    window.open_lead(3)
    settle()
    assert window.toast.text == "Your change took this mail back."


def test_alt_z_takes_a_reply_back_and_the_text_is_there_again(
    composer: Composer, window: Window, desk: FakeDesk, settle: Settle
) -> None:
    composer.paper.setPlainText("Too quick")
    composer.keep()
    settle()
    press(composer.paper, Qt.Key.Key_Return, CTRL)
    settle()
    assert window.lead.answering.bar.isVisible()
    press(window, Qt.Key.Key_Z, ALT)
    settle()
    assert desk.asked("cancel") == [(9,)]
    assert not window.lead.answering.bar.isVisible()
    assert composer.isVisible()
    assert composer.paper.toPlainText() == "Too quick"


def test_the_undo_bar_counts_down_and_goes(
    composer: Composer, window: Window, desk: FakeDesk, qtbot: QtBot, settle: Settle
) -> None:
    press(composer.paper, Qt.Key.Key_Return, CTRL)
    settle()
    bar = window.lead.answering.bar
    assert bar.isVisible()
    desk.clock.time += timedelta(seconds=11)
    qtbot.waitUntil(lambda: not bar.isVisible(), timeout=2000)


def test_too_late_is_told_and_nothing_is_pretended(
    composer: Composer, window: Window, desk: FakeDesk, settle: Settle
) -> None:
    desk.reply.too_late = True
    press(composer.paper, Qt.Key.Key_Return, CTRL)
    settle()
    press(window, Qt.Key.Key_Z, ALT)
    settle()
    assert "too late" in window.toast.text
    assert not composer.isVisible()


def test_a_refused_reply_stays_in_the_composer_with_its_reason(
    composer: Composer, desk: FakeDesk, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(draft: Draft) -> Outgoing:
        raise Refused("There is no address in To.")

    monkeypatch.setattr(desk.reply, "approve", refuse)
    composer.paper.setPlainText("Hello")
    press(composer.paper, Qt.Key.Key_Return, CTRL)
    settle()
    assert composer.isVisible()
    assert composer.paper.toPlainText() == "Hello"
    assert composer.said == "There is no address in To."


def test_a_full_disk_is_told_and_the_text_stays(
    composer: Composer, desk: FakeDesk, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk.reply, "save", full)
    composer.paper.setPlainText("Hello")
    composer.keep()
    settle()
    assert composer.said == "The disk is full. Free some space."
    assert composer.paper.toPlainText() == "Hello"


def test_esc_on_a_full_disk_leaves_the_composer_with_its_text_and_says_why(
    composer: Composer, window: Window, desk: FakeDesk, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk.reply, "save", full)
    composer.paper.setPlainText("An hour's work")
    press(window, Qt.Key.Key_Escape)
    settle()
    assert composer.isVisible()
    assert composer.paper.toPlainText() == "An hour's work"
    assert composer.said == "The disk is full. Free some space."
    monkeypatch.undo()
    press(window, Qt.Key.Key_Escape)
    settle()
    assert desk.asked("save") == [("An hour's work",)]
    assert not composer.isVisible()


def test_what_could_not_be_kept_waits_at_its_lead(
    composer: Composer, window: Window, desk: FakeDesk, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk.reply, "save", full)
    composer.paper.setPlainText("An hour's work")
    window.open_lead(3)
    settle()
    assert not composer.isVisible()
    assert window.toast.text.startswith("Your answer to Ngozi Adeyemi is not kept yet and waits there.")
    monkeypatch.undo()
    window.open_lead(1)
    settle()
    press(window, Qt.Key.Key_R)
    settle()
    assert composer.paper.toPlainText() == "An hour's work"
    assert desk.asked("save") == [("An hour's work",)]
    assert composer.said == "draft kept"


def test_what_could_not_be_kept_is_tried_again_at_the_end(
    composer: Composer, window: Window, desk: FakeDesk, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk.reply, "save", full)
    composer.paper.setPlainText("An hour's work")
    window.open_lead(3)
    settle()
    monkeypatch.undo()
    window.lead.answering.keep()
    settle()
    assert desk.asked("save") == [("An hour's work",)]


def full(_: Draft) -> Draft:
    raise DiskTrouble("The disk is full.", "Free some space.")


def test_throwing_away_asks_the_desk_to_forget_the_draft(
    composer: Composer, desk: FakeDesk, settle: Settle
) -> None:
    composer.paper.setPlainText("No")
    composer.keep()
    settle()
    drop = next(one for one in composer.findChildren(QPushButton) if one.text() == "Throw away")
    drop.click()
    settle()
    assert desk.asked("discard") == [(9,)]
    assert not composer.isVisible()


def test_a_draft_thrown_away_while_it_is_first_kept_is_forgotten_all_the_same(
    composer: Composer, desk: FakeDesk, settle: Settle
) -> None:
    composer.paper.setPlainText("No")
    composer.keep()
    drop = next(one for one in composer.findChildren(QPushButton) if one.text() == "Throw away")
    drop.click()
    settle()
    assert desk.asked("save") == [("No",)]
    assert desk.asked("discard") == [(9,)]


def test_whoever_ends_is_told_whose_answer_could_not_be_kept(
    composer: Composer, window: Window, desk: FakeDesk, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    unkept: list[tuple[str, ...]] = []
    with monkeypatch.context() as broken:
        broken.setattr(desk.reply, "save", full)
        composer.paper.setPlainText("An hour's work")
        window.lead.answering.keep_then(unkept.append)
        settle()
    window.lead.answering.keep_then(unkept.append)
    settle()
    assert unkept == [("Ngozi Adeyemi",), ()]


def test_ctrl_z_in_the_composer_is_the_editors(composer: Composer, desk: FakeDesk) -> None:
    type_text(composer.paper, "x")
    press(composer.paper, Qt.Key.Key_Z, CTRL)
    assert desk.asked("undo") == []


def test_a_lead_without_an_address_gets_no_composer(window: Window, desk: FakeDesk, settle: Settle) -> None:
    from dataclasses import replace

    desk.leads.views[1] = replace(desk.leads.views[1], can_reply=False, reply_to=None, emails=())
    window.lead.reload()
    settle()
    window.lead.do(Action.REPLY)
    settle()
    assert not window.lead.answering.is_open
    assert not reply_button(window).isVisible()


def test_without_a_mail_account_reply_leads_to_adding_one(
    window: Window, desk: FakeDesk, settle: Settle
) -> None:
    from dataclasses import replace

    desk.leads.views[1] = replace(desk.leads.views[1], can_reply=False)
    window.lead.reload()
    settle()
    reply_button(window).click()
    settle()
    assert window.set_up.isVisible()
    assert window.toast.text.startswith("An answer goes out from your own mail account")


def reply_button(window: Window) -> QPushButton:
    found = window.lead.findChild(QPushButton, "do_reply")
    assert isinstance(found, QPushButton)
    return found


class SlowReply:
    """Drafts are read once `gate` is set; `fails` instead, where there is a reason."""

    def __init__(self, desk: FakeDesk, monkeypatch: pytest.MonkeyPatch) -> None:
        self.gate, self.fails = threading.Event(), False
        self._read = desk.reply.draft
        monkeypatch.setattr(desk.reply, "draft", self._draft)

    def _draft(self, lead: int) -> Draft:
        self.gate.wait(5)
        if self.fails:
            raise DiskTrouble("The disk cannot be read.")
        return self._read(lead)


@pytest.fixture
def slow(desk: FakeDesk, monkeypatch: pytest.MonkeyPatch) -> SlowReply:
    return SlowReply(desk, monkeypatch)


def test_what_is_typed_before_the_draft_is_read_goes_into_it(
    window: Window, desk: FakeDesk, slow: SlowReply, settle: Settle
) -> None:
    press(window, Qt.Key.Key_R)
    composer = window.lead.answering.composer
    type_text(composer.paper, "Exactly")
    subject = next(one for one in composer.findChildren(QLineEdit) if one.accessibleName() == "Subject")
    type_text(subject, "About your loft")
    slow.gate.set()
    settle()
    draft = composer.draft()
    assert draft is not None
    assert draft.body == "Hi Ngozi,\n\nthank you for your message.\n\nExactly\n\nBest wishes\nAnn"
    assert draft.subject == "About your loft"
    assert not desk.asked("judge_out"), "X means nothing while an answer is written"


@pytest.mark.parametrize("how", ["escape", "another lead"])
def test_what_is_typed_and_left_before_the_draft_is_read_is_kept_in_it(
    window: Window, desk: FakeDesk, slow: SlowReply, settle: Settle, how: str
) -> None:
    press(window, Qt.Key.Key_R)
    type_text(window.lead.answering.composer.paper, "Exactly")
    if how == "escape":
        press(window.lead.answering.composer.paper, Qt.Key.Key_Escape)
    else:
        window.open_lead(2)
    slow.gate.set()
    settle()
    assert not window.lead.answering.is_open
    (body,) = desk.asked("save")[0]
    assert "message.\n\nExactly\n\nBest wishes" in body


def test_an_answer_that_is_opened_twice_while_it_is_read_keeps_what_was_typed(
    window: Window, desk: FakeDesk, slow: SlowReply, settle: Settle
) -> None:
    composer = window.lead.answering.composer
    press(window, Qt.Key.Key_R)
    type_text(composer.paper, "One ")
    press(composer.paper, Qt.Key.Key_Escape)
    press(window, Qt.Key.Key_R)
    type_text(composer.paper, "two")
    slow.gate.set()
    settle()
    assert "One two\n\nBest wishes" in composer.paper.toPlainText()


def test_what_is_typed_where_no_draft_can_be_read_stands_there_the_next_time(
    window: Window, slow: SlowReply, settle: Settle
) -> None:
    composer = window.lead.answering.composer
    slow.fails = True
    press(window, Qt.Key.Key_R)
    type_text(composer.paper, "Exactly")
    slow.gate.set()
    settle()
    assert "The disk cannot be read." in window.toast.text
    slow.fails = False
    press(window, Qt.Key.Key_R)
    settle()
    assert "Exactly\n\nBest wishes" in composer.paper.toPlainText()

"""What stands beside a draft: hints, snippets, a plain line, files, sending later."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton

from leaddesk.words.account import Room
from leaddesk.words.errors import Refused
from leaddesk.words.outgoing import Draft, Outgoing, OutgoingState
from leaddesk_ui.lead.bubble import Bubble
from leaddesk_ui.lead.composer import Composer
from leaddesk_ui.window import Window

from .conftest import Settle
from .fake_desk import NOW, FakeDesk, item, lead_view
from .fake_templates import AIDS
from .typing_in import press, type_text

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def composer(window: Window, settle: Settle) -> Composer:
    """The composer, open on the first lead."""
    press(window, Qt.Key.Key_R)
    settle()
    return window.lead.answering.composer


def clear(composer: Composer) -> None:
    composer.paper.clear()
    composer.paper.setFocus()


# -- hints


def test_hints_follow_what_is_written(composer: Composer) -> None:
    assert composer.hints.words == (
        "✓ their name",
        "○ their question",
        "○ one useful thing",
        "○ one ask",
    )
    type_text(composer.paper, "A dormer costs 46,000. May I come by?")
    assert all(words.startswith("✓") for words in composer.hints.words)


def test_only_a_first_answer_is_checked(window: Window, settle: Settle) -> None:
    window.open_lead(3)
    settle()
    press(window, Qt.Key.Key_R)
    settle()
    assert window.lead.answering.composer.hints.isHidden()


# -- snippets


def test_a_snippet_is_named_chosen_and_put_in_by_keys_alone(composer: Composer) -> None:
    clear(composer)
    type_text(composer.paper, "Hi. ;p")
    assert composer.snippets.isVisible()
    assert composer.snippets.count() == 2
    press(composer.paper, Qt.Key.Key_Down)
    press(composer.paper, Qt.Key.Key_Up)
    press(composer.paper, Qt.Key.Key_Return)
    assert composer.paper.toPlainText() == "Hi. Could you send me two or three photos?"
    assert composer.snippets.isHidden()


def test_esc_closes_the_list_and_not_the_composer(composer: Composer) -> None:
    clear(composer)
    type_text(composer.paper, ";")
    press(composer.paper, Qt.Key.Key_Escape)
    assert composer.snippets.isHidden()
    assert composer.isVisible()
    press(composer.paper, Qt.Key.Key_Return)
    assert composer.paper.toPlainText() == ";\n"


@pytest.mark.parametrize("text", ["yes; ", "a;visit", ";nothing", "; "])
def test_a_semicolon_of_a_sentence_opens_nothing(composer: Composer, text: str) -> None:
    clear(composer)
    type_text(composer.paper, text)
    assert composer.snippets.isHidden()


def test_letters_that_count_twice_before_a_snippet_are_no_trouble(composer: Composer) -> None:
    clear(composer)
    composer.paper.insertPlainText("😀 ")
    type_text(composer.paper, ";visit")
    press(composer.paper, Qt.Key.Key_Tab)
    assert composer.paper.toPlainText().startswith("😀 May I come by")


# -- open fields


def test_an_open_field_is_marked_and_gone_to_when_sending_is_refused(
    composer: Composer, desk: FakeDesk, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(draft: Draft) -> Outgoing:
        raise Refused("{{price}} is still to be filled in.")

    monkeypatch.setattr(desk.reply, "approve", refuse)
    clear(composer)
    type_text(composer.paper, ";price")
    press(composer.paper, Qt.Key.Key_Return)
    assert len(composer.paper.extraSelections()) == 1
    press(composer.paper, Qt.Key.Key_Return, CTRL)
    settle()
    assert composer.paper.textCursor().selectedText() == "{{price}}"
    type_text(composer.paper, "46,000")
    assert composer.paper.toPlainText().endswith("customers 46,000.")
    assert composer.paper.extraSelections() == []


# -- a plain line


def test_a_plain_line_is_offered_after_five_minutes_and_the_draft_stays(
    composer: Composer, desk: FakeDesk, settle: Settle
) -> None:
    press(composer.paper, Qt.Key.Key_P, CTRL)
    assert desk.asked("send_plain") == [], "it is not offered yet"
    wait = composer.plain.findChildren(type(composer._keep))[0]
    assert (wait.interval(), wait.isActive()) == (300_000, True)
    wait.timeout.emit()
    assert composer.plain.isVisible()
    press(composer.paper, Qt.Key.Key_P, CTRL)
    settle()
    assert desk.asked("send_plain") == [(1,)]
    assert composer.isVisible()
    assert composer.plain.isHidden()


def test_a_draft_that_is_closed_is_offered_nothing(
    composer: Composer, window: Window, settle: Settle
) -> None:
    press(window, Qt.Key.Key_Escape)
    settle()
    wait = composer.plain.findChildren(type(composer._keep))[0]
    assert not wait.isActive()


# -- later


def test_a_time_that_is_offered_is_taken_with_two_keys(
    composer: Composer, window: Window, desk: FakeDesk, settle: Settle
) -> None:
    type_text(composer.paper, "Yes")
    press(composer.paper, Qt.Key.Key_Return, CTRL | SHIFT)
    assert composer.later.isVisible()
    first = composer.later.findChildren(QPushButton)[0]
    assert first.hasFocus()
    press(first, Qt.Key.Key_Space)
    settle()
    assert desk.asked("approve_at") == [(AIDS.later[0].at,)]
    assert not composer.isVisible()
    assert window.toast.text.startswith("Goes out 10:43. It comes back to you if they write first.")
    assert window.lead.answering.bar.isHidden()


def test_a_time_in_words_is_handed_on_as_it_is(composer: Composer, desk: FakeDesk, settle: Settle) -> None:
    press(composer.paper, Qt.Key.Key_Return, CTRL | SHIFT)
    words = composer.later.findChildren(QLineEdit)[0]
    assert words.isVisible()
    words.setFocus()
    type_text(words, "fri 8:30")
    press(words, Qt.Key.Key_Return)
    settle()
    assert desk.asked("approve_at") == [("fri 8:30",)]


def test_what_waits_says_when_it_goes_and_can_be_taken_back(
    window: Window, desk: FakeDesk, settle: Settle
) -> None:
    waits = item(
        0, NOW, "You", "Yes", outgoing=9, outgoing_state=OutgoingState.QUEUED,
        outgoing_at=NOW + timedelta(days=1),
    )  # fmt: skip
    desk.leads.views[3] = lead_view(3, "Joan Hartley", NOW, (waits,))
    desk.reply.approved.append(desk.reply.draft(3))
    window.open_lead(3)
    settle()
    bubble = window.lead.findChildren(Bubble)[-1]
    said = [one.text() for one in bubble.findChildren(QLabel)]
    assert "Goes out tomorrow 9:43; not if they write first." in said
    back = next(one for one in bubble.findChildren(QPushButton) if one.text() == "Take it back")
    back.click()
    settle()
    assert desk.asked("cancel") == [(9,)]
    assert window.lead.answering.is_open


# -- files


def test_a_file_is_added_by_key_shown_and_taken_out(
    composer: Composer, desk: FakeDesk, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen: Callable[..., object] = lambda *_: (["/home/ann/plan.pdf", "/home/ann/photo.jpg"], "")  # noqa: E731 - one expression
    monkeypatch.setattr("leaddesk_ui.lead.answering.QFileDialog.getOpenFileNames", chosen)
    press(composer.paper, Qt.Key.Key_A, CTRL | SHIFT)
    settle()
    assert [each.name for each in composer.files.files] == ["plan.pdf", "photo.jpg"]
    press(composer.paper, Qt.Key.Key_A, CTRL | SHIFT)
    settle()
    assert len(composer.files.files) == 2, "the same file is not sent twice"
    out = next(one for one in composer.files.findChildren(QPushButton) if "plan" in one.accessibleName())
    out.click()
    composer.keep()
    settle()
    assert [each.name for each in desk.reply.saved[-1].files] == ["photo.jpg"]


def test_a_file_that_is_dropped_on_the_text_goes_along(composer: Composer, settle: Settle) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(Path("/home/ann/plan.pdf"))), QUrl("https://lofts.example/x.pdf")])
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    composer.dropEvent(QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, left, none))
    settle()
    assert [each.name for each in composer.files.files] == ["plan.pdf"]


def test_too_much_for_the_server_is_said_before_sending(
    composer: Composer, window: Window, desk: FakeDesk, settle: Settle
) -> None:
    composer.files.show_files(desk.reply.enclose([Path("/a.jpg"), Path("/b.jpg")]), Room(3_000_000))
    assert "your server takes 3.0 MB at most" in composer.files.said


def test_a_file_that_cannot_be_read_is_told(composer: Composer, window: Window, settle: Settle) -> None:
    window.lead.answering._on_files(["/missing.pdf"])
    settle()
    assert composer.said == "“missing.pdf” cannot be read where it was."
    assert composer.files.isHidden()

"""Text from outside is shown as it is, on every page; no label of the face reads markup."""

from __future__ import annotations

import ast
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QTextBrowser, QTextEdit, QWidget
from pytestqt.qtbot import QtBot

from leaddesk_ui.keys import Action
from leaddesk_ui.prose import Prose
from leaddesk_ui.text import elided, label, tip
from leaddesk_ui.window import Window

from .conftest import Settle
from .fake_desk import HOSTILE, FakeDesk

FACE = Path(__file__).resolve().parent.parent.parent / "ui" / "leaddesk_ui"
FILES = sorted(FACE.rglob("*.py"))
RICH = {"QMessageBox", "QTextBrowser", "QTextEdit", "QErrorMessage", "QWhatsThis", "QProgressDialog"}
ONLY_IN_TEXT = {"QLabel", "setToolTip"}


def names_called(file: Path) -> set[str]:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    calls = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return {getattr(call, "id", getattr(call, "attr", "")) for call in calls}


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(FACE)))
def test_labels_and_tips_are_made_by_the_factory_alone(file: Path) -> None:
    called = names_called(file)
    assert not called & RICH
    if file.name not in ("text.py", "tray.py"):  # the tray's tip has figures only
        assert not called & ONLY_IN_TEXT


def all_labels(widget: QWidget) -> list[QLabel]:
    return widget.findChildren(QLabel)


def test_no_label_of_the_window_reads_markup(window: Window, desk: FakeDesk, settle: Settle) -> None:
    for action in (Action.CALLED, Action.CLOSE, Action.SNOOZE, Action.NOTE, Action.REPLY):
        window.lead.do(action)
        settle()
        for one in all_labels(window):
            assert one.textFormat() is Qt.TextFormat.PlainText, one.text()
        window.lead.sheets.close_sheet()


def test_a_name_that_is_markup_is_shown_as_it_is(window: Window, desk: FakeDesk, settle: Settle) -> None:
    view = desk.leads.views[1]
    items = tuple(replace(one, headline=HOSTILE, text=HOSTILE) for one in view.timeline)
    desk.leads.views[1] = replace(view, name=HOSTILE, company=HOSTILE, emails=(HOSTILE,), timeline=items)
    desk.queue.rows = tuple(replace(one, name=HOSTILE, wants=HOSTILE) for one in desk.queue.rows)
    window.today.refresh()
    window.open_lead(1)
    settle()
    assert any(HOSTILE in one.text() for one in all_labels(window.lead))
    assert [one.toPlainText() for one in window.lead.findChildren(Prose)] == [HOSTILE, HOSTILE]
    for action in (Action.CALLED, Action.CLOSE, Action.SNOOZE, Action.NOTE):
        window.lead.do(action)
        settle()
        sheet = window.lead.sheets.sheet
        assert sheet is not None
        assert any(HOSTILE in one.text() for one in all_labels(sheet))
        window.lead.sheets.close_sheet()
    assert not window.grab().isNull()


def test_the_face_has_no_widget_that_could_load_a_file(window: Window) -> None:
    assert window.findChildren(QTextBrowser) == []
    assert window.findChildren(QTextEdit) == []


def test_a_tip_shows_markup_as_text(qtbot: QtBot) -> None:
    widget = label("x")
    qtbot.addWidget(widget)
    tip(widget, "<b>you</b>")
    assert widget.toolTip() == "&lt;b&gt;you&lt;/b&gt;"


def test_an_ampersand_in_a_name_is_no_shortcut(window: Window, desk: FakeDesk) -> None:
    window.toast.say("Fish & Chips <b>")
    assert window.toast.text == "Fish & Chips <b>"


def test_a_long_word_widens_nothing(qtbot: QtBot) -> None:
    word = "x" * 5000
    wrapped, line, prose = label(word, wrap=True), elided(word), Prose(word)
    for widget in (wrapped, line, prose):
        qtbot.addWidget(widget)
        assert widget.minimumSizeHint().width() < 200
    prose.resize(300, 20)
    prose.show()
    qtbot.waitUntil(lambda: prose.height() > 500)

"""Templates in the settings: chosen, written with a preview, kept, and given up again."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from leaddesk_ui.settings.templates import TemplatesPart
from leaddesk_ui.tasks import Tasks
from leaddesk_ui.window import Window

from .conftest import Settle
from .fake_desk import FakeDesk
from .typing_in import press

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def part(
    qtbot: QtBot, tasks: Tasks, desk: FakeDesk, settle: Settle, failures: list[Exception]
) -> TemplatesPart:
    made = TemplatesPart(lambda: desk.templates, tasks, failures.append)
    qtbot.addWidget(made)
    made.show()
    made.read()
    settle()
    return made


def pressed(part: TemplatesPart, name: str) -> None:
    next(one for one in part.findChildren(QPushButton) if one.accessibleName() == name).click()


def test_the_first_is_shown_with_its_preview(part: TemplatesPart) -> None:
    assert part.paper.toPlainText().startswith("Hi {{first_name}},")
    assert part.preview.startswith("Hi Ngozi,")
    assert part.told.startswith("This is the text that LeadDesk brings")


def test_the_preview_follows_what_is_written(part: TemplatesPart, qtbot: QtBot) -> None:
    part.paper.setPlainText("Moin {{first_name}}, {{price}}")
    qtbot.waitUntil(lambda: part.preview == "Moin Ngozi, {{price}}")


def test_a_text_is_kept_by_its_key_and_given_up_with_one_button(
    part: TemplatesPart, desk: FakeDesk, settle: Settle
) -> None:
    part.paper.setPlainText("Moin!")
    press(part.paper, Qt.Key.Key_Return, CTRL)
    settle()
    assert part.told == "Your own text, in every language."
    pressed(part, "Back to ours")
    settle()
    assert desk.asked("change_template") == [("first-reply", "Moin!"), ("first-reply", "")]
    assert part.paper.toPlainText() == "ours"


def test_another_is_chosen(part: TemplatesPart, settle: Settle) -> None:
    pressed(part, "Second note")
    settle()
    assert part.preview == "Did my answer reach you, Ngozi?"


def test_why_a_text_was_not_kept_is_said_and_it_stays(part: TemplatesPart, settle: Settle) -> None:
    part.paper.setPlainText("forbidden")
    part.keep()
    settle()
    assert part.told == "This was not kept."
    assert part.paper.toPlainText() == "forbidden"


def test_what_was_written_and_not_kept_stays_when_the_texts_are_read_again(
    part: TemplatesPart, settle: Settle
) -> None:
    part.paper.setPlainText("Half a thou")
    part.read()
    settle()
    assert part.paper.toPlainText() == "Half a thou"


def test_templates_are_a_group_of_the_settings(window: Window, settle: Settle) -> None:
    press(window, Qt.Key.Key_Comma, CTRL)
    settle()
    assert "Templates" in window.settings.groups
    window.settings.open("Templates")
    settle()
    part = window.settings.findChild(TemplatesPart)
    assert isinstance(part, TemplatesPart)
    assert part.preview.startswith("Hi Ngozi,")

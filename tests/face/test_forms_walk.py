"""Forms in the real window over a real desk: a mail read wrongly is shown how, and the next one is a lead."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from leaddesk.doors.mail.reader import Reader
from leaddesk.words.mail import MailKind
from leaddesk_ui.forms.teach_sheet import TeachSheet
from leaddesk_ui.keys import Action
from leaddesk_ui.tasks import Tasks
from leaddesk_ui.theme import Theme
from leaddesk_ui.window import Window
from tests.frozen_clock import FrozenClock
from tests.house import House
from tests.letters import letter

from .conftest import Settle
from .typing_in import press


def kiosk(name: str, phone: str) -> bytes:
    visit = f"Somebody came by the kiosk!\nVisitor\n{name}\nReach them: {phone}"
    text = f"{visit}\nThey said\nWe have a loft.\n\nKiosk 4"
    sender = "Kiosk <kiosk-system@stand.example>"
    return letter(text, sender=sender, subject="Kiosk visit", Auto_Submitted="auto-generated")


@pytest.fixture
def house(tmp_path: Path, reader: Reader) -> Iterator[House]:
    made = House.open(tmp_path / "profile", reader, FrozenClock())
    yield made
    made.close()


@pytest.fixture
def real(
    qtbot: QtBot, theme: Theme, tasks: Tasks, house: House, settle: Settle, failures: list[Exception]
) -> Window:
    """The window over the real desk."""
    made = Window(theme, tasks, failures.append)
    qtbot.addWidget(made, before_close_func=lambda one: one.let_close_now())
    made.resize(1280, 800)
    made.show_queue(house.desk, house.desk.queue.today())
    made.complete(house.desk)
    made.show()
    qtbot.waitExposed(made)
    settle()
    return made


def test_a_mail_that_was_put_away_is_pointed_into_and_the_next_one_is_a_lead(
    house: House, real: Window, settle: Settle
) -> None:
    sample = house.land(kiosk("Ngozi Eze", "0151 496 0000"))
    assert sample.kind is not MailKind.ENQUIRY
    real.today.open_put_away()
    settle()
    real.bench.press(Action.POINT)
    settle()
    sheet = real.sheets.sheet
    assert isinstance(sheet, TeachSheet)
    _mark(sheet, "Ngozi Eze", Qt.Key.Key_N)
    _mark(sheet, "0151 496 0000", Qt.Key.Key_P)
    press(sheet.focusWidget(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle()
    press(sheet.focusWidget(), Qt.Key.Key_Return)
    settle()
    assert real.sheets.sheet is None
    lead = house.lead(house.lands_as_lead(kiosk("Bo Larsen", "0151 496 0111")))
    assert (lead.person.name, lead.person.phones) == ("Bo Larsen", ("01514960111",))
    assert house.desk.forms.list()[0].mails == 2


def test_a_lead_is_given_its_source_with_one_key_and_ctrl_z_takes_it_back(
    house: House, real: Window, settle: Settle
) -> None:
    number = house.lands_as_lead(letter("Can you quote for a loft?"))
    real.open_lead(number)
    settle()
    real.lead.do(Action.SOURCES)
    settle()
    sheet = real.sheets.sheet
    assert sheet is not None
    press(sheet.focusWidget(), Qt.Key.Key_1)
    settle()
    assert house.lead(number).source.text == "Recommended"
    assert real.lead.view is not None
    assert real.lead.view.source.text == "Recommended"
    house.desk.decide.undo()
    assert [one.lead for one in house.desk.sources.unknown()] == [number]


def _mark(sheet: TeachSheet, words: str, key: Qt.Key) -> None:
    start = sheet.text.index(words)
    sheet.select(start, start + len(words))
    press(sheet.focusWidget(), key)

"""Day one from end to end: a real mailbox with a past, the whole desk, and the window over it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from leaddesk.doors.clock import Clock
from leaddesk.doors.mail.reader import Reader
from leaddesk_ui.tasks import Tasks
from leaddesk_ui.theme import Theme
from leaddesk_ui.window import Window
from tests.house import House
from tests.letters import answer, form_notice
from tests.real.watched import PASSWORD, Box, ago

pytestmark = pytest.mark.real
_ASKED = (
    ("Ngozi", 80, 6, "Gladly: we could begin in May."),
    ("Bob", 60, 2, "We build no garages, but Reed and Sons do."),
    ("Eve", 30, None, ""),
    ("Ada", 20, None, ""),
    ("Cal", 9, 20, "Shall I come and look at the roof on Tuesday?"),
)
"""Who asked, how many days ago, and after how many hours somebody answered what."""


@pytest.fixture
def house(profile: Path, reader: Reader, box: Box) -> Iterator[House]:
    """A desk that has just been given the box, whose past lies there; nothing runs."""
    for name, days, hours, said in _ASKED:
        email, at = f"{name.lower()}@example.org", ago(days=days)
        text = f"Could you quote for a loft? Yours, {name}"
        box.append(form_notice(f"{name} Eze", email, text, to=box.email), at=at)
        if hours is not None:
            raw = answer(email, said, subject=f"Your loft, {name}")
            box.append(raw, "Sent", at + timedelta(hours=hours))
    house = House.open(profile, reader, Clock())
    account = house.desk.accounts.add(box.account(own_domain=True), PASSWORD, test=False).account
    house.desk.accounts.give_password(account.id, PASSWORD, keep=False)
    yield house
    house.close()


@pytest.fixture
def window(house: House, qtbot: QtBot, qapp: QApplication) -> Iterator[Window]:
    failures: list[Exception] = []
    tasks = Tasks(failures.append)
    made = Window(Theme(qapp, "light"), tasks, failures.append)

    def leave(window: Window) -> None:
        qtbot.waitUntil(lambda: tasks.is_idle, timeout=10_000)
        window.let_close_now()

    qtbot.addWidget(made, before_close_func=leave)
    made.resize(1280, 800)
    made.show_queue(house.desk, house.desk.queue.today())
    made.complete(house.desk)
    made.show()
    yield made
    tasks.close()
    assert not failures


def words(window: Window) -> str:
    page = window.first_day.page
    assert page is not None
    return "\n".join(part.text() for part in page.findChildren(QLabel) if part.isVisible())


def test_the_past_of_a_new_mailbox_is_told_and_the_first_of_it_is_rescued_and_answered(
    house: House, window: Window, qtbot: QtBot
) -> None:
    window.first_day.begin()
    qtbot.waitUntil(lambda: "2 people never had an answer." in words(window), timeout=15_000)
    told = words(window)
    assert "20 h" in told  # three of five were answered; the median is the slowest of these
    assert "Rescue: two you could still win" in told
    assert "5 enquiries" in told

    QTest.keyClick(window, Qt.Key.Key_Return)
    qtbot.waitUntil(window.lead.answering.composer.isVisible, timeout=15_000)

    lead = house.lead()
    assert (lead.person.name, lead.enquiries[0].message) == (
        "Ada Eze",
        "Could you quote for a loft? Yours, Ada",
    )
    assert lead.enquiries[0].received_at < ago(days=19)
    assert [offer.name for offer in house.desk.queue.today().rescue] == ["Eve Eze"]
    assert not house.alerts()

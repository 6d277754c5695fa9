"""The whole face: opened in a task, closed by asking once, one window a profile, faults on a card."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import pytest
from PySide6.QtCore import QRect, Qt, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from leaddesk.cli.late_log import LateLog
from leaddesk.words.errors import Corrupt, DiskTrouble, FromTheFuture
from leaddesk.words.settings import CLOSE_ACTION, WINDOW_PLACE
from leaddesk_ui.ask import Question
from leaddesk_ui.face import Face
from leaddesk_ui.failures import Failures
from leaddesk_ui.leaving import Leaving
from leaddesk_ui.needs import Desk
from leaddesk_ui.placement import Placement, default_rectangle
from leaddesk_ui.rail import Place
from leaddesk_ui.single import SingleWindow
from leaddesk_ui.states import TroubleCard
from leaddesk_ui.tasks import Tasks
from leaddesk_ui.text import Words
from leaddesk_ui.window import Window

from .conftest import Settle
from .fake_desk import FakeDesk
from .typing_in import press

SCREEN = QRect(0, 0, 1920, 1080)


@pytest.fixture
def exits(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The codes with which the face wanted to end the program."""
    codes: list[int] = []
    monkeypatch.setattr(QApplication, "exit", codes.append)
    return codes


@pytest.fixture
def face(qapp: QApplication, desk: FakeDesk, tmp_path: Path, exits: list[int]) -> Iterator[Face]:
    made = Face(qapp, lambda: desk, SingleWindow(tmp_path), "", in_tray=False)
    yield made
    made.end()


def wait_for_queue(face: Face, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: hasattr(face.window, "lead"), timeout=5000)
    face.window.open_lead(1)
    qtbot.waitUntil(lambda: face.window.lead.view is not None)


def test_the_desk_opens_in_a_task_and_the_services_start_after_the_first_paint(
    face: Face, desk: FakeDesk, qtbot: QtBot
) -> None:
    wait_for_queue(face, qtbot)
    qtbot.waitUntil(lambda: desk.services.started)
    assert face.window.place is Place.TODAY


def test_a_slow_desk_shows_the_frame_of_the_page_meanwhile(
    qapp: QApplication, desk: FakeDesk, tmp_path: Path, exits: list[int], qtbot: QtBot
) -> None:
    gate = threading.Event()

    def slow() -> Desk:
        gate.wait(5)
        return desk

    face = Face(qapp, slow, SingleWindow(tmp_path), "", in_tray=False)
    qtbot.waitUntil(face.window.isVisible, timeout=2000)
    gate.set()
    wait_for_queue(face, qtbot)
    face.end()


def test_a_new_profile_begins_with_the_set_up(
    qapp: QApplication, desk: FakeDesk, tmp_path: Path, exits: list[int], qtbot: QtBot
) -> None:
    desk.queue.rows, desk.queue.leads, desk.accounts.known = (), 0, ()
    desk.accounts.feeds = tuple  # type: ignore[method-assign]  # no feeds either
    face = Face(qapp, lambda: desk, SingleWindow(tmp_path), "", in_tray=False)
    qtbot.waitUntil(lambda: hasattr(face.window, "set_up") and face.window.set_up.isVisible())
    assert not face.window.rail.isVisible()
    face.end()


def test_data_of_the_future_is_told_in_a_sentence_and_ends_with_four(
    qapp: QApplication, tmp_path: Path, exits: list[int], qtbot: QtBot, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse() -> Desk:
        raise FromTheFuture("This data was made by a newer LeadDesk.", "Update this one.")

    face = Face(qapp, refuse, SingleWindow(tmp_path), "", in_tray=False)
    qtbot.waitUntil(lambda: face.code == 4)
    assert face.window.isVisible()
    face.end()
    assert exits == [4]
    assert "made by a newer LeadDesk" in capsys.readouterr().err


def test_damage_found_after_the_first_paint_is_told_and_nothing_starts(
    face: Face, desk: FakeDesk, qtbot: QtBot, exits: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk, "check", damaged)
    qtbot.waitUntil(lambda: face.code == 4)
    assert not face.window.rail.isVisible()
    assert any("leaddesk restore" in one.text() for one in face.window.findChildren(Words))
    press(face.window, Qt.Key.Key_Escape)
    assert face.window.place is None, "no key leads back to damaged data"
    assert not desk.services.started
    face.window.close()
    assert exits == [4], "closing ends it, whatever closing means otherwise"


def test_damage_is_shown_to_who_started_at_login(
    qapp: QApplication, desk: FakeDesk, tmp_path: Path, exits: list[int], qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr("leaddesk_ui.face._has_tray", lambda: True)
    monkeypatch.setattr(Face, "_put_tray", lambda face: None)
    monkeypatch.setattr(desk, "check", damaged)
    face = Face(qapp, lambda: desk, SingleWindow(tmp_path), "", in_tray=True)
    qtbot.waitUntil(face.window.isVisible)
    face.end()


def test_a_desk_that_does_not_open_at_login_shows_the_window(
    qapp: QApplication, tmp_path: Path, exits: list[int], qtbot: QtBot
) -> None:
    face = Face(qapp, damaged, SingleWindow(tmp_path), "", in_tray=True)
    qtbot.waitUntil(lambda: face.code == 4)
    assert face.window.isVisible()
    face.end()


def test_services_that_do_not_start_are_a_card_with_another_try(
    face: Face, desk: FakeDesk, qtbot: QtBot, exits: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full() -> None:
        raise DiskTrouble("The disk is full.", "Free some space.")

    monkeypatch.setattr(desk.services, "start", full)
    qtbot.waitUntil(lambda: bool(face.window.findChildren(TroubleCard)))
    (card,) = face.window.findChildren(TroubleCard)
    assert card.accessibleName() == "Mail is not watched: LeadDesk could not start watching."
    assert face.window.place is Place.TODAY
    monkeypatch.undo()
    monkeypatch.setattr(QApplication, "exit", exits.append)
    card.buttons[0].click()
    qtbot.waitUntil(lambda: desk.services.started and not face.window.findChildren(TroubleCard))
    assert exits == []


def damaged() -> NoReturn:
    raise Corrupt("leaddesk.db is damaged.", "Restore a backup: leaddesk restore FILE.")


def test_the_end_stops_services_and_keeps_draft_and_place(
    face: Face, desk: FakeDesk, qtbot: QtBot, exits: list[int]
) -> None:
    wait_for_queue(face, qtbot)
    qtbot.waitUntil(lambda: desk.services.started)
    face.window.lead.answering.open(face.window.lead.view)  # type: ignore[arg-type]  # waited for above
    qtbot.waitUntil(lambda: face.window.lead.answering.composer.lead == 1)  # its draft is read
    face.window.lead.answering.composer.paper.setPlainText("Half an answer")
    face.end()
    assert desk.asked("save") == [("Half an answer",)]
    assert Placement.read(desk.config.texts[WINDOW_PLACE.key]) is not None
    assert desk.services.stopped
    assert desk.closed
    assert exits == [0]


def test_a_notification_opens_its_lead_or_its_composer(face: Face, desk: FakeDesk, qtbot: QtBot) -> None:
    wait_for_queue(face, qtbot)
    qtbot.waitUntil(lambda: hasattr(desk.alerts, "listener"))

    class Action(str):
        value = property(str)

    threading.Thread(target=desk.alerts.listener, args=(3, Action("reply"))).start()
    qtbot.waitUntil(lambda: face.window.lead.answering.is_open)
    assert face.window.lead.lead == 3
    desk.alerts.listener(2, Action("got"))
    qtbot.waitUntil(lambda: desk.asked("got") == [(2,)])


def test_a_second_start_raises_the_first_window(qapp: QApplication, tmp_path: Path, qtbot: QtBot) -> None:
    first, second, other = SingleWindow(tmp_path), SingleWindow(tmp_path), SingleWindow(tmp_path / "other")
    assert not first.raise_first()
    first.listen()
    with qtbot.waitSignal(first.raise_requested, timeout=2000):
        assert second.raise_first()
    assert not other.raise_first(), "another profile has its own window"
    first.close()


def leaving(tasks: Tasks, choice: str, desk: FakeDesk) -> Leaving:
    return Leaving(desk.config, tasks, choice)


@pytest.mark.parametrize(
    ("button", "ends", "kept"), [("Keep watching", False, "tray"), ("End LeadDesk", True, "quit")]
)
def test_closing_asks_once_and_remembers(
    window: Window, tasks: Tasks, desk: FakeDesk, settle: Settle, button: str, ends: bool, kept: str
) -> None:
    asked = leaving(tasks, "ask", desk)
    QTimer.singleShot(0, lambda: click(button))
    assert asked.ends(window, has_tray=True) is ends
    settle()
    assert desk.config.get(CLOSE_ACTION) == kept
    assert asked.ends(window, has_tray=True) is ends, "the second time nobody is asked"


def click(text: str) -> None:
    question = QApplication.activeModalWidget()
    assert isinstance(question, Question)
    from PySide6.QtWidgets import QPushButton

    next(one for one in question.findChildren(QPushButton) if one.text() == text).click()


def close_question() -> None:
    question = QApplication.activeModalWidget()
    assert isinstance(question, Question)
    question.close()


def test_esc_on_the_question_leaves_all_as_it_was(window: Window, tasks: Tasks, desk: FakeDesk) -> None:
    asked = leaving(tasks, "ask", desk)
    QTimer.singleShot(0, close_question)
    assert asked.ends(window, has_tray=True) is None
    assert asked.choice == "ask"


def test_without_a_tray_closing_ends(window: Window, tasks: Tasks, desk: FakeDesk) -> None:
    assert leaving(tasks, "ask", desk).ends(window, has_tray=False) is True
    assert leaving(tasks, "tray", desk).ends(window, has_tray=False) is True


def test_a_place_on_a_screen_is_taken_up_again() -> None:
    place = Placement.read("100,80,1280,800,0,420")
    assert place is not None
    assert place.rectangle([SCREEN]) == QRect(100, 80, 1280, 800)


@pytest.mark.parametrize(
    "text", ["5000,80,1280,800,0,420", "-3000,80,1280,800,0,420", "100,1079,1280,800,0,420"]
)
def test_a_place_on_no_screen_is_brought_back(text: str) -> None:
    place = Placement.read(text)
    assert place is not None
    assert SCREEN.contains(place.rectangle([SCREEN]))


@pytest.mark.parametrize("text", ["", "1,2,3", "a,b,c,d,e,f"])
def test_a_place_that_cannot_be_read_is_none(text: str) -> None:
    assert Placement.read(text) is None


def test_the_window_is_no_larger_than_a_small_screen() -> None:
    screen = QRect(0, 0, 1024, 700)
    placed = default_rectangle(screen)
    assert screen.contains(placed)
    assert placed.top() >= 24, "its title bar can be reached"


def test_a_fault_of_ours_is_logged_with_a_number_and_the_program_lives(
    qapp: QApplication, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    failures = Failures()
    with caplog.at_level(logging.CRITICAL), qtbot.waitSignal(failures.happened) as told:
        failures.take(ZeroDivisionError("division by zero"))
    assert told.args[0].startswith("F1-")
    assert "division by zero" in told.args[1]


def test_a_fault_in_a_thread_reaches_the_card(
    face: Face, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    wait_for_queue(face, qtbot)
    with caplog.at_level(logging.CRITICAL):
        thread = threading.Thread(target=lambda: 1 / 0)
        hook = threading.excepthook
        thread.start()
        thread.join()
    assert hook is threading.excepthook
    cards = face.window.today.findChildren
    qtbot.waitUntil(lambda: any("(F1-" in one.accessibleName() for one in cards(TroubleCard)))
    assert face.window.isVisible()


def test_every_fault_has_its_card_though_the_log_opens_within_the_first(
    face: Face, qtbot: QtBot, tmp_path: Path
) -> None:
    wait_for_queue(face, qtbot)
    (tmp_path / "profile").mkdir()
    levels = {name: logging.getLogger(name).level for name in ("", "leaddesk", "leaddesk_ui")}
    with LateLog(tmp_path / "profile") as log:
        shown = [card_of_a_fault(face, qtbot, number) for number in ("F1", "F2", "F3")]
        assert "The details are in" in log.where()
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)
    assert len(set(shown)) == 3


def card_of_a_fault(face: Face, qtbot: QtBot, number: str) -> str:
    """A thread of its own faults; what its card says. A later fault's card takes the place of an earlier."""
    thread = threading.Thread(target=lambda: 1 / 0)
    thread.start()
    thread.join()

    def cards() -> list[str]:
        said = [card.accessibleName() for card in face.window.today.findChildren(TroubleCard)]
        return [words for words in said if f"({number}-" in words]

    qtbot.waitUntil(lambda: bool(cards()))
    return cards()[0]


def test_the_window_close_button_asks_the_face(face: Face, qtbot: QtBot, exits: list[int]) -> None:
    wait_for_queue(face, qtbot)
    face.window.close()
    assert exits == [0], "there is no tray here"
    assert face.window.testAttribute(Qt.WidgetAttribute.WA_DeleteOnClose) is False


def test_a_window_that_could_not_be_completed_can_still_be_ended(
    qapp: QApplication,
    desk: FakeDesk,
    tmp_path: Path,
    exits: list[int],
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def fails(self: Window, desk: Desk, *, set_up: bool = False) -> None:
        raise RuntimeError("a fault of ours")

    monkeypatch.setattr(Window, "complete", fails)
    face = Face(qapp, lambda: desk, SingleWindow(tmp_path), "", in_tray=False)
    with caplog.at_level(logging.CRITICAL), qtbot.captureExceptions() as caught:
        qtbot.waitUntil(lambda: len(caught) == 1)
    face.end()
    assert exits == [0]
    assert desk.closed

"""Fixtures of the face's tests: one theme, tasks that can be waited for, a window on a small desk."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import QObject, QtMsgType, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from leaddesk_ui.tasks import Tasks
from leaddesk_ui.theme import Theme
from leaddesk_ui.window import Window

from .fake_desk import FakeDesk

Settle = Callable[[], None]
_HARMLESS = ("This plugin does not support", "Populating font family aliases")


@pytest.fixture(autouse=True)
def _garbage_stays_on_this_thread() -> Iterator[None]:
    """As in the program: widgets in cycles are destroyed by the Qt thread alone."""
    gc.disable()
    yield
    gc.collect()


@pytest.fixture(autouse=True)
def _qt_is_quiet(qtlog: Any) -> Iterator[None]:
    """Qt's own warnings are errors, as Python's are."""
    yield
    bad = (QtMsgType.QtWarningMsg, QtMsgType.QtCriticalMsg)
    said = [one.message for one in qtlog.records if one.type in bad or "Warning" in str(one.type)]
    loud = [message for message in said if not message.startswith(_HARMLESS)]
    assert not loud, f"Qt warned: {loud}"


@pytest.fixture(scope="session")
def theme(qapp: QApplication) -> Theme:
    return Theme(qapp, "light")


@pytest.fixture
def failures() -> list[Exception]:
    """What went wrong without anybody telling it."""
    return []


@pytest.fixture
def tasks(qapp: QApplication, failures: list[Exception]) -> Iterator[Tasks]:
    made = Tasks(failures.append)
    yield made
    made.close()
    assert not failures


class Desktop(QObject):
    """What the desktop was asked to open; it takes every address."""

    SCHEMES = ("http", "https", "mailto", "tel", "sms")

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []
        for scheme in self.SCHEMES:
            QDesktopServices.setUrlHandler(scheme, self, "open")  # type: ignore[arg-type]  # PySide takes text

    @Slot(QUrl)
    def open(self, address: QUrl) -> None:
        self.opened.append(bytes(address.toEncoded().data()).decode())

    def close(self) -> None:
        for scheme in self.SCHEMES:
            QDesktopServices.unsetUrlHandler(scheme)


@pytest.fixture
def desktop(qapp: QApplication) -> Iterator[Desktop]:
    """Takes what is opened, instead of the real one."""
    made = Desktop()
    yield made
    made.close()


@pytest.fixture
def desk() -> FakeDesk:
    return FakeDesk()


@pytest.fixture
def settle(qtbot: QtBot, tasks: Tasks) -> Settle:
    """Waits until every task is done and its result has arrived."""

    def wait() -> None:
        qtbot.waitUntil(lambda: tasks.is_idle, timeout=20_000)
        QApplication.processEvents()
        qtbot.waitUntil(lambda: tasks.is_idle, timeout=20_000)

    return wait


@pytest.fixture
def window(
    qtbot: QtBot, theme: Theme, tasks: Tasks, desk: FakeDesk, settle: Settle, failures: list[Exception]
) -> Window:
    """The window with its queue, the newest lead open."""
    made = Window(theme, tasks, failures.append)
    qtbot.addWidget(made, before_close_func=lambda one: one.let_close_now())
    made.resize(1280, 800)
    made.show_queue(desk, desk.queue.today())
    made.complete(desk)
    made.show()
    qtbot.waitExposed(made)
    settle()
    return made

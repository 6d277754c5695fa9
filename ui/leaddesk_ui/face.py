"""The running face: window, tray, bridge and tasks, from the first task to the exit code."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication

from leaddesk.words.errors import InUse, LeadDeskError, Unusable

from .collector import Collector
from .failures import Failures
from .opening import FirstPaint, Opened, Opener, load_rest, read_first
from .placement import Placement, default_rectangle, screens
from .single import SingleWindow
from .tasks import Tasks
from .theme import Theme
from .window import Window

if TYPE_CHECKING:
    from .bridge import Bridge
    from .ending import AskedToEnd
    from .leaving import Leaving
    from .needs import Desk
    from .tray import Tray

_PATIENCE_MS = 250
"""A desk that opens within this time is shown in one go; else the frame of the page comes first."""
_FAILURE_SHOWN_MS = 15_000
_OPENS_WITHIN_S = 2.0
"""Two starts at once: the first window holds the profile a moment before it listens."""
_SETTLED_MS = 6000
"""The start is over, the daily copy too: memory that only they needed is free."""
_QUIT = "LEADDESK_QUIT_AFTER_PAINT"


class Face(QObject):
    """Builds everything once and takes it down in reverse order."""

    opened = Signal(object)
    """The desk is open and its queue is shown."""
    _noticed = Signal(int, str)

    def __init__(
        self, app: QApplication, opener: Opener, single: SingleWindow, mark: str, in_tray: bool
    ) -> None:
        super().__init__()
        self._app, self._single, self._in_tray = app, single, in_tray
        self._failures = Failures()
        self._failures.install()
        self._tasks = Tasks(self._failures.take, self)
        self._theme = Theme(app)
        self._desk: Desk | None = None
        self._bridge: Bridge | None = None
        self._tray: Tray | None = None
        self._leaving: Leaving | None = None
        self._ending = False
        self._asked_to_end: AskedToEnd | None = None
        self.code = 0
        self._tasks.run(lambda: read_first(opener), self._on_opened, self._on_not_opened)
        self.window = Window(self._theme, self._tasks, self._failures.take, mark)
        self._connect()
        QTimer.singleShot(_PATIENCE_MS, self, self._show_frame)

    def _connect(self) -> None:
        self._failures.happened.connect(self._on_failure)
        self._single.raise_requested.connect(self._on_raise)
        self.window.leave_requested.connect(self._on_leave)
        self.window.quit_requested.connect(self._on_quit)
        self._noticed.connect(self._on_notice)
        self._app.commitDataRequest.connect(lambda _: self._keep_all())

    def end(self) -> None:
        """Stop in reverse order of starting; the window is gone at once."""
        if self._ending:
            return
        self._ending = True
        self._keep_all()
        self.window.let_close_now()
        if self._tray is not None:
            self._tray.close()
        if self._bridge is not None:
            self._bridge.close()
        if self._desk is not None:
            self._desk.services.stop()
            self._tasks.finish()
            self._desk.close()
        self._tasks.close()
        self._single.close()
        if self._asked_to_end is not None:
            self._asked_to_end.close()
        self._app.exit(self.code)

    # ---- opening

    def _show_frame(self) -> None:
        if self._desk is None and not self._ending and not self._in_tray:
            self.window.show_loading()
            self._show_in_the_middle()

    def _show_in_the_middle(self) -> None:
        self.window.setGeometry(default_rectangle(screens()[0]))
        self.window.show()

    def _on_opened(self, opened: Opened) -> None:
        self._desk = desk = opened.desk
        self._theme.choose(opened.theme)
        self._put(Placement.read(opened.place))
        sets_up = opened.is_new and not os.environ.get(_QUIT)
        self.window.show_queue(desk, opened.view, at_once=not sets_up)
        if sets_up or (self._in_tray and _has_tray()):  # nobody types into a page that goes away again
            self._on_shown(opened)
        else:
            FirstPaint(self.window.first_seen, lambda: self._on_shown(opened))
            self.window.show()

    def _put(self, place: Placement | None) -> None:
        if place is None:
            self.window.setGeometry(default_rectangle(screens()[0]))
            return
        self.window.setGeometry(place.rectangle(screens()))
        self.window.left_width = place.left
        if place.maximized:
            self.window.setWindowState(Qt.WindowState.WindowMaximized)

    def _on_shown(self, opened: Opened) -> None:
        """The queue has been painted: what could wait comes now."""
        if os.environ.get(_QUIT):
            opened.desk.close()
            self._app.exit(0)
            return
        Collector(self)
        self._tasks.run(lambda: load_rest(opened.desk), lambda _: self._complete(opened), self._on_not_opened)

    def _complete(self, opened: Opened) -> None:
        """The window becomes whole, and the services start."""
        from .bridge import Bridge  # noqa: PLC0415 - loaded by now, and no part of the first paint
        from .ending import AskedToEnd  # noqa: PLC0415
        from .leaving import Leaving  # noqa: PLC0415

        desk = opened.desk
        self.window.complete(desk, set_up=opened.is_new)
        if opened.is_new and not (self._in_tray and _has_tray()):
            self.window.show()
        self._leaving = Leaving(desk.config, self._tasks, opened.close)
        self._bridge = Bridge(desk.bus.subscribe, self)
        self._bridge.news.connect(self.window.hearing.take)
        desk.alerts.on_action(lambda lead, action: self._noticed.emit(lead, action.value))
        self._asked_to_end = AskedToEnd(self)
        self._asked_to_end.asked.connect(self.end)
        self._single.listen()
        self._start_services()
        self.opened.emit(desk)
        if _has_tray():
            self._put_tray()
        QTimer.singleShot(_SETTLED_MS, self, lambda: self._tasks.run(_give_back, lambda _: None))

    def _put_tray(self) -> None:
        from .tray import Tray  # noqa: PLC0415 - many desktops have none

        self._tray = Tray(self)
        self._tray.open_requested.connect(self.window.come_up)
        self._tray.quit_requested.connect(self._on_quit)
        self.window.waiting.tray = self._tray
        self.window.waiting.show()

    def _start_services(self) -> None:
        if (desk := self._desk) is not None:
            self._tasks.run(lambda: _start(desk), lambda _: None, self._on_not_started)

    def _on_not_started(self, error: Exception) -> None:
        """Damaged data is the end; anything else stands in words until the start is made again."""
        if isinstance(error, Unusable) or self._desk is None:
            self._on_not_opened(error)
            return
        if not isinstance(error, LeadDeskError):
            self._failures.take(error)
            error = LeadDeskError("Something went wrong here.", "The log has the details.")
        self.window.troubles.tell_not_started(error, self._desk.clock.now(), self._start_services)

    def _on_not_opened(self, error: Exception) -> None:
        """The data cannot be used: one sentence, and the end with its code.

        Where a window has it, that one comes up instead.
        """
        if isinstance(error, InUse) and self._single.raise_first(_OPENS_WITHIN_S):
            self.end()
            return
        if not isinstance(error, LeadDeskError):
            self._failures.take(error)
            error = LeadDeskError("LeadDesk could not open its data.", "The log has the details.")
        self.code = error.exit_code
        if self._bridge is not None:  # nothing is kept in data that cannot be used
            self._bridge.close()
            self._bridge = None
        self._leaving = None  # closing the window ends the program: nothing is watched
        sys.stderr.write(error.whole + "\n")
        self.window.show_failure(error.sentence, error.mend)
        if self._desk is None:
            self._put(None)
        self.window.show()
        if os.environ.get(_QUIT):
            self.end()
        elif self._desk is None and not self._in_tray:  # else nobody may sit before it yet
            QTimer.singleShot(_FAILURE_SHOWN_MS, self, self.end)

    # ---- while it runs

    def _on_notice(self, lead: int, action: str) -> None:
        desk = self._desk
        if desk is None:
            return
        if action == "got" and lead:
            self._tasks.run(lambda: desk.decide.got(lead), lambda _: None)
            return
        self.window.come_up()
        if lead and action == "reply":
            self.window.reply_to(lead)
        elif lead:
            self.window.open_lead(lead)

    def _on_raise(self, token: str) -> None:
        if token:
            os.environ["XDG_ACTIVATION_TOKEN"] = token  # Wayland lets a window come up only with it
        self.window.come_up()

    def _on_leave(self) -> None:
        ends = True if self._leaving is None else self._leaving.ends(self.window, self._tray is not None)
        if ends:
            self._on_quit()
        elif ends is False:
            self._keep_all()
            self.window.hide()

    def _on_quit(self) -> None:
        """The person ends it: a full disk does not take with it what they wrote, unless they say so."""
        if self._desk is None or self._bridge is None:
            self.end()
        else:
            self.window.lead.answering.keep_then(self._end_without)

    def _end_without(self, unkept: tuple[str, ...]) -> None:
        from .leaving import may_end_without  # noqa: PLC0415 - no part of the first paint

        if not unkept or may_end_without(self.window, unkept):
            self.end()

    def _keep_all(self) -> None:
        """What the person wrote, and where the window stood."""
        from leaddesk.words.settings import WINDOW_PLACE  # noqa: PLC0415 - loaded by now

        desk, window = self._desk, self.window
        if desk is None or self._bridge is None:  # nothing was written yet, and the window is not whole
            return
        window.lead.answering.keep()
        place = Placement.of(window.normalGeometry(), window.isMaximized(), window.bench.left_width)
        self._tasks.run(lambda: desk.config.set(WINDOW_PLACE, place.text()), lambda _: None)

    def _on_failure(self, number: str, what: str) -> None:
        if self._desk is None or not hasattr(self.window, "troubles"):
            self.window.toast.say(f"Something went wrong here ({number}). {what}")
        else:
            self.window.troubles.tell_fault(number, what, self._desk.clock.now())


def _start(desk: Desk) -> None:
    """Whatever writes by itself begins once the data was looked through."""
    desk.check()
    desk.services.start()


def _give_back() -> None:
    from leaddesk.doors.memory import give_back  # noqa: PLC0415 - the start is over by then

    give_back()


def _has_tray() -> bool:
    """Whether the desktop has a tray at all (GNOME often has none)."""
    from PySide6.QtWidgets import QSystemTrayIcon  # noqa: PLC0415 - a class that the first paint does without

    return QSystemTrayIcon.isSystemTrayAvailable()

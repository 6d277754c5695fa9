"""The frame of the window: rail, banner, places, toast, sheets and keys. It knows no page."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, Qt, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from .fonts import DEMI, scaled
from .icons import app_icon
from .keys import Action
from .layout import column, frame
from .rail import Place, Rail
from .sheet import SheetHost
from .shortcuts import Shortcuts
from .split import Split
from .states import LoadingLead, LoadingRows, Plain
from .text import label
from .theme import Theme
from .toast import Toast

_SMALLEST = (640, 480)


class Shell(QMainWindow):
    """Paints at once, with blocks where the pages will be. `pressed` says which key it was."""

    pressed = Signal(Action)
    place_chosen = Signal(Place)
    leave_requested = Signal()
    closing = Signal()
    seen_changed = Signal()
    files_dropped = Signal(list)
    """Paths that were let go of over the window, while no sheet was open."""

    def __init__(self, theme: Theme, mark: str = "") -> None:
        super().__init__()
        self.theme, self.mark = theme, mark
        self.rail = Rail(theme, mark)
        self._places: dict[Place, QWidget] = {}
        self._stack = QStackedWidget()
        self._above = QVBoxLayout()
        self._may_close = False
        self.content = QWidget()
        self._build()
        self.toast = Toast(self.content)
        self.sheets = SheetHost(self.content, theme)
        self._shortcuts = Shortcuts(self)
        self._shortcuts.pressed.connect(self.pressed)
        self.listen_to(self.sheets)

    def _build(self) -> None:
        self.setWindowTitle(f"LeadDesk {self.mark}".strip())
        self.setWindowIcon(app_icon())
        self.setMinimumSize(*_SMALLEST)
        self.setAcceptDrops(True)
        self.rail.place_chosen.connect(self.place_chosen)
        self.rail.keys_requested.connect(lambda: self.pressed.emit(Action.KEYS))
        beside = QVBoxLayout()
        beside.setSpacing(0)
        beside.addLayout(self._above)
        beside.addWidget(self._stack, 1)
        whole = QHBoxLayout()
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.rail)
        whole.addLayout(beside, 1)
        self.content.setProperty("ground", "canvas")
        self.content.setLayout(whole)
        self.setCentralWidget(self.content)

    def put_banner(self, banner: QFrame) -> None:
        """Put a banner over the pages."""
        self._above.addWidget(banner)

    def put_page(self, place: Place, page: QWidget) -> None:
        """Give a place its page."""
        self._places[place] = page
        self._stack.addWidget(page)

    def has_page(self, place: Place) -> bool:
        """Whether a place's page was built already."""
        return place in self._places

    @property
    def place(self) -> Place | None:
        """Where we are; None while a page without rail fills the window."""
        shown = self._stack.currentWidget()
        return next((place for place, page in self._places.items() if page is shown), None)

    def show_place(self, place: Place) -> None:
        """Go to a place."""
        self.rail.show()
        self.rail.show_place(place)
        self._stack.setCurrentWidget(self._places[place])
        self.seen_changed.emit()

    def show_whole(self, page: QWidget) -> None:
        """Fill the window with one page, without the rail: set-up, or a failure."""
        if self._stack.indexOf(page) < 0:
            self._stack.addWidget(page)
        self.rail.hide()
        self._stack.setCurrentWidget(page)
        self.seen_changed.emit()

    def shows(self, page: QWidget) -> bool:
        """Whether this page is the one in sight."""
        return self._stack.currentWidget() is page

    def show_beside_rail(self, page: QWidget) -> None:
        """Show a page that is no place of its own; the rail stays."""
        if self._stack.indexOf(page) < 0:
            self._stack.addWidget(page)
        self.rail.show()
        self.rail.show_place(Place.TODAY)
        self._stack.setCurrentWidget(page)
        self.seen_changed.emit()

    def show_loading(self) -> None:
        """The frame of the page at once, never a spinner alone."""
        left = column(label("Today", 22, DEMI), 14, margins=(18, 14, 12, 8))
        left.setContentsMargins(scaled(10), scaled(14), scaled(4), scaled(8))
        rows = LoadingRows(self.theme)
        rows.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        left.addWidget(rows, 1)
        self._stack.addWidget(Split(frame("canvas", left), LoadingLead(self.theme)))
        rows.setFocus()

    def show_failure(self, sentence: str, mend: str) -> None:
        """One sentence instead of the pages: the data cannot be used."""
        page = Plain((80, 120, 80, 0))
        page.say(sentence, mend, "Close", "", self.leave_requested.emit)
        self.show_whole(page)

    def listen_to(self, host: SheetHost) -> None:
        """While a sheet of this host is open it has the keys."""
        host.opened.connect(lambda: self._shortcuts.sleep(True))
        host.closed.connect(lambda: self._shortcuts.sleep(False))

    def come_up(self) -> None:
        """Be seen, and be the one that is typed into, as far as the desktop allows."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def let_close_now(self) -> None:
        """Close without asking."""
        self._may_close = True
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._may_close:
            self.closing.emit()
            event.accept()
            return
        event.ignore()
        self.leave_requested.emit()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        may_copy = bool(event.possibleActions() & Qt.DropAction.CopyAction)
        if may_copy and self.sheets.sheet is None and _paths(event.mimeData()):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        event.setDropAction(Qt.DropAction.CopyAction)  # whoever drags must not delete what he "moved"
        event.accept()
        self.files_dropped.emit(_paths(event.mimeData()))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.WindowStateChange:
            self.seen_changed.emit()


def _paths(dragged: QMimeData) -> list[Path]:
    """The files and folders of this computer among what is dragged."""
    return [Path(url.toLocalFile()) for url in dragged.urls() if url.isLocalFile()]

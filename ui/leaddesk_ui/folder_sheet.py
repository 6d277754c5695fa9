"""Choosing the folder of a mailbox: the server's own list, or a name that is typed where it cannot be had."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QSortFilterProxyModel, QStringListModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QWidget

from leaddesk.words.errors import LeadDeskError

from .buttons import button
from .fields import field, mark_wrong
from .fonts import DEMI, font, scaled
from .layout import column, row
from .sheet import Sheet
from .tasks import Tasks
from .text import elided, label

_MOVES = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class FolderSheet(Sheet):
    """`chosen` with the name of a folder, exactly as the mail server has it.

    What is typed narrows the list, the arrows move in it, Enter takes the marked one.
    """

    chosen = Signal(str)

    def __init__(
        self,
        title: str,
        current: str,
        read: Callable[[], tuple[str, ...]],
        tasks: Tasks,
        act: str = "Watch it",
    ) -> None:
        """`read` asks the server and may block; `current` is marked where it is in the list."""
        super().__init__(title, 560)
        self._current, self._read, self._tasks = current, read, tasks
        self._names: tuple[str, ...] = ()
        self._words = field("Folder", "Type to narrow the list")
        self._words.setObjectName("folder_words")
        self._said = label("Asking the mail server for its folders …", 13, ink="dim", wrap=True)
        self._list, self._shown = _list()
        self._again = button("Ask again", "", self._ask)
        self._take = button(act, "↵", self._on_chosen, primary=True)
        self.setLayout(
            column(
                elided(title, 16, DEMI),
                6,
                self._words,
                self._said,
                self._list,
                row(self._again, None, self._take),
                margins=(28, 20, 28, 20),
                space=8,
            )
        )
        self._list.hide()
        self._again.hide()
        self._words.textEdited.connect(self._on_words)
        self._words.returnPressed.connect(self._on_chosen)
        self._words.installEventFilter(self)
        self._list.doubleClicked.connect(lambda _index: self._on_chosen())

    def begin(self) -> None:
        self._words.setFocus()
        self._ask()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The arrows belong to the list while the cursor stays in the field."""
        is_key = event.type() == QEvent.Type.KeyPress
        if is_key and self._list.isVisible() and _moves(event):
            self._list.event(event)
            return True
        return super().eventFilter(watched, event)

    # ---- the list

    def _ask(self) -> None:
        self._said.say("Asking the mail server for its folders …")
        self._said.show()
        self._again.hide()
        self._tasks.run(self._read, self._on_names, self._on_none)

    def _on_names(self, names: tuple[str, ...]) -> None:
        self._names = names
        self._shown.setSourceModel(QStringListModel(list(names), self._shown))
        self._list.show()
        self._again.hide()
        if self._words.text() == self._current:  # put there while there was no list
            self._words.clear()
        self._on_words(self._words.text())
        self._mark(self._current)

    def _on_none(self, error: Exception) -> None:
        """No list: why, and the name can be typed."""
        if not isinstance(error, LeadDeskError):
            raise error
        self._said.say(
            f"{error.sentence} {error.mend} You can also type the folder’s name as the mail server "
            "writes it, for example INBOX or Enquiries/Website."
        )
        self._again.show()
        if not self._words.text():
            self._words.setText(self._current)
            self._words.selectAll()

    def _on_words(self, words: str) -> None:
        mark_wrong(self._words, False)
        if not self._names:
            return
        self._shown.setFilterFixedString(words)
        count = self._shown.rowCount()
        self._said.setVisible(not count)
        self._said.say("" if count else "No folder of this mailbox is called like that.")
        if count and not self._list.currentIndex().isValid():
            self._list.setCurrentIndex(self._shown.index(0, 0))

    def _mark(self, name: str) -> None:
        for place in range(self._shown.rowCount()):
            if self._shown.index(place, 0).data() == name:
                self._list.setCurrentIndex(self._shown.index(place, 0))
                return

    def _on_chosen(self) -> None:
        if self._names:
            marked = self._list.currentIndex()
            name = str(marked.data()) if marked.isValid() else ""
        else:
            name = self._words.text().strip()
        mark_wrong(self._words, not name)
        if name:
            self.chosen.emit(name)


def _moves(event: QEvent) -> bool:
    return isinstance(event, QKeyEvent) and event.key() in _MOVES


def _list() -> tuple[QListView, QSortFilterProxyModel]:
    """The list, and its names narrowed by what is typed."""
    made, shown = QListView(), QSortFilterProxyModel()
    shown.setParent(made)
    shown.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    made.setViewport(QWidget())  # see today.queue_list: Qt's own would cost every widget class there is
    made.setModel(shown)
    made.setFont(font(14))
    made.setAccessibleName("Folders")
    made.setObjectName("folders")
    made.setProperty("choice", True)
    made.setFrameShape(QFrame.Shape.NoFrame)
    made.setUniformItemSizes(True)
    made.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    made.setMinimumHeight(scaled(240))
    return made, shown

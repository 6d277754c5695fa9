"""The side of the settings: a search over all of them, else the groups; the found take the groups' place."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QPushButton, QSizePolicy, QWidget

from leaddesk.rules.find_settings import find_settings
from leaddesk.words.setting_groups import SHOWN, group_of
from leaddesk.words.settings import Setting
from leaddesk_ui.fields import Field
from leaddesk_ui.fonts import DEMI, MEDIUM, font, scaled
from leaddesk_ui.layout import column, empty, row, scrolling
from leaddesk_ui.text import elided, label, on_button

_WIDTH, _NARROW = 288, 220


class SearchField(Field):
    """Esc empties it, ↓ goes to the first that was found."""

    left = Signal()
    down = Signal()

    def event(self, event: QEvent) -> bool:
        is_override = event.type() == QEvent.Type.ShortcutOverride and bool(self.text())
        if is_override and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            event.accept()  # else the window would leave the settings
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self.down.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.left.emit()
        else:
            super().keyPressEvent(event)


class Finder(QFrame):
    """`opened` with a group's name; `found` with a setting's key."""

    opened = Signal(str)
    found = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("ground", "side")
        self.groups: dict[str, QPushButton] = {}
        self._asides: dict[str, Any] = {}
        self._finds: dict[str, str] = {}
        self.search = SearchField()
        self.search.setPlaceholderText(f"Search {len(SHOWN)} settings   /")
        self.search.setAccessibleName("Search the settings")
        self.search.setFont(font(13))
        self.search.setMinimumHeight(scaled(36))
        self._names, self._results = QWidget(), QWidget()
        self._groups, self._hits = column(space=2), column(space=2)
        self._build()
        self.search.textChanged.connect(self._on_words)
        self.search.returnPressed.connect(self._on_return)
        self.search.left.connect(self.search.clear)
        self.search.down.connect(self._focus_first)

    def _build(self) -> None:
        for part, lines in ((self._names, self._groups), (self._results, self._hits)):
            part.setLayout(lines)
        self._results.hide()
        both = QWidget()
        both.setLayout(column(self._names, self._results, None))
        lines = column(label("Settings", 22, DEMI), 8, self.search, 8, margins=(14, 16, 14, 16), space=2)
        lines.addWidget(scrolling(both), 1)
        lines.addWidget(label("Each setting is also a line of “leaddesk config”.", 12, ink="dim", wrap=True))
        self.setLayout(lines)

    def fit(self, *, narrow: bool) -> None:
        """As wide as the window allows."""
        self.setFixedWidth(scaled(_NARROW if narrow else _WIDTH))
        for aside in self._asides.values():
            aside.setVisible(not narrow)

    # ---- groups

    def add(
        self,
        name: str,
        pressed: Callable[[], object],
        *,
        finds: str = "",
        is_door: bool = False,
    ) -> None:
        """One more group; a door leads to a page of its own. `finds` are further words for what is in it."""
        made = QPushButton()
        aside = label("", 12, ink="dim")
        on_button(made, name)
        made.setProperty("group", True)
        made.setFont(font(13, MEDIUM))
        made.setCheckable(not is_door)
        made.setAutoExclusive(not is_door)
        made.setAccessibleName(name)
        made.setCursor(Qt.CursorShape.PointingHandCursor)
        made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        line = row(None, aside, margins=(10, 0, 10, 0))
        made.setLayout(line)
        aside.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        aside.say("›" if is_door else "")
        made.clicked.connect(lambda _checked: pressed())
        self.groups[name], self._asides[name] = made, aside
        self._finds[name] = f"{name} {finds}".casefold()
        self._groups.addWidget(made)

    def mark(self, changed: Collection[Setting[Any]]) -> None:
        """Say at which groups a setting is not as LeadDesk brings it."""
        names = {group_of(each) for each in changed}
        for name, aside in self._asides.items():
            if aside.text() != "›":
                aside.say("changed" if name in names else "")

    # ---- searching

    def _on_words(self, words: str) -> None:
        hits = find_settings(words)
        wanted = words.casefold().split()
        names = [name for name, told in self._finds.items() if all(each in told for each in wanted)]
        searching = bool(wanted)
        self._names.setVisible(not searching)
        self._results.setVisible(searching)
        empty(self._hits)
        if not searching:
            return
        for name in names:
            self._hits.addWidget(_hit(name, "all of it", self.groups[name].click))
        for each in hits:
            self._hits.addWidget(_hit(each.label, group_of(each), partial(self.found.emit, each.key)))
        if not names and not hits:
            nothing = f"Nothing here is called “{words.strip()}”."
            self._hits.addWidget(label(nothing, 13, ink="dim", wrap=True))

    def _hit_buttons(self) -> list[QPushButton]:
        items = (self._hits.itemAt(place) for place in range(self._hits.count()))
        widgets = (item.widget() for item in items if item is not None)
        return [each for each in widgets if isinstance(each, QPushButton)]

    def _on_return(self) -> None:
        hits = self._hit_buttons()
        if hits and self.search.text().strip():
            hits[0].click()

    def _focus_first(self) -> None:
        hits = self._hit_buttons()
        if hits:
            hits[0].setFocus()


def _hit(name: str, where: str, pressed: Callable[[], object]) -> QPushButton:
    made = QPushButton()
    made.setProperty("group", True)
    made.setAccessibleName(f"{name}, in {where}")
    lines = column(elided(name, 13, MEDIUM), elided(where, 11, ink="dim"), margins=(10, 6, 10, 6), space=1)
    made.setLayout(lines)
    made.setFixedHeight(lines.sizeHint().height())
    for child in made.findChildren(QWidget):
        child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    made.clicked.connect(lambda _checked: pressed())
    return made

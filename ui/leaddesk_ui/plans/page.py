"""The page of plans. It shows what it is given and says what the person wishes; it reads nothing itself."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from leaddesk.words.plan_view import PlanDraft, Plans
from leaddesk_ui.buttons import button, word
from leaddesk_ui.fonts import DEMI, scaled
from leaddesk_ui.layout import column, empty, row, scrolling
from leaddesk_ui.states import LoadingRows, Plain
from leaddesk_ui.text import label
from leaddesk_ui.theme import Theme

from .editor import PlanEditor
from .plan_list import PlanRow, faulty_card

_SIDE, _NARROW = 288, 1000
_ABOUT = "A plan starts by itself with the enquiries named under it. Each step waits for a person’s word."


class PlansPage(QFrame):
    """`plan_chosen` with a plan's name; `new_requested`; `back_requested` to the settings."""

    plan_chosen = Signal(str)
    new_requested = Signal()
    choice_requested = Signal()
    """Which enquiries follow which plan."""
    back_requested = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("ground", "canvas")
        self.setObjectName("plans")
        self._theme = theme
        self.editor = PlanEditor(theme)
        self._rows: list[PlanRow] = []
        self._names: list[str] = []
        self._list, self._faulty = column(space=8), column(space=8)
        self._stack = QStackedWidget()
        self._plain = Plain((28, 40, 28, 0))
        self._side = self._build_side()
        self._is_narrow = False
        self._build()
        made = QShortcut(QKeySequence("Ctrl+N"), self, self.new_requested.emit)
        made.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    # ---- what it shows

    def show_loading(self) -> None:
        """The frame of the page, until the plans are read."""
        self._stack.setCurrentIndex(0)

    def show_failure(self, sentence: str, mend: str, again: Callable[[], object]) -> None:
        """What went wrong, and the way out."""
        self._plain.say(sentence, mend, "Try again", "↵", again)
        self._stack.setCurrentWidget(self._plain)

    def show_plans(self, plans: Plans, drafts: dict[str, PlanDraft], changed: set[str], shown: str) -> None:
        """The list; `drafts` by the name under which each is kept, `changed` those that are not saved."""
        empty(self._list)
        views = {view.plan.name: view for view in plans.plans}
        self._names = list(drafts)
        focused = [name for name, each in zip(self._names, self._rows, strict=False) if each.hasFocus()]
        self._rows = []
        for name, draft in drafts.items():
            made = PlanRow(views.get(name), draft, self._theme, is_changed=name in changed)
            made.setChecked(name == shown)
            made.clicked.connect(lambda _checked, name=name: self.plan_chosen.emit(name))
            made.walk_requested.connect(lambda by, name=name: self._walk(name, by))
            self._rows.append(made)
            self._list.addWidget(made)
            if focused and name == shown:
                made.setFocus()
        empty(self._faulty)
        for faulty in plans.faulty:
            self._faulty.addWidget(faulty_card(faulty, plans.folder))
        if not drafts:
            say = "There is no plan yet. A plan says when to try again, by what, and when to stop."
            self._list.addWidget(label(say, 13, ink="dim", wrap=True))
        self._stack.setCurrentWidget(self.editor)

    def _walk(self, name: str, by: int) -> None:
        place = self._names.index(name) + by
        if 0 <= place < len(self._names):
            self._rows[place].setFocus()
            self.plan_chosen.emit(self._names[place])

    def press_failure(self) -> bool:
        """Presses "Try again" where that is in sight; False where it is not."""
        if self._stack.currentWidget() is self._plain and self._plain.primary is not None:
            self._plain.primary.click()
            return True
        return False

    # ---- how it is laid out

    def _build_side(self) -> QFrame:
        side = QFrame()
        side.setProperty("ground", "side")
        side.setFixedWidth(scaled(_SIDE))
        head = row(label("Plans", 22, DEMI), None, word("‹ Settings", self.back_requested.emit, ink="dim"))
        new = button("New plan", "Ctrl N", self.new_requested.emit)
        rows = QWidget()
        rows.setLayout(column(self._list, new, self._faulty, None, space=8))
        lines = column(head, 10, margins=(14, 16, 14, 16), space=4)
        lines.addWidget(scrolling(rows), 1)
        lines.addWidget(label(_ABOUT, 12, ink="dim", wrap=True))
        lines.addWidget(word("Which enquiries follow which plan", self.choice_requested.emit))
        side.setLayout(lines)
        return side

    def _build(self) -> None:
        self._stack.addWidget(LoadingRows(self._theme))
        self._stack.addWidget(self._plain)
        self._stack.addWidget(self.editor)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._side)
        right = QVBoxLayout()
        right.addWidget(self._stack, 1)
        whole.addLayout(right, 1)
        self.editor.list_requested.connect(lambda: self.show_list(is_open=True))
        self.plan_chosen.connect(lambda _: self.show_list(is_open=False))
        self.new_requested.connect(lambda: self.show_list(is_open=False))

    def show_list(self, *, is_open: bool) -> None:
        """In a narrow window the list covers the editor, or the editor the list."""
        self._side.setVisible(is_open or not self._is_narrow)
        self._stack.setVisible(not (is_open and self._is_narrow))
        self._side.setFixedWidth(self.width() if self._is_narrow else scaled(_SIDE))
        self.editor.show_way_back(self._is_narrow)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._is_narrow = self.width() < _NARROW - scaled(76)
        self.show_list(is_open=False)

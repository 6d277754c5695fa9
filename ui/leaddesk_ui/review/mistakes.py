"""The five mistakes as cards, each a list to empty: how many, who, and the step that mends the first."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QSizePolicy, QWidget

from leaddesk.words.review import Mistake, Slip, Week
from leaddesk_ui.buttons import button, rename, set_primary
from leaddesk_ui.fonts import DEMI, MEDIUM, scaled
from leaddesk_ui.layout import column, row
from leaddesk_ui.text import elided, ink_of, label

from .wording import NONE_LEFT, TITLES, mending, mistakes_before, named


class MistakeCard(QFrame):
    """`opened` asks for the whole list, `mend_requested` for the step that mends the first."""

    opened = Signal()
    mend_requested = Signal()

    def __init__(self, mistake: Mistake, key: str) -> None:
        super().__init__()
        self.mistake, self._key = mistake, key
        self.setProperty("ground", "field")
        self.setObjectName(mistake.value)
        self._count = label("0", 22, DEMI, "dim", tabular=True)
        self._was = label("", 12, MEDIUM, "dim", tabular=True)
        self._who = elided("", 12, ink="dim")
        self._none = label("none left", 12, MEDIUM, "good")
        self._mend = button("", key, self.mend_requested.emit)
        self._list = QPushButton()
        self._build()

    def _build(self) -> None:
        self._count.setMinimumWidth(scaled(34))
        self._was.setMinimumWidth(scaled(50))
        told = column(None, elided(TITLES[self.mistake], 14, DEMI), self._who, None, space=2)
        inner = row(self._count, self._was, margins=(10, 6, 4, 6), space=6)
        inner.addLayout(told, 1)
        self._list.setLayout(inner)
        self._list.setProperty("line", True)
        self._list.setCursor(Qt.CursorShape.PointingHandCursor)
        self._list.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._list.setMinimumHeight(scaled(58))
        self._list.clicked.connect(lambda _checked: self.opened.emit())
        for child in self._list.findChildren(QWidget):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        whole = row(margins=(2, 2, 14, 2), space=8)
        whole.addWidget(self._list, 1)
        for part in (self._none, self._mend):
            whole.addWidget(part)
        self.setLayout(whole)

    def show_slips(self, slips: tuple[Slip, ...], before: int) -> None:
        """Show who made it, and how many did in the week before."""
        some = bool(slips)
        self._count.say(f"{len(slips):,}")
        ink_of(self._count, "text" if some else "dim")
        self._was.say(f"was {before:,}")
        self._who.say(named(slips) if some else NONE_LEFT[self.mistake])
        self._none.setVisible(not some)
        self._mend.setVisible(some)
        self._list.setEnabled(some)
        self._list.setAccessibleName(f"{TITLES[self.mistake]}: {len(slips):,}, was {before:,}")
        if some:
            rename(self._mend, mending(self.mistake, slips[0])[0], self._key)

    def be_first(self, first: bool) -> None:
        """Show whether Enter means this one."""
        set_primary(self._mend, first)
        words = self._mend.accessibleName()
        rename(self._mend, words, "↵" if first else self._key)


class Mistakes(QWidget):
    """`opened` and `mend_requested` name the mistake."""

    opened = Signal(object)
    mend_requested = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.cards = {mistake: MistakeCard(mistake, str(n)) for n, mistake in enumerate(Mistake, 1)}
        for mistake, card in self.cards.items():
            card.opened.connect(lambda mistake=mistake: self.opened.emit(mistake))
            card.mend_requested.connect(lambda mistake=mistake: self.mend_requested.emit(mistake))
        lines = column(space=8)
        for card in self.cards.values():
            lines.addWidget(card, 1)
        self.setLayout(lines)
        self.first: Mistake | None = None
        """The one that Enter mends."""

    def show_week(self, week: Week) -> None:
        """Show the lists of a week."""
        self.first = next((each for each in Mistake if week.slips.get(each)), None)
        for mistake, card in self.cards.items():
            card.show_slips(week.slips.get(mistake, ()), mistakes_before(week, mistake))
            card.be_first(mistake is self.first)

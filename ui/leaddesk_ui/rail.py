"""The narrow rail at the left: the places that work, and what is open."""

from __future__ import annotations

import enum

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QToolButton

from .fonts import DEMI, MEDIUM, font, scaled
from .icons import icon
from .keys import BY_ACTION, Action
from .layout import column
from .text import label
from .theme import Theme


class Place(enum.Enum):
    """Where one can go. Only places that work."""

    TODAY = "Today"
    LEADS = "Leads"
    REVIEW = "Review"
    SETTINGS = "Settings"


class PlaceButton(QToolButton):
    """An icon with its word under it."""

    def __init__(self, place: Place, theme: Theme) -> None:
        super().__init__()
        self._place, self._theme = place, theme
        self.setProperty("place", True)
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setText(place.value)
        self.setAccessibleName(place.value)
        self.setFont(font(11, MEDIUM))
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        self.setIconSize(QSize(scaled(20), scaled(20)))
        self.setFixedSize(scaled(62), scaled(52))
        self._draw()
        theme.changed.connect(self._draw)
        self.toggled.connect(self._draw)

    def _draw(self) -> None:
        tokens = self._theme.tokens
        ink = tokens.accent if self.isChecked() else tokens.dim
        self.setIcon(icon(self._place.name.lower(), scaled(20), ink))


class Rail(QFrame):
    """`place_chosen` says where the person went."""

    place_chosen = Signal(Place)
    keys_requested = Signal()

    def __init__(self, theme: Theme, mark: str = "") -> None:
        super().__init__()
        self.setProperty("ground", "rail")
        self.setFixedWidth(scaled(76))
        self._buttons = {place: PlaceButton(place, theme) for place in Place}
        lines = column(margins=(6, 14, 6, 14), space=8)
        if mark:
            lines.addWidget(label(mark, 11, DEMI, "accent"), 0, Qt.AlignmentFlag.AlignHCenter)
        lines.addWidget(self._buttons[Place.TODAY])
        lines.addWidget(self._buttons[Place.LEADS])
        lines.addWidget(self._buttons[Place.REVIEW])
        lines.addStretch()
        lines.addWidget(self._keys_button(), 0, Qt.AlignmentFlag.AlignHCenter)
        lines.addWidget(self._buttons[Place.SETTINGS])
        self.setLayout(lines)
        for place, button in self._buttons.items():
            button.clicked.connect(lambda _checked, place=place: self.place_chosen.emit(place))
        self.show_place(Place.TODAY)

    def show_place(self, place: Place) -> None:
        """Mark where we are."""
        self._buttons[place].setChecked(True)

    def _keys_button(self) -> QToolButton:
        made = QToolButton()
        made.setProperty("place", True)
        made.setText(f"Keys  {BY_ACTION[Action.KEYS].shown}")
        made.setAccessibleName("All keys")
        made.setFont(font(11, MEDIUM))
        made.clicked.connect(self.keys_requested)
        return made

"""Where the window stood: remembered in one line of text, taken up only where a screen is."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QGuiApplication

_SMALLEST = QSize(640, 480)
_DEFAULT = QSize(1280, 800)
_FRAME = QSize(16, 48)
"""Room for the desktop's own frame and title bar."""
_SEEN = 80
"""So many pixels of the title must be on a screen."""


@dataclass(frozen=True, slots=True)
class Placement:
    """The window's rectangle, whether it filled the screen, and the width of its left side.

    >>> Placement.read("10,20,1280,800,0,420").text()
    '10,20,1280,800,0,420'
    """

    x: int
    y: int
    width: int
    height: int
    maximized: bool
    left: int

    @classmethod
    def read(cls, text: str) -> Placement | None:
        """The place in a text, or None where there is none."""
        try:
            x, y, width, height, maximized, left = (int(part) for part in text.split(","))
        except ValueError:
            return None
        return cls(x, y, width, height, bool(maximized), left)

    @classmethod
    def of(cls, rect: QRect, maximized: bool, left: int) -> Placement:
        """The place of a window that stands somewhere."""
        return cls(rect.x(), rect.y(), rect.width(), rect.height(), maximized, left)

    def text(self) -> str:
        """The line to remember it by."""
        return ",".join(map(str, (self.x, self.y, self.width, self.height, int(self.maximized), self.left)))

    def rectangle(self, screens: list[QRect]) -> QRect:
        """The rectangle, moved and cut so that its title can be reached on one of these screens."""
        wanted = QRect(self.x, self.y, self.width, self.height)
        title = QRect(self.x, self.y, self.width, 40)
        seen = [title.intersected(screen) for screen in screens]
        if any(part.width() >= _SEEN and part.height() >= 20 for part in seen):
            return wanted
        return default_rectangle(screens[0], wanted.size()) if screens else wanted


def default_rectangle(screen: QRect, size: QSize = _DEFAULT) -> QRect:
    """The middle of a screen, no larger than it."""
    fitting = size.boundedTo(screen.size() - _FRAME).expandedTo(_SMALLEST)
    made = QRect(screen.topLeft(), fitting)
    made.moveCenter(screen.center())
    return made


def screens() -> list[QRect]:
    """The screens that there are, the first one first."""
    return [screen.availableGeometry() for screen in QGuiApplication.screens()]

"""Our one-stroke icons, drawn in the colour that is asked for."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from leaddesk.doors.paths import resource

_SHARPNESS = 2
"""Icons are drawn at twice their size, so that they stay sharp on dense screens."""


@cache
def _source(name: str) -> bytes:
    return resource(f"icons/{name}.svg").read_bytes()


def pixmap(name: str, size: int, colour: str) -> QPixmap:
    """The icon `name`, `size` pixels wide, in `colour`."""
    drawn = QPixmap(QSize(size, size) * _SHARPNESS)
    drawn.fill(Qt.GlobalColor.transparent)
    source = _source(name).replace(b"currentColor", colour.encode())
    painter = QPainter(drawn)
    QSvgRenderer(QByteArray(source)).render(painter, QRectF(0, 0, drawn.width(), drawn.height()))
    painter.end()
    drawn.setDevicePixelRatio(_SHARPNESS)
    return drawn


def icon(name: str, size: int, colour: str) -> QIcon:
    """The icon as a button takes it."""
    return QIcon(pixmap(name, size, colour))


def app_icon(waiting: int = 0) -> QIcon:
    """The program's icon; with `waiting` above 0 its count stands in it, for the tray."""
    drawn = pixmap("leaddesk", 64, "")
    if waiting:
        _write_count(drawn, waiting)
    return QIcon(drawn)


def _write_count(drawn: QPixmap, waiting: int) -> None:
    painter = QPainter(drawn)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    disc = QRectF(24, 24, 40, 40)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor("#B93815"))
    painter.drawEllipse(disc)
    painter.setPen(QColor("#FFFFFF"))
    font = QFont()
    font.setPixelSize(24)
    font.setWeight(QFont.Weight.DemiBold)
    painter.setFont(font)
    painter.drawText(disc, Qt.AlignmentFlag.AlignCenter, str(waiting) if waiting < 100 else "99")
    painter.end()

"""A QR code: black on white in every theme, because a phone's camera has to read it."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from .fonts import scaled

_QUIET = 4
"""Modules of white around the code, as the standard wants it."""
_SIDE, _SMALL = 165, 132
"""Five and four pixels a module for a number's code, which has 33 with its rim."""


def code_of(text: str) -> QImage:
    """The code of a text, one pixel a module, its white rim included. Takes up to 0.2 s: ask in a task."""
    import segno  # noqa: PLC0415 - takes 0.2 s to load, and few sheets show a code

    rows = [bytes(line) for line in segno.make_qr(text, error="m").matrix_iter(border=_QUIET)]
    image = QImage(len(rows), len(rows), QImage.Format.Format_Mono)
    image.setColorTable([QColor(Qt.GlobalColor.white).rgb(), QColor(Qt.GlobalColor.black).rgb()])
    for y, line in enumerate(rows):
        for x, dark in enumerate(line):
            image.setPixel(x, y, int(bool(dark)))
    return image


class QrCode(QWidget):
    """Shows a code, every module equally large and sharp. Empty until one is given."""

    def __init__(self, name: str, *, small: bool = False) -> None:
        super().__init__()
        self._image = QImage()
        self.setAccessibleName(name)
        side = scaled(_SMALL if small else _SIDE)
        self.setFixedSize(side, side)

    def show_code(self, image: QImage) -> None:
        """Show this one from now on."""
        self._image = image
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._image.isNull():
            return
        painter = QPainter(self)
        painter.fillRect(self.rect(), Qt.GlobalColor.white)
        ratio = self.devicePixelRatioF()
        module = max(1, int(self.width() * ratio) // self._image.width())
        side = round(module * self._image.width() / ratio)
        edge = (self.width() - side) // 2
        painter.drawImage(QRect(edge, edge, side, side), self._image)

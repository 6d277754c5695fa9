"""Sizes and weights of text and space, all following the person's own text size."""

from __future__ import annotations

from functools import cache

from PySide6.QtGui import QFont, QFontInfo
from PySide6.QtWidgets import QApplication

REGULAR, MEDIUM, DEMI = QFont.Weight.Normal, QFont.Weight.Medium, QFont.Weight.DemiBold
BODY = 13
"""The size that the person's own text size stands for; all others are in proportion to it."""
_SMALLEST_BODY_PT = 9.75
FAMILY = "Inter"


def body_font(desktop: QFont) -> QFont:
    """The program's font: Inter where it is installed, else the desktop's own, in the desktop's size."""
    font = QFont(desktop)
    font.setFamilies([FAMILY, *desktop.families()])
    font.setPointSizeF(max(desktop.pointSizeF(), _SMALLEST_BODY_PT))
    return font


def font(size: int = BODY, weight: QFont.Weight = REGULAR, *, tabular: bool = False) -> QFont:
    """A font of one of the look's sizes (11, 12, 13, 14, 16, 22, 28, 56), in points.

    `tabular` gives figures of one width, so that a running timer does not dance.
    """
    made = QFont(QApplication.font())
    made.setPointSizeF(made.pointSizeF() * size / BODY)
    made.setWeight(weight)
    if tabular:
        made.setFeature(QFont.Tag("tnum"), 1)
    return made


def scaled(length: int) -> int:
    """A length of the look in pixels of this screen, grown with the person's text size."""
    return round(length * _body_pixels(QApplication.font().key()) / BODY)


@cache
def _body_pixels(font: str) -> int:
    """How tall the body's text is; Qt looks the font up each time that it is asked."""
    return QFontInfo(QApplication.font()).pixelSize()

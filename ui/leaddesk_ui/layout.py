"""Boxes and frames: rows, columns and surfaces, with the look's steps of space."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLayout, QScrollArea, QVBoxLayout, QWidget

from .fonts import scaled

Margins = int | tuple[int, int, int, int]
Item = QWidget | QLayout | int | None
"""A widget, a layout, a gap in the look's pixels, or None for a stretch."""
B = TypeVar("B", bound=QBoxLayout)


def row(*items: Item, margins: Margins = 0, space: int = 8) -> QHBoxLayout:
    """Things beside each other."""
    return _fill(QHBoxLayout(), items, margins, space)


def column(*items: Item, margins: Margins = 0, space: int = 0) -> QVBoxLayout:
    """Things under each other."""
    return _fill(QVBoxLayout(), items, margins, space)


def frame(ground: str, layout: QLayout, name: str = "") -> QFrame:
    """A surface of the look (`ground` is a word of the stylesheet)."""
    made = QFrame()
    made.setProperty("ground", ground)
    made.setLayout(layout)
    if name:
        made.setObjectName(name)
    return made


def rule() -> QFrame:
    """A line between two surfaces of the same kind."""
    made = QFrame()
    made.setProperty("ground", "rule")
    made.setFixedHeight(1)
    return made


def scrolling(content: QWidget) -> QScrollArea:
    """A page that scrolls down and never sideways."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setViewport(QWidget())  # see today.queue_list: Qt's own would cost every widget class there is
    area.setWidget(content)
    content.setProperty("ground", content.property("ground") or "clear")
    area.viewport().setAutoFillBackground(False)
    return area


def in_the_middle(inner: QWidget) -> QWidget:
    """One column in the middle of a page, not wider than it wants to be, nearer to the top."""
    content = QWidget()
    across = row(None, space=0)
    across.addWidget(inner, 100)
    across.addStretch(1)
    down = column(None, across, margins=28)
    down.addStretch(5)
    down.setStretch(0, 1)
    across.setStretch(0, 1)
    content.setLayout(down)
    return content


def empty(layout: QLayout) -> None:
    """Take every widget out of a layout and let it go."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
        elif (inner := item.layout()) is not None:
            empty(inner)


def _fill(box: B, items: tuple[Item, ...], margins: Margins, space: int) -> B:
    sides = (margins,) * 4 if isinstance(margins, int) else margins
    box.setContentsMargins(*(scaled(side) for side in sides))
    box.setSpacing(scaled(space))
    for item in items:
        _add(box, item)
    return box


def _add(box: QBoxLayout, item: Item) -> None:
    if item is None:
        box.addStretch()
    elif isinstance(item, int):
        box.addSpacing(scaled(item))
    elif isinstance(item, QWidget):
        box.addWidget(item)
    else:
        box.addLayout(item)

"""The ladder: one bar whose parts are as wide as their counts; 'never' is hollow, 'waiting' is dashed."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from leaddesk.words.states import Rung
from leaddesk.words.views import Review
from leaddesk_ui.fonts import DEMI, MEDIUM, font, scaled
from leaddesk_ui.theme import Theme

from .wording import part_words, rungs

_BAR, _FOOT, _GAP = 44, 3, 2
_LEAST = 6
"""Pixels of the look that even one of a thousand takes."""
_HOLLOW = {"never": Qt.PenStyle.SolidLine, "waiting": Qt.PenStyle.CustomDashLine}


class _Part(NamedTuple):
    word: str
    people: int
    kind: str
    place: QRectF


class Ladder(QWidget):
    """Painted; read aloud as one sentence."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._review: Review | None = None
        self._count, self._word, self._small = font(16, DEMI, tabular=True), font(13, MEDIUM), font(12)
        self.setFixedHeight(scaled(92))
        theme.changed.connect(self.update)

    def show_review(self, review: Review) -> None:
        """Show these figures."""
        self._review = review
        told = ", ".join(f"{word} {count}" for word, count, _ in rungs(review))
        self.setAccessibleName(f"How many had an answer within: {told}")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._review is None or not self._review.enquiries:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        parts = self._parts(self._review)
        for part in parts:
            self._paint_part(painter, part)
        self._paint_labels(painter, parts, self._review.enquiries)

    def _parts(self, review: Review) -> list[_Part]:
        steps = rungs(review)
        least, gap = scaled(_LEAST), scaled(_GAP)
        room = self.width() - 1 - gap * (len(steps) - 1) - least * len(steps)
        whole = sum(count for _, count, _ in steps)
        parts, left = [], 0.5
        for word, count, kind in steps:
            width = least + room * count / whole
            parts.append(_Part(word, count, kind, QRectF(left, 0.5, width, scaled(_BAR))))
            left += width + gap
        return parts

    def _paint_part(self, painter: QPainter, part: _Part) -> None:
        tokens = self._theme.tokens
        if part.kind in _HOLLOW:
            ink = tokens.text
            pen = QPen(QColor(tokens.dim), 1, _HOLLOW[part.kind])
            if part.kind == "waiting":
                pen.setDashPattern((5, 4))
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(part.place.adjusted(0, 0, -0.5, -0.5), 8, 8)
        else:
            ink, ground = tokens.rung(Rung(part.kind))
            painter.setPen(QPen(QColor(ink), 1) if tokens.outlined else Qt.PenStyle.NoPen)
            painter.setBrush(QColor(ground))
            painter.drawRect(part.place)
            foot = QRectF(part.place)
            foot.setTop(part.place.bottom() - scaled(_FOOT))
            painter.fillRect(foot, QColor(ink))
        if QFontMetrics(self._count).horizontalAdvance(str(part.people)) + 4 <= part.place.width():
            painter.setFont(self._count)
            painter.setPen(QColor(ink))
            painter.drawText(part.place, Qt.AlignmentFlag.AlignCenter, str(part.people))

    def _paint_labels(self, painter: QPainter, parts: list[_Part], whole: int) -> None:
        """Under its part; where there is no room, further right, on a thread."""
        taken = 0.0
        total = sum(self._label_width(part, whole) for part in parts)
        for part in parts:
            width = self._label_width(part, whole)
            left = max(part.place.left(), taken)
            total -= width
            left = min(left, max(taken, self.width() - width - total))
            self._paint_thread(painter, part, left)
            self._paint_label(painter, part, left, whole)
            taken = left + width

    def _label_width(self, part: _Part, whole: int) -> float:
        words, share = self._lines(part, whole)
        wide = max(
            QFontMetrics(self._word).horizontalAdvance(words),
            QFontMetrics(self._small).horizontalAdvance(share),
        )
        return wide + scaled(14)

    def _lines(self, part: _Part, whole: int) -> tuple[str, str]:
        """The word and under it the share; a count that had no room in its part stands here."""
        fits = QFontMetrics(self._count).horizontalAdvance(str(part.people)) + 4 <= part.place.width()
        share = part_words(part.people, whole)
        return part.word, share if fits else " · ".join(filter(None, (str(part.people), share)))

    def _paint_thread(self, painter: QPainter, part: _Part, left: float) -> None:
        start = part.place.left()
        if abs(left - start) < 2:
            return
        painter.setPen(QPen(QColor(self._theme.tokens.dim), 1))
        foot, knee = part.place.bottom() + scaled(2), part.place.bottom() + scaled(6)
        middle = start + min(part.place.width(), scaled(8)) / 2
        painter.drawPolyline(
            [
                QPointF(middle, foot),
                QPointF(middle, knee),
                QPointF(left + 4, knee),
                QPointF(left + 4, knee + 3),
            ]
        )

    def _paint_label(self, painter: QPainter, part: _Part, left: float, whole: int) -> None:
        words, share = self._lines(part, whole)
        top = part.place.bottom() + scaled(9)
        for text, face, ink in (
            (words, self._word, self._theme.tokens.text),
            (share, self._small, self._theme.tokens.dim),
        ):
            painter.setFont(QFont(face))
            painter.setPen(QColor(ink))
            area = QRectF(left, top, self.width() - left, scaled(18))
            painter.drawText(area, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)
            top += scaled(17)

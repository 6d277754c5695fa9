"""The days of a plan as a strip: closed hatched, a ring where a step was planned, its icon where it falls."""

from __future__ import annotations

from datetime import date, datetime, tzinfo

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from leaddesk.words.hours import MIDNIGHT, Span
from leaddesk.words.plan_view import DayLook, PlanLook
from leaddesk_ui.fonts import DEMI, REGULAR, font, scaled
from leaddesk_ui.icons import pixmap
from leaddesk_ui.text import cut
from leaddesk_ui.theme import Theme

from . import wording

_HEAD, _CELL, _FOOT = 18, 28, 18


class DayStrip(QWidget):
    """Painted only; the table under it says the same in words."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._look: PlanLook | None = None
        self._zone: tzinfo | None = None
        self._strong, self._plain = font(11, DEMI, tabular=True), font(11, REGULAR, tabular=True)
        self.setFixedHeight(scaled(_HEAD + _CELL + _FOOT))
        self.setAccessibleName("The days on which the steps fall, as a picture; the table tells the same")
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(scaled(400), self.height())

    def show_look(self, look: PlanLook, zone: tzinfo) -> None:
        """Show other days."""
        self._look, self._zone = look, zone
        foot = _FOOT if any(day.why for day in look.days) else 0
        self.setFixedHeight(scaled(_HEAD + _CELL + foot))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        look, zone = self._look, self._zone
        if look is None or zone is None or not look.days:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        opens, shuts = _frame(look.days)
        busy = {at.astimezone(zone).date() for at in _falls(look)}
        for place, day in enumerate(look.days):
            self._paint_cell(painter, self._cell(place), day, opens, shuts)
        self._paint_names(painter, look.days, busy)
        self._paint_whys(painter, look.days)
        self._paint_steps(painter, look, zone)

    def _cell(self, place: int) -> QRectF:
        assert self._look is not None
        width = self.width() / len(self._look.days)
        return QRectF(place * width + 1, scaled(_HEAD), width - 2, scaled(_CELL))

    def _paint_cell(self, painter: QPainter, cell: QRectF, day: DayLook, opens: int, shuts: int) -> None:
        tokens = self._theme.tokens
        painter.setPen(QPen(QColor(tokens.line), 1) if tokens.outlined else Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.card))
        painter.drawRoundedRect(cell, 4, 4)
        hatch = QBrush(QColor(tokens.dim), Qt.BrushStyle.BDiagPattern)
        length = max(1, shuts - opens)
        painter.setPen(Qt.PenStyle.NoPen)
        for start, end in _shut(day.opens, opens, shuts):
            left = cell.x() + cell.width() * (start - opens) / length
            part = QRectF(left, cell.y(), cell.width() * (end - start) / length, cell.height())
            painter.setBrush(QColor(tokens.line))
            painter.drawRoundedRect(part, 3, 3)
            painter.setBrush(hatch)
            painter.setOpacity(0.35)
            painter.drawRoundedRect(part, 3, 3)
            painter.setOpacity(1)

    def _paint_names(self, painter: QPainter, days: tuple[DayLook, ...], busy: set[date]) -> None:
        """Each day's name where there is room; those with a step are strong and come first."""
        taken: list[tuple[float, float]] = []
        order = sorted(enumerate(days), key=lambda each: each[1].day not in busy)
        for place, look in order:
            strong = look.day in busy
            words = f"{look.day:%a} {look.day.day}"
            with_font, ink = (self._strong, "text") if strong else (self._plain, "dim")
            colour = self._theme.tokens.colours()[ink]
            self._write_centred(painter, with_font, place, 0, words, taken, ink=colour)

    def _paint_whys(self, painter: QPainter, days: tuple[DayLook, ...]) -> None:
        taken: list[tuple[float, float]] = []
        for place, look in enumerate(days):
            if look.why:
                top = scaled(_HEAD + _CELL)
                self._write_centred(
                    painter, self._plain, place, top, look.why, taken, ink=self._theme.tokens.dim
                )

    def _write_centred(
        self,
        painter: QPainter,
        with_font: QFont,
        place: int,
        top: int,
        words: str,
        taken: list[tuple[float, float]],
        *,
        ink: str,
    ) -> None:
        metrics = QFontMetrics(with_font)
        shown = cut(metrics, words, scaled(120))
        width = metrics.horizontalAdvance(shown)
        middle = self._cell(place).center().x()
        left = min(max(0.0, middle - width / 2), self.width() - width)
        if any(left < end + scaled(6) and start < left + width + scaled(6) for start, end in taken):
            return
        taken.append((left, left + width))
        painter.setFont(with_font)
        painter.setPen(QColor(ink))
        area = QRect(round(left), top, width + 2, scaled(_HEAD))
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, shown)

    def _paint_steps(self, painter: QPainter, look: PlanLook, zone: tzinfo) -> None:
        tokens, size = self._theme.tokens, scaled(14)
        places = {day.day: place for place, day in enumerate(look.days)}
        held: dict[int, list[str]] = {places[look.at.astimezone(zone).date()]: ["reply"]}
        for step in look.steps:
            planned, at = step.landing.planned, step.landing.at
            to = places.get(at.astimezone(zone).date()) if at else None
            if to is None or planned is None:
                continue
            held.setdefault(to, []).append(wording.ICONS[step.landing.way])
            before = places.get(planned.astimezone(zone).date())
            if before is not None and before < to:
                self._paint_arrow(painter, before, to, size)
        for place, icons in held.items():
            cell = self._cell(place)
            step_by = min(size + scaled(2), (cell.width() - size) / max(1, len(icons) - 1))
            left = cell.center().x() - (size + step_by * (len(icons) - 1)) / 2
            for number, name in enumerate(icons):
                point = QPointF(left + step_by * number, cell.center().y() - size / 2)
                painter.drawPixmap(point, pixmap(name, size, tokens.text))

    def _paint_arrow(self, painter: QPainter, before: int, to: int, size: int) -> None:
        tokens, ring = self._theme.tokens, scaled(4)
        start, end = self._cell(before).center(), self._cell(to).center()
        tip = end.x() - size
        painter.setPen(QPen(QColor(tokens.text), 1.2))
        painter.drawLine(QPointF(start.x() + ring, start.y()), QPointF(tip, start.y()))
        for side in (-1, 1):
            painter.drawLine(QPointF(tip, start.y()), QPointF(tip - ring, start.y() + side * ring))
        painter.setBrush(QColor(tokens.card))
        painter.drawEllipse(start, ring, ring)


def _falls(look: PlanLook) -> list[datetime]:
    return [look.at, *(step.landing.at for step in look.steps if step.landing.at is not None)]


def _frame(days: tuple[DayLook, ...]) -> tuple[int, int]:
    """From the earliest opening to the latest closing, in minutes: a cell is as wide as that."""
    spans = [span for day in days for span in day.opens]
    if not spans:
        return 0, MIDNIGHT
    return min(span.start for span in spans), max(span.end for span in spans)


def _shut(spans: tuple[Span, ...], opens: int, shuts: int) -> list[tuple[int, int]]:
    """What of the frame is no opening hour. A break at noon is not worth a hatch."""
    if not spans:
        return [(opens, shuts)]
    sides = ((opens, spans[0].start), (spans[-1].end, shuts))
    return [(start, end) for start, end in sides if end - start >= 60]

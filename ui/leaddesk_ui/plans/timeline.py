"""A plan drawn as a line: its cards alternate above and below. ← → choose, Alt moves, + adds, Del removes."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QWidget

from leaddesk.rules.cadence.editing import day_words, end_offset, offsets
from leaddesk.words.plan_view import PlanDraft
from leaddesk_ui.fonts import MEDIUM, font, scaled
from leaddesk_ui.theme import Theme

from . import wording
from .card import Card, Kind
from .scale import Scale, scale_of

_CARD, _TALL, _GAP, _STEM = 150, 70, 8, 34
_HINTS = ("the first day, not to scale", "not to scale")
REPLY = -1
"""The place of the first reply; the end's is one past the last step."""


class Timeline(QWidget):
    """`picked` with a place; `move_requested` with how far; the others speak of the chosen one."""

    picked = Signal(int)
    move_requested = Signal(int)
    remove_requested = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._draft: PlanDraft | None = None
        self._cards: list[Card] = []
        self._scale: Scale | None = None
        self.chosen = 0
        self._small = font(11, MEDIUM, tabular=True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFixedHeight(scaled(2 * _TALL + 2 * _STEM))
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(scaled(600), self.height())

    def show_draft(self, draft: PlanDraft, chosen: int) -> None:
        """Draw the plan; `chosen` is a step's place, `REPLY`, or one past the last for the end."""
        self._draft, self.chosen = draft, chosen
        for card in self._cards:
            card.hide()
            card.deleteLater()
        self._cards = [self._card(place) for place in range(REPLY, len(draft.steps) + 1)]
        self._place()
        self._mark()

    def _card(self, place: int) -> Card:
        made = Card(*self._told(place), self._theme, self)
        made.clicked.connect(lambda: self.pick(place))
        made.show()
        return made

    def _told(self, place: int) -> tuple[Kind, str, tuple[str, str, str]]:
        draft = self._draft
        assert draft is not None
        if place == REPLY:
            return Kind.REPLY, "reply", ("Reply", "now", "First reply by source")
        if place == len(draft.steps):
            return Kind.NO_END if draft.end is None else Kind.END, "flag", wording.end_lines(draft)
        step, offset = draft.steps[place], offsets(draft.steps)[place]
        lines = (wording.NAMES[step.way], day_words(offset), wording.under(step))
        return Kind.STEP, wording.ICONS[step.way], lines

    def pick(self, place: int) -> None:
        """Choose a step, and give the keys to the line."""
        self.setFocus()
        if self._draft is not None and REPLY <= place <= len(self._draft.steps):
            self.chosen = place
            self._mark()
            self.picked.emit(place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        by = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        if by and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.move_requested.emit(by)
        elif by:
            self.pick(self.chosen + by)
        elif event.key() == Qt.Key.Key_Delete:
            self.remove_requested.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._mark()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._mark()

    def _mark(self) -> None:
        for place, card in enumerate(self._cards, REPLY):
            is_chosen = place == self.chosen
            card.choose(is_chosen=is_chosen, has_ring=is_chosen and self.hasFocus())
            if is_chosen:
                self.setAccessibleName(f"Line of the plan; chosen: {card.accessibleName()}")

    # ---- where things stand

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        draft = self._draft
        if draft is None:
            return
        end = end_offset(draft)
        times = [timedelta(0), *offsets(draft.steps)]
        times.append(end if end is not None else times[-1])
        gap = scaled(_GAP)
        self._scale = scale_of(times, self.width(), scaled(_CARD), gap, is_open=end is None)
        low = self.height() - scaled(_TALL)
        for card, spot in zip(self._cards, self._scale.spots, strict=True):
            top = 0 if spot.is_above else low
            card.setGeometry(spot.card_left, top, self._scale.card_width, scaled(_TALL))
        self.update()

    # ---- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        scale, draft = self._scale, self._draft
        if scale is None or draft is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = self.height() // 2
        self._paint_line(painter, scale, draft, middle)
        self._paint_days(painter, scale, middle, scale.spots[-2].x if draft.end is None else scale.last)
        for card, spot in zip(self._cards, scale.spots, strict=True):
            self._paint_stem(painter, card, spot.x, middle, is_above=spot.is_above)
        for card, spot in zip(self._cards, scale.spots, strict=True):
            self._paint_point(painter, card.kind, spot.x, middle)

    def _paint_line(self, painter: QPainter, scale: Scale, draft: PlanDraft, middle: int) -> None:
        tokens, first = self._theme.tokens, scale.spots[0].x
        until = scale.spots[-2].x if draft.end is None else scale.spots[-1].x
        thick = scaled(10)
        wide = QRectF(first, middle - thick / 2, max(0, min(scale.day_one, until) - first), thick)
        painter.fillRect(wide, QColor(tokens.now_bg))
        painter.setPen(QPen(QColor(tokens.dim), 2))
        if until > scale.day_one:
            painter.drawLine(scale.day_one, middle, until, middle)
        if draft.end is None:
            dashed = QPen(QColor(tokens.danger), 2)
            dashed.setDashPattern([5, 4])
            painter.setPen(dashed)
            painter.drawLine(until, middle, self.width(), middle)

    def _paint_days(self, painter: QPainter, scale: Scale, middle: int, until: int) -> None:
        """Ticks with the numbers of the days, as many as have room."""
        tokens = self._theme.tokens
        painter.setFont(self._small)
        metrics = QFontMetrics(self._small)
        painter.setPen(QColor(tokens.dim))
        top = middle + scaled(7)
        bounds = [scale.spots[0].x]
        taken = [spot.x for spot in scale.spots if not spot.is_above]
        room = min([scale.day_one, *taken]) - bounds[0] - scaled(4)
        words = next((each for each in _HINTS if metrics.horizontalAdvance(each) <= room), "")
        self._write(painter, metrics, bounds[0], top, words)
        bounds.append(bounds[0] + metrics.horizontalAdvance(words) + scaled(8))
        for day in range(1, scale.days + 1):
            x = scale.x_of(day)
            if x > until + 1:
                return
            painter.drawLine(x, middle - scaled(4), x, middle + scaled(4))
            words = "day 1" if day == 1 else str(day)
            left = x - metrics.horizontalAdvance(words) // 2
            is_free = all(abs(x - each) > scaled(10) for each in taken)
            if left >= bounds[-1] and is_free:
                self._write(painter, metrics, left, top, words)
                bounds.append(left + metrics.horizontalAdvance(words) + scaled(6))

    def _write(self, painter: QPainter, metrics: QFontMetrics, left: int, top: int, words: str) -> None:
        area = QRect(left, top, metrics.horizontalAdvance(words) + 2, metrics.height())
        painter.drawText(area, Qt.AlignmentFlag.AlignLeft, words)

    def _paint_stem(self, painter: QPainter, card: Card, x: int, middle: int, *, is_above: bool) -> None:
        """From the point to its card; where the card had to move away, with a knee."""
        red = card.kind is Kind.NO_END
        painter.setPen(QPen(QColor(self._theme.tokens.danger if red else self._theme.tokens.line), 1))
        edge = card.geometry().bottom() if is_above else card.y()
        foot = min(max(x, card.x() + scaled(8)), card.x() + card.width() - scaled(8))
        knee = edge + (scaled(8) if is_above else -scaled(8))
        painter.drawLine(x, middle, x, knee)
        painter.drawLine(x, knee, foot, knee)
        painter.drawLine(foot, knee, foot, edge)

    def _paint_point(self, painter: QPainter, kind: Kind, x: int, middle: int) -> None:
        tokens, size = self._theme.tokens, scaled(5)
        inks = {Kind.REPLY: tokens.now, Kind.NO_END: tokens.danger}
        painter.setPen(QPen(QColor(inks[kind] if kind is Kind.NO_END else tokens.card), 2))
        painter.setBrush(QColor(tokens.card if kind is Kind.NO_END else inks.get(kind, tokens.text)))
        painter.drawEllipse(QPointF(x, middle), size + 1, size + 1)

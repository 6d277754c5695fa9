"""The week as seven bars: an edge is dragged, or moved by ← → (with Shift the opening); Space shuts a day."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from leaddesk.rules.week_edit import STEP, day_hours, switched, with_edge
from leaddesk.words.hours import MIDNIGHT, Span, Week, read_week, week_words
from leaddesk_ui.fonts import MEDIUM, font, scaled
from leaddesk_ui.layout import column
from leaddesk_ui.text import label

_NAMES = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_LONG = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_DAY, _SCALE, _LEFT, _GRIP = 22, 18, 44, 7
_FROM, _TO = 7 * 60, 20 * 60
"""What is drawn where nobody is there earlier or later, in minutes."""


class WeekEditor(QWidget):
    """`changed` with the week's text, as the setting has it."""

    changed = Signal(str)

    def __init__(self, text: str) -> None:
        super().__init__()
        self.week: Week = read_week(text)
        self._scale = _Hours()
        self.bars = tuple(_Bar(day) for day in range(7))
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(scaled(2))
        lines.addWidget(self._scale)
        for bar in self.bars:
            bar.edge_moved.connect(self._on_edge)
            bar.switch_requested.connect(self._on_switch)
            bar.walk_requested.connect(self._walk)
            bar.settled.connect(self._say)
            lines.addWidget(bar)
        hint = (
            "Drag an edge. Keys: ← → closing, ⇧ ← → opening, ↑ ↓ another day, Space shuts a day or opens it."
        )
        lines.addLayout(column(label(hint, 11, ink="dim", wrap=True)))
        self._show()

    def show_text(self, text: str) -> None:
        """Another week, written by hand."""
        self.week = read_week(text)
        self._show()

    def _show(self) -> None:
        spans = [span for day in self.week for span in day]
        first = min([_FROM, *(span.start // 60 * 60 for span in spans)])
        last = max([_TO, *(-(-span.end // 60) * 60 for span in spans)])
        self._scale.show_frame(first, last)
        for bar, day in zip(self.bars, self.week, strict=True):
            bar.show_day(day, first, last)

    def _on_edge(self, day: int, place: int, minutes: int, is_end: bool) -> None:
        self.week = with_edge(self.week, day, place, minutes, is_end=is_end)
        self._show()

    def _on_switch(self, day: int) -> None:
        self.week = switched(self.week, day)
        self._show()
        self._say()

    def _walk(self, day: int, by: int) -> None:
        if 0 <= day + by < 7:
            self.bars[day + by].setFocus()

    def _say(self) -> None:
        self.changed.emit(week_words(self.week))


class _Frame(QWidget):
    """Something drawn over the hours of a day."""

    def __init__(self) -> None:
        super().__init__()
        self._first, self._last = _FROM, _TO

    def sizeHint(self) -> QSize:
        return QSize(scaled(420), self.height())

    def _x(self, minutes: int) -> float:
        room = self.width() - scaled(_LEFT) - scaled(8)
        return scaled(_LEFT) + room * (minutes - self._first) / (self._last - self._first)

    def _minutes(self, x: float) -> int:
        room = max(1, self.width() - scaled(_LEFT) - scaled(8))
        return round(self._first + (x - scaled(_LEFT)) * (self._last - self._first) / room)


class _Hours(_Frame):
    """The numbers above the bars."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(scaled(_SCALE))
        self._small = font(11, tabular=True)

    def show_frame(self, first: int, last: int) -> None:
        self._first, self._last = first, last
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(self._small)
        painter.setPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
        metrics = QFontMetrics(self._small)
        every = 2 if self._last - self._first <= 16 * 60 else 4
        for hour in range(self._first // 60, self._last // 60 + 1, every):
            width = metrics.horizontalAdvance(str(hour))
            left = min(round(self._x(hour * 60) - width / 2), self.width() - width)
            area = QRect(left, 0, width + 2, self.height())
            painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, str(hour))


class _Bar(_Frame):
    """One day. `edge_moved` with day, span, minutes and whether it is the closing; `settled` once let go."""

    edge_moved = Signal(int, int, int, bool)
    switch_requested = Signal(int)
    walk_requested = Signal(int, int)
    settled = Signal()

    def __init__(self, day: int) -> None:
        super().__init__()
        self._day = day
        self.spans: tuple[Span, ...] = ()
        self._held: tuple[int, bool] | None = None
        self._name, self._words = font(13, MEDIUM), font(12, MEDIUM, tabular=True)
        self.setFixedHeight(scaled(_DAY))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)

    def show_day(self, spans: tuple[Span, ...], first: int, last: int) -> None:
        """Show a day's hours."""
        self.spans, self._first, self._last = spans, first, last
        self.setAccessibleName(f"{_LONG[self._day]}: {day_hours(spans)}")
        self.update()

    # ---- keys and mouse

    def keyPressEvent(self, event: QKeyEvent) -> None:
        by = {Qt.Key.Key_Left: -STEP, Qt.Key.Key_Right: STEP}.get(Qt.Key(event.key()), 0)
        walk = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
        if by and self.spans:
            is_end = not event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            place = len(self.spans) - 1 if is_end else 0
            edge = self.spans[place].end if is_end else self.spans[place].start
            self.edge_moved.emit(self._day, place, max(0, min(MIDNIGHT, edge + by)), is_end)
            self.settled.emit()
        elif walk:
            self.walk_requested.emit(self._day, walk)
        elif event.key() == Qt.Key.Key_Space:
            self.switch_requested.emit(self._day)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._held = self._edge_at(event.position())
        if self._held is None and not self.spans:
            self.switch_requested.emit(self._day)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        is_edge = self._held is not None or self._edge_at(event.position()) is not None
        self.setCursor(Qt.CursorShape.SizeHorCursor if is_edge else Qt.CursorShape.ArrowCursor)
        if self._held is not None:
            place, is_end = self._held
            minutes = max(self._first, min(self._last, self._minutes(event.position().x())))
            self.edge_moved.emit(self._day, place, minutes, is_end)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._held is not None:
            self._held = None
            self.settled.emit()

    def _edge_at(self, point: QPointF) -> tuple[int, bool] | None:
        for place, span in enumerate(self.spans):
            for edge, is_end in ((span.start, False), (span.end, True)):
                if abs(self._x(edge) - point.x()) <= scaled(_GRIP):
                    return place, is_end
        return None

    # ---- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = self.palette()
        ink, dim = (
            colours.color(r) for r in (QPalette.ColorRole.WindowText, QPalette.ColorRole.PlaceholderText)
        )
        painter.setFont(self._name)
        painter.setPen(ink)
        painter.drawText(
            QRect(0, 0, scaled(_LEFT), self.height()), Qt.AlignmentFlag.AlignVCenter, _NAMES[self._day]
        )
        track = QRectF(scaled(_LEFT), 1, self.width() - scaled(_LEFT) - scaled(8), self.height() - 2)
        painter.setPen(QPen(ink, 2) if self.hasFocus() else Qt.PenStyle.NoPen)
        painter.setBrush(colours.color(QPalette.ColorRole.AlternateBase))
        painter.drawRoundedRect(track, 4, 4)
        painter.setFont(self._words)
        if not self.spans:
            painter.setPen(dim)
            painter.drawText(track, Qt.AlignmentFlag.AlignCenter, "closed")
        for span in self.spans:
            self._paint_span(painter, span, colours.color(QPalette.ColorRole.Mid), ink)

    def _paint_span(self, painter: QPainter, span: Span, ground: QColor, ink: QColor) -> None:
        left, right = self._x(span.start), self._x(span.end)
        area = QRectF(left, 2, right - left, self.height() - 4)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawRoundedRect(area, 4, 4)
        words = day_hours((span,))
        if QFontMetrics(self._words).horizontalAdvance(words) < area.width() - 4:
            painter.setPen(ink)
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter, words)

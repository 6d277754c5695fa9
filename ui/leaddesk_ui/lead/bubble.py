"""One thing of the conversation: a mail, a call, a note, a decision."""

from __future__ import annotations

from datetime import datetime, timedelta, tzinfo

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from leaddesk.rules.when import clock_words
from leaddesk.words.lead import Channel, Direction, How
from leaddesk.words.outgoing import OutgoingState, Resolution
from leaddesk.words.views import TimelineItem
from leaddesk_ui.buttons import button, word
from leaddesk_ui.fonts import DEMI, REGULAR, scaled
from leaddesk_ui.layout import column, frame, row
from leaddesk_ui.prose import Prose
from leaddesk_ui.text import elided, label
from leaddesk_ui.theme import Theme
from leaddesk_ui.times import at_words

_SOON = timedelta(seconds=70)
"""The time for undo, at its longest: what goes out then was not sent for later."""
_ON_ITS_WAY = {
    OutgoingState.APPROVED: "On its way.",
    OutgoingState.QUEUED: "Goes out by itself.",
    OutgoingState.CLAIMED: "Going out now.",
    OutgoingState.COMMITTING: "Going out now.",
    OutgoingState.DEFERRED: "The server asked to wait; it is tried again by itself.",
}
_CHANNELS = {
    Channel.CALL: "call",
    Channel.TEXT: "text",
    Channel.WHATSAPP: "WhatsApp",
    Channel.VISIT: "visit",
    Channel.FORM: "form",
}


class Dashed(QFrame):
    """What is automatic looks automatic: a dashed outline, 5 on and 4 off."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        theme.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(QColor(self._theme.tokens.dim), 1)
        pen.setDashPattern([5, 4])
        painter.setPen(pen)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 12, 12)


class Bubble(QFrame):
    """A surface with who and when on its first line, then what was said. Unsure mail asks what to do."""

    resolved = Signal(int, Resolution)
    taken_back = Signal(int)

    def __init__(self, item: TimelineItem, now: datetime, zone: tzinfo) -> None:
        super().__init__()
        self.item = item
        self.setProperty("ground", "mine" if item.direction is Direction.OUT else "quiet")
        self.setObjectName("bubble")
        self.setAccessibleName(f"{item.headline}. {item.text}")
        self._lines: QVBoxLayout = column(margins=(14, 8, 14, 9), space=3)
        self._build(item, now, zone)
        self.setLayout(self._lines)

    def _build(self, item: TimelineItem, now: datetime, zone: tzinfo) -> None:
        self._lines.addLayout(head_line(item, now, zone))
        if item.text:
            self._lines.addWidget(Prose(item.text))
        if item.outgoing is not None:
            self._add_outgoing(item, item.outgoing, now, zone)

    def add_under(self, part: QFrame) -> None:
        """Put something under the text, as the files of a mail."""
        self._lines.addSpacing(scaled(4))
        self._lines.addWidget(part)

    def _add_outgoing(self, item: TimelineItem, outgoing: int, now: datetime, zone: tzinfo) -> None:
        state = item.outgoing_state
        if state is OutgoingState.UNSURE:
            self._lines.addWidget(self._unsure(item, outgoing))
        elif state is OutgoingState.REFUSED:
            self._lines.addWidget(_inset("This was not sent.", item.outgoing_why, danger=True))
        elif state is OutgoingState.QUEUED and item.outgoing_at is not None and item.outgoing_at > now:
            self._lines.addLayout(self._waiting(item.outgoing_at, outgoing, now, zone))
        elif state in _ON_ITS_WAY:
            self._lines.addWidget(label(item.outgoing_why or _ON_ITS_WAY[state], 12, ink="dim", wrap=True))

    def _waiting(self, at: datetime, outgoing: int, now: datetime, zone: tzinfo) -> QHBoxLayout:
        words = f"Goes out {clock_words(at, now, zone)}; not if they write first."
        if at - now < _SOON:
            words = _ON_ITS_WAY[OutgoingState.QUEUED]
        line = row()
        line.addWidget(label(words, 12, ink="dim", wrap=True), 1)
        line.addWidget(word("Take it back", lambda: self.taken_back.emit(outgoing)))
        return line

    def _unsure(self, item: TimelineItem, outgoing: int) -> QFrame:
        why = item.outgoing_why or "The connection broke at the last moment. Checking your Sent folder."
        inset = _inset("We are not sure this arrived.", why)
        lines = inset.layout()
        buttons = row(
            button("It arrived", "", lambda: self.resolved.emit(outgoing, Resolution.ARRIVED)),
            button("Send again", "", lambda: self.resolved.emit(outgoing, Resolution.AGAIN)),
            button("Drop", "", lambda: self.resolved.emit(outgoing, Resolution.DROP)),
            None,
            margins=(0, 8, 0, 4),
        )
        if isinstance(lines, QVBoxLayout):
            lines.addLayout(buttons)
        return inset


class Automatic(Dashed):
    """The holding message and its like: dashed and grey; its headline says that it is automatic."""

    def __init__(self, item: TimelineItem, now: datetime, zone: tzinfo, theme: Theme) -> None:
        super().__init__(theme)
        self.setObjectName("automatic")
        self.setAccessibleName(f"{item.headline}. {item.text}")
        lines = column(head_line(item, now, zone), margins=(14, 8, 14, 9), space=3)
        if item.text:
            lines.addWidget(Prose(item.text, ink="dim"))
        self.setLayout(lines)


class Decided(QFrame):
    """A decision or a note: one quiet line, with its text under it."""

    def __init__(self, item: TimelineItem, now: datetime, zone: tzinfo) -> None:
        super().__init__()
        self.setProperty("ground", "clear")
        self.setObjectName("decided")
        self.setAccessibleName(f"{item.headline}. {item.text}")
        lines = column(head_line(item, now, zone, quiet=True), margins=(14, 2, 14, 2), space=2)
        if item.text:
            lines.addWidget(Prose(item.text, 13, "dim"))
        self.setLayout(lines)


def head_line(item: TimelineItem, now: datetime, zone: tzinfo, *, quiet: bool = False) -> QVBoxLayout:
    """Who, by which way, and when."""
    words = item.headline
    if item.channel in _CHANNELS and item.channel.value not in words.lower():
        words = f"{words} · {_CHANNELS[item.channel]}"
    entered = " (entered)" if item.how is How.ENTERED and item.direction is Direction.OUT else ""
    who = elided(words, 12, REGULAR if quiet else DEMI, "dim" if quiet else "text")
    line = row()
    line.addWidget(who, 1)
    line.addWidget(label(at_words(item.at, now, zone) + entered, 12, ink="dim", tabular=True))
    return column(line)


def _inset(title: str, why: str, *, danger: bool = False) -> QFrame:
    lines = column(
        label(title, 13, DEMI, "danger" if danger else "text"),
        label(why, 13, ink="dim", wrap=True),
        margins=(14, 8, 14, 8),
        space=2,
    )
    return frame("inset", lines, "inset")

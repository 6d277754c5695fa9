"""The conversation, oldest first: a bubble a thing, the newest ones built, older ones on a word."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from leaddesk.words.lead import Direction
from leaddesk.words.mail import Attachment
from leaddesk.words.outgoing import Resolution
from leaddesk.words.views import LeadView, TimelineItem
from leaddesk_ui.buttons import word
from leaddesk_ui.fonts import scaled
from leaddesk_ui.layout import column, empty, row, scrolling
from leaddesk_ui.tasks import Tasks
from leaddesk_ui.text import elided, label
from leaddesk_ui.theme import Theme

from .attachments import FilesOfMail
from .bubble import Automatic, Bubble, Decided

if TYPE_CHECKING:
    from leaddesk_ui.needs import Clock, Receive

_SHOWN = 30
_WIDE = 640


class Timeline(QWidget):
    """Scrolls to the newest; says what the person asked of a mail in it."""

    resolved = Signal(int, Resolution)
    taken_back = Signal(int)
    open_requested = Signal(int, int)
    save_requested = Signal(int)

    def __init__(self, clock: Clock, receive: Receive, tasks: Tasks, theme: Theme) -> None:
        super().__init__()
        self._clock, self._receive, self._tasks, self._theme = clock, receive, tasks, theme
        self._content = QWidget()
        self._place = QVBoxLayout(self._content)
        self._place.setContentsMargins(0, 0, 0, 0)
        self._place.setSpacing(scaled(8))
        self.area: QScrollArea = scrolling(self._content)
        self._view: LeadView | None = None
        self._day: date | None = None
        self._shown = _SHOWN
        self._files: list[FilesOfMail] = []
        self._follows = True
        whole = column(margins=0)
        whole.addWidget(self.area)
        self.setLayout(whole)
        self.area.verticalScrollBar().rangeChanged.connect(self._on_range)

    def open_file(self) -> None:
        """Ask to open the file with the focus, else the first of the newest files that they sent."""
        if self._files:
            self._files[-1].open_first()

    def save_files(self) -> None:
        """Ask to save the newest files that they sent."""
        if self._files:
            self._files[-1].save_all()

    def files_of(self, mail: int) -> tuple[Attachment, ...]:
        """The files of one mail of this conversation."""
        return next((shown.files for shown in self._files if shown.mail == mail), ())

    def show_lead(self, view: LeadView) -> None:
        """Show a conversation, its newest part first in sight."""
        same = self._view is not None and self._view.lead == view.lead
        is_told = same and self._view is not None and self._view.timeline == view.timeline
        if is_told and not self.is_of_another_day:
            return
        self._view = view
        self._shown = self._shown if same else _SHOWN
        self._follows = True
        self._rebuild(view)

    @property
    def is_of_another_day(self) -> bool:
        """Midnight has passed since it was shown: what it calls yesterday is the day before."""
        return self._day is not None and self._day != self._today()

    def keep_in_sight(self) -> None:
        """Show the beginning of what they wrote last, as for somebody who answers it."""
        self._follows = False
        QTimer.singleShot(0, self, self._show_last_word)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._indent()

    def _show_last_word(self) -> None:
        theirs = [one for one in self._content.findChildren(Bubble) if one.item.direction is Direction.IN]
        if theirs:
            self.area.verticalScrollBar().setValue(theirs[-1].y())

    def _rebuild(self, view: LeadView) -> None:
        self._files.clear()
        empty(self._place)
        hidden = len(view.timeline) - self._shown
        if hidden > 0:
            self._place.addWidget(word(f"Show {hidden} earlier", self._show_all))
        now, self._day = self._clock.now(), self._today()
        for item in view.timeline[max(0, hidden) :]:
            self._place.addLayout(self._line(item, now, view))
        self._place.addStretch()
        self._indent()

    def _today(self) -> date:
        return self._clock.now().astimezone(self._clock.zone()).date()

    def _line(self, item: TimelineItem, now: datetime, view: LeadView) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(0)
        if item.direction is Direction.OUT and not item.automatic:
            line.addSpacing(self._indentation())
        line.addWidget(self._part(item, now, view))
        return line

    def _part(self, item: TimelineItem, now: datetime, view: LeadView) -> QFrame:
        zone = self._clock.zone()
        if item.automatic:
            return Automatic(item, now, zone, self._theme)
        if item.direction is None:
            return Decided(item, now, zone)
        bubble = Bubble(item, now, zone)
        bubble.resolved.connect(self.resolved)
        bubble.taken_back.connect(self.taken_back)
        if fields := _fields_of(item, view):
            bubble.add_under(FormFields(fields))
        if item.attachments and item.mail is not None:
            bubble.add_under(self._show_files(item.mail, item))
        return bubble

    def _show_files(self, mail: int, item: TimelineItem) -> FilesOfMail:
        files = FilesOfMail(mail, item.attachments, self._theme)
        files.open_requested.connect(self.open_requested)
        files.save_requested.connect(self.save_requested)
        files.load(self._receive, self._tasks)
        self._files.append(files)
        return files

    def _show_all(self) -> None:
        if self._view is not None:
            self._shown = len(self._view.timeline)
            self._follows = False
            self._rebuild(self._view)

    def _indentation(self) -> int:
        return scaled(56 if self.width() >= scaled(_WIDE) else 28)

    def _indent(self) -> None:
        for place in range(self._place.count()):
            line = self._place.itemAt(place)
            inner = line.layout() if line else None
            if isinstance(inner, QHBoxLayout) and inner.count() > 1 and (gap := inner.itemAt(0)):
                spacer = gap.spacerItem()
                if spacer is not None:
                    spacer.changeSize(self._indentation(), 1)
                    inner.invalidate()

    def _on_range(self) -> None:
        if self._follows:
            bar = self.area.verticalScrollBar()
            bar.setValue(bar.maximum())
            QTimer.singleShot(300, self, self._stop_following)

    def _stop_following(self) -> None:
        self._follows = False


class FormFields(QFrame):
    """What a form asked besides the message, a line each."""

    def __init__(self, fields: tuple[tuple[str, str], ...]) -> None:
        super().__init__()
        self.setProperty("ground", "clear")
        lines = column(space=2)
        for name, value in fields[:20]:
            line = row(label(name, 12, ink="dim"))
            line.addWidget(elided(value, 13), 1)
            lines.addLayout(line)
        self.setLayout(lines)


def _fields_of(item: TimelineItem, view: LeadView) -> tuple[tuple[str, str], ...]:
    return next((one.fields for one in view.enquiries if one.enquiry == item.enquiry), ())

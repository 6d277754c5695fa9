"""What the window makes of the news: what must be read again, what is told, what is heard."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from leaddesk.words.news import (
    AccountsChanged,
    AlertRaised,
    ConnectionChanged,
    FirstSyncDone,
    LeadChanged,
    News,
    OutgoingChanged,
    SettingsChanged,
    TroubleChanged,
)
from leaddesk.words.settings import ALERT_SOUND, THEME

if TYPE_CHECKING:
    from .needs import Desk
    from .tasks import Tasks

_STANDING = {TroubleChanged, ConnectionChanged, AccountsChanged}


class Hearing(QObject):
    """Turns a batch of news into wishes; knows no page."""

    queue_is_stale = Signal()
    leads_are_stale = Signal(set)
    standing_is_stale = Signal()
    """Troubles and connections."""
    said = Signal(str)
    alerted = Signal()
    theme_chosen = Signal(str)

    def __init__(
        self, desk: Desk, tasks: Tasks, failed: Callable[[Exception], None], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._desk, self._tasks, self._failed = desk, tasks, failed

    def take(self, batch: tuple[News, ...]) -> None:
        """Hear a batch of news."""
        self.queue_is_stale.emit()
        self.leads_are_stale.emit(
            {one.lead for one in batch if isinstance(one, LeadChanged | OutgoingChanged)}
        )
        if {type(one) for one in batch} & _STANDING:
            self.standing_is_stale.emit()
        for one in batch:
            self._take(one)

    def _take(self, one: News) -> None:
        config = self._desk.config
        match one:
            case FirstSyncDone(enquiries=count, answered=answered):
                self.said.emit(f"The last 72 hours were read: {_found(count, count - answered)}.")
            case AlertRaised(shown_by=shown_by, sound_made=sound_made):
                self.alerted.emit()
                if shown_by is None or not sound_made:
                    self._tasks.run(lambda: config.get(ALERT_SOUND), _sound_if, self._failed)
            case SettingsChanged(key=THEME.key):
                self._tasks.run(lambda: config.get(THEME), self.theme_chosen.emit, self._failed)


def _found(count: int, waiting: int) -> str:
    """What the first hours brought: '12 enquiries, 3 without an answer'."""
    if not count:
        return "nobody enquired"
    enquiries = "one enquiry" if count == 1 else f"{count} enquiries"
    return f"{enquiries}, {waiting or 'none'} without an answer"


def _sound_if(wanted: bool) -> None:
    """No desktop showed the alert, or none with a sound: we make it."""
    if wanted:
        from .sound import play_alert  # noqa: PLC0415 - only where notifications are silent

        play_alert()

"""The check-up: what works here, what does not, and what to do about it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QWidget

from leaddesk_ui.buttons import button
from leaddesk_ui.fonts import DEMI, MEDIUM, scaled
from leaddesk_ui.icons import pixmap
from leaddesk_ui.layout import column, empty, row
from leaddesk_ui.tasks import Tasks
from leaddesk_ui.text import label, picture
from leaddesk_ui.theme import Theme

if TYPE_CHECKING:
    from leaddesk_ui.needs import Check, Health

_NAMES = {
    "database": "Data",
    "keyring": "Keyring",
    "notifier": "Notifications",
    "imap": "Reading mail",
    "smtp": "Sending mail",
    "clock": "Clock",
    "disk": "Disk",
}


class CheckUp(QWidget):
    """Asks the doctor in a thread of its own and shows each line as it comes."""

    def __init__(
        self, health: Health, tasks: Tasks, theme: Theme, failed: Callable[[Exception], None]
    ) -> None:
        super().__init__()
        self._health, self._tasks, self._theme, self._failed = health, tasks, theme, failed
        self._lines = column(space=8)
        self._again = button("Check again", "", self.begin)
        whole = column(self._lines, 8, row(self._again, None))
        whole.addStretch()
        self.setLayout(whole)

    def begin(self) -> None:
        """Check everything, one line after the other."""
        empty(self._lines)
        self._again.setEnabled(False)
        health = self._health

        def job(say: Callable[[Check], None]) -> None:
            for check in health.doctor():
                say(check)

        self._tasks.run_apart(job, self._show, self._on_done, self._on_broke)

    def _show(self, check: Check) -> None:
        self._lines.addWidget(_line(check, self._theme))

    def _on_done(self, _: None) -> None:
        self._again.setEnabled(True)

    def _on_broke(self, error: Exception) -> None:
        self._again.setEnabled(True)
        self._failed(error)


def _line(check: Check, theme: Theme) -> QFrame:
    mark = picture()
    ink = theme.tokens.good if check.ok else theme.tokens.danger
    mark.setPixmap(pixmap("check" if check.ok else "cross", scaled(16), ink))
    name = label(_NAMES.get(check.check, check.check), 14, DEMI if not check.ok else MEDIUM)
    name.setFixedWidth(scaled(140))
    words = column(label(check.detail, 13, wrap=True), space=2)
    if check.mend:
        words.addWidget(label(check.mend, 13, ink="dim", wrap=True))
    line = row(mark, name, margins=(14, 10, 14, 10))
    line.addLayout(words, 1)
    made = QFrame()
    made.setProperty("ground", "card")
    made.setAccessibleName(f"{name.text()}: {'well' if check.ok else 'not well'}. {check.detail}")
    made.setLayout(line)
    return made

"""Closing the window: asked once whether to keep watching in the tray, and never over an answer unkept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from leaddesk.words.settings import CLOSE_ACTION

from .ask import Answer, ask
from .tasks import Tasks

if TYPE_CHECKING:
    from .needs import Config


class Leaving:
    """Knows what closing means here: hide into the tray, or end."""

    def __init__(self, config: Config, tasks: Tasks, choice: str) -> None:
        self._config, self._tasks = config, tasks
        self.choice = choice

    def ends(self, window: QWidget, has_tray: bool) -> bool | None:
        """True to end, False to hide into the tray, None to stay as we are."""
        if not has_tray or self.choice == "quit":
            return True
        if self.choice == "tray":
            return False
        answer = ask(
            window,
            "Keep watching for enquiries?",
            "In the tray LeadDesk goes on watching and alerts you. When it ends, enquiries are not watched.",
            "Keep watching",
            "End LeadDesk",
            careful=Answer.YES,
        )
        if answer is Answer.LEFT:
            return None
        self._remember("tray" if answer is Answer.YES else "quit")
        return answer is Answer.NO

    def _remember(self, choice: str) -> None:
        self.choice = choice
        self._tasks.run(lambda: self._config.set(CLOSE_ACTION, choice), lambda _: None)


def may_end_without(window: QWidget, unkept: tuple[str, ...]) -> bool:
    """Ask whether to end though the answers to these people could not be kept."""
    answer = ask(
        window,
        f"Your answer to {' and '.join(unkept)} could not be kept.",
        "If LeadDesk ends now, what you wrote is lost. Stay, make room on the disk, and end it then.",
        "End all the same",
        "Stay",
    )
    return answer is Answer.YES

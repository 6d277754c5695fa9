"""The demo without a display: the same window, offscreen, with an invisible person at its keyboard.

Prints what happens and the path of each screenshot, and ends by itself.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtTest import QTest

from leaddesk.words.news import AlertRaised, EnquiryArrived, News, OutgoingChanged, ReplyArrived
from leaddesk.words.outgoing import OutgoingState

from . import app
from .bridge import Bridge
from .face import Face
from .needs import Desk
from .window import Window

_ANSWER = "Yes, that is just our kind of work.\nMay I ring you tomorrow morning?\n"
_SIZE = (1280, 800)
_LONGEST_MS = 90_000
_SETTLE_MS = 700


def run_offscreen(
    argv: Sequence[str], profile: Path, opener: Callable[[], Desk], received: Callable[[], int]
) -> int:
    """Plays the demo once. `received` tells how many mails of ours the sink has taken."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    pictures = Path(tempfile.mkdtemp(prefix="leaddesk-demo-pictures-"))
    print("No display here, so the demo plays by itself, offscreen.", flush=True)
    plays: list[Play] = []

    def began(face: Face) -> None:
        plays.append(Play(face, pictures, received))

    code = app.run(argv, profile, opener=opener, demo=True, began=began)
    return code or (0 if plays and plays[0].is_told else 1)


class Play(QObject):
    """One enquiry, answered from the keyboard, and the customer's answer."""

    def __init__(self, face: Face, pictures: Path, received: Callable[[], int]) -> None:
        super().__init__(face)
        self._face, self._pictures, self._received = face, pictures, received
        self._lead: int | None = None
        self._desk: Desk | None = None
        self._size = 0
        self.is_told = False
        """The whole story was told: enquiry, alert, reply, answer."""
        face.opened.connect(self._on_opened)
        QTimer.singleShot(_LONGEST_MS, self, self._end)

    @property
    def _window(self) -> Window:
        return self._face.window

    def _on_opened(self, desk: Desk) -> None:
        self._desk = desk
        self._window.resize(*_SIZE)
        self._bridge = Bridge(desk.bus.subscribe, self)
        self._bridge.news.connect(self._on_news)
        self._later(lambda: self._picture("today", "The queue, as it opens"))

    def _on_news(self, batch: tuple[News, ...]) -> None:
        for item in batch:
            match item:
                case EnquiryArrived(lead=lead) if self._lead is None:
                    self._lead = lead
                    self._say("A new enquiry landed in the Maildir and stands in the queue.")
                    self._later(lambda: self._picture("enquiry", "It waits, with its timer running"))
                    self._later(self._answer, 2)
                case AlertRaised(lead=lead) if lead == self._lead:
                    told = item.shown_by or "nobody: there is no desktop here, so the window says it"
                    self._say(f"An alert was raised; shown by {told}.")
                case OutgoingChanged(lead=lead, state=OutgoingState.SENT) if lead == self._lead:
                    self._later(self._tell_response)
                case ReplyArrived(lead=lead) if lead == self._lead:
                    self._say("The customer answered, and it came back to the same lead.")
                    self._later(lambda: self._picture("answered", "The conversation, and whose turn it is"))
                    self._later(self._finish, 2)

    def _answer(self) -> None:
        """R opens the composer; Ctrl+Enter sends, as a person would."""
        assert self._lead is not None
        self._window.reply_to(self._lead)
        self._later(self._write, 2)

    def _write(self) -> None:
        paper = self._window.lead.answering.composer.paper
        cursor = paper.textCursor()
        cursor.insertText(_ANSWER)
        self._picture("reply", "A person writes the answer")
        QTest.keyClick(paper, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        self._say("The reply is approved with Ctrl+Enter; it leaves in ten seconds unless it is undone.")

    def _tell_response(self) -> None:
        view = self._window.lead.view
        first = view.enquiries[-1].first_response if view is not None else None
        after = f"{first.after.total_seconds():.0f} s after they wrote" if first else "not counted"
        self._say(f"Sent through the real outbox ({self._received()} in the sink). First response: {after}.")

    def _finish(self) -> None:
        self._window.theme.choose("dark")
        self._later(lambda: self._picture("answered-dark", "The same in the dark"))
        self.is_told = True
        self._later(self._end, 2)

    def _end(self) -> None:
        if not self.is_told:
            self._say("The demo did not come to its end in time.")
        self._face.end()

    def _picture(self, name: str, what: str) -> None:
        file = self._pictures / f"{name}.png"
        self._window.grab().save(str(file))
        self._say(f"{what}: {file}")

    def _later(self, then: Callable[[], None], times: int = 1) -> None:
        QTimer.singleShot(_SETTLE_MS * times, self, then)

    def _say(self, sentence: str) -> None:
        desk = self._desk
        clock = f"{desk.clock.now().astimezone(desk.clock.zone()):%H:%M:%S}  " if desk is not None else ""
        print(clock + sentence, flush=True)

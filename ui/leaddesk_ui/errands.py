"""What the window asks of the desk for a person: rescue, undo, the next lead, a mail for another program."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from leaddesk.words.outgoing import Handover, OutgoingState
from leaddesk.words.settings import AUTOSTART
from leaddesk.words.views import Undone

from .links import copy, open_link
from .tasks import Tasks

if TYPE_CHECKING:
    from .needs import Desk


class Errands(QObject):
    """Tells what came of it by signals; knows no page."""

    said = Signal(str, bool)
    """A sentence, and whether it can be taken back."""
    changed = Signal()
    lead_wanted = Signal(int)
    nobody_left = Signal()

    def __init__(
        self, desk: Desk, tasks: Tasks, failed: Callable[[Exception], None], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._desk, self._tasks, self._failed = desk, tasks, failed
        self._rescued: int | None = None

    def rescue(self, mail: int) -> None:
        """Make an enquiry of a mail that is none."""

        def rescued(lead: int) -> None:
            self._rescued = mail
            self.said.emit("Rescued: it is an enquiry now.", True)
            self.changed.emit()
            self.lead_wanted.emit(lead)

        self._tasks.run(lambda: self._desk.receive.rescue(mail), rescued, self._failed)

    def forget_rescue(self) -> None:
        """Something else was done since: undo is the desk's again."""
        self._rescued = None

    def undo(self) -> None:
        """Take back the last thing that a person did."""
        if self._rescued is None:
            self._tasks.run(lambda: self._desk.decide.undo(), self._on_undone, self._failed)  # noqa: PLW0108 - made in the task
            return
        mail, self._rescued = self._rescued, None
        self._tasks.run(lambda: self._desk.receive.sort_away(mail), self._on_put_back, self._failed)

    def next_after(self, lead: int) -> None:
        """Find whoever waits next."""
        queue = self._desk.queue
        self._tasks.run(lambda: queue.next_after(lead), self._on_next, self._failed)

    def lead_of(self, outgoing: int) -> None:
        """Find the lead of a mail that may not have arrived."""

        def find() -> int | None:
            unsure = self._desk.reply.outbox(OutgoingState.UNSURE)
            return next((one.lead for one in unsure if one.id == outgoing), None)

        self._tasks.run(find, self._on_found, self._failed)

    def open_elsewhere(self, account: int) -> None:
        """Hand the next mail that waits in a mailbox over to the person's own mail program."""

        def take() -> Handover | None:
            reply = self._desk.reply
            waiting = [one for one in reply.outbox(OutgoingState.QUEUED) if one.account == account]
            return reply.open_elsewhere(waiting[0].id) if waiting else None

        self._tasks.run(take, self._on_handed_over, self._failed)

    def start_at_login(self, on: bool) -> None:
        """Start LeadDesk in the tray when the person signs in to this computer, or not."""
        config = self._desk.config
        word = AUTOSTART.write(on)
        self._tasks.run(lambda: config.set(AUTOSTART, word), lambda _: None, self._failed)

    def _on_handed_over(self, handover: Handover | None) -> None:
        if handover is None:
            self.said.emit("Nothing waits there any more.", False)
            return
        came_up = open_link(handover.url)
        if not (came_up and handover.is_whole):
            copy(handover.text)
        self.said.emit(_handed_over(came_up=came_up, is_whole=handover.is_whole), False)
        self.changed.emit()

    def _on_undone(self, undone: Undone) -> None:
        self.said.emit(_taken_back(undone), False)
        self.changed.emit()
        if undone.lead:
            self.lead_wanted.emit(undone.lead)

    def _on_put_back(self, _: None) -> None:
        self.said.emit("Taken back: it is no lead.", False)
        self.changed.emit()

    def _on_next(self, lead: int | None) -> None:
        if lead is None:
            self.nobody_left.emit()
        else:
            self.lead_wanted.emit(lead)

    def _on_found(self, lead: int | None) -> None:
        if lead is not None:
            self.lead_wanted.emit(lead)


def _taken_back(undone: Undone) -> str:
    """Whom and what: the page may show somebody else by now."""
    if not undone.name:
        return f"Taken back: {undone.did}."
    return f"Taken back for {undone.name}: {undone.did[:1].lower()}{undone.did[1:]}."


def _handed_over(*, came_up: bool, is_whole: bool) -> str:
    if not came_up:
        return "No mail program came up. Your text is copied: paste it into a mail of your own."
    if not is_whole:
        return (
            "It is open in your mail program. Your text is too long for that and is copied: paste it there."
        )
    return "It is open in your mail program. Once you sent it there, it is found in Sent and counts."

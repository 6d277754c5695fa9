"""Teaching from the window: asks the desk what can be said of mails like one, and says it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from leaddesk.words.errors import LeadDeskError
from leaddesk.words.teaching import Lesson, Offer, Offers

from .sheet import SheetHost
from .tasks import Failed, Tasks

if TYPE_CHECKING:
    from .needs import Desk
    from .teach_sheet import TeachSheet


class Teaching(QObject):
    """Opens the sheet at once and fills it when the past has been read. `done` has a sentence."""

    done = Signal(str, bool)

    def __init__(self, desk: Desk, tasks: Tasks, host: SheetHost) -> None:
        super().__init__(host)
        self._desk, self._tasks, self._host = desk, tasks, host

    def by_mail(self, mail: int) -> None:
        """Teach by one mail."""
        self._open(lambda: self._desk.teach.offers(mail))

    def by_lead(self, lead: int) -> None:
        """Teach by the mail of a lead's newest enquiry."""

        def look() -> Offers:
            teach = self._desk.teach
            return teach.offers(teach.mail_of(lead))

        self._open(look)

    def show(self, offers: Offers) -> None:
        """Show offers that were read already."""
        self._sheet().show_offers(offers)

    def _open(self, look: Callable[[], Offers]) -> None:
        sheet = self._sheet()

        def show(offers: Offers) -> None:
            if self._host.sheet is sheet:
                sheet.show_offers(offers)
                sheet.accepted.connect(lambda offer, back: self._accept(offers.mail, offer, back=back))

        self._tasks.run(look, show, self._told_on(sheet))

    def _sheet(self) -> TeachSheet:
        from .teach_sheet import TeachSheet  # noqa: PLC0415 - seldom seen: not part of the start

        clock = self._desk.clock
        sheet = TeachSheet(clock.now(), clock.zone())
        self._host.open(sheet)
        return sheet

    def _told_on(self, sheet: TeachSheet) -> Failed:
        def tell(error: Exception) -> None:
            if not isinstance(error, LeadDeskError):
                raise error
            if self._host.sheet is sheet:
                sheet.show_failure(error.whole)

        return tell

    def _accept(self, mail: int, offer: Offer, *, back: bool) -> None:
        self._host.close_sheet()
        teach = self._desk.teach

        def said(lesson: Lesson) -> None:
            self.done.emit(f"Learned: {lesson.sentence}", True)

        self._tasks.run(lambda: teach.accept(mail, offer.trait, offer.taught, bring_back=back), said)

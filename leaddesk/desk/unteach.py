"""Taking back what was taught: a lesson counts no more, and what it moved stands where it stood."""

from __future__ import annotations

from leaddesk.desk.sorting import Sorting
from leaddesk.doors.clock import Clock
from leaddesk.doors.store import Store
from leaddesk.words.lead import Entry, Standing
from leaddesk.words.mail import Mail, Place
from leaddesk.words.teaching import Lesson, Moved, Taught
from leaddesk.words.views import Undone


class Unteach:
    """Undo of lessons."""

    def __init__(self, store: Store, clock: Clock, sorting: Sorting) -> None:
        self._store = store
        self._clock = clock
        self._sorting = sorting

    def newer_than(self, deed: Entry | None) -> Lesson | None:
        """The last lesson, where it was said after this last deed of the record."""
        lesson = self._store.lessons.newest()
        if lesson is None or (deed is not None and deed.id > lesson.last_entry):
            return None
        return lesson

    def take_back(self, lesson: Lesson) -> Undone:
        """In one transaction. What somebody has worked with since then stays where it is."""
        with self._store.transaction():
            self._store.lessons.take_back(lesson.id, self._clock.now())
            for moved in lesson.moved:
                mail = self._store.mails.get(moved.mail)
                if mail is not None:
                    self._back(mail, moved, lesson.taught)
        own = self._store.mails.get(lesson.mail) if lesson.mail is not None else None
        return Undone(did=lesson.sentence.rstrip("."), lead=(own.lead if own else None) or 0)

    def _back(self, mail: Mail, moved: Moved, taught: Taught) -> None:
        if taught is Taught.NO_ENQUIRY and mail.place is Place.NOT_A_LEAD:
            if moved.place is Place.ENQUIRY:
                self._sorting.bring_back(mail)
            else:
                self._store.mails.move(mail.id, moved.place, moved.why, moved.lead)
        elif taught is Taught.ENQUIRY and mail.place is Place.ENQUIRY and self._is_untouched(mail):
            self._sorting.sort_away(mail)
            self._store.mails.move(mail.id, moved.place, moved.why, mail.lead)

    def _is_untouched(self, mail: Mail) -> bool:
        """Nobody has answered the enquiry that it became."""
        lead = self._store.leads.get(mail.lead) if mail.lead is not None else None
        if lead is None:
            return False
        opened = {enquiry.id for enquiry in lead.enquiries if enquiry.mail == mail.id}
        return all(e.standing is Standing.WAITING for e in lead.state.enquiries if e.enquiry in opened)

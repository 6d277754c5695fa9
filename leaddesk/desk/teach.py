"""Teaching by one mail: what may be taught, with its effect on the past, and the deed itself.

X sorts one mail away. A lesson is about all mails like it; it is said of a mail, shown with what it would
have done, and only then kept. Nothing of the past moves but what stands in the grey group, or what the
person wants back.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from leaddesk.desk.people import People
from leaddesk.desk.receive import Ready, Receive
from leaddesk.desk.replay import Past, Replay
from leaddesk.desk.sorting import Sorting
from leaddesk.desk.teachable import Choice, Teachable
from leaddesk.desk.unteach import Unteach
from leaddesk.doors.clock import Clock
from leaddesk.doors.store import Store
from leaddesk.rules.teaching import sentence, why_nothing
from leaddesk.words.errors import Refused
from leaddesk.words.mail import Mail, Place, Reading
from leaddesk.words.teaching import Acquaintance, Learned, Lesson, Moved, Offer, Offers, Taught, Trait
from leaddesk.words.views import Undone

PAST = timedelta(days=90)


class Teach:
    """What a person says of mails that are alike."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        people: People,
        receive: Receive,
        replay: Replay,
        sorting: Sorting,
        unteach: Unteach,
    ) -> None:
        self._store = store
        self._clock = clock
        self._people = people
        self._receive = receive
        self._replay = replay
        self._teachable = Teachable(store, replay)
        self._sorting = sorting
        self._unteach = unteach

    # -- looked at first

    def offers(self, mail: int) -> Offers:
        """What can be taught by this mail, each with its effect. May take seconds; changes nothing."""
        with self._store.session():
            return self._offers(self._mail(mail))

    def _offers(self, stored: Mail) -> Offers:
        reading = self._replay.read(stored)
        choices = list(self._teachable.choices(stored, reading))
        refusals = list(dict.fromkeys(choice.refusal for choice in choices if choice.refusal))
        if not choices:
            refusals = [why_nothing(stored.place, reading.kind, has_sender=bool(stored.from_email))]
        allowed = [choice for choice in choices if not choice.refusal]
        past = self._replay.past(stored, self._clock.now() - PAST) if allowed else Past((), is_whole=True)
        return Offers(
            mail=stored.id,
            name=stored.from_name or stored.from_email or "unknown sender",
            subject=stored.subject or stored.snippet,
            offers=tuple(self._offer(stored, reading, choice, past) for choice in allowed),
            refusals=tuple(refusals),
        )

    def mail_of(self, lead: int) -> int:
        """The mail of a lead's newest enquiry. Raises Refused where it did not come by mail."""
        found = self._store.leads.get(lead)
        if found is None:
            raise Refused(f"There is no lead {lead}.", "leaddesk queue shows those that wait.")
        newest = found.enquiries[-1].mail if found.enquiries else None
        if newest is None:
            raise Refused("This lead did not come by mail: there is nothing to teach by it.")
        return newest

    def lessons(self) -> tuple[Lesson, ...]:
        """What was taught and counts, the newest first."""
        return tuple(reversed(self._store.lessons.standing()))

    def acquaintances(self, limit: int = 50) -> tuple[Acquaintance, ...]:
        """Whom we wrote to before and who has no enquiry here, those first who wrote most in 90 days."""
        return tuple(self._store.mails.acquaintances(self._clock.now() - PAST, limit))

    # -- done

    def accept(self, mail: int, trait: Trait, taught: Taught, *, bring_back: bool = False) -> Lesson:
        """Keeps the lesson, and the mail itself goes where it says.

        `bring_back`: mails of the past that are enquiries by it come back into the queue, without an alert.
        All of it in one transaction. Raises Refused for what is not offered.
        """
        told = self.offers(mail)
        offer = next((o for o in told.offers if (o.trait, o.taught) == (trait, taught)), None)
        if offer is None:
            raise Refused(told.refusals[0] if told.refusals else "This cannot be taught by this mail.")
        lesson = self._lesson(self._mail(mail), offer, bring_back=bring_back)
        rescued = self._ready(lesson) if taught is Taught.ENQUIRY else []
        with self._store.transaction():
            made = self._store.lessons.add(lesson)
            if taught is Taught.NO_ENQUIRY:
                self._put_away(lesson)
            for each in rescued:
                self._receive.bring_in(each)
            self._store.lessons.close(made)
        return self._standing(made)

    def _ready(self, lesson: Lesson) -> list[Ready]:
        """Those who come back, read by the lesson that is about to be kept."""
        learned = self._learned(lesson.trait, lesson.key, lesson.taught)
        return [self._receive.ready(moved.mail, learned) for moved in lesson.moved]

    def undo(self, lesson: int) -> Undone:
        """Takes a lesson back, whatever was done since. Raises Refused where there is none."""
        return self._unteach.take_back(self._standing(lesson))

    # -- the parts of it

    def _offer(self, mail: Mail, reading: Reading, choice: Choice, past: Past) -> Offer:
        lesson = self._learned(choice.trait, choice.key, choice.taught)
        return Offer(
            trait=choice.trait,
            taught=choice.taught,
            key=choice.key,
            sentence=sentence(reading, choice.trait, choice.taught),
            alike=self._replay.alike(past, mail, lesson),
            days=PAST.days,
            is_whole=past.is_whole,
        )

    def _learned(self, trait: Trait, key: str, taught: Taught) -> Learned:
        return Learned(trait, key, taught, self._clock.now().astimezone(self._clock.zone()).date())

    def _lesson(self, mail: Mail, offer: Offer, *, bring_back: bool) -> Lesson:
        is_out = offer.taught is Taught.NO_ENQUIRY
        grey = [one.mail for one in offer.alike if one.place is Place.KNOWN]
        others = grey if is_out else [one.mail for one in offer.alike] if bring_back else []
        moves = (Place.ENQUIRY, Place.KNOWN) if is_out else (Place.NOT_A_LEAD, Place.KNOWN)
        return Lesson(
            trait=offer.trait,
            key=offer.key,
            taught=offer.taught,
            sentence=offer.sentence,
            at=self._clock.now(),
            by=self._people.me(),
            mail=mail.id,
            moved=_as_they_stand([mail, *map(self._mail, others)], moves),
        )

    def _put_away(self, lesson: Lesson) -> None:
        for moved in lesson.moved:
            if moved.place is Place.ENQUIRY:
                self._sorting.sort_away(self._mail(moved.mail))
            else:
                self._store.mails.move(moved.mail, Place.NOT_A_LEAD, [lesson.sentence], moved.lead)

    def _mail(self, mail: int) -> Mail:
        found = self._store.mails.get(mail)
        if found is None:
            raise Refused(f"There is no mail {mail}.")
        return found

    def _standing(self, lesson: int) -> Lesson:
        found = self._store.lessons.get(lesson)
        if found is None:
            raise Refused(f"There is no lesson {lesson}.", "leaddesk teach list shows them.")
        return found


def _as_they_stand(mails: Sequence[Mail], places: Sequence[Place]) -> tuple[Moved, ...]:
    return tuple(
        Moved(mail=one.id, place=one.place, why=one.why, lead=one.lead)
        for one in mails
        if one.place is not None and one.place in places
    )

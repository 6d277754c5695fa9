"""What a person teaches by one mail: which mails are meant, and whether they are enquiries from now on."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import date, datetime

from leaddesk.words.states import Place


class Trait(enum.StrEnum):
    """By what mails are alike, the narrowest first."""

    FORM = "form"
    """The same form of the same robot: its title and its labels."""
    SENDER = "sender"
    """A person's letters, by their address. Never a form that they fill in."""
    ROBOT = "robot"
    """All that a program's address sends."""


class Taught(enum.StrEnum):
    """What was said of mails that are alike."""

    ENQUIRY = "enquiry"
    NO_ENQUIRY = "no-enquiry"


@dataclass(frozen=True, slots=True)
class Learned:
    """A lesson as the reading of a mail needs it. `day` is the local day on which it was said."""

    trait: Trait
    key: str
    taught: Taught
    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """A mail that a lesson moved, and where it stood before."""

    mail: int
    place: Place
    why: tuple[str, ...]
    lead: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """What was taught, by whom and by which mail. `id` is 0 until the store has written it."""

    id: int = 0
    trait: Trait
    key: str
    taught: Taught
    sentence: str
    """What was said, as the person chose it."""
    at: datetime
    by: str
    mail: int | None
    moved: tuple[Moved, ...] = ()
    last_entry: int = 0
    """The newest entry of the record when it was said: undo takes back whatever is newer first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Alike:
    """A stored mail that a lesson would have judged otherwise."""

    mail: int
    at: datetime
    name: str
    email: str | None
    subject: str
    place: Place
    was_lead: bool
    """It opened a clock, and nobody said that it was no enquiry."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """One thing that can be taught by a mail, with what it would have done in the days before."""

    trait: Trait
    taught: Taught
    key: str
    sentence: str
    alike: tuple[Alike, ...]
    """Mails of the past that it would have judged otherwise, the newest first; never the mail itself."""
    days: int
    is_whole: bool = True
    """False where there were more mails than were looked at: only the newest were."""

    @property
    def effect(self) -> str:
        """The effect on the past in a sentence.

        >>> Offer(trait=Trait.FORM, taught=Taught.ENQUIRY, key="", sentence="", alike=(), days=90).effect
        'No other mail of the past 90 days is like this one.'
        """
        many = len(self.alike)
        if not many:
            return f"No other mail of the past {self.days} days is like this one."
        looked = "" if self.is_whole else " Only the newest were looked at."
        mails = "1 mail" if many == 1 else f"{many} mails"
        if self.taught is Taught.ENQUIRY:
            return f"{mails} of the past {self.days} days would have been an enquiry.{looked}"
        leads = sum(one.was_lead for one in self.alike)
        none = "it was never a lead" if many == 1 else "none of them was ever a lead"
        were = f"{leads} of them {'was a lead' if leads == 1 else 'were leads'}" if leads else none
        return f"It would have put away {mails} of the past {self.days} days; {were}.{looked}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Offers:
    """What can be taught by one mail, the narrowest first, and why some things cannot."""

    mail: int
    name: str
    subject: str
    offers: tuple[Offer, ...]
    refusals: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Acquaintance:
    """Somebody we wrote to before and who has no enquiry here, and how often they wrote."""

    name: str
    email: str
    mails: int
    newest: int
    """Their newest mail."""
    at: datetime


def lesson_words(learned: Learned) -> str:
    """Why a mail was judged so, as it stands with the mail.

    >>> lesson_words(Learned(Trait.SENDER, "a@b.example", Taught.NO_ENQUIRY, date(2026, 5, 3)))
    'You said on 3 May 2026 that mail like this is no enquiry.'
    """
    what = "an enquiry" if learned.taught is Taught.ENQUIRY else "no enquiry"
    day = f"{learned.day.day} {_MONTHS[learned.day.month - 1]} {learned.day.year}"
    return f"You said on {day} that mail like this is {what}."


_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip

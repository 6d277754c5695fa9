"""Whatever happens to a lead in whatever order: the engine's limits hold, and every plan comes to an end.

The record is told at random (fixed seeds); what must hold is worked out from the record's own lines, not by
the engine's parts.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import example, given, settings
from hypothesis import strategies as st

from leaddesk.rules.cadence.course import course_of
from leaddesk.rules.cadence.line import plan_line
from leaddesk.rules.cadence.wording import with_step
from leaddesk.rules.fold import fold
from leaddesk.words.cadence import After, Calendar, Course, End, Plan, Step
from leaddesk.words.due import Way
from leaddesk.words.hours import Hours, read_days, read_week
from leaddesk.words.lead import (
    Channel,
    Decision,
    Direction,
    Enquiry,
    Entry,
    Outcome,
    Person,
    Reached,
    Retraction,
    Touch,
    Turn,
    Verb,
)

ZONE = ZoneInfo("Europe/Berlin")
CALENDAR = Calendar(Hours(read_week("Mon-Fri 09:00-17:30"), read_days("2026-11-05")), ZONE)
ASKED = datetime(2026, 10, 23, 8, 0, tzinfo=UTC)  # a Friday; summer time ends on Sunday
OPENS, SHUTS = 9 * 60, 17 * 60 + 30
EMAIL, OTHER = "ngozi@example.org", "ngozi@work.example"
MOBILE, OFFICE = "+4915112345678", "+493012345678"
PEOPLE = (
    Person(name="Ngozi", emails=(EMAIL,), phones=(MOBILE,)),
    Person(name="Ngozi", emails=(EMAIL, OTHER)),
    Person(name="Ngozi", phones=(OFFICE,)),
    Person(name="Ngozi"),
)
CHANNELS = {
    Way.EMAIL: Channel.EMAIL,
    Way.CALL: Channel.CALL,
    Way.TEXT: Channel.TEXT,
    Way.WHATSAPP: Channel.WHATSAPP,
    Way.TASK: Channel.OTHER,
}
NOBODY_THERE = (Reached.VOICEMAIL, Reached.NO_ANSWER, Reached.BUSY)
LIMITS = {"attempts": 6, "mails": 5, "voicemails": 2}
"""The plan's own, as the issue tells them."""


class Life:
    """A lead's record, told line by line; nobody does anything but by these words."""

    def __init__(self, plan: Plan, person: Person) -> None:
        self.plan, self.person, self.now = plan, person, ASKED
        self.enquiries: list[Enquiry] = []
        self.record: list[Entry] = []
        self.enquires()

    def _add(self, entry: Entry) -> None:
        self.record.append(replace(entry, id=len(self.record) + 1))

    def decides(self, verb: Verb, **told: object) -> None:
        self._add(Decision(lead=1, at=self.now, verb=verb, **told))  # type: ignore[arg-type]  # a test's shorthand

    def enquires(self) -> None:
        number = len(self.enquiries) + 1
        self.enquiries.append(
            Enquiry(
                id=number, lead=1, channel=Channel.EMAIL, received_at=self.now, seen_at=self.now, message=""
            )
        )
        self.writes(enquiry=number)
        self.decides(Verb.CADENCE_STARTED, reason="P", plan=plan_line(self.plan), enquiry=number)

    def writes(self, enquiry: int | None = None, channel: Channel = Channel.EMAIL) -> None:
        self._add(
            Touch(lead=1, at=self.now, direction=Direction.IN, channel=channel, enquiry=enquiry)
        )  # fmt: skip

    def tries(self, channel: Channel, went: Reached) -> None:
        self._add(
            Touch(lead=1, at=self.now, direction=Direction.OUT, channel=channel, outcome=went, by="Ann")
        )

    def takes_back(self, place: int) -> None:
        """One of what a person did, if anything is left of it."""
        deeds = [e for e in self.standing() if getattr(e, "by", None) == "Ann"]
        if deeds:
            chosen = deeds[place % len(deeds)]
            self._add(Retraction(lead=1, at=self.now, by="Ann", takes_back=chosen.id))

    def standing(self) -> list[Entry]:
        gone = {e.takes_back for e in self.record if isinstance(e, Retraction)}
        return [e for e in self.record if e.id not in gone and not isinstance(e, Retraction)]

    def course(self) -> Course:
        state = fold(self.enquiries, self.record)
        told = course_of(self.enquiries, self.record, state.outcome, self.person, lambda: CALENDAR)
        assert told is not None
        return told

    def does(self, told: Course, went: Reached) -> None:
        """What is due, at the moment at which it is due, and nobody answers."""
        assert told.at is not None
        assert told.way is not None
        self.now = max(self.now, told.at)
        rings = told.way is Way.CALL
        self.tries(CHANNELS[told.way], went if rings else Reached.SENT)

    # -- what the record's own lines say

    def outs(self, since: datetime) -> list[Touch]:
        ours = (e for e in self.standing() if isinstance(e, Touch) and e.direction is Direction.OUT)
        return [e for e in ours if e.at >= since]

    def counted(self) -> dict[str, int]:
        outs = self.outs(self.last_word())
        return {
            "attempts": len(outs),
            "mails": sum(e.channel is Channel.EMAIL for e in outs),
            "voicemails": sum(e.outcome is Reached.VOICEMAIL for e in outs),
        }

    def shut(self) -> set[Channel | None]:
        """What a person said they asked, and what sounds so since."""
        asked = [e for e in self.standing() if isinstance(e, Decision)]
        said = [e for e in asked if e.verb is Verb.OPTED_OUT]
        newest = said[-1].id if said else 0
        return {e.channel for e in (*said, *(e for e in asked if e.verb is Verb.SEEMS_OUT and e.id > newest))}

    def in_seven_days(self, day: date) -> int:
        """Of our touches since they last enquired: who enquires anew wants to hear from us."""
        since = self.enquiries[-1].received_at
        days = [each.at.astimezone(ZONE).date() for each in self.outs(since)]
        return sum(day - timedelta(days=6) <= each <= day for each in days)

    def back(self) -> datetime | None:
        notes = [e for e in self.standing() if isinstance(e, Decision) and e.verb is Verb.AWAY]
        since = max(self.enquiries[-1].received_at, self.chosen_at())
        return notes[-1].until if notes and notes[-1].at >= since else None

    def chosen_at(self) -> datetime:
        """A person who chooses a plan knows more than an away note."""
        chosen = (e for e in self.standing() if isinstance(e, Decision) and e.by == "Ann")
        return max((e.at for e in chosen if e.verb is Verb.CADENCE_STARTED), default=ASKED)

    def last_word(self) -> datetime:
        words = [e for e in self.standing() if isinstance(e, Touch) and e.direction is Direction.IN]
        return max(each.at for each in words)


def must_hold(life: Life) -> None:
    """Of what is next, whatever came before."""
    told = life.course()
    assert (told.way is None) == (told.at is None), "what is next has a date"
    if told.way is None or told.at is None or not told.way.is_touch:
        return
    assert CHANNELS[told.way] not in life.shut(), "they asked not to be reached so"
    assert None not in life.shut(), "they asked not to be reached at all"
    counted = life.counted()
    assert counted["attempts"] < LIMITS["attempts"]
    assert told.way is not Way.EMAIL or counted["mails"] < LIMITS["mails"]
    assert told.way is not Way.CALL or counted["voicemails"] < LIMITS["voicemails"]
    local = told.at.astimezone(ZONE)
    assert life.in_seven_days(local.date()) < life.plan.cap_per_week
    assert OPENS <= local.hour * 60 + local.minute < SHUTS
    assert local.weekday() < 5
    assert local.date() != date(2026, 11, 5), "closed on that day"
    back = life.back()
    assert back is None or told.at >= back, "they are away"


def is_over(life: Life) -> bool:
    told = life.course()
    return told.way is None or told.way is Way.DECIDE


def what_is_due(life: Life, went: Reached) -> None:
    """Done, it is theirs again, and nothing else is due at the same moment."""
    told = life.course()
    if told.way in (None, Way.DECIDE) or told.at is None:
        return
    life.does(told, went)
    after = life.course()
    assert not (after.way and after.way.is_touch and after.at and after.at <= life.now), "two at once"
    state = fold(life.enquiries, life.record)
    assert (
        with_step(state, after, life.now).turn is Turn.THEIRS
        or after.way is Way.DECIDE
        or len(life.outs(life.enquiries[-1].received_at)) == 1
    ), "only a first try that reached nobody stays ours"


def answers(life: Life, channel: Channel) -> None:
    has_heard = [e for e in life.outs(life.enquiries[-1].received_at) if e.at < life.now]
    life.writes(channel=channel)
    assert not has_heard or life.course().way is None, "their word stops it"


def stops(life: Life, deed: Callable[[], None]) -> None:
    deed()
    assert life.course().way is None


def opts_out(life: Life, channel: Channel | None, verb: Verb) -> None:
    life.decides(verb, channel=channel, by="Ann")
    assert channel is not None or is_over(life)


def happens(life: Life, kind: str, channel: Channel, went: Reached, number: int) -> None:
    """One thing more."""
    match kind:
        case "due":
            what_is_due(life, went)
        case "tries":
            life.tries(channel, went)
        case "answers":
            answers(life, channel)
        case "talks":
            stops(life, lambda: life.tries(Channel.CALL, Reached.REACHED))
        case "closes":
            stops(life, lambda: life.decides(Verb.CLOSED, outcome=Outcome.LOST, by="Ann"))
        case "stops":
            stops(life, lambda: life.decides(Verb.CADENCE_STOPPED, by="Ann"))
        case "reopens":
            life.decides(Verb.REOPENED, by="Ann")
        case "again":
            life.enquires()
        case "starts":
            life.decides(Verb.CADENCE_STARTED, reason="P", plan=plan_line(life.plan), by="Ann")
        case "passes":
            life.decides(Verb.STEPPED, by="Ann")
        case "away":
            life.decides(Verb.AWAY, until=life.now + timedelta(days=1 + number % 20))
        case "bounces":
            life.decides(Verb.BOUNCED, reason=(EMAIL, OTHER)[number % 2])
        case "opts out":
            opts_out(life, channel, Verb.OPTED_OUT)
        case "seems out":
            opts_out(life, channel, Verb.SEEMS_OUT)
        case "all out":
            opts_out(life, None, Verb.OPTED_OUT)
        case "undo":
            life.takes_back(number)


KINDS = (
    "due", "due", "due", "due", "tries", "tries", "answers", "talks", "closes", "stops", "reopens", "again",
    "starts", "passes", "away", "bounces", "opts out", "seems out", "all out", "undo", "undo",
)  # fmt: skip
HAPPENING = st.tuples(
    st.sampled_from(KINDS),
    st.sampled_from([Channel.EMAIL, Channel.CALL, Channel.TEXT, Channel.WHATSAPP]),
    st.sampled_from([*NOBODY_THERE, Reached.WRONG_NUMBER, Reached.SENT]),
    st.integers(1, 4 * 1440),
)
STEP = st.builds(
    lambda number, unit, way: Step(After(number, unit), way),
    st.integers(1, 9),
    st.sampled_from("mhd"),
    st.sampled_from([Way.EMAIL, Way.CALL, Way.TEXT, Way.WHATSAPP, Way.TASK]),
)
PLANS = st.builds(
    lambda steps, end, cap: Plan(name="P", about="", end=end, cap_per_week=cap, steps=tuple(steps)),
    st.lists(STEP, min_size=1, max_size=9),
    st.sampled_from(End),
    st.integers(1, 4),
)


@settings(derandomize=True, max_examples=250, deadline=None)
@given(plan=PLANS, person=st.sampled_from(PEOPLE), what=st.lists(HAPPENING, max_size=14))
def test_whatever_happens_the_limits_hold(
    plan: Plan, person: Person, what: list[tuple[str, Channel, Reached, int]]
) -> None:
    life = Life(plan, person)
    must_hold(life)
    for kind, channel, went, later in what:
        life.now += timedelta(minutes=later)
        happens(life, kind, channel, went, later)
        must_hold(life)


NINE_MAILS = Plan(
    name="P", about="", end=End.DECIDE, cap_per_week=4, steps=(Step(After(2, "d"), Way.EMAIL),) * 9
)


@example(plan=NINE_MAILS, person=PEOPLE[1], what=[], went=[Reached.NO_ANSWER] * 10)
@settings(derandomize=True, max_examples=120, deadline=None)
@given(
    plan=PLANS,
    person=st.sampled_from(PEOPLE),
    what=st.lists(HAPPENING, max_size=8),
    went=st.lists(st.sampled_from(NOBODY_THERE), min_size=10, max_size=10),
)
def test_who_does_what_is_due_always_comes_to_an_end(
    plan: Plan, person: Person, what: list[tuple[str, Channel, Reached, int]], went: list[Reached]
) -> None:
    life = Life(plan, person)
    for kind, channel, outcome, later in what:
        life.now += timedelta(minutes=later)
        happens(life, kind, channel, outcome, later)
    for outcome in went[: len(plan.steps) + 1]:
        what_is_due(life, outcome)
        must_hold(life)
    assert is_over(life), "one round a step, and one for a first reply, are enough"
    assert life.course().at is None or life.now - ASKED < timedelta(days=400)

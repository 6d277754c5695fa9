"""A lead's course through its plan: every stop, pause, switch, cap and limit, and that it always ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leaddesk.rules.cadence.course import course
from leaddesk.rules.cadence.landing import landings
from leaddesk.rules.cadence.line import plan_line, read_line
from leaddesk.rules.cadence.ways import MOST_ATTEMPTS, MOST_MAILS, is_mobile, zones_of
from leaddesk.rules.fold import fold, live_entries
from leaddesk.words.cadence import After, Calendar, Course, CourseState, End, Plan, Step
from leaddesk.words.due import Way
from leaddesk.words.hours import Hours, read_week
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
    What,
)

ZONE = ZoneInfo("Europe/Berlin")
CALENDAR = Calendar(Hours(read_week("Mon-Fri 09:00-17:30")), ZONE)
ASKED = datetime(2026, 11, 3, 9, 0, tzinfo=UTC)  # a Tuesday, 10:00 in Berlin
MOBILE, OFFICE = "+4915112345678", "+493012345678"
ANN = Person(name="Ngozi Eze", emails=("ngozi@example.org",), phones=(MOBILE,))


def a_plan(*steps: str, end: End = End.DECIDE, cap: int = 4) -> Plan:
    """Steps as '30m call'."""
    made = []
    for step in steps:
        after, way = step.split()
        made.append(Step(After(int(after[:-1]), after[-1]), Way(way)))
    return Plan(name="Test", about="", end=end, cap_per_week=cap, steps=tuple(made))


STANDARD = a_plan("30m call", "1d email", "2d text", "4d email", "7d decide")


class Story:
    """A record that is told line by line; times are spans since the enquiry."""

    def __init__(self, plan: Plan = STANDARD, person: Person = ANN) -> None:
        self.person = person
        self.enquiries = [
            Enquiry(id=1, lead=1, channel=Channel.EMAIL, received_at=ASKED, seen_at=ASKED, message="Hi")
        ]
        self.record: list[Entry] = []
        self.word(timedelta(0), enquiry=1)
        self.start(plan)

    def start(self, plan: Plan, after: timedelta = timedelta(0), by: str | None = None) -> Story:
        made = {"reason": plan.name, "plan": plan_line(plan), "enquiry": None if by else 1}
        return self.add(
            Decision(lead=1, at=ASKED + after, by=by, verb=Verb.CADENCE_STARTED, **made)  # type: ignore[arg-type]
        )

    def add(self, entry: Entry) -> Story:
        self.record.append(replace(entry, id=len(self.record) + 1))
        return self

    def word(
        self,
        after: timedelta,
        channel: Channel = Channel.EMAIL,
        *,
        enquiry: int | None = None,
        machine: bool = False,
    ) -> Story:
        return self.add(
            Touch(
                lead=1, at=ASKED + after, direction=Direction.IN, channel=channel, enquiry=enquiry,
                automatic=machine,
            )
        )  # fmt: skip

    def ours(
        self, after: timedelta, channel: Channel = Channel.EMAIL, outcome: Reached | None = None
    ) -> Story:
        went = outcome or Reached.SENT
        return self.add(
            Touch(lead=1, at=ASKED + after, direction=Direction.OUT, channel=channel, outcome=went, by="Ann")
        )

    def decide(self, after: timedelta, verb: Verb, **told: object) -> Story:
        return self.add(Decision(lead=1, at=ASKED + after, verb=verb, **told))  # type: ignore[arg-type]

    def course(self, calendar: Calendar = CALENDAR, closed: Sequence[Way] = ()) -> Course:
        state = fold(self.enquiries, self.record)
        live = live_entries(self.enquiries, self.record)
        zones = zones_of(self.person.phones, calendar.zone)
        made = course(self.enquiries, live, state.outcome, self.person, calendar, zones, frozenset(closed))
        assert made is not None
        return made


def minutes(number: float) -> timedelta:
    return timedelta(minutes=number)


def days(number: float) -> timedelta:
    return timedelta(days=number)


def local(course: Course) -> str:
    assert course.at is not None
    return course.at.astimezone(ZONE).strftime("%a %d %H:%M")


def test_before_the_first_reply_the_dates_are_those_of_the_preview() -> None:
    told = Story().course()
    previewed = landings(STANDARD, ASKED, CALENDAR.hours, ZONE, ZONE)
    assert (told.step, told.of, told.way, told.at) == (1, 5, Way.CALL, previewed[0].at)
    assert told.state is CourseState.RUNNING


def test_who_keeps_every_date_meets_those_of_the_preview() -> None:
    story = Story().ours(minutes(5))
    for landing in landings(STANDARD, ASKED, CALENDAR.hours, ZONE, ZONE)[:-1]:
        told = story.course()
        assert (told.step, told.way, told.at) == (landing.number, landing.way, landing.at)
        assert landing.at is not None
        story.ours(landing.at - ASKED, Channel(landing.way.value), Reached.VOICEMAIL)
    assert (story.course().way, story.course().at) == (
        Way.DECIDE,
        landings(STANDARD, ASKED, CALENDAR.hours, ZONE, ZONE)[-1].at,
    )


def test_a_late_first_reply_moves_the_first_step() -> None:
    assert local(Story().ours(minutes(120)).course()) == "Tue 03 12:30"


def test_a_first_mail_is_the_reply_and_no_step() -> None:
    told = Story(a_plan("2d email", "5d email", end=End.NO_RESPONSE)).ours(minutes(5)).course()
    assert (told.step, local(told)) == (1, "Thu 05 10:00")


@pytest.mark.parametrize(
    ("plan", "replied", "due"),
    [
        ("1d email", days(0.5), "Wed 04 10:00"),
        ("1d email", days(1) - minutes(5), "Thu 05 09:55"),
        ("30m email", minutes(29), "Tue 03 10:30"),
        ("30m email", minutes(30), "Tue 03 11:00"),
        ("30m email", minutes(31), "Tue 03 11:01"),
    ],
)
def test_no_second_mail_follows_a_late_first_reply_at_once(plan: str, replied: timedelta, due: str) -> None:
    assert local(Story(a_plan(plan)).ours(replied).course()) == due


def test_a_late_first_reply_is_not_followed_at_once_though_a_step_was_passed_over() -> None:
    story = Story(a_plan("1m call", "30m email")).decide(minutes(2), Verb.STEPPED, by="Ann")
    assert local(story.ours(minutes(32)).course()) == "Tue 03 11:02"


def test_a_first_call_is_also_the_call_that_the_plan_begins_with() -> None:
    told = Story().ours(minutes(3), Channel.CALL, Reached.NO_ANSWER).course()
    assert (told.step, told.way) == (2, Way.EMAIL)


def test_a_step_that_is_done_late_moves_the_next() -> None:
    story = Story().ours(minutes(5)).ours(days(1), Channel.CALL, Reached.NO_ANSWER)
    told = story.course()
    assert (told.step, told.way, local(told)) == (2, Way.EMAIL, "Thu 05 10:00")


def test_a_mail_does_not_make_the_call() -> None:
    told = Story().ours(minutes(5)).ours(minutes(50)).course()
    assert (told.step, told.way) == (1, Way.CALL)


def test_a_step_can_be_passed_over() -> None:
    told = Story().ours(minutes(5)).decide(minutes(40), Verb.STEPPED, by="Ann").course()
    assert (told.step, told.way) == (2, Way.EMAIL)


def test_a_task_is_done_by_what_is_no_message() -> None:
    plan = a_plan("1h task", "1d call")
    assert Story(plan).ours(minutes(5)).course().way is Way.TASK
    assert Story(plan).ours(minutes(5)).ours(minutes(70), Channel.VISIT).course().step == 2


STOPS = {
    "They answered.": lambda s: s.ours(minutes(5)).word(minutes(50)),
    "You talked with them.": lambda s: s.ours(minutes(5), Channel.CALL, Reached.REACHED),
    "Stopped by hand.": lambda s: s.decide(minutes(9), Verb.CADENCE_STOPPED, by="Ann"),
    "It is won.": lambda s: s.decide(minutes(9), Verb.CLOSED, outcome=Outcome.WON),
    "It is lost.": lambda s: s.decide(minutes(9), Verb.CLOSED, outcome=Outcome.LOST),
    "It was closed as no response.": lambda s: s.decide(days(9), Verb.CLOSED, outcome=Outcome.NO_RESPONSE),
    "It is no lead.": lambda s: s.decide(minutes(9), Verb.JUDGED_OUT),
    "It was closed.": lambda s: s.decide(minutes(9), Verb.CLOSED, outcome=Outcome.LOST).decide(
        minutes(10), Verb.REOPENED
    ),
}


@pytest.mark.parametrize("why", STOPS)
def test_it_stops(why: str) -> None:
    told = STOPS[why](Story()).course()
    is_closed = why.startswith("It is") or "no response" in why
    assert (told.why, told.way, told.at) == (why, None, None)
    assert told.state is (CourseState.ENDED if is_closed else CourseState.STOPPED)


@pytest.mark.parametrize(
    "channel", [Channel.EMAIL, Channel.TEXT, Channel.WHATSAPP, Channel.CALL, Channel.FORM]
)
def test_an_answer_on_any_channel_stops_it(channel: Channel) -> None:
    assert Story().ours(minutes(5)).word(days(1), channel).course().state is CourseState.STOPPED


def test_what_they_add_before_our_first_reply_stops_nothing() -> None:
    assert Story().word(minutes(2)).course().state is CourseState.RUNNING


def test_a_machine_s_answer_stops_nothing() -> None:
    assert Story().ours(minutes(5)).word(minutes(6), machine=True).course().state is CourseState.RUNNING


def test_undoing_a_stop_lets_it_run_on() -> None:
    story = Story().ours(minutes(5)).decide(minutes(9), Verb.CLOSED, outcome=Outcome.LOST)
    story.add(Retraction(lead=1, at=ASKED + minutes(10), by="Ann", takes_back=len(story.record)))
    assert story.course().state is CourseState.RUNNING


def test_an_away_note_makes_it_wait_for_the_day_of_their_return() -> None:
    back = datetime(2026, 11, 16, tzinfo=ZONE)
    told = Story().ours(minutes(5)).decide(minutes(6), Verb.AWAY, until=back).course()
    assert (told.step, told.way, local(told), told.why) == (1, Way.CALL, "Mon 16 09:00", "They are away.")
    assert told.state_at(ASKED + days(1)) is CourseState.PAUSED
    assert told.state_at(back) is CourseState.RUNNING


def test_for_who_is_away_for_years_nothing_waits_and_a_person_decides() -> None:
    """A date read wrongly, or somebody who has left, would put the lead to sleep for good."""
    story = Story().ours(minutes(5)).decide(minutes(9), Verb.AWAY, until=ASKED + days(93))
    told = story.course()
    assert (told.way, told.at, told.why) == (
        Way.DECIDE, ASKED + minutes(9), "They are away for more than three months.",
    )  # fmt: skip
    told = Story().ours(minutes(5)).decide(minutes(9), Verb.AWAY, until=ASKED + days(90)).course()
    assert (told.way, told.why) == (Way.CALL, "They are away.")
    told = story.start(STANDARD, days(2), by="Ann").course()
    assert (told.way, told.why) == (Way.CALL, "")


def test_an_away_note_of_yesterday_moves_nothing() -> None:
    back = datetime(2026, 11, 2, tzinfo=ZONE)
    told = Story().ours(minutes(5)).decide(minutes(6), Verb.AWAY, until=back).course()
    assert (local(told), told.paused_until) == ("Tue 03 10:30", None)


NOBODY = Person(name="Ngozi")
MAIL_ONLY = Person(name="Ngozi", emails=("ngozi@example.org",))
OFFICE_ONLY = Person(name="Ngozi", phones=(OFFICE,))


@pytest.mark.parametrize(
    ("person", "plan", "way"),
    [
        (MAIL_ONLY, "30m call", Way.EMAIL),
        (OFFICE_ONLY, "30m text", Way.CALL),
        (OFFICE_ONLY, "30m email", Way.CALL),
        (ANN, "30m whatsapp", Way.WHATSAPP),
        (NOBODY, "30m call", Way.DECIDE),
    ],
)
def test_a_step_takes_a_way_that_is_known(person: Person, plan: str, way: Way) -> None:
    assert Story(a_plan(plan), person).ours(minutes(5), Channel.VISIT).course().way is way


def test_a_call_that_becomes_a_mail_is_not_a_second_mail_that_day() -> None:
    told = Story(person=MAIL_ONLY).ours(minutes(5)).course()
    assert (told.way, local(told)) == (Way.EMAIL, "Wed 04 09:00")
    assert told.why.startswith("instead of a call")


def test_a_bounce_switches_to_the_telephone() -> None:
    bounced = (
        Story(a_plan("1d email"))
        .ours(minutes(5))
        .decide(minutes(6), Verb.BOUNCED, reason="Ngozi@example.org")
    )
    assert bounced.course().way is Way.CALL


def test_a_bounce_leaves_the_other_address() -> None:
    two = Person(name="Ngozi", emails=("old@example.org", "new@example.org"))
    story = Story(a_plan("1d email"), two).ours(minutes(5))
    assert story.decide(minutes(6), Verb.BOUNCED, reason="old@example.org").course().way is Way.EMAIL


def test_a_wrong_number_switches_to_mail() -> None:
    told = Story().ours(minutes(5)).ours(minutes(40), Channel.CALL, Reached.WRONG_NUMBER).course()
    assert (told.step, told.way) == (2, Way.EMAIL)


def test_with_no_way_left_a_person_decides_at_once() -> None:
    story = Story(person=MAIL_ONLY).ours(minutes(5))
    told = story.decide(minutes(6), Verb.BOUNCED, reason="ngozi@example.org").course()
    assert (told.state, told.way, told.at) == (CourseState.STOPPED, Way.DECIDE, ASKED + minutes(6))
    assert told.why == "No way to reach them is left."


def test_what_they_asked_us_to_leave_is_left() -> None:
    assert Story().ours(minutes(5)).course(closed=[Way.CALL]).way is Way.EMAIL


def test_the_way_they_answered_on_goes_first_from_then_on() -> None:
    story = Story().ours(minutes(5)).word(days(1), Channel.TEXT)
    told = story.start(STANDARD, days(2), by="Ann").course()
    assert (told.step, told.way) == (1, Way.TEXT)


def test_a_plan_started_by_hand_counts_from_then() -> None:
    story = Story().ours(minutes(5)).decide(days(1), Verb.CADENCE_STOPPED, by="Ann")
    told = story.start(a_plan("2h email"), days(2), by="Ann").course()
    assert (told.step, local(told)) == (1, "Thu 05 12:00")


def test_after_two_voicemails_no_third_is_planned() -> None:
    plan = a_plan("1d call", "1d call", "1d call", "20d email")
    story = Story(plan).ours(minutes(5))
    for day in (1, 2):
        story.ours(days(day), Channel.CALL, Reached.VOICEMAIL)
    told = story.course()
    assert (told.step, told.way) == (3, Way.EMAIL)
    only = Story(plan, OFFICE_ONLY).ours(minutes(5), Channel.VISIT)
    for day in (1, 2):
        only.ours(days(day), Channel.CALL, Reached.VOICEMAIL)
    assert only.course().way is Way.DECIDE


def test_at_most_five_mails() -> None:
    story = Story(a_plan(*["1d email"] * 8, cap=20), MAIL_ONLY)
    for day in range(MOST_MAILS):
        story.ours(days(day))
    assert story.course().way is Way.DECIDE


def test_at_most_six_attempts() -> None:
    story = Story(a_plan(*["1d email", "1d call"] * 4, cap=20)).ours(minutes(5))
    for day in range(1, MOST_ATTEMPTS):
        channel = Channel.EMAIL if day % 2 else Channel.CALL
        story.ours(days(day), channel, Reached.NO_ANSWER if channel is Channel.CALL else None)
    assert story.course().way is Way.DECIDE


def test_another_plan_makes_no_room_for_a_seventh_attempt() -> None:
    story = Story()
    for day in range(6):
        channel = Channel.EMAIL if day % 2 else Channel.CALL
        story.ours(days(day), channel, Reached.NO_ANSWER if channel is Channel.CALL else None)
    assert story.start(STANDARD, days(8), by="Ann").course().way is Way.DECIDE


def test_what_was_tried_before_they_answered_counts_no_more() -> None:
    story = Story()
    for day in range(6):
        story.ours(days(day))
    story.word(days(7)).ours(days(8)).start(STANDARD, days(9), by="Ann")
    assert story.course().way is Way.EMAIL


def test_the_cap_holds_over_seven_days() -> None:
    story = Story(a_plan("1d email", "1d call", "1d text", cap=2)).ours(minutes(5))
    told = story.ours(days(1)).course()
    assert (told.step, local(told)) == (2, "Tue 10 09:00")
    assert told.why == "moved: they were written to often enough this week"


def test_a_call_waits_for_a_decent_hour_where_they_are() -> None:
    abroad = Person(name="Sam", emails=("sam@example.org",), phones=("+12125550123",))
    told = Story(person=abroad).ours(minutes(5)).course()
    assert (told.way, local(told)) == (Way.CALL, "Tue 03 15:00")  # 9:00 in New York


def test_a_call_waits_for_an_hour_that_is_decent_wherever_they_may_be() -> None:
    """A Spanish mobile may be on the Canaries, an hour behind Madrid: neither before nine nor after eight."""
    abroad = Person(name="Eva", emails=("eva@example.org",), phones=("+34612345678",))
    long = Calendar(Hours(read_week("Mon-Fri 08:00-22:00")), ZONE)
    late = Story(a_plan("10h call"), abroad).ours(minutes(5)).course(long)
    assert local(late) == "Wed 04 10:00"  # ten hours later it is 20:00 in Madrid, and 19:00 on the Canaries


def test_who_can_never_be_rung_in_our_hours_is_written_to_and_the_plan_goes_on() -> None:
    """Nine in Honolulu is eight in the evening here: a call would wait for ever, and the lead with it."""
    far = Person(name="Kai", emails=("kai@example.org",), phones=("+18085550123",))
    told = Story(person=far).ours(minutes(5)).course()
    assert (told.way, told.step, local(told)) == (Way.EMAIL, 1, "Wed 04 09:00")
    alone = Story(person=replace(far, emails=())).ours(minutes(5)).course()
    assert alone.way is Way.DECIDE
    assert alone.at is not None


def test_a_step_left_undone_while_they_were_written_to_otherwise_keeps_the_cap() -> None:
    story = Story().ours(minutes(5)).ours(days(1)).ours(days(2)).ours(days(3))
    told = story.course()
    assert (told.step, told.way, local(told)) == (1, Way.CALL, "Tue 10 09:00")
    assert told.why == "moved: they were written to often enough this week"


def test_a_plan_that_ends_by_itself_says_so() -> None:
    story = Story(a_plan("2d email", end=End.NO_RESPONSE)).ours(minutes(5)).ours(days(2))
    told = story.course()
    assert (told.step, told.of, told.closes, local(told)) == (2, 1, True, "Thu 12 10:00")


def test_a_missed_call_of_the_plan_is_theirs_until_the_next_step() -> None:
    story = Story().ours(minutes(5)).ours(minutes(40), Channel.CALL, Reached.NO_ANSWER)
    state = fold(story.enquiries, story.record)
    assert (state.turn, state.what) == (Turn.THEIRS, What.REPLY)


def test_a_first_call_that_reached_nobody_stays_ours() -> None:
    story = Story().ours(minutes(5), Channel.CALL, Reached.NO_ANSWER)
    assert (fold(story.enquiries, story.record).what, fold(story.enquiries, story.record).turn) == (
        What.CALL,
        Turn.OURS,
    )


def test_a_missed_call_after_the_plan_has_stopped_stays_ours() -> None:
    story = Story().ours(minutes(5)).decide(minutes(9), Verb.CADENCE_STOPPED, by="Ann")
    story.ours(minutes(40), Channel.CALL, Reached.BUSY)
    assert fold(story.enquiries, story.record).what is What.CALL


def test_without_a_start_there_is_no_course() -> None:
    story = Story()
    del story.record[1]
    state = fold(story.enquiries, story.record)
    assert course(story.enquiries, story.record, state.outcome, ANN, CALENDAR, (ZONE,)) is None


@pytest.mark.parametrize(
    ("phone", "text"), [(MOBILE, True), (OFFICE, False), ("+12125550123", True), ("x", False)]
)
def test_a_text_goes_to_a_mobile(phone: str, text: bool) -> None:
    assert is_mobile(phone) is text


def test_a_number_that_names_no_country_keeps_the_firm_s_zone() -> None:
    assert zones_of(("030 1234",), ZONE) == (ZONE,)
    assert zones_of((MOBILE,), ZONE) == (ZONE,)
    (there,) = zones_of(("+12125550123",), ZONE)
    assert there.utcoffset(ASKED.replace(tzinfo=None)) == timedelta(hours=-5)


def test_of_a_country_with_several_zones_the_outermost_count() -> None:
    """A mobile's number does not say whether it is in Madrid or an hour behind, on the Canaries."""
    offsets = {zone.utcoffset(ASKED.replace(tzinfo=None)) for zone in zones_of(("+34612345678",), UTC)}
    assert offsets == {timedelta(hours=0), timedelta(hours=1)}
    assert len(zones_of(("+18005550123",), ZONE)) <= 4


STEP = st.builds(
    lambda number, unit, way: f"{number}{unit} {way}",
    st.integers(1, 9), st.sampled_from("mhd"), st.sampled_from(["email", "call", "text", "whatsapp", "task"]),
)  # fmt: skip
DEED = st.tuples(
    st.sampled_from(["due", "touch", "skip", "away", "bounce"]),
    st.sampled_from([Channel.EMAIL, Channel.CALL, Channel.TEXT, Channel.VISIT]),
    st.sampled_from([Reached.SENT, Reached.VOICEMAIL, Reached.NO_ANSWER, Reached.WRONG_NUMBER]),
    st.integers(0, 3 * 1440),
)


@settings(derandomize=True, max_examples=120, deadline=None)
@given(
    steps=st.lists(STEP, min_size=1, max_size=6),
    end=st.sampled_from(End),
    person=st.sampled_from([ANN, MAIL_ONLY, OFFICE_ONLY, NOBODY]),
    deeds=st.lists(DEED, max_size=12),
    cap=st.integers(1, 4),
)
def test_every_record_has_a_next_date_and_comes_to_an_end(
    steps: list[str], end: End, person: Person, deeds: list[tuple[str, Channel, Reached, int]], cap: int
) -> None:
    """Whatever was done: there is a next step with a date, and who does what is due comes to the decision."""
    plan = a_plan(*steps, end=end, cap=cap)
    story, now = Story(plan, person), timedelta(0)
    for kind, channel, reached, later in deeds:
        now += minutes(later)
        if kind == "touch":
            story.ours(now, channel, reached)
        elif kind == "skip":
            story.decide(now, Verb.STEPPED, by="Ann")
        elif kind == "away":
            story.decide(now, Verb.AWAY, until=ASKED + now + days(5))
        elif kind == "bounce":
            story.decide(now, Verb.BOUNCED, reason="ngozi@example.org")
    begun = now
    for _ in range(len(steps) + 1):
        told = story.course()
        assert told.at is not None
        assert read_line(plan_line(plan)) == told.plan
        now = max(now, told.at - ASKED)
        if told.way is Way.DECIDE:
            break
        assert told.way is not None
        story.decide(now, Verb.STEPPED, by="Ann")
    assert story.course().way is Way.DECIDE
    assert now - begun <= days(9 * (len(steps) + 1) + 7 * (len(steps) + 2) + 14)

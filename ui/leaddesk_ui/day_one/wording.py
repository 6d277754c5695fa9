"""The sentences of day one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, tzinfo

from leaddesk.words.audit import Audit, Familiar, Progress, Step
from leaddesk.words.states import Rung
from leaddesk.words.views import Review
from leaddesk_ui.times import span

TITLE = "Your real first response time"
_DOING = {
    Step.CONNECT: "Opening the mailbox",
    Step.INBOX: "Reading who wrote",
    Step.FORMS: "Reading forms and portals",
    Step.SENT: "Reading whom you answered",
}
_FEW = 20
"""Below this many, a share is told as a count: percentages of small numbers mislead."""
_NAMED = 5
_ONE_IN = ("", "all of them", "one in two", "one in three", "one in four", "one in five")


def about(audit: Audit, zone: tzinfo) -> str:
    """The mailbox, the days, how many enquiries."""
    first, last = audit.start.astimezone(zone), audit.end.astimezone(zone)
    days = f"last {(last.date() - first.date()).days} days, {_day(first)} to {_day(last)}"
    return f"{audit.email}   ·   {days}   ·   {counted(audit.review.enquiries, 'enquiry', 'enquiries')}"


def headline(review: Review) -> tuple[str, str, Rung]:
    """The one number of the page, what it says, and how warm it is."""
    if review.median is None:
        return "not yet", "More than half of the people who wrote have had no answer.", Rung.COLD
    waited = "Half of the people who wrote waited longer than this."
    return span(review.median), waited, Rung.of(review.median)


def never(people: int, review: Review) -> tuple[str, str]:
    """How many never had an answer, and what a mailbox cannot know."""
    if not people and not review.never:
        if review.waiting:
            waits = counted(review.waiting, "waits", "wait")
            return "Nobody was forgotten.", f"{waits} for a first answer now."
        return "Everybody had an answer.", "Answers from your phone are counted, too."
    told = "1 person never had an answer." if people == 1 else f"{people} people never had an answer."
    share = _share_words(review.never, review.enquiries)
    calls = "calls leave no trace in a mailbox, so some of them may have been called."
    return told, f"{share}Answers from your phone are counted; {calls}"


def rungs(review: Review) -> tuple[tuple[str, int, str], ...]:
    """The ladder: word, count and token of each part; what follows 'later' is who had no answer."""
    later = review.answered - review.within_24h
    steps = (
        ("5 min", review.within_5min, "now"),
        ("30 min", review.within_30min - review.within_5min, "warm"),
        ("1 h", review.within_1h - review.within_30min, "cooling"),
        ("24 h", review.within_24h - review.within_1h, "cool"),
        ("later", later, "cold"),
        ("waiting", review.waiting, "waiting"),
        ("never", review.never, "never"),
    )
    return tuple(step for step in steps if step[1])


def part_words(count: int, whole: int) -> str:
    """A part of the ladder as a share, or nothing where there are few: its count stands in it."""
    return f"{round(100 * count / whole)}%" if whole >= _FEW else ""


def rescue(offered: int, total: int) -> tuple[str, str]:
    """What the list of cards is, and what becomes of the others."""
    if not offered:
        return (
            "Rescue: that is enough for today",
            f"{counted(total, 'more waits', 'more wait')} for tomorrow, and your queue stays free.",
        )
    number = ("", "one", "two", "three")[offered] if offered <= 3 else str(offered)
    head = f"Rescue: {number} you could still win"
    if total == offered:
        return head, "Take one and it is a lead, with the time at which it really came."
    rest = total - offered
    waits = "The other one waits" if rest == 1 else f"The other {rest} wait"
    return head, f"You get three of the {total} each day, the newest first. {waits} and keep your queue free."


def familiar(people: Sequence[Familiar]) -> str:
    """Whom mails go to and fro with."""
    named = [f"{one.name or one.email} ({one.mails})" for one in people[:_NAMED]]
    more = len(people) - len(named)
    others = f" and {counted(more, 'more', 'more')}" if more else ""
    return f"{', '.join(named)}{others}"


def doing(progress: Progress) -> str:
    """What is being read, and how far it is."""
    far = f": {progress.done:,} of {progress.of:,}" if progress.of else " …"
    return f"{_DOING[progress.step]}{far}"


def counted(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"


def waited_days(since: datetime, now: datetime) -> tuple[str, str]:
    """Number and unit of the tile."""
    days = max(0, (now - since).days)
    return (str(days), "d") if days else (str(int((now - since).total_seconds() // 3600)), "h")


def source_word(source: str) -> str:
    """The first word of a source beside a name: 'never · website'."""
    first = source.partition(":")[0].partition("·")[0].strip()
    return f"never · {first[:1].lower() + first[1:] if first in ('Website', 'Phone') else first}"


def _share_words(part: int, whole: int) -> str:
    """'That is one in five.'; nothing where there are few or it is no such part."""
    if whole < _FEW or not part:
        return ""
    one_in = round(whole / part)
    if 1 < one_in < len(_ONE_IN):
        return f"That is {_ONE_IN[one_in]}. "
    return f"That is {round(100 * part / whole)}%. "


def _day(at: datetime) -> str:
    return f"{at.day} {at:%B}"

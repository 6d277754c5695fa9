"""What the page of plans says: names of ways, of gaps and of texts, and what a saving would change."""

from __future__ import annotations

from datetime import datetime, tzinfo

from leaddesk.rules.cadence.editing import after_words, day_words, end_offset
from leaddesk.words.cadence import After, End, Step
from leaddesk.words.due import DueStep, Way
from leaddesk.words.plan_view import Change, PlanDraft
from leaddesk.words.writing import Note

ICONS = {
    Way.EMAIL: "mail",
    Way.CALL: "phone",
    Way.TEXT: "text",
    Way.WHATSAPP: "text",
    Way.TASK: "task",
    Way.DECIDE: "flag",
}
NAMES = {
    Way.EMAIL: "Mail",
    Way.CALL: "Call",
    Way.TEXT: "Text",
    Way.WHATSAPP: "WhatsApp",
    Way.TASK: "Task",
    Way.DECIDE: "Decide",
}
WAYS = tuple((way, NAMES[way]) for way in Way if way is not Way.DECIDE)
ENDS = ((End.DECIDE, "a person decides"), (End.NO_RESPONSE, "ends by itself"))
_TEXTS = {
    Note.SECOND: "Second note",
    Note.USEFUL: "One useful thing",
    Note.LAST: "Last note",
    Note.NUDGE: "Short nudge",
}
_USUAL = (
    *((n, "m") for n in (10, 15, 30, 45)),
    *((n, "h") for n in (1, 2, 3, 4, 6)),
    *((n, "d") for n in (*range(1, 15), 20, 21, 30, 45, 60, 90)),
)
GAPS = tuple((After(*each), after_words(After(*each))) for each in _USUAL)
STOPS = (
    "when they answer on any channel, you have talked, they book, they ask you to stop, or a mail bounces."
    " An away note makes it wait until they are back."
)


def gaps(after: After) -> tuple[tuple[After, str], ...]:
    """The usual gaps, and the one that it is now."""
    known = GAPS if any(each == after for each, _ in GAPS) else (*GAPS, (after, after_words(after)))
    length = {"m": 1, "h": 60, "d": 1440}
    return tuple(sorted(known, key=lambda each: each[0].number * length[each[0].unit]))


def texts(step: Step) -> tuple[tuple[str, str], ...]:
    """The texts that a step of that way may begin with, and the one that it names now."""
    fitting = [
        (note.value, words)
        for note, words in _TEXTS.items()
        if (note is Note.NUDGE) is (step.way is not Way.EMAIL)
    ]
    choices = (("", "the text that fits"), *fitting)
    if any(name == step.template for name, _ in choices):
        return choices
    return (*choices, (step.template, text_name(step.template)))


def text_name(template: str) -> str:
    """A text by the name that the templates' page gives it; one of the firm's own by its own."""
    return _TEXTS[Note(template)] if template in set(Note) else template


def under(step: Step) -> str:
    """The third line of a step's card."""
    if step.template:
        return text_name(step.template)
    return {
        Way.EMAIL: "the text that fits",
        Way.CALL: "with what they asked",
        Way.TEXT: "in your words",
        Way.WHATSAPP: "in your words",
        Way.TASK: "something to do",
        Way.DECIDE: "won, lost, or a next date",
    }[step.way]


def end_lines(draft: PlanDraft) -> tuple[str, str, str]:
    """The card of a plan's end: what, when, and what comes of it."""
    offset = end_offset(draft)
    if offset is None:
        return "No end yet", "A plan needs an end.", "Say when you decide."
    if draft.end is End.DECIDE:
        return "Decide", day_words(offset), "won, lost, or a next date"
    return "Ends by itself", day_words(offset), "as no response"


def before_words(draft: PlanDraft, place: int) -> str:
    """After what a step's gap counts."""
    if place == 0:
        return "after the enquiry"
    return f"after the {NAMES[draft.steps[place - 1].way].lower() if place <= len(draft.steps) else 'last'}"


def saving(leads: int, changes: tuple[Change, ...]) -> str:
    """What saving means for those who are on the plan."""
    if not leads:
        return "No lead is on this plan now. Saving changes it for new enquiries."
    on_it = "1 lead is" if leads == 1 else f"{leads:,} leads are"
    if not changes:
        return f"{on_it} on this plan. Saving moves the next step of none of them."
    return f"{on_it} on this plan. Saving moves the next step of {len(changes):,} of them."


def change_line(change: Change, zone: tzinfo) -> str:
    """What a lead's next step was and would be."""
    return f"{_due(change.before, zone)} → {_due(change.after, zone)}"


def _due(step: DueStep | None, zone: tzinfo) -> str:
    if step is None:
        return "nothing more"
    name = "ends by itself" if step.closes else NAMES[step.way].lower()
    return f"{name} {moment(step.at, zone)} (step {min(step.number, step.of)} of {step.of})"


def moment(at: datetime, zone: tzinfo) -> str:
    """A day with its hour: Fri 18 Dec, 16:40."""
    there = at.astimezone(zone)
    return f"{there:%a} {there.day} {there:%b}, {there.hour}:{there.minute:02d}"

"""`leaddesk lead`: one lead with its clocks and all that was said."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from leaddesk.cli.arguments import as_of_option, describe, lead_argument
from leaddesk.cli.call import Call
from leaddesk.cli.people import moment_words, span_words
from leaddesk.cli.show import Record
from leaddesk.cli.times import optional_moment
from leaddesk.rules.capture.clean import one_line
from leaddesk.rules.reach import SEEMED, asked_words
from leaddesk.rules.tried import tried
from leaddesk.words.cadence import Course
from leaddesk.words.holding import Held
from leaddesk.words.lead import FirstResponse
from leaddesk.words.same import Same
from leaddesk.words.states import UNTIL_THEY_REPLY
from leaddesk.words.views import EnquiryView, LeadView, TimelineItem

if TYPE_CHECKING:
    from leaddesk.desk import Desk

Say = Callable[[datetime], str]


def lead_words(words: ArgumentParser) -> None:
    describe(
        words,
        "One lead: who it is, its enquiries with their clocks, and all that was said.",
        "leaddesk lead 12",
    )
    lead_argument(words)
    as_of_option(words)
    words.set_defaults(act=show_lead)


def show_lead(call: Call) -> int:
    as_of = optional_moment(call.args.as_of, call.clock)
    with call.desk() as desk:
        lead = desk.leads.show(call.args.lead, as_of)
        offers = desk.same.offers(lead.lead) if as_of is None else ()
        opened = _in_opening_hours(desk, lead)
    now, zone = as_of or call.clock.now(), call.clock.zone()
    page = [*_page(lead, now, lambda at: moment_words(at, now, zone)), *_questions(offers)]
    record = {**lead_record(lead, now, opened), "same_as": [_offer(each) for each in offers]}
    call.out.record(record, "\n".join(page))
    return 0


def _in_opening_hours(desk: Desk, lead: LeadView) -> Mapping[int, timedelta]:
    """For each answered enquiry how long the firm was open until its first response."""
    answered = [(each, first) for each in lead.enquiries if (first := each.first_response) is not None]
    spans = desk.figures.open_between((each.received_at, first.at) for each, first in answered)
    return {each.enquiry: span for (each, _), span in zip(answered, spans, strict=True)}


def lead_record(lead: LeadView, now: datetime, opened: Mapping[int, timedelta]) -> Record:
    """The lead as the contract names its facts; what no issue brings yet is None."""
    return {
        "lead": lead.lead,
        "name": one_line(lead.name),
        "company": lead.company or None,
        "emails": lead.emails,
        "phones": lead.phones,
        "source": {
            "text": lead.source.text,
            "certainty": lead.source.certainty,
            "evidence": dict(lead.source.evidence),
        },
        "turn": lead.turn,
        "outcome": lead.outcome,
        "reason": lead.reason or None,
        "snoozed_until": None if lead.snoozed_until == UNTIL_THEY_REPLY else lead.snoozed_until,
        "snoozed_until_reply": lead.snoozed_until == UNTIL_THEY_REPLY,
        "enquiries": [_enquiry(each, opened.get(each.enquiry)) for each in lead.enquiries],
        "touches": [_touch(each) for each in lead.timeline if _is_touch(each)],
        "next": _next(lead.course),
        "cadence": _cadence(lead.course, now),
        "tried": asdict(tried(lead.timeline)),
        "joined": [each.lead for each in lead.joined],
        "opt_outs": [
            {"channel": each.channel, "at": each.at, "by": each.by, "sure": each.is_sure}
            for each in lead.opt_outs
        ],
    }


def _next(course: Course | None) -> dict[str, Any] | None:
    """The next step of its plan; None where there is none, or no day for it within a year."""
    if course is None or course.way is None:
        return None
    return {"at": course.at, "channel": course.way, "step": min(course.step, course.of)}


def _cadence(course: Course | None, now: datetime) -> dict[str, Any] | None:
    if course is None:
        return None
    return {
        "name": course.plan.name,
        "step": min(course.step, course.of),
        "of": course.of,
        "state": course.state_at(now),
        "why": course.why or None,
    }


def _offer(offer: Same) -> dict[str, Any]:
    return {"lead": offer.lead, "name": one_line(offer.name), "why": one_line(offer.why)}


def _enquiry(each: EnquiryView, opened: timedelta | None) -> dict[str, Any]:
    return {
        "enquiry": each.enquiry,
        "submitted_at": each.submitted_at,
        "received_at": each.received_at,
        "seen_at": each.seen_at,
        "subject": each.subject or None,
        "message": each.message,
        "fields": dict(each.fields),
        "first_response": _first_response(each.first_response, opened),
        "holding": _held(each.held),
    }


def _held(held: Held | None) -> dict[str, Any] | None:
    if held is None:
        return None
    return {"send": held.may_go, "rule": held.rule, "why": held.why, "promised_at": held.promised_at}


def _first_response(first: FirstResponse | None, opened: timedelta | None) -> dict[str, Any] | None:
    if first is None:
        return None
    return {
        "at": first.at,
        "after_s": first.after,
        "open_hours_s": opened,
        "channel": first.channel,
        "by": first.by,
        "how": first.how,
    }


def _is_touch(item: TimelineItem) -> bool:
    """In the record, and neither a decision nor a mail that is still on its way."""
    return bool(item.entry) and item.direction is not None


def _touch(item: TimelineItem) -> dict[str, Any]:
    return {
        "touch": item.entry,
        "at": item.at,
        "direction": item.direction,
        "channel": item.channel,
        "automatic": item.automatic,
        "outcome": item.outcome,
        "text": item.text,
    }


# -- for people


def _page(lead: LeadView, now: datetime, say: Say) -> Iterator[str]:
    company = f", {lead.company}" if lead.company else ""
    yield one_line(f"{lead.name}{company}")
    ways = "  ".join(map(one_line, (*lead.emails, *lead.phones)))
    if ways:
        yield ways
    yield f"{one_line(lead.source.text)} ({lead.source.certainty})  ·  {_standing(lead, now, say)}"
    for wish in lead.opt_outs:
        yield asked_words(wish.channel) if wish.is_sure else SEEMED
    if lead.plan and lead.course is not None:
        yield f"{lead.plan} ({one_line(lead.course.plan.name)}, {_step_words(lead.course)})"
    if said := tried(lead.timeline).words:
        yield said.capitalize()
    for each in lead.enquiries:
        yield _clock_line(each, now, say)
    for item in lead.timeline:
        yield ""
        yield f"{say(item.at)}  {one_line(item.headline)}{_state(item)}"
        yield from (f"    {line}".rstrip() for line in item.text.splitlines())


def _questions(offers: Iterable[Same]) -> Iterator[str]:
    """Who may be the same person: asked last, and quietly."""
    for offer in offers:
        yield ""
        yield one_line(f"Same person as lead {offer.lead}, {offer.name}? {offer.why}")


def _standing(lead: LeadView, now: datetime, say: Say) -> str:
    if lead.outcome != "open":
        return f"{lead.outcome}{f', {one_line(lead.reason)}' if lead.reason else ''}"
    until = lead.snoozed_until
    when = "they reply" if until == UNTIL_THEY_REPLY else say(until) if until is not None else ""
    asleep = f", snoozed until {when}" if until is not None and until > now else ""
    return f"open, {'your' if lead.turn == 'ours' else 'their'} turn{asleep}"


def _step_words(course: Course) -> str:
    return f"step {min(course.step, course.of)} of {course.of}"


def _clock_line(each: EnquiryView, now: datetime, say: Say) -> str:
    """When it came, and how long the first answer took or has been waited for."""
    first = each.first_response
    if first is not None:
        told = f"first response after {span_words(first.after)} by {first.channel}"
    elif each.standing == "waiting":
        told = f"waiting for {span_words(now - each.received_at)}"
    else:
        told = "never answered" if each.standing == "never" else "not a lead"
    return f"Enquiry {each.enquiry}, received {say(each.received_at)}: {told}"


def _state(item: TimelineItem) -> str:
    if item.outgoing_state is None or item.outgoing_state == "sent":
        return ""
    why = f": {one_line(item.outgoing_why)}" if item.outgoing_why else ""
    return f" [{item.outgoing_state}{why}]"


COMMANDS: Mapping[str, Callable[[ArgumentParser], None]] = {"lead": lead_words}

"""The conversation with a lead in words: one item for each thing that happened and still stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

from leaddesk.rules.draft import first_name
from leaddesk.rules.fold import standing_entries
from leaddesk.rules.reach import SEEMED, asked_words
from leaddesk.rules.when import spoken
from leaddesk.words.lead import Channel, Decision, Direction, Lead, Outcome, Reached, Touch, Verb
from leaddesk.words.mail import Attachment
from leaddesk.words.outgoing import Outgoing, OutgoingKind, OutgoingState
from leaddesk.words.views import TimelineItem

_CHANNEL_WORDS = {
    Channel.CALL: "called",
    Channel.TEXT: "sent a text",
    Channel.WHATSAPP: "wrote on WhatsApp",
    Channel.VISIT: "met them",
    Channel.EMAIL: "wrote",
    Channel.OTHER: "were in touch",
    Channel.FORM: "wrote",
}
_REACHED_WORDS = {
    Reached.REACHED: "reached",
    Reached.VOICEMAIL: "left a voicemail",
    Reached.NO_ANSWER: "no answer",
    Reached.WRONG_NUMBER: "wrong number",
    Reached.BUSY: "busy",
}
_OUTCOME_WORDS = {
    Outcome.WON: "won",
    Outcome.LOST: "lost",
    Outcome.NO_RESPONSE: "no response",
    Outcome.NOT_A_LEAD: "not a lead",
    Outcome.OPEN: "open",
}
_HOLDING = "Holding message · automatic"
_SHOWN_OUTGOING = frozenset(OutgoingState) - {
    OutgoingState.DRAFT,
    OutgoingState.SENT,
    OutgoingState.CANCELLED,
}


def timeline(
    lead: Lead,
    outgoing: Sequence[Outgoing],
    attachments: Mapping[int, tuple[Attachment, ...]],
    me: str,
    cut: Mapping[int, str] | None = None,
    called: Mapping[int, str] | None = None,
) -> tuple[TimelineItem, ...]:
    """All that stands in the record, and what is on its way, oldest first.

    `outgoing` are all of the lead's outgoing mails, `attachments` those of its mails by mail id; `me` is the
    name of whoever looks, who is "You"; `cut` says by mail id what is missing of a large one,
    `called` what other leads are called.
    """
    first = {s.first_response.entry: s.first_response for s in lead.state.enquiries if s.first_response}
    sent = {mail.id: mail for mail in outgoing}
    items = []
    for entry in standing_entries(lead.record):
        if isinstance(entry, Touch):
            after = first[entry.id].after if entry.id in first else None
            missing = (cut or {}).get(entry.mail or 0, "")
            items.append(_touch(entry, lead, after, attachments, sent, me, missing))
        elif isinstance(entry, Decision) and not _goes_unsaid(entry):
            items.append(_decision(entry, me, _other_of(entry, lead, called or {})))
    items += [_on_its_way(mail, me) for mail in outgoing if mail.state in _SHOWN_OUTGOING]
    return tuple(sorted(items, key=lambda item: (item.at, item.entry or 1 << 62)))


def _goes_unsaid(decision: Decision) -> bool:
    """What the page says elsewhere: their note stands there, and a plan that began by itself is a line."""
    began = decision.verb is Verb.CADENCE_STARTED and decision.by is None
    return began or decision.verb in (Verb.WOKEN, Verb.AWAY, Verb.BOUNCED)


def own_words(text: str) -> str:
    """What we wrote ourselves, without our signature and their quoted words: they stand above it anyway.

    >>> own_words("Yes, gladly.\\n\\n-- \\nAnn\\n\\nOn Tue 24 Nov at 9:41, Ngozi wrote:\\n> Could you?")
    'Yes, gladly.'
    """
    lines = text.splitlines()
    for place, line in enumerate(lines):
        if line.rstrip() == "--":
            return "\n".join(lines[:place]).strip()
        if line.startswith(">"):
            return "\n".join(lines[: max(0, place - 1)]).strip() or text.strip()
    return text.strip()


def _touch(
    touch: Touch,
    lead: Lead,
    after: timedelta | None,
    attachments: Mapping[int, tuple[Attachment, ...]],
    sent: Mapping[int, Outgoing],
    me: str,
    missing: str,
) -> TimelineItem:
    is_in = touch.direction is Direction.IN
    mail = sent.get(touch.outgoing) if touch.outgoing is not None else None
    return TimelineItem(
        entry=touch.id,
        at=touch.at,
        direction=touch.direction,
        channel=touch.channel,
        automatic=touch.automatic,
        headline=(_theirs(touch, lead) if is_in else _ours(touch, after, me))
        + (f" · {missing}" if missing else ""),
        text=touch.text if is_in else own_words(touch.text),
        outcome=touch.outcome,
        how=touch.how,
        by=touch.by,
        mail=touch.mail,
        attachments=attachments.get(touch.mail, ()) if touch.mail is not None else (),
        outgoing=touch.outgoing,
        outgoing_state=mail.state if mail else None,
        outgoing_why=mail.why if mail else "",
        enquiry=touch.enquiry,
    )


def _theirs(touch: Touch, lead: Lead) -> str:
    name = first_name(lead.person) or "They"
    if touch.automatic:
        return f"{name} · automatic"
    if touch.channel is Channel.CALL:
        return f"{name} called"
    return name if touch.enquiry is not None else f"{name} answered"


def _ours(touch: Touch, after: timedelta | None, me: str) -> str:
    if touch.automatic:
        return "Confirmation from elsewhere · automatic" if touch.mail is not None else _HOLDING
    who = _who(touch.by, me)
    if touch.channel not in (Channel.EMAIL, Channel.FORM):
        who = f"{who} {_CHANNEL_WORDS[touch.channel]}"
        if touch.outcome in _REACHED_WORDS and not _goes_without_saying(touch):
            who = f"{who}: {_REACHED_WORDS[touch.outcome]}"
    return f"{who}, {spoken(after)} after they wrote" if after is not None else who


def _goes_without_saying(touch: Touch) -> bool:
    return touch.outcome is Reached.REACHED and touch.channel is not Channel.CALL


def _other_of(decision: Decision, lead: Lead, called: Mapping[int, str]) -> str:
    """What the other of two is called, for a decision about two leads."""
    is_theirs = decision.verb is Verb.MERGED or decision.other == lead.id
    other = decision.lead if is_theirs else decision.other
    return called.get(other or 0, f"lead {other}")


def _decision(decision: Decision, me: str, other: str) -> TimelineItem:
    return TimelineItem(
        entry=decision.id,
        at=decision.at,
        direction=None,
        channel=None,
        automatic=False,
        headline=_decided(decision, _who(decision.by, me), other),
        text=decision.reason if decision.verb is Verb.NOTED else "",
        by=decision.by,
    )


def _decided(decision: Decision, who: str, other: str) -> str:
    reason = f", {decision.reason}" if decision.reason else ""
    match decision.verb:
        case Verb.CLOSED:
            return f"Closed: {_OUTCOME_WORDS[decision.outcome or Outcome.OPEN]}{reason}"
        case Verb.REOPENED:
            return f"Reopened{reason}"
        case Verb.SNOOZED:
            return f"Snoozed{reason}"
        case Verb.GOT:
            return f"{who} said: I've got it"
        case Verb.SOURCED:
            return f"{who} noted where they found you: {decision.reason}"
        case Verb.MERGED:
            return f"Joined with {other}"
        case Verb.ASSIGNED:
            return f"{who} gave it to {decision.reason}"
        case Verb.TOLD:
            return f"Nobody had it: {decision.reason} was told by mail"
        case Verb.OPTED_OUT:
            return f"{asked_words(decision.channel).rstrip('.')}{reason}"
        case Verb.SEEMS_OUT:
            return SEEMED.rstrip(".")
        case Verb.KEPT_APART:
            return f"Not the same person as {other}"
        case Verb.CADENCE_STARTED:
            return f"{who} chose the plan {decision.reason}"
        case Verb.CADENCE_STOPPED:
            return f"{who} stopped the plan"
        case Verb.STEPPED:
            return f"{who} passed a step of the plan over"
        case Verb.JUDGED_OUT:
            return f"Not a lead{reason}"
        case _:
            return f"Note by {who[:1].lower() + who[1:]}" if who == "You" else f"Note by {who}"


def _on_its_way(mail: Outgoing, me: str) -> TimelineItem:
    return TimelineItem(
        entry=0,
        at=mail.approved_at or mail.updated_at,
        direction=Direction.OUT,
        channel=Channel.EMAIL,
        automatic=mail.kind is OutgoingKind.HOLDING,
        headline=_HOLDING if mail.kind is OutgoingKind.HOLDING else _who(mail.approved_by, me),
        text=own_words(mail.body),
        by=mail.approved_by,
        outgoing=mail.id,
        outgoing_state=mail.state,
        outgoing_why=mail.why,
        outgoing_at=mail.not_before,
    )


def _who(by: str | None, me: str) -> str:
    return "You" if by is None or by == me else by

"""What shows a mistake, in a few words: "3 mails, number known"."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from leaddesk.rules.mistakes import Followed, Try, polished_for
from leaddesk.words.lead import Channel
from leaddesk.words.review import Mistake
from leaddesk.words.states import Outcome

_ONE = {
    Channel.EMAIL: "mail",
    Channel.CALL: "call",
    Channel.TEXT: "text",
    Channel.WHATSAPP: "WhatsApp message",
    Channel.VISIT: "visit",
}


def shown_by(mistake: Mistake, lead: Followed, now: datetime, target: timedelta) -> str:
    """The fact that puts a lead into the list of a mistake."""
    match mistake:
        case Mistake.ONE_TRY:
            ending = "closed" if lead.outcome is not Outcome.OPEN else _ago(now - lead.tries[-1].at)
            return f"{_counted(lead.unanswered)}, {ending}"
        case Mistake.SLOW_FOR_POLISH:
            return f"a draft lay {_span(polished_for(lead, now, target))}"
        case Mistake.ONE_CHANNEL:
            known = "number" if Channel.CALL in lead.ways and _mailed(lead.unanswered) else "address"
            return f"{_counted(lead.unanswered)}, {known} known"
        case Mistake.NO_SOURCE:
            return "no page and no campaign"
        case Mistake.NO_STOP:
            return f"day {max(0, (now - lead.asked_at).days) + 1}, nothing planned"


def _mailed(tries: Sequence[Try]) -> bool:
    return any(one.channel in (Channel.EMAIL, Channel.FORM) for one in tries)


def _counted(tries: Sequence[Try]) -> str:
    """Counted together where they are of one kind, as "2 tries" where calls and texts are mixed.

    A form that was answered in its portal counts as a try.
    """
    kinds = {_ONE.get(one.channel, "try") for one in tries}
    kind = kinds.pop() if len(kinds) == 1 else "try"
    if len(tries) == 1:
        return f"one {kind}"
    return f"{len(tries)} {'tries' if kind == 'try' else f'{kind}s'}"


def _ago(span: timedelta) -> str:
    return f"{span.days} days ago" if span.days != 1 else "yesterday"


def _span(span: timedelta) -> str:
    minutes = int(span.total_seconds()) // 60
    if minutes < 60:
        return f"{minutes} min"
    hours = minutes // 60
    return f"{hours} h {minutes % 60} min" if hours < 24 else f"{hours // 24} d {hours % 24} h"

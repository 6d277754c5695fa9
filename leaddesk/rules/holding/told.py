"""What a lead's page says of the holding message of an enquiry, in one quiet line."""

from __future__ import annotations

from datetime import datetime, tzinfo

from leaddesk.rules.when import clock_words, spoken
from leaddesk.words.holding import Held


def told(held: Held, answered_at: datetime | None, now: datetime, zone: tzinfo) -> str:
    """Empty while the holding message is switched off: the settings say that once, not every lead."""
    if held.rule == "off":
        return ""
    if not held.may_go or held.promised_at is None:
        return held.why
    return f"{held.why} {_promise(held.promised_at, answered_at, now, zone)}"


def _promise(promised: datetime, answered_at: datetime | None, now: datetime, zone: tzinfo) -> str:
    by = clock_words(promised, now, zone)
    if answered_at is not None and answered_at <= promised:
        return f"Promise kept: answered {clock_words(answered_at, now, zone)}, promised by {by}."
    if answered_at is not None:
        return f"Promise missed by {spoken(answered_at - promised)}: an answer was promised by {by}."
    if promised <= now:
        return f"Promise missed: an answer was promised by {by}."
    return f"An answer is promised by {by}."

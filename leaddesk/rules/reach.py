"""May somebody be reached by this way? Asked by plans, at approval, and before anything leaves."""

from __future__ import annotations

import re
from collections.abc import Iterable

from leaddesk.words.lead import Channel, Decision, Direction, Entry, LeadState, Touch, Verb
from leaddesk.words.reach import OptOut, Reach
from leaddesk.words.states import Turn

WAYS = (Channel.EMAIL, Channel.CALL, Channel.TEXT, Channel.WHATSAPP, Channel.VISIT, Channel.OTHER)
"""Ways in which we can reach for somebody: nobody is answered by their own form."""
BY_NUMBER = (Channel.CALL, Channel.TEXT, Channel.WHATSAPP)
SEEMED = "They may have asked not to be written to."
ANSWERED_FIRST = "They wrote before it went out."
STOP = "stop-"
"""How the subject begins of the mail by which List-Unsubscribe asks to end."""

_ASKED = {
    None: "They asked not to be contacted.",
    Channel.EMAIL: "They asked not to be mailed.",
    Channel.CALL: "They asked not to be called.",
    Channel.TEXT: "They asked not to be sent texts.",
    Channel.WHATSAPP: "They asked not to be written to on WhatsApp.",
    Channel.VISIT: "They asked not to be visited.",
    Channel.OTHER: "They asked not to be reached in other ways.",
}
_STOPS = frozenset(
    (
        "stop", "stopp", "unsubscribe", "abmelden", "austragen", "désabonner", "désinscription", "baja",
        "cancella", "disiscrivimi", "uitschrijven", "afmelden", "wypisz", "rezygnuję",
    )
)  # fmt: skip
_POLITE = frozenset(("me", "please", "bitte", "svp", "por", "favor", "prosze", "graag", "thanks", "danke"))
_TOKEN = re.compile(r"(?:(?:re|aw|fwd?|wg)\s?:\s{0,3})?stop-([0-9a-f]{32})", re.IGNORECASE)


def opt_outs(standing: Iterable[Entry]) -> tuple[OptOut, ...]:
    """The wishes among what stands of a record (`rules.fold.standing_entries`), the oldest first.

    What a person said is the last word: it replaces what was only read in their words before.
    """
    asked = [e for e in standing if isinstance(e, Decision) and e.verb in (Verb.OPTED_OUT, Verb.SEEMS_OUT)]
    sure = [e for e in asked if e.verb is Verb.OPTED_OUT]
    newest = sure[-1].id if sure else 0
    kept = [e for e in asked if e.verb is Verb.OPTED_OUT or e.id > newest]
    return tuple(
        OptOut(channel=e.channel, at=e.at, by=e.by, is_sure=e.verb is Verb.OPTED_OUT, entry=e.id)
        for e in kept
    )


def may_reach(asked: Iterable[OptOut], channel: Channel) -> Reach:
    """Whether a plan may take a step by `channel`. What only seems so stops it too, until a person said."""
    fitting = [each for each in asked if each.channel in (None, channel)]
    sure = [each for each in fitting if each.is_sure]
    if sure:
        return Reach(False, asked_words(sure[0].channel))
    return Reach(False, SEEMED) if fitting else Reach(True)


def asked_words(channel: Channel | None) -> str:
    """The wish in a sentence.

    >>> asked_words(Channel.EMAIL), asked_words(None)
    ('They asked not to be mailed.', 'They asked not to be contacted.')
    """
    return _ASKED.get(channel, _ASKED[Channel.OTHER])


def is_follow_up(state: LeadState) -> bool:
    """A mail to this lead now is neither the first answer nor an answer to words of theirs (FAULTS 4)."""
    return state.turn is Turn.THEIRS and state.last_out_at is not None


def wrote_after(standing: Iterable[Entry], entry: int) -> bool:
    """A word of theirs stands that was written down after this entry of the record."""
    return any(
        isinstance(e, Touch) and e.direction is Direction.IN and not e.automatic and e.id > entry
        for e in standing
    )


def is_bare_stop(text: str) -> bool:
    """The whole mail is one word for stop: a person's answer, though lists write that word too.

    >>> is_bare_stop("Unsubscribe!"), is_bare_stop("STOP please"), is_bare_stop("Unsubscribe here")
    (True, True, False)
    """
    words = [word.strip(".,!;:").casefold() for word in text[:200].split()]
    meant = [word for word in words if word and word not in _POLITE]
    return len(meant) == 1 and meant[0] in _STOPS


def way_out(message_id: str, address: str) -> str:
    """The value of List-Unsubscribe: a mail to `address` whose subject names ours (RFC 2369).

    >>> way_out("<0123456789abcdef0123456789abcdef@lofts.example>", "ann@lofts.example")
    '<mailto:ann@lofts.example?subject=stop-0123456789abcdef0123456789abcdef>'
    """
    return f"<mailto:{address}?subject={STOP}{message_id.strip('<>').partition('@')[0]}>"


def stop_token(subject: str) -> str | None:
    """The token of our mail that the sender of a mail with this subject wants to be the last, or None.

    >>> stop_token("stop-0123456789ABCDEF0123456789abcdef")
    '0123456789abcdef0123456789abcdef'
    """
    found = _TOKEN.fullmatch(subject.strip())
    return found[1].lower() if found else None

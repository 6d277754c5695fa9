"""Whose lead it is, who is told when nobody takes it, and what a colleague's answer to that means."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta, tzinfo

from leaddesk.rules.fold import standing_entries
from leaddesk.rules.hours import open_between, wall_spans
from leaddesk.rules.person import email_key
from leaddesk.words.hours import Hours
from leaddesk.words.lead import Decision, Entry, Lead, Reached, Verb
from leaddesk.words.team import Colleague

_GIVES = (Verb.ASSIGNED, Verb.GOT)
_MINE = frozenset(("mine", "meins", "meiner", "mien", "mía", "mío", "mio", "moje", "taken"))
_MINE_ALONE = frozenset(("ich", "moi", "mia"))
"""With more behind them they say something else ("Ich kann heute nicht"), or name somebody."""
_CALLED = frozenset(
    (
        "called", "rang", "angerufen", "appelé", "llamado", "llamada", "chiamato", "gebeld", "zadzwoniłem",
        "zadzwoniłam", "telefoniert",
    )
)  # fmt: skip
_NOT_CALLED = frozenset(
    (
        "not", "never", "nobody", "be", "been", "being", "is", "are", "was", "am", "nicht", "nie",
        "kann", "werde", "wird", "soll", "pas", "no", "non", "niet",
    )
)  # fmt: skip
"""Before the word: nobody has called ("not called yet", "ik heb nog niet gebeld", "I was called out")."""
_CALLED_AWAY = frozenset(("away", "out", "off"))
_WORDS = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)?")
_FIRST_SENTENCE = re.compile(r"[^.!?]*[.!?]?")
_WENT = (
    (("voicemail", "mailbox", "answerphone", "messagerie", "segreteria"), Reached.VOICEMAIL),
    (("no answer", "nobody", "niemand", "nicht erreicht", "not reached"), Reached.NO_ANSWER),
    (("busy", "besetzt", "occupé"), Reached.BUSY),
    (("wrong number", "falsche nummer"), Reached.WRONG_NUMBER),
)


def named(people: Iterable[Colleague], name: str) -> Colleague | None:
    """The person of that name, in any case of letters, or of that address."""
    wanted = name.strip().casefold()
    return next((p for p in people if wanted in (p.name.casefold(), p.email.casefold())), None)


def of_address(people: Iterable[Colleague], address: str | None) -> Colleague | None:
    """The person of ours who writes from this address."""
    return next((p for p in people if address and email_key(p.email) == email_key(address)), None)


def in_order(
    people: Sequence[Colleague], out: Iterable[str], source: str, at: datetime, zone: tzinfo
) -> tuple[Colleague, ...]:
    """Who should have a lead of this source that came then: first who covers both, then who is left."""
    away = {name.casefold() for name in out}
    there = [person for person in people if person.name.casefold() not in away]

    def rank(person: Colleague) -> tuple[bool, bool]:
        told = person.sources and not source.casefold().startswith(person.sources)
        by_source = not person.sources
        return bool(told) or not _covers(person, at, zone), by_source

    return tuple(sorted(there, key=rank))


def _covers(person: Colleague, at: datetime, zone: tzinfo) -> bool:
    if person.week is None:
        return True
    day = at.astimezone(zone).date()
    return any(start <= at < end for start, end in wall_spans(person.week[day.weekday()], day, zone))


def assigned(record: Iterable[Entry]) -> str | None:
    """The name of whoever took the lead or was given it, the last word of all."""
    said = [e for e in standing_entries(record) if isinstance(e, Decision) and e.verb in _GIVES]
    if not said:
        return None
    return said[-1].reason if said[-1].verb is Verb.ASSIGNED else said[-1].by


def whose(lead: Lead, people: Sequence[Colleague], out: Iterable[str], zone: tzinfo) -> tuple[Colleague, ...]:
    """The lead's person, then who comes after; empty where there is nobody to choose from."""
    if len(people) < 2:
        return ()
    asked_at, given = lead.enquiries[-1].received_at, assigned(lead.record)
    return given_first(in_order(people, out, lead.source.text, asked_at, zone), given)


def given_first(order: tuple[Colleague, ...], given: str | None) -> tuple[Colleague, ...]:
    """Whoever took it or was given it before the others; one who is not there any more has it no more."""
    holder = named(order, given or "")
    return order if holder is None else (holder, *(each for each in order if each != holder))


def due_for(
    since: datetime, now: datetime, told: int, share: timedelta, hours: Hours, zone: tzinfo
) -> int | None:
    """Which of a lead's people is to be told now that nobody has it: 0, then 1; None for nobody.

    Each comes after another `share` of opening hours since the enquiry; `told` have been told already.
    """
    if told > 1 or share <= timedelta():
        return None
    return told if open_between(hours, since, now, zone) >= share * (told + 1) else None


def nudge_subject(name: str) -> str:
    """The subject of the mail to a colleague."""
    return f"Nobody has answered {name} yet"


def nudge_text(lead: Lead, waited: str) -> str:
    """Their words, a number to tap, and how to take it."""
    phones = [f"Call: {phone}  tel:{_dialled(phone)}" for phone in lead.person.phones[:3]]
    return "\n".join(
        (
            f"{lead.person.name} wrote {waited} ago, and nobody has it yet.",
            f"From: {lead.source.text}",
            "",
            *(f"> {line}".rstrip() for line in lead.enquiries[-1].message.strip().splitlines()[:40]),
            "",
            *(phones or ["No number is known."]),
            *(f"Mail: {email}" for email in lead.person.emails[:3]),
            "",
            "Answer this mail with the word mine, and the lead is yours.",
            "Answer with the word called when you have called them.",
            "",
            "LeadDesk sent this by itself, to the people of your firm only.",
        )
    )


def _dialled(phone: str) -> str:
    return "".join(c for c in phone if c in "+0123456789")


def is_mine(text: str) -> bool:
    """The answer takes the lead.

    >>> is_mine("Mine!"), is_mine("Mine, I ring them at ten"), is_mine("Not sure"), is_mine("Mine?")
    (True, True, False, False)
    """
    words = text[:200].casefold().split()
    first = words[0].strip(".,!;:-") if words else ""
    return first in _MINE or (first in _MINE_ALONE and len(words) == 1)


def how_called(text: str) -> Reached | None:
    """The answer tells of a call: how it went, or None where it tells of none.

    >>> how_called("Called"), how_called("called, no answer"), how_called("Not called yet")
    (<Reached.REACHED: 'reached'>, <Reached.NO_ANSWER: 'no-answer'>, None)
    """
    said = " ".join(text[:300].casefold().split())
    found = _FIRST_SENTENCE.match(said)
    if found is None or not _tells_of_a_call(found[0]):
        return None
    return next((how for words, how in _WENT if any(word in said for word in words)), Reached.REACHED)


def _tells_of_a_call(sentence: str) -> bool:
    """A wrong yes would be a first response that nobody gave; a wrong no is a note that a person reads."""
    words = _WORDS.findall(sentence)
    place = next((n for n, word in enumerate(words) if word in _CALLED), None)
    if place is None or sentence.endswith("?"):
        return False
    denied = any(word in _NOT_CALLED or word.endswith(("n't", "n\u2019t")) for word in words[:place])
    return not denied and _CALLED_AWAY.isdisjoint(words[place + 1 : place + 2])

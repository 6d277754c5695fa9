"""The words of a holding message, in the language of the enquiry where we have one.

Nothing that they wrote stands in the text: an automatic answer must carry nobody's words to a third person.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from typing import Any

from leaddesk.rules.capture.clean import one_line
from leaddesk.rules.language import language_of
from leaddesk.rules.template import fill
from leaddesk.words.holding import HoldingMessage

MARK = "Auto:"
"""Before the subject, as RFC 3834 (3.1.5) proposes."""
HEADER = "X-LeadDesk-Ack"
_LONGEST_SUBJECT = 120
_OTHERWISE = "en"
_GAPS = re.compile(r"\n{3,}")
_MARKS = re.compile(rf"^(?:{MARK}\s*)+", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """One language of resources/templates/holding.toml."""

    subject: str
    text: str
    honest: str
    """That it is automatic, a person was alerted, nobody has read it yet: in every text, whoever wrote it."""
    closed: str
    """Before the promise, while the firm is shut."""
    promise: str
    elsewhere: str
    tomorrow: str
    day: str
    date: str
    weekdays: tuple[str, ...]
    months: tuple[str, ...]


def read_wordings(text: str) -> Mapping[str, Wording]:
    """By language. Raises TypeError, KeyError or TOMLDecodeError when the shipped file is broken."""
    return {language: _wording(table) for language, table in tomllib.loads(text).items()}


def _wording(table: Mapping[str, Any]) -> Wording:
    words: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in table.items()}
    return Wording(**words)


def language_for(message: str, house: str, wordings: Mapping[str, Wording]) -> str:
    """Their language; where it is not known or we have none for it, that of `house`, the firm's own text."""
    told = (language_of(message) or "", language_of(house) or "", _OTHERWISE)
    return next(each for each in told if each in wordings)


def with_own(wording: Wording, own: str) -> Wording:
    """With the firm's own text; an empty one leaves ours."""
    return replace(wording, text=own) if own.strip() else wording


def holding_message(
    wording: Wording,
    *,
    firm: str,
    footer: str,
    their_subject: str | None,
    promised_at: datetime | None,
    now: datetime,
    zone: tzinfo,
    is_open: bool = False,
) -> HoldingMessage:
    """The message. `their_subject` is None for a form, whose visitor wrote no subject.

    `is_open`: the firm is, though it shuts too soon to answer before.
    """
    by = "" if promised_at is None else by_words(wording, promised_at, now, zone)
    words = wording.promise if is_open else f"{wording.closed} {wording.promise}"
    said = fill(words, {"by": by}) if by else ""
    fields = {"honest": wording.honest, "promise": said, "firm": firm, "footer": footer.strip()}
    text = _complete(fill(wording.text, fields), (wording.honest, said, fields["footer"]))
    return HoldingMessage(subject=_subject(wording, firm, their_subject), text=_tidy(text))


def _complete(text: str, needed: Iterable[str]) -> str:
    """What a text of the firm's own leaves out stands below it: nobody can take the honest words out."""
    missing = (each for each in needed if each and each not in text)
    return "\n\n".join((text.rstrip(), *missing))


def elsewhere(wording: Wording, firm: str, footer: str) -> str:
    """A text for the autoresponder of a mail provider: it promises no hour and knows of no alert."""
    return _tidy(fill(wording.elsewhere, {"firm": firm, "footer": footer.strip()}))


def by_words(wording: Wording, at: datetime, now: datetime, zone: tzinfo) -> str:
    """A moment to come, as it is said: '9:30', '9:30 tomorrow (Tuesday)', '9:30 on Friday', with its date."""
    there, here = at.astimezone(zone), now.astimezone(zone)
    days = (there.date() - here.date()).days
    known = {
        "time": f"{there.hour}:{there.minute:02d}",
        "weekday": wording.weekdays[there.weekday()],
        "day": str(there.day),
        "month": wording.months[there.month - 1],
    }
    if days == 0:
        return known["time"]
    return fill(wording.tomorrow if days == 1 else wording.day if days < 7 else wording.date, known)


def _subject(wording: Wording, firm: str, theirs: str | None) -> str:
    bare = _MARKS.sub("", one_line(theirs or "")) or fill(wording.subject, {"firm": firm})
    return f"{MARK} {bare}"[:_LONGEST_SUBJECT].rstrip()


def _tidy(text: str) -> str:
    return _GAPS.sub("\n\n", text).strip() + "\n"

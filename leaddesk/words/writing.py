"""What a person is given while they write: the fitting template, snippets, quiet hints, times to send at."""

from __future__ import annotations

import enum
import re
from dataclasses import dataclass, field
from datetime import datetime

from leaddesk.words.account import Room
from leaddesk.words.lead import Channel


class Kind(enum.StrEnum):
    """Where an enquiry came from, as far as the first sentence of an answer needs to know."""

    UNKNOWN = "unknown"
    PRICING = "pricing"
    PORTAL = "portal"
    REFERRAL = "referral"
    MISSED_CALL = "missed-call"
    CALL = "call"
    NEWSLETTER = "newsletter"


class Note(enum.StrEnum):
    """The mails and the text that follow a first answer; plans name them by these words."""

    SECOND = "second-note"
    USEFUL = "useful-thing"
    LAST = "last-note"
    NUDGE = "short-nudge"

    @property
    def channel(self) -> Channel:
        """The nudge is a text; the others are mails."""
        return Channel.TEXT if self is Note.NUDGE else Channel.EMAIL


@dataclass(frozen=True, slots=True)
class Snippet:
    """A piece of text that `;name` puts into an answer."""

    name: str
    text: str


class HintKind(enum.StrEnum):
    """What a first answer should have."""

    NAME = "name"
    QUESTION = "question"
    USEFUL = "useful"
    ASK = "ask"


@dataclass(frozen=True, slots=True)
class Hint:
    """One of them: whether the answer has it, and in a few words what it is."""

    kind: HintKind
    is_met: bool
    words: str


@dataclass(frozen=True, slots=True)
class SendTime:
    """A time that is offered for sending later, in words and as a moment."""

    words: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Aids:
    """What the composer shows beside a draft."""

    chosen: str = ""
    """Which template was taken, and why."""
    is_first: bool = False
    """A first answer to an enquiry is checked for the things that it should have."""
    first_name: str = ""
    asked: str = ""
    """Their own words, for the check."""
    plain: str = ""
    """The line that would do for now."""
    snippets: tuple[Snippet, ...] = ()
    """With their fields filled in for this person."""
    later: tuple[SendTime, ...] = ()
    room: Room = field(default_factory=Room)


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateView:
    """One template in the settings; `text` is the firm's own, or the one that comes with the program."""

    name: str
    title: str
    what_for: str
    text: str
    is_own: bool


_SNIPPET = re.compile(r";([^\W_][\w-]{0,29})(?:[ \t]+|$)")


def read_snippets(text: str) -> tuple[Snippet, ...]:
    """Snippets as they are written in the settings. Raises ValueError with a sentence.

    A line that begins with `;name` begins one; the lines below it belong to it.

    >>> read_snippets(";visit May I come by?\\nWhich day?\\n;hours Until five.")
    (Snippet(name='visit', text='May I come by?\\nWhich day?'), Snippet(name='hours', text='Until five.'))
    """
    found: list[tuple[str, list[str]]] = []
    for line in text.splitlines():
        match = _SNIPPET.match(line)
        if match:
            found.append((match[1].lower(), [line[match.end() :]]))
        elif found:
            found[-1][1].append(line)
        elif line.strip():
            raise ValueError("a snippet begins with ';' and its name, as ';visit May I come by?'")
    snippets = tuple(Snippet(name, "\n".join(lines).strip()) for name, lines in found)
    _check(snippets)
    return snippets


def _check(snippets: tuple[Snippet, ...]) -> None:
    names = [each.name for each in snippets]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise ValueError(f"there are two snippets called ';{twice}'")
    empty = next((each.name for each in snippets if not each.text), None)
    if empty is not None:
        raise ValueError(f"the snippet ';{empty}' has no text")


def write_snippets(snippets: tuple[Snippet, ...]) -> str:
    """The text that `read_snippets` reads."""
    return "\n".join(f";{each.name} {each.text}" for each in snippets)

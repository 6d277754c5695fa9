"""What a person wrote this time: a reply without the mail it answers and without its signature."""

from __future__ import annotations

import re
from dataclasses import dataclass

from leaddesk.rules.capture.addresses import IN_TEXT
from leaddesk.rules.capture.html_text import HISTORY, QUOTE_CLOSES, QUOTE_OPENS, bare
from leaddesk.rules.capture.signatures import without_signature
from leaddesk.rules.capture.vocabulary import Vocabulary, fold, fold_text

ROW_LIMIT = 4000
"""Rows of a body that are looked at."""

_DASHED = re.compile(r"\s*(?:[-_*=]{2,}\s*)([^-_*=]{3,80}?)\s*[-_*=]{2,}\s*")
_RULE_ROW = re.compile(r"\s*[-_=*~\u2500\u2501\u2550\u2014\u2015\uff0d]{3,}\s*")
_HEADER_ROW = re.compile(r"[\s*>]{0,20}([^\s:*>][^:*]{0,30}?)[\s*]{0,6}[:\uff1a](.*)")
_DATED_ADDRESS = re.compile(r"(?<!\d)20\d\d(?!\d).{1,120}<[^<>\s]{3,100}@[^<>\s]{3,200}>\s?:$")
_RUN_ON = re.compile(r"(?<=:)[ \u00a0]{2,8}(?=\S)")
"""Yahoo's programs go on in the row of "On 10 November Ann <ann@example.org> wrote:"."""
_DIGIT = re.compile(r"\d")
_REPLY_ABOVE = re.compile(r"#+-.{3,80}-#+")


@dataclass(frozen=True, slots=True)
class Parted:
    """A body in its parts. `forwarded` is true when the quoted mail was passed on, not answered."""

    visible: str
    signature: str
    quoted: str
    forwarded: bool


def part(lines: str, vocabulary: Vocabulary, writer: str = "") -> Parted:
    """The parts of a body; `lines` is the text of `opened.Opened`, with its marks.

    `writer` is the sender's shown name: a signature may begin with it.
    """
    rows = [piece for row in lines.split("\n")[:ROW_LIMIT] for piece in _pieces(row.rstrip())]
    own, quoted, forwarded = _Unquoting(rows, vocabulary).run()
    if not any(row.strip() for row in own) and not forwarded:
        own, quoted = [bare(row) for row in rows], []
    body, signature = without_signature(own, vocabulary, writer)
    return Parted(_joined(body), _joined(signature), _joined(quoted), forwarded)


def _pieces(row: str) -> list[str]:
    """The row, in two where a quoted mail goes on behind its attribution."""
    return _RUN_ON.split(row, maxsplit=1) if "@" in row and ":  " in row else [row]


def _joined(rows: list[str]) -> str:
    kept: list[str] = []
    for row in _without_rules(rows):
        text = bare(row).replace("\t", " ").replace("\u00a0", " ").rstrip()
        if text or (kept and kept[-1]):
            kept.append(text)
    return "\n".join(kept).strip()


def _without_rules(rows: list[str]) -> list[str]:
    """The rows without empty ones and ruled lines at their end."""
    end = len(rows)
    while end and (not bare(rows[end - 1]).strip() or _RULE_ROW.fullmatch(bare(rows[end - 1]))):
        end -= 1
    return rows[:end]


class _Unquoting:
    """Walks over the rows and tells our quoted words from theirs."""

    def __init__(self, rows: list[str], vocabulary: Vocabulary) -> None:
        self._rows = rows
        self._bare = [bare(row).strip() for row in rows]
        self._ends = [row.endswith((":", "\uff1a")) for row in self._bare]
        self._text = vocabulary.text
        self._own: list[str] = []
        self._quoted: list[str] = []
        self._forwarded = False

    def run(self) -> tuple[list[str], list[str], bool]:
        place = 0
        while place < len(self._rows):
            place = self._step(place)
        return self._own, self._quoted, self._forwarded

    def _step(self, place: int) -> int:
        row = self._rows[place]
        if QUOTE_OPENS in row:
            return self._block(place)
        text = self._bare[place]
        if text.startswith(">") and not text.startswith(">>>"):
            self._quoted.append(row)
            return place + 1
        if text.startswith("#") and _REPLY_ABOVE.fullmatch(text):
            return self._answered(place, 1)
        length = self._attribution(place)
        if length:
            return self._answered(place, length)
        if self._history_begins(place):
            self._quoted += self._rows[place:]
            return len(self._rows)
        self._own.append(row)
        return place + 1

    def _block(self, place: int) -> int:
        """A blockquote of HTML: passed over whole, with those inside it."""
        depth = 0
        for end in range(place, len(self._rows)):
            depth += self._rows[end].count(QUOTE_OPENS) - self._rows[end].count(QUOTE_CLOSES)
            self._quoted.append(self._rows[end])
            if depth <= 0:
                return end + 1
        return len(self._rows)

    def _answered(self, place: int, length: int) -> int:
        """After "X wrote:". With quote marks only the marked rows are quoted; without, all that follows."""
        after = place + length
        self._quoted += self._rows[place:after]
        following = [row for row in self._rows[after : after + 4] if bare(row).strip()]
        if following and (QUOTE_OPENS in following[0] or bare(following[0]).lstrip().startswith(">")):
            return after
        if following and following[0].strip() == HISTORY and self._marked_within(after):
            return after
        if self._has_own_text() or not any(self._rows[after:]):
            self._quoted += self._rows[after:]
            return len(self._rows)
        return after

    def _marked_within(self, place: int) -> bool:
        return any(QUOTE_OPENS in row for row in self._rows[place : place + 6])

    def _has_own_text(self) -> bool:
        return any(bare(row).strip() for row in self._own)

    def _attribution(self, place: int) -> int:
        """How many rows an attribution takes that begins here (1 to 3), or 0."""
        if not any(self._ends[place : place + 3]):
            return 0
        joined = ""
        for length in range(1, 4):
            if place + length > len(self._rows):
                return 0
            row = self._bare[place + length - 1]
            if not row or (joined and joined[-1] in ".!?"):
                return 0  # what stands before is a sentence of its own
            joined = f"{joined} {row}".strip()
            if len(joined) > 400:
                return 0
            if joined.endswith((":", "\uff1a")) and self._attributes(joined):
                return length
        return 0

    def _attributes(self, text: str) -> bool:
        """ "On 10 November Ann wrote:": a verb of writing, with a date or an address."""
        if _DATED_ADDRESS.search(text):
            return True
        if not self._text["quote"].found_in(fold_text(text)):
            return False
        return bool(_DIGIT.search(text)) or bool(IN_TEXT.search(text))

    def _history_begins(self, place: int) -> bool:
        row = self._rows[place]
        if HISTORY in row and self._has_own_text():
            return self._is_history(place)
        text = self._bare[place]
        if not text:
            return False
        if _DASHED.fullmatch(text) and (self._announced(text) or self._header_block(self._next_text(place))):
            return True
        if _RULE_ROW.fullmatch(text) and self._has_own_text() and self._header_block(self._next_text(place)):
            return True
        if self._text["forwarded"].is_all_of(text.rstrip(":")) and text.endswith(":"):
            self._forwarded = True
            return True
        return self._header_block(place)

    def _next_text(self, place: int) -> int:
        """The place of the next row with text."""
        following = range(place + 1, min(place + 4, len(self._rows)))
        return next((step for step in following if self._bare[step]), len(self._rows))

    def _is_history(self, place: int) -> bool:
        """A mail program's mark counts when something is quoted behind it, not for a mere coloured box."""
        behind = [row for row in self._rows[place + 1 : place + 12] if bare(row).strip()]
        if not behind:
            return True
        return any(
            QUOTE_OPENS in row or self._text["quote"].found_in(fold_text(bare(row))) for row in behind
        ) or any(self._header_block(place + step) for step in range(1, 8))

    def _announced(self, row: str) -> bool:
        """ "-----Original Message-----" and its kin."""
        inner = fold_text(row)
        if self._text["forwarded"].found_in(inner):
            self._forwarded = True
            return True
        return self._text["original"].found_in(inner) is not None

    def _header_block(self, place: int) -> bool:
        """From, Sent, To, Subject in a row, as mail programs put above what is answered or passed on."""
        first = self._header_kind(place)
        if first is None:
            return False
        kinds = {self._header_kind(place + step) for step in range(1, 6) if place + step < len(self._rows)}
        found = (kinds | {first}) & {"header_from", "header_sent", "header_to", "header_subject"}
        if len(found) < (3 if first == "header_from" else 4):
            return False
        self._forwarded = self._forwarded or not self._has_own_text()
        return True

    def _header_kind(self, place: int) -> str | None:
        if place >= len(self._rows):
            return None
        text = self._bare[place]
        match = _HEADER_ROW.match(text) if ":" in text or "\uff1a" in text else None
        if not match:
            return None
        word = fold(match[1])
        kinds = ("header_from", "header_sent", "header_to", "header_subject")
        return next((kind for kind in kinds if word in self._text[kind].words), None)

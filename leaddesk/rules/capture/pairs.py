"""Labels and values of a form's notice: labelled lines, table rows, label above value, ruled headings."""

from __future__ import annotations

import re

from leaddesk.rules.capture import names
from leaddesk.rules.capture.footers import is_footer, is_link_alone, own_end
from leaddesk.rules.capture.html_text import HISTORY, RULE, bare
from leaddesk.rules.capture.label_rows import LabelRows, opens_block
from leaddesk.rules.capture.meaning import MACHINE, PERSON
from leaddesk.rules.capture.open_pair import OpenPair
from leaddesk.rules.capture.sheet import INTRO, OWN_ROW, Pair, Sheet
from leaddesk.rules.capture.speakers import quoted_from, said_by
from leaddesk.rules.capture.tails import says_yes_or_no
from leaddesk.rules.capture.vocabulary import Vocabulary, fold, fold_text

ROW_LIMIT = 1500
PAIR_LIMIT = 200

_RULE_ROW = re.compile(r"\s*[-_=*~\u2500\u2501\u2550\u2014\uff0d]{3,}\s*|\s*--\s*")
_HEADINGS = frozenset(
    {
        "value",
        "wert",
        "valeur",
        "valor",
        "valore",
        "waarde",
        "wartosc",
        "varde",
        "answer",
        "response",
        "antwort",
    }
)
"""What the second column of a table of answers is called."""
_NAME_AND_ADDRESS = re.compile(
    r"\"?([^<>@\"()]{2,80})\"?\s{0,3}[<(\[]([^<>()@\s]{1,64}@[^<>()@\s]{3,250})[>)\]]"
)


def read_pairs(lines: str, vocabulary: Vocabulary) -> Sheet:
    """The pairs in the text of `opened.Opened`, marks and tabs included."""
    rows = [row.rstrip() for row in lines.split("\n")[:ROW_LIMIT]]
    return _PairReader(rows, vocabulary).run()


class _PairReader:
    def __init__(self, rows: list[str], vocabulary: Vocabulary) -> None:
        self._rows = rows
        self._text = vocabulary.text
        self._labels = LabelRows(vocabulary)
        self._styles = self._labels.styles_of(rows)
        self._found: list[Pair] = []
        self._rest: list[str] = []
        self._open: OpenPair | None = None
        self._blank_before = True
        self._skipping = False

    def run(self) -> Sheet:
        for place, row in enumerate(self._rows):
            if len(self._found) >= PAIR_LIMIT:
                break
            self._take(place, row)
        self._close()
        return Sheet(tuple(self._found), "\n".join(self._rest).strip())

    def _take(self, place: int, row: str) -> None:
        text = bare(row).strip()
        if not text and RULE not in row:
            self._take_blank()
            return
        if RULE in row or HISTORY in row or _RULE_ROW.fullmatch(text):
            self._take_rule(text)
        elif not self._take_label(place, row):
            self._take_text(row, text)
        self._blank_before = False

    def _take_blank(self) -> None:
        self._blank_before = True
        if self._open and self._open.known == "message":
            self._open.rows.append("")
        elif not self._open and self._rest:
            self._rest.append("")

    def _take_rule(self, text: str) -> None:
        """A ruled line ends a field; within a message it may be the visitor's own, so it is remembered."""
        self._skipping = False
        if self._open and self._open.known == "message" and any(self._open.rows):
            self._open.rows.append(OWN_ROW + text)
        else:
            self._close()
            if self._rest:
                self._rest.append(OWN_ROW + text)

    def _take_label(self, place: int, row: str) -> bool:
        for style, label, value in self._labels.candidates(row):
            if style not in self._styles:
                continue
            known = self._labels.meaning(label, value or self._next_text(place))
            if not value and style in ("colon", "bold") and self._speaks(label, known, place):
                known = "message"
            if not self._accepts(place, style, label, value, known):
                continue
            self._close()
            self._skipping = False
            self._open = OpenPair(label, [value] if value else [], style, known, bool(value))
            return True
        return False

    def _speaks(self, label: str, known: str | None, place: int) -> bool:
        """Does the label name who wrote the words under it?"""
        name = said_by(label, self._text["says"])
        if not name and not known:
            name = quoted_from(label, self._next_text(place))
        if name:
            self._found.append(Pair("", name, "name"))
        return bool(name)

    def _next_text(self, place: int) -> str:
        for row in self._rows[place + 1 : place + 3]:
            text = bare(row).strip()
            if text:
                return text
        return ""

    def _accepts(self, place: int, style: str, label: str, value: str, known: str | None) -> bool:
        if style in ("decorated", "bold"):
            return True
        if style == "bare":
            if self._open and not self._open.rows and self._open.known == known:
                return False  # "Form name" over "Contact form": a value that happens to be a label
            return not (self._in_message() and self._has(known))
        if style == "tab":
            return True
        if style == "block":
            return self._opens_block(place, label)
        if style == "question":
            said = says_yes_or_no(value)
            short = len(value.split()) <= 3 and not value.endswith((".", "!"))
            return said or (short and not (self._open and self._open.known == "message"))
        if self._is_footer(bare(self._rows[place])) and known is None:
            return False
        if self._in_message():
            return self._ends_message(place, label, value, known)
        if known is None and (self._skipping or not value) and not self._question(label):
            return False
        return known is not None or len(label.split()) <= 8

    def _opens_block(self, place: int, label: str) -> bool:
        """An unknown label over its value, where the known ones stand so."""
        if not opens_block(self._rows, place) or self._is_footer(label) or label[-1] in ".,!;)":
            return False
        return len(label.split()) <= 9 and (not self._in_message() or label.endswith("?"))

    @staticmethod
    def _question(label: str) -> bool:
        return label.endswith("?") or len(label.split()) <= 4

    def _in_message(self) -> bool:
        return bool(
            self._open and self._open.known == "message" and any(row.strip() for row in self._open.rows)
        )

    def _has(self, meaning: str | None) -> bool:
        return any(pair.meaning == meaning and pair.value for pair in self._found)

    def _ends_message(self, place: int, label: str, value: str, known: str | None) -> bool:
        """Labelled rows inside a message are the visitor's own where they repeat what is known already."""
        if known in MACHINE or (value and says_yes_or_no(value)):
            return True
        if not any(mark in self._styles for mark in ("bold", "decorated", "tab")) and self._repeats(place):
            return False
        if known in PERSON or known in ("message", "subject", "address", "fax", "title", "reading"):
            return not self._has(known)
        if label.endswith("?") and self._blank_before:
            return 0 < len(value) <= 80
        return len(label.split()) <= 4 and 0 < len(value) <= 60 and label[:1] == label[:1].upper()

    def _repeats(self, place: int) -> bool:
        """Some row of this block of labelled rows names a thing that has been told before the message."""
        for row in self._rows[place : place + 8]:
            candidates = [found for found in self._labels.candidates(row) if found[0] == "colon"]
            if not candidates:
                return False
            known = self._labels.meaning(candidates[0][1], candidates[0][2])
            if known in PERSON and self._has(known):
                return True
        return False

    def _take_text(self, row: str, text: str) -> None:
        if self._open and self._open.style == "decorated" and not self._is_footer(text):
            self._open.rows.append(text)
            return
        named = _NAME_AND_ADDRESS.fullmatch(text)
        if named and not self._in_message():
            self._close()
            self._found += [Pair("", named[1], "name"), Pair("", named[2], "email")]
            return
        if self._is_footer(text) or self._is_button(row, text) or self._is_late_footer(text):
            self._close()
            self._skipping = True
            return
        if self._open and self._open.goes_on(text, blank_before=self._blank_before):
            self._open.rows.append(text)
            return
        self._close()
        if not self._skipping and not is_link_alone(row, text):
            intro = self._text["intro"].found_in(fold_text(text[:200]))
            self._rest.append(INTRO if intro else text)

    def _is_footer(self, text: str) -> bool:
        return is_footer(text, self._text["footer"])

    def _is_late_footer(self, text: str) -> bool:
        """Behind the last cell of a table a footer may also hide in the middle of a sentence."""
        if not self._blank_before or not self._open or self._open.style not in ("tab", "bold"):
            return False
        return len(text) <= 200 and self._text["footer"].found_in(fold_text(text)) is not None

    def _is_button(self, row: str, text: str) -> bool:
        """Under a message, a row that is nothing but a link with words is the form's button."""
        return is_link_alone(row, text) and self._in_message()

    def _close(self) -> None:
        pair, self._open = self._open, None
        if not pair:
            return
        value = pair.value(own_end(pair.rows, self._text["footer"]))
        named = _NAME_AND_ADDRESS.fullmatch(value.strip())
        if named:
            self._found += [Pair("", named[1], "name"), Pair("", named[2], "email")]
            return
        if pair.style == "tab" and fold(value) in _HEADINGS:
            return
        meaning = "message" if pair.known == "message" else self._labels.meaning(pair.label, value)
        if meaning in (None, "caller") and self._is_sender(pair.label, value):
            meaning = "name"
        self._found.append(Pair(pair.label.strip(" *:\uff1a"), value, meaning))

    def _is_sender(self, label: str, value: str) -> bool:
        """ "From: Ann Beck" without an address."""
        if fold(label) not in self._text["header_from"].words:
            return False
        return len(value.split()) >= 2 and names.person(value) is not None

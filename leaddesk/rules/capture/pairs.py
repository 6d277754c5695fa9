"""Labels and values of a form's notice: labelled lines, table rows, label above value, ruled headings."""

from __future__ import annotations

from leaddesk.rules.capture.accepting import Accepting, Candidate, SoFar
from leaddesk.rules.capture.cells import side_by_side
from leaddesk.rules.capture.contact_block import block_at, is_titled_name, may_open, name_and_address
from leaddesk.rules.capture.footers import holds_footer, is_footer, is_link_alone, own_end
from leaddesk.rules.capture.form_sentences import is_forms_sentence
from leaddesk.rules.capture.html_text import HISTORY, RULE, bare
from leaddesk.rules.capture.label_rows import LabelRows, unpiped
from leaddesk.rules.capture.meaning import MACHINE
from leaddesk.rules.capture.open_pair import COLUMN_TITLES, OpenPair
from leaddesk.rules.capture.sections import RULE_ROW, is_label_row, is_over_labels, is_section, is_underlined
from leaddesk.rules.capture.sheet import BUTTON, INTRO, OWN_ROW, Pair, Sheet
from leaddesk.rules.capture.speakers import quoted_from, said_beside, said_by, with_sender
from leaddesk.rules.capture.spoken import told_by
from leaddesk.rules.capture.vocabulary import Vocabulary, fold

ROW_LIMIT = 1500
PAIR_LIMIT = 200


def read_pairs(lines: str, vocabulary: Vocabulary) -> Sheet:
    """The pairs in the text of `opened.Opened`, marks and tabs included."""
    rows = [row.rstrip() for row in lines.split("\n")[:ROW_LIMIT]]
    rows = [unpiped(row) if row[:1] == "|" else row for row in rows]
    if "\t" in lines:
        rows = side_by_side(rows, lambda cell: fold(cell) in vocabulary.labels)
    return _PairReader(rows, vocabulary).run()


class _PairReader:
    def __init__(self, rows: list[str], vocabulary: Vocabulary) -> None:
        self._rows = rows
        self._text = vocabulary.text
        self._labels = LabelRows(vocabulary)
        self._accepting = Accepting(rows, self._labels, self._text["footer"], self._text["closing"])
        self._vocabulary = vocabulary
        self._found: list[Pair] = []
        self._rest: list[str] = []
        self._unlabelled: list[Pair] = []
        self._spoken: list[Pair] = []
        self._rules: set[str] = set()
        self._next = 0
        self._underlined = 0
        self._above = 0
        self._headed: OpenPair | None = None
        self._open: OpenPair | None = None
        self._blank_before = True
        self._skipping = False

    def run(self) -> Sheet:
        for place, row in enumerate(self._rows):
            if len(self._found) >= PAIR_LIMIT:
                break
            if place >= self._next:
                self._take(place, row)
        self._close()
        found = with_sender(self._found, self._text["header_from"])
        return Sheet(found, "\n".join(self._rest).strip(), tuple(self._unlabelled), tuple(self._spoken))

    def _take(self, place: int, row: str) -> None:
        text = bare(row).strip()
        if not text and RULE not in row:
            self._take_blank()
            return
        if RULE in row or HISTORY in row or RULE_ROW.fullmatch(text):
            self._take_rule(text)
        elif self._is_heading(place, text):
            self._close()
            self._open, self._headed = self._headed, None
            self._skipping = False
        elif not self._take_block(place, text) and not self._take_label(place, row):
            self._take_text(row, text)
        self._blank_before = False

    def _take_blank(self) -> None:
        self._blank_before = True
        if self._open and (self._open.known == "message" or self._open.style == "decorated"):
            self._open.rows.append("")
        elif not self._open and self._rest:
            self._rest.append("")

    def _take_rule(self, text: str) -> None:
        """A ruled line ends a field; within a message it may be the visitor's own, so it is remembered.

        One that has framed the form's own words before is the form's here too.
        """
        self._skipping = False
        framed = len(text) > 4 and text in self._rules
        if self._open and self._open.known == "message" and any(self._open.rows) and not framed:
            self._open.rows.append(OWN_ROW + text)
        else:
            self._rules.add(text)
            self._close()
            if self._rest:
                self._rest.append(OWN_ROW + text)

    def _is_heading(self, place: int, text: str) -> bool:
        """A heading of the form's own, which ends what stands above it; a first row may be the message's."""
        if self._open and not any(self._open.rows):
            return False
        if is_section(text, self._vocabulary):
            below = self._next_text(place)
            return is_label_row(below) or self._labels.meaning(text.rstrip(":\uff1a"), below) != "message"
        if not self._blank_before or not is_underlined(self._rows, place):
            return False
        if not is_over_labels(self._rows, place):
            return self._open_underlined(place, text)
        self._underlined += 1
        return True

    def _open_underlined(self, place: int, text: str) -> bool:
        """A heading over text, in a mail that underlines its headings, is the label of the text."""
        known = self._labels.meaning(text, self._next_text(place + 1))
        if known is None and not self._underlined:
            return False
        self._close()
        self._headed = OpenPair(text, [], "decorated", known, False)
        self._next = place + 2
        return True

    def _take_block(self, place: int, text: str) -> bool:
        """A name over a number or an address, outside of values and footers."""
        if self._skipping or self._unlabelled or not may_open(text) or not self._is_between():
            return False
        block = block_at(self._rows, place, self._vocabulary)
        if not block:
            return False
        self._close()
        self._unlabelled += block.pairs
        self._next = place + block.length
        return True

    def _is_between(self) -> bool:
        """No value goes on here; one that a name's label announces may be a whole block."""
        if not self._open:
            return True
        if not self._open.rows:
            heading = self._open.style == "bold" and self._open.known is None and self._blank_before
            return heading or self._open.known == "name"
        return self._open.is_quoted or (self._blank_before and self._open.known != "message")

    def _take_label(self, place: int, row: str) -> bool:
        for style, label, value in self._labels.candidates(row):
            possible = self._accepting.is_possible(place, style, value)
            if not possible and not (style == "colon" and self._accepting.is_decorated):
                continue
            known = self._labels.meaning(label, value or self._next_text(place))
            if not possible and known not in MACHINE:
                continue  # among labels set in rules or brackets only a machine's rows have colons
            if not value and style in ("colon", "bold") and self._speaks(label, known, place):
                known = "message"
            if known is None and style == "colon" and label.endswith("?") and len(value.split()) >= 8:
                known = "message"  # a sentence or two in answer to a question
            if not self._accepting.accepts(place, Candidate(style, label, value, known), self._so_far()):
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

    def _so_far(self) -> SoFar:
        above = self._above >= 2 and self._above == len(self._found)
        return SoFar(self._open, self._found, self._skipping, self._blank_before, above)

    def _take_text(self, row: str, text: str) -> None:
        if self._open and self._open.style == "decorated" and not is_footer(text, self._text["footer"]):
            self._open.rows.append(text)
            return
        waits = self._open is not None and not self._open.rows
        if not waits and not self._so_far().in_message and is_titled_name(text, self._vocabulary):
            self._close()
            self._unlabelled.append(Pair("", text, "name"))
            return
        named = [] if self._so_far().in_message else name_and_address(text)
        if named:
            self._close()
            self._found += named
            return
        if self._is_forms_own(row, text):
            self._skipping = bool(self._open or self._found or self._has_said())
            self._close()
            return
        if self._open and self._open.goes_on(text, blank_before=self._blank_before):
            self._open.rows.append(text)
            return
        self._close()
        if not self._skipping and is_link_alone(row, text):
            self._rest.append(BUTTON)
        elif not self._skipping:
            self._take_sentence(text)

    def _take_sentence(self, text: str) -> None:
        """A row of its own: the visitor's words, or the form's, which may tell who wrote."""
        said = said_beside(text, self._vocabulary)
        if said:
            self._found.append(Pair("", said[0], "name"))
            self._open = OpenPair(said[1], [said[2]], "said", "message", True)
            return
        is_forms = is_forms_sentence(text, self._vocabulary, announced=INTRO in self._rest)
        known = {pair.meaning: pair.value for pair in self._spoken}
        told = told_by(text, self._vocabulary, is_forms=is_forms, named=known.get("name", ""))
        self._spoken += [pair for pair in told if pair.meaning not in known]
        if is_forms:
            self._rest.append(INTRO)
        elif not told:
            self._rest.append(text)

    def _has_said(self) -> bool:
        """Something stands above: before it, "Respond to Ann's inquiry" is a heading, no footer."""
        return any(row and not row.startswith(OWN_ROW) for row in self._rest)

    def _is_forms_own(self, row: str, text: str) -> bool:
        """A footer; or a button under a message, a row that is nothing but a link with words."""
        behind = self._open if self._blank_before else None
        if is_link_alone(row, text) and (self._so_far().in_message or (behind and behind.rows)):
            return True
        is_late = behind is not None and behind.style in ("tab", "bold")
        return is_footer(text, self._text["footer"]) or (is_late and holds_footer(text, self._text["footer"]))

    def _close(self) -> None:
        pair, self._open = self._open, None
        if not pair:
            return
        self._above += pair.style == "colon" and not pair.inline
        value = pair.value(own_end(pair.rows, self._text["footer"]))
        named = name_and_address(value.strip())
        if named:
            self._found += named
            return
        if pair.style == "tab" and fold(value) in COLUMN_TITLES:
            return
        meaning = "message" if pair.known == "message" else self._labels.meaning(pair.label, value)
        self._found.append(Pair(pair.label.strip(" *:\uff1a"), value, meaning))

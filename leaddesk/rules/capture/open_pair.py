"""A label whose value is still being read, row by row."""

from __future__ import annotations

import re
from dataclasses import dataclass

from leaddesk.rules.capture.sheet import OWN_ROW

_LIST_ITEM = re.compile(r"\s*(?:[-\u2022*\u30fb\u2013]|\d{1,2}[.)])\s+\S")
_BULLET = re.compile(r"\s*(?:[-\u2022*\u30fb\u2013]|\d{1,2}[.)])\s+")
_OPENING = ('"', "\u201c", "\u201e", "\u00ab", "\u300c")
_CLOSING = ('"', "\u201d", "\u201c", "\u00bb", "\u300d")
_ONE_ROW = frozenset({"name", "first_name", "last_name", "email", "phone", "mobile"})
COLUMN_TITLES = frozenset({
    "value", "wert", "valeur", "valor", "valore", "waarde", "wartosc", "varde", "answer", "response",
    "antwort", "eingabe", "angabe", "saisie", "reponse", "respuesta", "risposta", "antwoord", "odpowiedz",
    "resposta", "svar",
})  # fmt: skip
"""What the second column of a table of answers is called."""
_EMPTY = ("-", "\u2013", "n/a", "N/A")


@dataclass(slots=True)
class OpenPair:
    """A pair that is being read: its label, the rows of its value so far, and how the label is set."""

    label: str
    rows: list[str]
    style: str
    known: str | None
    inline: bool
    """The value began beside its label."""

    @property
    def is_quoted(self) -> bool:
        """Some row ends the quotation that the first one opens: what follows is no more of it."""
        opens = bool(self.rows) and self.rows[0][:1] in _OPENING
        return opens and any(row.rstrip()[-1:] in _CLOSING and len(row) > 1 for row in self.rows)

    def goes_on(self, text: str, *, blank_before: bool) -> bool:
        """Does this row belong to the value?"""
        if self.known == "message" or not self.rows:
            return True
        if self.style == "tab" and self.known in _ONE_ROW:
            return False  # a cell of its own: the label of an empty answer stands alone
        if self.style == "bold" or (self.style == "colon" and not self.inline):
            return not blank_before or len(self.rows[0]) > 40
        if blank_before or self.style == "tab" or _LIST_ITEM.match(text) or not self.inline:
            return not blank_before
        return self.known is None and self.style == "colon" and len(self.rows[0]) > 60

    def value(self, end: int) -> str:
        """The value of the rows before `end`, without empty and ruled ones; short rows become a list."""
        rows = self.rows[:end]
        while rows and (not rows[-1].strip() or rows[-1].startswith(OWN_ROW)):
            rows.pop()
        own = [row.removeprefix(OWN_ROW) for row in rows]
        filled = [row for row in own if row]
        if self.known != "message" and len(filled) > 1 and all(map(_LIST_ITEM.match, filled)):
            return ", ".join(_without_bullet(row) for row in filled)
        if (
            self.known is None
            and len(own) > 1
            and all(len(row) <= 60 and row[-1:] not in ".!?" for row in own)
        ):
            return ", ".join(filled)
        value = "\n".join(own).strip()
        return "" if value in _EMPTY else value


def is_list_item(text: str) -> bool:
    """The row begins with a bullet or a number."""
    return _LIST_ITEM.match(text) is not None


def _without_bullet(row: str) -> str:
    found = _BULLET.match(row)
    return row[found.end() :] if found else row

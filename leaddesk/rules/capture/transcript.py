"""What the visitor said in a chat whose lines name their speakers."""

from __future__ import annotations

import re
from collections.abc import Iterable

from leaddesk.rules.capture.vocabulary import fold

_TIME = r"\d{1,2}:\d{2}(?::\d{2})?(?:\s?[ap]\.?m\.?)?"
_STAMPED = re.compile(
    rf"[(\[]?(?:\d{{1,4}}[./-]\d{{1,2}}[./-]\d{{1,4}},?\s)?{_TIME}\s?[)\]]?\s?[-\u2013]?\s?"
    r"(?P<who>[^\s:\uff1a][^:\uff1a\n]{0,49})[:\uff1a](?P<said>.*)",
    re.IGNORECASE,
)
_SPOKEN = re.compile(
    rf"(?P<who>[^\W\d_][^:\uff1a\n()\[\]]{{0,48}})[(\[]{_TIME}[)\]]\s?[:\uff1a]?(?P<said>.*)", re.IGNORECASE
)
_HEADED = re.compile(rf"(?P<who>[^\W\d_][^:\uff1a\n]{{0,48}}?)\s(?:\S\s)?{_TIME}", re.IGNORECASE)
_PLAIN = re.compile(r"(?P<who>[^\s:\uff1a][^:\uff1a\n]{0,49})[:\uff1a](?P<said>.*)")
_VISITOR = frozenset({
    "visitor", "guest", "customer", "client", "user", "besucher", "gast", "kunde", "visiteur", "visitante",
    "cliente", "bezoeker", "klant", "utente",
})  # fmt: skip


def visitor_said(text: str, name: str | None) -> str | None:
    """The visitor's turns, a row each; None where the text is no conversation of a visitor's.

    The visitor is who is called as the form says, or "Visitor": opening hours look like turns too.
    """
    turns = _turns(text.split("\n"), name)
    return "\n".join(said for who, said in turns if said and _is_visitor(who, name)).strip() or None


_Match = re.Match[str] | None


def _turns(text_rows: list[str], name: str | None) -> list[tuple[str, str]]:
    """Who said what; empty unless two rows at least open a turn in the same way."""
    rows = [" ".join(row.split()) for row in text_rows[:400]]
    for matches in zip(*map(_openings, rows), strict=True):
        if sum(match is not None for match in matches) >= 2:
            return _gathered(rows, matches)
    plain = [_PLAIN.fullmatch(row) for row in rows]
    known = [match for match in plain if match and _is_visitor(match["who"].strip(), name)]
    spoken = sum(match is not None for match in plain)
    return _gathered(rows, plain) if len(known) >= 2 and spoken * 2 > sum(map(bool, rows)) else []


def _openings(row: str) -> tuple[_Match, _Match, _Match]:
    return _STAMPED.fullmatch(row), _SPOKEN.fullmatch(row), _HEADED.fullmatch(row)


def _gathered(rows: Iterable[str], openings: Iterable[_Match]) -> list[tuple[str, str]]:
    turns: list[tuple[str, str]] = []
    for row, match in zip(rows, openings, strict=True):
        if match:
            turns.append((match["who"].strip(), (match.groupdict().get("said") or "").strip()))
        elif turns and row:
            who, said = turns[-1]
            turns[-1] = (who, f"{said}\n{row}".strip())
    return turns


def _is_visitor(who: str, name: str | None) -> bool:
    words = fold(who).split()
    if not words:
        return False
    return bool(_VISITOR & set(words[:1])) or bool(name and set(words) <= set(fold(name).split()))

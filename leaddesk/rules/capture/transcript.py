"""What the visitor said in a chat whose lines name their speakers."""

from __future__ import annotations

import re
from collections.abc import Iterable

from leaddesk.rules.capture.vocabulary import fold

_TIME = r"\d{1,2}:\d{2}(?::\d{2})?(?:\s?[ap]\.?m\.?)?"
_STAMPED = re.compile(
    rf"\s*[(\[]?\s?(?:\d{{1,4}}[./-]\d{{1,2}}[./-]\d{{1,4}},?\s)?{_TIME}\s?[)\]]?\s{{0,3}}[-\u2013]?\s{{0,3}}"
    r"(?P<who>[^:\uff1a\n]{1,50}?)\s?[:\uff1a]\s{0,3}(?P<said>.*)",
    re.IGNORECASE,
)
_SPOKEN = re.compile(
    rf"\s*(?P<who>[^\W\d_][^:\uff1a\n()\[\]]{{0,48}}?)\s{{0,3}}[(\[]{_TIME}[)\]]\s?[:\uff1a]?\s{{0,3}}(?P<said>.*)",
    re.IGNORECASE,
)
_HEADED = re.compile(rf"\s*(?P<who>[^\W\d_][^:\uff1a\n]{{0,48}}?)\s{{1,3}}(?:\S\s)?{_TIME}\s*", re.IGNORECASE)
_PLAIN = re.compile(r"\s*(?P<who>[^:\uff1a\n]{1,50})[:\uff1a]\s{0,3}(?P<said>\S.*)")
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


def _turns(rows: list[str], name: str | None) -> list[tuple[str, str]]:
    """Who said what; empty unless two rows at least open a turn in the same way."""
    for opening in (_STAMPED, _SPOKEN, _HEADED):
        opened = [match for row in rows[:400] if (match := opening.fullmatch(row))]
        if len(opened) >= 2:
            return _gathered(rows, opening)
    spoken = [match for row in rows[:400] if (match := _PLAIN.fullmatch(row))]
    known = [match for match in spoken if _is_visitor(match["who"].strip(), name)]
    if len(known) >= 2 and len(spoken) * 2 > sum(bool(row.strip()) for row in rows):
        return _gathered(rows, _PLAIN)
    return []


def _gathered(rows: Iterable[str], opening: re.Pattern[str]) -> list[tuple[str, str]]:
    turns: list[tuple[str, str]] = []
    for row in rows:
        match = opening.fullmatch(row)
        if match:
            turns.append((match["who"].strip(), match.groupdict().get("said") or ""))
        elif turns and row.strip():
            who, said = turns[-1]
            turns[-1] = (who, f"{said}\n{row.strip()}".strip())
    return turns


def _is_visitor(who: str, name: str | None) -> bool:
    words = fold(who).split()
    if not words:
        return False
    return bool(_VISITOR & set(words[:1])) or bool(name and set(words) <= set(fold(name).split()))

"""How the table was sorted and cut down, in one line of text that is kept until the next start."""

from __future__ import annotations

from leaddesk.words.all_leads import Only, Sort, SortBy
from leaddesk.words.states import Outcome


def written(only: Only, sort: Sort) -> str:
    """The line to remember. The words of a search are not kept: they would hide who is looked for next.

    >>> written(Only(Outcome.WON, "Phone, by day"), Sort(SortBy.NAME, down=False))
    'name,up,won,Phone, by day'
    """
    return ",".join((sort.by.value, "down" if sort.down else "up", only.outcome or "", only.source or ""))


def read(text: str) -> tuple[Only, Sort]:
    """What a line says; everybody by their last word where it says nothing.

    >>> read("name,up,won,Phone, by day") == (Only(Outcome.WON, "Phone, by day"), Sort(SortBy.NAME, False))
    True
    >>> read("?") == (Only(), Sort())
    True
    """
    try:
        by, way, outcome, source = text.split(",", 3)
        return Only(Outcome(outcome) if outcome else None, source or None), Sort(SortBy(by), way == "down")
    except ValueError:
        return Only(), Sort()

"""How the table was sorted and cut down, in one line of text that is kept until the next start."""

from __future__ import annotations

from leaddesk.words.all_leads import Only, Sort, SortBy
from leaddesk.words.states import Outcome

_UNSCHEDULED = "unscheduled"


def written(only: Only, sort: Sort) -> str:
    """The line to remember. The words of a search are not kept: they would hide who is looked for next.

    >>> written(Only(Outcome.WON, "Phone, by day"), Sort(SortBy.NAME, down=False))
    'name,up,won,Phone, by day'
    """
    outcome = _UNSCHEDULED if only.unscheduled else only.outcome or ""
    return ",".join((sort.by.value, "down" if sort.down else "up", outcome, only.source or ""))


def read(text: str) -> tuple[Only, Sort]:
    """What a line says; everybody by their last word where it says nothing.

    >>> read("name,up,won,Phone, by day") == (Only(Outcome.WON, "Phone, by day"), Sort(SortBy.NAME, False))
    True
    >>> read(written(Only(unscheduled=True), Sort()))[0].unscheduled
    True
    >>> read("?") == (Only(), Sort())
    True
    """
    try:
        by, way, outcome, source = text.split(",", 3)
        unscheduled = outcome == _UNSCHEDULED
        wanted = Outcome(outcome) if outcome and not unscheduled else None
        return Only(wanted, source or None, unscheduled=unscheduled), Sort(SortBy(by), way == "down")
    except ValueError:
        return Only(), Sort()

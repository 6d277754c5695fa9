"""What each column of a table means: by its title first, then by what stands in it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from leaddesk.rules.capture.names import is_company
from leaddesk.rules.imports import cells
from leaddesk.rules.imports.dates import looks_like_date
from leaddesk.rules.imports.fitting import HALF, MOST, Values, fits, may_be_name
from leaddesk.rules.imports.titles import Meaning, Titles, shipped, words_of
from leaddesk.words.imports import Column, Field

_SEVERAL = frozenset({Field.EMAIL, Field.PHONE})
"""Fields that more than one column may give."""
_NAMES = frozenset({Field.NAME, Field.FIRST_NAME, Field.LAST_NAME})
_WORDY = 25
"""Characters of the usual message."""


@dataclass(frozen=True, slots=True)
class _Chance:
    """A column that may mean something; the smallest is the likeliest."""

    is_empty: bool
    rank: int
    place: int
    meaning: Meaning


def columns_of(titles: Sequence[str] | None, rows: Sequence[Sequence[str]], width: int) -> tuple[Column, ...]:
    """A column for each place. `titles` is None where there are none; `rows` are the first ones, bare."""
    values = [Values([row[place] if place < len(row) else "" for row in rows]) for place in range(width)]
    if titles is None:
        return _without_titles(values)
    named = [titles[place] if place < len(titles) else "" for place in range(width)]
    fields = _by_titles(named, values, shipped())
    _turn_bare_name(fields, named, shipped())
    sure = set(fields)
    _by_shape(fields, named, values, shipped())
    return tuple(
        Column(place, named[place] or made_up(place), _field_of(place, fields, named[place]), place in sure)
        for place in range(width)
    )


def made_up(place: int) -> str:
    """The title of a column that has none."""
    return f"Column {place + 1}"


def signature_of(titles: Sequence[str] | None, width: int) -> str:
    """The same for all files with these titles."""
    told = "\x1f".join(map(words_of, titles)) if titles is not None else f"{width} columns without titles"
    return hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()[:16]


def _field_of(place: int, fields: Mapping[int, Field], title: str) -> Field:
    if place in fields:
        return fields[place]
    return Field.SKIP if shipped().is_skipped(title) else Field.ANSWER


# -- by title


def _by_titles(named: Sequence[str], values: Sequence[Values], titles: Titles) -> dict[int, Field]:
    """The likeliest column of each field; addresses and numbers may have several."""
    fields: dict[int, Field] = {}
    for chance in sorted(_chances(named, values, titles), key=lambda c: (c.is_empty, c.rank, c.place)):
        field = chance.meaning.field
        if chance.place in fields or (field in fields.values() and field not in _SEVERAL):
            continue
        if chance.meaning.is_weak_name and _NAMES & set(fields.values()):
            continue
        fields[chance.place] = field
    return fields


def _chances(named: Sequence[str], values: Sequence[Values], titles: Titles) -> Iterator[_Chance]:
    for place, title in enumerate(named):
        for meaning in titles.meanings(title):
            if fits(meaning, values[place]):
                yield _Chance(not values[place], meaning.rank, place, meaning)


def _turn_bare_name(fields: dict[int, Field], named: Sequence[str], titles: Titles) -> None:
    """ "Name" beside "Vorname" is the family's, "Nombre" beside "Apellidos" the person's own."""
    places = {field: place for place, field in fields.items()}
    name = places.get(Field.NAME)
    if name is None or not titles.is_bare_name(named[name]):
        return
    if Field.FIRST_NAME in places and Field.LAST_NAME not in places:
        fields[name] = Field.LAST_NAME
    elif Field.LAST_NAME in places and Field.FIRST_NAME not in places:
        fields[name] = Field.FIRST_NAME


# -- by shape


def _by_shape(
    fields: dict[int, Field], named: Sequence[str], values: Sequence[Values], titles: Titles
) -> None:
    """Columns that can be nothing else, where no title says who they are."""
    free = [
        p for p in range(len(values)) if p not in fields and values[p] and not titles.is_skipped(named[p])
    ]
    taken = set(fields.values())
    if Field.EMAIL not in taken:
        _take(fields, free, Field.EMAIL, lambda p: values[p].share(cells.is_address) >= MOST)
    if Field.PHONE not in taken:
        _take(fields, free, Field.PHONE, lambda p: _are_surely_phones(values[p]))
    if not {Field.MESSAGE, Field.NOTE} & taken:
        asked = [p for p in free if named[p].rstrip().endswith(("?", "？")) and p not in fields]
        asked.sort(key=lambda p: -values[p].length)
        _take(fields, asked, Field.MESSAGE, lambda p: _are_answers(values[p]))


def _take(
    fields: dict[int, Field], places: Sequence[int], field: Field, is_such: Callable[[int], bool]
) -> None:
    found = next((place for place in places if place not in fields and is_such(place)), None)
    if found is not None:
        fields[found] = field


def _are_surely_phones(values: Values) -> bool:
    """Bare digits may be the number of anything."""
    return (
        values.share(cells.is_number_like) >= MOST
        and values.share(lambda v: not v.isdigit() or v[0] == "0") >= HALF
    )


def _are_answers(values: Values) -> bool:
    return values.share(lambda v: not cells.is_value(v) and not cells.is_plain_number(v)) >= MOST


def _without_titles(values: Sequence[Values]) -> tuple[Column, ...]:
    """A table of values only: each column by what it looks like, names by standing first."""
    fields: dict[int, Field] = {}
    places = [p for p in range(len(values)) if values[p]]
    _take(fields, places, Field.EMAIL, lambda p: values[p].share(cells.is_address) >= MOST)
    _take(fields, places, Field.RECEIVED_AT, lambda p: values[p].share(looks_like_date) >= MOST)
    _take(fields, places, Field.PHONE, lambda p: values[p].share(_is_long_number) >= MOST)
    _take(fields, places, Field.MESSAGE, lambda p: values[p].length >= _WORDY and _is_wordy(values[p]))
    if {Field.EMAIL, Field.PHONE} & set(fields.values()):  # else these are any words in lines
        _take_names(fields, places, values)
    _take(fields, places, Field.COMPANY, lambda p: values[p].share(is_company) >= 0.3)
    blank = [Column(p, made_up(p), Field.ANSWER, sure=False) for p in range(len(values))]
    return tuple(replace(column, field=fields.get(column.place, Field.ANSWER)) for column in blank)


def _is_long_number(text: str) -> bool:
    return len(text) >= 7 and cells.is_number_like(text)


def _is_wordy(values: Values) -> bool:
    return values.share(lambda v: v.count(" ") >= 3 or not v.isascii()) >= HALF


def _take_names(fields: dict[int, Field], places: Sequence[int], values: Sequence[Values]) -> None:
    """The first column of names; with the second, where both hold single words."""
    named = [p for p in places if p not in fields and values[p].share(_is_like_a_name) >= MOST]
    if len(named) >= 2 and named[1] == named[0] + 1 and all(_is_single(values[p]) for p in named[:2]):
        fields[named[0]], fields[named[1]] = Field.FIRST_NAME, Field.LAST_NAME
    elif named:
        fields[named[0]] = Field.NAME


def _is_like_a_name(text: str) -> bool:
    return (
        may_be_name(text) and not any(map(str.isdigit, text)) and len(text) <= 60 and not cells.is_value(text)
    )


def _is_single(values: Values) -> bool:
    return values.share(lambda v: " " not in v and v.isascii()) >= 0.8

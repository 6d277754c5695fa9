"""What a form's visitor wrote: the labelled message, the longest answer, or the words without a label."""

from __future__ import annotations

import itertools
import re

from leaddesk.rules.capture.meaning import meaning_of
from leaddesk.rules.capture.sheet import BUTTON, INTRO, OWN_ROW, Sheet
from leaddesk.rules.capture.speakers import speaks_alone
from leaddesk.rules.capture.vocabulary import Vocabulary, fold, fold_text

_QUOTED = re.compile(
    r"[\"\u201c\u201e\u00ab\u300c]([^\"\u201c\u201d\u201e\u00ab\u00bb\u300c\u300d]{1,5000})[\"\u201d\u00bb\u300d\u201c]"
)
ANSWER_ABOVE = re.compile(r"#{1,3}-? ?.{3,80} ?-?#{1,3}")
"""The line above which a helpdesk wants the answer."""
_PLACE = re.compile(
    r"[^\W\d_][\w\u2019' .-]{1,40}, [^\W\d_][\w .-]{1,40}|\d{1,2}[ .]\S{3,10} (?:at )?\d{1,2}:\d\d"
)
"""Where somebody lives, or when they wrote, alone on its row."""
_STAMP = re.compile(
    r"(?=.{0,20}\d)[\w ,./-]{0,24}\d{1,2}[:.]\d\d(?::\d\d)?(?: ?[ap]\.?m\.?)?(?: \w{2,4})?", re.IGNORECASE
)
"""When somebody wrote, alone on its row."""
_QUOTED_FIRST = re.compile(
    r"[\"\u201c\u201e\u00ab\u300c]\s{0,2}(\S.{8,5000}?)\s{0,2}[\"\u201d\u00bb\u300d\u201c]\n\s{0,9}\n",
    re.DOTALL,
)
_QUOTES = "\"\u201c\u201d\u201e\u00ab\u00bb\u300c\u300d' \u00a0"


def message_of(sheet: Sheet, vocabulary: Vocabulary) -> str:
    """The labelled message, else the longest answer that is a text, else what stands without a label."""
    told = max(sheet.values("message"), key=_weight, default="")
    if told:
        return unquoted(_unindented(told))
    advises = vocabulary.text["tail"]
    free = [
        pair.value
        for pair in sheet.pairs
        if pair.meaning is None and _is_text(pair.value, pair.label) and not advises.opens(pair.label)
    ]
    longest = max(free, key=len, default="")
    if longest and not speaks_alone(sheet.rest, vocabulary):
        return longest
    return max(longest, _rest_message(sheet.rest, vocabulary), key=len)


def _weight(value: str) -> tuple[bool, int]:
    """Sentences weigh more than a list of short answers, then the longer weighs more."""
    rows = [row.strip() for row in value.split("\n") if row.strip()]
    is_list = len(rows) > 2 and all(len(row) <= 40 and row[-1] not in ".?!" for row in rows)
    return not is_list, len(value)


def _is_text(value: str, label: str) -> bool:
    """A sentence or two; less of one will do where it answers a question."""
    length, words = (25, 5) if label.endswith("?") else (40, 7)
    return len(value) >= length and len(value.split()) >= words and "http" not in value[:60]


def _rest_message(rest: str, vocabulary: Vocabulary) -> str:
    quoted = max((match[1] for match in _QUOTED.finditer(rest)), key=len, default="")
    if len(quoted.split()) >= 4:
        return quoted.strip()
    framed = _framed(rest)
    if framed:
        return framed
    rest = _beside_button(_behind_intro(rest, vocabulary), vocabulary)
    rows = [row for row in rest.split("\n") if not (row.startswith(OWN_ROW) or ANSWER_ABOVE.fullmatch(row))]
    while rows and (not rows[0].strip() or _STAMP.fullmatch(rows[0].strip())):
        rows.pop(0)
    if len(rows) > 1 and len(rows[0]) <= 40 and meaning_of(rows[0], rows[1], vocabulary) == "message":
        rows = rows[1:]  # its label, in a mail that labels in another way
    if len(rows) > 2 and vocabulary.text["greeting"].opens(rows[0]) and not rows[1].strip():
        follow = "\n".join(rows[1:]).strip()
        rows = (
            follow.split("\n")
            if len(follow) > 60 and not _asks(rows[0]) and _addresses_site(rows[0])
            else rows
        )
    return _unindented("\n".join(rows).strip())


def _unindented(text: str) -> str:
    """A text all of whose rows a service marks as quoted, without the marks."""
    rows = text.split("\n")
    if not all(row.startswith(">") for row in rows if row.strip()):
        return text
    return "\n".join(row.removeprefix(">").strip() for row in rows).strip()


def _behind_intro(rest: str, vocabulary: Vocabulary) -> str:
    """What stands behind the form's last sentence, unless only before it somebody speaks."""
    pieces = [piece.strip() for piece in rest.split(INTRO)]
    speaking = [piece for piece in pieces if speaks_alone(piece, vocabulary) or "?" in piece]
    if len(speaking) == 1 and len(pieces) > 1 and len(speaking[0].split()) >= 4:
        return speaking[0]
    before, _, after = rest.rpartition(INTRO)
    return after.strip() if after.strip() and len(before) < 120 else rest


def _beside_button(rest: str, vocabulary: Vocabulary) -> str:
    """Of what stands before and behind the form's buttons, the one piece in which somebody speaks or asks."""
    pieces = [piece.strip() for piece in rest.split(BUTTON)]
    speaking = [
        piece for piece in pieces if "?" in piece or vocabulary.text["self"].found_in(f" {fold(piece)} ")
    ]
    return speaking[0] if len(speaking) == 1 else rest


def _framed(rest: str) -> str | None:
    """What stands between two equal ruled lines, under words of the service's that end in a colon."""
    rows = rest.split("\n")
    places = [place for place, row in enumerate(rows) if row.startswith(OWN_ROW) and len(row) > 4]
    for start, end in itertools.pairwise(places):
        above = next((row for row in reversed(rows[:start]) if row.strip()), "")
        inside = "\n".join(rows[start + 1 : end]).strip()
        announced = above.endswith((":", "\uff1a")) or above == INTRO
        if rows[start] == rows[end] and announced and len(inside.split()) >= 4:
            return inside
    return None


def _asks(row: str) -> bool:
    return len(row) > 60


def _addresses_site(row: str) -> bool:
    """A greeting that names somebody in capitals or by several words is the service's, not the visitor's."""
    return len(row.split()) >= 3 or row.isupper()


def unquoted(text: str) -> str:
    """Without quotation marks around all of it, or around its first part and what the form says behind."""
    bare = text.strip()
    match = _QUOTED_FIRST.match(bare)
    if match and not set(match[1]) & set(_QUOTES[:7]):
        return match[1].strip()
    if len(bare) > 2 and bare[0] in _QUOTES and bare[-1] in _QUOTES:
        return bare.strip(_QUOTES)
    return bare


def below_name(message: str, name: str, vocabulary: Vocabulary) -> str:
    """Without the few rows at its head that a service sets there: the person's name, where they live."""
    rows = message.split("\n")
    end = next((place for place, row in enumerate(rows) if not row.strip()), len(rows))
    first = fold(name).split(" ")[0]
    if len(rows) < 2 or first not in fold(rows[0][:60]).split()[:3] or len(rows[0]) > 60:
        return message
    if rows[0][-1:] in ".!?,:" or vocabulary.text["self"].found_in(fold_text(rows[0])):
        return message
    if end > 3 or end == len(rows):
        end = 1 + _captions(rows[1:], vocabulary)
    is_head = all(len(row) <= 60 and row[-1:] not in ".!?" for row in rows[:end])
    below = "\n".join(rows[end:]).strip()
    place, _, further = below.partition("\n\n")
    if further and _PLACE.fullmatch(place):
        below = further.strip()
    return below if is_head and len(below.split()) >= 4 else message


def _captions(rows: list[str], vocabulary: Vocabulary) -> int:
    """How many rows tell what the person is or where, above a row that is a text: "Head of Sales, Bath"."""
    count = next((place for place, row in enumerate(rows[:3]) if len(row) > 60), 0)
    greets = any(
        vocabulary.text["greeting"].opens(row) or row[-1:] in ".,!?:" or len(row.split()) < 2
        for row in rows[:count]
    )
    return 0 if greets else count

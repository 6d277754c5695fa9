"""What a lead is found by: words in any case, numbers in any spacing."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from leaddesk.rules.fold import standing_entries
from leaddesk.words.lead import Decision, Enquiry, Entry, Person, Touch

LONGEST = 4000
"""Characters of one message that are searched."""
_WHOLE_LIMIT = 200_000
_WORDS_LIMIT = 200
_MOST_NEEDLES = 16
_SPACING = re.compile(r"\(0\)|[\s().\-/]")
"""What people put between digits; (0) is the zero that is dialled only at home."""
_NO_DIGIT = re.compile(r"\D")
_BLANKS = r" \t\v\f\x1c-\x1f\x85\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
"""White space but for line ends, in a class of its own: quicker than an alternative."""
NUMBER = re.compile(rf"\d[\d().\-/{_BLANKS}]*\d")


def search_text(
    person: Person, enquiries: Iterable[Enquiry], record: Iterable[Entry], also: Iterable[str] = ()
) -> str:
    """All that a lead can be found by, folded, with every number also in digits only; `also` what else it
    is called.

    What was taken back is not in it. Long messages are cut at 4,000 characters, the whole at 200,000,
    the oldest touches first.
    """
    parts = [person.name, person.company, *also, *person.emails]
    for phone in person.phones:
        parts += phone_forms(phone)
    for enquiry in enquiries:
        parts += [enquiry.subject, enquiry.message, *enquiry.fields.values()]
    parts += reversed([words_of(entry) for entry in standing_entries(record)])
    return text_of(parts)


def text_of(parts: Iterable[str]) -> str:
    """The search text of what is told piece by piece, each piece once, spaced numbers behind it."""
    whole = "\n".join(dict.fromkeys([part[:LONGEST] for part in parts if part]))
    more = _more_digits(whole)
    return folded("\n".join((whole, *dict.fromkeys(more))) if more else whole)[:_WHOLE_LIMIT]


def needles(words: str) -> list[str]:
    """What a search text must hold to be found by `words`; of very many the first 16.

    >>> needles("Loft  dormer"), needles("+44 7700 900-123")
    (['loft', 'dormer'], ['447700900123'])
    """
    words = words[:_WORDS_LIMIT]
    digits = digits_of(words)
    if digits is not None:
        return [digits]
    found = [digits_of(word) or word for word in folded(words).split()]
    return list(dict.fromkeys(found))[:_MOST_NEEDLES]


def filed_under(name: str) -> str:
    """What a name is sorted by: without case, accents and signs before it, at most 100 characters.

    >>> filed_under("Özil, Åsa"), filed_under(" (Ann)")
    ('ozil, asa', 'ann)')
    """
    if not name.isascii():
        apart = unicodedata.normalize("NFKD", name)
        name = "".join(letter for letter in apart if not unicodedata.combining(letter)).casefold()
    return " ".join(name.lower().split()).lstrip("\"'(.-_ ")[:100]


def words_of(entry: Entry) -> str:
    """Words of a touch (an enquiry's own are there already), or the reason or note of a decision."""
    if isinstance(entry, Touch):
        return "" if entry.enquiry is not None else entry.text
    return entry.reason if isinstance(entry, Decision) else ""


def folded(text: str) -> str:
    """One form for each word, whatever its case and however its accents are stored; storable as UTF-8."""
    if text.isascii():
        return text.lower().replace("\0", "")
    whole = unicodedata.normalize("NFC", text).casefold()
    return whole.replace("\0", "").encode("utf-8", "replace").decode("utf-8")


def digits_of(words: str) -> str | None:
    """The digits of something that is a number whatever its spacing, else None."""
    bare = _SPACING.sub("", words).removeprefix("+")
    if len(bare) < 3 or not (bare.isdecimal() and bare.isascii()):
        return None
    return bare.removeprefix("00") if len(bare) > 9 else bare


def _more_digits(text: str) -> list[str]:
    """Each spaced number of the text as it is searched for; bare ones stand in it as they are."""
    spaced = [number for number in NUMBER.findall(text) if not number.isdigit()]
    return [digits for each in spaced if (digits := digits_of(each)) is not None and digits not in text]


def phone_forms(phone: str) -> list[str]:
    """The number as it is written, without spacing, and as it is dialled at home (+44 7700… as 07700…)."""
    is_bare = phone[:1] == "+" and phone[1:].isdigit()
    digits = phone[1:] if is_bare else _NO_DIGIT.sub("", _SPACING.sub("", phone))
    if not phone.strip().startswith("+"):
        return [phone, digits]
    return [phone, digits, *[f"0{digits[length:]}" for length in (1, 2, 3) if len(digits) > length + 5]]

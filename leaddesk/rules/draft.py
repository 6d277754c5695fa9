"""The first draft of a reply: the template with its fields, the signature, and their words below."""

from __future__ import annotations

import re
from collections.abc import Mapping

from leaddesk.rules.answer import without_reply_marks
from leaddesk.rules.capture.clean import one_line
from leaddesk.rules.first_reply import with_question
from leaddesk.rules.person import name_or_address
from leaddesk.rules.template import fill
from leaddesk.words.lead import Person

_GAP = re.compile(r"\n{4,}")
"""Three empty lines and more; what a person leaves between paragraphs is less."""
_ANNOUNCED = re.compile(r"[:：]\n{4,}")
_TITLES = frozenset(("dr", "prof", "mr", "mrs", "ms", "miss", "herr", "frau", "mme", "sir"))
_HOUSEHOLDS = frozenset(("familie", "family", "famille", "familia", "famiglia", "the"))


def first_draft(
    template: str,
    *,
    person: Person,
    my_name: str,
    subject: str,
    signature: str,
    quoted: str,
    question: str = "",
    opening: str = "",
    asked: str = "",
) -> str:
    """What the composer opens with; it ends in a line break unless something is quoted."""
    fields = fields_of(person, my_name=my_name, subject=subject, opening=opening, asked=asked)
    text = fill(template, fields).rstrip("\n")
    parts = [with_question(text, question) if question else text]
    if signature.strip():
        parts.append(f"-- \n{signature.strip()}")
    if quoted:
        parts.append(quoted)
    return "\n\n".join(parts) + ("" if quoted else "\n")


def without_gap(text: str) -> str:
    """The text as it goes out: the place to write in, which nobody filled, is closed.

    >>> without_gap("Did it reach you?\\n\\n\\n\\nBest wishes\\nAna")
    'Did it reach you?\\n\\nBest wishes\\nAna'
    """
    return _GAP.sub("\n\n", text)


def announces_nothing(text: str) -> bool:
    """A line ends with a colon, and the place after it where one was to write is empty.

    >>> announces_nothing("One thing that may help you:\\n\\n\\n\\nShall I go on?")
    True
    """
    return _ANNOUNCED.search(text) is not None


def fields_of(
    person: Person, *, my_name: str, subject: str, opening: str = "", asked: str = ""
) -> Mapping[str, str]:
    """The fields that a template of ours may have, with what they mean for this person."""
    return {
        "first_name": first_name(person),
        "name": known_name(person),
        "my_name": my_name,
        "subject": without_reply_marks(subject),
        "opening": opening,
        "asked": asked,
    }


def first_name(person: Person) -> str:
    """What to call them in a greeting; empty when no name is known.

    >>> [first_name(Person(name=n)) for n in ("Dr. Ngozi Adeyemi", "Adeyemi, Ngozi", "Familie Brückner")]
    ['Ngozi', 'Ngozi', 'Familie Brückner']
    >>> first_name(Person(name="ann@example.org", emails=("ann@example.org",)))
    ''
    """
    name = known_name(person)
    _, comma, given = name.partition(",")
    words = (given if comma and given.strip() else name).split()
    if not words or name == person.company:
        return ""
    if words[0].casefold() in _HOUSEHOLDS or _is_eastern(name):
        return name
    return next((word for word in words if word.casefold().rstrip(".") not in _TITLES), "")


def known_name(person: Person) -> str:
    """Their name, or empty when the row is headed with an address or a number instead."""
    name = one_line(person.name)
    stand_ins = (name_or_address("", person.emails, person.phones), name_or_address("", (), ()))
    if name in stand_ins or "@" in name or not any(c.isalpha() for c in name):
        return ""
    return name


def _is_eastern(name: str) -> bool:
    """Chinese, Japanese or Korean: the family name stands first, and the whole name is used."""
    return any("\u3040" <= c <= "\u9fff" or "\uac00" <= c <= "\ud7af" for c in name)

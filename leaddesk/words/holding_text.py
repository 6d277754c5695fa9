"""The holding message's text as a firm may write it."""

from __future__ import annotations

import re

FIELDS = ("honest", "promise", "firm", "footer")
_FIELD = re.compile(r"\{\{\s*([^{}\n]*?)\s*\}\}")
_LONGEST = 1500
"""Characters: what acknowledges an enquiry is read in one look, and stays under two kilobytes."""


def read_holding(text: str) -> str:
    """A firm's own text, as it is kept. Raises ValueError with a sentence.

    Nothing that they wrote or are called stands in an automatic answer: it must carry nobody's words to a
    third person.
    """
    for name in _FIELD.findall(text):
        if name not in FIELDS:
            known = ", ".join(f"{{{{{each}}}}}" for each in FIELDS)
            raise ValueError(f"{{{{{name}}}}} is no field of an automatic message; there are {known}.")
    if len(text) > _LONGEST:
        raise ValueError(f"at most {_LONGEST:,} characters are sent automatically")
    return text.strip()

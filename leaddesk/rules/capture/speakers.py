"""Who says what stands under a label: "Ann says:", or a name over words in quotation marks."""

from __future__ import annotations

from leaddesk.rules.capture import names
from leaddesk.rules.capture.vocabulary import Phrases, fold

_OPENING_QUOTES = ('"', "\u201c", "\u201e", "\u00ab", "\u300c")


def said_by(label: str, says: Phrases) -> str | None:
    """The name in "Ann says:"; None where no verb of saying ends the label."""
    word = fold(label)
    verb = next((verb for verb in says.words if word.endswith(" " + verb)), None)
    if not verb or len(word.split()) > 7:
        return None
    return " ".join(label.split()[: -len(verb.split())]) or None


def quoted_from(label: str, following: str) -> str | None:
    """The label as a full name, when the row under it begins with a quotation mark."""
    name = names.person(label) if following[:1] in _OPENING_QUOTES else None
    return name if name and len(name.split()) >= 2 and name.istitle() else None

"""A form's or service's own sentence among the rows of a notice, told from what the visitor says."""

from __future__ import annotations

from leaddesk.rules.capture.speakers import asker, needer, speaks_alone
from leaddesk.rules.capture.vocabulary import Vocabulary, fold_text

_OPENING = 200
"""Characters of a row in which its words are looked for."""


def is_forms_sentence(text: str, vocabulary: Vocabulary, *, announced: bool) -> bool:
    """ "You have a new message", "Ann Beck asked for a quote"; `announced`: one has stood above already.

    "I saw on your website" holds a form's words too: where a person speaks, the row is the visitor's.
    """
    folded = fold_text(text[:_OPENING])
    announces = vocabulary.text["intro"].found_in(folded)
    if not announces and (announced or len(text) > _OPENING or not text[:1].isupper()):
        return False
    if not announces and not _tells_who(text, folded, vocabulary):
        return False
    speaks = None if text.endswith((":", "\uff1a")) else vocabulary.text["self"].found_in(folded)
    return not speaks or not (announced or speaks_alone(text[:_OPENING], vocabulary))


def _tells_who(text: str, folded: str, vocabulary: Vocabulary) -> bool:
    """ "Ann Beck wrote on Monday:", "Ann Beck would like a quote"."""
    if text.endswith((":", "\uff1a")) and vocabulary.text["says"].found_in(folded):
        return True
    return bool(asker(text, vocabulary) or needer(text, vocabulary))

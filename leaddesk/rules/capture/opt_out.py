"""Does somebody ask not to be written to again?"""

from __future__ import annotations

from leaddesk.rules.capture.vocabulary import Vocabulary, fold, fold_text

_SHORT = 6
_LONG = 120


def asks_to_stop(visible: str, vocabulary: Vocabulary) -> bool:
    """One word counts when it is nearly all that was written; a phrase counts within a short mail."""
    words = fold(visible[:2000]).split()
    if not words or len(words) > _LONG:
        return False
    found = vocabulary.text["opt_out"].pattern.findall(fold_text(visible[:2000]))
    if any(" " in phrase.strip() or not phrase.isascii() for phrase in found):
        return True
    return bool(found) and len(words) <= _SHORT

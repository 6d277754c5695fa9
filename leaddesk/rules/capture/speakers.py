"""Who says what stands under a label: "Ann says:", or a name over words in quotation marks."""

from __future__ import annotations

import re
from collections.abc import Sequence

from leaddesk.rules.capture import names
from leaddesk.rules.capture.sheet import Pair
from leaddesk.rules.capture.vocabulary import Phrases, Vocabulary, fold, fold_text

_PLACE = re.compile(r"\s(?:from|in|aus|uit|z|ze|fr\u00e5n|da|de|di|\u00e0|em|en)\s(?=[A-Z\d\u00c0-\u00dd])")
"""Before where somebody lives: "Ann Beck aus 90429 N\u00fcrnberg"."""
_JUST = re.compile(r" (?:has |ha |heeft |hat )?(?:just|gerade|soeben|zojuist|appena)$")
"""Between a name and its verb: "Ann Beck just filled in"."""
_NOBODY = frozenset({
    "someone", "somebody", "a visitor", "a customer", "a user", "jemand", "ein besucher", "ein kunde",
    "ein interessent", "quelqu un", "un visiteur", "un client", "un internaute", "un particulier", "alguien",
    "un cliente", "un usuario", "qualcuno", "un utente", "iemand", "een klant", "een bezoeker", "ktos",
    "klient", "alguem", "um cliente", "nagon", "en kund", "customer", "visitor", "homeowner", "a homeowner",
    "a site visitor", "site visitor", "a couple", "a guest", "a client", "a buyer",
})  # fmt: skip
ONE_SPEAKS = frozenset({
    "i", "i m", "i ve", "i d", "i ll", "my", "mine", "ich", "mein", "meine", "meinen", "mir", "mich", "je",
    "j", "mon", "ma", "mes", "moi", "yo", "mi", "mis", "quiero", "tengo", "io", "mio", "mia", "vorrei", "ho",
    "ik", "mijn", "eu", "meu", "minha", "tenho", "jag", "min", "mitt", "mig", "mnie", "moja", "mam", "\u79c1",
    "\u308f\u305f\u3057",
})  # fmt: skip
"""Words by which a single person speaks; a service says "we"."""
_OPENING_QUOTES = ('"', "\u201c", "\u201e", "\u00ab", "\u300c")


def with_sender(pairs: Sequence[Pair], header_from: Phrases) -> tuple[Pair, ...]:
    """The pairs with "From: Ann Beck" as a name; a first name alone only beside a way to reach her."""
    told = {pair.meaning for pair in pairs if pair.value}
    reachable = bool(told & {"email", "phone", "mobile"}) and not told & {"name", "first_name"}

    def is_name(pair: Pair) -> bool:
        if pair.meaning == "caller" and len(pair.value.split()) >= 2 and pair.value[:1].isupper():
            return names.person(pair.value) is not None
        if pair.meaning not in (None, "caller") or fold(pair.label) not in header_from.words:
            return False
        single = reachable and pair.value.istitle()
        return (len(pair.value.split()) >= 2 or single) and names.person(pair.value) is not None

    return tuple(Pair(pair.label, pair.value, "name") if is_name(pair) else pair for pair in pairs)


def speaks_alone(text: str, vocabulary: Vocabulary) -> bool:
    """A single person speaks in it: not a service, not a firm."""
    spoken = ONE_SPEAKS.intersection(fold(text).split())
    return bool(spoken) and not (spoken == {"je"} and vocabulary.language_of(text) == "nl")


def said_by(label: str, says: Phrases) -> str | None:
    """The name in "Ann says:"; None where no verb of saying ends the label."""
    word = fold(label)
    verb = next((verb for verb in says.words if word.endswith(" " + verb)), None)
    if not verb or len(word.split()) > 7:
        return None
    return " ".join(label.split()[: -len(verb.split())]) or None


def said_beside(text: str, vocabulary: Vocabulary) -> tuple[str, str, str] | None:
    """Name, label and words of "Ann Beck wrote to you: do you mend roofs?"."""
    label, colon, words = text[:2000].partition(": ")
    if not colon or len(label) > 80 or len(words.split()) < 3:
        return None
    name = said_by(label, vocabulary.text["says"]) or asker(label, vocabulary)
    name = names.person(name) if name and name[:1].isupper() else None
    return (name, label, words) if name and names.is_written_as_one(name) else None


def quoted_from(label: str, following: str) -> str | None:
    """The label as a full name, when the row under it begins with a quotation mark."""
    name = names.person(label) if following[:1] in _OPENING_QUOTES else None
    return name if name and len(name.split()) >= 2 and name.istitle() else None


def asker(text: str, vocabulary: Vocabulary) -> str | None:
    """The name before "is looking for", "just submitted" and their kin, in a subject or a first row."""
    if not vocabulary.text["asks"].found_in(fold_text(text[:300])):
        return None
    return next((found for part in text[:300].split(": ") if (found := _asker(part, vocabulary))), None)


def needer(text: str, vocabulary: Vocabulary) -> str | None:
    """The full name before "needs": not asked where a single word may be a thing, or a program."""
    if not vocabulary.text["needs"].found_in(fold_text(text[:300])):
        return None
    found = _asker(text[:300], vocabulary, "needs")
    return found if found and len(found.split()) >= 2 else None


def _asker(text: str, vocabulary: Vocabulary, verbs: str = "asks") -> str | None:
    words = text.split()
    for count in range(1, min(9, len(words))):
        following = fold_text(" ".join(words[count : count + 4]))
        if vocabulary.text[verbs].opens(following):
            told = _without_role(_PLACE.split(" ".join(words[:count]), maxsplit=1)[0], vocabulary)
            if len(told.split()) > 4:
                return None
            found = names.person(_JUST.sub("", told))
            is_label = found and fold(found) in vocabulary.labels  # "Callback requested" names nobody
            is_name = (
                found
                and found[:1].isupper()
                and names.is_written_as_one(found)
                and fold(found) not in _NOBODY
                and not is_label
                and not _speaks(told, vocabulary)
            )
            return found if is_name else None
    return None


def _without_role(name: str, vocabulary: Vocabulary) -> str:
    """Without what the person is to the service: "Client Ann Beck"."""
    role, _, rest = name.partition(" ")
    return rest if len(rest.split()) >= 2 and fold(role) in vocabulary.text["party"].words else name


def _speaks(name: str, vocabulary: Vocabulary) -> bool:
    """ "Hello, I" before "would like": the visitor himself, who is no name."""
    return not vocabulary.text["self"].words.isdisjoint(fold(name).split())

"""What a label of a form means: by its words, and by the shape of what stands beside it."""

from __future__ import annotations

import functools
import re

from leaddesk.rules.capture.addresses import addresses_in, valid_address
from leaddesk.rules.capture.phones import is_phone
from leaddesk.rules.capture.tails import says_yes_or_no
from leaddesk.rules.capture.vocabulary import Phrases, Vocabulary, fold

PERSON = frozenset({"name", "first_name", "last_name", "email", "phone", "mobile", "company"})
"""Meanings that tell who somebody is."""
MACHINE = frozenset(
    {
        "ip",
        "agent",
        "stamp",
        "system",
        "page",
        "landing",
        "journey",
        "referrer",
        "form",
        "utm_source",
        "utm_medium",
        "utm_campaign",
        "consent",
    }
)
"""Meanings that a form adds by itself: never the visitor's words."""

_WHOSE = (
    "utm ", "your ", "the ", "my ", "his ", "her ", "their ", "sa ", "son ", "ses ", "leur ", "su ", "sus ",
    "zijn ", "haar ", "seine ", "ihre ", "sua ", "suo ", "jego ", "jej ",
)  # fmt: skip
_OTHERS_NUMBERS = frozenset({"fax", "telefax", "our", "office", "agent", "admin", "tracking", "called"})
_INSIDE = ("message", "email", "phone", "company", "name")
_FROM = frozenset({"from", "von", "vom", "de", "da", "di", "van", "od", "fran"})
_OF_PARTIES = PERSON | {"message", "subject", "address", "title", "ip"}
_NOBODYS = frozenset({"number", "nummer", "numero", "id", "type", "no", "nr"})
"""Words that are a label alone, but tell nothing of a person: "customer number"."""

_LETTERS = re.compile(r"[^\W\d_]{3}")
_NUMBERS = frozenset({"number", "nummer", "numero", "numer", "nr"})
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_URL = re.compile(r"https?://\S{4,}|www\.\S{4,}")
_HOST = re.compile(r"(?:https?://)?(?:www\.)?([\w.-]{3,250})", re.IGNORECASE)
_STRONG = (
    "first_name", "last_name", "email", "mobile", "phone", "utm_source", "utm_medium", "utm_campaign",
    "referrer", "page", "agent", "ip", "company", "name", "message",
)  # fmt: skip
_ONLY_WHOLE = frozenset({
    "number", "from", "to", "de", "a", "da", "an", "von", "van", "do", "od", "id", "re", "text",
    "source", "user", "site", "line", "visitor", "lead", "contact", "entry", "title", "via", "page",
    "form", "mail", "body", "note", "notes", "details", "time", "date", "url", "os", "ip",
    "location url", "tel", "nom", "nome", "nombre", "name", "cell", "fon", "naam", "imie",
    "customer", "person", "buyer", "agency", "business", "request", "problem", "issue", "anfrage",
    "question", "demande", "kunde", "contacto", "contatto", "cliente", "client", "klient", "klant",
    "mobile", "brief", "first", "last",
})  # fmt: skip
"""Words that mean something only when they are all of a label."""


def meaning_of(label: str, value: str, vocabulary: Vocabulary) -> str | None:
    """The one meaning of a labelled value, or None for a question of the form's own."""
    found = _meaning(label, value, vocabulary)
    return None if found in PERSON and says_yes_or_no(value) else found


def _meaning(label: str, value: str, vocabulary: Vocabulary) -> str | None:
    word = fold(_CAMEL.sub(" ", label[:120]))
    for meaning in vocabulary.labels.get(word, ()):
        if _fits(meaning, value):
            return "phone" if meaning in ("caller", "system") and _is_theirs(word, value) else meaning
    if word in vocabulary.text["section"].words:
        return _by_shape(word, value)  # "Their details": a heading
    if word.startswith(_WHOSE):
        return _meaning(word.partition(" ")[2], value, vocabulary) or _by_words(
            label, word, value, vocabulary
        )
    return (
        of_a_party(word, value, vocabulary)
        or _by_words(label, word, value, vocabulary)
        or (_by_every_word(word, vocabulary) if is_phone(value) else None)
        or _by_shape(word, value)
        or _inside(word, value, vocabulary)
        or _without_aside(label, value, vocabulary)
    )


def _without_aside(label: str, value: str, vocabulary: Vocabulary) -> str | None:
    """ "Tel (optional)": what stands in brackets behind a label adds to it."""
    whole = label.rstrip(" :：*")
    start = max(map(whole.rfind, "([（")) if whole.endswith((")", "]", "）")) else 0
    return _meaning(whole[:start], value, vocabulary) if start > 0 and len(label) <= 120 else None


def of_a_party(word: str, value: str, vocabulary: Vocabulary) -> str | None:
    """A label that says whose it is: "Guest's phone", "Nachricht des Gastes", "Nom du client"."""
    tokens = word.split()[:12]
    if len(tokens) < 2 or not {tokens[0], tokens[-1]} & _words_of(vocabulary.text["party"]):
        return None
    whose = vocabulary.text["party"].words
    for size in range(min(4, len(tokens) - 1), 0, -1):
        front, back = tokens[:size], tokens[-size:]
        rests = []
        if " ".join(back) in whose:
            rests.append(tokens[:-size])
        if " ".join(front) in whose:
            rests.append(tokens[size + 1 :] if tokens[size] == "s" else tokens[size:])
        for rest in rests:
            label = " ".join(rest)
            known = vocabulary.labels.get(label, ()) if label not in _NOBODYS else ()
            found = next((each for each in known if each in _OF_PARTIES and _fits(each, value)), None)
            if found:
                return found
    return None


@functools.lru_cache(maxsize=8)
def _words_of(phrases: Phrases) -> frozenset[str]:
    """The single words of which the phrases are made."""
    return frozenset(word for phrase in phrases.words for word in phrase.split())


def _by_every_word(word: str, vocabulary: Vocabulary) -> str | None:
    """ "Tel (mobile)", "mobile / phone": each word alone is a label for numbers."""
    tokens = word.split()
    told = [set(vocabulary.labels.get(token, ())) & {"phone", "mobile"} for token in tokens[:4]]
    return "phone" if 2 <= len(tokens) <= 3 and all(told) else None


def is_message_from(label: str, vocabulary: Vocabulary) -> bool:
    """ "Message from Ann Beck": who wrote what stands below."""
    words = label.split()
    if not 3 <= len(words) <= 6 or words[1].lower() not in _FROM or not words[2][:1].isupper():
        return False
    return "message" in vocabulary.labels.get(fold(words[0]), ())


def _by_words(label: str, word: str, value: str, vocabulary: Vocabulary) -> str | None:
    """A longer label that holds a known one: "And your last name, please?"."""
    tokens = word.split()
    if not 2 <= len(tokens) <= 16:
        return None
    if len(value) >= 25 and is_message_from(label, vocabulary):
        return "message"
    return next((meaning for meaning in _held_by(word, vocabulary) if _shows(meaning, value)), None)


@functools.lru_cache(maxsize=4096)
def _held_by(word: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """What the longest known labels inside a label mean, the strongest first; forms repeat themselves."""
    tokens = word.split()
    inside: set[str] = set()
    for size in (4, 3, 2, 1):
        for place in range(len(tokens) - size + 1):
            part = " ".join(tokens[place : place + size])
            if part not in _ONLY_WHOLE:
                inside.update(vocabulary.labels.get(part, ()))
        if inside:
            break
    return tuple(meaning for meaning in _STRONG if meaning in inside)


def _fits(meaning: str, value: str) -> bool:
    """Exact labels are believed unless the value says otherwise."""
    if not value:
        return True
    if meaning == "email":
        return "@" in value
    if meaning in ("phone", "mobile"):
        return sum(map(str.isdigit, value)) >= 5 or "*" in value
    if meaning in ("name", "first_name", "last_name"):
        if len(value) > 120 or "\n" in value.strip() or _URL.search(value):
            return False
        if sum(map(str.isdigit, value)) < 5:
            return True
        if is_phone(value):
            return False
        found = addresses_in(value, 1) if "@" in value else []
        return not found or not is_phone(value.replace(found[0], "").strip(" /|,;-"))
    if meaning in ("page", "landing", "journey"):
        return bool(_URL.search(value)) or "." in value or "|" in value or "/" in value
    return True


def _shows(meaning: str, value: str) -> bool:
    """Labels that only hold a known word need a value of its shape."""
    if meaning == "email":
        return valid_address(value) is not None
    if meaning in ("phone", "mobile"):
        return is_phone(value)
    if meaning in ("page", "referrer"):
        return bool(_URL.search(value))
    if meaning in ("name", "first_name", "last_name"):
        return 0 < len(value) <= 60 and "\n" not in value and not re.search(r"[\d@/]", value)
    if meaning == "message":
        return len(value) >= 25 and not _URL.fullmatch(value.strip())  # "Answer the message: https://..."
    return True


def _by_shape(word: str, value: str) -> str | None:
    """An unknown label beside what can be nothing else."""
    if len(value) < 120 and "@" in value and not _about_us(word):
        found = addresses_in(value, 2)
        if valid_address(value.strip()) or (
            len(found) == 1 and not _LETTERS.search(value.replace(found[0], ""))
        ):
            return "email"
    dialled = value[:1] == "+" and len(value) <= 24 and is_phone(value)
    return "phone" if dialled and _OTHERS_NUMBERS.isdisjoint(word.split()) else None


def _inside(word: str, value: str, vocabulary: Vocabulary) -> str | None:
    """A label of a script without spaces that holds a known word."""
    if word.isascii() or not value:
        return None
    spaced = f" {word} "
    found = (each for each in _INSIDE if vocabulary.text["inside_" + each].found_in(spaced))
    return next(
        (each for each in found if _fits(each, value) and (each != "message" or len(value) > 11)), None
    )


def _is_theirs(word: str, value: str) -> bool:
    """A bare "number" beside an international one that is not said to be ours."""
    return word in _NUMBERS and value[:1] == "+" and is_phone(value)


def _about_us(word: str) -> bool:
    return any(
        part in word.split()
        for part in ("admin", "administrator", "site", "owner", "agent", "office", "our", "to")
    )


def urls_in(value: str) -> list[str]:
    return [url.rstrip(".,;)>\"'") for url in _URL.findall(value[:5000])]


def host_of(url: str) -> str:
    """The host of a web address, without "www." and port; empty where it has none."""
    match = _HOST.match(url)
    return match[1].lower() if match else ""


def only_address(value: str) -> str | None:
    """The address of an email field, also where it stands twice or in brackets."""
    found = addresses_in(value[:500], 2)
    return found[0] if found else None

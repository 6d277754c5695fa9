"""A person told without labels: a name over a number and an address, as portals set them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from leaddesk.rules.capture import names, robots
from leaddesk.rules.capture.addresses import valid_address
from leaddesk.rules.capture.html_text import bare
from leaddesk.rules.capture.meaning import meaning_of
from leaddesk.rules.capture.opened import Opened
from leaddesk.rules.capture.phones import is_phone
from leaddesk.rules.capture.sections import is_label_row
from leaddesk.rules.capture.sheet import Pair, Sheet
from leaddesk.rules.capture.vocabulary import Vocabulary, fold, fold_text

_ROWS = 8
"""Rows that a block may have."""
_NAME = re.compile(r"[^\W\d_a-z][\w\u2019'.-]{0,30}(?:\s{1,2}[\w\u2019'.-]{1,30}){1,4}")
_PHONE_WORD = re.compile(
    r"(?:tel\w{0,6}|phone|mob\w{0,5}|cell|handy|fon|gsm|t|m|p|\u260e|\U0001f4de)[.:]{0,2}\s{0,3}(?=[+(\d])",
    re.IGNORECASE,
)
_ICON = re.compile(r"\A[^\w+(<\"'@\s]{1,4}\s{1,3}(?=[\w+(<])")
"""A small picture or a bullet before what it stands for."""
_NAME_AND_ADDRESS = re.compile(
    r"\"?([^<>@\"()]{2,80})\"?\s{0,3}[<(\[]([^<>()@\s]{1,64}@[^<>()@\s]{3,250})[>)\]]"
)
_BEFORE_NAMES = frozenset({"with", "from", "by", "mit", "avec", "con", "met"})
"""Behind the last of these stands a name: "Conversation with Ann Beck"."""
_LIVES = re.compile(r"\d|, ")
_LABELLED = re.compile(r"([^:\uff1a]{1,40})[:\uff1a]\s{0,10}(\S.{0,120})")


@dataclass(frozen=True, slots=True)
class Block:
    """What a block tells, and how many rows of the body it takes."""

    pairs: tuple[Pair, ...]
    length: int


def may_open(text: str) -> bool:
    """Whether it is worth while to look for a block that begins with this row."""
    return len(text) <= 60 and (
        "@" in text or text[:1] in "+(" or text[:1].isdigit() or bool(_NAME.fullmatch(text))
    )


def block_at(rows: list[str], place: int, vocabulary: Vocabulary) -> Block | None:
    """The block that begins with this row: a name with a number or an address, or both of these."""
    texts = _paragraph(rows, place, vocabulary)
    if len(texts) == 1 and _is_name(texts[0], vocabulary):
        below = (
            _paragraph(rows, place + 2, vocabulary)
            if place + 1 < len(rows) and not bare(rows[place + 1]).strip()
            else []
        )
        texts = [*texts, "", *below]
    if not any("@" in text or sum(map(str.isdigit, text)) >= 6 for text in texts):
        return None
    told = [_told(text, vocabulary, first=not number) for number, text in enumerate(texts)]
    found = [pair for pair in told if pair]
    if (
        not texts
        or told[0] is None
        or any("\t" in text for text in texts)
        or len({pair.meaning for pair in found}) < 2
    ):
        return None
    if _has_labelled(texts, vocabulary):
        return Block((told[0],), 1) if told[0].meaning == "name" else None
    if len(found) > len({pair.meaning for pair in found}):
        return None
    return Block(tuple(found), _length(texts, told))


def _length(texts: list[str], told: list[Pair | None]) -> int:
    """The rows of the block, with those below that only tell where somebody lives."""
    end = 1 + max(place for place, pair in enumerate(told) if pair)
    while end < len(texts) and _LIVES.search(texts[end]) and not is_label_row(texts[end]):
        end += 1
    return end


def _paragraph(rows: list[str], place: int, vocabulary: Vocabulary) -> list[str]:
    """The rows from here to the next empty one, or to one that is a label alone."""
    texts: list[str] = []
    for row in rows[place : place + _ROWS]:
        text = bare(row).strip()
        if not text or (len(text) <= 40 and fold(text) in vocabulary.labels):
            break
        texts.append(text)
    return texts


def _told(text: str, vocabulary: Vocabulary, *, first: bool) -> Pair | None:
    text = _ICON.sub("", text, count=1) if not text[:1].isalnum() else text
    address = valid_address(text.strip("<>()[] ").removeprefix("mailto:"))
    if address:
        return Pair("", address, "email")
    label, _, last = text.rpartition(" ")
    if label and "email" in vocabulary.labels.get(fold(label), ()) and valid_address(last):
        return Pair("", last, "email")
    number = _PHONE_WORD.sub("", text, count=1)
    if is_phone(number) and sum(map(str.isdigit, number)) >= 7:
        return Pair("", number, "phone")
    if first and _is_name(text, vocabulary):
        return Pair("", text, "name")
    labelled = _LABELLED.fullmatch(text)
    meaning = meaning_of(labelled[1], labelled[2], vocabulary) if labelled else None
    return Pair("", text, meaning) if meaning in ("email", "phone", "mobile") else None


def _has_labelled(texts: list[str], vocabulary: Vocabulary) -> bool:
    """Labels stand in the block: they are read as such, and only the name above them is told here."""
    found = [match for text in texts if (match := _LABELLED.fullmatch(text))]
    return any(
        meaning_of(match[1], match[2], vocabulary) for match in found if not _PHONE_WORD.match(match[0])
    )


def name_and_address(text: str) -> list[Pair]:
    """The two in "Ann Beck <ann@example.org>"; empty where a row is anything else."""
    named = _NAME_AND_ADDRESS.fullmatch(text) if "@" in text else None
    if not named or len(named[1].split()) > 5:
        return []
    return [Pair("", _behind(named[1]), "name"), Pair("", named[2], "email")]


def _behind(text: str) -> str:
    words = text.split()
    last = max((place for place, word in enumerate(words) if word.lower() in _BEFORE_NAMES), default=-1)
    return " ".join(words[last + 1 :]) or text


def is_titled_name(text: str, vocabulary: Vocabulary) -> bool:
    """ "Herr Ortwin Beck", "Mme Anne Petit": nobody calls anything else so."""
    bare_name = names.without_titles(text) if len(text) <= 60 and text[-1:] not in ",.!?:" else text
    return bare_name != text and _is_name(bare_name, vocabulary)


def _is_name(text: str, vocabulary: Vocabulary) -> bool:
    """Two to five words in capitals, none of which is a word of forms."""
    if not _NAME.fullmatch(text) or len(text) > 60 or names.is_company(text) or not names.person(text):
        return False
    words = fold(text).split()
    capitals = sum(word[:1].isupper() for word in text.split())
    if capitals < 2 or not names.is_written_as_one(text) or any(word in vocabulary.labels for word in words):
        return False
    return vocabulary.text["section"].found_in(fold_text(text)) is None


def tells_a_stranger(mail: Opened, sheet: Sheet, vocabulary: Vocabulary, *, is_service: bool) -> bool:
    """A name over a number or an address that is not the sender's, in a mail that says what it is.

    Under a letter the same rows are its signature: without a service only a stranger's address counts.
    """
    spoken = sheet.spoken if is_service else ()
    told = {pair.meaning: pair.value for pair in (*spoken, *sheet.unlabelled)}
    if "name" not in told or len(told) < 2 or is_of(told.get("email"), mail.sender.address):
        return False
    if not is_service and ("email" not in told or fold(told["name"]) == fold(mail.sender.name)):
        return False
    opening = fold_text(f"{mail.subject}\n{bare(mail.lines[:600])}")
    keys = ("intro", "asks", "needs") if is_service else ("intro", "asks")
    return any(vocabulary.text[key].found_in(opening) for key in keys)


def is_of(address: str | None, sender: str | None) -> bool:
    """The address is at the sender's own domain: the service's, not a visitor's."""
    return bool(address) and robots.domain_of(address) == robots.domain_of(sender)

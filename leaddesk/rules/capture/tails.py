"""The end of a form's message: where the visitor's words stop and the service's own begin."""

from __future__ import annotations

import re
from dataclasses import dataclass

from leaddesk.rules.capture.clean import plain
from leaddesk.rules.capture.signed_off import without_what_follows
from leaddesk.rules.capture.speakers import speaks_alone
from leaddesk.rules.capture.vocabulary import Vocabulary, fold, fold_text

MESSAGE_LIMIT = 100_000

_FAREWELL_ROWS = 12
"""Rows at the end of a message in which a service may say farewell."""

_RULE = re.compile(r"[-_=*~\u2500\u2501\u2014\u2015\u2550\uff0d]{2,}")
_STAMPED = re.compile(r"\d[./-]\d{1,4},? (?:at )?\d{1,2}:\d\d(?::\d\d)?(?: ?[APap][Mm])?(?: \w{2,4})?$")
_BARRED = re.compile(r"[^|.!?]{1,60}(?: \| [^|.!?]{1,60}){1,6}")
"""Words set apart by bars, as services write what they know of a conversation."""
_REFERENCE = re.compile(
    r"(?:[^\W\d]{1,20}[\s-]){0,3}(?:r[e\u00e9]f\w{0,7}|rif|nr|no|id|code|objekt\w{0,8}|inserat)\b[^:\uff1a]{0,30}[:\uff1a]"
    r"(?=.{0,200}\d)",
    re.IGNORECASE,
)
"""A row that tells the number of what was advertised."""
_HOURS = re.compile(
    r"\b(?:within|innerhalb(?: von)?|binnen|entro|en menos de|sous|dans les|w ci\u0105gu|inom|em|you have|"
    r"sie haben|du hast|vous disposez de|vous avez|tienes|tiene|hai|u heeft|je hebt|masz|du har) \d{1,2} ?"
    r"(?:h|hours?|stunden|uur|ore|horas|heures|godzin|timmar)\b",
    re.IGNORECASE,
)
"""By when a service wants us to answer."""
_YES_NO = frozenset({
    "yes", "no", "ja", "nein", "oui", "non", "si", "nee", "tak", "nie", "sim", "nao", "nej", "on", "true",
    "false", "1", "0", "accepted", "checked", "agreed", "\u306f\u3044", "\u540c\u610f\u3059\u308b",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Site:
    """Who sent a notice: what the sender is called in its domain, and whether that is our own site."""

    called: str = ""
    is_ours: bool = False
    shown: str = ""
    """The sender's display name."""


def says_yes_or_no(value: str) -> bool:
    """A tick in a box, as forms write it: never a visitor's sentence."""
    return len(value) <= 20 and fold(value) in _YES_NO


def without_tail(
    message: str, name: str | None, site: Site, vocabulary: Vocabulary, *, labelled: bool = True
) -> str:
    """The message without the last words of the site that sent it.

    What stands under no label (`labelled` is false) may be the service's words altogether.
    """
    tail = _Tail(site, name, vocabulary)
    rows = without_what_follows(plain(message, MESSAGE_LIMIT).split("\n"), name, vocabulary)
    while rows:
        start = _last_paragraph(rows)
        if (start <= 0 and labelled) or not tail.holds(rows[start:], ruled=_is_rule(rows, start)):
            break
        rows = _trimmed(rows[:start])
    rows = tail.without_last_call(tail.without_team(tail.before_farewell(rows)))
    return "\n".join(rows).strip()


def _last_paragraph(rows: list[str]) -> int:
    """Where the last paragraph begins: behind an empty row or a ruled one."""
    place = len(rows)
    while place and rows[place - 1].strip() and not _RULE.fullmatch(rows[place - 1].strip()):
        place -= 1
    return place


def _is_rule(rows: list[str], start: int) -> bool:
    return bool(_RULE.fullmatch(rows[start - 1].strip()))


def _trimmed(rows: list[str]) -> list[str]:
    end = len(rows)
    while end and (not rows[end - 1].strip() or _RULE.fullmatch(rows[end - 1].strip())):
        end -= 1
    return rows[:end]


class _Tail:
    """Judges the last paragraph of a message."""

    def __init__(self, site: Site, name: str | None, vocabulary: Vocabulary) -> None:
        self._service = "" if site.is_ours else site.called
        self._name = frozenset(fold(name or "").split())
        self._called = site.called
        shown = fold(site.shown)
        self._shown = shown if self._name.isdisjoint(shown.split()) else ""
        self._vocabulary = vocabulary
        self._text = vocabulary.text

    def holds(self, paragraph: list[str], *, ruled: bool) -> bool:
        """Are all these rows the service's? Weak words count only for a service, or under a rule."""
        rows = [row.strip() for row in paragraph]
        if not rows:
            return True
        if self._name and self._name.issuperset(fold(rows[-1]).split()):
            return False  # signed by the visitor
        if self._is_services(rows[0]) or self._is_others_farewell(rows):
            return True
        if len(" ".join(rows)) > 600:
            return False
        if self._is_own_name(rows) or (self._service and self._advises(rows)):
            return True
        if self._service and len(rows) == 1 and self._is_note(rows[0]):
            return True
        if self._service and len(rows) == 1 and _STAMPED.search(rows[0][-24:]) and len(rows[0]) <= 80:
            return True
        if not (self._service or ruled or "://" in rows[0]):
            return len(rows) <= 3 and (self._text["footer"].opens(rows[0]) or self._is_instruction(rows))
        bare = self.without_team(rows)
        if not bare or any(self._text[key].opens(bare[0]) for key in ("tail", "footer")):
            return True
        return self._is_impersonal(bare)

    def _is_own_name(self, rows: list[str]) -> bool:
        """ "Your Example Shop", or where the notice comes from: a row that holds the site's own name."""
        text = rows[0]
        told = fold(text)
        named = len(self._called) > 4 and self._called in told.replace(" ", "")
        named = named or (len(self._shown) > 4 and self._shown in told)
        return named and len(rows) <= 3 and "?" not in text and self._is_impersonal_words(" ".join(rows))

    def _advises(self, rows: list[str]) -> bool:
        """How to trade on a service: chances, credits, frauds, an app. "We" is the service there."""
        text = " ".join(rows)
        told = fold_text(text[:400])
        known = (self._text[key].found_in(told) for key in ("advice", "disclaimer"))
        if "?" in text or not (_HOURS.search(text) or any(known)):
            return False
        return not speaks_alone(text, self._vocabulary)

    def _is_note(self, row: str) -> bool:
        """What a service notes under a message: the number of an advert, words between bars."""
        told = _REFERENCE.match(row) or _BARRED.fullmatch(row)
        return bool(told) and self._is_impersonal_words(row)

    def _is_instruction(self, rows: list[str]) -> bool:
        """One row that tells us in plain words what to do with the notice: "You can approve it here"."""
        told = self._text["tail"].found_in(fold_text(rows[0][:300]))
        opens = told and len(told.split()) >= 3 and self._text["tail"].opens(rows[0])
        return bool(opens) and len(rows) == 1 and self._is_impersonal_words(rows[0])

    def _is_impersonal_words(self, text: str) -> bool:
        return len(text) <= 240 and not self._text["self"].found_in(fold_text(text))

    def _is_impersonal(self, rows: list[str]) -> bool:
        """Few words in which nobody says "I", and that call out, link somewhere or name the service."""
        text = " ".join(rows)
        if len(rows) > 3 or not self._is_impersonal_words(text):
            return False
        named = len(self._service) > 3 and self._service in fold(text).replace(" ", "")
        return (
            text.endswith("!")
            or "://" in text
            or named
            or bool(self._text["third"].found_in(fold_text(text)))
        )

    def _is_others_farewell(self, rows: list[str]) -> bool:
        """ "Kind regards, Example CRM" under what somebody of another name wrote."""
        if not self._name or not 2 <= len(rows) <= 3 or not self._text["closing"].is_all_of(rows[0]):
            return False
        return self._name.isdisjoint(fold(" ".join(rows[1:])).split())

    def _is_services(self, row: str) -> bool:
        """A row that begins with the service's own name, or with a mark of copyright."""
        if row.startswith(("\u00a9", "(c)", "(C)")):
            return True
        return len(self._service) > 3 and fold(row[:60]).replace(" ", "").startswith(self._service)

    def before_farewell(self, rows: list[str]) -> list[str]:
        """Up to "The Example Team", or "Regards, Example", and what the service says behind it."""
        for place in range(max(2, len(rows) - _FAREWELL_ROWS), len(rows)):
            row = rows[place].strip()
            named = len(self._service) > 3 and self._service in fold(row[:80]).replace(" ", "")
            if named and self._is_team(row) and not rows[place - 1].strip():
                return _trimmed(rows[:place])
            if named and len(row) <= 40 and self._text["closing"].is_all_of(rows[place - 1].strip(" ,.!")):
                return _trimmed(rows[: place - 1])
        return rows

    def without_last_call(self, rows: list[str]) -> list[str]:
        """Without a service's one row of advice right under the visitor's words."""
        if not self._service or len(rows) < 2 or not self._text["tail"].opens(rows[-1]):
            return rows
        return _trimmed(rows[:-1]) if self._is_impersonal_words(rows[-1]) and "?" not in rows[-1] else rows

    def without_team(self, rows: list[str]) -> list[str]:
        """Without "Cheers, The Example Team" at the end."""
        if not rows or not self._is_team(rows[-1]):
            return rows
        rows = _trimmed(rows[:-1])
        while rows and self._text["closing"].is_all_of(rows[-1].strip(" ,.!")):
            rows = _trimmed(rows[:-1])
        return rows

    def _is_team(self, row: str) -> bool:
        words = row.split()
        if not self._service or not 1 < len(words) <= 6 or row.rstrip().endswith("?"):
            return False
        return self._text["team"].found_in(fold_text(row)) is not None

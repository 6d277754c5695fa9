"""Templates of a reply in the customer's own language, and the questions that a first one may ask."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass

from leaddesk.rules.language import language_of
from leaddesk.rules.opening import Openings
from leaddesk.rules.template import fill

_LONGEST_ENDING = 3
"""Rows of what a letter ends with; a longer last paragraph is text."""


@dataclass(frozen=True, slots=True)
class Phrases:
    """What one language has for a reply."""

    text: str
    heard: str
    """How did you hear of us?"""
    reach: str
    """At which number may we ring or text?"""
    plain: str
    """The line that would do for now."""
    enquiry: str
    """What they asked, where no words of theirs say it."""
    quoted: str
    """Their words, in the quotation marks of the language."""
    openings: Openings


def read_phrases(text: str) -> Mapping[str, Phrases]:
    """All phrases by language, from resources/templates/first-reply.toml.

    Raises KeyError or TOMLDecodeError when the shipped file is broken.
    """
    return {
        language: Phrases(
            text=table["text"],
            heard=table["heard"],
            reach=table["reach"],
            plain=table["plain"],
            enquiry=table["enquiry"],
            quoted=table["quoted"],
            openings=Openings(table["opening"], table["from_page"]),
        )
        for language, table in tomllib.loads(text).items()
    }


def phrases_for(message: str, phrases: Mapping[str, Phrases]) -> Phrases:
    """Those of the language of a message; English where that is not known."""
    return phrases.get(language_of(message) or "en") or phrases["en"]


def asked_words(words: str, phrases: Phrases) -> str:
    """What they asked as a template's {{asked}}: in quotation marks, or "your enquiry" without any words."""
    bare = words.strip().rstrip("?.!… ")
    return fill(phrases.quoted, {"words": bare}) if bare else phrases.enquiry


def question_for(template: str, questions: Mapping[str, str]) -> str:
    """The question in the language that the reply is written in; in English where that is not known.

    >>> question_for("Guten Tag, vielen Dank für Ihre Nachricht.", {"en": "How?", "de": "Wie?"})
    'Wie?'
    """
    return questions.get(language_of(template) or "en") or questions["en"]


def with_question(draft: str, question: str) -> str:
    """The question as a paragraph of its own, above the words that a letter ends with.

    >>> with_question("Hi,\\n\\nthanks.\\n\\n\\n\\nBest\\nAnn", "How did you hear of us?")
    'Hi,\\n\\nthanks.\\n\\n\\n\\nHow did you hear of us?\\n\\nBest\\nAnn'
    """
    body, gap, ending = draft.rstrip("\n").rpartition("\n\n")
    if not gap or ending.count("\n") >= _LONGEST_ENDING:
        return f"{draft.rstrip()}\n\n{question}"
    return f"{body}\n\n{question}\n\n{ending}"


def template_for(message: str, templates: Mapping[str, str], otherwise: str) -> str:
    """The template in the language of their message; `otherwise` where it is not known or has none."""
    return templates.get(language_of(message) or "", otherwise)

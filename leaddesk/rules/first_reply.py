"""Templates for the first reply in the customer's own language, and the question how they heard of us."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping

from leaddesk.rules.language import language_of

_LONGEST_ENDING = 3
"""Rows of what a letter ends with; a longer last paragraph is text."""


def read_templates(text: str) -> Mapping[str, str]:
    """Templates by language, from resources/templates/first-reply.toml.

    Raises KeyError or TOMLDecodeError when the shipped file is broken.
    """
    return {language: table["text"] for language, table in tomllib.loads(text).items()}


def read_questions(text: str) -> Mapping[str, str]:
    """The question "how did you hear of us?" by language, from the same file. Raises as `read_templates`."""
    return {language: table["heard"] for language, table in tomllib.loads(text).items()}


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

"""Templates for the first reply in the customer's own language."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping

from leaddesk.rules.language import language_of


def read_templates(text: str) -> Mapping[str, str]:
    """Templates by language, from resources/templates/first-reply.toml.

    Raises KeyError or TOMLDecodeError when the shipped file is broken.
    """
    return {language: table["text"] for language, table in tomllib.loads(text).items()}


def template_for(message: str, templates: Mapping[str, str], otherwise: str) -> str:
    """The template in the language of their message; `otherwise` where it is not known or has none."""
    return templates.get(language_of(message) or "", otherwise)

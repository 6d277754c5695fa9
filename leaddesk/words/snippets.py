"""Snippets: pieces of text that `;name` puts into an answer, as they are written in the settings."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Snippet:
    """A piece of text that `;name` puts into an answer."""

    name: str
    text: str


_SNIPPET = re.compile(r";([^\W_][\w-]{0,29})(?:[ \t]+|$)")


def read_snippets(text: str) -> tuple[Snippet, ...]:
    """Snippets as they are written in the settings. Raises ValueError with a sentence.

    A line that begins with `;name` begins one; the lines below it belong to it.

    >>> read_snippets(";visit May I come by?\\nWhich day?\\n;hours Until five.")
    (Snippet(name='visit', text='May I come by?\\nWhich day?'), Snippet(name='hours', text='Until five.'))
    """
    found: list[tuple[str, list[str]]] = []
    for line in text.splitlines():
        match = _SNIPPET.match(line)
        if match:
            found.append((match[1].lower(), [line[match.end() :]]))
        elif found:
            found[-1][1].append(line)
        elif line.strip():
            raise ValueError("a snippet begins with ';' and its name, as ';visit May I come by?'")
    snippets = tuple(Snippet(name, "\n".join(lines).strip()) for name, lines in found)
    _check(snippets)
    return snippets


def _check(snippets: tuple[Snippet, ...]) -> None:
    names = [each.name for each in snippets]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise ValueError(f"there are two snippets called ';{twice}'")
    empty = next((each.name for each in snippets if not each.text), None)
    if empty is not None:
        raise ValueError(f"the snippet ';{empty}' has no text")


def write_snippets(snippets: tuple[Snippet, ...]) -> str:
    """The text that `read_snippets` reads."""
    return "\n".join(f";{each.name} {each.text}" for each in snippets)

"""Texts with fields: `{{name}}` becomes a value, in one pass, and nothing else means anything."""

from __future__ import annotations

import re
from collections.abc import Mapping

_FIELD = re.compile(r"([ \t]?)\{\{[ \t]?([a-z][a-z_]{0,40})[ \t]?\}\}")
_OPEN = re.compile(r"\{\{[^{}\n]{0,100}\}\}")
_ONLY_MARKS = re.compile(r"[\s,.;:!-]*")


def fill(text: str, fields: Mapping[str, str]) -> str:
    """`text` with its fields filled in; a field that is not in `fields` stays as it stands.

    A value is never looked into again. An empty one takes the blank before it along, and its line when
    nothing but marks would be left.

    >>> fill("Hi {{first_name}},\\n{{7*7}} {0} %s", {"first_name": "{{name}}", "name": "x"})
    'Hi {{name}},\\n{{7*7}} {0} %s'
    >>> fill("Hi {{first_name}},\\nbye\\n{{my_name}}", {"first_name": "", "my_name": ""})
    'Hi,\\nbye'
    """
    return "\n".join(
        filled
        for line in text.split("\n")
        if (filled := _filled(line, fields)) == line or not _ONLY_MARKS.fullmatch(filled)
    )


def unresolved(text: str) -> tuple[str, ...]:
    """Fields that are still open, as they stand in `text`. Quoted lines are somebody else's words.

    >>> unresolved("Hi {{first_name}}, from {{price}}\\n> {{theirs}}")
    ('{{first_name}}', '{{price}}')
    """
    own = [line for line in text.splitlines() if not line.startswith(">")]
    return tuple(dict.fromkeys(found for line in own for found in _OPEN.findall(line)))


def _filled(line: str, fields: Mapping[str, str]) -> str:
    def value(match: re.Match[str]) -> str:
        known = fields.get(match[2])
        if known is None:
            return match[0]
        return match[1] + known if known else ""

    return _FIELD.sub(value, line)

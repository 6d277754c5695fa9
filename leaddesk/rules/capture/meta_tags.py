"""The person in the lead_* meta tags of an HTML mail."""

from __future__ import annotations

import html
import re

from leaddesk.rules.capture.sheet import Pair, Sheet
from leaddesk.rules.capture.xml_data import ATTRIBUTE

_META = re.compile(r"<meta\s[^<>]{0,1500}>", re.IGNORECASE)


def read_meta(markup: str) -> Sheet | None:
    """The person in lead_* meta tags of an HTML mail, or None when it has none."""
    pairs: list[Pair] = []
    kinds = {"name": "name", "email": "email", "phone": "phone", "message": "message", "source": "vendor"}
    for tag in _META.findall(markup[:50_000]):
        found = dict(ATTRIBUTE.findall(tag))
        quoted = re.search(r"content\s?=\s?\"([^\"<>]{0,5000})\"", tag)
        name = found.get("name", "")
        content = html.unescape(quoted[1] if quoted else found.get("content", ""))
        if name.startswith("lead_") and content:
            kind = kinds.get(name.removeprefix("lead_"))
            if kind == "message":
                content = re.sub(r"^message:\s*", "", content, flags=re.IGNORECASE)
            pairs.append(Pair(name.removeprefix("lead_").replace("_", " "), content, kind))
    return (
        Sheet(tuple(pairs), "") if any(pair.meaning in ("email", "phone", "name") for pair in pairs) else None
    )

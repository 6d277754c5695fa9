"""The items in the microdata of an HTML text: its tags are scanned, nothing is parsed or fetched."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field

Item = dict[str, object]

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,15})\b([^<>]{0,1500})>")
_ATTRIBUTE = re.compile(
    r"([a-zA-Z-]{2,20})(?:\s?=\s?(?:\"([^\"]{0,4000})\"|'([^']{0,4000})'|([^\s\"'>]{1,400})))?"
)
_VOID = frozenset({"meta", "link", "img", "br", "hr", "input"})
_OPEN_LIMIT = 60
_TAG_LIMIT = 4000


@dataclass(slots=True)
class _Open:
    """An element that is not closed yet: what it is of, and what it holds."""

    tag: str
    property: str
    item: Item | None
    told: str
    inner: list[str] = field(default_factory=list)


def read_items(markup: str) -> list[Item]:
    """The outermost items; an item is a dict of its properties, with its type under "@type"."""
    return _Scan(markup).run()


class _Scan:
    def __init__(self, markup: str) -> None:
        self._markup = markup
        self._stack: list[_Open] = []
        self._found: list[Item] = []

    def run(self) -> list[Item]:
        place = 0
        for count, match in enumerate(_TAG.finditer(self._markup)):
            if count >= _TAG_LIMIT:
                break
            self._text(self._markup[place : match.start()])
            place = match.end()
            if match[1]:
                self._leave(match[2].lower())
            else:
                self._enter(match[2].lower(), match[3])
        while self._stack:
            self._close()
        return self._found

    def _text(self, text: str) -> None:
        if self._stack and text.strip():
            self._stack[-1].inner.append(html.unescape(text))

    def _enter(self, tag: str, attributes: str) -> None:
        marked = {
            name.lower(): html.unescape(double or single or bare)
            for name, double, single, bare in _ATTRIBUTE.findall(attributes)
        }
        item: Item | None = {"@type": marked.get("itemtype", "")} if "itemscope" in marked else None
        told = marked.get("content") or marked.get("href") or ""
        opened = _Open(tag, marked.get("itemprop", ""), item, told)
        if tag in _VOID:
            self._give(opened)
        elif len(self._stack) < _OPEN_LIMIT:
            self._stack.append(opened)

    def _leave(self, tag: str) -> None:
        if any(opened.tag == tag for opened in self._stack):
            while self._close() != tag:
                pass

    def _close(self) -> str:
        """The innermost element is done: its text goes on to the one around it."""
        opened = self._stack.pop()
        self._give(opened)
        if self._stack and not opened.property and opened.item is None:
            self._stack[-1].inner += opened.inner
        return opened.tag

    def _give(self, opened: _Open) -> None:
        """What the element tells goes to the item around it."""
        owner = next((each.item for each in reversed(self._stack) if each.item is not None), None)
        if owner is None:
            if opened.item is not None:
                self._found.append(opened.item)
        elif opened.property:
            text = " ".join(" ".join(opened.inner).split())
            owner.setdefault(opened.property, opened.item if opened.item is not None else opened.told or text)

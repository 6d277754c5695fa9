"""Cards in vCard 2.1, 3.0 and 4.0: unfolded by bytes, with their parameters, one by one.

Written for what programs export, not for the letter of the standards: a card that never ends,
quoted-printable over several lines, charsets that only a parameter tells, cards inside cards.
"""

from __future__ import annotations

import binascii
import codecs
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from leaddesk.rules.imports.vcard_lines import unfolded

_MOST_PROPERTIES = 500
_ENCODINGS = {"QUOTED-PRINTABLE": "Q", "Q": "Q", "BASE64": "B", "B": "B", "8BIT": "", "7BIT": ""}
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_BEGINS = re.compile(rb"BEGIN\s{0,9}:\s{0,9}VCARD\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Property:
    """One property: its name and its parameters in capitals, its value as it stands."""

    name: str
    params: Mapping[str, tuple[str, ...]]
    raw: bytes
    encoding: str
    """Of the file, where no parameter tells another."""

    @property
    def types(self) -> frozenset[str]:
        return frozenset(self.params.get("TYPE", ()))

    @property
    def text(self) -> str:
        """The value as one text."""
        return unescaped(self._decoded(self.raw))

    @property
    def parts(self) -> list[str]:
        """The values between semicolons."""
        if self._transfer == "Q":
            return [unescaped(self._decoded(part)) for part in self.raw.split(b";")]
        return [unescaped(part) for part in _split(self._decoded(self.raw), ";")]

    @property
    def preference(self) -> int:
        """1 is preferred; 100 where nothing is said."""
        told = next(iter(self.params.get("PREF", ())), "")
        if told.isdigit():
            return max(1, min(int(told), 100))
        return 1 if "PREF" in self.types else 100

    @property
    def _transfer(self) -> str:
        return _ENCODINGS.get(next(iter(self.params.get("ENCODING", ())), ""), "")

    def _decoded(self, raw: bytes) -> str:
        if self._transfer == "Q":
            raw = binascii.a2b_qp(raw)
        elif self._transfer == "B":
            raw = _from_base64(raw)
        return raw.decode(_codec(next(iter(self.params.get("CHARSET", ())), "")) or self.encoding, "replace")


@dataclass(frozen=True, slots=True)
class Card:
    """One card: its number from 1 on, and its properties in order."""

    number: int
    properties: tuple[Property, ...]

    def all(self, name: str) -> list[Property]:
        return [each for each in self.properties if each.name == name]

    def first(self, name: str) -> Property | None:
        return next((each for each in self.properties if each.name == name), None)


def holds_cards(head: bytes) -> bool:
    """True for the beginning of a file of cards, whatever its name and encoding."""
    start = head[:2000].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    return _BEGINS.match(start) is not None


def cards(lines: Iterable[bytes], encoding: str) -> Iterator[Card]:
    """The cards in `lines`, which may keep their line ends. `encoding` is that of the file."""
    found: list[Property] | None = None
    inside, number, after_agent = 0, 0, False
    for each in _properties(lines, encoding):
        mark = each.raw.strip().upper() if each.name in ("BEGIN", "END") else b""
        if each.name == "BEGIN" and mark == b"VCARD":
            if found is not None and after_agent:
                inside += 1
                continue
            if found is not None:
                number += 1
                yield Card(number, tuple(found))
            found, inside = [], 0
        elif each.name == "END" and mark == b"VCARD":
            if inside:
                inside -= 1
            elif found is not None:
                number += 1
                yield Card(number, tuple(found))
                found = None
        elif found is not None and not inside and len(found) < _MOST_PROPERTIES:
            found.append(each)
        after_agent = each.name == "AGENT"
    if found:
        yield Card(number + 1, tuple(found))


# -- lines


def _properties(lines: Iterable[bytes], encoding: str) -> Iterator[Property]:
    for line in unfolded(lines):
        head, colon, value = _cut(line)
        if colon:
            name, params = _header(head)
            if name:
                yield Property(name, params, value, encoding)


def _cut(line: bytes) -> tuple[bytes, bytes, bytes]:
    """The line at its first colon that stands in no quotes."""
    quoted = False
    for place, sign in enumerate(line[:4000]):
        if sign == 0x22:
            quoted = not quoted
        elif sign == 0x3A and not quoted:
            return line[:place], b":", line[place + 1 :]
    return line.partition(b":")


def _header(head: bytes) -> tuple[str, dict[str, tuple[str, ...]]]:
    """The name without its group, and the parameters; those without a name are types or encodings."""
    name, *given = _split(head.decode("ascii", "replace"), ";")
    params: dict[str, list[str]] = {}
    for each in given[:40]:
        key, mark, value = each.partition("=")
        values = [part.strip().strip('"').upper() for part in value.replace('"', "").split(",")]
        if not mark:
            word = key.strip().upper()
            key, values = ("ENCODING" if word in _ENCODINGS else "TYPE"), [word]
        params.setdefault(key.strip().upper(), []).extend(values)
    kept = {key: tuple(values) for key, values in params.items()}
    return name.rpartition(".")[2].strip().upper(), kept


def _split(text: str, at: str) -> list[str]:
    """`text` at each sign that no backslash and no quotes protect."""
    parts, start, place, quoted = [], 0, 0, False
    while place < len(text):
        sign = text[place]
        if sign == "\\":
            place += 1
        elif sign == '"' and at == ";" and "=" in text[start:place][-20:]:
            quoted = not quoted
        elif sign == at and not quoted:
            parts.append(text[start:place])
            start = place + 1
        place += 1
    return [*parts, text[start:]]


def unescaped(text: str) -> str:
    r"""A value without its backslashes.

    >>> unescaped(r"Pruett\, Sons\nLaw")
    'Pruett, Sons\nLaw'
    """
    return _ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], text)


def _from_base64(raw: bytes) -> bytes:
    try:
        return binascii.a2b_base64(raw)
    except binascii.Error:
        return raw


def _codec(name: str) -> str | None:
    try:
        found = codecs.lookup(name).name if name else None
    except (LookupError, ValueError):
        return None
    return found if found not in _NOT_TEXT else None


_NOT_TEXT = frozenset({"base64", "bz2", "hex", "quopri", "rot13", "uu", "zlib", "idna", "punycode"})


def by_preference(properties: Sequence[Property]) -> list[Property]:
    """The preferred first, else in order."""
    return sorted(properties, key=lambda each: each.preference)

"""Mail addresses: a strict check of one, and a linear reading of a header that lists them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from leaddesk.rules.capture.clean import one_line
from leaddesk.rules.capture.encoded import decode_words

ADDRESS_LIMIT = 200
"""Addresses that are read from one header."""

_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]{1,64}"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_LOCAL = re.compile(rf"{_ATOM}(?:\.{_ATOM}){{0,31}}")
_DOMAIN = re.compile(rf"{_LABEL}(?:\.{_LABEL}){{1,31}}")
IN_TEXT = re.compile(
    r"(?<![A-Za-z0-9._%+/=~-])[A-Za-z0-9][A-Za-z0-9._%+'&~-]{0,63}@[A-Za-z0-9][A-Za-z0-9.-]{1,250}"
)
_WRITTEN = re.compile(r"[^\s@<>()\",;:]{1,64}@[^\s@<>()\",;:.]{1,63}(?:\.[^\s@<>()\",;:.]{1,63}){1,10}")
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"?|[<>,;:()]|\s+|[^\s"<>,;:()]+', re.DOTALL)


@dataclass(frozen=True, slots=True)
class Mailbox:
    """A display name (may be empty) and a valid address, or None where none could be read."""

    name: str
    address: str | None
    shown: str | None = None
    """As written, where it is an address with letters beyond ASCII: to be shown, not to be written to."""


def valid_address(text: str) -> str | None:
    """`text` as one ASCII addr-spec with its domain in lower case, or None when it is anything else.

    >>> valid_address("Ann@Example.COM"), valid_address("a@example.org)b@example.com")
    ('Ann@example.com', None)
    """
    local, at, domain = text.strip().rpartition("@")
    if not at or len(local) > 64 or len(domain) > 253:
        return None
    domain = _ascii_domain(domain)
    if not _LOCAL.fullmatch(local) or not _DOMAIN.fullmatch(domain) or domain.rpartition(".")[2].isdigit():
        return None
    return f"{local}@{domain}"


def _ascii_domain(domain: str) -> str:
    """An internationalised domain in its ASCII form; anything that has none comes back empty."""
    if domain.isascii():
        return domain.lower()
    try:
        return domain.encode("idna").decode("ascii").lower()
    except UnicodeError:
        return ""


def addresses_in(text: str, limit: int = 20) -> list[str]:
    """The valid addresses in running text, in order, without doubles."""
    found: dict[str, None] = {}
    for match in IN_TEXT.finditer(text):
        address = valid_address(match.group().rstrip(".-"))
        if address:
            found.setdefault(address)
            if len(found) >= limit:
                break
    return list(found)


def read_mailboxes(value: str, limit: int = ADDRESS_LIMIT) -> list[Mailbox]:
    """The mailboxes of an undecoded address header. Comments, groups and routes are understood."""
    found: list[Mailbox] = []
    reading = _Reading()
    for token in _TOKEN.findall(value):
        done = reading.take(token)
        if done:
            found.append(done)
            if len(found) >= limit:
                return found
    last = reading.finish()
    if last:
        found.append(last)
    return found if any(box.address or box.shown for box in found) else _rescued(value) or found


def first_mailbox(value: str) -> Mailbox:
    """The first mailbox with an address, else the first at all, else an empty one."""
    boxes = read_mailboxes(value, 20)
    return next((box for box in boxes if box.address or box.shown), boxes[0] if boxes else Mailbox("", None))


def _rescued(value: str) -> list[Mailbox]:
    """Broken quoting hid the address: take it when there is exactly one in angle brackets."""
    found = [address for address in re.findall(r"<([^<>\s]{3,320})>", value) if valid_address(address)]
    if len(found) != 1:
        return []
    name = one_line(decode_words(value.partition("<")[0]).strip(' "'))
    return [Mailbox(name, valid_address(found[0]))]


class _Reading:
    """One pass over the pieces of an address header."""

    def __init__(self) -> None:
        self._depth = 0
        self._in_angle = False
        self._clear()

    def _clear(self) -> None:
        self._phrase: list[str] = []
        self._angle: list[str] | None = None
        self._comment: list[str] = []

    def take(self, piece: str) -> Mailbox | None:
        if self._depth:
            self._take_comment(piece)
        elif piece == "(":
            self._depth = 1
        elif self._in_angle:
            self._take_angle(piece)
        elif piece == "<":
            self._in_angle, self._angle = True, []
        elif piece in (",", ";"):
            return self.finish()
        elif piece == ":":
            self._clear()
        elif piece != ">":
            self._phrase.append(piece)
        return None

    def _take_comment(self, piece: str) -> None:
        self._depth += (piece == "(") - (piece == ")")
        if self._depth:
            self._comment.append(piece)

    def _take_angle(self, piece: str) -> None:
        assert self._angle is not None
        if piece == ">":
            self._in_angle = False
        elif piece == ":":
            self._angle.clear()
        else:
            self._angle.append(piece)

    def finish(self) -> Mailbox | None:
        phrase, angle, comment = self._phrase, self._angle, self._comment
        self._clear()
        self._in_angle, self._depth = False, 0
        if angle is None:
            return _bare(phrase, comment)
        return _mailbox(_named(phrase) or _named(comment), "".join(angle))


def _bare(phrase: list[str], comment: list[str]) -> Mailbox | None:
    """An address without brackets: `ann@example.org (Ann)`."""
    text = "".join(phrase).strip()
    if not text:
        return None
    box = _mailbox(_named(comment), text)
    return box if box.address or box.shown else Mailbox(_named(phrase), None)


def _mailbox(name: str, text: str) -> Mailbox:
    address = valid_address(text)
    written = None if address or text.isascii() or not _WRITTEN.fullmatch(text) else one_line(text)
    return Mailbox(name, address, written)


def _named(pieces: list[str]) -> str:
    plain = "".join(_unquoted(piece) for piece in pieces)
    return one_line(decode_words(plain)).strip("'\" ")


def _unquoted(piece: str) -> str:
    if not piece.startswith('"'):
        return piece
    return re.sub(r"\\(.)", r"\1", piece.strip('"'))

"""The lines of a file of cards: from pieces of any size, unfolded by bytes, without what is never read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

_VALUE_LIMIT = 200_000
"""Bytes of a value that are kept."""
_NOT_READ = frozenset({b"PHOTO", b"LOGO", b"KEY", b"SOUND", b"X-IMAGE", b"X-ABCROP-RECTANGLE"})


def lines_in(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The lines of a file that is read piece by piece, whichever line ends it has."""
    rest = b""
    for chunk in chunks:
        whole = rest + chunk
        *lines, rest = whole.splitlines(keepends=True) or [b""]
        if rest.endswith(b"\n"):
            lines, rest = [*lines, rest], b""
        yield from lines
    if rest:
        yield rest


def unfolded(lines: Iterable[bytes]) -> Iterator[bytes]:
    """Logical lines: what goes on with a blank, or behind the soft break of quoted-printable."""
    held = _Held()
    for physical in chain(lines, [b""]):
        line = physical.rstrip(b"\r\n")
        if held.goes_on(line):
            held.add(line)
            continue
        if held.whole:
            yield held.whole
        held = _Held(line)
    if held.whole:
        yield held.whole


class _Held:
    """The logical line that is being put together."""

    def __init__(self, line: bytes = b"") -> None:
        self._parts = [line]
        self._size = len(line)
        head = line.partition(b":")[0].upper()
        self._is_quoted = b"QUOTED-PRINTABLE" in head
        self._is_dropped = head.partition(b";")[0].rpartition(b".")[2] in _NOT_READ

    @property
    def whole(self) -> bytes:
        return b"" if self._is_dropped else b"".join(self._parts)

    def goes_on(self, line: bytes) -> bool:
        """Blank lines inside a value of base64 end it; nothing else does."""
        if self._is_quoted and self._parts[-1].endswith(b"="):
            return True
        return line[:1] in (b" ", b"\t") and self._size > 0

    def add(self, line: bytes) -> None:
        if self._is_quoted and self._parts[-1].endswith(b"="):
            self._parts[-1] = self._parts[-1][:-1]
        elif line[:1] in (b" ", b"\t"):
            line = line[1:]
        self._size += len(line)
        if not self._is_dropped and self._size <= _VALUE_LIMIT:
            self._parts.append(line)
        elif self._is_quoted:
            self._is_quoted = False

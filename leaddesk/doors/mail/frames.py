"""Frames on a pipe: four bytes of length, then that many bytes."""

from __future__ import annotations

import struct
from typing import BinaryIO

_LENGTH = struct.Struct(">I")


class PipeClosed(Exception):
    """The other side is gone, or sends what is no frame."""


def send(pipe: BinaryIO, *frames: bytes) -> None:
    """Write frames and flush. Raises OSError or ValueError when the pipe is closed."""
    for frame in frames:
        pipe.write(_LENGTH.pack(len(frame)))
        pipe.write(frame)
    pipe.flush()


def receive(pipe: BinaryIO, limit: int) -> bytes:
    """The next frame. Raises PipeClosed at the end of the pipe and for a frame of more than `limit` bytes."""
    head = pipe.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        raise PipeClosed
    (length,) = _LENGTH.unpack(head)
    if length > limit:
        raise PipeClosed
    body = pipe.read(length)
    if len(body) < length:
        raise PipeClosed
    return body

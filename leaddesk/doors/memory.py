"""Keeps the process small: memory that is free goes back, and threads share what the C library sets aside."""

from __future__ import annotations

import ctypes

_M_ARENA_MAX = -8
"""glibc's number for it, from its malloc.h."""


def give_back() -> None:
    """A start needs more than the day that follows. Takes some milliseconds."""
    _tell("malloc_trim", 0)


def few_arenas() -> None:
    """Threads that begin from now on share one arena: each of its own keeps a part of it unused."""
    _tell("mallopt", _M_ARENA_MAX, 1)


def _tell(word: str, *numbers: int) -> None:
    """Where the C library can be told (glibc); elsewhere it does as it likes."""
    try:
        getattr(ctypes.CDLL(None), word)(*numbers)
    except (AttributeError, OSError, TypeError):
        return

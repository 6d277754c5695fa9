"""Gives memory that is free back to the system: a start needs more of it than the day that follows."""

from __future__ import annotations

import ctypes


def give_back() -> None:
    """Where the C library can be told to (glibc); elsewhere it does as it likes. Takes some milliseconds."""
    try:
        ctypes.CDLL(None).malloc_trim(0)
    except (AttributeError, OSError, TypeError):
        return

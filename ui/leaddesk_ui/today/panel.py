"""The panels that can stand in the queue's place, by name: known before any of them is built."""

from __future__ import annotations

import enum


class Panel(enum.Enum):
    """What a panel shows."""

    FOUND = enum.auto()
    PUT_AWAY = enum.auto()
    KNOWN = enum.auto()
    RESCUE = enum.auto()

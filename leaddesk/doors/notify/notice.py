"""What a notification says, and what a person may do with it."""

from __future__ import annotations

import enum
from collections.abc import Callable
from dataclasses import dataclass


class Action(enum.StrEnum):
    """What the person did with a notification."""

    OPEN = "open"
    """Clicked on it."""
    REPLY = "reply"
    GOT = "got"
    """Said "I've got it"."""


@dataclass(frozen=True, slots=True)
class Notice:
    """One notification. Text may come from outside as it is: the notifier cleans and clips it.

    A notice with the `key` of an earlier one takes its place; an empty key never replaces.
    """

    title: str
    body: str = ""
    urgent: bool = False
    sound: bool = False
    key: str = ""
    buttons: bool = True
    """Offer "Reply" and "I've got it": not for a notice about many."""


OnAction = Callable[[str, Action], None]
"""Told the notice's key and what the person did."""

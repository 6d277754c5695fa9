"""Things that are made when they are first asked for: what a start does not use costs it nothing."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any, Generic, Self, TypeVar, overload

Owner = TypeVar("Owner")
Made = TypeVar("Made")
_MAKING = "_making"


class late(Generic[Owner, Made]):
    """A property that is made once for each object, whichever thread asks first.

    functools' own makes it twice, from Python 3.12 on, when two threads ask at once. A value given by hand
    (`given`) stands instead.
    """

    def __init__(self, make: Callable[[Owner], Made]) -> None:
        self._make = make
        self._name = make.__name__
        self.__doc__ = make.__doc__

    @overload
    def __get__(self, owner: None, kind: type[Owner]) -> Self: ...
    @overload
    def __get__(self, owner: Owner, kind: type[Owner]) -> Made: ...
    def __get__(self, owner: Owner | None, kind: type[Owner]) -> Self | Made:
        if owner is None:
            return self
        known: dict[str, Any] = owner.__dict__
        with known.setdefault(_MAKING, threading.RLock()):
            if self._name not in known:
                known[self._name] = self._make(owner)
            made: Made = known[self._name]
            return made


def given(owner: object, **values: object) -> None:
    """Put these in the place of what would be made; None stands for "make it"."""
    owner.__dict__.update({name: value for name, value in values.items() if value is not None})


def is_made(owner: object, name: str) -> bool:
    """Whether somebody has asked for it already."""
    return name in owner.__dict__

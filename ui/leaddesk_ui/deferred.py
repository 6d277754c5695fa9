"""A desk's subject that is made when it is first used, on the task's thread that uses it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

Subject = TypeVar("Subject")


def deferred(subject: Callable[[], Subject]) -> Subject:
    """Stands for what `subject` gives: a page that only may need it costs a start neither time nor memory."""
    return cast(Subject, _Deferred(subject))


class _Deferred:
    def __init__(self, subject: Callable[[], object]) -> None:
        self._subject = subject

    def __getattr__(self, name: str) -> Any:
        return getattr(self._subject(), name)

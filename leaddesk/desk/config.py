"""Settings by their declaration: read with their type, written with their check."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from leaddesk.doors.store import Store
from leaddesk.words.errors import Usage
from leaddesk.words.settings import Setting

T = TypeVar("T")


class Config:
    """Typed access to the settings of this desk and team."""

    def __init__(self, store: Store, effects: Mapping[str, Callable[[Any], None]] | None = None) -> None:
        self._store = store
        self._effects = dict(effects or {})
        """What a setting changes outside the database, by its key; a failure leaves the setting as it was."""

    def get(self, setting: Setting[T]) -> T:
        """The value, or the default; a stored text that no longer fits counts as the default."""
        text = self._store.settings.get(setting.key, setting.scope)
        if text is None:
            return setting.default
        try:
            return setting.parse(text)
        except Usage:
            return setting.default

    def set(self, setting: Setting[T], text: str) -> T:
        """Checks and writes `text`. Raises Usage with a sentence, and then nothing is written."""
        value = setting.parse(text)
        if setting.key in self._effects:
            self._effects[setting.key](value)
        kept = None if value == setting.default else setting.write(value)
        self._store.settings.put(setting.key, kept, setting.scope)
        return value

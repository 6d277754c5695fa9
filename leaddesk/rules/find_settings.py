"""Settings found by words: of their label, their help, their key or their group; the nearest first."""

from __future__ import annotations

from typing import Any

from leaddesk.words.setting_groups import SHOWN, group_of
from leaddesk.words.settings import Setting


def find_settings(words: str, limit: int = 12) -> tuple[Setting[Any], ...]:
    """Those in which every word stands somewhere; none where there are no words.

    >>> [each.key for each in find_settings("postal address")][:1]
    ['firm.address']
    """
    wanted = words.casefold().split()
    if not wanted:
        return ()
    ranked = [(_rank(each, wanted), place, each) for place, each in enumerate(SHOWN)]
    fitting = sorted(
        ((rank, place, each) for rank, place, each in ranked if rank is not None), key=lambda each: each[:2]
    )
    return tuple(each for _, _, each in fitting[:limit])


def _rank(setting: Setting[Any], wanted: list[str]) -> int | None:
    """0 where all stand in the label, 1 in label, key or group, 2 anywhere; None where one stands nowhere."""
    label = setting.label.casefold()
    near = f"{label} {setting.key} {group_of(setting).casefold()}"
    whole = f"{near} {setting.help.casefold()}"
    for rank, text in enumerate((label, near, whole)):
        if all(word in text for word in wanted):
            return rank
    return None

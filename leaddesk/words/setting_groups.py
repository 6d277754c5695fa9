"""Where each setting stands for a person: its group, by the beginning of its key."""

from __future__ import annotations

from typing import Any

from leaddesk.words.settings import ALL_LEADS, SETTINGS, WINDOW_PLACE, Setting

HOLDING, TEMPLATES, PLANS = "Holding message", "Templates", "Following up"
GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("You and your target", ("person.", "firm.", "target.")),
    ("Opening hours", ("hours.",)),
    ("Who is here", ("team.",)),
    ("Alerts", ("alert.",)),
    ("Sending", ("send.", "reply.")),
    (PLANS, ("cadence.", "follow_up.")),
    ("This window", ("window.",)),
)
"""Groups of plain rows, in the order of the page."""
_PAGES = ((HOLDING, ("holding.",)), (TEMPLATES, ("template.",)))
"""Groups with a page of their own."""
SHOWN: tuple[Setting[Any], ...] = tuple(each for each in SETTINGS if each not in (ALL_LEADS, WINDOW_PLACE))
"""What a person sets; the others the window keeps for itself."""


def group_of(setting: Setting[Any]) -> str:
    """The name of its group; empty where it has none, which a test forbids."""
    fitting = (name for name, starts in (*GROUPS, *_PAGES) if setting.key.startswith(starts))
    return next(fitting, "")

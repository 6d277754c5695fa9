"""What is overdue as the pictures show it: after three weeks away. Nothing of it is stored."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from leaddesk.words.due import Way
from leaddesk.words.overdue import OverdueItem

from .overdue_sheet import OverdueSheet

if TYPE_CHECKING:
    from .needs import Desk
    from .tasks import Tasks
    from .window import Window

_TOLD = (
    ("Marek Kowalczyk", 20, Way.EMAIL, "Thank you for the photos. The gutters would take us half a day."),
    ("Lena Fischer", 19, Way.CALL, ""),
    ("The Copper Kettle", 17, Way.EMAIL, ""),
    ("Priya Raman", 15, Way.DECIDE, ""),
    ("Joan Hartley", 12, Way.TEXT, ""),
)


def after_weeks(window: Window, desk: Desk, tasks: Tasks) -> None:
    """The sheet as it opens at the start."""
    now = desk.clock.now()
    items = tuple(
        OverdueItem(
            lead=place, name=name, since=now - timedelta(days=days), way=way, text=text,
            outgoing=place if text else None, is_first=name == "The Copper Kettle",
        )
        for place, (name, days, way, text) in enumerate(_TOLD, start=1)
    )  # fmt: skip
    window.sheets.open(OverdueSheet(items, now, desk.clock.zone(), window.theme))

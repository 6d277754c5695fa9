"""The firm's opening hours, as the settings have them."""

from __future__ import annotations

from leaddesk.desk.config import Config
from leaddesk.words.hours import Hours, read_days, read_region, read_week
from leaddesk.words.settings import HOURS_CLOSED, HOURS_HOLIDAYS, HOURS_WEEK


def opening_hours(config: Config) -> Hours:
    """The week, the days on which the firm is shut, and whose holidays it keeps."""
    return Hours(
        week=read_week(config.get(HOURS_WEEK)),
        closed=read_days(config.get(HOURS_CLOSED)),
        region=read_region(config.get(HOURS_HOLIDAYS)),
    )

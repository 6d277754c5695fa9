"""The review as the pictures show it: a week of the desk's own leads, and the states that are seldom seen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from leaddesk.words.review import Mistake, Week

from .rail import Place

if TYPE_CHECKING:
    from .needs import Desk
    from .review.page import ReviewPage
    from .tasks import Tasks
    from .window import Window

Show = Callable[["Window", "Desk", "Tasks"], object]
_LONG_AGO = timedelta(days=7 * 520)


def _staged(put: Callable[[ReviewPage, Week], None], back: timedelta) -> Show:
    """A page of its own with a week so long ago."""

    def show(window: Window, desk: Desk, tasks: Tasks) -> None:
        from .review.page import ReviewPage  # noqa: PLC0415 - only for these pictures

        page = ReviewPage(desk.clock, window.theme)
        window.show_beside_rail(page)
        window.rail.show_place(Place.REVIEW)
        page.show_loading()
        day = (desk.clock.now() - back).astimezone(desk.clock.zone()).date()
        tasks.run(lambda: desk.weeks.show(day), lambda week: put(page, week))

    return show


def _nobody(page: ReviewPage, week: Week, *, is_new: bool) -> None:
    slips: dict[Mistake, tuple[()]] = {each: () for each in Mistake}
    page.show_week(replace(week, is_new=is_new, slips=slips))


def _failing(page: ReviewPage, week: Week) -> None:
    page.show_week(week)
    page.show_failure(
        "The figures could not be read.", "Your leads are safe. Try again in a moment.", lambda: None
    )


def mistake(window: Window, desk: Desk, tasks: Tasks) -> None:
    """The list of the first mistake of the running week."""

    def opened(week: Week) -> None:
        first = next((each for each in Mistake if week.slips.get(each)), None)
        if first is not None:
            window.reviewing.page.show_week(week)
            window.reviewing.page.mistake_requested.emit(first)

    window.go(Place.REVIEW)
    tasks.run(desk.weeks.show, opened)


LAST_WEEK = _staged(lambda page, week: page.show_week(week), timedelta(days=7))
QUIET = _staged(lambda page, week: _nobody(page, week, is_new=False), _LONG_AGO)
EMPTY = _staged(lambda page, week: _nobody(page, week, is_new=True), _LONG_AGO)
FAILING = _staged(_failing, timedelta(0))

"""The page with everybody for its pictures: as the desk fills it, and the states that it is seldom in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from leaddesk.words.all_leads import After, Listed, Only, Sort, SortBy, Tally, Window
from leaddesk.words.errors import DiskTrouble
from leaddesk.words.states import Outcome, Turn, What

from .rail import Place

if TYPE_CHECKING:
    from .needs import Desk
    from .tasks import Tasks
    from .window import Window as Main

_NAMES = (
    "Dr. Wilhelmina-Charlotte von und zu Brandenburg-Schwarzenstein-Hohenfels",
    "Ó",
    "Sociedad Cooperativa de Construcciones y Reformas Integrales del Mediterráneo Occidental S.L.",
    "<b>Bold & Brassy</b>",
    "Xiao",
)


def everybody(window: Main, desk: Desk, tasks: Tasks) -> None:
    """As it opens."""
    window.go(Place.LEADS)


def found(window: Main, desk: Desk, tasks: Tasks) -> None:
    """A search."""
    _begin(window, Only(words="loft"), Sort(SortBy.NAME, down=False))


def nobody(window: Main, desk: Desk, tasks: Tasks) -> None:
    """A search that finds nobody."""
    _begin(window, Only(Outcome.WON, None, "zeppelin"), Sort())


def _begin(window: Main, only: Only, sort: Sort) -> None:
    page = window.listing.page
    window.show_place(Place.LEADS)
    page.head.field.setText(only.words)
    page.begin(only, sort)


class _Rows:
    """Rows that are only shown."""

    def __init__(self, rows: tuple[Listed, ...], error: Exception | None = None) -> None:
        self._rows, self._error = rows, error

    def page(self, only: Only, sort: Sort, after: After | None = None, limit: int = 100) -> Window:
        if self._error is not None:
            raise self._error
        return Window(self._rows, None)

    def tally(self, only: Only) -> Tally:
        return Tally({Outcome.OPEN: len(self._rows)} if self._rows else {}, len(self._rows))


def _long(desk: Desk) -> tuple[Listed, ...]:
    now = desk.clock.now()
    first = Listed(
        lead=1, name=_NAMES[0], company="", email="w.c." + "von-und-zu." * 9 + "@example.com",
        phone="+49 (0)30 1234567-890 ext. 12345", wants="Sehr geehrte Damen und Herren, " * 8,
        source="Newsletter: The long letter of our autumn about roofs, windows and all the rest",
        turn=Turn.OURS, what=What.NEW, outcome=Outcome.OPEN, reason="", since=now - timedelta(minutes=3),
        wrote=now - timedelta(days=800), replied_after=None, touched=now - timedelta(minutes=3),
    )  # fmt: skip
    return tuple(
        replace(
            first, lead=n, name=name, outcome=Outcome.LOST if n % 2 else Outcome.OPEN,
            reason="went with somebody whom their neighbour had praised" if n % 2 else "",
            replied_after=timedelta(days=412, hours=n) if n % 2 else None,
            company=_NAMES[2] if n == 3 else "",
        )
        for n, name in enumerate(_NAMES)
    )  # fmt: skip


def _with(rows: Callable[[Desk], Any]) -> Callable[[Main, Desk, Tasks], None]:
    def show(window: Main, desk: Desk, tasks: Tasks) -> None:
        from .leads.page import LeadsPage  # noqa: PLC0415 - only for these pictures

        page = LeadsPage(rows(desk), desk.clock, tasks, window.theme)
        window.put_page(Place.LEADS, page)
        window.show_place(Place.LEADS)
        page.begin(Only(), Sort())

    return show


LONG = _with(lambda desk: _Rows(_long(desk)))
EMPTY = _with(lambda desk: _Rows(()))
FAILING = _with(
    lambda desk: _Rows(
        (),
        DiskTrouble(
            "The disk does not let LeadDesk read its data.", "Check that the disk is there and well."
        ),
    )
)


def loading(window: Main, desk: Desk, tasks: Tasks) -> None:
    """Before anything is read."""
    from .leads.page import LeadsPage  # noqa: PLC0415 - only for this picture

    page = LeadsPage(desk.all_leads, desk.clock, tasks, window.theme)
    page.head.show_wish(Only(), Sort())
    page.head.show_tally(Only(), None)
    window.put_page(Place.LEADS, page)
    window.show_place(Place.LEADS)

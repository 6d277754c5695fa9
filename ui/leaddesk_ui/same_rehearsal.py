"""The question "Same person?" and two leads that were joined, as the pictures show them; nothing is done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from leaddesk.words.same import Joined, Same
from leaddesk.words.views import LeadView

from .lead.same_sheet import SameSheet

if TYPE_CHECKING:
    from .needs import Desk
    from .tasks import Tasks
    from .window import Window


def asked(window: Window, desk: Desk, tasks: Tasks) -> None:
    """Somebody is offered as the same person, and another was joined before."""

    def show(view: LeadView) -> None:
        now = desk.clock.now()
        link = Joined(lead=0, name="07700 900 231", at=now, by=None, until=now + timedelta(days=30))
        window.lead.same.show_lead(replace(view, joined=(link,)))
        window.lead.same.show_offers(view.lead, (_other(desk),))

    _with_first(window, desk, tasks, show)


def question(window: Window, desk: Desk, tasks: Tasks) -> None:
    """The sheet with the question."""

    def show(view: LeadView) -> None:
        window.lead.sheets.open(SameSheet(view.name, view.lead, (_other(desk),)))

    _with_first(window, desk, tasks, show)


def look(window: Window, desk: Desk, tasks: Tasks) -> None:
    """The sheet in which another lead is looked for."""

    def show(view: LeadView) -> None:
        sheet = SameSheet(view.name, view.lead, ())
        window.lead.sheets.open(sheet)
        sheet.field.setText("example")
        tasks.run(lambda: desk.leads.find("example"), lambda found: sheet.show_found("example", found))

    _with_first(window, desk, tasks, show)


def _with_first(window: Window, desk: Desk, tasks: Tasks, then: Callable[[LeadView], None]) -> None:
    """The page reads who is offered when it is shown: the picture's own comes after that."""
    rows = window.today.view.rows if window.today.view is not None else ()
    if rows:
        lead = rows[0].lead
        window.open_lead(lead)
        show, offers = (lambda: desk.leads.show(lead)), (lambda: desk.same.offers(lead))
        tasks.run(show, lambda view: tasks.run(offers, lambda _: tasks.run(lambda: view, then)))


def _other(desk: Desk) -> Same:
    return Same(
        lead=0,
        name="N. Adeyemi",
        why="The same name, and both wrote about “loft conversion”.",
        wants="Hello, it is me again from my work address: could you also look at the dormer?",
        since=desk.clock.now(),
        known_by="n.adeyemi@harbour.example, last on 9 Nov 2026",
    )

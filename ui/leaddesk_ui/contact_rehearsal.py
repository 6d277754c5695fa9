"""Wishes not to be contacted and whose lead it is, as the pictures show them; nothing is done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from leaddesk.words.lead import Channel
from leaddesk.words.reach import OptOut
from leaddesk.words.views import LeadView

from .lead.contact_sheets import GiveSheet, NoContactSheet

if TYPE_CHECKING:
    from .needs import Desk
    from .tasks import Tasks
    from .window import Window


def asked(window: Window, desk: Desk, tasks: Tasks) -> None:
    """They asked not to be mailed, and it is a colleague's lead."""
    _shown(window, desk, tasks, OptOut(channel=Channel.EMAIL, at=desk.clock.now(), by="Ann"))


def seemed(window: Window, desk: Desk, tasks: Tasks) -> None:
    """Their words sound as though they asked to end."""
    _shown(window, desk, tasks, OptOut(channel=None, at=desk.clock.now(), is_sure=False))


def ways(window: Window, desk: Desk, tasks: Tasks) -> None:
    """The sheet with the ways."""
    _with_first(window, desk, tasks, lambda view: window.lead.sheets.open(NoContactSheet(view.name)))


def people(window: Window, desk: Desk, tasks: Tasks) -> None:
    """The sheet with the people."""
    names = ("Ann", "Ben")
    _with_first(
        window, desk, tasks, lambda view: window.lead.sheets.open(GiveSheet(view.name, names, is_out=False))
    )


def _shown(window: Window, desk: Desk, tasks: Tasks, wish: OptOut) -> None:
    _with_first(
        window,
        desk,
        tasks,
        lambda view: window.lead.contact.show_lead(replace(view, opt_outs=(wish,), whose="Ben")),
    )


def _with_first(window: Window, desk: Desk, tasks: Tasks, then: Callable[[LeadView], None]) -> None:
    rows = window.today.view.rows if window.today.view is not None else ()
    if rows:
        lead = rows[0].lead
        window.open_lead(lead)
        show = lambda: desk.leads.show(lead)  # noqa: E731 - read twice: the page's own reading comes first
        tasks.run(show, lambda view: tasks.run(show, lambda _: then(view)))

"""The parts of a window: a function each that builds one and joins it to those before it.

They are no part of the first paint: the opening task loads this file. A new subject is one more function, in
the order in which they need each other.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from .deferred import deferred
from .errands import Errands
from .first_day import FirstDay
from .folder_choice import FolderChoice
from .forms.forming import Forming
from .hearing import Hearing
from .importing import Importing
from .lead.contacting import Contacting
from .lead.page import LeadPage
from .lead.sameness import Sameness
from .listing import Listing
from .overdue import OverdueWork
from .rail import Place
from .taking_in import TakingIn
from .teaching import Teaching
from .troubles import Troubles
from .waiting import Waiting
from .watching import Watching
from .window_sheets import WindowSheets

if TYPE_CHECKING:
    from .needs import Desk, Find
    from .window import Window


def join(window: Window, desk: Desk) -> None:
    """Build what the first paint did without, and join it to the queue that is shown."""
    for build in _PARTS:
        build(window, desk)


def _lead(window: Window, desk: Desk) -> None:
    window.lead = lead = LeadPage(
        desk.leads,
        deferred(lambda: desk.reply),
        deferred(lambda: desk.calls),
        deferred(lambda: desk.decide),
        deferred(lambda: desk.following),
        deferred(lambda: desk.receive),
        desk.clock,
        window.tasks,
        window.theme,
    )
    lead.done.connect(window.say_done)
    lead.said.connect(window.toast.say)
    window.toast.keep_clear_of(lead.foot)
    lead.account_requested.connect(window.ask_for_account)
    window.listen_to(lead.sheets)
    window.closing.connect(lead.files.close)


def _troubles(window: Window, desk: Desk) -> None:
    cards = window.today.troubles_layout
    window.troubles = troubles = Troubles(
        desk.health, desk.accounts, window.tasks, cards, window.fail, window
    )
    troubles.done.connect(window.today.refresh)


def _waiting(window: Window, desk: Desk) -> None:
    window.waiting = Waiting(
        desk.alerts, desk.clock, window.tasks, window.setWindowTitle, window.fail, window.mark, window
    )


def _errands(window: Window, desk: Desk) -> None:
    window.errands = errands = Errands(desk, window.tasks, window.fail, window)
    window.today.rescue_requested.connect(errands.rescue)
    window.lead.next_requested.connect(errands.next_after)
    window.troubles.elsewhere_requested.connect(errands.open_elsewhere)
    window.troubles.unsure_requested.connect(errands.lead_of)
    errands.said.connect(window.toast.say)
    errands.changed.connect(window.refresh)
    errands.lead_wanted.connect(window.open_lead)
    errands.nobody_left.connect(window.bench.show_nobody)


def _sameness(window: Window, desk: Desk) -> None:
    lead = window.lead
    window.sameness = same = Sameness(lambda: desk.same, _find_in(desk), window.tasks, lead.same, lead.sheets)
    lead.shown.connect(same.read)
    lead.same_requested.connect(same.ask)
    same.done.connect(window.say_done)
    same.said.connect(window.toast.say)
    same.moved.connect(window.bench.open_lead)


def _find_in(desk: Desk) -> Find:
    return lambda words: desk.leads.find(words)  # noqa: PLW0108 - leads are loaded by the first search


def _contacting(window: Window, desk: Desk) -> None:
    lead = window.lead
    window.contacting = contacting = Contacting(
        lambda: desk.contact, lambda: desk.team, window.tasks, lead.contact, lead.sheets
    )
    lead.contact_requested.connect(contacting.ask)
    contacting.done.connect(window.say_done)
    contacting.said.connect(window.toast.say)
    contacting.moved.connect(window.bench.open_lead)


def _hearing(window: Window, desk: Desk) -> None:
    window.hearing = hearing = Hearing(desk, window.tasks, window.fail, window)
    hearing.queue_is_stale.connect(window.refresh)
    hearing.leads_are_stale.connect(window.reload)
    hearing.standing_is_stale.connect(window.read_standing)
    hearing.said.connect(window.toast.say)
    hearing.alerted.connect(lambda: QApplication.alert(window))
    hearing.theme_chosen.connect(window.theme.choose)


def _asks(window: Window, desk: Desk) -> None:
    window.asks = asks = WindowSheets(desk, window.tasks, window.sheets, window.theme)
    for page in (window.today, window.lead, window.bench):
        page.raw_requested.connect(asks.raw)
    window.troubles.password_requested.connect(asks.password)
    window.troubles.unlock_requested.connect(asks.unlock)
    asks.signed_in.connect(window.troubles.read)
    asks.said.connect(window.toast.say)


def _forming(window: Window, desk: Desk) -> None:
    window.forming = forming = Forming(desk, window.tasks, window.fail, window.sheets, window.theme)
    window.lead.register_requested.connect(forming.register)
    window.lead.sources_requested.connect(forming.ask_sources)
    for page in (window.lead, window.bench):
        page.point_requested.connect(forming.teach)
    forming.said.connect(window.toast.say)
    forming.changed.connect(window.refresh)
    forming.changed.connect(window.lead.reload)


def _folders(window: Window, desk: Desk) -> None:
    window.folders = folders = FolderChoice(desk.accounts, window.tasks, window.sheets)
    window.troubles.folder_requested.connect(folders.of_kept)
    folders.said.connect(window.toast.say)
    folders.changed.connect(window.troubles.read)


def _first_day(window: Window, desk: Desk) -> None:
    window.first_day = day = FirstDay(
        desk, window.tasks, window.theme, window.show_beside_rail, window.fail, window
    )
    window.today.take_requested.connect(day.take)
    window.today.let_go_requested.connect(day.let_go)
    window.today.rest_requested.connect(day.close_the_rest)
    day.said.connect(window.toast.say)
    day.changed.connect(window.refresh)
    day.lead_wanted.connect(window.reply_to)
    day.leave_requested.connect(lambda: window.show_place(Place.TODAY))


def _taking_in(window: Window, desk: Desk) -> None:
    window.taking_in = taking_in = TakingIn(desk, window.tasks, window.sheets, window.fail)
    window.today.new_lead_requested.connect(taking_in.new_lead)
    window.files_dropped.connect(taking_in.drop)
    window.closing.connect(taking_in.close)
    taking_in.added.connect(window.show_added)
    taking_in.lead_wanted.connect(window.open_lead)
    taking_in.said.connect(window.toast.say)
    taking_in.changed.connect(window.refresh)


def _teaching(window: Window, desk: Desk) -> None:
    window.teaching = teaching = Teaching(desk, window.tasks, window.sheets)
    for page in (window.today, window.bench):
        page.teach_requested.connect(teaching.by_mail)
    window.lead.teach_requested.connect(teaching.by_lead)
    teaching.done.connect(window.say_done)


def _importing(window: Window, desk: Desk) -> None:
    window.importing = importing = Importing(desk, window.tasks, window.fail, window.taking_in, window)
    window.today.import_requested.connect(importing.show)
    window.taking_in.tables_dropped.connect(importing.open)
    window.taking_in.changed.connect(importing.refresh)
    importing.said.connect(window.toast.say)
    importing.changed.connect(window.refresh)


def _listing(window: Window, desk: Desk) -> None:
    window.listing = listing = Listing(desk, window.tasks, window.fail, window)
    listing.lead_wanted.connect(window.open_lead)
    listing.new_lead_requested.connect(window.taking_in.new_lead)


def _overdue(window: Window, desk: Desk) -> None:
    window.overdue = overdue = OverdueWork(desk, window.tasks, window.sheets, window.theme, window.fail)
    overdue.said.connect(window.toast.say)
    overdue.changed.connect(window.refresh)
    overdue.lead_wanted.connect(window.mend)


def _watching(window: Window, desk: Desk) -> None:
    window.watching = watching = Watching(desk, window.tasks, window.fail, window)
    watching.read_again.connect(window.today.show_connections)


_PARTS: tuple[Callable[[Window, Desk], None], ...] = (
    _lead,
    _troubles,
    _waiting,
    _errands,
    _sameness,
    _contacting,
    _hearing,
    _asks,
    _forming,
    _folders,
    _first_day,
    _taking_in,
    _teaching,
    _importing,
    _listing,
    _overdue,
    _watching,
)

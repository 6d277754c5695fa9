"""What the pictures show: the pages as the desk fills them, and the states that it is seldom in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from leaddesk.words.lead import What
from leaddesk.words.views import Strip, Trouble

from . import (
    contact_rehearsal,
    holding_rehearsal,
    leads_rehearsal,
    overdue_rehearsal,
    plans_rehearsal,
    rehearsals,
    review_rehearsal,
    same_rehearsal,
    taking_in_rehearsal,
    teach_rehearsal,
)
from .forms import rehearsal
from .keys import Action
from .rail import Place

if TYPE_CHECKING:
    from .needs import Desk
    from .tasks import Tasks
    from .window import Window

Show = Callable[["Window", "Desk", "Tasks"], object]


@dataclass(frozen=True, slots=True)
class Screen:
    """One picture: how to get there, and whether a narrow one is taken too."""

    name: str
    show: Show
    narrow: bool = False
    opened: bool = True
    """False for the frame that stands before the desk is open."""


def _as_it_is(window: Window, desk: Desk, tasks: Tasks) -> None:
    """The window as it opens."""


def _conversation(window: Window, desk: Desk, tasks: Tasks) -> None:
    """A mail that may not have arrived, else somebody who answered, else the first."""
    rows = window.today.view.rows if window.today.view is not None else ()
    order = sorted(rows, key=lambda row: (not row.trouble, row.what is not What.REPLY))
    if order:
        window.open_lead(order[0].lead)


def _key(action: Action) -> Show:
    def show(window: Window, desk: Desk, tasks: Tasks) -> None:
        rows = window.today.view.rows if window.today.view is not None else ()
        if rows:
            window.open_lead(rows[0].lead)
            window.lead.do_when_shown(action)

    return show


def _search(window: Window, desk: Desk, tasks: Tasks) -> None:
    rows = window.today.view.rows if window.today.view is not None else ()
    window.today.open_search(rows[0].name.split()[0] if rows else "roof")


def _settings(open_group: Callable[[Any], object]) -> Show:
    def show(window: Window, desk: Desk, tasks: Tasks) -> None:
        window.go(Place.SETTINGS)
        window.settings.when_read(lambda: open_group(window.settings))

    return show


def _empty(window: Window, desk: Desk, tasks: Tasks) -> None:
    view = window.today.view
    if view is None:
        return
    six = timedelta(minutes=6)
    today = Strip(enquiries=11, answered=11, waiting=0, never=0, median=six, within_5min=5, within_1h=11)
    nobody = replace(
        view, rows=(), total=0, new=0, due=0, known=(), known_total=0, today=today, leads=max(1, view.leads)
    )
    window.today.show_view(nobody)
    window.bench.show_nobody()


def _standing(*troubles: tuple[str, str, str, str, bool]) -> Show:
    def show(window: Window, desk: Desk, tasks: Tasks) -> None:
        now = desk.clock.now()
        window.troubles.show(
            tuple(
                Trouble(key=key, since=now, sentence=sentence, safe=safe, action=action, urgent=urgent)
                for key, sentence, safe, action, urgent in troubles
            )
        )

    return show


_FAILING = _standing(
    (
        "offline:0",
        "Mail has not been watched since 18:02.",
        "mail.example.com does not answer. Enquiries are safe there, but you are not told of them. "
        "It is tried again by itself.",
        "Try now",
        True,
    ),
    (
        "disk",
        "The disk has been full since 18:20.",
        "What you have is safe, and new mail stays on the server. Free 200 MB of the home disk and it "
        "carries on by itself.",
        "",
        True,
    ),
    (
        "notifier",
        "Notifications are not shown on this desktop.",
        "New enquiries still sound and show here, as long as LeadDesk runs.",
        "Try again",
        False,
    ),
)
_LOCKED = _standing(
    (
        "keyring:0",
        "The keyring is locked. Mail has not been watched since 8:31.",
        "It holds the password of info@. Your desktop asks for the keyring’s own password; LeadDesk never "
        "sees that one.",
        "Unlock the keyring",
        True,
    )
)


def _day_one(named: str) -> Show:
    def show(window: Window, desk: Desk, tasks: Tasks) -> None:
        from .day_one import rehearsal  # noqa: PLC0415 - only for these pictures
        from .day_one.page import DayOnePage  # noqa: PLC0415

        page = DayOnePage(desk.clock, window.theme)
        window.show_beside_rail(page)
        if window.today.view is not None:
            getattr(rehearsal, named)(page, window.today.view, desk.clock.now())

    return show


def _rescue(window: Window, desk: Desk, tasks: Tasks) -> None:
    from .day_one import rehearsal  # noqa: PLC0415 - only for this picture

    if window.today.view is not None:
        window.today.show_view(rehearsal.offering(window.today.view, desk.clock.now(), 41))
        window.today.open_rescue()


def _rescue_line(window: Window, desk: Desk, tasks: Tasks) -> None:
    from .day_one import rehearsal  # noqa: PLC0415 - only for this picture

    if window.today.view is not None:
        window.today.show_view(rehearsal.offering(window.today.view, desk.clock.now(), 41))


SCREENS = (
    Screen("today", _as_it_is, narrow=True),
    Screen("lead", _conversation, narrow=True),
    Screen("compose", _key(Action.REPLY), narrow=True),
    Screen("call", _key(Action.CALLED), narrow=True),
    Screen("text", _key(Action.TEXT), narrow=True),
    Screen("close", _key(Action.CLOSE)),
    Screen("snooze", _key(Action.SNOOZE)),
    Screen("overdue", overdue_rehearsal.after_weeks, narrow=True),
    Screen("search", _search),
    Screen("not-leads", lambda window, desk, tasks: window.today.open_put_away()),
    Screen("teach", teach_rehearsal.asked, narrow=True),
    Screen("no-contact", contact_rehearsal.asked, narrow=True),
    Screen("no-contact-asked", contact_rehearsal.seemed),
    Screen("no-contact-ways", contact_rehearsal.ways),
    Screen("give", contact_rehearsal.people),
    Screen("same", same_rehearsal.asked, narrow=True),
    Screen("same-question", same_rehearsal.question, narrow=True),
    Screen("same-look", same_rehearsal.look),
    Screen("holding", _settings(holding_rehearsal.week), narrow=True),
    Screen("holding-lead", holding_rehearsal.promised, narrow=True),
    Screen("holding-nobody", _settings(holding_rehearsal.nobody)),
    Screen("known", lambda window, desk, tasks: window.today.open_known()),
    Screen("leads", leads_rehearsal.everybody, narrow=True),
    Screen("leads-found", leads_rehearsal.found),
    Screen("leads-long", leads_rehearsal.LONG, narrow=True),
    Screen("leads-nobody", leads_rehearsal.nobody),
    Screen("leads-empty", leads_rehearsal.EMPTY),
    Screen("leads-loading", leads_rehearsal.loading),
    Screen("leads-failing", leads_rehearsal.FAILING),
    Screen("new-lead", lambda window, desk, tasks: window.taking_in.new_lead()),
    Screen("caller", taking_in_rehearsal.caller),
    Screen("paste", taking_in_rehearsal.paste, narrow=True),
    Screen("import", lambda window, desk, tasks: window.importing.show(), narrow=True),
    Screen("import-file", taking_in_rehearsal.import_file, narrow=True),
    Screen("keys", lambda window, desk, tasks: window.asks.keys(), narrow=True),
    Screen("settings", _settings(lambda page: page.open(page.groups[0])), narrow=True),
    Screen("settings-hours", _settings(lambda page: page.open("Opening hours")), narrow=True),
    Screen("settings-search", _settings(lambda page: page.search_for("mail"))),
    Screen("plans", plans_rehearsal.drawn, narrow=True),
    Screen("plans-noend", plans_rehearsal.endless, narrow=True),
    Screen("plans-changes", plans_rehearsal.changes),
    Screen("plans-faulty", plans_rehearsal.faulty),
    Screen("plans-failing", plans_rehearsal.failing),
    Screen("taught", _settings(lambda page: page.open("What you taught"))),
    Screen("mailboxes", _settings(lambda page: page.open_mailboxes())),
    Screen("templates", _settings(lambda page: page.open("Templates")), narrow=True),
    Screen("forms", _settings(lambda page: page.open("Forms")), narrow=True),
    Screen("point", rehearsal.pointing, narrow=True),
    Screen("point-replay", rehearsal.replayed),
    Screen("sources", rehearsal.sources, narrow=True),
    Screen("portal", rehearsal.portal),
    Screen("account", rehearsals.by_password, narrow=True),
    Screen("account-browser", rehearsals.by_browser(), narrow=True),
    Screen("account-waiting", rehearsals.WAITING, narrow=True),
    Screen("account-administrator", rehearsals.ADMINISTRATOR),
    Screen("account-cannot-send", rehearsals.CANNOT_SEND),
    Screen("sign-in-again", rehearsals.sign_in_again),
    Screen("folders", rehearsals.FOLDERS),
    Screen("folders-failing", rehearsals.NO_FOLDERS),
    Screen("day-one", _day_one("many"), narrow=True),
    Screen("day-one-few", _day_one("few")),
    Screen("day-one-reading", _day_one("reading"), narrow=True),
    Screen("day-one-failing", _day_one("failing")),
    Screen("rescue", _rescue, narrow=True),
    Screen("review", review_rehearsal.LAST_WEEK, narrow=True),
    Screen("review-list", review_rehearsal.mistake),
    Screen("review-quiet", review_rehearsal.QUIET),
    Screen("review-empty", review_rehearsal.EMPTY),
    Screen("review-failing", review_rehearsal.FAILING),
    Screen("today-with-rescue", _rescue_line),
    Screen("empty", _empty),
    Screen("loading", _as_it_is, opened=False),
    Screen("failing", _FAILING, narrow=True),
    Screen("locked", _LOCKED),
)

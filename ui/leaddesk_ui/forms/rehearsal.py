"""A kiosk's mail that the general reader gets wrong, for the pictures of teaching by pointing."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from leaddesk.rules.capture.pointers import pointer_of
from leaddesk.words.forms import Difference, Mark, Marked, Replay, Sample
from leaddesk.words.views import Sourceless

from .portal_sheet import PortalSheet
from .sources_sheet import SourcesSheet

if TYPE_CHECKING:
    from leaddesk_ui.needs import Desk
    from leaddesk_ui.tasks import Tasks
    from leaddesk_ui.window import Window

_TEXT = """Hello team, somebody came by the stand!

Visitor
Ngozi Adeyemi
Reach them: 0117 496 0123 (after four)
Box: ngozi.adeyemi@example.com

They said
We have a 1930s semi and would like a quote for a dormer.
Planning is done.

Stand 4, seen on: https://hillside-lofts.example/dormers"""
_MARKED = (
    (Marked.NAME, "Ngozi Adeyemi"),
    (Marked.PHONE, "0117 496 0123"),
    (Marked.MESSAGE, "We have a 1930s semi and would like a quote for a dormer.\nPlanning is done."),
)
_READ = (
    (Marked.NAME, "Stand 4"),
    (Marked.EMAIL, "ngozi.adeyemi@example.com"),
    (Marked.PHONE, ""),
    (Marked.MESSAGE, "Hello team, somebody came by the stand! Visitor Ngozi Adeyemi Reach them"),
    (Marked.PAGE, "https://hillside-lofts.example/dormers"),
)
_OTHERS = ("Tom Bell", "Ines Duarte", "Jonas Weber")


def pointing(window: Window, desk: Desk, tasks: Tasks) -> None:
    """The sample with three fields marked."""
    sample = Sample(mail=1, form=1, title="Stand visit", text=_TEXT, read=_READ, taught=())
    sheet = window.forming.show_sample(sample)
    for field, words in _MARKED:
        start = _TEXT.index(words)
        sheet.select(start, start + len(words))
        sheet.mark(field)


def replayed(window: Window, desk: Desk, tasks: Tasks) -> None:
    """What the marks make of the past mails."""
    sample = Sample(mail=1, form=1, title="Stand visit", text=_TEXT, read=_READ, taught=())
    now = desk.clock.now()
    marks = [Mark(field, _TEXT.index(words), _TEXT.index(words) + len(words)) for field, words in _MARKED]
    replay = Replay(
        mail=1,
        pointers=tuple(pointer_of(_TEXT, mark) for mark in marks),
        mails=9,
        alike=3,
        lost=2,
        differences=tuple(
            Difference(mail=n, at=now - timedelta(days=3 * n), field=Marked.NAME, was="Stand 4", will=name)
            for n, name in enumerate(("Ngozi Adeyemi", *_OTHERS))
        ),
    )
    window.forming.show_sample(sample).show_replay(replay, window.forming.when)


def sources(window: Window, desk: Desk, tasks: Tasks) -> None:
    """Three leads that do not say where they found us."""
    way, now = "Email to info@hillside-lofts.example", desk.clock.now()
    wishes = ("Could you look at our roof?", "A quote for a dormer, please", "Do you also do stairs?")
    rows = [
        Sourceless(lead=-n, name=name, at=now - timedelta(days=n), wants=wishes[n], way=way)
        for n, name in enumerate(_OTHERS)
    ]
    choices = ("Recommended", "Google Ads: loft spring", "Saw our work", "Leaflet", "Event")
    whens = [window.forming.when(row.at) for row in rows]
    window.sheets.open(SourcesSheet(window.theme, rows, choices, whens))


def portal(window: Window, desk: Desk, tasks: Tasks) -> None:
    """A lead that can only be answered in its portal."""
    window.lead.sheets.open(PortalSheet("Bo Larsen", "https://www.trades.example/inbox/77123"))

"""The holding message as the pictures show it: a week with every kind of reason, and a week without any."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from leaddesk.words.holding import Held, HoldingMessage, HoldingStand, HoldingText, WouldBe

if TYPE_CHECKING:
    from leaddesk.words.views import LeadView

    from .needs import Desk, Holding
    from .settings.page import SettingsPage
    from .tasks import Tasks
    from .window import Window

_TEXT = """Hello,

your message has reached us. This is an automatic message: a person has been alerted, \
and nobody has read it yet.

We are closed at the moment. You will hear from a person by 9:30 tomorrow (Wednesday).

Hillside Lofts
"""
_WEEK = (
    ("Ngozi Adeyemi", "Loft conversion", ""),
    ("Tom Bell", "", "No automatic reply because they had one in the last seven days."),
    ("Ines Duarte", "Your message to Hillside Lofts", ""),
    ("Jonas Weber", "", "No automatic reply because it comes from a form that is not registered."),
    ("Mary Okafor", "", "No automatic reply because they enquired before: they know you."),
)


def week(settings: SettingsPage) -> None:
    """Last week, with the words of the first shown."""
    _open(settings, _WEEK)


def nobody(settings: SettingsPage) -> None:
    """A week in which nobody wrote."""
    _open(settings, ())


def promised(window: Window, desk: Desk, tasks: Tasks) -> None:
    """A lead whose enquiry was promised an answer."""
    rows = window.today.view.rows if window.today.view is not None else ()
    by = desk.clock.now() + timedelta(hours=11)
    held = Held(to=None, rule=None, why="Automatic reply.", promised_at=by)

    def show(view: LeadView) -> None:
        newest = view.enquiries[-1]
        if newest.held != held:
            told = replace(newest, held=held, first_response=None)
            window.lead.show_lead(replace(view, enquiries=(*view.enquiries[:-1], told)))

    window.lead.shown.connect(show)
    if rows:
        window.open_lead(rows[0].lead)


class _Rehearsed:
    """A desk whose last week is known."""

    def __init__(self, rows: tuple[WouldBe, ...], desk: Holding) -> None:
        self._rows, self._desk = rows, desk

    def preview(self, days: int = 7) -> tuple[WouldBe, ...]:
        return self._rows

    def stand(self) -> HoldingStand:
        return _STAND

    def texts(self) -> tuple[HoldingText, ...]:
        return self._desk.texts()

    def change(self, language: str, text: str) -> HoldingText:
        return self._desk.change(language, text)

    def sample(self, language: str, text: str) -> HoldingMessage:
        return self._desk.sample(language, text)


def _open(settings: SettingsPage, rows: Sequence[tuple[str, str, str]]) -> None:
    from .settings.holding_part import HoldingPart  # noqa: PLC0415 - the page has loaded it

    part = settings.findChild(HoldingPart)
    if isinstance(part, HoldingPart):
        now = part.clock.now()
        week, desk = tuple(_would_be(n, now, *each) for n, each in enumerate(rows, 1)), part.source()
        part.source = lambda: _Rehearsed(week, desk)
    settings.open("Holding message")


def _would_be(n: int, now: datetime, name: str, subject: str, why: str) -> WouldBe:
    held = Held(
        to=None if why else f"{name.partition(' ')[0].lower()}@example.org",
        rule="A7" if why else None,
        why=why,
    )
    said = None if why else HoldingMessage(subject=f"Auto: {subject}", text=_TEXT)
    at = now - timedelta(days=n, minutes=37 * n)
    return WouldBe(enquiry=n, lead=n, name=name, received_at=at, held=held, message=said)


_STAND = HoldingStand(
    is_on=False,
    cannot="Nobody is told that their enquiry arrived: the holding message is switched off.",
    mend="Your mail provider can do it instead: put the text for it into its autoresponder.",
    elsewhere="Hello,\n\nyour message has reached us. This is an automatic message: nobody has read it yet. "
    "A person will read and answer it.\n\nHillside Lofts\n",
    promises=4,
    kept=3,
)

"""Forms and sources as values, for the face's tests."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from leaddesk.rules.capture.pointers import pointer_of
from leaddesk.words.account import Feed
from leaddesk.words.errors import Refused
from leaddesk.words.forms import Difference, FormLines, FormView, Mark, Marked, Replay, Sample
from leaddesk.words.views import Sourceless

if TYPE_CHECKING:
    from .fake_desk import FakeDesk

_NOW = datetime(2026, 6, 8, 9, 43, 20, tzinfo=UTC)
TEXT = "Visitor\nNgozi Eze\nReach them: 0117 496 0123"
HOSTILE = "<b>Contact</b>"


class FakeForms:
    """Two forms; the second is taught, and has changed since."""

    def __init__(self, desk: FakeDesk) -> None:
        self.desk = desk
        self.forms: tuple[FormView, ...] = (
            FormView(
                form=1, title=HOSTILE, sender="web@lofts.example", mails=12, naming_page=0, feed=None,
                taught=(), lost=0, newest=31,
            ),
            FormView(
                form=2, title="Stand visit", sender="kiosk@stand.example", mails=9, naming_page=9, feed=4,
                taught=(pointer_of(TEXT, Mark(Marked.NAME, 8, 17)),), lost=3, newest=32,
            ),
        )  # fmt: skip

    def list(self) -> tuple[FormView, ...]:
        return self.forms

    def lines(self) -> tuple[FormLines, ...]:
        return (
            FormLines(
                "Contact Form 7",
                ("Open the form.", "Save."),
                "[hidden utm_source default:get]",
                "Page: [_url]",
            ),
            FormLines("WPForms", ("Add a hidden field.",), "{query_var}", "Page: {page_url}"),
        )

    def register(self, form: int) -> Feed:
        self.desk.did("register", form)
        self.forms = tuple(replace(one, feed=7) if one.form == form else one for one in self.forms)
        return Feed(7, "form", "Contact", _NOW)

    def sample(self, mail: int) -> Sample:
        if mail == 99:
            raise Refused("There is no mail 99.")
        read = tuple((field, "Stand 4" if field is Marked.NAME else "") for field in Marked)
        return Sample(mail=mail, form=1, title="Stand visit", text=TEXT, read=read, taught=())

    def replay(self, mail: int, marks: Iterable[Mark]) -> Replay:
        pointers = tuple(pointer_of(TEXT, mark) for mark in marks)
        changed = Difference(
            mail=mail, at=_NOW - timedelta(days=1), field=Marked.NAME, was="Stand 4", will="Ngozi Eze"
        )
        return Replay(mail=mail, pointers=pointers, mails=3, alike=1, lost=1, differences=(changed,))

    def accept(self, replay: Replay) -> None:
        self.desk.did("accept_form", replay)

    def forget(self, form: int) -> None:
        self.desk.did("forget_form", form)


class FakeSources:
    """Two leads without a source."""

    def __init__(self, desk: FakeDesk) -> None:
        self.desk = desk
        self.rows: tuple[Sourceless, ...] = tuple(
            Sourceless(lead=lead, name=name, at=_NOW, wants="A quote", way="Email to info@lofts.example")
            for lead, name in ((1, "Ngozi Adeyemi"), (3, "Joan Hartley"))
        )

    def unknown(self, limit: int = 200) -> tuple[Sourceless, ...]:
        return self.rows[:limit]

    def choices(self) -> tuple[str, ...]:
        return ("Recommended", "Leaflet")

    def mend(self, lead: int, text: str) -> None:
        self.desk.did("mend", lead, text)

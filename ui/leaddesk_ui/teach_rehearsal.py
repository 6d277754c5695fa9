"""What may be said of all mails like one, as the pictures show it: nothing is kept of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from leaddesk.words.mail import Place as Stands
from leaddesk.words.teaching import Alike, Offer, Offers, Taught, Trait

if TYPE_CHECKING:
    from .needs import Desk
    from .tasks import Tasks
    from .window import Window


def asked(window: Window, desk: Desk, tasks: Tasks) -> None:
    """A newsletter's sign-up form whose mails were all sorted away, and the whole robot of the website."""
    now = desk.clock.now()
    signed_up = tuple(
        Alike(
            mail=number, at=now - timedelta(days=4 * number, hours=number), name="Hillside Lofts website",
            email="wordpress@hillside-lofts.example", subject=f"New subscriber: {name}",
            place=Stands.NOT_A_LEAD, was_lead=False,
        )
        for number, name in enumerate(("Aisha Rahman", "Tom Bell", "Ines Duarte", "Jonas Weber"), start=1)
    )  # fmt: skip
    backups = tuple(
        replace(one, mail=one.mail + 10, subject="The backup of your website is done") for one in signed_up
    )
    form = Offer(
        trait=Trait.FORM, taught=Taught.NO_ENQUIRY, key="", alike=signed_up, days=90,
        sentence="The form “Newsletter” of wordpress@hillside-lofts.example brings no enquiries.",
    )  # fmt: skip
    robot = Offer(
        trait=Trait.ROBOT, taught=Taught.NO_ENQUIRY, key="", alike=(*signed_up, *backups), days=90,
        sentence="Nothing that wordpress@hillside-lofts.example sends is an enquiry.",
    )  # fmt: skip
    window.teaching.show(
        Offers(
            mail=0, name="Hillside Lofts website", subject="New subscriber: Olu Adeyemi", offers=(form, robot)
        )
    )

"""People taken in by hand as the pictures show it: a caller, a copied chat, a table of people."""

from __future__ import annotations

import shutil
import tempfile
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .needs import Desk
    from .tasks import Tasks
    from .window import Window

_PASTED = """[10:42, 24/11/2026] Sam Whitlock: Hello, do you do loft conversions?
[10:43, 24/11/2026] Sam Whitlock: It is a terraced house, about 30 sqm. You can ring me on 07700 900 231"""
_PEOPLE = """Eingang;Name;Firma;E-Mail;Telefon;Anliegen;Quelle
{day} 8:14;Uta Keller;Praxis Keller;uta@keller.example;0171 3920051;Fassade, 120 qm;Google
{day} 9:30;Emil Koch;;emil@koch.example;0171 3920052;Zaun, 20 m;Empfehlung
{day} 10:05;Ida Brandt;Brandt & Co;ida@brandt.example;4,91713E+12;=2+3;Google
1.3.2025 17:30;Noor de Vries;;noor@vries.example;;Dachfenster;Messe
;Ann;;ann at lee;;;
;;;;;;Messe
"""


def caller(window: Window, desk: Desk, tasks: Tasks) -> None:
    """Somebody rings whose number is known."""
    from .new_lead_sheet import NewLeadSheet  # noqa: PLC0415 - only for this picture

    def known() -> str:
        views = [desk.leads.show(row.lead) for row in desk.queue.today().rows[:8]]
        return next((view.phones[0] for view in views if view.phones), "")

    window.taking_in.new_lead()
    sheet = window.sheets.sheet
    if isinstance(sheet, NewLeadSheet):
        tasks.run(known, sheet.rehearse)


def paste(window: Window, desk: Desk, tasks: Tasks) -> None:
    """A chat that was copied."""
    tasks.run(lambda: desk.paste.read(_PASTED), window.taking_in.show_pasted)


def import_file(window: Window, desk: Desk, tasks: Tasks) -> None:
    """A table with everything that can be wrong with one. It is only tried: nothing of it is stored."""
    folder = Path(tempfile.mkdtemp(prefix="leaddesk"))
    file = folder / "Kunden 2026.csv"
    day = desk.clock.now().astimezone(desk.clock.zone()) - timedelta(days=1)
    file.write_text(_PEOPLE.format(day=f"{day.day}.{day.month}.{day.year}"), "utf-8")
    window.importing.open([file])
    window.importing.page.work.tried.connect(lambda _: shutil.rmtree(folder, ignore_errors=True))

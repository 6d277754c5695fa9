"""The holding message of the fake desk: of last week's two enquiries one would have had it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from leaddesk.words.errors import Usage
from leaddesk.words.holding import Held, HoldingMessage, HoldingStand, HoldingText, WouldBe
from leaddesk.words.holding_text import read_holding
from leaddesk.words.settings import HOLDING_ON

if TYPE_CHECKING:
    from .fake_desk import FakeDesk


class FakeHolding:
    """Off, as it comes."""

    def __init__(self, desk: FakeDesk) -> None:
        self.desk = desk
        self.fails: Exception | None = None
        self.known = {
            code: HoldingText(language=code, name=name, text="Ours.", honest="It is automatic.", is_own=False)
            for code, name in (("en", "English"), ("de", "German"))
        }

    def preview(self, days: int = 7) -> tuple[WouldBe, ...]:
        self.desk.did("preview_holding", days)
        if self.fails is not None:
            raise self.fails
        now = self.desk.clock.now()
        message = HoldingMessage(subject="Auto: Loft", text="Hello,\n\nthis is an automatic message.\n")
        yes = Held(to="ngozi@example.org", rule=None, why="Nothing speaks against an automatic reply.")
        no = Held(to=None, rule="A7", why="No automatic reply because they had one in the last seven days.")
        return tuple(
            WouldBe(
                enquiry=n, lead=n, name=name, received_at=now - timedelta(days=n), held=held, message=said
            )
            for n, name, held, said in ((1, "<b>Ngozi</b>", yes, message), (2, "Bo Larsen", no, None))
        )

    def texts(self) -> tuple[HoldingText, ...]:
        return tuple(self.known.values())

    def change(self, language: str, text: str) -> HoldingText:
        self.desk.did("change_holding", language, text)
        kept = read_holding(text)
        self.known[language] = replace(self.known[language], text=kept or "Ours.", is_own=bool(kept))
        return self.known[language]

    def sample(self, language: str, text: str) -> HoldingMessage:
        try:
            said = read_holding(text)
        except ValueError as wrong:
            raise Usage(str(wrong)) from None
        return HoldingMessage(
            subject="Auto: Loft conversion", text=f"{said}\n\n{self.known[language].honest}\n"
        )

    def stand(self) -> HoldingStand:
        is_on = self.desk.config.get(HOLDING_ON)
        cannot = "" if is_on else "Nobody is told that their enquiry arrived: it is switched off."
        return HoldingStand(
            is_on=is_on, cannot=cannot, mend="", elsewhere="A text for elsewhere.\n", promises=3, kept=2
        )

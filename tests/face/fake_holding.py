"""The holding message of the fake desk: of last week's two enquiries one would have had it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from leaddesk.words.holding import Held, HoldingMessage, HoldingStand, WouldBe
from leaddesk.words.settings import HOLDING_ON

if TYPE_CHECKING:
    from .fake_desk import FakeDesk


class FakeHolding:
    """Off, as it comes."""

    def __init__(self, desk: FakeDesk) -> None:
        self.desk = desk
        self.fails: Exception | None = None

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

    def stand(self) -> HoldingStand:
        is_on = self.desk.config.get(HOLDING_ON)
        cannot = "" if is_on else "Nobody is told that their enquiry arrived: it is switched off."
        return HoldingStand(
            is_on=is_on, cannot=cannot, mend="", elsewhere="A text for elsewhere.\n", promises=3, kept=2
        )

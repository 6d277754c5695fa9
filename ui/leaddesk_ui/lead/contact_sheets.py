"""Two small sheets: in which way they asked not to be contacted, and who gets the lead."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal

from leaddesk.words.lead import Channel
from leaddesk_ui.buttons import Pressed, RowButton
from leaddesk_ui.fonts import DEMI
from leaddesk_ui.layout import column
from leaddesk_ui.sheet import Sheet
from leaddesk_ui.text import elided, label

_WAYS: tuple[tuple[Channel | None, str, str], ...] = (
    (None, "In every way", "Nothing is sent any more, and no call is offered."),
    (Channel.EMAIL, "By mail", "What waits to be sent is stopped at once."),
    (Channel.CALL, "By telephone", "No call is offered."),
    (Channel.TEXT, "By text", "No text is offered."),
    (Channel.WHATSAPP, "On WhatsApp", "No message is offered there."),
)


class NoContactSheet(Sheet):
    """`decided` with a channel, or None for every way; `refused` where their words only sounded so."""

    decided = Signal(object)
    refused = Signal()

    def __init__(self, name: str, *, is_asked: bool = False) -> None:
        super().__init__(f"{name} asked not to be contacted", 560)
        self._rows = [
            RowButton(str(n), text, what, self._says(way)) for n, (way, text, what) in enumerate(_WAYS, 1)
        ]
        title = elided(f"How does {name} not want to be contacted?", 16, DEMI)
        lines = column(title, 6, margins=(28, 20, 28, 20), space=8)
        for place, (one, (way, _, _)) in enumerate(zip(self._rows, _WAYS, strict=True), 1):
            lines.addWidget(one)
            self._key(str(place), self._says(way))
        if is_asked:
            lines.addWidget(RowButton("N", "No, go on", "They did not mean it so.", self.refused.emit))
            self._key("N", self.refused.emit)
        kept = "It holds for their address and number, also without the lead. Ctrl Z takes it back."
        lines.addWidget(label(kept, 12, ink="dim", wrap=True))
        self.setLayout(lines)

    def begin(self) -> None:
        self._rows[0].setFocus()

    def _says(self, way: Channel | None) -> Pressed:
        return lambda: self.decided.emit(way)


class GiveSheet(Sheet):
    """`decided` with a name; `out_chosen` when whoever sits here is out, or back."""

    decided = Signal(str)
    out_chosen = Signal()

    def __init__(self, name: str, people: Sequence[str], *, is_out: bool) -> None:
        super().__init__(f"Give {name} to", 560)
        lines = column(elided(f"Who gets {name}?", 16, DEMI), 6, margins=(28, 20, 28, 20), space=8)
        self._rows = [RowButton(str(n), who, "", self._says(who)) for n, who in enumerate(people[:9], 1)]
        for place, one in enumerate(self._rows, 1):
            lines.addWidget(one)
            self._key(str(place), self._says(people[place - 1]))
        if people:
            text, what = ("I am back", "") if is_out else ("I am out", "My leads are the next person’s.")
            lines.addWidget(RowButton("O", text, what, self.out_chosen.emit))
            self._key("O", self.out_chosen.emit)
        told = "Giving it away is no answer: the clock runs on."
        lines.addWidget(label(told if people else _NOBODY, 12, ink="dim", wrap=True))
        self.setLayout(lines)

    def begin(self) -> None:
        (self._rows[0] if self._rows else self).setFocus()

    def _says(self, name: str) -> Pressed:
        return lambda: self.decided.emit(name)


_NOBODY = "You are the only one here. Name the people of the firm in the settings: Who you are."

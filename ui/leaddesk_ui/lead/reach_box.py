"""The top of the call sheet: the number large, the ways to it, and the code that one's own phone reads."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QPushButton, QWidget

from leaddesk.rules.asking import to_ask
from leaddesk.rules.calling import Reaching
from leaddesk.words.lead import Channel
from leaddesk.words.views import LeadView
from leaddesk_ui.buttons import Pressed, button, rename, set_primary
from leaddesk_ui.flow import Flow
from leaddesk_ui.fonts import DEMI, scaled
from leaddesk_ui.layout import column, row
from leaddesk_ui.links import copy, open_link
from leaddesk_ui.qr import QrCode
from leaddesk_ui.text import elided, label

_POINT = "Point your phone’s camera at it:\nthe call moves to your phone."
_NOTHING_OPENS = "Nothing on this computer opens that: use your phone."


class ReachBox(QWidget):
    """`text_requested` with the way in which the person wants to write."""

    text_requested = Signal(Channel)

    def __init__(self, view: LeadView, *, low: bool) -> None:
        super().__init__()
        self._view, self._low = view, low
        self._told = Reaching(number=view.phones[0] if view.phones else "")
        self._number = label(self._told.number or "No number is known", 28, DEMI, tabular=True)
        self._says = label("", 13, ink="dim", wrap=True)
        self._code = QrCode("A code for your phone’s camera", small=low)
        self._point = label("", 12, ink="dim")
        self._call = button("Call" if low else "Call from here", "↵", self.call)
        self._text = button("Text", "T", lambda: self.write(Channel.TEXT))
        self._chat = button("WhatsApp", "W", lambda: self.write(Channel.WHATSAPP))
        self._copy = button("Copy" if low else "Copy name and number", "Ctrl C", self.copy)
        self._build()

    def _build(self) -> None:
        self._copy.setAccessibleName("Copy name and number")
        self._point.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        wants = self._view.enquiries[-1].message if self._view.enquiries else ""
        buttons = (self._call, self._text, self._chat, self._copy)
        lines = column(self._number, space=4)
        if not self._low:
            lines.insertWidget(0, elided(f"Call {self._view.name}", 16, DEMI))
        if wants and not self._low:
            lines.addWidget(elided(wants, 14))
        points = to_ask(self._view)
        if points:
            lines.addWidget(label(f"To ask: {', '.join(points)}.", 13, ink="dim", wrap=True))
        lines.addWidget(self._says)
        lines.addStretch()
        if not self._low:
            lines.addSpacing(scaled(4))
            lines.addLayout(Flow(buttons))
        beside = column(row(None, self._code, None), self._point, space=4)
        across = row(space=16)
        across.addLayout(lines, 1)
        across.addLayout(beside)
        self.setLayout(column(across, Flow(buttons), space=4) if self._low else across)
        for each in (self._call, self._text, self._chat, self._code, self._point):
            each.hide()
        self._copy.setVisible(bool(self._told.number))

    def show_reaching(self, told: Reaching, code: QImage | None) -> None:
        """Offer what there is; `code` is that of the call, where one is offered."""
        self._told = told
        self._number.say(told.number or "No number is known")
        self._says.say("" if self._low and told.offers_call else told.says)
        self._says.setVisible(bool(self._says.text()))
        self._call.setVisible(bool(told.tel))
        set_primary(self._call, told.offers_call)
        if not told.offers_call:
            rename(self._call, "Call all the same")
            self._call.setAccessibleDescription("")
        self._text.setVisible(bool(told.sms))
        self._chat.setVisible(bool(told.whatsapp))
        if code is not None:
            self._code.show_code(code)
            self._point.say(_POINT)
        self._code.setVisible(code is not None)
        self._point.setVisible(code is not None and not self._low)

    @property
    def first(self) -> QPushButton | None:
        """The button that Enter is meant for, or None out of hours and without a number."""
        return self._call if self._told.tel and self._told.offers_call else None

    def call(self) -> None:
        """Hand the number to whatever dials here."""
        if self._told.tel and not open_link(self._told.tel):
            self._says.say(_NOTHING_OPENS)

    def write(self, way: Channel) -> None:
        """Go on to the sheet that a text is written on, where there is such a way."""
        if self._told.sms if way is Channel.TEXT else self._told.whatsapp:
            self.text_requested.emit(way)

    def copy(self) -> None:
        """Name and number, as one pastes them into a message to a colleague."""
        if self._told.number:
            copy(f"{self._view.name} {self._told.number}".strip())
            rename(self._copy, "Copied", "Ctrl C")

    def shortcuts(self) -> tuple[tuple[str, Pressed], ...]:
        """The keys of the sheet that are answered here."""
        return (
            ("T", lambda: self.write(Channel.TEXT)),
            ("W", lambda: self.write(Channel.WHATSAPP)),
            ("Ctrl+C", self.copy),
        )

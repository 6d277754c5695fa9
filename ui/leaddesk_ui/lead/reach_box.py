"""The top of the call sheet: the number large, the ways to it, and the code that one's own phone reads."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QPushButton, QWidget

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

_POINT = "Point your phone’s camera at it:\n{} moves to your phone."
_MOVES = {Channel.CALL: "the call", Channel.TEXT: "the text", Channel.WHATSAPP: "WhatsApp"}
_NOTHING_OPENS = "Nothing on this computer opens that: use your phone."
_OPENED = {Channel.TEXT: "Write the text there.", Channel.WHATSAPP: "Write in WhatsApp."}


class ReachBox(QWidget):
    """`sent` with the way, once the person says that what was opened has been sent."""

    sent = Signal(Channel)

    def __init__(self, view: LeadView, *, low: bool) -> None:
        super().__init__()
        self._view, self._low = view, low
        self._told = Reaching(number=view.phones[0] if view.phones else "")
        self._codes: Mapping[Channel, QImage] = {}
        self._way: Channel | None = None
        self._warned = False
        self._number = label(self._told.number or "No number is known", 28, DEMI, tabular=True)
        self._says = label("", 13, ink="dim", wrap=True)
        self._code = QrCode("A code for your phone’s camera", small=low)
        self._point = label("", 12, ink="dim")
        self._call = button("Call" if low else "Call from here", "↵", self.call)
        self._text = button("Text", "T", lambda: self.write(Channel.TEXT))
        self._chat = button("WhatsApp", "W", lambda: self.write(Channel.WHATSAPP))
        self._done = button("It is sent", "6", self.log_sent, primary=True)
        self._copy = button("Copy" if low else "Copy name and number", "Ctrl C", self.copy)
        self._build()

    def _build(self) -> None:
        self._copy.setAccessibleName("Copy name and number")
        self._point.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        wants = self._view.enquiries[-1].message if self._view.enquiries else ""
        buttons = (self._call, self._text, self._chat, self._done, self._copy)
        lines = column(elided(f"Call {self._view.name}", 16, DEMI), self._number, space=4)
        if wants and not self._low:
            lines.addWidget(elided(wants, 14))
        lines.addWidget(self._says)
        lines.addStretch()
        lines.addSpacing(scaled(4))
        lines.addLayout(Flow(buttons))
        beside = column(row(None, self._code, None), self._point, space=4)
        across = row(space=16)
        across.addLayout(lines, 1)
        across.addLayout(beside)
        self.setLayout(across)
        for each in (self._call, self._text, self._chat, self._done, self._code, self._point):
            each.hide()
        self._copy.setVisible(bool(self._told.number))

    def show_reaching(self, told: Reaching, codes: Mapping[Channel, QImage]) -> None:
        """Offer what there is; `codes` are those of the ways that are offered."""
        self._told, self._codes = told, codes
        self._number.say(told.number or "No number is known")
        self._says.say(told.says)
        self._call.setVisible(bool(told.tel))
        set_primary(self._call, told.offers_call)
        if not told.offers_call:
            rename(self._call, "Call all the same")
            self._call.setAccessibleDescription("")
        self._text.setVisible(bool(told.sms))
        self._chat.setVisible(bool(told.whatsapp))
        self._show_code(Channel.CALL)

    def _show_code(self, way: Channel) -> None:
        code = self._codes.get(way)
        if code is not None:
            self._code.show_code(code)
            self._point.say(_POINT.format(_MOVES[way]))
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
        """Open a text or a chat; before the first contact it is asked once."""
        link = self._told.sms if way is Channel.TEXT else self._told.whatsapp
        if not link:
            return
        if self._told.before_text and not self._warned:
            self._warned = True
            self._says.say(f"{self._told.before_text} The same key again opens it all the same.")
        else:
            self._hand_over(way, link)

    def log_sent(self) -> None:
        """Nothing can be said to be sent before it was begun."""
        if self._way is not None:
            self.sent.emit(self._way)

    def copy(self) -> None:
        """Name and number, as one pastes them into a message to a colleague."""
        if self._told.number:
            copy(f"{self._view.name} {self._told.number}".strip())
            rename(self._copy, "Copied", "Ctrl C")

    def _hand_over(self, way: Channel, link: str) -> None:
        """Open it here and offer the code beside it: few desks have something that sends texts."""
        self._way = way
        begun = _OPENED[way] if open_link(link) else _NOTHING_OPENS
        self._says.say(f"{begun} 6 writes down that it is sent.")
        self._show_code(way)
        self._call.hide()
        self._done.show()
        self._done.setFocus()

    def shortcuts(self) -> tuple[tuple[str, Pressed], ...]:
        """The keys of the sheet that are answered here."""
        return (
            ("T", lambda: self.write(Channel.TEXT)),
            ("W", lambda: self.write(Channel.WHATSAPP)),
            ("6", self.log_sent),
            ("Ctrl+C", self.copy),
        )

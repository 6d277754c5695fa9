"""A text to their telephone: counted while it is written, handed on by link, code or copy, written down."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QPushButton, QVBoxLayout

from leaddesk.rules.calling import Reaching
from leaddesk.rules.texting import code_text, size_of, with_text
from leaddesk.words.lead import Channel, Reached
from leaddesk.words.views import LeadView
from leaddesk_ui.buttons import button, rename, set_primary
from leaddesk_ui.fields import sheet_of_paper
from leaddesk_ui.flow import Flow
from leaddesk_ui.fonts import DEMI, scaled
from leaddesk_ui.keys import Action
from leaddesk_ui.layout import column, row
from leaddesk_ui.links import copy, open_link
from leaddesk_ui.qr import QrCode
from leaddesk_ui.sheet import Sheet
from leaddesk_ui.shortcuts import listen_inside
from leaddesk_ui.text import elided, label

_PAUSE_MS = 250
_NO_TEXT = "No text can be sent to this number from here. Copy the words, or write a mail."
_NO_NUMBER = "No number is known. Ask for one in your answer, or add the one that you have as a note."
_NOTHING_OPENS = "Nothing on this computer opens that: use the code or copy the words."
_OPENED = "Send it there, then write it down here."
_COPIED = "Copied. Paste it where you send it, then write it down here."


class TextSheet(Sheet):
    """`logged` with the way, how it went and the words; `code_wanted` with what a code should say."""

    logged = Signal(Channel, Reached, str)
    code_wanted = Signal(str)

    def __init__(self, view: LeadView, way: Channel = Channel.TEXT, *, low: bool = False) -> None:
        super().__init__(f"Text to {view.name}", 640)
        self._view, self._low, self._way = view, low, way
        self._told = Reaching(number=view.phones[0] if view.phones else "")
        self._begun = False
        self._number = label(self._told.number or "No number is known", 16 if low else 22, DEMI, tabular=True)
        self._says = label("", 13, ink="dim", wrap=True)
        self.paper = sheet_of_paper("The text", "What you want to say")
        self._counted = label("", 12, ink="dim", tabular=True)
        self._code = QrCode("The text as a code for your phone’s camera", small=low)
        self._point = label("", 12, ink="dim")
        self._open = button("Open it", "Ctrl ↵", self._on_open, primary=True)
        self._chat = button("WhatsApp", "Ctrl W", lambda: self._hand_over(Channel.WHATSAPP))
        self._copy = button("Copy", "Ctrl ⇧ C", self._on_copy)
        self._sent = button("It is sent", "Ctrl ↵", lambda: self._log(Reached.SENT))
        self._wrong = button("Wrong number", "Ctrl 4", lambda: self._log(Reached.WRONG_NUMBER))
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._build()

    def _build(self) -> None:
        self.paper.setFixedHeight(scaled(84 if self._low else 112))
        self._copy.setAccessibleName("Copy the text")
        self._point.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        beside = row(space=16)
        beside.addLayout(self._column(), 1)
        beside.addLayout(column(row(None, self._code, None), self._point, None, space=4))
        lines = column(
            elided(f"Text to {self._view.name}", 16, DEMI), beside, margins=(28, 20, 28, 20), space=8
        )
        lines.addLayout(Flow((self._open, self._chat, self._copy, self._sent, self._wrong)))
        if not self._low:
            lines.addWidget(
                label("LeadDesk sends no texts by itself. Esc closes; nothing is kept.", 12, ink="dim")
            )
        self.setLayout(lines)
        for each in (self._open, self._chat, self._code, self._point, self._says):
            each.hide()
        self._listen()
        self._count()

    def _column(self) -> QVBoxLayout:
        return column(self._number, self._says, self.paper, self._counted, None, space=6)

    def _listen(self) -> None:
        self.paper.textChanged.connect(self._count)
        self._pause.timeout.connect(self._ask_code)
        listen_inside(self, Action.SEND, self._on_enter)
        self._key("Ctrl+W", lambda: self._hand_over(Channel.WHATSAPP))
        self._key("Ctrl+Shift+C", self._on_copy)
        self._key("Ctrl+4", lambda: self._log(Reached.WRONG_NUMBER))

    def begin(self) -> None:
        self.paper.setFocus()

    def show_reaching(self, told: Reaching, draft: str) -> None:
        """What there is to send it by, and the words that it may begin with; typed ones are kept."""
        self._told = told
        self._number.say(told.number or "No number is known")
        if not self.paper.toPlainText():
            self.paper.setPlainText(draft)
        self._open.setVisible(bool(told.sms))
        self._chat.setVisible(bool(told.whatsapp))
        self._say(told.no_text or told.before_text or (self._why_not() if not self._link else ""))
        self._lead_on()
        self._ask_code()

    @property
    def text(self) -> str:
        """The words as they go out."""
        return self.paper.toPlainText().strip()

    @property
    def _link(self) -> str:
        """Where the chosen way leads; the other one where it leads nowhere."""
        ways = {Channel.TEXT: self._told.sms, Channel.WHATSAPP: self._told.whatsapp}
        return ways[self._way] or self._told.sms or self._told.whatsapp

    def show_code(self, said: str, image: QImage) -> None:
        """Show the code of what was asked for, unless the text is another by now."""
        if said == self._code_text():
            self._code.show_code(image)
            holds_text = self.text and said != self._link
            self._point.say(
                "Your phone’s camera\ntakes the text over." if holds_text else "It takes the number over."
            )
            self._code.show()
            self._point.show()

    def _why_not(self) -> str:
        return _NO_TEXT if self._told.number else _NO_NUMBER

    def _say(self, sentence: str) -> None:
        self._says.say(sentence)
        self._says.setVisible(bool(sentence))

    def _count(self) -> None:
        self._counted.say(size_of(self.text).words if self.text else "")
        self._pause.start()

    def _code_text(self) -> str:
        return code_text(self._link, self.text) if self._link else ""

    def _ask_code(self) -> None:
        if said := self._code_text():
            self.code_wanted.emit(said)

    def _on_enter(self) -> None:
        if self._begun or not self._link:
            self._log(Reached.SENT)
        else:
            self._hand_over(
                Channel.TEXT if self._told.sms and self._way is Channel.TEXT else Channel.WHATSAPP
            )

    def _on_open(self) -> None:
        self._hand_over(Channel.TEXT)

    def _hand_over(self, way: Channel) -> None:
        link = self._told.sms if way is Channel.TEXT else self._told.whatsapp
        if link:
            self._way = way
            self._begin(_OPENED if open_link(with_text(link, self.text)) else _NOTHING_OPENS)
            self._ask_code()

    def _on_copy(self) -> None:
        if self.text:
            copy(self.text)
            rename(self._copy, "Copied", "Ctrl ⇧ C")
            self._begin(_COPIED)

    def _begin(self, sentence: str) -> None:
        """It has left this window: what comes next is to say how it went."""
        self._begun = True
        self._say(sentence)
        self._lead_on()

    def _lead_on(self) -> None:
        """The accent is on what Ctrl+Enter does now."""
        writes_down = self._begun or not self._link
        opens = self._open if self._told.sms and self._way is Channel.TEXT else self._chat
        for each in (self._open, self._chat):
            set_primary(each, each is opens and not writes_down)
        _name(self._open, "Open it", "Ctrl ↵" if opens is self._open and not writes_down else "")
        _name(self._chat, "WhatsApp", "Ctrl ↵" if opens is self._chat and not writes_down else "Ctrl W")
        set_primary(self._sent, writes_down)
        _name(self._sent, "It is sent", "Ctrl ↵" if writes_down else "")

    def _log(self, outcome: Reached) -> None:
        self.logged.emit(self._way, outcome, self.text)


def _name(made: QPushButton, text: str, key: str) -> None:
    rename(made, text, key)
    made.setAccessibleDescription(f"Key: {key}" if key else "")

"""The sheet that teaches: at most three sentences, what each would have done, and the one that is meant."""

from __future__ import annotations

from datetime import datetime, tzinfo

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from leaddesk.words.mail import Place
from leaddesk.words.teaching import Alike, Offer, Offers, Taught, Trait

from .buttons import Pressed, RowButton, Switch, button
from .fonts import DEMI, MEDIUM, scaled
from .layout import column, empty, row, scrolling
from .sheet import Sheet
from .text import elided, label
from .times import at_words

_MOST = 100
"""So many mails of the past are listed."""
_ROW, _ROWS = 27, 8
"""The height of one, and how many are seen without scrolling."""
_BY = {Trait.FORM: "This form", Trait.SENDER: "This sender", Trait.ROBOT: "This robot"}


class TeachSheet(Sheet):
    """`accepted` with the offer that was chosen, and whether mails of the past come back."""

    accepted = Signal(Offer, bool)

    def __init__(self, now: datetime, zone: tzinfo) -> None:
        super().__init__("Mails like this one", 720)
        self._now, self._zone = now, zone
        self._chosen: Offer | None = None
        self._about = elided("Looking at the past 90 days …", 13, ink="dim")
        self._choices, self._mails = column(space=8), column(space=2)
        self._said, self._effect = label("", 14, DEMI, wrap=True), label("", 14, wrap=True)
        self._back = Switch("Bring them back into the queue")
        self._accept = button("Teach it", "↵", self._on_accept, primary=True)
        self._close = button("Leave it", "Esc", self.closed.emit)
        self._refused = label("", 13, ink="dim", wrap=True)
        self._list = self._build()

    def _build(self) -> QWidget:
        listed = QWidget()
        listed.setLayout(self._mails)
        area = scrolling(listed)
        lines = column(
            label("Mails like this one", 16, DEMI), 2, self._about, 12, margins=(28, 20, 28, 20), space=6
        )
        lines.addLayout(self._choices)
        lines.addSpacing(scaled(8))
        for part in (self._said, self._effect, area, self._back, self._refused):
            lines.addWidget(part)
            part.hide()
        lines.addSpacing(scaled(6))
        lines.addLayout(row(None, self._close, self._accept))
        self.setLayout(lines)
        self._accept.setEnabled(False)
        self._key("Return", self._on_enter)
        self._key("Enter", self._on_enter)
        return area

    def begin(self) -> None:
        self._close.setFocus()

    def show_offers(self, offers: Offers) -> None:
        """Show what can be said of mails like this one."""
        self._about.say(f"{offers.name}: {offers.subject}")
        for place, offer in enumerate(offers.offers, start=1):
            self._offer(str(place), offer)
        self._refused.say(" ".join(offers.refusals))
        self._refused.setVisible(bool(offers.refusals))
        if offers.offers:
            self._choose(offers.offers[0])
            self._accept.setEnabled(True)
            self._accept.setFocus()
        else:
            self._accept.hide()

    def show_failure(self, sentence: str) -> None:
        """It could not be looked at: say why."""
        self._about.say("")
        self._refused.say(sentence)
        self._refused.show()
        self._accept.hide()

    @property
    def chosen(self) -> Offer | None:
        """The sentence that is meant."""
        return self._chosen

    def _offer(self, key: str, offer: Offer) -> None:
        made = RowButton(key, _BY[offer.trait], offer.sentence, self._chooses(offer))
        made.setCheckable(True)
        made.setAutoExclusive(True)
        made.setChecked(key == "1")
        made.setAccessibleName(offer.sentence)
        made.setAccessibleDescription(f"{offer.effect} Key: {key}")
        self._key(key, made.click)
        self._choices.addWidget(made)

    def _chooses(self, offer: Offer) -> Pressed:
        return lambda: self._choose(offer)

    def _choose(self, offer: Offer) -> None:
        self._chosen = offer
        for part, words in ((self._said, offer.sentence), (self._effect, offer.effect)):
            part.say(words)
            part.show()
        empty(self._mails)
        for one in offer.alike[:_MOST]:
            self._mails.addWidget(self._line(one))
        if len(offer.alike) > _MOST:
            self._mails.addWidget(label(f"and {len(offer.alike) - _MOST} more", 12, ink="dim"))
        self._mails.addStretch()
        self._list.setFixedHeight(scaled(_ROW * min(len(offer.alike), _ROWS) + 4))
        self._list.setVisible(bool(offer.alike))
        self._back.setChecked(False)
        self._back.setVisible(bool(offer.alike) and offer.taught is Taught.ENQUIRY)

    def _line(self, one: Alike) -> QFrame:
        """One mail of the past: from whom, about what, and what it was."""
        name = elided(one.name, 13, MEDIUM)
        name.setFixedWidth(scaled(150))
        was = "a lead" if one.was_lead else _STANDS.get(one.place, "")
        when = label(at_words(one.at, self._now, self._zone), 12, ink="dim", tabular=True, right=True)
        line = row(name, margins=(10, 4, 10, 4), space=12)
        line.addWidget(elided(one.subject, 13), 1)
        line.addWidget(label(was, 12, ink="danger" if one.was_lead else "dim"))
        line.addWidget(when)
        made = QFrame()
        made.setProperty("ground", "clear")
        made.setLayout(line)
        made.setAccessibleName(f"{one.name}: {one.subject}. {was}")
        return made

    def _on_enter(self) -> None:
        """Enter teaches, unless the button that leaves it has the focus."""
        if self._close.hasFocus():
            self.closed.emit()
        else:
            self._on_accept()

    def _on_accept(self) -> None:
        if self._chosen is not None:
            self.accepted.emit(self._chosen, self._back.isChecked())


_STANDS = {Place.KNOWN: "people you know", Place.NOT_A_LEAD: "not a lead"}

"""Writing down an enquiry: who rang, their number, what they want; known callers are found as one types."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QPushButton

from leaddesk.words.by_hand import Pasted, Typed
from leaddesk.words.lead import Channel

from .buttons import Pressed, button, chip, rename
from .fields import field, mark_wrong, sheet_of_paper
from .fonts import DEMI, scaled
from .keys import Action
from .layout import column, empty, row
from .sheet import Sheet
from .shortcuts import listen_inside
from .text import elided, label
from .times import hour
from .when import time_of_day

if TYPE_CHECKING:
    from leaddesk.words.views import Found

    from .needs import Clock

_PAUSE_MS = 80
_LONGEST = 32
"""Signs of a name that stand on a button."""
_LEAST = 3
"""Signs of a name or number that are worth a search."""
_NUMBER = re.compile(r"[+(]?\d[\d\s().\-/]{2,24}")
_WAYS = (("rang", Channel.CALL), ("came by", Channel.VISIT), ("wrote", Channel.OTHER))


class NewLeadSheet(Sheet):
    """`added` with what was typed; `opened` with a known lead instead; `words_changed` asks who has them."""

    added = Signal(Typed)
    opened = Signal(int)
    words_changed = Signal(str)

    def __init__(self, clock: Clock, pasted: Pasted | None = None) -> None:
        super().__init__("New lead", 600)
        self._clock, self._pasted = clock, pasted
        told = pasted or Pasted()
        self._name = field("Name or number", "Name, or the number while it rings", told.name)
        self._number = field("Number", "Number", told.number)
        self._what: QLineEdit | QPlainTextEdit = field("What they want", "What they want")
        if pasted is not None:
            self._what = sheet_of_paper("What they want", "What they want")
            self._what.setPlainText(told.message)
        self._email = field("Email", "Email, if you have it", told.email)
        self._when = field("When it was", "10:42, or 20 min ago", hour(clock.now(), clock.zone()))
        self._begun: datetime = clock.now()
        self._ways: list[QPushButton] = []
        self._found: tuple[Found, ...] = ()
        self._answered = ""
        """The words that `_found` answers."""
        self._enter_waits = False
        self._known = column(space=6)
        self._hint = label("", 12, ink="dim", wrap=True)
        self._add = button("Add", "↵", self._on_add, primary=True)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._build()

    # ---- what it looks like

    def _build(self) -> None:
        title = "Who rang?" if self._pasted is None else "A new lead from what you pasted"
        lines = column(label(title, 16, DEMI), 6, margins=(28, 20, 28, 20), space=8)
        lines.addWidget(self._name)
        lines.addWidget(self._number)
        lines.addLayout(self._known)
        lines.addWidget(self._what)
        lines.addWidget(self._email)
        lines.addLayout(self._times())
        lines.addWidget(self._hint)
        foot = label("Esc closes; nothing is written", 12, ink="dim")
        lines.addLayout(row(foot, None, self._add))
        self.setLayout(lines)
        self._connect()
        self._say_hint()

    def _times(self) -> QHBoxLayout:
        for text, _ in _WAYS:
            self._ways.append(chip(text, self._on_way))
        self._ways[0 if self._pasted is None else 2].setChecked(True)
        self._when.setFixedWidth(scaled(170))
        return row(label("They", 13, ink="dim"), *self._ways, label("at", 13, ink="dim"), self._when, None)

    def _connect(self) -> None:
        for edit in (self._name, self._number):
            edit.textEdited.connect(self._on_who)
            edit.returnPressed.connect(self._on_enter)
        for edit in (self._email, self._when):
            edit.returnPressed.connect(self._on_add)
        if isinstance(self._what, QLineEdit):
            self._what.returnPressed.connect(self._on_add)
        else:
            self._what.setMinimumHeight(scaled(150))
        self._when.textEdited.connect(lambda: mark_wrong(self._when, self._at() is None))
        self._pause.timeout.connect(lambda: self.words_changed.emit(self._words()))
        listen_inside(self, Action.SEND, self._on_add)
        for sequence in ("Return", "Enter"):  # fields keep theirs; this is for the button with the focus
            self._key(sequence, self._press_focused)

    def begin(self) -> None:
        if self._pasted is None:
            self._name.setFocus()
            return
        unknown = (edit for edit in (self._name, self._number) if not edit.text())
        (next(unknown, None) or self._add).setFocus()
        self._pause.start()

    def rehearse(self, number: str) -> None:
        """As if this had been typed, for a picture."""
        self._name.setText(number)
        self.words_changed.emit(self._words())

    # ---- who it is

    def show_found(self, words: str, found: Sequence[Found]) -> None:
        """Show who is known by these words, unless the person has typed on since."""
        if words != self._words():
            return
        self._found, self._answered = tuple(found), words
        empty(self._known)
        for place, one in enumerate(self._found):
            self._known.addLayout(self._known_line(one, is_meant=place == 0 and self._enter_opens))
        self._name_add()
        self._say_hint()
        if self._enter_waits:
            self._enter_waits = False
            self._on_enter()

    def _words(self) -> str:
        """What the search is for: the number, an address that was pasted, else the name."""
        for text in (self._number.text(), self._email.text() if self._pasted else "", self._name.text()):
            if len(text.strip()) >= _LEAST:
                return text.strip()
        return ""

    @property
    def _enter_opens(self) -> bool:
        """A number that somebody has is meant for them; a name may be another's."""
        return bool(self._found) and self._pasted is None and _NUMBER.fullmatch(self._words()) is not None

    def _on_who(self) -> None:
        self._found, self._answered, self._enter_waits = (), "", False
        empty(self._known)
        self._name_add()
        self._say_hint()
        self._pause.start()

    def _on_enter(self) -> None:
        words = self._words()
        if words != self._answered:  # Enter was quicker than the search
            self._enter_waits = True
            if self._pause.isActive():
                self._pause.stop()
                self.words_changed.emit(words)
        elif self._enter_opens:
            self.opened.emit(self._found[0].lead)
        else:
            self._on_add()

    def _opens(self, lead: int) -> Pressed:
        return lambda: self.opened.emit(lead)

    def _known_line(self, one: Found, *, is_meant: bool) -> QHBoxLayout:
        """Somebody who is known; the coloured button is what Enter does."""
        name = one.name if len(one.name) <= _LONGEST else f"{one.name[:_LONGEST]}…"
        made = button(f"Open {name}", "↵" if is_meant else "", self._opens(one.lead), primary=is_meant)
        made.setObjectName("known")
        line = row(made, space=10)
        line.addWidget(elided(_known_words(one), 13, ink="dim"), 1)
        return line

    def _name_add(self) -> None:
        opens = self._enter_opens
        rename(self._add, "Add as a new enquiry" if opens else "Add", "Ctrl ↵" if opens else "↵")
        self._add.setProperty("primary", not opens)
        self._add.style().unpolish(self._add)
        self._add.style().polish(self._add)

    def _say_hint(self) -> None:
        if self._found and not self._enter_opens and self._pasted is not None:
            self._hint.say("Somebody with this number or address becomes no second lead: it joins them.")
        else:
            self._hint.say(f"The clock runs from when they {self._way()[0]}.")

    # ---- when, and what

    def _way(self) -> tuple[str, Channel]:
        return next((way for made, way in zip(self._ways, _WAYS, strict=True) if made.isChecked()), _WAYS[0])

    def _on_way(self) -> None:
        self._say_hint()

    def _at(self) -> datetime | None:
        if not self._when.isModified():
            return self._begun
        return time_of_day(self._when.text(), self._clock.now(), self._clock.zone())

    def _message(self) -> str:
        what = self._what
        return (what.text() if isinstance(what, QLineEdit) else what.toPlainText()).strip()

    def _press_focused(self) -> None:
        focused = self.focusWidget()
        if isinstance(focused, QPushButton):
            focused.click()

    def _on_add(self) -> None:
        name, number = self._name.text().strip(), self._number.text().strip()
        if not number and _NUMBER.fullmatch(name):
            name, number = "", name
        at, email = self._at(), self._email.text().strip()
        missing = None if name or number or email else self._name
        missing = self._when if at is None else missing
        if missing is not None or at is None:
            (missing or self._when).setFocus()
            mark_wrong(missing or self._when, True)
            return
        told = self._pasted or Pasted()
        self.added.emit(
            Typed(
                name=name, number=number, email=email, message=self._message(), channel=self._way()[1],
                at=at, source=told.source, company=told.company,
            )
        )  # fmt: skip


def _known_words(found: Found) -> str:
    outcome = found.outcome.value.replace("_", " ").replace("-", " ")
    return f"known, {outcome} · {found.source}" if found.source else f"known, {outcome}"

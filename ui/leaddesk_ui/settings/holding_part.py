"""The holding message: how it stands, what it would have done last week, and a text for elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from leaddesk.words.holding import HoldingStand, WouldBe
from leaddesk.words.settings import HOLDING_FOOTER, HOLDING_ON
from leaddesk_ui.buttons import button, rename, set_primary, word
from leaddesk_ui.fonts import DEMI, MEDIUM
from leaddesk_ui.layout import column, empty, frame, row
from leaddesk_ui.links import copy
from leaddesk_ui.tasks import Tasks
from leaddesk_ui.text import elided, label
from leaddesk_ui.times import at_words

from .holding_text import HoldingTexts
from .rows import SettingRow

if TYPE_CHECKING:
    from leaddesk_ui.needs import Clock, Config, Holding

_COPY = "Alt+C"
_Read = tuple[HoldingStand, tuple[WouldBe, ...], str]


class HoldingPart(QWidget):
    """`said` has a sentence. It can be switched on only once last week is in sight."""

    said = Signal(str)

    def __init__(
        self,
        holding: Callable[[], Holding],
        config: Config,
        clock: Clock,
        tasks: Tasks,
        failed: Callable[[Exception], None],
    ) -> None:
        super().__init__()
        self.source, self._config, self.clock = holding, config, clock
        self._tasks, self._failed = tasks, failed
        self._stand: HoldingStand | None = None
        self._head, self._why = label("Holding message", 16, DEMI), label("", 13, ink="dim", wrap=True)
        self._kept = label("", 12, ink="dim", wrap=True, tabular=True)
        self._switch = button("Switch on", "", self._on_switch)
        self._switch.setObjectName("holding_switch")
        self._week = label("", 14, MEDIUM, wrap=True)
        self._rows = column(space=8)
        self._footer = column()
        self.texts = HoldingTexts(lambda: self.source(), tasks, failed)  # noqa: PLW0108 - source is replaced
        self.texts.said.connect(self.said)
        self.texts.kept.connect(self.read)
        self._text = label("", 13, wrap=True)
        self._copy = button("Copy the text", "Alt C", self._on_copy)
        self._key = QShortcut(QKeySequence(_COPY), self)
        self._build()

    def _build(self) -> None:
        about = "New enquiries hear at once that theirs arrived; out of hours also by when you answer."
        words = column(self._head, label(about, 13, wrap=True), self._why, self._kept, space=4)
        top = row(margins=(14, 12, 14, 12), space=20)
        top.addLayout(words, 1)
        top.addWidget(self._switch, 0, Qt.AlignmentFlag.AlignTop)
        lines = column(frame("card", top), self._footer, self.texts, 8, self._week, self._rows, 8, space=8)
        lines.addWidget(frame("card", self._elsewhere()))
        lines.addStretch()
        self.setLayout(lines)
        self._key.activated.connect(self._on_copy)

    def _elsewhere(self) -> QVBoxLayout:
        head = row(space=10)
        head.addWidget(label("For your mail provider's autoresponder", 14, MEDIUM, wrap=True), 1)
        head.addWidget(self._copy)
        hint = "Says the same while LeadDesk does not run; it promises no hour. Use one of the two, not both."
        return column(head, label(hint, 12, ink="dim", wrap=True), 4, self._text, margins=(14, 10, 14, 12))

    # -- reading

    def read(self) -> None:
        """Read anew; the mails of last week are judged while the page stands."""
        self._switch.setEnabled(False)
        if self._stand is None:
            self._week.say("Looking at the enquiries of the last seven days …")
        self._tasks.run(self._look, self._show, self._on_failed)
        self.texts.read()

    def _look(self) -> _Read:
        holding = self.source()
        return holding.stand(), holding.preview(), self._config.get(HOLDING_FOOTER)

    def _show(self, read: _Read) -> None:
        stand, rows, footer = read
        self._stand = stand
        self._show_footer(footer)
        self._head.say(f"Holding message: {'on' if stand.is_on else 'off'}")
        self._why.say(f"{stand.cannot} {stand.mend}".strip())
        self._why.setVisible(bool(stand.cannot))
        self._kept.say(f"Of {stand.promises} promises of the last 30 days, {stand.kept} were kept.")
        self._kept.setVisible(bool(stand.promises))
        rename(self._switch, "Switch off" if stand.is_on else "Switch on")
        set_primary(self._switch, not stand.is_on)
        self._switch.setEnabled(True)
        self._text.say(stand.elsewhere.strip())
        self._show_week(rows)

    def _show_footer(self, footer: str) -> None:
        if self._footer.count():
            return
        line = SettingRow(HOLDING_FOOTER, footer)
        line.changed.connect(self._keep_footer)
        self._footer.addWidget(line)

    def _show_week(self, rows: tuple[WouldBe, ...]) -> None:
        empty(self._rows)
        would = sum(each.held.may_go for each in rows)
        told = f"Of {len(rows)} enquiries of the last seven days, {would} would have had one:"
        nobody = "No enquiry came by mail in the last seven days: there is nothing to show yet."
        self._week.say(told if rows else nobody)
        first = next((each for each in rows if each.held.may_go), None)
        now, zone = self.clock.now(), self.clock.zone()
        for each in rows:
            made = _Row(each, at_words(each.received_at, now, zone))
            self._rows.addWidget(made)
            if each is first:
                made.show_words()

    def _on_failed(self, error: Exception) -> None:
        self._week.say("The enquiries of last week could not be read.")
        self._failed(error)

    # -- deeds

    def _on_switch(self) -> None:
        if self._stand is None:
            return
        wanted, config = "off" if self._stand.is_on else "on", self._config
        self._switch.setEnabled(False)
        self._tasks.run(
            lambda: config.set(HOLDING_ON, wanted), lambda _: self._on_switched(wanted), self._failed
        )

    def _on_switched(self, wanted: str) -> None:
        self.said.emit(f"The holding message is {wanted}.")
        self.read()

    def _keep_footer(self, text: str) -> None:
        config = self._config
        self._tasks.run(lambda: config.set(HOLDING_FOOTER, text), lambda _: self.read(), self._failed)

    def _on_copy(self) -> None:
        if self._stand is not None:
            copy(self._stand.elsewhere)
            self.said.emit("Copied: paste it into your mail provider's autoresponder.")


class _Row(QFrame):
    """One enquiry: to whom it would have gone, or why not; its words on a press."""

    def __init__(self, each: WouldBe, when: str) -> None:
        super().__init__()
        self.setProperty("ground", "card")
        message = each.message
        outcome = f"To {each.held.to}" if message is not None else each.held.why
        self._words = label(f"{message.subject}\n\n{message.text.strip()}" if message else "", 13, wrap=True)
        self._words.hide()
        head = row(elided(each.name, 14, MEDIUM), label(when, 12, ink="dim", tabular=True), space=10)
        head.addStretch()
        self._more = word("Show its words", self.show_words)
        self._more.setAccessibleName(f"Show the words to {each.name}")
        self._more.setVisible(message is not None)
        head.addWidget(self._more)
        told = elided(outcome, 13, ink="text" if message is not None else "dim")
        self.setLayout(column(head, told, self._words, margins=(14, 8, 14, 10), space=4))

    def show_words(self) -> None:
        """Show them, or hide them again."""
        shown = self._words.isHidden()
        self._words.setVisible(shown)
        rename(self._more, "Hide its words" if shown else "Show its words")

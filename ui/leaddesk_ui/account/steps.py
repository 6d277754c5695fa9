"""The steps of the connection test as they go; a failed one opens under itself with what to do."""

from __future__ import annotations

from datetime import datetime, tzinfo

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout, QWidget

from leaddesk.words.account import Provider, Step, TestStep
from leaddesk_ui.buttons import button
from leaddesk_ui.fields import password_field
from leaddesk_ui.fonts import DEMI, MEDIUM, REGULAR, font, scaled
from leaddesk_ui.icons import pixmap
from leaddesk_ui.layout import column, frame, row
from leaddesk_ui.links import open_link
from leaddesk_ui.text import elided, ink_of, label, picture
from leaddesk_ui.theme import Theme
from leaddesk_ui.times import hour
from leaddesk_ui.tokens import Ink

_STEPS = (
    (Step.REACH, "Reach the servers", "For reading and for sending"),
    (Step.TLS, "Encrypt", "Nothing is sent in clear"),
    (Step.LOGIN, "Sign in", ""),
    (Step.FOLDER, "Find the folders", "Inbox and Sent"),
    (Step.SEND, "Send to yourself", "One mail, which does not become a lead"),
)

_BY_PASSWORD, _BY_BROWSER = "With the password that you gave", "With what your browser brought home"


class StepLine(QFrame):
    """One step: its mark, its name, what came of it, and a word for its state."""

    def __init__(self, name: str, what: str, theme: Theme) -> None:
        super().__init__()
        self.setProperty("ground", "clear")
        self._theme, self._what = theme, what
        self._waits = True
        self._mark = picture()
        self._name = label(name, 14, MEDIUM, "dim")
        self._name.setMinimumWidth(scaled(144))
        self._detail = elided(what, 13, ink="dim")
        self._word = label("waits", 12, MEDIUM, "dim", tabular=True)
        line = row(self._mark, self._name, space=8)
        line.addWidget(self._detail, 1)
        line.addWidget(self._word)
        self.setLayout(line)
        self.wait()

    def wait(self, what: str = "") -> None:
        """Back to the start; `what` are other words for what will be done."""
        self._waits, self._what = True, what or self._what
        self._show("ring", "dim", self._what, "waits", "dim")

    def go_on(self) -> None:
        """It is being tried, unless it has ended already."""
        if self._waits:
            self._show("half", "text", self._what, "now", "text")

    def ended(self, test: TestStep, at: str) -> None:
        """It ended with one of the servers; with the other one it may end again."""
        self._waits = False
        if test.ok:
            self._show("check", "good", test.detail, "done", "good")
        elif test.bearable:
            self._show("notice", "warm", "LeadDesk can read here, but not send", "not possible", "warm")
        else:
            self._show("cross", "danger", test.detail, f"refused, {at}", "danger")

    def _show(self, mark: str, ink: Ink, detail: str, word: str, word_ink: Ink) -> None:
        colour = self._theme.tokens.colours()[ink]
        self._mark.setPixmap(pixmap(mark, scaled(16), colour))
        failed = mark in ("cross", "notice")
        ink_of(self._detail, "text" if failed else "dim")
        self._detail.setFont(font(14 if failed else 13, DEMI if failed else REGULAR))
        ink_of(self._name, "dim" if mark == "ring" else "text")
        self._detail.say(detail)
        self._word.say(word)
        ink_of(self._word, word_ink)
        self.setAccessibleName(f"{self._name.text()}: {word}. {detail}")


class StepsCard(QFrame):
    """All steps. `retry_requested` carries a password typed in the failed step, or an empty text.

    `carried_on` is said when what could not be done, and can be borne, was read.
    """

    retry_requested = Signal(str)
    carried_on = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("ground", "card")
        self.setObjectName("steps")
        self._lines: dict[Step, StepLine] = {}
        self._places: dict[Step, QVBoxLayout] = {}
        self._password: QLineEdit | None = None
        self._by_browser = False
        lines = column(margins=(20, 14, 20, 14), space=14)
        for step, name, what in _STEPS:
            self._lines[step] = StepLine(name, what, theme)
            self._places[step] = column(self._lines[step], space=8)
            lines.addLayout(self._places[step])
        self.setLayout(lines)

    def begin(self, *, by_browser: bool = False) -> None:
        """All steps wait; the first one goes."""
        self._by_browser = by_browser
        for step, line in self._lines.items():
            line.wait((_BY_BROWSER if by_browser else _BY_PASSWORD) if step is Step.LOGIN else "")
            self._close_inset(step)
        self._lines[Step.REACH].go_on()

    def ended(self, test: TestStep, now: datetime, zone: tzinfo) -> None:
        """One step ended; the next one goes, unless it was done with the other server."""
        self._lines[_place_of(test)].ended(test, hour(now, zone))
        following = self._following(test)
        if following is not None:
            following.go_on()

    def open_failed(self, test: TestStep, provider: Provider | None) -> None:
        """Open the failed step: why, numbered steps, the field to mend it."""
        sign_in = test.step is Step.LOGIN and not self._by_browser
        lines = column(margins=(20, 14, 20, 14), space=10)
        why = provider.note if provider and sign_in and provider.note else test.mend
        if why:
            lines.addWidget(label(why, 14, wrap=True))
        for number, text in enumerate(provider.steps if provider and sign_in else (), start=1):
            lines.addWidget(numbered(number, text))
        first = self._add_mending(lines, provider, sign_in)
        self._places[test.step].addWidget(frame("quiet", lines, "mend"))
        first.setFocus()

    def open_bearable(self, test: TestStep) -> None:
        """Open the step that could not be done: what that means; it is gone on from there by hand."""
        go_on = button("Go on", "↵", self.carried_on.emit, primary=True)
        go_on.setObjectName("go_on")
        why, mend = label(test.detail, 14, DEMI, wrap=True), label(test.mend, 14, wrap=True)
        lines = column(why, mend, row(None, go_on), margins=(20, 14, 20, 14), space=10)
        self._places[_place_of(test)].addWidget(frame("quiet", lines, "bearable"))
        go_on.setFocus()

    def _following(self, test: TestStep) -> StepLine | None:
        steps = list(self._lines)
        place = steps.index(test.step) + 1
        return self._lines[steps[place]] if test.ok and place < len(steps) else None

    def _add_mending(self, lines: QVBoxLayout, provider: Provider | None, sign_in: bool) -> QWidget:
        line = row()
        if provider and sign_in and provider.page:
            page = provider.page
            line.addWidget(button(f"Open {provider.name}’s page", "", lambda: open_link(page)))
        again = button(
            "Sign in again" if self._by_browser else "Try again", "↵", self._on_again, primary=True
        )
        if sign_in:
            self._password = password_field("Password", "Paste it here")
            self._password.setObjectName("password_again")
            self._password.returnPressed.connect(self._on_again)
            line.addWidget(self._password, 1)
        else:
            line.addStretch()
        line.addWidget(again)
        lines.addLayout(line)
        return self._password or again

    def _on_again(self) -> None:
        self.retry_requested.emit(self._password.text() if self._password else "")

    def _close_inset(self, step: Step) -> None:
        place = self._places[step]
        self._password = None
        while place.count() > 1:
            item = place.takeAt(1)
            if item is not None and (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()


def _place_of(test: TestStep) -> Step:
    """Where it is shown: what can be borne is that nothing can be sent, whichever step found it out."""
    return Step.SEND if test.bearable else test.step


def numbered(number: int, text: str) -> QWidget:
    """A step that the person does, with its number before it."""
    line = row(space=10)
    line.addWidget(label(str(number), 14, DEMI, tabular=True), 0, Qt.AlignmentFlag.AlignTop)
    line.addWidget(label(text, 14, wrap=True), 1)
    made = QWidget()
    made.setLayout(line)
    return made

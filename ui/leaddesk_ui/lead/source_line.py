"""Where the enquiry came from and how sure that is; beside it what can be said about this one mail."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QPushButton

from leaddesk.words.lead import Certainty, Outcome, Turn
from leaddesk.words.views import LeadView
from leaddesk_ui.buttons import word
from leaddesk_ui.fonts import MEDIUM, scaled
from leaddesk_ui.keys import BY_ACTION, Action
from leaddesk_ui.layout import row
from leaddesk_ui.text import Words, elided, label


class SourceLine(QFrame):
    """A quiet inset under the head; `pressed` says which of its words it was.

    `told` is the source in words alone, for where something more urgent stands in its place.
    """

    pressed = Signal(Action)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("ground", "source")
        self._text = label("", 13, MEDIUM)
        self._how = elided("", 13, ink="dim")
        self.told = elided("", 12, ink="dim")
        self.told.setContentsMargins(scaled(14), 0, scaled(14), 0)
        self._words: dict[Action, tuple[QPushButton, Words]] = {}
        line = row(self._text, margins=(14, 5, 14, 5))
        line.addWidget(self._how, 1)
        for action in (Action.GOT_IT, Action.NOT_A_LEAD, Action.TEACH):
            line.addSpacing(scaled(8))
            for part in self._make(action):
                line.addWidget(part)
        self.setLayout(line)

    def show_lead(self, view: LeadView) -> None:
        """Show the lead's source with what says so."""
        source = view.source
        unknown = source.certainty is Certainty.UNKNOWN
        self._text.say("Where they found you is not known" if unknown else source.text)
        self._how.say("" if unknown else "; ".join((*_evidence(source.evidence), source.certainty.value)))
        self.told.say(f"{self._text.text()}   {self._how.text()}")
        waits = view.outcome is Outcome.OPEN and view.turn is Turn.OURS
        self._offer(Action.GOT_IT, waits and not view.has_it)
        self._offer(Action.NOT_A_LEAD, view.outcome is Outcome.OPEN)
        by_mail = bool(view.enquiries) and view.enquiries[-1].mail is not None
        self._offer(Action.TEACH, by_mail and view.outcome in (Outcome.OPEN, Outcome.NOT_A_LEAD))

    def _make(self, action: Action) -> tuple[QPushButton, Words]:
        key = BY_ACTION[action]
        made = word(key.word, lambda: self.pressed.emit(action), ink="dim")
        made.setObjectName(f"do_{action.name.lower()}")
        self._words[action] = (made, label(key.shown, 12, ink="dim"))
        return self._words[action]

    def _offer(self, action: Action, offered: bool) -> None:
        for part in self._words[action]:
            part.setVisible(offered)


def _evidence(evidence: Mapping[str, str]) -> tuple[str, ...]:
    """What says so, in words: the two that tell most."""
    told = [words for name, value in evidence.items() if value and (words := _words(name, value))]
    return tuple(told)[:2]


def _words(name: str, value: str) -> str:
    match name:
        case "form":
            return f"form “{value}”"
        case "page_url" | "page":
            return f"on {urlsplit(value).path or '/'}"
        case "referrer":
            return f"came from {urlsplit(value).hostname or value}"
        case "entered":
            return f"entered {value}"
        case "portal_link" | "vendor" | "mailbox" | "utm_source" | "utm_medium" | "utm_campaign":
            return ""  # the source's own words have it
    return value

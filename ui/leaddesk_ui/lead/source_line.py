"""Where the enquiry came from and how sure that is; beside it what can be said about this one mail."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from leaddesk.words.lead import Certainty, Outcome, Turn
from leaddesk.words.views import LeadView
from leaddesk_ui.action_word import ActionWord
from leaddesk_ui.fonts import MEDIUM, scaled
from leaddesk_ui.keys import Action
from leaddesk_ui.layout import row
from leaddesk_ui.text import elided, label

_OFFERED = (Action.GOT_IT, Action.NOT_A_LEAD, Action.TEACH)


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
        self._words = {action: ActionWord(action, self.pressed.emit) for action in _OFFERED}
        line = row(self._text, margins=(14, 5, 14, 5))
        line.addWidget(self._how, 1)
        for each in self._words.values():
            each.add_to(line)
        self.setLayout(line)

    def show_lead(self, view: LeadView) -> None:
        """Show the lead's source with what says so."""
        source = view.source
        unknown = source.certainty is Certainty.UNKNOWN
        self._text.say("Where they found you is not known" if unknown else source.text)
        self._how.say(
            "" if unknown else "; ".join((*_evidence(source.evidence, source.text), source.certainty.value))
        )
        self.told.say(f"{self._text.text()}   {self._how.text()}")
        waits = view.outcome is Outcome.OPEN and view.turn is Turn.OURS
        self._words[Action.GOT_IT].offer(waits and not view.has_it)
        self._words[Action.NOT_A_LEAD].offer(view.outcome is Outcome.OPEN)
        by_mail = bool(view.enquiries) and view.enquiries[-1].mail is not None
        self._words[Action.TEACH].offer(by_mail and view.outcome in (Outcome.OPEN, Outcome.NOT_A_LEAD))


def _evidence(evidence: Mapping[str, str], source: str) -> tuple[str, ...]:
    """What says so, in words: the two that tell most beside the source's own."""
    told = [words for name, value in evidence.items() if value and (words := _words(name, value))]
    return tuple(words for words in told if words not in source)[:2]


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

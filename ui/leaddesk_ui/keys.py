"""The one table of keys: what is pressed, its word, and what it does. Buttons and the ? sheet read it."""

from __future__ import annotations

import enum
from dataclasses import dataclass


class Action(enum.Enum):
    """What a key or its button does."""

    REPLY = enum.auto()
    CALLED = enum.auto()
    TEXT = enum.auto()
    NOTE = enum.auto()
    SNOOZE = enum.auto()
    CLOSE = enum.auto()
    NOT_A_LEAD = enum.auto()
    TEACH = enum.auto()
    GOT_IT = enum.auto()
    SAME = enum.auto()
    APART = enum.auto()
    NO_CONTACT = enum.auto()
    GIVE = enum.auto()
    SKIP_STEP = enum.auto()
    PLAN = enum.auto()
    NEXT = enum.auto()
    SEND = enum.auto()
    SEND_LATER = enum.auto()
    PLAIN_LINE = enum.auto()
    ADD_FILE = enum.auto()
    SNIPPET = enum.auto()
    TAKE_BACK = enum.auto()
    OPEN_FILE = enum.auto()
    SAVE_FILES = enum.auto()
    RAW = enum.auto()
    POINT = enum.auto()
    REGISTER_FORM = enum.auto()
    DOWN = enum.auto()
    UP = enum.auto()
    FIND = enum.auto()
    NOT_LEADS = enum.auto()
    KNOWN = enum.auto()
    RESCUE = enum.auto()
    OVERDUE = enum.auto()
    SOURCES = enum.auto()
    ALL_LEADS = enum.auto()
    NEW_LEAD = enum.auto()
    PASTE = enum.auto()
    IMPORT = enum.auto()
    REVIEW = enum.auto()
    WEEK_BEFORE = enum.auto()
    WEEK_AFTER = enum.auto()
    MEND = enum.auto()
    PLANS = enum.auto()
    NEW_PLAN = enum.auto()
    MOVE_STEP = enum.auto()
    REMOVE_STEP = enum.auto()
    UNDO = enum.auto()
    BACK = enum.auto()
    SETTINGS = enum.auto()
    KEYS = enum.auto()
    QUIT = enum.auto()


@dataclass(frozen=True, slots=True)
class Key:
    """One line of the table. `shown` stands on the button; `sequences` are Qt's names of the keys."""

    action: Action
    sequences: tuple[str, ...]
    shown: str
    word: str
    says: str
    """What it does, in the ? sheet."""
    group: str
    local: bool = False
    """True where the widget with the focus listens itself (the composer, a sheet)."""


_LEAD, _LIST, _WINDOW = "The lead", "The queue", "Everywhere"
_REVIEW = "The review"
_PLANS = "A plan"

KEYS: tuple[Key, ...] = (
    Key(Action.REPLY, ("R",), "R", "Reply", "Write an answer by mail", _LEAD),
    Key(Action.CALLED, ("C",), "C", "Called", "Write down a call, and how it went", _LEAD),
    Key(Action.TEXT, ("T",), "T", "Text", "Write a text or a WhatsApp message, sent from your phone", _LEAD),
    Key(Action.NOTE, ("N",), "N", "Note", "Keep a note with the lead", _LEAD),
    Key(Action.SNOOZE, ("S",), "S", "Snooze", "Put it away until later; the clock runs on", _LEAD),
    Key(Action.CLOSE, ("E",), "E", "Close", "Won, lost or no response", _LEAD),
    Key(Action.NOT_A_LEAD, ("X",), "X", "Not a lead", "Sort this one mail away", _LEAD),
    Key(Action.TEACH, ("A",), "A", "All like it", "Say what all mails like this one are", _LEAD),
    Key(Action.GOT_IT, ("G",), "G", "I’ve got it", "End the repeated alert: you take care of it", _LEAD),
    Key(Action.SAME, ("D",), "D", "Same person", "Join with another lead that is the same person", _LEAD),
    Key(Action.APART, ("Shift+D",), "⇧ D", "Take apart", "Two leads again of two that were joined", _LEAD),
    Key(Action.NO_CONTACT, ("Z",), "Z", "No contact", "They asked not to be contacted", _LEAD),
    Key(Action.GIVE, ("I",), "I", "Give to", "Give the lead to somebody of the firm, or be out", _LEAD),
    Key(Action.SKIP_STEP, ("Y",), "Y", "Skip step", "Pass the next step of the plan over", _LEAD),
    Key(Action.PLAN, ("H",), "H", "Plan", "Stop the plan that it follows, or choose one", _LEAD),
    Key(Action.NEXT, ("Return", "Enter"), "↵", "Next lead", "Do what the coloured button says", _LEAD),
    Key(Action.SEND, ("Ctrl+Return", "Ctrl+Enter"), "Ctrl ↵", "Send", "Send what you wrote", _LEAD, True),
    Key(
        Action.SEND_LATER,
        ("Ctrl+Shift+Return", "Ctrl+Shift+Enter"),
        "Ctrl ⇧ ↵",
        "Send later",
        "Send what you wrote at a time",
        _LEAD,
        True,
    ),
    Key(
        Action.PLAIN_LINE,
        ("Ctrl+P",),
        "Ctrl P",
        "Send a plain line now",
        "When an answer takes long: the line that is offered",
        _LEAD,
        True,
    ),
    Key(
        Action.ADD_FILE,
        ("Ctrl+Shift+A",),
        "Ctrl ⇧ A",
        "Add a file",
        "Send a file with your answer",
        _LEAD,
        True,
    ),
    Key(
        Action.SNIPPET, (";",), ";", "Snippet", "In an answer: put in a text that you use often", _LEAD, True
    ),
    Key(Action.TAKE_BACK, ("Alt+Z",), "Alt Z", "Take it back", "Stop a reply that has not gone out", _LEAD),
    Key(Action.OPEN_FILE, ("O",), "O", "Open", "Open the first file that they sent", _LEAD),
    Key(Action.SAVE_FILES, ("Ctrl+S",), "Ctrl S", "Save all", "Save the files that they sent", _LEAD),
    Key(Action.RAW, ("V",), "V", "As it came", "Show their last mail as it came", _LEAD),
    Key(Action.POINT, ("M",), "M", "Read it otherwise", "Show how to read mails of this form", _LEAD),
    Key(Action.REGISTER_FORM, ("F",), "F", "Register form", "Let this form be acknowledged", _LEAD),
    Key(Action.DOWN, ("J",), "J", "Down", "The next row (also ↓)", _LIST),
    Key(Action.UP, ("K",), "K", "Up", "The row before (also ↑)", _LIST),
    Key(Action.FIND, ("/", "Ctrl+F"), "/", "Find", "Find by name, address, number or word", _LIST),
    Key(Action.NOT_LEADS, ("L",), "L", "Not leads", "Mails that were put away, and why", _LIST),
    Key(Action.KNOWN, ("P",), "P", "People you know", "Mails from people you wrote to before", _LIST),
    Key(Action.RESCUE, ("B",), "B", "Rescue", "Who wrote before LeadDesk came and was never answered", _LIST),
    Key(
        Action.OVERDUE, ("Q",), "Q", "Overdue", "What should have gone days ago: send, plan anew, drop", _LIST
    ),
    Key(Action.SOURCES, ("U",), "U", "Say where", "Leads that do not say where they found you", _LIST),
    Key(
        Action.ALL_LEADS, ("Ctrl+L",), "Ctrl L", "All leads", "Everybody in a table, closed ones too", _WINDOW
    ),
    Key(Action.NEW_LEAD, ("+",), "+", "New lead", "Write down somebody who rang or came by", _WINDOW),
    Key(Action.PASTE, ("Ctrl+V",), "Ctrl V", "Paste", "Make a lead of a text that you copied", _WINDOW),
    Key(Action.IMPORT, ("Ctrl+I",), "Ctrl I", "Import", "Take people in from a table or cards", _WINDOW),
    Key(Action.REVIEW, ("W",), "W", "Review", "Look back on a week: how long people waited", _WINDOW),
    Key(Action.WEEK_BEFORE, ("Left",), "←", "week before", "The week before", _REVIEW, True),
    Key(Action.WEEK_AFTER, ("Right",), "→", "week after", "The week after", _REVIEW, True),
    Key(Action.MEND, ("1", "2", "3", "4", "5"), "1 to 5", "Mend", "Mend the first of a list", _REVIEW, True),
    Key(
        Action.PLANS,
        ("Ctrl+H",),
        "Ctrl H",
        "Plans",
        "Plans of follow-ups: when to try again, and by what",
        _WINDOW,
    ),
    Key(Action.NEW_PLAN, ("Ctrl+N",), "Ctrl N", "New plan", "Begin a plan of your own", _PLANS, True),
    Key(
        Action.MOVE_STEP,
        ("Alt+Left", "Alt+Right"),
        "Alt ← →",
        "Move",
        "Move the step; ← → choose one, + adds one, Ctrl S saves, W shows whom it moves",
        _PLANS,
        True,
    ),
    Key(Action.REMOVE_STEP, ("Del",), "Del", "Remove", "Take the step out of the plan", _PLANS, True),
    Key(Action.UNDO, ("Ctrl+Z",), "Ctrl Z", "Undo", "Take back the last thing you did", _WINDOW),
    Key(Action.BACK, ("Esc",), "Esc", "Back", "Close what is open; back to the queue", _WINDOW),
    Key(Action.SETTINGS, ("Ctrl+,",), "Ctrl ,", "Settings", "Settings, accounts and the check-up", _WINDOW),
    Key(Action.KEYS, ("?",), "?", "All keys", "Show this list", _WINDOW),
    Key(Action.QUIT, ("Ctrl+Q",), "Ctrl Q", "Quit", "Stop watching and end LeadDesk", _WINDOW),
)
BY_ACTION = {key.action: key for key in KEYS}


def groups() -> tuple[tuple[str, tuple[Key, ...]], ...]:
    """The table as the ? sheet shows it."""
    names = dict.fromkeys(key.group for key in KEYS)
    return tuple((name, tuple(key for key in KEYS if key.group == name)) for name in names)

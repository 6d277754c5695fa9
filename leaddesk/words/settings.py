"""The one table of settings: page, validation, documentation and `leaddesk config` are read from it.

Read a value through its `Setting`, never by a loose string:

>>> ALERT_TEXT.parse("name")
'name'
>>> REPEATS.parse("2, 5, 15, 30")
(2, 5, 15, 30)
"""

from __future__ import annotations

from typing import Any

from leaddesk.words.countries import AUTO
from leaddesk.words.plan_choice import USUAL
from leaddesk.words.setting import (
    Scope,
    Setting,
    country,
    days,
    holding,
    line,
    minutes,
    minutes_words,
    one_of,
    people,
    plans,
    region,
    switch,
    switch_word,
    week,
    whole,
)
from leaddesk.words.snippets import read_snippets, write_snippets

PERSON_NAME = Setting(
    "person.name", Scope.DESK, "", "Your name", "Stands in the record beside what you do.", line
)
TARGET_MINUTES = Setting(
    "target.minutes",
    Scope.TEAM,
    30,
    "Your own target",
    "Minutes within which a new enquiry should be answered.",
    whole(1, 10080),
)
ALERT_ON = Setting(
    "alert.on",
    Scope.DESK,
    True,
    "Notifications",
    "Show a notification when somebody writes.",
    switch,
    switch_word,
)
ALERT_TEXT = Setting(
    "alert.text",
    Scope.DESK,
    "name",
    "What a notification shows",
    "name: who wrote and the first words. short: only 'New enquiry'.",
    one_of("name", "short"),
    choices=("name", "short"),
)
ALERT_SOUND = Setting(
    "alert.sound",
    Scope.DESK,
    True,
    "Sound",
    "Play a sound with an alert that is repeated.",
    switch,
    switch_word,
)
_REPEATS: tuple[int, ...] = (2, 5, 15, 30)
REPEATS = Setting(
    "alert.repeats",
    Scope.DESK,
    _REPEATS,
    "Repeat after",
    "Minutes after which an alert comes again, louder, until somebody has it.",
    minutes,
    minutes_words,
)
UNDO_SECONDS = Setting(
    "send.undo_s",
    Scope.DESK,
    10,
    "Undo send",
    "Seconds for which an approved reply can still be taken back.",
    whole(0, 60),
)
RETRY_SECONDS = Setting(
    "send.retry_s",
    Scope.TEAM,
    300,
    "Try again after",
    "Seconds until the first new try when a server asks to wait; they grow with each try.",
    whole(1, 86400),
)
GRACE_SECONDS = Setting(
    "send.grace_s",
    Scope.TEAM,
    900,
    "Wait before asking",
    "Seconds to look for an unsure mail in Sent before you are asked what to do.",
    whole(1, 86400),
)
HOURS_WEEK = Setting(
    "hours.week",
    Scope.TEAM,
    "Mon-Fri 09:00-17:30",
    "Opening hours",
    "When somebody is there, as 'Mon-Fri 09:00-17:30; Sat 10:00-13:00'.",
    week,
)
HOURS_CLOSED = Setting(
    "hours.closed",
    Scope.TEAM,
    "",
    "Closed on",
    "Days on which you are closed, as '2026-12-25,2026-12-26'.",
    days,
)
HOURS_HOLIDAYS = Setting(
    "hours.holidays",
    Scope.TEAM,
    "none",
    "Public holidays",
    "Whose holidays you keep: none, or a country with its part where that differs (GB-ENG, DE-BE, US-CA).",
    region,
)
FIRM_ADDRESS = Setting(
    "firm.address",
    Scope.TEAM,
    "",
    "Your postal address",
    "Stands below follow-ups where they must say where you are.",
    str.strip,
)
FIRM_COUNTRY = Setting(
    "firm.country",
    Scope.TEAM,
    AUTO,
    "Your country",
    "Telephone numbers without a country are read as yours: two letters (GB, DE, US), or auto for the"
    " country that this machine is set up for.",
    country,
)
FOLLOW_UP_LINES = Setting(
    "follow_up.last_lines",
    Scope.TEAM,
    False,
    "Follow-ups say how to end them",
    "What you write after the first answer, unasked, ends with a line on how to stop it and with your postal "
    "address, and cannot be sent without: the law of some countries wants it.",
    switch,
    switch_word,
)
TEAM_PEOPLE = Setting(
    "team.people",
    Scope.TEAM,
    "",
    "Who you are",
    "With two or more people a lead has a person: 'Ann <ann@firm.example> at Mon-Wed 09:00-17:30 | Ben "
    "<ben@firm.example> for Phone, Google Ads'. 'for' names sources, 'at' opening hours that they cover.",
    people,
)
TEAM_OUT = Setting(
    "team.out",
    Scope.TEAM,
    "",
    "Who is out",
    "Names with commas; their leads are the next person's until they are back.",
    line,
)
TEAM_NUDGE_MINUTES = Setting(
    "team.remind_min",
    Scope.TEAM,
    15,
    "Tell a person by mail after",
    "Minutes of opening hours after which the person of a new enquiry is told by mail that nobody has it, "
    "and after as many again a second one; 0 tells nobody.",
    whole(0, 10080),
)
REPLY_TEMPLATE = Setting(
    "reply.template",
    Scope.TEAM,
    "Hi {{first_name}},\n\n{{opening}}\n\n\n\nBest wishes\n{{my_name}}",
    "First draft of a reply",
    "Fields: {{first_name}}, {{name}}, {{my_name}}, {{subject}}, {{asked}}, {{opening}}. The opening is the"
    " sentence that fits where they came from.",
    str,
)
ASK_SOURCE = Setting(
    "reply.ask_source",
    Scope.TEAM,
    True,
    "Ask how they heard of you",
    "The first draft asks it where nothing tells from where an enquiry came and it asks for no number.",
    switch,
    switch_word,
)
HOLDING_ON = Setting(
    "holding.on",
    Scope.TEAM,
    False,
    "Holding message",
    "Tell new enquiries at once, automatically, that theirs arrived; out of hours also by when you answer.",
    switch,
    switch_word,
)
HOLDING_FOOTER = Setting(
    "holding.footer",
    Scope.TEAM,
    "",
    "Below the holding message",
    "A line of your own, as your address or a link to your privacy notice.",
    str.strip,
)
HOLDING_LANGUAGES: tuple[tuple[str, str], ...] = (
    ("en", "English"),
    ("de", "German"),
    ("fr", "French"),
    ("es", "Spanish"),
    ("it", "Italian"),
    ("nl", "Dutch"),
    ("pl", "Polish"),
)
"""Languages of the holding message: code, and name."""
HOLDING_TEXTS: tuple[Setting[Any], ...] = tuple(
    Setting(
        f"holding.text.{code}",
        Scope.TEAM,
        "",
        f"Holding message in {name}",
        "Empty: the one that LeadDesk brings. Fields: {{honest}}, {{promise}}, {{firm}}, {{footer}}; that it"
        " is automatic and that a person has been told stands in it, whatever you write.",
        holding,
    )
    for code, name in HOLDING_LANGUAGES
)
ASK_NUMBER = Setting(
    "reply.ask_number",
    Scope.TEAM,
    True,
    "Ask for a number",
    "The first draft asks whether you may ring or text, where only their address is known.",
    switch,
    switch_word,
)
SNIPPETS = Setting(
    "reply.snippets",
    Scope.TEAM,
    read_snippets(
        ";visit May I come by and have a look? Which day would suit you?\n"
        ";photos Could you send me two or three photos?"
    ),
    "Snippets",
    "Pieces of text for ; in an answer: each begins with ';' and its name, as ';visit May I come by?'.",
    read_snippets,
    write_snippets,
)
SEND_HTML = Setting(
    "send.html",
    Scope.TEAM,
    False,
    "Simple HTML beside the text",
    "Answers go out as plain text. On: with the same words as simple HTML too, for readers that prefer it.",
    switch,
    switch_word,
)
MARK_ANSWERED = Setting(
    "send.mark_answered",
    Scope.TEAM,
    False,
    "Mark as answered",
    "Mark their mail as read and answered in your mailbox, once your answer to it has gone out from here.",
    switch,
    switch_word,
)
TEMPLATE_KINDS: tuple[tuple[str, str, str], ...] = (
    ("pricing", "From the pricing page", "The first reply to whoever wrote from a page about prices."),
    ("portal", "From a portal", "The first reply to an enquiry that a portal brought."),
    ("referral", "A referral", "The first reply to somebody whom others sent to you."),
    ("missed-call", "A missed call", "The first mail after a call that nobody took."),
    ("call", "After a call", "The first mail after somebody rang."),
    ("newsletter", "A newsletter reader", "The first reply to a reader of your newsletter."),
    ("second-note", "Second note", "Follows a first answer that they did not answer."),
    ("useful-thing", "One useful thing", "Follows the second note."),
    ("last-note", "Last note", "The last mail of a plan."),
    ("short-nudge", "Short nudge", "A text that follows an answer."),
)
"""Templates beside the first reply: name, title, what for."""
TEMPLATES: tuple[Setting[Any], ...] = tuple(
    Setting(
        f"template.{name}",
        Scope.TEAM,
        "",
        title,
        f"{what_for} Empty: the one that LeadDesk brings, in their language. Fields as in reply.template.",
        str.rstrip,
    )
    for name, title, what_for in TEMPLATE_KINDS
)
CADENCE_PLANS = Setting(
    "cadence.plans",
    Scope.TEAM,
    USUAL,
    "Which plan enquiries follow",
    "The plan for all, then others by source or channel; none for no plan:"
    " 'Standard; Google Ads = Considered purchase; channel call = none'.",
    plans,
)
CLOSE_ACTION = Setting(
    "window.close",
    Scope.DESK,
    "ask",
    "When the window is closed",
    "ask: ask once. tray: keep watching in the tray. quit: stop.",
    one_of("ask", "tray", "quit"),
    choices=("ask", "tray", "quit"),
)
THEME = Setting(
    "window.theme",
    Scope.DESK,
    "system",
    "Colours",
    "system, light, dark or contrast.",
    one_of("system", "light", "dark", "contrast"),
    choices=("system", "light", "dark", "contrast"),
)
AUTOSTART = Setting(
    "window.autostart",
    Scope.DESK,
    False,
    "Start at login",
    "Open LeadDesk in the tray when you sign in to this computer.",
    switch,
    switch_word,
)
ALL_LEADS = Setting(
    "window.leads",
    Scope.DESK,
    "",
    "Table of all leads",
    "Kept by the window: how the table was sorted and cut down.",
    line,
)
WINDOW_PLACE = Setting(
    "window.place",
    Scope.DESK,
    "",
    "Window place",
    "Kept by the window: where it stood, and its splitter.",
    line,
)

_FIXED: tuple[Setting[object], ...] = (
    PERSON_NAME,
    TARGET_MINUTES,
    ALERT_ON,
    ALERT_TEXT,
    ALERT_SOUND,
    REPEATS,
    UNDO_SECONDS,
    RETRY_SECONDS,
    GRACE_SECONDS,
    HOURS_WEEK,
    HOURS_CLOSED,
    HOURS_HOLIDAYS,
    FIRM_ADDRESS,
    FIRM_COUNTRY,
    FOLLOW_UP_LINES,
    TEAM_PEOPLE,
    TEAM_OUT,
    TEAM_NUDGE_MINUTES,
    REPLY_TEMPLATE,
    ASK_SOURCE,
    CADENCE_PLANS,
    ASK_NUMBER,
    SNIPPETS,
    SEND_HTML,
    MARK_ANSWERED,
    HOLDING_ON,
    HOLDING_FOOTER,
    CLOSE_ACTION,
    THEME,
    AUTOSTART,
    WINDOW_PLACE,
    ALL_LEADS,
)  # type: ignore[assignment]

SETTINGS: tuple[Setting[object], ...] = (*_FIXED, *HOLDING_TEXTS, *TEMPLATES)
BY_KEY = {setting.key: setting for setting in SETTINGS}

"""A sign-in that came to nothing: why, what to do, and what to forward where an administrator must help."""

from __future__ import annotations

from urllib.parse import quote

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from leaddesk.words.errors import LeadDeskError, NotSignedIn
from leaddesk_ui.buttons import button, word
from leaddesk_ui.fonts import DEMI
from leaddesk_ui.layout import column, row
from leaddesk_ui.links import CopyLine, open_link
from leaddesk_ui.text import label

_SUBJECT = "Please allow LeadDesk for our mailbox"
_LETTER = (
    "Hello,\n\nI use LeadDesk to answer our enquiries. It opens our mailbox after I sign in, and an "
    "administrator has to allow that once. Please open this page, signed in as an administrator, and accept:"
    "\n\n{link}\n"
)


class RefusalCard(QFrame):
    """`again` signs in once more; `changed` goes back to the fields."""

    again = Signal()
    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("ground", "card")
        self.setObjectName("refusal")
        self._sentence = label("", 16, DEMI, wrap=True)
        self._mend = label("", 14, wrap=True)
        self._link = CopyLine("The address for your administrator")
        self._mail = button("Send it by mail", "", self._on_mail)
        self._again = button("Sign in again", "↵", self.again.emit, primary=True)
        self._change = word("Change what was entered", self.changed.emit, ink="dim")
        self.setLayout(
            column(
                self._sentence,
                4,
                self._mend,
                8,
                self._link,
                14,
                row(self._change, None, self._mail, self._again),
                margins=(20, 14, 20, 14),
            )
        )

    def say(self, error: LeadDeskError, *, may_change: bool) -> None:
        """Show why it failed; `may_change` where there are fields to go back to."""
        link = error.link if isinstance(error, NotSignedIn) else ""
        self._sentence.say(error.sentence)
        self._mend.say(mend_words(error.mend, link))
        self._link.say(link)
        self._link.setVisible(bool(link))
        self._mail.setVisible(bool(link))
        self._change.setVisible(may_change)
        self._again.setFocus()

    def _on_mail(self) -> None:
        open_link(letter(self._link.text))


def mend_words(mend: str, link: str) -> str:
    """What to do; the link stands on a line of its own."""
    words = mend.removesuffix(link).rstrip(" :") if link else mend
    return f"{words}." if words and not words.endswith(".") else words


def letter(link: str) -> str:
    """A mail to the administrator, whose address the person fills in."""
    text = _LETTER.format(link=link).replace("\n", "\r\n")
    return f"mailto:?subject={quote(_SUBJECT, safe='')}&body={quote(text, safe='')}"

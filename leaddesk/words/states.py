"""How leads, enquiries, mails and connections may stand: all that the first paint needs of their words."""

from __future__ import annotations

import enum
from datetime import UTC, datetime, timedelta

UNTIL_THEY_REPLY = datetime(9999, 12, 31, tzinfo=UTC)
"""Until when a lead is put off that comes back only when they write: no day at all."""


class Turn(enum.StrEnum):
    """Whose move it is."""

    OURS = "ours"
    THEIRS = "theirs"


class What(enum.StrEnum):
    """What the lead wants from us now. TEXT, TASK and DECIDE come with the cadence."""

    NEW = "new"
    REPLY = "reply"
    CALL = "call"
    TEXT = "text"
    TASK = "task"
    DECIDE = "decide"


class Outcome(enum.StrEnum):
    """How the lead stands. A booking is won; a reply reopens."""

    OPEN = "open"
    WON = "won"
    LOST = "lost"
    NO_RESPONSE = "no-response"
    NOT_A_LEAD = "not-a-lead"


class Rung(enum.StrEnum):
    """How warm a waiting lead is (the rungs of the ladder, DESIGN)."""

    NOW = "now"
    WARM = "warm"
    COOLING = "cooling"
    COOL = "cool"
    COLD = "cold"

    @classmethod
    def of(cls, waited: timedelta) -> Rung:
        """The rung of somebody who has waited this long.

        >>> Rung.of(timedelta(minutes=5)), Rung.of(timedelta(minutes=31))
        (<Rung.NOW: 'now'>, <Rung.COOLING: 'cooling'>)
        """
        for limit, rung in _RUNGS:
            if waited <= limit:
                return rung
        return cls.COLD


_RUNGS = (
    (timedelta(minutes=5), Rung.NOW),
    (timedelta(minutes=30), Rung.WARM),
    (timedelta(hours=1), Rung.COOLING),
    (timedelta(hours=24), Rung.COOL),
)


class Standing(enum.StrEnum):
    """Where one enquiry stands in the figures; NOT_A_LEAD is counted nowhere."""

    WAITING = "waiting"
    ANSWERED = "answered"
    NEVER = "never"
    NOT_A_LEAD = "not-a-lead"


class Place(enum.StrEnum):
    """What became of a mail that has been read."""

    ENQUIRY = "enquiry"
    JOINED = "joined"
    """Further mail of a person whose enquiry is still unanswered."""
    REPLY = "reply"
    ABOUT = "about"
    """A bounce or away note about our own mail, attached to that lead."""
    KNOWN = "known"
    """From somebody we wrote to before who has no enquiry here."""
    NOT_A_LEAD = "not-a-lead"
    SENT = "sent"
    """Our own mail found in Sent."""
    JUNK = "junk"
    """Lies in the provider's junk folder, and looks like an enquiry."""
    SPAM = "spam"
    """Lies in the provider's junk folder, and does not: it is shown nowhere."""


class OutgoingState(enum.StrEnum):
    """Where an outgoing mail stands.

    COMMITTING is made durable before the final dot is written; from there only a complete final reply
    line, or the Message-ID found in Sent, counts as knowledge. UNSURE is what remains without either.
    """

    DRAFT = "draft"
    APPROVED = "approved"
    QUEUED = "queued"
    CLAIMED = "claimed"
    COMMITTING = "committing"
    SENT = "sent"
    REFUSED = "refused"
    DEFERRED = "deferred"
    UNSURE = "unsure"
    CANCELLED = "cancelled"


UNDER_WAY = (
    OutgoingState.APPROVED,
    OutgoingState.QUEUED,
    OutgoingState.CLAIMED,
    OutgoingState.COMMITTING,
    OutgoingState.DEFERRED,
)
"""Of mails that a person approved and that are not yet at an end."""
READY = (OutgoingState.QUEUED, OutgoingState.DEFERRED)
"""Of mails that the sender may take."""
ASKING = (OutgoingState.UNSURE, OutgoingState.REFUSED)
"""Of mails about which a person must decide, and of the leads to whom they were written."""


class ConnectionState(enum.StrEnum):
    """How a watched folder's connection stands."""

    CONNECTING = "connecting"
    ONLINE = "online"
    OFFLINE = "offline"
    REFUSED = "refused"

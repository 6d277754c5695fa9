"""Questions to the person about mails of which nobody knows whether they arrived."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from leaddesk.desk.config import Config
from leaddesk.desk.troubles import Troubles
from leaddesk.doors.clock import Clock
from leaddesk.doors.store import Store
from leaddesk.rules.sending import must_ask
from leaddesk.words.outgoing import Outgoing, OutgoingKind, OutgoingState
from leaddesk.words.settings import GRACE_SECONDS

_LET_BE = "Nobody knows whether it arrived; an automatic reply is never sent again."


class Questions:
    """Asked once looking is over; ended with their reason. Nothing is ever sent again without an answer."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        config: Config,
        troubles: Troubles,
        look: Callable[[], None],
    ) -> None:
        self._store = store
        self._clock = clock
        self._config = config
        self._troubles = troubles
        self._look = look
        self._looks: dict[int, int] = {}
        self._asked: set[int] = set()

    @property
    def grace(self) -> timedelta:
        """How long a server may take to accept a mail before its absence from Sent says anything."""
        return timedelta(seconds=self._config.get(GRACE_SECONDS))

    def due_at(self, mail: Outgoing) -> datetime:
        return (mail.committing_at or mail.updated_at) + self.grace

    def is_asked(self, mail: Outgoing) -> bool:
        return mail.id in self._asked

    def looked(self, mail: Outgoing) -> None:
        """One more look into Sent, after the grace, that did not find it."""
        self._looks[mail.id] = self._store.outbox.looked(mail.id)

    def ask(self) -> None:
        """Begins the questions that are due, and ends those that somebody or something has answered."""
        accounts = {account.id: account for account in self._store.accounts.all()}
        unsure = {mail.id: mail for mail in self._store.outbox.all_in([OutgoingState.UNSURE])}
        for mail in unsure.values():
            account = accounts.get(mail.account)
            saves_sent = account is not None and account.saves_sent is True
            looks = self._looks.get(mail.id, 0)
            if not must_ask(mail, looks, saves_sent=saves_sent, grace=self.grace, now=self._clock.now()):
                continue
            if mail.kind is OutgoingKind.HOLDING:
                self._store.outbox.drop(mail.id, _LET_BE)
            else:
                self._ask_about(mail, is_missing=saves_sent and looks > 0)
        for over in self._asked - unsure.keys():
            self._troubles.end(f"unsure:{over}")
        self._asked &= unsure.keys()

    def _ask_about(self, mail: Outgoing, *, is_missing: bool) -> None:
        self._asked.add(mail.id)
        looked = "It is not in Sent, where your provider keeps a copy." if is_missing else ""
        choice = "It is not sent again by itself: say that it arrived, send it again, or drop it."
        self._troubles.begin(
            f"unsure:{mail.id}",
            f"We are not sure this arrived: {mail.subject}",
            f"{looked} {choice}".strip(),
            "Decide",
            self._look,
        )

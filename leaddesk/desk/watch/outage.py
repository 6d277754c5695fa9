"""A folder that cannot be watched just now: what is told about it, and how long to rest before a new try."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import datetime, timedelta

from leaddesk.desk.connections import Line
from leaddesk.desk.sign_ins import Box, SignIns
from leaddesk.desk.troubles import Troubles
from leaddesk.desk.watch.pace import Pace
from leaddesk.doors.clock import Clock
from leaddesk.rules.when import clock_words
from leaddesk.words.account import Account, ConnectionState, SignIn
from leaddesk.words.errors import (
    DiskTrouble,
    FolderGone,
    NeedsPerson,
    NotSignedIn,
    OutOfReach,
    SignInRefused,
    SlowDown,
    VaultLocked,
)
from leaddesk.words.mail import Role

FOREVER_S = 24 * 3600.0


class Outage:
    """One watcher's troubles. Used on the watcher's thread."""

    def __init__(
        self,
        clock: Clock,
        troubles: Troubles,
        line: Line,
        sign_ins: SignIns,
        account: Account,
        role: Role,
        box: Box,
        pace: Pace,
        retry: Callable[[], None],
    ) -> None:
        self._clock = clock
        self._troubles = troubles
        self._line = line
        self._sign_ins = sign_ins
        self._account = account
        self._role = role
        self._is_inbox = role is Role.INBOX
        self._box = box
        self._pace = pace
        self._retry = retry
        self._failures = 0
        self._since: datetime | None = None
        self._begun: set[str] = set()
        self.needs_person = False
        """Nothing is tried before the person acts, or only seldom."""

    @property
    def is_on(self) -> bool:
        return self._since is not None

    def over(self) -> None:
        """The folder is watched again."""
        self.patience_is_new()
        self._since = None
        self.needs_person = False
        for key in self._begun:
            self._troubles.end(key, owner=self)
        self._begun = set()

    def patience_is_new(self) -> None:
        """The next pauses are short again: the machine woke up, or the person acted."""
        self._failures = 0

    # -- each returns the seconds to rest

    def out_of_reach(self, folder: str, failure: OutOfReach) -> float:
        """Grows from one second to a minute, with jitter: no storm of sign-ins when a server comes back."""
        pause = self._pause()
        if isinstance(failure, SlowDown) and failure.seconds is not None:
            pause = failure.seconds
        since = self._goes_on(folder, failure.sentence, pause)
        if isinstance(failure, SlowDown):
            self._tell_to_slow_down(failure, pause)
        elif (self._clock.now() - since).total_seconds() >= self._pace.told_after_s:
            self._tell_offline(failure, pause)
        return pause

    def disk(self, folder: str, failure: DiskTrouble) -> float:
        """Nothing can be stored, so nothing is fetched."""
        pause = self._pause()
        self._goes_on(folder, failure.sentence, pause)
        self._troubles.disk(failure, "No mail has been taken in")
        return pause

    def for_person(self, folder: str, failure: NeedsPerson) -> float:
        """Silence until the person acts; a folder that is gone may come back by itself."""
        is_over = isinstance(failure, NotSignedIn) or self._sign_ins.over(self._box) is not None
        if isinstance(failure, SignInRefused) and not is_over:
            self._goes_on(folder, failure.sentence, self._pace.refused_s)
            return self._pace.refused_s
        self.needs_person = True
        self._since = self._since or self._clock.now()
        self._line.put(folder, ConnectionState.REFUSED, failure.sentence)
        if isinstance(failure, FolderGone):
            self._tell_folder_gone(failure)
            return self._pace.sweep_s
        self._tell_to_sign_in(failure)
        return FOREVER_S

    def bug(self, folder: str) -> None:
        """LeadDesk itself failed; the log has it."""
        self._goes_on(folder, "LeadDesk failed while it watched this folder.", 0.0)

    def _pause(self) -> float:
        pause = min(self._pace.backoff_most_s, self._pace.backoff_s * 2.0 ** min(self._failures, 10))
        self._failures += 1
        return float(pause * random.uniform(0.5, 1.0))  # noqa: S311 - jitter, no secret

    def _goes_on(self, folder: str, why: str, pause: float) -> datetime:
        """Notes that the folder is not watched; returns since when."""
        now = self._clock.now()
        self._since = self._since or self._line.proof_at or now
        self._line.put(folder, ConnectionState.OFFLINE, why, now + timedelta(seconds=pause))
        return self._since

    # -- in words

    def _tell_offline(self, failure: OutOfReach, pause: float) -> None:
        if self._is_inbox:
            sentence = f"Mail to {self._account.email} has not been watched since {{since}}."
            safe = "Enquiries are safe there, but you are not told of them."
        else:
            sentence = (
                f"Answers sent from {self._account.email} elsewhere have not been seen since {{since}}."
            )
            safe = "They are counted as soon as the server answers."
        next_try = f"Next try in {max(1, round(pause))} s."
        key = f"offline:{self._account.id}{self._suffix}"
        self._begin(key, sentence, f"{failure.sentence} {safe} {next_try}", "Try now")

    def _tell_to_slow_down(self, failure: SlowDown, pause: float) -> None:
        now = self._clock.now()
        until = clock_words(now + timedelta(seconds=pause), now, self._clock.zone())
        safe = f"The next try is at {until}. Enquiries are safe there, but you are not told of them."
        self._begin(f"offline:{self._account.id}{self._suffix}", failure.sentence, safe, "Try now")

    def _tell_folder_gone(self, failure: FolderGone) -> None:
        email = self._account.email
        if self._is_inbox:
            safe = f"Mail to {email} has not been watched since {{since}}. {failure.mend}"
        elif self._account.sent_folder is None:
            return  # a new mailbox: its server makes the folder with the first mail that is sent
        else:
            safe = f"Answers that you send elsewhere as {email} are not seen until then. {failure.mend}"
        key = f"folder:{self._account.id}{self._suffix}"
        self._begin(key, failure.sentence, safe.strip(), "Choose the folder", urgent=self._is_inbox)

    def _tell_to_sign_in(self, failure: NeedsPerson) -> None:
        if self._role is Role.SIGNER_SENT:
            return  # whoever may not be looked into misses nothing else; the box itself tells what it needs
        email, number = self._account.email, self._account.id
        not_watched = f"Mail to {email} has not been watched since {{since}}."
        if isinstance(failure, VaultLocked):
            sentence = f"{failure.sentence} {not_watched}"
            held = "sign-in" if self._account.sign_in is SignIn.BROWSER else "password"
            safe = (
                f"The keyring holds the {held} of {email}. Your desktop asks for the keyring's own "
                "password; LeadDesk never sees that one."
            )
            self._begin(f"keyring:{number}", sentence, safe, "Unlock the keyring")
            return
        action = "Sign in again" if isinstance(failure, SignInRefused) else "Enter the password"
        safe = f"{not_watched} Enquiries are safe on the server. {failure.mend}".strip()
        self._begin(f"sign-in:{number}", failure.sentence, safe, action)

    @property
    def _suffix(self) -> str:
        return "" if self._is_inbox else f":{self._role.value}"

    def _begin(self, key: str, sentence: str, safe: str, action: str, *, urgent: bool = True) -> None:
        self._begun.add(key)
        self._troubles.begin(
            key, sentence, safe, action, self._retry, urgent=urgent, since=self._since, owner=self
        )

    def leave(self) -> None:
        """Nobody watches here any more: what this watcher told is over."""
        for key in self._begun:
            self._troubles.end(key, owner=self)

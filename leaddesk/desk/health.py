"""How things stand: connections, troubles with their buttons, and the doctor's list."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from leaddesk.desk.alerts import Alerts
from leaddesk.desk.connections import Connections
from leaddesk.desk.passwords import Passwords
from leaddesk.desk.pulse import last_alive
from leaddesk.desk.skew import known_offset
from leaddesk.desk.troubles import Troubles
from leaddesk.doors.clock import Clock
from leaddesk.doors.shares import why_shared
from leaddesk.doors.store import Store
from leaddesk.doors.vault import Vault
from leaddesk.rules.clock_skew import offset_words
from leaddesk.words.account import Account, Connection, TestStep
from leaddesk.words.errors import LeadDeskError
from leaddesk.words.views import Trouble

_ROOM = 200 * 1024 * 1024
_AHEAD = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the doctor's: what was looked at, how it is, and what to do (None when all is well)."""

    check: str
    ok: bool
    detail: str
    mend: str | None = None


class Health:
    """What a person may want to know when something does not work."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        profile: Path,
        connections: Connections,
        troubles: Troubles,
        vault: Vault,
        passwords: Passwords,
        alerts: Alerts,
    ) -> None:
        self._store = store
        self._clock = clock
        self._profile = profile
        self._connections = connections
        self._troubles = troubles
        self._vault = vault
        self._passwords = passwords
        self._alerts = alerts

    def connections(self) -> tuple[Connection, ...]:
        return self._connections.all()

    def troubles(self) -> tuple[Trouble, ...]:
        return self._troubles.all()

    def act(self, key: str) -> None:
        """The button of a trouble. May block."""
        self._troubles.act(key)

    def doctor(self) -> tuple[Check, ...]:
        """Looks at everything; slow where servers are slow."""
        return tuple(self._checks())

    def _checks(self) -> Iterator[Check]:
        yield self._database()
        yield self._keyring()
        yield self._notifier()
        accounts = [account for account in self._store.accounts.all() if account.is_watched]
        if not accounts:
            yield Check("imap", True, "No mail account yet.")
            yield Check("smtp", True, "No mail account yet.")
        for account in accounts:
            yield from self._servers(account)
        yield self._clock_check()
        yield self._disk()

    def _database(self) -> Check:
        where = self._store.database.where
        shared = why_shared(self._profile) if self._store.database.is_sqlite else None
        if shared is not None:
            return Check("database", False, shared, "Move the profile to a disk of this computer.")
        try:
            sound = self._store.is_sound()
        except LeadDeskError as error:
            return Check("database", False, error.sentence, error.mend)
        if not sound:
            return Check("database", False, f"{where} is damaged.", "leaddesk restore FILE")
        return Check("database", True, f"{where} is sound.")

    def _keyring(self) -> Check:
        name = self._vault.backend_name()
        if name is None:
            return Check(
                "keyring",
                False,
                "There is no keyring here: passwords are asked at each start.",
                "Install or start your desktop's keyring, such as gnome-keyring or KWallet.",
            )
        return Check("keyring", True, f"Passwords are kept by {name}.")

    def _notifier(self) -> Check:
        why_not = self._alerts.ability()
        if why_not is None:
            return Check("notifier", True, "The desktop shows notifications.")
        if _has_no_display():
            return Check("notifier", True, "There is no display here, so nothing is shown.")
        return Check("notifier", False, why_not, "Switch on your desktop's notifications.")

    def _servers(self, account: Account) -> Iterator[Check]:
        from leaddesk.doors.mail.probe import probe_imap, probe_smtp  # noqa: PLC0415 - the mail room is slow to open

        try:
            secret = self._passwords.of(account, within_s=5.0)
        except LeadDeskError as error:
            yield Check("imap", False, error.sentence, error.mend)
            yield Check("smtp", False, error.sentence, error.mend)
            return
        imap = probe_imap(account.imap, account.user, secret, account.ca_file, account.folder)
        yield _check_of("imap", account, list(imap))
        user = account.smtp_user or account.user
        yield _check_of("smtp", account, list(probe_smtp(account.smtp, user, secret, account.ca_file)))

    def _clock_check(self) -> Check:
        now, alive = self._clock.now(), last_alive(self._store)
        if alive is not None and alive - now > _AHEAD:
            return Check(
                "clock",
                False,
                "The computer's clock is behind the time at which LeadDesk last ran.",
                "Set the clock, or let the computer set it by itself.",
            )
        offset = known_offset(self._store, now)
        if offset is not None:
            return Check(
                "clock", False, f"The computer's clock is {offset_words(offset)}.",
                "Set the clock, or let the computer set it by itself.",
            )  # fmt: skip
        return Check("clock", True, f"{now.astimezone(self._clock.zone()):%H:%M, %d %b %Y}")

    def _disk(self) -> Check:
        free = shutil.disk_usage(self._profile).free
        if free < _ROOM:
            return Check(
                "disk", False, f"Only {free // 2**20} MB are free.", "Free 200 MB on the disk of the profile."
            )
        return Check("disk", True, f"{free // 2**20:,} MB are free.")


def _has_no_display() -> bool:
    """True on a headless machine: that is no fault."""
    is_headless_kind = sys.platform not in ("win32", "darwin")
    return is_headless_kind and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _check_of(name: str, account: Account, steps: list[TestStep]) -> Check:
    failed = next((step for step in steps if not step.ok), None)
    if failed is not None:
        return Check(name, False, f"{account.email}: {failed.detail}", failed.mend)
    return Check(name, True, f"{account.email}: {steps[-1].detail}")

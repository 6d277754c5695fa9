"""Passwords in the operating system's keyring, and never in a file of ours.

Only the backends on a short list are used, whatever else is installed or configured: `keyring` itself
falls back to a file in plain text where it finds one of `keyrings.alt`.
"""

from __future__ import annotations

import importlib
import logging
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from leaddesk.doors.limit import OneAtATime, StillAtIt, TookTooLong
from leaddesk.words.errors import NeedsPerson, NoVault, VaultLocked

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

log = logging.getLogger(__name__)

T = TypeVar("T")

PATIENCE_S = 60.0
"""How long a person may take to answer the keyring's prompt."""

_TRUSTED = (
    ("leaddesk.doors.vault.secret_service", "Keyring", "Secret Service"),
    ("keyring.backends.libsecret", "Keyring", "Secret Service"),
    ("keyring.backends.kwallet", "DBusKeyring", "KWallet"),
    ("keyring.backends.kwallet", "DBusKeyringKWallet4", "KWallet"),
    ("keyring.backends.Windows", "WinVaultKeyring", "Windows Credential Manager"),
    ("keyring.backends.macOS", "Keyring", "macOS Keychain"),
)
"""Module, class and name for people of every backend that we trust."""


class Vault:
    """Passwords by what they are for ("mail") and whose they are (the account's address).

    A locked keyring prompts, and its call then blocks until the person answers, for ever if need be. So
    every call runs in a daemon thread and is left behind after `within_s` seconds; while it hangs, further
    calls raise VaultLocked at once, so that one prompt stays one. Still: never call from the GUI thread.

    The backend is chosen anew for each call (a few ms): the desktop's keyring may start after us, end, or
    be changed for another. An entry that was wiped is simply not there.
    """

    def __init__(self, service: str = "LeadDesk") -> None:
        self._service = service
        self._calls = OneAtATime("vault")
        self._name: str | None = None

    @property
    def waiting(self) -> bool:
        """True while a call is under way, such as one that hangs in a prompt: once it is over, ask again."""
        return self._calls.hangs

    def backend_name(self, *, within_s: float = 5.0) -> str | None:
        """Name for people of the keyring that would be used now; None where there is none that we trust."""
        try:
            chosen = self._calls.run(_choose, within_s)
        except (TookTooLong, StillAtIt):
            return self._name  # a prompt is open: the one we knew
        self._name = chosen[0] if chosen else None
        return self._name

    def get(self, what: str, user: str, *, within_s: float = PATIENCE_S) -> str | None:
        """The password, or None when the keyring has none. Raises VaultLocked, or NoVault."""
        entry = self._entry(what, user)
        return self._ask(lambda backend: backend.get_password(entry, user), within_s)

    def set(self, what: str, user: str, secret: str, *, within_s: float = PATIENCE_S) -> None:
        """Keeps the password in the keyring. Raises VaultLocked, or NoVault: it is then kept nowhere."""
        entry = self._entry(what, user)
        self._ask(lambda backend: backend.set_password(entry, user, secret), within_s)

    def delete(self, what: str, user: str, *, within_s: float = PATIENCE_S) -> None:
        """Afterwards the keyring has no such password. Raises VaultLocked, or NoVault."""
        entry = self._entry(what, user)
        self._ask(lambda backend: _delete(backend, entry, user), within_s)

    def _entry(self, what: str, user: str) -> str:
        # One service name an account: the Windows backend moves entries about when two users share one.
        return f"{self._service}/{what}/{user}"

    def _ask(self, do: Callable[[KeyringBackend], T], within_s: float) -> T:
        def job() -> T:
            chosen = _choose()
            if chosen is None:
                raise _no_vault()
            self._name, backend = chosen
            return _told(self._name, lambda: do(backend))

        try:
            return self._calls.run(job, within_s)
        except (TookTooLong, StillAtIt):
            raise _locked("The keyring is waiting for you to unlock it.") from None


def _choose() -> tuple[str, KeyringBackend] | None:
    """The best trusted backend that works here, with its name. `keyring.get_keyring` is not asked."""
    usable = [found for row in _TRUSTED if (found := _usable(*row))]
    if not usable:
        return None
    _, name, backend = max(usable, key=lambda found: found[0])
    return name, backend()


def _usable(module: str, cls: str, name: str) -> tuple[float, str, type[KeyringBackend]] | None:
    try:
        backend: type[KeyringBackend] = getattr(importlib.import_module(module), cls)
        return float(backend.priority), name, backend
    except Exception as error:  # a backend says in whatever way it likes that it cannot work here
        log.debug("keyring: no %s here: %s", name, error)
        return None


def _delete(backend: KeyringBackend, entry: str, user: str) -> None:
    from keyring.errors import PasswordDeleteError  # noqa: PLC0415 - keyring loads late

    try:
        backend.delete_password(entry, user)
    except PasswordDeleteError:
        if backend.get_password(entry, user) is not None:
            raise


def _told(name: str, call: Callable[[], T]) -> T:
    """What the call gives; whatever a backend raises becomes a sentence for the person.

    Raised after the handler, not in it: the backend's exception holds its bus socket open.
    """
    try:
        return call()
    except Exception as error:
        trouble = _trouble(name, error)
    raise trouble


def _trouble(name: str, error: Exception) -> NeedsPerson:
    said = f"{type(error).__name__} {error}".lower()
    if any(word in said for word in ("locked", "dismissed", "cancel", "timeout")):
        return _locked("The keyring is locked.")
    log.warning("keyring: %s failed: %s", name, type(error).__name__)
    return NoVault(
        f"The keyring ({name}) did not answer as it should.",
        "See whether the desktop's keyring is running, or enter the password at each start.",
    )


def _locked(sentence: str) -> VaultLocked:
    return VaultLocked(sentence, "Unlock the keyring, then try again.")


def _no_vault() -> NoVault:
    return NoVault(
        "No keyring was found that can keep a password.",
        "Enter the password at each start, or set up the desktop's keyring (such as gnome-keyring).",
    )

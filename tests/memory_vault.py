"""A vault in memory, of the shape of the real one."""

from __future__ import annotations

from leaddesk.desk.passwords import Passwords
from leaddesk.desk.tokens import Tokens
from leaddesk.doors.clock import Clock
from leaddesk.doors.vault import PATIENCE_S, Vault
from leaddesk.doors.vault.long_secrets import LONGEST_ENTRY
from leaddesk.words.errors import NoVault, VaultLocked


class MemoryVault(Vault):
    """Keeps passwords in a dict. Set `locked` or `absent` to see what a desk does then; `wipe` empties it.

    As on Windows, an entry has 1,280 UTF-16 units at most.
    """

    def __init__(self, service: str = "LeadDesk") -> None:
        super().__init__(service)
        self.kept: dict[tuple[str, str], str] = {}
        self.locked = False
        self.absent = False

    @property
    def waiting(self) -> bool:
        return False

    def backend_name(self, *, within_s: float = 5.0) -> str | None:
        return None if self.absent else "Memory"

    def get(self, what: str, user: str, *, within_s: float = PATIENCE_S) -> str | None:
        self._open()
        return self.kept.get((what, user))

    def set(self, what: str, user: str, secret: str, *, within_s: float = PATIENCE_S) -> None:
        self._open()
        assert len(secret.encode("utf-16-le")) // 2 <= LONGEST_ENTRY, (
            "Windows would not take so long an entry"
        )
        self.kept[what, user] = secret

    def delete(self, what: str, user: str, *, within_s: float = PATIENCE_S) -> None:
        self._open()
        self.kept.pop((what, user), None)

    def wipe(self) -> None:
        """As when the person resets the keyring."""
        self.kept.clear()

    def _open(self) -> None:
        if self.absent:
            raise NoVault("No keyring was found that can keep a password.")
        if self.locked:
            raise VaultLocked("The keyring is locked.")


def passwords_of(vault: Vault) -> Passwords:
    """What services sign in with, from this vault; no authority is known."""
    return Passwords(vault, Tokens(vault, Clock(), tuple))

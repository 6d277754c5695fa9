"""The door to the operating system's keyring: the only place where passwords are kept."""

from leaddesk.doors.vault.long_secrets import LongSecrets
from leaddesk.doors.vault.vault import PATIENCE_S, Vault

__all__ = ["PATIENCE_S", "LongSecrets", "Vault"]

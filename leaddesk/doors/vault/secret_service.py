"""keyring's backend for Linux desktops, mended: a call that fails closes its connection to the bus.

keyring 25.7 leaves it open (`get_preferred_collection`), one more for each failure.
"""

from __future__ import annotations

import secretstorage
from keyring.backends import SecretService
from keyring.errors import KeyringLocked

PROMPT_S = 300.0
"""A prompt is closed after so long: else a keyring that dies under its prompt would block us for ever."""


class Keyring(SecretService.Keyring):
    """The desktop's default collection, unlocked by the person where it is locked."""

    def get_preferred_collection(self) -> secretstorage.Collection:
        """The open collection; whoever asked closes its connection. Blocks while a prompt is open."""
        connection = secretstorage.dbus_init()
        try:
            collection = secretstorage.get_default_collection(connection)
            if collection.is_locked():
                collection.unlock(timeout=PROMPT_S)
            if collection.is_locked():  # the prompt was dismissed
                raise KeyringLocked
        except BaseException:
            connection.close()
            raise
        return collection

"""Who sits at this desk: the name that stands in the record."""

from __future__ import annotations

import getpass

from leaddesk.desk.config import Config
from leaddesk.doors.store import Store
from leaddesk.words.settings import PERSON_NAME


class People:
    """The person at this desk."""

    def __init__(self, store: Store, config: Config) -> None:
        self._store = store
        self._config = config

    def me(self) -> str:
        """The name set for this desk, else the first account's, else the computer's own for the person."""
        told = self._config.get(PERSON_NAME)
        if told:
            return told
        named = next((account.name for account in self._store.accounts.all() if account.name), "")
        return named or _login_name()


def _login_name() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "me"

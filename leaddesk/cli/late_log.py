"""A log that is opened only when there is something to write: most commands have nothing to say."""

from __future__ import annotations

import logging
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from leaddesk.doors.logs import Log, Secrets


class LateLog(logging.Handler):
    """Stands at the root and opens the profile's own log with the first warning.

    Nothing is written where there is no profile yet. Warnings never go to standard error by themselves: that
    belongs to sentences for people.
    """

    def __init__(self, profile: Path) -> None:
        super().__init__(logging.WARNING)
        self._profile = profile
        self._hidden: list[str] = []
        self._secrets: Secrets | None = None
        self._path: Path | None = None
        self._log: Log | None = None

    def open(self) -> None:
        """Opens the log now, where there can be one; does nothing when it is open."""
        if self._log is not None or not self._profile.is_dir():
            return
        from leaddesk.doors.logs import Log, Secrets  # noqa: PLC0415 - late is what this is for
        from leaddesk.doors.paths import log_dir  # noqa: PLC0415

        self._secrets = Secrets()
        for secret in self._hidden:
            self._secrets.add(secret)
        self._log = Log(log_dir(self._profile), self._secrets)
        self._path = self._log.open()

    def hide(self, secret: str) -> None:
        """A password that was typed: it is never written."""
        self._hidden.append(secret)
        if self._secrets is not None:
            self._secrets.add(secret)

    def where(self) -> str:
        """Where the details are, as the end of a sentence; empty where nothing was written."""
        return f" The details are in {self._path}." if self._path else ""

    def emit(self, record: logging.LogRecord) -> None:
        """The first one opens the log and is handed to it; from then on the log hears them itself."""
        if self._log is None:
            self.open()
            if self._log is not None:
                logging.getLogger(record.name).handle(record)

    def __enter__(self) -> Self:
        logging.getLogger().addHandler(self)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        logging.getLogger().removeHandler(self)
        if self._log is not None:
            self._log.close()

"""Opens the connection for the next mail while the end of the last one is being written down.

Nothing of a mail is said on it before it is taken. What went wrong with it is told to whoever takes it, as if
it had been opened just then.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator

from leaddesk.doors.mail.smtp_dialogue import Dialogue, Offers, StageTimeouts
from leaddesk.doors.mail.smtp_opening import connected
from leaddesk.doors.mail.wake import Wake
from leaddesk.words.account import Server


class Ahead:
    """One connection, opened in a thread of its own that nobody has to wait for. Taken once, or closed."""

    def __init__(self, server: Server, ca_file: str | None, patience: StageTimeouts) -> None:
        self.stop = Wake()
        """Ends every wait on it."""
        self._goal = (server, ca_file)
        self._patience = patience
        self._open = contextlib.ExitStack()
        self._made: tuple[Dialogue, Offers] | None = None
        self._failure: BaseException | None = None
        self._thread = threading.Thread(target=self._make, name="smtp-ahead", daemon=True)
        self._thread.start()

    def leads_to(self, server: Server, ca_file: str | None) -> bool:
        return self._goal == (server, ca_file)

    @contextlib.contextmanager
    def taken(self) -> Iterator[tuple[Dialogue, Offers]]:
        """As `connected`, which it was: the connection ends with the block, and what it raised is raised."""
        self._thread.join()
        with self._open:
            if self._failure is not None:
                raise self._failure
            assert self._made is not None
            yield self._made

    def close(self) -> None:
        """Over, whether it was taken or not. Whoever closes does not wait for it to be opened first."""
        self.stop.set()
        if self._thread.is_alive():
            threading.Thread(target=self._end, name="smtp-behind", daemon=True).start()
        else:
            self._end()

    def _end(self) -> None:
        self._thread.join()
        self._open.close()
        self.stop.close()

    def _make(self) -> None:
        try:
            opening = connected(*self._goal, self._patience, self.stop)
            self._made = self._open.enter_context(opening)
        except BaseException as failure:
            self._failure = failure

"""The service that reads what is stored raw."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from leaddesk.desk.alerts import Alerts
from leaddesk.desk.first_sync import FirstSync
from leaddesk.desk.service import Service
from leaddesk.desk.troubles import Troubles
from leaddesk.doors.mail.reader import ReaderClosed, ReaderNotStarted
from leaddesk.doors.store import Store
from leaddesk.words.errors import DiskTrouble

if TYPE_CHECKING:
    from leaddesk.desk.receive import Receive

_REST_S = 30.0


class Receiver(Service):
    """Reads one mail after the other, as soon as it is there. Many at once are alerted as one."""

    name = "receiver"

    def __init__(
        self,
        store: Store,
        receive: Callable[[], Receive],
        alerts: Alerts,
        first_sync: FirstSync,
        troubles: Troubles,
    ) -> None:
        super().__init__()
        self._store = store
        self._receive = receive
        """Made for the first mail: what reads mail is a third of what the desk loads."""
        self._alerts = alerts
        self._first_sync = first_sync
        self._troubles = troubles

    def round(self) -> float:
        try:
            self.read_all()
            self._troubles.end("reader")
        except ReaderNotStarted as failure:
            safe = f"Mails are kept, but none has been read since {{since}}. {failure.mend}"
            self._troubles.begin("reader", failure.sentence, safe)
            raise
        except ReaderClosed:
            self.stop()  # the desk is being closed
        except DiskTrouble as failure:
            self._troubles.disk(failure, "Nothing new has been read")
            raise
        return _REST_S

    def read_all(self) -> None:
        """Reads everything that waits, then tells of first syncs that are done with it."""
        done = self._first_sync.done()
        if self._store.mails.unread():
            with self._alerts.gathered():
                self._receive().read_waiting(lambda: self.is_stopping)
        if not self.is_stopping:
            self._first_sync.tell(done)

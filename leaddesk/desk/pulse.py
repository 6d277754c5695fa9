"""The pulse: once a second it sees what others changed, what woke up, and whether the machine slept.

No lead has a timer: a due time is a stored fact that this one tick compares with the wall clock, so that
sleep, resume and clock changes need no code of their own.
"""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from leaddesk.desk.alerts import Alerts
from leaddesk.desk.backup import Backup
from leaddesk.desk.bus import Bus
from leaddesk.desk.falling import Falling
from leaddesk.desk.service import Service
from leaddesk.desk.troubles import Troubles
from leaddesk.doors.clock import Clock
from leaddesk.doors.store import Store
from leaddesk.rules.when import span_words
from leaddesk.words.errors import Corrupt, DiskTrouble, LeadDeskError
from leaddesk.words.news import LeadChanged, News

log = logging.getLogger(__name__)
TICK_S = 1.0
ALIVE_KEY = "watch.alive"
GAP_KEY = "gap"
_HEARTBEAT = timedelta(seconds=30)
_SLEPT = timedelta(seconds=15)
"""A tick that comes so much too late: the machine slept, or its clock was set."""
_GAP = timedelta(minutes=10)
"""Nobody watched for longer than this: worth telling."""
_HOUSEKEEPING = timedelta(minutes=10)
_BETWEEN_PIECES_S = 0.12
"""For others who wait for the database's lock."""


class Pulse(Service):
    """Ticks on one connection of its own, for as long as the services run."""

    name = "pulse"

    def __init__(
        self,
        store: Store,
        clock: Clock,
        bus: Bus,
        alerts: Alerts,
        backup: Backup,
        troubles: Troubles,
        on_resume: Callable[[], None],
        falling: Falling,
    ) -> None:
        super().__init__()
        self._store = store
        self._clock = clock
        self._bus = bus
        self._alerts = alerts
        self._backup = backup
        self._troubles = troubles
        self._on_resume = on_resume
        self._falling = falling
        self._open = contextlib.ExitStack()
        self._counter: Callable[[], object] | None = None
        self._count: object = None
        self._position = 0
        self._ticked_at: datetime | None = None
        self._woken_to: datetime | None = None
        """Snoozes that ended by then have been told."""
        self._wakes_at: datetime | None = None
        """When the next snooze ends, as far as is known; `_has_asked` whether it is."""
        self._has_asked = False
        self._beat_at: datetime | None = None
        self._is_disk_full = False
        self._kept_house_at: datetime | None = None
        bus.subscribe(self._heard)

    def start(self) -> None:
        """Notes first in which span nobody watched: whoever starts us may ask for it at once."""
        if not self.is_started:
            self._look_back_at_start()
        super().start()

    def round(self) -> float:
        try:
            self._tick(self._clock.now())
        except BaseException as failure:
            self._close()
            if isinstance(failure, DiskTrouble):
                self._beat_at, self._is_disk_full = None, True
                self._troubles.disk(failure, "Nothing new has been stored")
            raise
        self._ticked_at = self._clock.now()
        return TICK_S

    def once(self) -> None:
        """One tick, for who only looks in."""
        self._look_back_at_start()
        try:
            self._tick(self._clock.now())
        finally:
            self._close()

    def ended(self) -> None:
        with contextlib.suppress(LeadDeskError):
            self._store.settings.keep(ALIVE_KEY, self._clock.now().isoformat())
        self._close()

    def _tick(self, now: datetime) -> None:
        if self._counter is None:
            self._begin()
        self._look_back(now)
        self._hear_others()
        self._wake_leads(now)
        if self._falling.tick(now):
            self._alerts.kick()
        self._beat(now)
        self._keep_house(now)

    def _begin(self) -> None:
        """Opens the connection that stays open; after a failure a new one."""
        self._open.enter_context(self._store.session())
        self._position = self._position or self._store.journal.position()
        self._counter = self._store.journal.change_counter()
        self._count = None  # what came between the two is heard by the first look

    def _close(self) -> None:
        self._counter = None
        with contextlib.suppress(LeadDeskError):
            self._open.close()

    def _look_back_at_start(self) -> None:
        now, alive = self._clock.now(), last_alive(self._store)
        self._woken_to = min(alive or now, now)
        self._falling.begin(self._woken_to)
        if alive is not None and now - alive > _GAP:
            self._keep_gap(alive, now)
        elif gap := self._store.figures.untold_gap():
            self._tell_gap(*gap)

    def _look_back(self, now: datetime) -> None:
        """A machine that slept watched nothing, and its connections are dead."""
        before = self._ticked_at or now
        if now - before > _SLEPT:
            log.info("the machine slept or its clock moved by %s", now - before)
            self._on_resume()
        if now - before > _GAP:
            self._keep_gap(before, now)

    def _keep_gap(self, start: datetime, end: datetime) -> None:
        """Nobody watched. It is told even where it cannot be stored: a full disk holds nothing up."""
        try:
            self._store.figures.add_gap(start, end)
        except LeadDeskError as failure:
            log.warning("the time without a watch is not kept: %s", failure.sentence)
        self._tell_gap(start, end)

    def _tell_gap(self, start: datetime, end: datetime) -> None:
        """Stands until the person puts it away, and only then it counts as told."""
        self._troubles.begin(
            GAP_KEY,
            f"Not watching {span_words(start, end, self._clock.zone())}.",
            "What came in that time is here now.",
            "Put away",
            self._put_gap_away,
            urgent=False,
        )

    def _put_gap_away(self) -> None:
        self._store.figures.gaps_told()
        self._troubles.end(GAP_KEY)

    def _hear_others(self) -> None:
        """Another window, desk or command wrote something: its news takes the same path as ours."""
        count = self._counter() if self._counter is not None else None
        if count == self._count:
            return
        self._count = count
        self._position, news = self._store.journal.since(self._position)
        self._bus.tell(news)

    def _heard(self, news: News) -> None:
        """Something was written, here or by others: perhaps a snooze."""
        self._has_asked = False
        self._falling.heard()

    def _wake_leads(self, now: datetime) -> None:
        """Snoozed leads whose time has come are ours again, and somebody is told.

        Which is next is asked again only after news: a tick in which nothing happens costs no query.
        """
        since, self._woken_to = self._woken_to or now, now
        if not self._has_asked:
            self._has_asked = True  # before asking: what is written meanwhile is asked for again
            self._wakes_at = self._store.waiting.next_wake(since)
        if self._wakes_at is None or self._wakes_at > now:
            return
        self._has_asked = False
        for lead in self._store.waiting.woken(since, now):
            with self._store.transaction() as news:
                self._alerts.raise_for(lead)
                news.append(LeadChanged(at=now, lead=lead))
            self._alerts.kick()

    def _beat(self, now: datetime) -> None:
        if self._beat_at is None or abs(now - self._beat_at) >= _HEARTBEAT:
            self._store.settings.keep(ALIVE_KEY, now.isoformat())
            self._beat_at = now
            if self._is_disk_full:  # it has just been written to
                self._is_disk_full = False
                self._troubles.end("disk")

    def _keep_house(self, now: datetime) -> None:
        """The daily copy; old lines of the journal go; an import that was taken back only half goes on."""
        if self._kept_house_at is not None and abs(now - self._kept_house_at) < _HOUSEKEEPING:
            return
        self._kept_house_at = now
        self._copy()
        self._store.journal.prune(now)
        self._store.imports.go_on_undoing(lambda: not self._stopping.wait(_BETWEEN_PIECES_S))

    def _copy(self) -> None:
        """A copy that cannot be made is told; everything else goes on."""
        try:
            self._backup.daily()
            self._troubles.end("backup")
        except Corrupt as damage:
            log.error("no daily copy: %s", damage.sentence)
            self._tell_damage(damage)
        except LeadDeskError as failure:
            log.warning("no daily copy: %s", failure.sentence)
            safe = f"Your data itself is as it was. {failure.mend}".strip()
            self._troubles.begin(
                "backup", f"Today's copy could not be made. {failure.sentence}", safe, urgent=False
            )

    def _tell_damage(self, damage: Corrupt) -> None:
        newest = next(reversed(self._backup.dailies()), None)
        kept = f"The newest sound copy is {newest}." if newest else "There is no copy of an earlier day."
        self._troubles.begin(
            "backup", f"{damage.sentence} Do not go on working in it.", f"{kept} {damage.mend}"
        )


def last_alive(store: Store) -> datetime | None:
    """When services last ran on this profile."""
    text = store.settings.get(ALIVE_KEY)
    return datetime.fromisoformat(text) if text else None

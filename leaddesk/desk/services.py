"""All that runs by itself: watchers, reader, sender, alerts, pulse. Started and stopped in one place.

The mail room's libraries take a quarter of a second and four megabytes to load: sender and watchers are made
when services start and there is an account, and what judges mail for the first mail, so that a window or a
command that only looks pays nothing.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from leaddesk.desk.alerts import Alerts
from leaddesk.desk.bus import Bus
from leaddesk.desk.connections import Connections
from leaddesk.desk.first_sync import FirstSync
from leaddesk.desk.hold import Hold
from leaddesk.desk.passwords import Passwords
from leaddesk.desk.pulse import Pulse
from leaddesk.desk.receiver import Receiver
from leaddesk.desk.service import Service
from leaddesk.desk.sign_ins import SignIns
from leaddesk.desk.troubles import Troubles
from leaddesk.desk.watchers import Watchers
from leaddesk.doors.clock import Clock
from leaddesk.doors.instance import Kind
from leaddesk.doors.store import Store
from leaddesk.words.errors import LeadDeskError
from leaddesk.words.news import AccountsChanged, News

if TYPE_CHECKING:
    from leaddesk.desk.receive import Receive
    from leaddesk.desk.send import Sender
    from leaddesk.desk.watch import Pace


class Services:
    """The profile's services, held by one process at a time."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        bus: Bus,
        hold: Hold,
        *,
        passwords: Passwords,
        sign_ins: SignIns,
        connections: Connections,
        troubles: Troubles,
        receive: Callable[[], Receive],
        alerts: Alerts,
        sender: Callable[[], Sender],
        pulse: Callable[[Callable[[], None]], Pulse],
        nudging: Service,
        pace: Pace | None = None,
    ) -> None:
        self._store = store
        self._clock = clock
        self._bus = bus
        self._hold = hold
        self._alerts = alerts
        self._sign_ins = sign_ins
        self._first_sync = FirstSync(store, clock, connections)
        self._receiver = Receiver(store, receive, alerts, self._first_sync, troubles)
        self._watchers = Watchers(
            store,
            clock,
            passwords,
            connections,
            troubles,
            self._first_sync,
            self._receiver.kick,
            self.retry,
            sign_ins,
            pace,
        )
        self._make_sender = sender
        self._sender: Sender | None = None
        self._pulse = pulse(self.resume)
        self._nudging = nudging
        self._listening: Callable[[], None] = lambda: None
        self._following = threading.Lock()

    def hold(self, kind: Kind) -> None:
        """Takes the profile for this process. Raises InUse when another holds it."""
        self._hold.take(kind)

    def start(self, kind: Kind = Kind.WINDOW) -> None:
        """Starts everything. Raises InUse when another process runs services on this profile.

        After a failure it may be called again: what runs goes on, the rest is started.
        """
        self.hold(kind)
        for service in (self._receiver, self._alerts, self._pulse, self._nudging):
            service.start()
        self._listening()  # a start that failed may have got so far
        self._listening = self._bus.subscribe(self._heard)
        self._follow_accounts()

    def stop(self, timeout: float = 2.0) -> bool:
        """Stops everything; False when something still hangs in a call that nobody can cancel."""
        if not self._hold.is_taken:
            return True
        self._listening()
        own = (self._receiver, self._alerts, self._pulse, self._nudging)
        services: list[Service] = [*self._watchers.all(), *own]
        if self._sender is not None:
            services.append(self._sender)
        for service in services:
            service.stop()
        end = self._clock.monotonic() + timeout
        ended = [service.join(end - self._clock.monotonic()) for service in services]
        self._hold.let_go()
        return all(ended)

    def once(self, kind: Kind = Kind.WATCH) -> list[LeadDeskError]:
        """Sweeps everything, shows alerts, sends what may be sent now; returns what went wrong on the way."""
        self.hold(kind)
        failures = self._watchers.once()
        self._receiver.read_all()
        self._pulse.once()
        self._alerts.round()
        self._nudging.round()
        self._its_sender().once()
        return failures

    def retry(self, account: int | None = None) -> None:
        """The person acted: tries anew what had stopped, for all or for one account."""
        self._sign_ins.acted(account)  # once, and before anybody tries
        self._watchers.retry(account)
        if self._sender is not None:
            self._sender.retry()

    def resume(self) -> None:
        """The machine woke up: old connections are dropped. A refused sign-in stays the person's matter."""
        self._watchers.resume()
        self._nudging.kick()
        if self._sender is not None:
            self._sender.kick()

    # -- inside

    def _heard(self, news: News) -> None:
        if isinstance(news, AccountsChanged):
            self._follow_accounts()

    def _follow_accounts(self) -> None:
        """Without an account nothing was ever sent, and the mail room stays closed."""
        with self._following:
            if self._store.accounts.ever():
                self._its_sender().start()
            self._watchers.follow()

    def _its_sender(self) -> Sender:
        if self._sender is None:
            self._sender = self._make_sender()
        return self._sender

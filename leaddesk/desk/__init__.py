"""The desk: everything a person or a service does, a subject a module. `open` builds it once."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from leaddesk.desk.accounts import Accounts
from leaddesk.desk.alerts import Alerts
from leaddesk.desk.backup import Backup
from leaddesk.desk.bus import Bus
from leaddesk.desk.calls import Calls
from leaddesk.desk.config import Config
from leaddesk.desk.connections import Connections
from leaddesk.desk.decide import Decide
from leaddesk.desk.figures import Figures
from leaddesk.desk.found_in_sent import FoundInSent
from leaddesk.desk.health import Health
from leaddesk.desk.landing import Landing
from leaddesk.desk.leads import Leads
from leaddesk.desk.passwords import Passwords
from leaddesk.desk.people import People
from leaddesk.desk.pulse import Pulse
from leaddesk.desk.queue import Queue
from leaddesk.desk.receive import Receive
from leaddesk.desk.reply import Reply
from leaddesk.desk.services import Services
from leaddesk.desk.sorting import Sorting
from leaddesk.desk.troubles import Troubles
from leaddesk.doors.autostart import Autostart
from leaddesk.doors.clock import Clock
from leaddesk.doors.mail.reader import Reader
from leaddesk.doors.notify import Notifier, OnAction
from leaddesk.doors.paths import make_private, private_file, resource
from leaddesk.doors.store import Store, open_store
from leaddesk.doors.vault import Vault
from leaddesk.words.settings import AUTOSTART

if TYPE_CHECKING:
    from leaddesk.desk.send import Sender
    from leaddesk.desk.trial import Trial
    from leaddesk.desk.watch import Pace

_DESK_FILE = "desk"


def _notifier(on_action: OnAction) -> Notifier:
    icon = resource("icons/leaddesk.svg")
    return Notifier(icon=icon if icon.exists() else None, on_action=on_action)


@dataclass(frozen=True)
class Doors:
    """The outside, as the desk is given it; tests give fakes of the same shape."""

    clock: Clock
    vault: Vault
    reader: Reader
    notifier: Callable[[OnAction], Notifier] = _notifier
    pace: Pace | None = None
    autostart: Autostart = field(default_factory=Autostart)


@dataclass(frozen=True)
class Desk:
    """The subjects of one open profile. Every method of theirs may block."""

    profile: Path
    clock: Clock
    bus: Bus
    store: Store
    queue: Queue
    leads: Leads
    receive: Receive
    reply: Reply
    calls: Calls
    decide: Decide
    alerts: Alerts
    accounts: Accounts
    figures: Figures
    health: Health
    config: Config
    backup: Backup
    services: Services
    people: People
    doors: Doors

    def close(self) -> None:
        """Stops what runs, and the reader child."""
        self.services.stop()
        self.doors.reader.close()

    def __enter__(self) -> Desk:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()


def open(profile: Path, *, database: str | None = None, doors: Doors | None = None) -> Desk:
    """The desk of `profile`, made where it is not there yet. Nothing runs before `services.start()`.

    Raises what `doors.store.open_store` raises, with the data untouched.
    """
    doors = doors or Doors(Clock(), Vault(), Reader())
    make_private(profile)
    desk_id = desk_id_of(profile)
    store = open_store(profile, desk_id, doors.clock.now, database)
    return _build(profile, store, doors, desk_id)


def desk_id_of(profile: Path) -> str:
    """The random name of this desk: the same for as long as the profile's folder lives."""
    file = profile / _DESK_FILE
    if not file.exists():
        private_file(file).write_text(uuid.uuid4().hex, encoding="ascii")
    return file.read_text(encoding="ascii").strip()


def _build(profile: Path, store: Store, doors: Doors, desk_id: str) -> Desk:
    clock, bus = doors.clock, Bus()
    store.on_commit(bus.tell)
    config = Config(store, {AUTOSTART.key: doors.autostart.switch})
    troubles, connections = Troubles(clock, bus), Connections(clock, bus)
    people, passwords = People(store, config), Passwords(doors.vault)
    leads, backup = Leads(store, clock, people), Backup(store, clock, profile)
    alerts = Alerts(store, clock, bus, config, troubles, doors.notifier)
    accounts = Accounts(store, doors.vault, passwords, lambda: _trial(clock))
    sent = FoundInSent(store, clock, alerts.raise_for)
    landing = Landing(store, clock, alerts.raise_for, sent.earlier_answers)
    sorting = Sorting(store, clock, people)
    receive = Receive(store, clock, doors.reader, landing, sent, sorting)
    services = Services(
        store,
        clock,
        bus,
        profile,
        passwords=passwords,
        connections=connections,
        troubles=troubles,
        receive=receive,
        alerts=alerts,
        sender=lambda: _sender(store, clock, bus, config, passwords, troubles),
        pulse=lambda resume: Pulse(store, clock, bus, alerts, backup, resume),
        pace=doors.pace,
    )
    accounts.on_password = services.retry
    return Desk(
        profile=profile,
        clock=clock,
        bus=bus,
        store=store,
        queue=Queue(store, clock, config),
        leads=leads,
        receive=receive,
        reply=Reply(store, clock, config, people, desk_id),
        calls=Calls(store, clock, people, leads),
        decide=Decide(store, clock, people, leads, sorting),
        alerts=alerts,
        accounts=accounts,
        figures=Figures(store, clock),
        health=Health(store, clock, profile, connections, troubles, doors.vault, passwords, alerts),
        config=config,
        backup=backup,
        services=services,
        people=people,
        doors=doors,
    )


def _trial(clock: Clock) -> Trial:
    from leaddesk.desk.trial import Trial  # noqa: PLC0415 - see desk.services

    return Trial(clock, time.sleep)


def _sender(
    store: Store, clock: Clock, bus: Bus, config: Config, passwords: Passwords, troubles: Troubles
) -> Sender:
    from leaddesk.desk.send import Sender  # noqa: PLC0415 - see desk.services

    return Sender(store, clock, bus, config, passwords, troubles)

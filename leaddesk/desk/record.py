"""The desk as a record of its subjects, each loaded and built when it is first asked for.

A window paints its queue with two of them, and most commands need one or two: the others would cost half of
the start. The order in which they need each other stands here and nowhere else.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from leaddesk.desk.bus import Bus
from leaddesk.doors.late import is_made, late
from leaddesk.words.settings import AUTOSTART

if TYPE_CHECKING:
    from leaddesk.desk.accounts import Accounts
    from leaddesk.desk.alerts import Alerts
    from leaddesk.desk.all_leads import AllLeads
    from leaddesk.desk.audit.box import Boxes
    from leaddesk.desk.audit.past import PastAudit
    from leaddesk.desk.audit.rescue import Rescue
    from leaddesk.desk.backup import Backup
    from leaddesk.desk.cadences import Cadences
    from leaddesk.desk.calls import Calls
    from leaddesk.desk.config import Config
    from leaddesk.desk.connections import Connections
    from leaddesk.desk.contact import Contact
    from leaddesk.desk.decide import Decide
    from leaddesk.desk.drops import Drops
    from leaddesk.desk.figures import Figures
    from leaddesk.desk.following import Following
    from leaddesk.desk.forms import Forms
    from leaddesk.desk.found_in_sent import FoundInSent
    from leaddesk.desk.health import Health
    from leaddesk.desk.hold import Hold
    from leaddesk.desk.holding.holding import Holding
    from leaddesk.desk.imports import Imports
    from leaddesk.desk.leads import Leads
    from leaddesk.desk.matching import Matching
    from leaddesk.desk.nudging import Nudging
    from leaddesk.desk.outside import Doors
    from leaddesk.desk.overdue import OverdueDesk
    from leaddesk.desk.passwords import Passwords
    from leaddesk.desk.paste import Paste
    from leaddesk.desk.people import People
    from leaddesk.desk.plans import PlanDesk
    from leaddesk.desk.pulse import Pulse
    from leaddesk.desk.queue import Queue
    from leaddesk.desk.receive import Receive
    from leaddesk.desk.reply import Reply
    from leaddesk.desk.same import SamePerson
    from leaddesk.desk.send import Sender
    from leaddesk.desk.services import Services
    from leaddesk.desk.sign_ins import SignIns
    from leaddesk.desk.signing_in import SigningIn
    from leaddesk.desk.sorting import Sorting
    from leaddesk.desk.sources import Sources
    from leaddesk.desk.teach import Teach
    from leaddesk.desk.team import Team
    from leaddesk.desk.templates import Templates
    from leaddesk.desk.tokens import Tokens
    from leaddesk.desk.trial import Trial
    from leaddesk.desk.troubles import Troubles
    from leaddesk.desk.unteach import Unteach
    from leaddesk.desk.weeks import Weeks
    from leaddesk.doors.instance import Kind
    from leaddesk.doors.store import Store
    from leaddesk.words.lead import Enquiry
    from leaddesk.words.mail import Mail, Reading
    from leaddesk.words.sign_in import Authority


class Desk:
    """The subjects of one open profile. Every method of theirs may block; so may the first use of one."""

    def __init__(
        self, profile: Path, store: Store, doors: Doors, desk_id: str, database: str | None = None
    ) -> None:
        """`database` is the URL that the store was opened at, where it is no file of the profile."""
        self.profile = profile
        self._database = database
        self.store = store
        self.doors = doors
        self.clock = doors.clock
        self.bus = Bus()
        self._id = desk_id
        store.on_commit(self.bus.tell)

    def hold(self, kind: Kind) -> None:
        """Takes the profile for this process, as `services.start` does. Raises InUse when another has it."""
        self._hold.take(kind)

    def check(self) -> None:
        """Raises Corrupt where the data is damaged. Looks for up to a second."""
        self.store.check()

    def close(self) -> None:
        """Stops what runs, and the reader child."""
        if is_made(self, "services"):
            self.services.stop()
        if is_made(self, "_hold"):
            self._hold.let_go()
        if is_made(self.doors, "reader"):
            self.doors.reader.close()

    def __enter__(self) -> Desk:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    # -- what a person does

    @late
    def queue(self) -> Queue:
        from leaddesk.desk.queue import Queue

        return Queue(self.store, self.clock, self.config)

    @late
    def leads(self) -> Leads:
        from leaddesk.desk.leads import Leads

        return Leads(self.store, self.clock, self.people, self._begins)

    @late
    def all_leads(self) -> AllLeads:
        from leaddesk.desk.all_leads import AllLeads

        return AllLeads(self.store)

    @late
    def imports(self) -> Imports:
        from leaddesk.desk.imports import Imports

        return Imports(self.store, self.clock, self.people)

    @late
    def receive(self) -> Receive:
        from leaddesk.desk.landing import Landing
        from leaddesk.desk.receive import Receive

        matching, reader = self._matching, self.doors.reader
        landing = Landing(
            self.store, matching, self.clock, self.alerts.raise_for, self._sent.earlier_answers, self._begins,
            self._landed,
        )  # fmt: skip
        return Receive(self.store, self.clock, reader, matching, landing, self._sent, self._sorting)

    @late
    def paste(self) -> Paste:
        from leaddesk.desk.paste import Paste

        return Paste(self.receive)

    @late
    def drops(self) -> Drops:
        from leaddesk.desk.drops import Drops

        return Drops(self.receive)

    @late
    def reply(self) -> Reply:
        from leaddesk.desk.reply import Reply

        return Reply(self.store, self.clock, self.config, self.people, self._id)

    @late
    def templates(self) -> Templates:
        from leaddesk.desk.templates import Templates

        return Templates(self.config)

    @late
    def same(self) -> SamePerson:
        from leaddesk.desk.same import SamePerson

        return SamePerson(self.store, self.clock, self.people)

    @late
    def team(self) -> Team:
        from leaddesk.desk.team import Team

        return Team(self.store, self.clock, self.config, self.people)

    @late
    def contact(self) -> Contact:
        from leaddesk.desk.contact import Contact

        return Contact(self.store, self.clock, self.people)

    @late
    def calls(self) -> Calls:
        from leaddesk.desk.calls import Calls

        return Calls(self.store, self.clock, self.people, self.leads)

    @late
    def decide(self) -> Decide:
        from leaddesk.desk.decide import Decide

        return Decide(self.store, self.clock, self.people, self.leads, self._sorting, self._unteach)

    @late
    def teach(self) -> Teach:
        from leaddesk.desk.replay import Replay
        from leaddesk.desk.teach import Teach

        receive = self.receive
        replay = Replay(self.store, self.doors.reader, self._matching, receive.known)
        return Teach(self.store, self.clock, self.people, receive, replay, self._sorting, self._unteach)

    @late
    def accounts(self) -> Accounts:
        from leaddesk.desk.accounts import Accounts

        return Accounts(
            self.store, self.doors.vault, self._passwords, self._trial, lambda: self._signing_in,
            self._password_given,
        )  # fmt: skip

    @late
    def config(self) -> Config:
        from leaddesk.desk.config import Config

        return Config(self.store, {AUTOSTART.key: self._switch_autostart})

    @late
    def holding(self) -> Holding:
        from leaddesk.desk.holding.holding import Holding
        from leaddesk.doors.instance import may_be_held

        return Holding(
            self.store,
            self.clock,
            self.config,
            self._troubles,
            lambda: self.doors.reader,
            self.receive.known,
            self._id,
            lambda: self._hold.is_taken or may_be_held(self.profile),
        )

    @late
    def cadences(self) -> Cadences:
        from leaddesk.desk.cadences import Cadences

        cadences = Cadences(self.profile, self.clock, self.config)
        self.bus.subscribe(cadences.heard)
        return cadences

    @late
    def following(self) -> Following:
        from leaddesk.desk.following import Following

        return Following(self.store, self.clock, self.config, self.people, self.cadences)

    @late
    def plans(self) -> PlanDesk:
        from leaddesk.desk.plans import PlanDesk

        return PlanDesk(self.store, self.clock, self.config, self.cadences, self.following)

    @late
    def figures(self) -> Figures:
        from leaddesk.desk.figures import Figures

        return Figures(self.store, self.clock, self.config)

    @late
    def overdue(self) -> OverdueDesk:
        from leaddesk.desk.overdue import OverdueDesk

        return OverdueDesk(
            self.store, self.clock, lambda: self.reply, lambda: self.following, lambda: self.decide
        )

    @late
    def weeks(self) -> Weeks:
        from leaddesk.desk.weeks import Weeks

        return Weeks(self.store, self.clock, self.figures)

    @late
    def audit(self) -> PastAudit:
        from leaddesk.desk.audit.past import PastAudit

        known = self.receive.known
        return PastAudit(self.store, self.clock, self._boxes, lambda: self.doors.reader, known)

    @late
    def rescue(self) -> Rescue:
        from leaddesk.desk.audit.rescue import Rescue

        return Rescue(self.store, self.clock, lambda: self._boxes, lambda: self.receive, self.leads)

    @late
    def backup(self) -> Backup:
        from leaddesk.desk.backup import Backup

        return Backup(self.store, self.clock, self.profile)

    @late
    def forms(self) -> Forms:
        from leaddesk.desk.forms import Forms

        return Forms(self.store, self.clock, self.doors.reader, self.receive.known)

    @late
    def sources(self) -> Sources:
        from leaddesk.desk.sources import Sources

        return Sources(self.store, self.clock, self.people, self.leads)

    @late
    def people(self) -> People:
        from leaddesk.desk.people import People

        return People(self.store, self.config)

    # -- what runs, and how it stands

    @late
    def alerts(self) -> Alerts:
        from leaddesk.desk.alerts import Alerts

        return Alerts(self.store, self.clock, self.bus, self.config, self._troubles, self.doors.notifier)

    @late
    def health(self) -> Health:
        from leaddesk.desk.health import Health

        doors = self.doors
        return Health(
            self.store, self.clock, self.profile, self._connections, self._troubles, doors.vault,
            self._passwords, self.alerts,
        )  # fmt: skip

    @late
    def services(self) -> Services:
        from leaddesk.desk.services import Services

        return Services(
            self.store,
            self.clock,
            self.bus,
            self._hold,
            passwords=self._passwords,
            sign_ins=self._sign_ins,
            connections=self._connections,
            troubles=self._troubles,
            receive=lambda: self.receive,
            alerts=self.alerts,
            sender=self._sender,
            pulse=self._pulse,
            nudging=self._nudging,
            pace=self.doors.pace,
        )

    # -- shared by several

    @late
    def _hold(self) -> Hold:
        from leaddesk.desk.hold import Hold

        return Hold(self.profile)

    @late
    def _troubles(self) -> Troubles:
        from leaddesk.desk.troubles import Troubles

        return Troubles(self.clock, self.bus)

    @late
    def _connections(self) -> Connections:
        from leaddesk.desk.connections import Connections

        return Connections(self.clock, self.bus)

    @late
    def _passwords(self) -> Passwords:
        from leaddesk.desk.passwords import Passwords

        return Passwords(self.doors.vault, self._tokens)

    @late
    def _sign_ins(self) -> SignIns:
        from leaddesk.desk.sign_ins import SignIns

        return SignIns()

    @late
    def _boxes(self) -> Boxes:
        from leaddesk.desk.audit.box import Boxes

        return Boxes(self._passwords, self._sign_ins, self.doors.pace)

    @late
    def _tokens(self) -> Tokens:
        from leaddesk.desk.tokens import Tokens

        return Tokens(self.doors.vault, self.clock, lambda: self._authorities)

    @late
    def _authorities(self) -> Sequence[Authority]:
        from leaddesk.desk.authorities import authorities

        return (*self.doors.authorities, *authorities(self.profile))

    @late
    def _signing_in(self) -> SigningIn:
        from leaddesk.desk.signing_in import SigningIn

        return SigningIn(self.store, self.doors.vault, self.clock, self._passwords, lambda: self._authorities)

    @late
    def _sent(self) -> FoundInSent:
        from leaddesk.desk.found_in_sent import FoundInSent

        return FoundInSent(self.store, self.clock, self.alerts.raise_for)

    @late
    def _matching(self) -> Matching:
        from leaddesk.desk.matching import Matching

        return Matching(self.store)

    @late
    def _sorting(self) -> Sorting:
        from leaddesk.desk.sorting import Sorting

        return Sorting(self.store, self.clock, self.people)

    @late
    def _unteach(self) -> Unteach:
        from leaddesk.desk.unteach import Unteach

        return Unteach(self.store, self.clock, self._sorting)

    def _begins(self, lead: int, made: int, enquiry: Enquiry) -> None:
        self.following.begin(lead, made, enquiry)

    def _landed(self, mail: Mail, reading: Reading, lead: int) -> None:
        self.holding.landed(mail, reading, lead)

    def _switch_autostart(self, on: bool) -> None:
        where = ["--database", self._database] if self._database is not None else []
        self.doors.autostart.carries(["--profile", str(self.profile.absolute()), *where])
        self.doors.autostart.switch(on)

    def _password_given(self, account: int) -> None:
        if is_made(self, "services"):
            self.services.retry(account)

    def _pulse(self, on_resume: Callable[[], None]) -> Pulse:
        from leaddesk.desk.falling import Falling
        from leaddesk.desk.pulse import Pulse

        return Pulse(
            self.store, self.clock, self.bus, self.alerts, self.backup, self._troubles, on_resume,
            Falling(self.store, self.alerts.raise_for),
        )  # fmt: skip

    def _sender(self) -> Sender:
        from leaddesk.desk.send import Sender

        return Sender(
            self.store, self.clock, self.bus, self.config, self._passwords, self._troubles, self._sign_ins
        )

    @late
    def _nudging(self) -> Nudging:
        from leaddesk.desk.nudging import Nudging

        return Nudging(self.store, self.clock, self.config, self.team, self.cadences, self._id)

    def _trial(self) -> Trial:
        from leaddesk.desk.trial import Trial

        return Trial(self.clock, time.sleep)

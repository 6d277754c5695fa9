"""The part of a desk that replies and sends, over a real database, for tests of the way out."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from leaddesk.desk.bus import Bus
from leaddesk.desk.config import Config
from leaddesk.desk.passwords import Passwords
from leaddesk.desk.people import People
from leaddesk.desk.reply import Reply
from leaddesk.desk.send import Sender
from leaddesk.desk.settling import SendPace
from leaddesk.desk.sign_ins import SignIns
from leaddesk.desk.troubles import Troubles
from leaddesk.doors.clock import Clock
from leaddesk.doors.store import Store, open_store
from leaddesk.rules.person import address_keys
from leaddesk.words.account import Account, Security, Server
from leaddesk.words.lead import Channel, Direction, Enquiry, Person, Source, Touch
from leaddesk.words.mail import MailKind, Place, RawMail, Reading
from leaddesk.words.news import News
from leaddesk.words.outgoing import Outgoing
from tests.memory_vault import MemoryVault, passwords_of

DESK_ID = "d3sk"
NGOZI = Person(name="Ngozi Adeyemi", emails=("ngozi@example.org",))
NOWHERE = Server("127.0.0.1", 1, Security.PLAIN)


@dataclass(frozen=True)
class OutgoingDesk:
    """Everything that a reply and its sending touch."""

    clock: Clock
    store: Store
    bus: Bus
    config: Config
    vault: MemoryVault
    passwords: Passwords
    troubles: Troubles
    reply: Reply
    news: list[News]

    @classmethod
    def open(cls, profile: Path, clock: Clock, url: str | None = None) -> OutgoingDesk:
        """Over the profile's own database, or the server's at `url`."""
        profile.mkdir(exist_ok=True)
        bus, vault = Bus(), MemoryVault()
        store = open_store(profile, DESK_ID, clock.now, url)
        store.on_commit(bus.tell)
        news: list[News] = []
        bus.subscribe(news.append)
        config = Config(store)
        people = People(store, config)
        return cls(
            clock=clock,
            store=store,
            bus=bus,
            config=config,
            vault=vault,
            passwords=passwords_of(vault),
            troubles=Troubles(clock, bus),
            reply=Reply(store, clock, config, people, DESK_ID),
            news=news,
        )

    def sender(self, pace: SendPace | None = None, step: Callable[[str], None] = lambda name: None) -> Sender:
        return Sender(
            self.store,
            self.clock,
            self.bus,
            self.config,
            self.passwords,
            self.troubles,
            SignIns(),
            pace,
            step,
        )

    # -- what a test needs to be there

    def account(self, smtp: Server = NOWHERE, **more: Any) -> Account:
        """An account of Ann's; without `user` its servers want no sign-in."""
        given: dict[str, Any] = {
            "email": "ann@lofts.example",
            "name": "Ann Lee",
            "user": "",
            "imap": NOWHERE,
            "smtp": smtp,
            "saves_sent": True,
        }
        return self.store.accounts.add(Account(**given | more))

    def lead(self, person: Person = NGOZI, **more: Any) -> int:
        """A lead with an enquiry that no mail brought."""
        now = self.clock.now()
        given: dict[str, Any] = {"lead": 0, "channel": Channel.CALL, "received_at": now, "seen_at": now}
        enquiry = Enquiry(**given | {"message": "do you fit dormers?"} | more)
        return self.store.leads.open(person, Source(), enquiry, address_keys(person))[0]

    def mailed(
        self,
        text: str = "do you fit dormers?",
        *,
        person: Person = NGOZI,
        lead: int | None = None,
        account: int | None = None,
        is_form: bool = False,
        **headers: str,
    ) -> int:
        """A lead (or a further mail of one) by a mail with these headers."""
        sender = person.emails[0] if person.emails and not is_form else "wordpress@host.example"
        told = {"From": sender, "To": "ann@lofts.example", "Message-ID": f"<{uuid.uuid4().hex}@x.example>"}
        told |= {"Subject": "Loft", **{name.replace("_", "-"): value for name, value in headers.items()}}
        block = "".join(f"{name}: {value}\r\n" for name, value in told.items())
        mail = self._kept(f"{block}\r\n{text}\r\n".encode())
        if lead is None:
            lead = self.lead(
                person,
                channel=Channel.FORM if is_form else Channel.EMAIL,
                message=text,
                subject=told["Subject"],
                mail=mail,
            )
        else:
            self._joins(lead, mail, text)
        reading = Reading(
            kind=MailKind.ENQUIRY,
            why=("a person asks",),
            from_email=sender,
            subject=told["Subject"],
            message_id=told["Message-ID"],
            visible=text,
        )
        self.store.mails.judged(mail, reading, Place.ENQUIRY, ["asks"], lead)
        return lead

    def _kept(self, raw: bytes) -> int:
        now = self.clock.now()
        kept = self.store.mails.keep(RawMail(raw=raw, received_at=now, seen_at=now, size=len(raw)))
        assert kept is not None
        return kept

    def _joins(self, lead: int, mail: int, text: str) -> None:
        self.store.leads.record(
            Touch(
                lead=lead,
                at=self.clock.now(),
                direction=Direction.IN,
                channel=Channel.EMAIL,
                text=text,
                mail=mail,
            )
        )

    # -- what a test asks

    def approved(self, lead: int, text: str = "Yes, we do.", **more: Any) -> Outgoing:
        """A reply that may go at once."""
        return self.reply.send_text(lead, text, undo=False, **more)

    def row(self, outgoing: int) -> Outgoing:
        return self.store.outbox.get(outgoing)

    def touches(self, lead: int) -> list[Touch]:
        """What went towards them."""
        found = self.store.leads.get(lead)
        assert found is not None
        touches = [entry for entry in found.record if isinstance(entry, Touch)]
        return [touch for touch in touches if touch.direction is Direction.OUT]

    def trouble(self, kind: str) -> str | None:
        """The sentence of the trouble whose key begins so."""
        return next((t.sentence for t in self.troubles.all() if t.key.startswith(kind)), None)

    def pass_time(self, **span: float) -> None:
        """Lets a frozen clock go on."""
        self.clock.advance(timedelta(**span))  # type: ignore[attr-defined]  # only frozen clocks have it

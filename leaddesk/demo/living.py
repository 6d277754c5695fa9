"""The demo's life: enquiries land by themselves, and whoever is answered sometimes writes back."""

from __future__ import annotations

import logging
import threading
from datetime import datetime
from functools import partial
from pathlib import Path
from random import Random

from leaddesk.demo import mails
from leaddesk.demo.agenda import Agenda
from leaddesk.demo.cast import Cast, Customer, Person, read_cast
from leaddesk.demo.conversation import Conversation, Pace
from leaddesk.demo.letter import Letter, read_letter
from leaddesk.demo.maildir import Maildir
from leaddesk.demo.sink import Sink, SinkMail
from leaddesk.doors.clock import Clock
from leaddesk.doors.paths import resource

__all__ = ["ADDRESS", "Living", "Pace"]

ADDRESS = "info@hillside-lofts.example.com"
"""The mailbox of the demo's invented firm."""
_LOG = logging.getLogger(__name__)


class Living:
    """Writes mails into a Maildir and takes ours by SMTP on the loopback; touches nothing else.

    `smtp_port` is known from the start: 127.0.0.1, no TLS, no sign-in.
    """

    def __init__(
        self,
        maildir: Path,
        seed: int = 1,
        *,
        address: str = ADDRESS,
        pace: Pace | None = None,
        clock: Clock | None = None,
    ) -> None:
        self.address = address
        self._pace = pace or Pace()
        self._clock = clock or Clock()
        self._cast: Cast = read_cast(resource("demo/customers.toml").read_text(encoding="utf-8"))
        self._random = Random(seed)  # noqa: S311 - a play, no secrets
        self._maildir = Maildir(maildir)
        self._agenda = Agenda(self._clock)
        self._conversation = Conversation(self._cast, self._random)
        self._sink = Sink(self._on_mail)
        self._lock = threading.Lock()

    @property
    def smtp_port(self) -> int:
        return self._sink.port

    @property
    def received(self) -> tuple[SinkMail, ...]:
        """The mails that we have sent so far."""
        return self._sink.mails

    def start(self) -> None:
        """The first enquiry lands after `pace.first` seconds."""
        self._sink.start()
        arrivals = self._pace.arrivals(len(self._cast.customers), self._random)
        for seconds, customer in zip(arrivals, self._cast.customers, strict=True):
            self._agenda.after(seconds, partial(self._enquire, customer))
        self._agenda.start()

    def stop(self, timeout: float = 2.0) -> None:
        """Nothing is written after this; safe to call twice, and when it never started."""
        self._agenda.stop(timeout)
        self._sink.stop(timeout)

    def _enquire(self, customer: Customer) -> None:
        at = self._now()
        self._maildir.deliver(mails.enquiry(customer, self._cast, self.address, at, self._token(at)), at)

    def _on_mail(self, raw: bytes) -> None:
        """Called on a connection's thread of the sink: only decides who answers, and when."""
        letter = read_letter(raw)
        if letter is None:
            _LOG.warning("the demo's sink took a mail that nobody can answer")
            return
        with self._lock:
            found = self._conversation.answer(letter)
            seconds = self._pace.until_answer(self._random)
        if found is not None:
            self._agenda.after(seconds, partial(self._write_back, *found, letter))

    def _write_back(self, person: Person, text: str, letter: Letter) -> None:
        at = self._now()
        self._maildir.deliver(mails.answer(person, text, letter, self._cast, at, self._token(at)), at)

    def _now(self) -> datetime:
        return self._clock.now().astimezone(self._clock.zone())

    def _token(self, at: datetime) -> str:
        with self._lock:
            return f"{int(at.timestamp() * 1000):x}.{self._random.getrandbits(48):012x}"

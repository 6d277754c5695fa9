"""The audit of 10,000 mails on loopback: within a minute, against a bare FETCH of the same headers."""

from __future__ import annotations

import imaplib
import ssl
import tempfile
import time
from pathlib import Path

from leaddesk import desk as core
from leaddesk.desk import Doors
from leaddesk.doors.clock import Clock
from leaddesk.doors.mail.imap_heads import LONGEST, WANTED
from leaddesk.doors.mail.reader import Reader
from leaddesk.words.account import Account, Security, Server
from tests.bench.table import Line, below, compared, interleaved
from tests.memory_vault import MemoryVault
from tests.real.dovecot import Dovecot
from tests.real.made_past import MadePast, made_past

_USER, _PASSWORD, _EMAIL = "ana", "ana words", "ana@lofts.example"
_PEOPLE, _NEWSLETTERS, _FAMILIAR = 3000, 4300, 250
"""With their answers 10,000 mails; a thousand are forms, whose bodies are read."""
_RUNS = 3
_BATCH = 250


def measure() -> list[Line]:
    made = made_past(_EMAIL, people=_PEOPLE, newsletters=_NEWSLETTERS, familiar=_FAMILIAR)
    with tempfile.TemporaryDirectory(prefix="ldb") as folder, Dovecot({_USER: _PASSWORD}) as dovecot:
        dovecot.fill(made.inbox, user=_USER)
        dovecot.fill(made.sent, user=_USER, folder="Sent")
        ours, floor = _timed(dovecot, Path(folder) / "profile", made)
    mails = len(made.inbox) + len(made.sent)
    what = f"audit of {mails:,} mails, {_PEOPLE // 3:,} of them forms that are read whole"
    return [
        compared(f"{what}, against a bare FETCH of the headers", ours, floor, 40),
        below(what, max(ours) / 1000, 60, "s"),
    ]


def _timed(dovecot: Dovecot, profile: Path, made: MadePast) -> tuple[list[float], list[float]]:
    with Reader() as reader, core.open(profile, doors=Doors(Clock(), MemoryVault(), reader)) as desk:
        account = desk.accounts.add(_account(dovecot), _PASSWORD, test=False).account.id

        def ours() -> float:
            start = time.monotonic()
            audit = desk.audit.run(account)
            took = (time.monotonic() - start) * 1000
            assert audit is not None
            assert (audit.review.enquiries, audit.review.never) == (_PEOPLE, made.never)
            return took

        return interleaved(_RUNS, ours, lambda: _bare_fetch(dovecot))


def _account(dovecot: Dovecot) -> Account:
    return Account(
        email=_EMAIL,
        user=_USER,
        imap=dovecot.server,
        smtp=Server("127.0.0.1", 1, Security.PLAIN),
        ca_file=str(dovecot.ca_file),
        own_domain=True,
    )


def _bare_fetch(dovecot: Dovecot) -> float:
    """The same headers of the same mails by the standard library, and nothing done with them."""
    context = ssl.create_default_context(cafile=dovecot.ca_file)
    start = time.monotonic()
    client = imaplib.IMAP4_SSL("localhost", dovecot.imaps_port, ssl_context=context)
    client.login(_USER, _PASSWORD)
    for folder in ("INBOX", "Sent"):
        _, told = client.select(folder, readonly=True)
        there = int(told[0] or b"0")
        for first in range(1, there + 1, _BATCH):
            wanted = f"(INTERNALDATE BODY.PEEK[HEADER.FIELDS ({WANTED})]<0.{LONGEST}>)"
            client.fetch(f"{first}:{min(there, first + _BATCH - 1)}", wanted)
    client.logout()
    return (time.monotonic() - start) * 1000

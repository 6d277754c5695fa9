"""A server that falls silent, stage by stage (FAULTS S15), and files that change after approval (S24)."""

from __future__ import annotations

import hashlib
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields, replace
from pathlib import Path

import pytest

from leaddesk.desk.settling import SendPace
from leaddesk.doors.clock import Clock
from leaddesk.doors.mail.smtp import StageTimeouts, deliver
from leaddesk.words.account import Security, Server
from leaddesk.words.outgoing import Delivery
from leaddesk.words.outgoing import OutgoingState as S
from tests.outgoing_desk import OutgoingDesk
from tests.real.sink import Sink

_SHORT_S, _LONG_S = 0.15, 60.0
_STAGES = ("greeting", "ehlo", "auth", "mail", "rcpt", "data", "block", "dot")
_VERBS = {"ehlo": "EHLO", "auth": "AUTH", "mail": "MAIL", "rcpt": "RCPT", "data": "DATA"}
_ANSWERS = {"EHLO": "250-here\r\n250 AUTH PLAIN", "AUTH": "235 in", "DATA": "354 go on"}


@contextmanager
def falls_silent(stage: str) -> Iterator[Server]:
    """A server that says nothing more from this stage on, and keeps the connection open."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)  # what is not read is soon not written
        over = threading.Event()
        thread = threading.Thread(target=_serve, args=(door, stage, over), daemon=True)
        thread.start()
        try:
            yield Server("127.0.0.1", door.getsockname()[1], Security.PLAIN)
        finally:
            over.set()
            thread.join(5)


def _serve(door: socket.socket, stage: str, over: threading.Event) -> None:
    peer, _ = door.accept()
    with peer, peer.makefile("rb") as lines:
        if stage != "greeting":
            peer.sendall(b"220 here\r\n")
            _talk(peer, lines, stage)
        over.wait(10)


def _talk(peer: socket.socket, lines: Iterator[bytes], stage: str) -> None:
    for line in lines:
        verb = line[:4].decode().strip()
        if verb == _VERBS.get(stage):
            return
        peer.sendall(f"{_ANSWERS.get(verb, '250 ok')}\r\n".encode())
        if verb == "DATA":
            break
    if stage == "dot":
        while next(lines) != b".\r\n":
            pass


@pytest.mark.parametrize("stage", [each for each in _STAGES if each != "block"])
def test_each_stage_has_a_patience_of_its_own_and_only_the_dot_leaves_a_doubt(
    tmp_path: Path, stage: str
) -> None:
    patience = {each.name: _LONG_S for each in fields(StageTimeouts)} | {stage: _SHORT_S}
    desk = OutgoingDesk.open(tmp_path / "profile", Clock())
    with falls_silent(stage) as server:
        account = desk.account(server, user="ann")
        desk.passwords.remember(account, "right")
        mail = desk.approved(desk.lead())
        began = time.monotonic()
        desk.sender(SendPace(offline_s=30.0, stages=StageTimeouts(**patience))).round()
        seconds = time.monotonic() - began
    row = desk.row(mail.id)
    assert seconds < 20.0
    assert row.state is (S.UNSURE if stage == "dot" else S.QUEUED), row.why
    assert (row.attempts, row.next_try is None) == ((1, True) if stage == "dot" else (0, False))
    assert (desk.trouble("sending:") is None) is (stage == "dot")


def test_a_body_that_nobody_takes_is_given_up_and_was_not_sent() -> None:
    patience = replace(StageTimeouts().scaled(1 / 5), block=_SHORT_S)
    with falls_silent("block") as server:
        verdict = deliver(
            server, user=None, secret=None, ca_file=None, sender="ann@lofts.example",
            recipients=["ngozi@example.org"], raw=(b"x" * 76 + b"\r\n") * 400_000,
            before_commit=lambda: pytest.fail("the dot was about to be written"), stages=patience,
        )  # fmt: skip
    assert verdict.delivery is Delivery.NOT_REACHED


def test_no_stage_is_waited_for_longer_than_the_rules_of_mail_say() -> None:
    minutes = [getattr(StageTimeouts(), stage) / 60 for stage in _STAGES]
    assert minutes == [5, 5, 5, 5, 5, 2, 3, 10]
    assert StageTimeouts().connect <= 5 * 60


@pytest.mark.parametrize("is_gone", [False, True])
def test_a_file_that_changed_after_its_approval_goes_out_as_it_was_approved(
    tmp_path: Path, is_gone: bool
) -> None:
    desk, plan = OutgoingDesk.open(tmp_path / "profile", Clock()), tmp_path / "plan.pdf"
    plan.write_bytes(b"%PDF-1.7 as approved")
    with Sink(truth=tmp_path / "truth") as sink:
        desk.account(sink.server)
        draft = replace(desk.reply.draft(desk.lead()), body="Here it is.")
        mail = desk.reply.approve(replace(draft, files=desk.reply.enclose([plan])), undo=False)
        plan.unlink() if is_gone else plan.write_bytes(b"%PDF-1.7 something else")
        desk.sender().round()
        (taken,) = sink.taken()
    assert desk.row(mail.id).state is S.SENT
    assert taken.sha256 == hashlib.sha256(desk.store.outbox.raw(mail.id)).hexdigest()
    assert b"JVBERi0xLjcgYXMgYXBwcm92ZWQ=" in desk.store.outbox.raw(mail.id)  # the file, in base64

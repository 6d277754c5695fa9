"""The connection that is opened for the next mail while the end of the last one is written down."""

from __future__ import annotations

import contextlib
import socket
import time
from pathlib import Path

from leaddesk.doors.clock import Clock
from leaddesk.doors.mail.smtp import Ahead, StageTimeouts, deliver
from leaddesk.words.account import Room, Security, Server
from leaddesk.words.outgoing import Delivery, OutgoingState, Verdict
from tests.outgoing_desk import OutgoingDesk
from tests.real.ports import free_ports
from tests.real.sink import Sink

PATIENCE = StageTimeouts().scaled(1 / 100)


def delivered(ahead: Ahead, server: Server) -> Verdict:
    with contextlib.closing(ahead):
        return deliver(
            server, user=None, secret=None, ca_file=None, sender="ann@lofts.example",
            recipients=["ngozi@example.org"], raw=b"Subject: x\r\n\r\nx\r\n", before_commit=lambda: None,
            stages=PATIENCE, stop=ahead.stop, ahead=ahead,
        )  # fmt: skip


def wait_for(sink: Sink, connections: int) -> None:
    until = time.monotonic() + 5
    while sink.connections < connections and time.monotonic() < until:
        time.sleep(0.002)


def test_mails_that_follow_each_other_have_a_connection_each_and_none_too_many(tmp_path: Path) -> None:
    desk = OutgoingDesk.open(tmp_path / "profile", Clock())
    opened: list[int] = []
    with Sink(truth=tmp_path / "truth") as sink:
        desk.account(sink.server, room=Room(None, True))
        mails = [desk.approved(desk.lead()) for _ in range(4)]

        def step(name: str) -> None:
            if name == "claimed":
                wait_for(sink, len(opened) + 1 if opened else 0)
                opened.append(sink.connections)

        desk.sender(step=step).round()
        sink.wait_until_quiet()
        assert (len(sink.taken()), sink.connections) == (4, 4)
    assert opened == [0, 2, 3, 4]  # from the second on it is there before the mail is
    assert {desk.row(mail.id).state for mail in mails} == {OutgoingState.SENT}


def test_one_that_nobody_takes_is_closed(tmp_path: Path) -> None:
    with Sink(truth=tmp_path / "truth") as sink:
        ahead = Ahead(sink.server, None, PATIENCE)
        wait_for(sink, 1)
        ahead.close()
        sink.wait_until_quiet()
        assert (set(sink.heard) <= {"EHLO [127.0.0.1]"}, sink.taken()) == (True, [])


def test_what_went_wrong_with_it_is_told_of_the_mail() -> None:
    (port,) = free_ports(1)
    server = Server("127.0.0.1", port, Security.PLAIN)
    verdict = delivered(Ahead(server, None, PATIENCE), server)
    assert (verdict.delivery, verdict.counted) == (Delivery.NOT_REACHED, False)
    assert "refuses connections" in verdict.why


def test_a_stop_ends_its_wait_at_once() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        server = Server("127.0.0.1", silent.getsockname()[1], Security.PLAIN)
        ahead = Ahead(server, None, StageTimeouts())
        began = time.monotonic()
        ahead.stop.set()
        assert delivered(ahead, server).delivery is Delivery.NOT_REACHED
        assert time.monotonic() - began < 2

"""The demo's sink: takes every mail whole, on the loopback only, and ends when it is told to."""

from __future__ import annotations

import smtplib
import socket
import threading
from collections.abc import Iterator

import pytest

from leaddesk.demo.sink import Sink, SinkMail
from tests.demo.waiting import until

RAW = b"From: ann@example.com\r\nTo: bob@example.net\r\nSubject: Hi\r\n\r\n.\r\n..two dots\r\nbye\r\n"


@pytest.fixture
def sink() -> Iterator[Sink]:
    sink = Sink()
    sink.start()
    yield sink
    sink.stop()


def connect(sink: Sink) -> smtplib.SMTP:
    return smtplib.SMTP("127.0.0.1", sink.port, local_hostname="test", timeout=10)


def send(sink: Sink, raw: bytes = RAW) -> None:
    with connect(sink) as client:
        client.sendmail("ann@example.com", ["bob@example.net", "carol@example.org"], raw)


def talk(sink: Sink, *lines: bytes) -> bytes:
    """All that the sink says to these lines, sent at once."""
    with socket.create_connection(("127.0.0.1", sink.port), timeout=10) as client:
        client.sendall(b"".join(line + b"\r\n" for line in (*lines, b"QUIT")))
        said = b""
        while chunk := client.recv(4096):
            said += chunk
        return said


def test_a_mail_is_kept_with_its_envelope_and_its_dots(sink: Sink) -> None:
    send(sink)
    assert sink.mails == (SinkMail("ann@example.com", ("bob@example.net", "carol@example.org"), RAW),)


def test_whoever_asked_is_told_the_bytes() -> None:
    told: list[bytes] = []
    sink = Sink(told.append)
    sink.start()
    send(sink)
    assert until(lambda: told) == [RAW]
    sink.stop()


def test_two_mails_of_one_connection_are_two(sink: Sink) -> None:
    with connect(sink) as client:
        client.sendmail("a@example.com", ["b@example.com"], b"one\r\n")
        client.sendmail("c@example.com", ["d@example.com"], b"two\r\n")
    assert [(mail.sender, mail.raw) for mail in sink.mails] == [
        ("a@example.com", b"one\r\n"),
        ("c@example.com", b"two\r\n"),
    ]


def test_many_can_send_at_once(sink: Sink) -> None:
    threads = [threading.Thread(target=send, args=(sink,)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert len(sink.mails) == 8


def test_a_line_longer_than_any_buffer_stays_one_line(sink: Sink) -> None:
    raw = b"X" * 8191 + b".\r\n" + b"Y" * 20_000 + b"\r\n"
    with connect(sink) as client:
        client.sendmail("a@example.com", ["b@example.com"], raw)
    assert sink.mails[0].raw == raw


def test_a_mail_that_was_cut_before_its_dot_is_not_kept(sink: Sink) -> None:
    with socket.create_connection(("127.0.0.1", sink.port), timeout=10) as client:
        client.sendall(b"MAIL FROM:<a@example.com>\r\nRCPT TO:<b@example.com>\r\nDATA\r\nhalf a mail\r\n")
        client.shutdown(socket.SHUT_WR)
        while client.recv(4096):
            pass
    send(sink)
    assert [mail.raw for mail in sink.mails] == [RAW]


def test_the_order_of_commands_is_kept(sink: Sink) -> None:
    said = talk(sink, b"HELO x", b"RCPT TO:<b@example.com>", b"DATA", b"NOOP", b"VRFY x")
    codes = [line[:3] for line in said.split(b"\r\n") if line]
    assert codes == [b"220", b"250", b"503", b"503", b"250", b"502", b"221"]


def test_a_reset_forgets_the_sender_but_a_noop_does_not(sink: Sink) -> None:
    said = talk(sink, b"MAIL FROM:<a@example.com>", b"NOOP", b"RCPT TO:<b@example.com>", b"RSET", b"DATA")
    assert b"354" not in said
    assert said.count(b"250") == 4


def test_it_offers_neither_tls_nor_a_sign_in_and_listens_on_the_loopback_only(sink: Sink) -> None:
    with connect(sink) as client:
        client.ehlo()
        assert not client.has_extn("starttls")
        assert not client.has_extn("auth")
        assert client.sock is not None
        assert client.sock.getpeername()[0] == "127.0.0.1"


def test_stopping_cuts_who_is_still_connected(sink: Sink) -> None:
    client = connect(sink)
    client.ehlo()
    sink.stop()
    with pytest.raises((smtplib.SMTPServerDisconnected, ConnectionError)):
        client.noop()
    client.close()
    with pytest.raises(OSError, match="refused"):
        connect(sink)


def test_a_sink_that_never_served_can_be_stopped() -> None:
    sink = Sink()
    assert sink.port > 0
    sink.stop()
    sink.stop()

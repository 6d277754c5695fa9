"""A lead's whole walk through the command line alone: real Dovecot, real SMTP, real processes."""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.real.certificates import Certificates
from tests.real.dovecot import Dovecot
from tests.real.ports import free_ports
from tests.real.sink import Sink

pytestmark = pytest.mark.real
ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "secret words"
PATIENCE_S = 20.0

ENQUIRY = b"""From: Ngozi Eze <ngozi@customer.example>\r
To: ana@lofts.example\r
Subject: A dormer\r
Message-ID: <first@customer.example>\r
Date: Mon, 02 Nov 2026 09:00:00 +0000\r
\r
What does a dormer cost for a terraced house?\r
"""
ANSWER = """From: Ngozi Eze <ngozi@customer.example>\r
To: ana@lofts.example\r
Subject: Re: A dormer\r
Message-ID: <second@customer.example>\r
In-Reply-To: {}\r
\r
Thursday at ten would suit us.\r
"""
BY_PHONE = """From: Ana <ana@lofts.example>\r
To: ngozi@customer.example\r
Subject: Re: A dormer\r
Message-ID: <phone@lofts.example>\r
In-Reply-To: <first@customer.example>\r
User-Agent: K-9 Mail\r
\r
I wrote this on my phone.\r
"""


@dataclass(frozen=True)
class Desk:
    """Commands of one profile, each in a process of its own."""

    profile: Path

    def start(self, *words: str) -> subprocess.Popen[bytes]:
        kept = {key: os.environ[key] for key in ("PATH", "HOME", "LANG") if key in os.environ}
        return subprocess.Popen(
            [sys.executable, "-m", "leaddesk", "--profile", str(self.profile), "--json", *words],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**kept, "PYTHONPATH": os.pathsep.join((str(ROOT), str(ROOT / "ui")))},
        )

    def __call__(self, *words: str, stdin: str = "", code: int = 0) -> list[dict[str, Any]]:
        with self.start(*words) as process:
            out, err = process.communicate(stdin.encode(), timeout=60)
        assert process.returncode == code, err.decode()
        assert b"Traceback" not in err
        return [json.loads(line) for line in out.splitlines()]

    def add(
        self, dovecot: Dovecot, sink: Sink, *more: str, password: str = PASSWORD, code: int = 0
    ) -> dict[str, Any]:
        (made,) = self(
            *(
                "account",
                "add",
                "--email",
                "ana@lofts.example",
                "--name",
                "Ana",
                "--user",
                "ana",
                "--folder",
                "INBOX",
            ),
            *(
                "--imap",
                f"localhost:{dovecot.imaps_port}",
                "--imap-security",
                "tls",
                "--ca",
                str(dovecot.ca_file),
            ),
            *("--smtp", f"127.0.0.1:{sink.port}", "--smtp-security", "plain", "--password-stdin", *more),
            stdin=f"{password}\n",
            code=code,
        )
        return made


class Watch:
    """A running `leaddesk watch`, with its events as they come."""

    def __init__(self, desk: Desk) -> None:
        self.process = desk.start("watch", "--password-stdin")
        assert self.process.stdin is not None
        self.process.stdin.write(f"{PASSWORD}\n".encode())
        self.process.stdin.flush()  # and stays open, as a terminal or a service's pipe does
        self.events: list[dict[str, Any]] = []
        self._lines: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._lines.put(line)

    def until(self, event: str, **facts: object) -> dict[str, Any]:
        """Waits for an event with these facts, among those that were not asked for yet."""
        end = time.monotonic() + PATIENCE_S
        while True:
            for place, each in enumerate(self.events):
                if each["event"] == event and facts.items() <= each.items():
                    return self.events.pop(place)
            left = end - time.monotonic()
            assert left > 0, f"no {event} {facts} among {self.events}"
            try:
                self.events.append(json.loads(self._lines.get(timeout=left)))
            except queue.Empty:
                continue

    def end(self) -> None:
        self.process.terminate()
        began = time.monotonic()
        assert self.process.wait(10) == 0
        assert time.monotonic() - began < 2.0
        for pipe in (self.process.stdin, self.process.stdout, self.process.stderr):
            assert pipe is not None
            pipe.close()


def until(condition: Callable[[], object], seconds: float = PATIENCE_S) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not come to that"
        time.sleep(0.05)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path / "profile")


@pytest.fixture
def sink(tmp_path: Path, dovecot: Dovecot) -> Iterator[Sink]:
    with Sink(
        "auth", truth=tmp_path / "truth.jsonl", mails=tmp_path / "mails", users={"ana": PASSWORD}
    ) as server:
        yield server


@pytest.fixture
def text(tmp_path: Path) -> str:
    file = tmp_path / "answer.txt"
    file.write_text("Dear Ngozi,\n\nabout 40,000 €. May I look at the roof?\n", encoding="utf-8")
    return str(file)


def test_an_enquiry_all_the_way(desk: Desk, dovecot: Dovecot, sink: Sink, text: str) -> None:
    made = desk.add(dovecot, sink, "--keep-in-memory")
    assert [(s["step"], s["server"]) for s in made["tests"]] == [
        *((step, "imap") for step in ("reach", "tls", "login", "folder")),
        *((step, "smtp") for step in ("reach", "tls", "login", "send")),
    ]
    assert all(step["ok"] for step in made["tests"])
    assert (made["sent_folder"], made["keyring"]) == ("Sent", None)
    assert len(sink.taken()) == 1  # the test mail to oneself

    watch = Watch(desk)
    online = watch.until("connection", folder="INBOX", state="online")
    assert online["account"] == made["account"]
    watch.until("connection", folder="Sent", state="online")

    dovecot.deliver(ENQUIRY)
    enquiry = watch.until("enquiry")
    lead = enquiry["lead"]
    assert (enquiry["account"], enquiry["quiet"]) == (made["account"], False)
    assert watch.until("mail", lead=lead)["kind"] == "enquiry"
    alert = watch.until("alert", lead=lead)
    assert (alert["loudness"], alert["count"], alert["shown_by"]) == (1, 1, None)
    (row,) = desk("queue")
    assert (row["lead"], row["what"], row["turn"], row["rung"]) == (lead, "new", "ours", "now")

    (reply,) = desk("reply", str(lead), "--text-file", text, "--no-undo")
    assert watch.until("sending")["outgoing"] == reply["outgoing"]
    assert watch.until("sent")["outgoing"] == reply["outgoing"]
    (out,) = desk("outbox")
    assert (out["state"], out["message_id"]) == ("sent", reply["message_id"])
    assert out["answer"].startswith("250 ")
    taken = sink.taken()[-1]
    assert (taken.message_id, taken.rcpt) == (reply["message_id"], ("ngozi@customer.example",))
    until(lambda: reply["message_id"] in dovecot.message_ids(folder="Sent"))
    assert desk("queue") == []

    dovecot.deliver(ANSWER.format(reply["message_id"]).encode())
    answer = watch.until("reply")
    assert (answer["lead"], answer["joined"]) == (lead, False)
    watch.until("alert", lead=lead)
    (row,) = desk("queue")
    assert (row["lead"], row["what"]) == (lead, "reply")
    (shown,) = desk("lead", str(lead))
    assert [(t["direction"], t["automatic"]) for t in shown["touches"]] == [
        ("in", False),
        ("out", False),
        ("in", False),
    ]
    first = shown["enquiries"][0]["first_response"]
    assert (first["channel"], first["how"]) == ("email", "measured")
    assert 0 <= first["after_s"] < 60

    (review,) = desk("review")
    assert (review["enquiries"], review["answered"], review["waiting"]) == (1, 1, 0)
    assert (review["median_s"], review["within"]["5min"]) == (first["after_s"], 1)
    watch.end()
    assert len(sink.taken()) == 2
    assert [row["lead"] for row in desk("queue")] == [lead]  # and the next morning it is still there


def test_an_answer_from_the_phone_counts(desk: Desk, dovecot: Dovecot, sink: Sink) -> None:
    desk.add(dovecot, sink, "--keep-in-memory", "--no-test", "--sent", "Sent")
    watch = Watch(desk)
    watch.until("connection", folder="INBOX", state="online")
    watch.until("connection", folder="Sent", state="online")
    dovecot.deliver(ENQUIRY)
    lead = watch.until("enquiry")["lead"]
    dovecot.append(BY_PHONE.encode(), folder="Sent")
    watch.until("mail", lead=lead, kind="own")
    (shown,) = desk("lead", str(lead))
    assert shown["enquiries"][0]["first_response"]["how"] == "measured"
    assert shown["turn"] == "theirs"
    watch.end()


def test_what_came_before_the_first_sync_is_quiet(desk: Desk, dovecot: Dovecot, sink: Sink) -> None:
    dovecot.deliver(ENQUIRY)
    desk.add(dovecot, sink, "--keep-in-memory", "--no-test")
    events = desk("watch", "--once", "--password-stdin", stdin=f"{PASSWORD}\n")
    (enquiry,) = [event for event in events if event["event"] == "enquiry"]
    assert enquiry["quiet"] is True
    assert "alert" not in [event["event"] for event in events]
    assert len(desk("queue")) == 1


def test_once_sends_what_may_be_sent_now(desk: Desk, dovecot: Dovecot, sink: Sink, text: str) -> None:
    dovecot.deliver(ENQUIRY)
    desk.add(dovecot, sink, "--keep-in-memory", "--no-test")
    desk("watch", "--once", "--password-stdin", stdin=f"{PASSWORD}\n")
    (now,) = desk("reply", "1", "--text-file", text, "--no-undo")
    (later,) = desk("reply", "1", "--text-file", text, "--at", "2030-01-01T09:00")
    events = desk("watch", "--once", "--password-stdin", stdin=f"{PASSWORD}\n")
    assert [(e["event"], e["outgoing"]) for e in events if e["outgoing"]] == [
        ("sending", now["outgoing"]),
        ("sent", now["outgoing"]),
    ]
    assert [row["state"] for row in desk("outbox")] == ["sent", "queued"]
    desk("outbox", "cancel", str(later["outgoing"]))
    assert desk("watch", "--once", code=3) is not None  # no password: the person is needed


def test_a_wrong_password_is_a_no_that_keeps_nothing(desk: Desk, dovecot: Dovecot, sink: Sink) -> None:
    refused = desk.add(dovecot, sink, "--keep-in-memory", password="wrong", code=1)
    assert refused["account"] is None
    assert (refused["tests"][-1]["step"], refused["tests"][-1]["ok"]) == ("login", False)
    assert desk("account", "list") == []
    assert sink.taken() == []
    desk.add(dovecot, sink, "--keep-in-memory", "--no-test")
    desk("watch", "--once", "--password-stdin", stdin="wrong\n", code=3)
    assert (
        desk("account", "test", "1", "--password-stdin", stdin="wrong\n", code=1)[0]["tests"][-1]["ok"]
        is False
    )
    (tested,) = desk("account", "test", "1", "--password-stdin", stdin=f"{PASSWORD}\n")
    assert [step["step"] for step in tested["tests"]].count("send") == 1


def test_a_mail_for_a_server_out_of_reach_waits_without_a_try(
    desk: Desk, dovecot: Dovecot, sink: Sink, text: str
) -> None:
    (nobody,) = free_ports(1)
    dovecot.deliver(ENQUIRY)
    desk.add(dovecot, sink, "--keep-in-memory", "--no-test", "--smtp", f"127.0.0.1:{nobody}")
    desk("watch", "--once", "--password-stdin", stdin=f"{PASSWORD}\n")
    desk("reply", "1", "--text-file", text, "--no-undo")
    desk("watch", "--once", "--password-stdin", stdin=f"{PASSWORD}\n", code=1)
    (row,) = desk("outbox")
    assert (row["state"], row["attempts"]) == ("queued", 0)
    assert row["why"]
    assert row["next_try"]


def test_a_certificate_nobody_vouches_for_is_refused_in_words(
    desk: Desk, dovecot: Dovecot, sink: Sink, certificates: Certificates, tmp_path: Path
) -> None:
    with desk.start(
        *("account", "add", "--email", "ana@lofts.example", "--imap", f"localhost:{dovecot.imaps_port}"),
        *("--smtp", f"127.0.0.1:{sink.port}", "--smtp-security", "plain", "--password-stdin"),
    ) as process:
        out, err = process.communicate(f"{PASSWORD}\n".encode(), timeout=60)
    assert process.returncode == 1
    assert json.loads(out)["tests"][-1]["step"] == "tls"
    assert err.count(b"\n") == 1

"""The reader child: killed, hanging, talking nonsense or asked too much, it harms nobody, loses nothing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from leaddesk.doors.mail.reader import Reader, ReaderClosed, ReaderNotStarted, child_command
from leaddesk.words.mail import Known, MailKind
from tests.rules.capture.letters import letter

ROOT = Path(__file__).resolve().parents[2]
HELLO = "import sys,time,struct,os; out=sys.stdout.buffer; out.write(bytes(4)); out.flush(); "


@pytest.fixture
def reader() -> Iterator[Reader]:
    with Reader() as made:
        yield made


def _played(script: str, limit_s: float = 5) -> Reader:
    """A reader whose child plays a part."""
    return Reader([sys.executable, "-c", HELLO + script], timedelta(seconds=limit_s))


def test_a_mail_is_read_in_a_child_that_is_kept(reader: Reader) -> None:
    assert reader.child_pid is None
    first = reader.read(letter(subject="Küche"), Known())
    pid = reader.child_pid
    second = reader.read(letter(subject="Bad"), Known())
    assert (first.kind, first.subject, second.subject) == (MailKind.ENQUIRY, "Küche", "Bad")
    assert reader.child_pid == pid


def test_what_we_know_reaches_the_child(reader: Reader) -> None:
    known = Known(own_domains=frozenset({"firm.example"}))
    assert reader.read(letter("Bob <bob@firm.example>"), known).kind is MailKind.OWN


def test_a_child_that_was_killed_is_replaced_and_the_mail_read(reader: Reader) -> None:
    reader.read(letter(), Known())
    pid = reader.child_pid
    assert pid
    os.kill(pid, signal.SIGTERM if os.name == "nt" else signal.SIGKILL)
    assert reader.read(letter(), Known()).kind is MailKind.ENQUIRY
    assert reader.child_pid != pid


def test_a_child_that_dies_over_a_mail_twice_leaves_it_unreadable() -> None:
    with _played("sys.stdin.buffer.read(8); os._exit(9)") as reader:
        reading = reader.read(letter(subject="Angebot"), Known())
    assert reading.kind is MailKind.UNREADABLE
    assert (reading.subject, reading.from_email) == ("Angebot", "ann@beck.example")
    assert reading.why[0].endswith(".")


@pytest.mark.parametrize(
    "command", [[sys.executable, "-c", "raise SystemExit(1)"], ["no-such-program-4711"]], ids=["dies", "none"]
)
def test_a_child_that_does_not_come_up_judges_no_mail(command: list[str]) -> None:
    with Reader(command) as reader, pytest.raises(ReaderNotStarted):
        reader.read(letter(), Known())


def test_the_child_finds_packages_where_we_found_ours(tmp_path: Path) -> None:
    script = (
        "import sys; sys.path.append(sys.argv[1]); "
        "from leaddesk.doors.mail.reader import _environment as e; print(e()['PYTHONPATH'])"
    )
    shown = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path)], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert str(tmp_path) in shown.stdout.strip().split(os.pathsep)


def test_a_child_that_hangs_is_killed_in_time() -> None:
    with _played("time.sleep(60)", 0.5) as reader:
        start = time.monotonic()
        reading = reader.read(letter(), Known())
    assert time.monotonic() - start < 4
    assert reading.kind is MailKind.UNREADABLE
    assert "0.5 seconds" in reading.why[0]


@pytest.mark.parametrize("answer", ["b'{}'", "b'not json'", "b'[1]'", r"b'\xff\xfe'"])
def test_an_answer_that_is_none_leaves_the_mail_unreadable(answer: str) -> None:
    send = "out.write(struct.pack('>I', len(a)) + a); out.flush(); time.sleep(9)"
    script = f"sys.stdin.buffer.read(8); a={answer}; {send}"
    with _played(script) as reader:
        assert reader.read(letter(), Known()).kind is MailKind.UNREADABLE


def test_an_answer_without_end_is_not_waited_for() -> None:
    with _played("out.write(b'\\xff' * 8); out.flush(); time.sleep(9)") as reader:
        assert reader.read(letter(), Known()).kind is MailKind.UNREADABLE


@pytest.mark.parametrize(
    "raw",
    [
        letter() + b"x" * 30_000_000,
        b'From: a@b.example\nContent-Type: multipart/mixed; boundary="b"\n\n' + b"--b\n\nx\n" * 20_000,
        b"From: a@b.example\n"
        + b"".join(b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (n, n) for n in range(1000)),
    ],
    ids=["30 MB", "20,000 parts", "1000 deep"],
)
def test_a_monster_is_judged_within_the_limit(reader: Reader, raw: bytes) -> None:
    start = time.monotonic()
    reading = reader.read(raw, Known())
    assert time.monotonic() - start < 6
    assert reading.from_email in ("ann@beck.example", "a@b.example")


def test_many_threads_may_ask_at_once(reader: Reader) -> None:
    subjects: list[str] = []
    mails = [letter(subject=f"S{n}") for n in range(8)]

    def ask(raw: bytes) -> None:
        subjects.append(reader.read(raw, Known()).subject)

    threads = [threading.Thread(target=ask, args=(raw,)) for raw in mails]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert sorted(subjects) == [f"S{n}" for n in range(8)]


def test_closing_does_not_wait_for_a_mail_in_the_works() -> None:
    reader = _played("time.sleep(60)", 30)
    caught: list[BaseException] = []

    def ask() -> None:
        try:
            reader.read(letter(), Known())
        except ReaderClosed as error:
            caught.append(error)

    thread = threading.Thread(target=ask)
    thread.start()
    while reader.child_pid is None:
        time.sleep(0.01)
    start = time.monotonic()
    reader.close()
    thread.join(5)
    assert time.monotonic() - start < 2
    assert caught


def test_a_closed_reader_judges_nothing() -> None:
    reader = Reader()
    reader.close()
    with pytest.raises(ReaderClosed):
        reader.read(letter(), Known())


def test_the_child_ends_when_its_input_closes() -> None:
    child = subprocess.Popen(
        child_command(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert child.stdin
    assert child.stdout
    assert child.stdout.read(4) == bytes(4)
    child.stdin.close()
    assert child.wait(10) == 0
    child.stdout.close()


def test_no_secret_of_ours_reaches_the_child() -> None:
    script = "from leaddesk.doors.mail.reader import _environment as e; print(e())"
    shown = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
        env={**os.environ, "LEADDESK_SECRET": "canary-4711"},
    )
    assert "PYTHONPATH" in shown.stdout
    assert "canary-4711" not in shown.stdout

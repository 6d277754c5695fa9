"""The program as a person or a script starts it: `python -m leaddesk`."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

from leaddesk.doors.mail.reader import HIDDEN_ARGUMENT
from tests.cli.calling import mail

ROOT = Path(__file__).resolve().parents[2]
HEAVY = (
    "PySide6",
    "imapclient",
    "keyring",
    "plyer",
    "desktop_notifier",
    "dbus_fast",
    "phonenumbers",
    "psycopg",
)


def environment(**more: str) -> dict[str, str]:
    kept = {
        key: value
        for key, value in os.environ.items()
        if key in ("PATH", "HOME", "SYSTEMROOT", "TEMP", "TMP")
    }
    return {**kept, "PYTHONPATH": os.pathsep.join((str(ROOT), str(ROOT / "ui"))), **more}


def leaddesk(
    *words: str, stdin: bytes = b"", told: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "leaddesk", *words]
    return subprocess.run(
        command, input=stdin, env=environment(**(told or {})), capture_output=True, timeout=60, check=False
    )


@contextmanager
def watching(profile: Path, *words: str) -> Iterator[subprocess.Popen[bytes]]:
    """`leaddesk watch`, once it has begun."""
    with subprocess.Popen(
        [sys.executable, "-m", "leaddesk", "--profile", str(profile), "watch", *words],
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment(),
    ) as process:  # fmt: skip
        try:
            until((profile / "lock.json").exists)
            yield process
        finally:
            process.kill()


def until(condition: Callable[[], object], seconds: float = 20.0) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not come to that"
        time.sleep(0.01)


def test_json_is_utf8_whatever_the_terminal_speaks(tmp_path: Path) -> None:
    profile = str(tmp_path / "p")
    added = leaddesk("add", "--name", "Sabine Brückner 王", "--profile", profile, told={"PYTHONUTF8": "1"})
    assert added.returncode == 0, added.stderr
    for told in (
        {"PYTHONIOENCODING": "ascii"},
        {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
    ):
        said = leaddesk("--profile", profile, "queue", "--json", told=told)
        assert json.loads(said.stdout.decode("utf-8"))["name"] == "Sabine Brückner 王"
        assert said.stderr == b""
        assert b"Sabine Br?ckner" in leaddesk("--profile", profile, "queue", told=told).stdout


def test_the_environment_names_the_profile(tmp_path: Path) -> None:
    said = leaddesk("add", "--name", "Tom", told={"LEADDESK_PROFILE": str(tmp_path / "p")})
    assert said.returncode == 0, said.stderr
    assert (tmp_path / "p" / "leaddesk.db").exists()


def test_the_exit_code_comes_out(tmp_path: Path) -> None:
    profile = str(tmp_path / "p")
    for words, code in ((("lead", "3"), 1), (("grow",), 2), (("--help",), 0), (("--version",), 0)):
        said = leaddesk("--profile", profile, *words)
        assert (said.returncode, b"Traceback" in said.stderr) == (code, False)


def test_a_pipe_that_is_closed_early_is_met_in_silence(tmp_path: Path) -> None:
    profile = tmp_path / "p"
    assert leaddesk("sample", str(profile), "--leads", "300").returncode == 0
    reader, writer = os.pipe()
    os.close(reader)
    with subprocess.Popen(
        [sys.executable, "-m", "leaddesk", "--profile", str(profile), "config", "--json"],
        stdout=writer, stderr=subprocess.PIPE, env=environment(),
    ) as process:  # fmt: skip
        os.close(writer)
        _, told = process.communicate(timeout=60)
    assert (process.returncode, told) == (1, b"")


def test_nothing_heavy_is_imported_to_show_the_queue(tmp_path: Path) -> None:
    code = (
        "import sys; from leaddesk.__main__ import main; sys.argv = ['leaddesk', 'queue'];"
        f"code = main(); heavy = [m for m in {HEAVY} if sys.modules.get(m)];"
        "print(heavy, file=sys.stderr); sys.exit(code)"
    )
    said = subprocess.run(
        [sys.executable, "-c", code], env=environment(LEADDESK_PROFILE=str(tmp_path / "p")),
        capture_output=True, timeout=60, check=False,
    )  # fmt: skip
    assert (said.returncode, said.stderr) == (0, b"[]\n")


def test_without_a_display_the_window_says_so(tmp_path: Path) -> None:
    if sys.platform in ("win32", "darwin"):
        pytest.skip("there is always a display")
    said = leaddesk("--profile", str(tmp_path / "p"))
    assert said.returncode == 1
    assert said.stderr.startswith(b"There is no display for a window here.")
    assert not (tmp_path / "p").exists()


def test_the_hidden_word_makes_it_the_reader_child() -> None:
    said = leaddesk(HIDDEN_ARGUMENT)
    assert said.returncode == 0
    assert said.stderr == b""
    assert len(said.stdout) < 16  # the greeting: an empty frame


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_watch_ends_within_two_seconds_with_0(tmp_path: Path, number: signal.Signals) -> None:
    with watching(tmp_path / "p", "--json") as process:
        began = time.monotonic()
        process.send_signal(number)
        out, told = process.communicate(timeout=20)
        assert time.monotonic() - began < 2.0
    assert (process.returncode, out, told) == (0, b"", b"")
    assert not (tmp_path / "p" / "lock.json").exists()


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
def test_a_watch_that_is_told_to_end_while_it_gets_ready_ends_with_0(tmp_path: Path) -> None:
    for delay in (0.15, 0.3, 0.45):
        with subprocess.Popen(
            [sys.executable, "-m", "leaddesk", "--profile", str(tmp_path / "p"), "watch"],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment(),
        ) as process:  # fmt: skip
            time.sleep(delay)
            process.send_signal(signal.SIGTERM)
            _, told = process.communicate(timeout=20)
        assert process.returncode in (0, -signal.SIGTERM)  # the latter before Python runs our first line
        assert b"Traceback" not in told


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
def test_a_hang_up_that_nohup_ignores_stays_ignored(tmp_path: Path) -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with watching(tmp_path / "p") as process:
            process.send_signal(signal.SIGHUP)
            time.sleep(0.3)
            assert process.poll() is None
            process.terminate()
            assert process.wait(10) == 0
    finally:
        signal.signal(signal.SIGHUP, before)


def test_a_watch_tells_each_event_at_once_also_what_another_command_did(tmp_path: Path) -> None:
    profile = tmp_path / "p"
    with watching(profile, "--json") as process:
        assert process.stdout is not None
        took_in = leaddesk("--profile", str(profile), "capture", "-", "--json", stdin=mail())
        assert took_in.returncode == 0, took_in.stderr
        events = [json.loads(process.stdout.readline()) for _ in range(3)]
        assert {event["event"] for event in events} == {"enquiry", "mail", "alert"}
        assert leaddesk("--profile", str(profile), "watch", "--once").returncode == 4
        assert leaddesk("--profile", str(profile), "queue").returncode == 0
        process.terminate()
        assert process.wait(10) == 0


def test_a_watch_whose_reader_went_away_ends(tmp_path: Path) -> None:
    profile = tmp_path / "p"
    with watching(profile, "--json") as process:
        assert process.stdout is not None
        process.stdout.close()
        assert leaddesk("--profile", str(profile), "capture", "-", stdin=mail()).returncode == 0
        assert process.wait(20) == 1
    assert not (profile / "lock.json").exists()

"""The log: private, turned over, without secrets, never in the way."""

from __future__ import annotations

import base64
import logging
import stat
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, quote_plus

import pytest

from leaddesk.doors.logs import Log, Secrets

SECRET = "pa$$ wörd/+&'1"


@pytest.fixture
def secrets() -> Secrets:
    secrets = Secrets()
    secrets.add(SECRET)
    return secrets


@pytest.fixture
def log(tmp_path: Path, secrets: Secrets) -> Iterator[Log]:
    log = Log(tmp_path / "logs", secrets)
    levels = {name: logging.getLogger(name).level for name in ("", "leaddesk", "leaddesk_ui")}
    yield log
    log.close()
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)


@pytest.fixture
def _nobodys_hooks(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a program: pytest itself takes both hooks."""
    monkeypatch.setattr(sys, "excepthook", sys.__excepthook__)
    monkeypatch.setattr(threading, "excepthook", threading.__excepthook__)


def _written(log: Log) -> str:
    path = log.open()
    assert path
    return path.read_text(encoding="utf-8")


def _wire_forms(secret: str) -> list[str]:
    """The secret as it goes over wires, each within something longer."""
    raw = secret.encode()
    b64 = [
        base64.b64encode(before + raw + b"\x01\x01").decode() for before in (b"", b"\0", b"\0\0", b"\0ana\0")
    ]
    url = [base64.urlsafe_b64encode(raw).decode()]
    return [
        secret,
        repr(secret),
        quote(secret),
        quote_plus(secret),
        raw.hex(),
        str(secret.encode("utf-16-le")),
        *b64,
        *url,
    ]


@pytest.mark.parametrize("form", _wire_forms(SECRET))
def test_a_secret_is_hidden_in_every_form(secrets: Secrets, form: str) -> None:
    scrubbed = secrets.scrub(f"AUTH PLAIN {form} refused")
    assert "[secret]" in scrubbed
    assert scrubbed.startswith("AUTH PLAIN ")
    assert scrubbed.endswith(" refused")
    left = scrubbed.removeprefix("AUTH PLAIN ").removesuffix(" refused").replace("[secret]", "")
    assert len(left) <= 16, "only what stood around it in its coding"


def test_a_short_secret_does_not_eat_other_words() -> None:
    secrets = Secrets()
    secrets.add("ab1")
    assert secrets.scrub("a base64 YWI and a word, ab1") == "a base64 YWI and a word, [secret]"


def test_an_empty_secret_hides_nothing() -> None:
    secrets = Secrets()
    secrets.add("")
    assert secrets.scrub("text") == "text"


def test_messages_arguments_and_tracebacks_are_scrubbed(log: Log) -> None:
    path = log.open()
    assert path
    ours = logging.getLogger("leaddesk.test")
    ours.info("signing in with %s", SECRET)
    try:
        raise ValueError(f"refused: {base64.b64encode(SECRET.encode()).decode()}")
    except ValueError:
        ours.exception("failed")
    text = path.read_text(encoding="utf-8")
    assert "signing in with [secret]" in text
    assert "ValueError: refused: [secret]" in text
    assert SECRET not in text


def test_libraries_are_heard_from_warning_on_and_we_from_info_on(log: Log) -> None:
    path = log.open()
    assert path
    logging.getLogger("peewee").debug("parameters")
    logging.getLogger("imapclient").info("a whole mail")
    logging.getLogger("imapclient").warning("odd server")
    logging.getLogger("leaddesk.desk").debug("details")
    logging.getLogger("leaddesk_ui").info("the window opened")
    text = path.read_text(encoding="utf-8")
    assert ("odd server" in text, "the window opened" in text) == (True, True)
    assert not [words for words in ("parameters", "whole mail", "details") if words in text]


def test_the_files_are_private_and_turn_over(log: Log, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("leaddesk.doors.logs._SIZE", 2000)
    path = log.open()
    assert path
    for number in range(200):
        logging.getLogger("leaddesk").info("line %d of many", number)
    files = sorted(path.parent.iterdir())
    assert len(files) == 5
    assert sum(file.stat().st_size for file in files) < 5 * 2200
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


@pytest.mark.usefixtures("_nobodys_hooks")
def test_what_nobody_caught_is_written_without_the_secret(
    log: Log, capsys: pytest.CaptureFixture[str]
) -> None:
    path = log.open()
    assert path
    error = RuntimeError(f"with {SECRET}")
    sys.excepthook(RuntimeError, error, None)
    thread = threading.Thread(target=_raise, args=(error,), name="pulse")
    thread.start()
    thread.join()
    text = path.read_text(encoding="utf-8")
    assert "nobody caught this in pulse" in text
    assert text.count("RuntimeError: with [secret]") == 2
    assert capsys.readouterr().err.count("RuntimeError: with [secret]") == 2


def _raise(error: Exception) -> None:
    raise error


def test_a_folder_that_cannot_be_had_means_no_log_and_no_error(tmp_path: Path, secrets: Secrets) -> None:
    (tmp_path / "logs").touch()
    log = Log(tmp_path / "logs", secrets)
    hook = sys.excepthook
    assert log.open() is None
    assert sys.excepthook is hook
    log.close()


def test_a_full_disk_loses_lines_and_nothing_else(log: Log, capsys: pytest.CaptureFixture[str]) -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("this system has no /dev/full")
    path = log.open()
    assert path
    log.close()
    path.unlink()
    path.symlink_to(full)
    assert log.open()
    logging.getLogger("leaddesk").error("a line")
    log.close()
    assert capsys.readouterr().err == ""


@pytest.mark.usefixtures("_nobodys_hooks")
def test_closing_gives_the_hooks_back(log: Log) -> None:
    log.open()
    assert sys.excepthook is not sys.__excepthook__
    assert threading.excepthook is not threading.__excepthook__
    log.close()
    assert (sys.excepthook, threading.excepthook) == (sys.__excepthook__, threading.__excepthook__)


@pytest.mark.usefixtures("_nobodys_hooks")
def test_hooks_that_somebody_has_stay_theirs(log: Log, monkeypatch: pytest.MonkeyPatch) -> None:
    before = _Hooks()
    monkeypatch.setattr(sys, "excepthook", before.take)
    monkeypatch.setattr(threading, "excepthook", before.take_of_thread)
    log.open()
    assert (sys.excepthook, threading.excepthook) == (before.take, before.take_of_thread)
    log.close()
    assert (sys.excepthook, threading.excepthook) == (before.take, before.take_of_thread)


@pytest.mark.usefixtures("_nobodys_hooks")
def test_hooks_that_were_taken_after_the_log_stay_taken(log: Log) -> None:
    log.open()
    after = _Hooks()
    sys.excepthook, threading.excepthook = after.take, after.take_of_thread
    log.close()
    assert (sys.excepthook, threading.excepthook) == (after.take, after.take_of_thread)


class _Hooks:
    """Somebody else who takes what nobody caught."""

    def take(self, *fault: object) -> None:
        """As `sys` calls it."""

    def take_of_thread(self, fault: object) -> None:
        """As `threading` calls it."""

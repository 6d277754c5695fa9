"""One LeadDesk a profile."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

import pytest

from leaddesk.doors.instance import Holder, Kind, ProfileInUse, ProfileLock
from leaddesk.words.errors import InUse, Unusable

HOLDER = """
import subprocess, sys
from pathlib import Path
from leaddesk.doors.instance import Kind, ProfileLock
lock = ProfileLock(Path(sys.argv[1]), Kind(sys.argv[2]))
lock.acquire()
nothing = subprocess.DEVNULL
child = subprocess.Popen(["sleep", "30"], close_fds=False, stdin=nothing, stdout=nothing)
print(child.pid, flush=True)
sys.stdin.read()
child.kill()
child.wait()
"""


@contextmanager
def _other_process(profile: Path, kind: Kind) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """A process that holds the profile, and the pid of a child of its that inherits all it can."""
    command = (sys.executable, "-c", HOLDER, str(profile), kind.value)
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=_env())
    assert process.stdin
    assert process.stdout
    child = int(process.stdout.readline())
    try:
        yield process, child
    finally:
        process.stdin.close()
        process.wait(10)
        process.stdout.close()


def _env() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}


def test_a_second_holder_is_told_who_has_it(tmp_path: Path) -> None:
    for kind, words in ((Kind.WINDOW, "open in a window"), (Kind.WATCH, "watched by 'leaddesk watch'")):
        with _other_process(tmp_path, kind) as (process, _):
            with pytest.raises(InUse, match=words) as caught:
                ProfileLock(tmp_path, Kind.WATCH).acquire()
            assert caught.value.exit_code == 4
            assert isinstance(caught.value, ProfileInUse)
            assert caught.value.holder == Holder(process.pid, kind)
            assert str(process.pid) in caught.value.sentence


def test_the_lock_is_free_when_its_holder_has_ended(tmp_path: Path) -> None:
    with _other_process(tmp_path, Kind.WINDOW):
        pass
    with ProfileLock(tmp_path, Kind.WATCH):
        pass


def test_a_killed_holder_leaves_no_lock_even_while_its_child_lives(tmp_path: Path) -> None:
    with _other_process(tmp_path, Kind.WINDOW) as (process, child):
        process.kill()
        process.wait(10)
        os.kill(child, 0)
        with ProfileLock(tmp_path, Kind.WATCH):
            pass
        os.kill(child, 9)


def test_two_in_one_process_exclude_each_other(tmp_path: Path) -> None:
    with ProfileLock(tmp_path, Kind.WINDOW), pytest.raises(InUse):
        ProfileLock(tmp_path, Kind.WATCH).acquire()
    with ProfileLock(tmp_path, Kind.WATCH):
        pass


def test_of_many_at_once_one_gets_it(tmp_path: Path) -> None:
    code = HOLDER.replace("lock.acquire()", "try:\n lock.acquire()\nexcept Exception:\n sys.exit(4)")
    command = (sys.executable, "-c", code, str(tmp_path), "watch")
    racers = [
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, env=_env())
        for _ in range(5)
    ]
    losers = 0
    while losers < 4:
        losers = sum(racer.poll() == 4 for racer in racers)
    for racer in racers:
        racer.communicate(timeout=10)
    assert sorted(racer.returncode for racer in racers) == [0, 4, 4, 4, 4]


def test_a_lost_sidecar_only_shortens_the_sentence(tmp_path: Path) -> None:
    with ProfileLock(tmp_path, Kind.WINDOW):
        for text in ("", "{}", '{"pid": "x", "kind": 3}'):
            (tmp_path / "lock.json").write_text(text)
            with pytest.raises(ProfileInUse, match="Another LeadDesk") as caught:
                ProfileLock(tmp_path, Kind.WATCH).acquire()
            assert caught.value.holder is None


def test_a_folder_that_is_not_there_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(Unusable, match="cannot be used"):
        ProfileLock(tmp_path / "none", Kind.WATCH).acquire()


def test_releasing_twice_is_no_error_and_leaves_no_sidecar(tmp_path: Path) -> None:
    lock = ProfileLock(tmp_path, Kind.WATCH)
    lock.acquire()
    lock.release()
    lock.release()
    assert [path.name for path in tmp_path.iterdir()] == ["lock"]


def test_windows_locks_its_own_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With a stand-in for msvcrt: the real one is not on this system."""
    locked: list[int] = []

    def locking(descriptor: int, mode: int, length: int) -> None:
        if locked:
            raise PermissionError(13, "Permission denied")
        locked.append(descriptor)

    monkeypatch.setitem(sys.modules, "fcntl", None)
    monkeypatch.setitem(sys.modules, "msvcrt", SimpleNamespace(locking=locking, LK_NBLCK=2))
    with ProfileLock(tmp_path, Kind.WINDOW), pytest.raises(InUse):
        ProfileLock(tmp_path, Kind.WATCH).acquire()

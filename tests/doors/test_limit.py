"""Calls that nobody can cancel, and what becomes of them."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from leaddesk.doors.limit import OneAtATime, StillAtIt, TookTooLong


def test_the_result_comes_back() -> None:
    assert OneAtATime("x").run(lambda: 7, 5) == 7


def test_the_jobs_own_error_comes_back() -> None:
    def job() -> None:
        raise TimeoutError("mine")

    with pytest.raises(TimeoutError, match="mine"):
        OneAtATime("x").run(job, 5)


def test_a_call_that_hangs_is_left_and_no_other_is_begun_until_it_ends() -> None:
    calls, free, begun = OneAtATime("x"), threading.Event(), []
    with pytest.raises(TookTooLong):
        calls.run(free.wait, 0.05)
    assert calls.hangs
    threads = threading.active_count()
    for _ in range(10):
        with pytest.raises(StillAtIt):
            calls.run(lambda: begun.append(1), 5)
    assert threading.active_count() == threads
    assert not begun
    free.set()
    while calls.hangs:
        time.sleep(0.001)
    assert calls.run(lambda: "again", 5) == "again"


def test_calls_that_only_overlap_wait_for_their_turn() -> None:
    calls, running, most = OneAtATime("x"), [0], [0]

    def job() -> None:
        running[0] += 1
        most[0] = max(most[0], running[0])
        time.sleep(0.01)
        running[0] -= 1

    with ThreadPoolExecutor(6) as pool:
        for done in [pool.submit(calls.run, job, 5.0) for _ in range(6)]:
            done.result()
    assert most == [1]


def test_the_process_does_not_wait_for_a_call_that_hangs() -> None:
    calls, free = OneAtATime("hanging"), threading.Event()
    with pytest.raises(TookTooLong):
        calls.run(free.wait, 0.01)
    assert [thread.daemon for thread in threading.enumerate() if thread.name == "hanging"] == [True]
    free.set()

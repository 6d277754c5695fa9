"""The two crossings between threads: results and news arrive on the Qt thread, merged, never late."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from leaddesk.words.news import LeadChanged, News
from leaddesk_ui.bridge import Bridge
from leaddesk_ui.collector import collect_due
from leaddesk_ui.tasks import Latest, Tasks

from .conftest import Settle
from .fake_desk import NOW, FakeBus

MAIN = threading.main_thread()


def test_a_job_runs_elsewhere_and_its_result_arrives_here(tasks: Tasks, settle: Settle) -> None:
    threads: list[threading.Thread] = []

    def job() -> int:
        threads.append(threading.current_thread())
        return 7

    def then(result: int) -> None:
        threads.append(threading.current_thread())
        assert result == 7

    tasks.run(job, then)
    settle()
    assert threads[0] is not MAIN
    assert threads[1] is MAIN


def test_a_failure_arrives_here_too(tasks: Tasks, settle: Settle) -> None:
    told: list[Exception] = []

    def job() -> None:
        raise ValueError("x")

    tasks.run(job, lambda _: pytest.fail("it did not succeed"), told.append)
    settle()
    assert [str(one) for one in told] == ["x"]


def test_a_failure_that_nobody_takes_goes_to_the_last_resort(qapp: object, qtbot: QtBot) -> None:
    told: list[Exception] = []
    tasks = Tasks(told.append)
    tasks.run(lambda: 1 / 0, lambda _: None)
    qtbot.waitUntil(lambda: len(told) == 1)
    tasks.close()


def test_the_qt_thread_goes_on_while_jobs_wait(tasks: Tasks, qtbot: QtBot, settle: Settle) -> None:
    gate = threading.Event()
    done: list[int] = []
    for n in range(10):
        tasks.run(lambda n=n: gate.wait(5) and n, done.append)  # type: ignore[misc]
    qtbot.wait(1)
    assert done == []
    gate.set()
    settle()
    assert sorted(done) == list(range(10))


def test_progress_of_a_long_job_is_told_in_order(tasks: Tasks, settle: Settle) -> None:
    said: list[int] = []
    ended: list[str] = []

    def job(say: Callable[[int], None]) -> str:
        for n in range(5):
            say(n)
        return "end"

    tasks.run_apart(job, said.append, ended.append)
    settle()
    assert said == [0, 1, 2, 3, 4]
    assert ended == ["end"]


def test_a_result_for_a_widget_that_is_gone_is_dropped(tasks: Tasks, settle: Settle) -> None:
    class Owner(QObject):
        def take(self, result: int) -> None:
            pytest.fail("the owner is gone")

    owner = Owner()
    gate = threading.Event()
    tasks.run(lambda: gate.wait(5), owner.take)
    import shiboken6

    shiboken6.delete(owner)
    gate.set()
    settle()


def test_reading_again_while_reading_reads_once_more(tasks: Tasks, settle: Settle) -> None:
    reads: list[int] = []
    shown: list[int] = []
    gate = threading.Event()

    def job() -> int:
        gate.wait(5)
        reads.append(1)
        return len(reads)

    latest = Latest(tasks, job, shown.append, lambda error: pytest.fail(str(error)))
    for _ in range(20):
        latest.read()
    gate.set()
    settle()
    assert len(reads) == 2
    assert shown == [1, 2]


def test_five_hundred_news_from_many_threads_come_in_a_few_batches(qapp: object, qtbot: QtBot) -> None:
    bus = FakeBus()
    bridge = Bridge(bus.subscribe)
    batches: list[tuple[News, ...]] = []
    bridge.news.connect(batches.append)
    bridge.news.connect(lambda _: None)

    def publish(start: int) -> None:
        for n in range(100):
            bus.publish(LeadChanged(at=NOW, lead=start + n))

    threads = [threading.Thread(target=publish, args=(n * 100,)) for n in range(5)]
    for one in threads:
        one.start()
    qtbot.waitUntil(lambda: sum(map(len, batches)) == 500)
    assert len(batches) < 20
    assert {item.lead for batch in batches for item in batch if isinstance(item, LeadChanged)} == set(
        range(500)
    )
    for one in threads:
        one.join()
    bridge.close()
    bus.publish(LeadChanged(at=NOW, lead=1))
    assert sum(map(len, batches)) == 500


def test_the_first_news_after_a_pause_does_not_wait(qapp: object, qtbot: QtBot) -> None:
    bus = FakeBus()
    bridge = Bridge(bus.subscribe)
    came: list[float] = []
    bridge.news.connect(lambda _: came.append(time.monotonic()))
    begun = time.monotonic()
    bus.publish(LeadChanged(at=NOW, lead=1))
    qtbot.waitUntil(lambda: len(came) == 1)
    assert came[0] - begun < 0.05
    bridge.close()


def test_garbage_is_collected_by_the_qt_thread_alone(qapp: object) -> None:
    collected: list[threading.Thread] = []

    class Cycle:
        def __init__(self) -> None:
            self.me = self

        def __del__(self) -> None:
            collected.append(threading.current_thread())

    kept: list[list[int]] = []

    def make() -> None:
        Cycle()
        kept.extend([n] for n in range(50_000))

    maker = threading.Thread(target=make)
    maker.start()
    maker.join()
    assert collected == []
    collect_due()
    assert collected == [MAIN]

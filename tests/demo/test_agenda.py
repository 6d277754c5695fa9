"""The agenda: deeds in the order of their times, none of which can stop the others."""

from __future__ import annotations

import threading

import pytest

from leaddesk.demo.agenda import Agenda
from leaddesk.doors.clock import Clock
from tests.demo.waiting import until
from tests.frozen_clock import FrozenClock


def fail() -> None:
    raise RuntimeError


def test_deeds_are_done_in_the_order_of_their_times() -> None:
    done: list[str] = []
    agenda = Agenda(Clock())
    agenda.after(0.06, lambda: done.append("late"))
    agenda.after(0.02, lambda: done.append("soon"))
    agenda.start()
    agenda.after(0, lambda: done.append("now"))
    assert until(lambda: done if len(done) == 3 else None) == ["now", "soon", "late"]
    agenda.stop()


def test_the_clock_decides_what_is_due() -> None:
    clock, done = FrozenClock(), threading.Event()
    agenda = Agenda(clock)
    agenda.after(3600, done.set)
    agenda.start()
    agenda.after(0, lambda: None)
    assert not done.is_set()
    clock.advance(hours=1)
    agenda.after(0, lambda: None)  # whoever adds something wakes the agenda
    assert done.wait(10)
    agenda.stop()


def test_a_deed_that_fails_is_logged_and_the_next_is_done(caplog: pytest.LogCaptureFixture) -> None:
    done = threading.Event()
    agenda = Agenda(Clock())
    agenda.after(0, fail)
    agenda.after(0.01, done.set)
    agenda.start()
    assert done.wait(10)
    assert "a deed of the demo failed" in caplog.text
    agenda.stop()


def test_nothing_is_done_after_the_stop() -> None:
    done: list[str] = []
    agenda = Agenda(Clock())
    agenda.start()
    agenda.after(60, lambda: done.append("never"))
    agenda.stop()
    assert not agenda.is_running
    agenda.after(0, lambda: done.append("never"))
    assert done == []


def test_an_agenda_that_never_started_can_be_stopped() -> None:
    agenda = Agenda(Clock())
    agenda.stop()
    assert not agenda.is_running

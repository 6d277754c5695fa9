"""Every step of a holding message crashed once: none is sent twice, none is lost."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from leaddesk.desk.receive import Receive
from leaddesk.desk.send import Sender
from leaddesk.words.mail import RawMail
from leaddesk.words.outgoing import OutgoingState
from tests.desk.holding_house import asks, holdings, ready
from tests.frozen_clock import FrozenClock
from tests.harness.watching_desk import ReaderInside
from tests.house import House
from tests.real.sink import Sink

BEFORE_THE_DOT = ("claimed", "connected", "signed-in", "mail", "rcpt", "data", "body-sent")
AFTER_COMMITTING = ("committing", "dot-sent", "answered")


class Crash(BaseException):
    """The process ends here."""


def crash_at(step: str) -> Callable[[str], None]:
    def hear(name: str) -> None:
        if name == step:
            raise Crash

    return hear


def opened(profile: Path) -> House:
    return House.open(profile, ReaderInside(), FrozenClock())


@pytest.mark.parametrize("step", ["reading", "read", "judged"])
def test_a_crash_while_it_is_judged_leaves_one(tmp_path: Path, step: str) -> None:
    house = opened(tmp_path / "profile")
    ready(house)
    desk, now, raw = house.desk, house.desk.clock.now(), asks()
    kept = desk.store.mails.keep(RawMail(raw=raw, received_at=now, seen_at=now, size=len(raw)))
    assert kept is not None
    whole = desk.receive
    crashing = Receive(
        desk.store, desk.clock, ReaderInside(), whole._matching, whole._landing, whole._sent, whole._sorting,
        crash_at(step),
    )  # fmt: skip
    with pytest.raises(Crash):
        crashing.process(kept)
    house.close()
    again = opened(tmp_path / "profile")
    again.desk.receive.read_waiting()
    again.desk.receive.read_waiting()
    assert len(holdings(again, OutgoingState.QUEUED)) == 1
    again.close()


@pytest.mark.parametrize("step", [*BEFORE_THE_DOT, *AFTER_COMMITTING, "recorded"])
def test_a_crash_while_it_is_sent_doubles_nothing_and_loses_nothing(tmp_path: Path, step: str) -> None:
    with Sink(truth=tmp_path / "taken") as sink:
        house = opened(tmp_path / "profile")
        ready(house, smtp=sink.server)
        house.land(asks())
        desk = house.desk
        sender = Sender(
            desk.store, desk.clock, desk.bus, desk.config, desk._passwords, desk._troubles, desk._sign_ins,
            step=crash_at(step),
        )  # fmt: skip
        with pytest.raises(Crash):
            sender.round()
        house.close()
        again = opened(tmp_path / "profile")
        for _ in range(3):
            again.desk._sender().round()
        (mail,) = holdings(again)
        taken = [each.message_id for each in sink.taken()]
        assert taken.count(mail.message_id or "") <= 1
        if step in (*BEFORE_THE_DOT, "recorded"):
            assert mail.state is OutgoingState.SENT
            assert taken == [mail.message_id]
        else:
            assert mail.state is OutgoingState.UNSURE
        again.close()

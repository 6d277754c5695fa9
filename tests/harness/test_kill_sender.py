"""The sender under SIGKILL: nothing twice, nothing lost; and the same kills catch a naive sender.

LEADDESK_KILLS=10000 makes it a long run.
"""

from __future__ import annotations

import os

import pytest

from leaddesk.words.outgoing import OutgoingState as S
from tests.harness.kill_sender import PERSONALITIES, run
from tests.harness.tally import MUST_BE_HIT, tally
from tests.real.dovecot import need_dovecot

pytestmark = pytest.mark.skipif(os.name != "posix", reason="kills with SIGKILL")
KILLS = int(os.environ.get("LEADDESK_KILLS", "300"))


@pytest.mark.parametrize("personality", PERSONALITIES)
def test_kills_double_nothing_and_lose_nothing(personality: str) -> None:
    result = run(KILLS // len(PERSONALITIES), 1, personality)
    assert (result.doubled, result.lost, result.wrong) == ((), (), ()), result.lines()
    assert result.approved == result.sent + result.explained
    assert result.accepted >= result.sent
    assert not result.unsure_without_cause, result.lines()
    assert all(result.steps[step] >= 3 for step in MUST_BE_HIT), result.lines()


@pytest.mark.real
def test_with_a_sent_folder_every_mail_finds_its_end() -> None:
    need_dovecot()
    result = run(30, 2, "slow:30", sent=True)
    assert (result.doubled, result.lost) == ((), ()), result.lines()
    assert result.approved == result.accepted == result.sent
    assert result.resolved > 0


def test_a_naive_sender_is_caught() -> None:
    result = run(30, 1, "slow:30", naive=True)
    assert len(result.doubled) + len(result.lost) > 0
    assert any(sentence.startswith("doubled") for sentence in result.wrong)


def test_the_tally_knows_a_double_and_a_loss_when_it_sees_them() -> None:
    states = {"a": S.SENT, "b": S.SENT, "c": S.UNSURE, "d": S.UNSURE, "e": S.QUEUED}
    taken = ["a", "a", "c"]
    counted = tally(list("abcdef"), states, taken, ["claimed"], resolved=0, seconds=1)
    assert counted.doubled == ("a",)
    assert counted.lost == ("b", "e", "f")
    assert (counted.explained, counted.explained_taken) == (2, 1)


def test_the_tally_knows_a_sender_that_is_never_sure() -> None:
    states = dict.fromkeys("abc", S.UNSURE)
    steps = ["claimed", "body-sent", "dot-sent"]
    counted = tally(list("abc"), states, list("abc"), steps, resolved=0, seconds=1)
    assert (counted.doubled, counted.lost) == ((), ())
    assert counted.unsure_without_cause == 1
    assert not tally(
        ["a"], {"a": S.UNSURE}, ["a"], ["committing"], resolved=0, seconds=1
    ).unsure_without_cause

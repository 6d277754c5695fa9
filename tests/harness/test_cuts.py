"""The dialogue with a mail server, cut: what is told is the truth, or that nobody knows."""

from __future__ import annotations

import os

from leaddesk.words.outgoing import Delivery, Verdict
from tests.harness import second_cuts
from tests.harness.cuts import PERSONALITIES, RECIPIENTS, contradicts, run

EVERY = int(os.environ.get("LEADDESK_CUT_EVERY", "7"))


def test_a_cut_is_never_told_wrong_whatever_the_server_is_like() -> None:
    cuts = run(EVERY)
    assert cuts.wrong == (), cuts.lines()
    assert len(PERSONALITIES) >= 12
    assert cuts.cuts > 8_000 / EVERY
    assert cuts.sent
    assert cuts.unsure


def test_nor_is_one_while_a_connection_carries_its_second_mail() -> None:
    cuts = second_cuts.run(EVERY)
    assert cuts.wrong == (), cuts.lines()
    assert len(second_cuts.PERSONALITIES) >= 12
    assert cuts.cuts > 2_800 / EVERY
    assert cuts.sent
    assert cuts.unsure


def test_a_wrong_verdict_is_seen() -> None:
    sent, refused = (Verdict(which, None, "") for which in (Delivery.SENT, Delivery.REFUSED))
    assert "lost" in (contradicts(sent, ()) or "")
    assert "denied" in (contradicts(refused, RECIPIENTS) or "")
    assert "partly" in (contradicts(sent, RECIPIENTS[:1]) or "")
    assert "doubled" in (contradicts(sent, RECIPIENTS * 2) or "")
    assert contradicts(Verdict(Delivery.UNSURE, None, ""), RECIPIENTS) is None
    assert contradicts(sent, RECIPIENTS) is None

"""A lead that nobody took reaches the second person by mail, and is taken by answering it."""

from __future__ import annotations

import email
import email.policy
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest

from leaddesk.doors.clock import Clock
from leaddesk.doors.mail.reader import Reader
from leaddesk.words.lead import Standing
from leaddesk.words.settings import HOURS_WEEK, TEAM_PEOPLE
from tests.frozen_clock import FrozenClock
from tests.house import House
from tests.letters import letter
from tests.real.sink import Sink
from tests.real.watched import PASSWORD, QUICK, Box

pytestmark = pytest.mark.real
BEN = "ben@home.example"


def arrived(folder: Path, taken: Sink) -> list[EmailMessage]:
    """What the sink took, in order."""
    raws = [(folder / f"{each.sha256}.eml").read_bytes() for each in taken.taken()]
    return [email.message_from_bytes(raw, policy=email.policy.default) for raw in raws]


def test_a_lead_that_nobody_took_is_taken_by_the_second_persons_answer(
    profile: Path, reader: Reader, box: Box, tmp_path: Path
) -> None:
    mails = tmp_path / "mails"
    clock = FrozenClock(Clock().now())
    with Sink("auth", truth=tmp_path / "truth", mails=mails, users={box.user: PASSWORD}) as sink:
        house = House.open(profile, reader, clock, pace=QUICK)
        desk = house.desk
        desk.config.set(HOURS_WEEK, "Mon-Sun 00:00-24:00")
        desk.config.set(TEAM_PEOPLE, f"Ann <{box.email}> | Ben <{BEN}>")
        desk.accounts.add(box.account(smtp=sink.server, saves_sent=True), PASSWORD, test=False)
        assert desk.services.once() == []
        box.deliver(letter("Do you fit dormers? +44 7700 900123", to=box.email))
        clock.advance(Clock().now() - clock.now() + timedelta(seconds=2))  # the server's clock goes on

        def passes(minutes: int) -> list[EmailMessage]:
            clock.advance(minutes=minutes)
            assert desk.services.once() == []
            return arrived(mails, sink)

        assert passes(0) == []
        assert passes(14) == []
        assert [mail["To"] for mail in passes(1)] == [f"Ann <{box.email}>"]
        told = passes(15)
        assert [mail["To"] for mail in told[1:]] == [f"Ben <{BEN}>"]
        text = told[1].get_content()
        assert "> Do you fit dormers? +44 7700 900123" in text
        assert "tel:+447700900123" in text
        assert house.lead().state.enquiries[0].standing is Standing.WAITING

        box.deliver(letter("Mine", sender=BEN, to=box.email, In_Reply_To=told[1]["Message-ID"]))
        assert len(passes(15)) == 2
        assert house.view().has_it
        assert desk.team.whose(1)[0].name == "Ben"
        assert len(passes(60)) == 2
        house.close()

"""In the real window: whose lead it is once the second person answered; a long way back over a restart."""

from __future__ import annotations

import pytest

from leaddesk.words.lead import Channel, Outcome
from leaddesk.words.settings import HOURS_WEEK, TEAM_PEOPLE
from tests.letters import letter
from tests.real.scene import ADDRESS, Mailbox, Scene
from tests.real.story import Story, story

pytestmark = pytest.mark.real

BEN = "ben@home.example"
PEOPLE = f"Ana <{ADDRESS}> | Ben <{BEN}>"


def told_by_mail(told: Story, count: int) -> list[str]:
    """Once so many mails have gone out: whom they were to."""
    told.there.until(lambda desk: len(told.sent(desk)) >= count)
    return [str(mail["To"]) for mail in told.post.taken()]


def test_a_lead_that_nobody_took_is_the_second_persons_by_answering(
    there: Scene, post: Mailbox, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with story(there, post, monkeypatch, capsys, "2026-11-02 10:00", "taken") as told:
        told.settle_in("light", {HOURS_WEEK.key: "Mon-Sun 00:00-24:00", TEAM_PEOPLE.key: PEOPLE})
        told.writes(letter("Do you fit dormers? +44 7700 900123", to=ADDRESS))
        told.waits(1)
        told.clock.move(minutes=15, seconds=5)
        assert told_by_mail(told, 1) == [f"Ana <{ADDRESS}>"]
        told.clock.move(minutes=15)
        assert told_by_mail(told, 2)[1:] == [f"Ben <{BEN}>"]
        nudge = post.taken()[1]
        assert "> Do you fit dormers? +44 7700 900123" in nudge.get_content()
        assert "tel:+447700900123" in nudge.get_content()
        told.shot("1-nobody-took-it")

        told.clock.move(minutes=2)
        told.writes(letter("Mine", sender=f"Ben <{BEN}>", to=ADDRESS, In_Reply_To=nudge["Message-ID"]))
        lead = told.row().lead
        there.until(lambda desk: desk.leads.show(lead).has_it)
        assert told.row().whose == "Ben"
        told.waits(1)
        told.shot("2-it-is-bens")
        assert told.told(lead)["enquiries"][0]["first_response"] is None, "taking it is no answer to them"
        told.clock.move(minutes=40)
        there.driver.settle()
        assert len(post.taken()) == 2, "nobody is told again"
        assert there.driver.errors() == ""


def outcome_of(told: Story, lead: int) -> Outcome:
    with told.there.look() as desk:
        return desk.leads.show(lead).outcome


def test_closing_and_joining_are_taken_back_after_a_restart(
    there: Scene, post: Mailbox, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with story(there, post, monkeypatch, capsys, "2026-11-02 10:00", "back") as told:
        with there.look() as desk:
            add = desk.leads.add
            tom = add(
                name="Tom Gale", email="tom@gale.example", message="Two roof windows", channel=Channel.EMAIL
            ).lead
            told.clock.move(minutes=1)
            two = [
                add(
                    name="Jane Porter",
                    email=f"{box}@porter.example",
                    message=f"Beams ({box})",
                    channel=Channel.EMAIL,
                ).lead
                for box in ("jane", "office")
            ]
        told.settle_in("dark")
        driver = there.driver
        told.waits(3)
        names = [row.name for row in there.rows()]
        driver.keys(*["k"] * 3, *["j"] * names.index("Tom Gale"))
        driver.settle()
        with driver.changing():
            driver.keys("e")
        driver.keys("2")  # lost
        told.waits(2)
        assert outcome_of(told, tom) is Outcome.LOST
        told.clock.move(days=1)
        driver.keys(*["k"] * 3)
        driver.settle()
        with driver.changing():
            driver.keys("d")
        told.shot("1-same-person")
        driver.keys("Return")
        told.waits(1)
        told.shot("2-joined")

        driver.keys("ctrl+q")
        assert driver.wait_for_end() == 0
        told.clock.move(days=20)
        driver.start(there.profile)
        told.waits(1)
        told.shot("3-three-weeks-later")
        driver.keys("Escape")  # what is overdue after three weeks is asked about unasked
        driver.settle()
        driver.keys("ctrl+z")
        told.waits(2)
        with there.look() as desk:
            assert all(not desk.same.joined(lead) for lead in two)
        told.shot("4-apart")
        driver.keys("ctrl+z")
        told.waits(3)
        assert outcome_of(told, tom) is Outcome.OPEN
        told.shot("5-open-again")
        assert driver.errors() == ""

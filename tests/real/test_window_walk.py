"""A day at the window, by keyboard and mouse: from an empty profile to a reply, its answer, and tomorrow."""

from __future__ import annotations

from email.message import EmailMessage

import pytest

from leaddesk import desk as core
from leaddesk.doors.vault import Vault
from leaddesk.words.lead import Direction, Outcome, Touch, Turn, What
from leaddesk.words.outgoing import OutgoingState
from leaddesk.words.settings import UNDO_SECONDS
from tests.real.desktop import Dunst, GnomeKeyring, wait_for
from tests.real.scene import ADDRESS, PASSWORD, USER, Mailbox, Scene

pytestmark = pytest.mark.real

ENQUIRY = "Hello,\n\ncould you build us a pergola, about 4 by 3 metres? Our budget is 3000 €.\n\nZoë\n"
WRITTEN = "Gladly. Łukasz comes on Monday, at 9? 山"
COMPOSER = (560, 480, 740, 120)
"""Where its head is; the short words at the foot of the window come and go under it."""
DRAFTED = "Half of an answer, and then the power failed."


class Day:
    """The person's steps, each with what must have come of it."""

    def __init__(self, there: Scene, post: Mailbox, dunst: Dunst) -> None:
        self.there, self.post, self.dunst = there, post, dunst
        self.driver = there.driver
        self.lead = 0

    def set_up(self) -> None:
        """An empty mailbox has no past to look at: the queue is there."""
        account = self.there.set_up(self.post)
        assert (account.email, account.user, account.ca_file) == (ADDRESS, USER, self.post.dovecot.ca_file)

    def hear_of_an_enquiry(self) -> None:
        self.post.write(ENQUIRY)
        self.driver.wait_title(r"^\(1\) LeadDesk")
        (row,) = self.there.rows()
        assert (row.name, row.what) == ("Zoë Martín", What.NEW)
        self.lead = row.lead
        wait_for(self.dunst.shown)
        self.driver.settle()
        self.driver.shot("04-enquiry-and-notification")
        (notice,) = self.dunst.received()  # takes it from the screen
        self.driver.settle()
        assert "Zoë Martín" in notice["summary"]
        assert "pergola" in notice["body"]

    def answer(self, text: str, shot: str = "") -> EmailMessage:
        """R, the text, Ctrl+Enter: one mail more in the sink, once the time for undo is over."""
        before, driver = len(self.post.taken()), self.driver
        with driver.changing(COMPOSER):
            driver.keys("r")
        driver.type(text)
        driver.shot(f"{shot}-composer")
        with driver.changing(COMPOSER):
            driver.keys("ctrl+Return")
        driver.shot(f"{shot}-undo")
        sent = self.there.until(lambda desk: desk.reply.outbox(OutgoingState.SENT)[before:])[-1]
        assert sent.not_before is not None
        assert sent.not_before.isoformat() <= self.post.sink.taken()[-1].time
        mails = self.post.taken()
        assert len(mails) == before + 1
        assert mails[-1]["Message-ID"] == sent.message_id
        return mails[-1]

    def hear_the_answer(self, ours: str) -> None:
        """It comes back to the same lead, and somebody is told."""
        self.post.write("Monday at 9 is fine.\n", answers=ours, subject="Re: A pergola")
        self.driver.wait_title(r"^\(1\) LeadDesk")
        (row,) = self.there.rows()
        assert (row.lead, row.what) == (self.lead, What.REPLY)
        wait_for(self.dunst.shown)
        self.driver.settle()
        self.driver.shot("07-answer-and-alert")
        newest, *_ = self.dunst.received()
        self.driver.settle()
        assert "Zoë Martín" in newest["summary"]

    def outcome(self, desk: core.Desk) -> Outcome:
        return desk.leads.show(self.lead).outcome


def test_from_an_empty_profile_to_a_won_lead_and_the_next_morning(there: Scene, post: Mailbox) -> None:
    with GnomeKeyring(there.bus), Dunst(there.bus, there.screen) as dunst:
        day, driver = Day(there, post, dunst), there.driver

        day.set_up()
        assert Vault().get("mail", ADDRESS) == PASSWORD
        with there.look() as desk:
            desk.config.set(UNDO_SECONDS, "3")  # the test is in a hurry

        day.hear_of_an_enquiry()
        mail = day.answer(WRITTEN + "\n", "05")
        assert ADDRESS in mail["From"]
        assert mail["To"] == "Zoë Martín <zoe@garden.example>"
        assert mail["Subject"] == "Re: A pergola"
        assert mail["In-Reply-To"] == mail["References"]
        assert mail["In-Reply-To"].endswith("@garden.example>")
        assert WRITTEN in mail.get_content()
        assert "> could you build us a pergola" in mail.get_content()
        driver.wait_title("^LeadDesk$")
        driver.settle()
        driver.shot("06-answered")
        with there.look() as desk:
            view = desk.leads.show(day.lead)
            first = view.enquiries[0].first_response
            record = desk.leads.get(day.lead).record
        assert first is not None
        assert 0 < first.after.total_seconds() < 60
        ours = [e for e in record if isinstance(e, Touch) and e.direction is Direction.OUT]
        assert [(touch.automatic, WRITTEN in touch.text) for touch in ours] == [(False, True)]
        assert view.turn is Turn.THEIRS

        day.hear_the_answer(mail["Message-ID"])
        with driver.changing():
            driver.keys("e")
        driver.shot("08-close-sheet")
        with driver.changing():
            driver.keys("1")  # won
        there.until(lambda desk: day.outcome(desk) is Outcome.WON)
        driver.shot("09-won")
        driver.keys("ctrl+z")
        there.until(lambda desk: day.outcome(desk) is Outcome.OPEN)
        driver.wait_title(r"^\(1\) LeadDesk")

        # a provider of whom nobody knows gets ten seconds to keep a copy by itself
        wait_for(lambda: _is_in_sent(post, mail), limit_s=30)
        _close_asks_once(there)
        driver.start(there.profile)
        driver.wait_title(r"^\(1\) LeadDesk")
        driver.settle()
        driver.shot("11-next-morning")
        assert [(row.lead, row.what) for row in there.rows()] == [(day.lead, What.REPLY)]

        _a_draft_survives(day)
        secret = PASSWORD.encode()
        assert not [path for path in there.files() if secret in path.read_bytes()]
        assert driver.errors() == ""


def _is_in_sent(post: Mailbox, mail: EmailMessage) -> bool:
    return post.dovecot.message_ids(user=USER, folder="Sent").count(mail["Message-ID"]) == 1


def _close_asks_once(there: Scene) -> None:
    """Keep watching: the window goes, the icon stays. The second time nobody is asked."""
    driver, window = there.driver, there.driver.active()
    with driver.changing():
        driver.close()
    driver.shot("10-close-asks")
    assert driver.active() != window, "a question has the keyboard"
    driver.keys("Return")
    wait_for(lambda: not driver.windows())
    assert there.tray.has_icon()
    assert there.tray.tip().startswith("LeadDesk: 1 waiting")
    there.tray.click()
    driver.window()
    driver.close()
    wait_for(lambda: not driver.windows())
    assert driver.is_running
    there.tray.click()
    driver.window()
    driver.keys("ctrl+q")
    assert driver.wait_for_end() == 0


def _a_draft_survives(day: Day) -> None:
    """kill -9 while a draft is open: it is back, and it is what goes out."""
    driver, there = day.driver, day.there
    with driver.changing(COMPOSER):
        driver.keys("r")
    driver.type(DRAFTED)
    there.until(lambda desk: [d for d in desk.reply.outbox(OutgoingState.DRAFT) if DRAFTED in d.body])
    driver.kill9()
    driver.start(there.profile)
    driver.wait_title(r"^\(1\) LeadDesk")
    driver.settle()
    text = day.answer(" It is back.", "12").get_content()
    assert DRAFTED in text
    assert "It is back." in text

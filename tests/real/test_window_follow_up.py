"""Following up in the real window with the clock moved: one lead to its outcome, one to its agreed end."""

from __future__ import annotations

from email.message import EmailMessage

import pytest

from leaddesk.words.lead import Direction, Outcome, Turn, What
from leaddesk.words.outgoing import OutgoingState
from leaddesk.words.settings import HOLDING_ON
from tests.letters import letter
from tests.real.desktop import wait_for
from tests.real.scene import ADDRESS, Mailbox, Scene
from tests.real.story import Story, story

pytestmark = pytest.mark.real

NGOZI = "Ngozi Eze <ngozi@eze.example>"
ASKED = "Could you convert our loft?"


def form_mail(name: str, email: str, phone: str, text: str) -> bytes:
    """What the website's form sends: its robot writes, labelled lines tell of the visitor."""
    body = (
        f"Name: {name}\nEmail: {email}\nPhone: {phone}\nMessage: {text}\n\nPage: https://lofts.example/prices"
    )
    return letter(
        body, sender="Lofts website <wordpress@lofts.example>", to=ADDRESS,
        subject="New message from your website", Reply_To=f"{name} <{email}>",
        Return_Path="<www@lofts.example>",
    )  # fmt: skip


class Followed:
    """What happens with one lead, each with what must have come of it."""

    def __init__(self, told: Story) -> None:
        self.told, self.driver = told, told.there.driver
        self.lead = 0

    def comes_in(self, name: str, email: str, phone: str, shot: str) -> None:
        self.told.writes(form_mail(name, email, phone, ASKED))
        self.told.waits(1)
        row = self.told.row()
        assert (row.what, row.name) == (What.NEW, name)
        self.lead = row.lead
        self.told.shot(shot)

    def falls_due(self, what: What, why: str, shot: str) -> None:
        """The next step, at its time: it is ours, in the window and in the database."""
        self.told.goes_on_to(self.told.told(self.lead)["next"]["at"])
        self.told.waits(1)
        row = self.told.row()
        assert (row.lead, row.what, row.why) == (self.lead, what, why)
        assert self.told.told(self.lead)["turn"] == Turn.OURS
        self.told.shot(shot)

    def is_called(self, key: str, outcome: str, shot: str) -> None:
        """C and one key: it is written down, and theirs until the next step."""
        with self.driver.changing():
            self.driver.keys("c")
        self.told.shot(shot)
        self.driver.keys(key)
        self.is_theirs()
        assert self.last_touch() == ("call", outcome)

    def is_texted(self, shot: str) -> None:
        """T, the text copied for one's own telephone, Ctrl+Enter once it is sent from there."""
        with self.driver.changing():
            self.driver.keys("t")
        self.driver.keys("ctrl+shift+c")
        self.told.shot(shot)
        self.driver.keys("ctrl+Return")
        self.is_theirs()
        assert self.last_touch() == ("text", "sent")

    def is_written_to(self, text: str, shot: str) -> EmailMessage:
        mail = self.told.sends(text, shot)
        assert (mail["Auto-Submitted"], mail["To"].addresses[0].username) == (None, "ngozi")
        self.is_theirs()
        return mail

    def is_closed(self, key: str, outcome: Outcome, shot: str) -> None:
        """E and one key: nothing is scheduled after it."""
        with self.driver.changing():
            self.driver.keys("e")
        self.told.shot(f"{shot}-sheet")
        self.driver.keys(key)
        self.told.waits(0)
        state = self.told.told(self.lead)
        assert (state["outcome"], state["next"], state["cadence"]["state"]) == (outcome, None, "ended")
        self.told.shot(shot)

    def is_theirs(self) -> None:
        self.told.waits(0)
        assert self.told.told(self.lead)["turn"] == Turn.THEIRS

    def last_touch(self) -> tuple[str, str]:
        touch = self.told.told(self.lead)["touches"][-1]
        return touch["channel"], touch["outcome"]


def is_acknowledged(one: Followed) -> None:
    """The evening's enquiry had its holding message, in honest words; a person's answer is still owed."""
    wait_for(one.told.post.taken)
    (holding,) = one.told.post.taken()
    assert (holding["To"], holding["Auto-Submitted"]) == ("ngozi@eze.example", "auto-replied")
    text = holding.get_content()
    assert "This is an automatic message: a person has been alerted, and nobody has read it yet." in text
    assert "You will hear from a person by 9:30 tomorrow (Tuesday)." in text
    (enquiry,) = one.told.told(one.lead)["enquiries"]
    assert enquiry["first_response"] is None
    assert enquiry["holding"]["promised_at"] == "2026-11-03T09:30:00+01:00"
    one.told.shot("01b-acknowledged")


def is_answered(one: Followed) -> None:
    """Next morning a person writes: that is the first response, before the promised time."""
    one.told.goes_on_to(one.told.clock.local("2026-11-03 09:10"))
    one.driver.wait_title("oldest 12 h")
    mail = one.is_written_to("Gladly! How high is it under the ridge?", "02-first-reply")
    assert "Gladly! How high is it under the ridge?" in mail.get_content()
    state = one.told.told(one.lead)
    assert state["enquiries"][0]["first_response"]["how"] == "measured"
    assert (state["next"]["channel"], state["next"]["at"][:16]) == ("call", "2026-11-03T09:40")
    one.told.shot("03-their-move")


def is_followed_up(one: Followed) -> EmailMessage:
    """Two attempts on two channels; the second mail goes out as it is drafted, and is not the first."""
    one.falls_due(What.CALL, "Step 1 of 5: a call, the day after", "04-call-is-due")
    one.is_called("2", "voicemail", "05-call-sheet")
    one.falls_due(What.REPLY, "Step 2 of 5: a mail, 2 days after they wrote", "06-mail-is-due")
    mail = one.is_written_to("", "07-second-note")
    text = mail.get_content()
    assert "did my answer about “Could you convert our loft” reach you?" in text
    assert "if it is no longer of interest, a short no is quite all right" in text
    assert "\n\n\n" not in text
    return mail


def is_away(one: Followed, mail: EmailMessage) -> None:
    """A machine of theirs says when they are back: nobody is bothered, and the plan waits until then."""
    one.told.clock.move(minutes=2)
    note = "I am away and will be back on 16 November 2026."
    one.told.writes(one.told.answer(NGOZI, note, mail, Auto_Submitted="auto-replied"))
    one.told.there.until(lambda _: one.told.told(one.lead)["cadence"]["state"] == "paused")
    state = one.told.told(one.lead)
    assert state["next"] == {"at": "2026-11-16T09:00:00+01:00", "channel": "text", "step": 3}
    one.is_theirs()
    one.told.shot("08-away")


def answers(one: Followed, mail: EmailMessage) -> None:
    """Their word stops the plan, and it is our move."""
    one.told.clock.move(hours=3)
    one.told.writes(one.told.answer(NGOZI, "Sorry, I was away. Yes please: let us begin in May.", mail))
    one.told.waits(1)
    assert one.told.row().what is What.REPLY
    state = one.told.told(one.lead)
    assert (state["turn"], state["next"]) == (Turn.OURS, None)
    assert (state["cadence"]["state"], state["cadence"]["why"]) == ("stopped", "They answered.")
    one.told.shot("11-they-answered")


def test_from_enquiry_to_holding_message_two_channels_away_note_reply_and_outcome(
    there: Scene, post: Mailbox, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with story(there, post, monkeypatch, capsys, "2026-11-02 20:12", "follow") as told:
        with there.look() as desk:
            desk.forms.register_mail(form_mail("Bo", "bo@mail.example", "030 1234567", "Hello"))
        told.settle_in("light", {HOLDING_ON.key: "on"})
        one = Followed(told)
        one.comes_in("Ngozi Eze", "ngozi@eze.example", "+49 1511 2345678", "01-comes-in")
        is_acknowledged(one)
        is_answered(one)
        mail = is_followed_up(one)
        is_away(one, mail)
        one.falls_due(What.TEXT, "Step 3 of 5: a text, 14 days after they wrote", "09-text-is-due")
        one.is_texted("10-text-sheet")
        answers(one, mail)
        one.is_closed("1", Outcome.WON, "12-won")
        assert len(post.taken()) == 3, "the holding message and two mails that a person sent"
        assert there.driver.errors() == ""


def test_a_lead_that_nobody_hears_of_again_comes_to_the_agreed_end(
    there: Scene, post: Mailbox, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with story(there, post, monkeypatch, capsys, "2026-11-02 09:00", "end") as told:
        told.settle_in("dark")
        one = Followed(told)
        one.comes_in("Ngozi Eze", "ngozi@eze.example", "+49 1511 2345678", "01-comes-in")
        told.clock.move(minutes=4)
        texts = [one.is_written_to("Gladly! May we come by on Thursday?", "02-first-reply").get_content()]
        one.falls_due(What.CALL, "Step 1 of 5: a call, the same day", "03-call-is-due")
        one.is_called("3", "no-answer", "04-call-sheet")
        one.falls_due(What.REPLY, "Step 2 of 5: a mail, the day after", "05-mail-is-due")
        texts.append(one.is_written_to("", "06-second-note").get_content())
        one.falls_due(What.TEXT, "Step 3 of 5: a text, 3 days after they wrote", "07-text-is-due")
        one.is_texted("08-text-sheet")
        one.falls_due(What.REPLY, "Step 4 of 5: a mail, 7 days after they wrote", "09-mail-is-due")
        texts.append(one.is_written_to("A measured drawing saves a visit.", "10-useful-thing").get_content())
        assert len(set(texts)) == 3, "no mail repeats another"
        one.falls_due(What.DECIDE, "No answer in 14 days: what becomes of it?", "11-decide")
        one.is_closed("3", Outcome.NO_RESPONSE, "12-no-response")
        told.clock.move(days=60)
        there.driver.settle()
        with there.look() as desk:
            assert desk.store.due.next_due(told.clock.local("2026-11-02 09:00")) is None
            assert desk.queue.today().rows == ()
            waiting = [mail for mail in desk.reply.outbox() if mail.state is not OutgoingState.SENT]
            ours = [
                e for e in desk.leads.get(one.lead).record if getattr(e, "direction", None) is Direction.OUT
            ]
        assert waiting == []
        assert len(ours) == 5
        assert len(post.taken()) == 3
        assert there.driver.errors() == ""

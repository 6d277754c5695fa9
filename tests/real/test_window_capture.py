"""What comes in, in the real window by keyboard: the past, a robot taught away, two who are one, a table."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from leaddesk.words.states import Outcome
from leaddesk.words.teaching import Taught, Trait
from tests.letters import form_notice, letter
from tests.real.desktop import GnomeKeyring, wait_for
from tests.real.scene import ADDRESS, USER, Mailbox, Scene
from tests.real.watched import ago

pytestmark = pytest.mark.real

_ANSWERED = (("Bob Reed", 60, 2), ("Cal Moss", 9, 20), ("Ngozi Eze", 80, 6))
"""Who asked, how many days ago, and after how many hours Ana wrote back."""
_FORGOTTEN = (("Ada Finch", 12), ("Eve Holt", 20), ("Ivo Lang", 31), ("Una Byrne", 44), ("Max Orr", 70))
TRIED = (150, 340, 600, 60)
"""Where the counts of a tried import stand: under the first rows of the table."""
_ROBOT = "Stock watch <robot@stockwatch.example>"
_TABLE = """Name;E-Mail;Phone;Message;Date
Priya Nair;priya@nair.example;0131 496 0021;A loft ladder;{today}
Tom Gale;tom@gale.example;0131 496 0022;Two roof windows;{today}
Ruth Hale;;0131 496 0023;;2019-05-01
;;;Nobody;{today}
"""


def fill(post: Mailbox) -> None:
    """Some who were answered, more who never were, a form's robot, a newsletter."""
    inbox, sent = [], []
    for number, (name, days, hours) in enumerate(_ANSWERED):
        email, asked, at = _email(name), f"<asked-{number}@mail.example>", ago(days=days)
        text = f"Could you quote for a loft? We are in Moor Lane {number}.\n\nYours, {name}"
        inbox.append((letter(text, sender=f"{name} <{email}>", to=ADDRESS, id=asked), at))
        back = letter(
            f"Gladly, {name}: I could come by on Tuesday.", sender=f"Ana <{ADDRESS}>", to=email,
            subject="Re: Loft conversion", In_Reply_To=asked,
        )  # fmt: skip
        sent.append((back, at + timedelta(hours=hours)))
    for name, days in _FORGOTTEN:
        text = f"What would a staircase and a loft floor cost, please? {name}"
        inbox.append((form_notice(name, _email(name), text, to=ADDRESS), ago(days=days)))
    news = letter(
        "Our spring offers.", sender="news@timber.example", List_Id="<news.timber.example>", to=ADDRESS
    )
    inbox.append((news, ago(days=5)))
    post.dovecot.fill(inbox, user=USER)
    post.dovecot.fill(sent, user=USER, folder="Sent")


def _email(name: str) -> str:
    return f"{name.partition(' ')[0].lower()}@{name.rpartition(' ')[2].lower()}.example"


def rescue(there: Scene, account: int) -> int:
    """Day one is read and shown; Enter takes the newest, E closes whoever is not offered."""
    driver = there.driver
    driver.shot("60-day-one")
    with there.look() as desk:
        audit = desk.audit.last(account)
    assert audit is not None
    assert (audit.review.enquiries, audit.review.answered, len(audit.unanswered)) == (8, 3, 5)
    with driver.changing():
        driver.keys("Return")
    ada = there.until(lambda desk: desk.queue.today().rows)[0]
    assert ada.name == "Ada Finch"
    driver.wait_title(r"^\(1\) LeadDesk")
    driver.settle()
    driver.shot("61-taken-and-to-be-answered")
    driver.keys("Escape")
    with driver.changing():
        driver.keys("b")
    driver.shot("62-rescue")
    with driver.changing():
        driver.keys("e")
    there.until(lambda desk: len(desk.rescue.all()) == 2)
    driver.shot("63-the-rest-closed")
    driver.keys("Escape")
    driver.settle()
    return ada.lead


def choose(there: Scene, name: str) -> int:
    """J and K to somebody's row; returns the lead."""
    names = [row.name for row in there.rows()]
    there.driver.keys(*["k"] * len(names), *["j"] * names.index(name))
    there.driver.settle()
    return there.rows()[names.index(name)].lead


def teach_away(there: Scene, post: Mailbox) -> None:
    """Two mails of a robot land; X puts both away, A says it of all like them, Ctrl+Z takes that back."""
    driver = there.driver
    for number, (who, hour) in enumerate((("Pam Wood", 7), ("Lee Hart", 8)), start=2):
        text = f"Please tell me when item {hour}0{hour} is in stock again."
        post.dovecot.deliver(robot_mail(who, text), to=USER)
        driver.wait_title(rf"^\({number}\) LeadDesk")
    driver.settle()
    for left, who in ((2, "Pam Wood"), (1, "Lee Hart")):
        lead = choose(there, who)
        driver.shot(f"64-a-robot-{left}")
        with driver.changing():
            driver.keys("x")
        _until_out(there, lead)
        driver.wait_title(rf"^\({left}\) LeadDesk")
    driver.settle()
    driver.shot("65-put-away")
    with driver.changing():
        driver.keys("a")
    driver.shot("66-what-may-be-taught")
    driver.keys("Return")
    (lesson,) = there.until(lambda desk: desk.teach.lessons())
    assert (lesson.trait, lesson.taught) == (Trait.FORM, Taught.NO_ENQUIRY)
    driver.settle()
    driver.shot("67-taught")
    driver.keys("ctrl+z")
    there.until(lambda desk: not desk.teach.lessons())
    driver.settle()
    driver.shot("68-not-taught")


def _until_out(there: Scene, lead: int) -> None:
    there.until(lambda desk: desk.leads.show(lead).outcome is Outcome.NOT_A_LEAD)


def robot_mail(who: str, text: str) -> bytes:
    body = f"Name: {who}\nEmail: {_email(who)}\nMessage: {text}"
    to = {"to": ADDRESS, "Reply_To": f"{who} <{_email(who)}>"}
    return letter(body, sender=_ROBOT, subject="Back in stock?", **to)


def join(there: Scene, post: Mailbox) -> None:
    """One person by two addresses of one firm: asked about, joined with D and Enter, taken apart."""
    driver = there.driver
    for number, box in enumerate(("jane", "office"), start=2):
        text = f"Could you look at our roof beams? We are at the yard. ({box})"
        sender = f"Jane Porter <{box}@porterjoinery.example>"
        post.dovecot.deliver(letter(text, sender=sender, to=ADDRESS, subject=f"Beams {box}"), to=USER)
        driver.wait_title(rf"^\({number}\) LeadDesk")
    driver.settle()
    jane = choose(there, "Jane Porter")
    driver.shot("69-same-person")
    with driver.changing():
        driver.keys("d")
    driver.shot("70-joined-or-not")
    driver.keys("Return")
    driver.wait_title(r"^\(2\) LeadDesk")
    head = there.until(lambda desk: desk.leads.get(jane)).id
    there.until(lambda desk: desk.same.joined(head))
    driver.settle()
    driver.shot("71-joined")
    driver.keys("ctrl+z")
    there.until(lambda desk: not desk.same.joined(head))
    driver.wait_title(r"^\(3\) LeadDesk")
    driver.settle()
    driver.shot("72-apart")


def take_in(there: Scene, table: Path) -> None:
    """Ctrl+I, the file by its name, what would come of it, Enter takes it in, Ctrl+Z takes it back."""
    driver, before = there.driver, len(there.rows())
    with driver.changing():
        driver.keys("ctrl+i")
    driver.shot("73-import")
    driver.keys("Return")
    driver.wait_title("^Import people$")
    driver.settle()
    driver.type(str(table))
    driver.settle()
    driver.keys("Return")
    driver.wait_title("LeadDesk")
    driver.settle()
    wait_for(lambda: _is_drawn_on(driver.picture(TRIED)))  # while the file is looked at Enter means stop
    driver.settle()
    driver.shot("74-what-would-come")
    with there.look() as desk:
        assert not desk.imports.batches()
    driver.keys("Return")
    (batch,) = there.until(lambda desk: desk.imports.batches())
    assert batch.undone_at is None
    assert [row.name for row in there.rows()].count("Priya Nair") == 1
    driver.wait_title(rf"^\({before + 2}\) LeadDesk")
    driver.settle()
    driver.shot("75-taken-in")
    driver.keys("ctrl+z")
    there.until(lambda desk: desk.imports.batches()[0].undone_at)
    driver.wait_title(rf"^\({before}\) LeadDesk")
    driver.settle()
    driver.shot("76-taken-back")
    assert len(there.rows()) == before


def _is_drawn_on(pixels: bytes) -> bool:
    return any(pixels[at : at + 3] != pixels[:3] for at in range(0, len(pixels), 3))


def test_the_past_a_robot_two_who_are_one_and_a_table(there: Scene, post: Mailbox, tmp_path: Path) -> None:
    fill(post)
    table = tmp_path / "people.csv"
    table.write_text(_TABLE.format(today=ago(days=0).date().isoformat()))
    with GnomeKeyring(there.bus):
        account = there.set_up(post)
        rescue(there, account.id)
        teach_away(there, post)
        join(there, post)
        take_in(there, table)
    assert there.driver.errors() == ""

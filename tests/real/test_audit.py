"""Day one on a real Dovecot: a few hundred mails of the past, read once and quietly."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from leaddesk.cli import run
from leaddesk.desk import Doors
from leaddesk.doors.clock import Clock
from leaddesk.doors.mail.reader import Reader
from leaddesk.doors.store import Correspondent
from leaddesk.words.account import Account
from leaddesk.words.audit import Audit, Progress, Step
from leaddesk.words.errors import Refused
from leaddesk.words.mail import Role
from leaddesk.words.states import Standing, What
from tests.house import House
from tests.letters import answer, form_notice, letter
from tests.real.made_past import made_past
from tests.real.watched import PASSWORD, Box, ago

pytestmark = pytest.mark.real
NAMES = ("Ada", "Bea", "Cal", "Dan", "Eve", "Fay")
THANKS = "Hello {}, thank you for your message. We have received it and will answer within one working day."


@pytest.fixture
def house(profile: Path, reader: Reader) -> Iterator[House]:
    house = House.open(profile, reader, Clock())
    yield house
    house.close()


@pytest.fixture
def account(house: House, box: Box) -> Account:
    """The box, known to the desk and not watched."""
    known = house.desk.accounts.add(box.account(own_domain=True), PASSWORD, test=False).account
    house.desk.accounts.give_password(known.id, PASSWORD, keep=False)
    return known


def form(box: Box, name: str, at: datetime, text: str = "Could you quote for a loft conversion?") -> str:
    email = f"{name.lower()}@example.org"
    box.append(form_notice(f"{name} Eze", email, text, to=box.email), at=at)
    return email


def audited(house: House, account: Account, **more: object) -> Audit:
    found = house.desk.audit.run(account.id, **more)  # type: ignore[arg-type]  # given by name
    assert found is not None
    return found


def test_a_few_hundred_mails_of_the_past_are_told_apart_and_nothing_else_is_touched(
    house: House, account: Account, box: Box
) -> None:
    """The truth is written down as the mails are made."""
    made = made_past(box.email, people=60, newsletters=140, familiar=20)
    old = letter(sender="old@example.org"), ago(days=100)
    box.dovecot.fill([*made.inbox, old], user=box.user)
    box.dovecot.fill(made.sent, user=box.user, folder="Sent")
    before = box.doveadm("fetch", "uid flags", "all")

    found = audited(house, account)

    review = found.review
    assert (review.enquiries, review.never, review.waiting) == (60, made.never, 0)
    assert review.answered == len(made.waited)
    assert review.within_5min == sum(hours < 0.1 for hours in made.waited)
    assert review.within_1h == sum(hours < 1 for hours in made.waited)
    assert review.within_24h == sum(hours < 24 for hours in made.waited)
    assert len(found.unanswered) == made.never
    assert [(each.name, each.mails) for each in found.familiar] == [("Mum", 40)]
    assert box.doveadm("fetch", "uid flags", "all") == before
    assert house.mails() == house.mails(Role.SENT) == []
    assert not house.alerts()
    assert house.queue() == ()


def test_the_websites_own_confirmations_in_sent_answer_nobody(
    house: House, account: Account, box: Box
) -> None:
    for number, name in enumerate(("Ngozi", "Bob", "Eve")):
        at = ago(days=10, hours=number)
        email = form(box, name, at)
        thanks = letter(THANKS.format(name), sender=f"Ann <{box.email}>", to=email, subject="Thank you")
        box.append(thanks, "Sent", at + timedelta(seconds=5))
        if name == "Eve":
            box.append(answer(email, "In May.", subject="Your loft"), "Sent", at + timedelta(hours=2))

    found = audited(house, account)

    assert (found.review.answered, found.review.never) == (1, 2)
    assert found.review.answered_median == timedelta(hours=2)
    assert [each.name for each in found.unanswered] == ["Ngozi Eze", "Bob Eze"]


def test_who_asked_within_three_days_still_waits_and_is_no_rescue(
    house: House, account: Account, box: Box
) -> None:
    form(box, "Ngozi", ago(hours=70))
    found = audited(house, account)
    assert (found.review.waiting, found.review.never, found.unanswered) == (1, 0, ())


def test_the_audit_can_be_cancelled_and_then_keeps_nothing(house: House, account: Account, box: Box) -> None:
    form(box, "Ngozi", ago(days=10))
    heard: list[Progress] = []

    def is_cancelled() -> bool:
        return any(progress.step is Step.FORMS for progress in heard)

    assert house.desk.audit.run(account.id, told=heard.append, is_cancelled=is_cancelled) is None
    assert [progress.step for progress in heard][:2] == [Step.CONNECT, Step.INBOX]
    assert house.desk.audit.last(account.id) is None


def test_the_command_line_tells_the_figures_and_stores_nothing(
    house: House,
    account: Account,
    box: Box,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    at = ago(days=9)
    box.append(answer(form(box, "Ngozi", at), "In May."), "Sent", at + timedelta(minutes=20))
    form(box, "Bob", ago(days=8))
    form(box, "Eve", ago(days=40))
    doors = Doors(Clock(), house.vault, Reader())
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"")))
    capsys.readouterr()

    code = run(["--profile", str(house.desk.profile), "audit", "--days", "30", "--json"], doors=doors)

    heard = capsys.readouterr()
    assert (code, heard.err) == (0, "")
    told = json.loads(heard.out)
    assert (told["enquiries"], told["answered"], told["never"], told["waiting"]) == (2, 1, 1, 0)
    assert (told["median_s"], told["answered_median_s"]) == (1200, 1200)
    assert told["within"] == {"5min": 0, "30min": 1, "1h": 1, "24h": 1}
    assert house.desk.audit.last(account.id) is None
    assert house.desk.queue.today().rescue_total == 0


# -- rescue


def test_three_are_offered_a_day_and_taking_one_makes_it_a_lead_with_its_real_time(
    house: House, account: Account, box: Box
) -> None:
    times = [ago(days=5 + number) for number in range(5)]
    for number, at in enumerate(times):
        form(box, NAMES[number], at, f"Could you quote for loft number {number}?")
    audited(house, account)
    view = house.desk.queue.today()
    assert [offer.name for offer in view.rescue] == ["Ada Eze", "Bea Eze", "Cal Eze"]
    assert (view.rescue_total, view.rows) == (5, ())
    assert view.rescue[0].why == "Asked 5 days ago, never answered"

    number = house.desk.rescue.take(view.rescue[0].rescue)

    lead = house.lead(number)
    assert lead.enquiries[0].received_at == times[0]
    assert lead.enquiries[0].message == "Could you quote for loft number 0?"
    assert (lead.state.what, lead.state.enquiries[0].standing) == (What.NEW, Standing.WAITING)
    assert not house.alerts()
    assert [offer.name for offer in house.desk.queue.today().rescue] == ["Bea Eze", "Cal Eze"]
    with pytest.raises(Refused):
        house.desk.rescue.take(view.rescue[0].rescue)
    house.desk.rescue.let_go(view.rescue[1].rescue)
    house.desk.rescue.let_go(view.rescue[2].rescue)
    assert house.desk.queue.today().rescue == ()
    assert house.desk.queue.today().rescue_total == 2
    assert [each.name for each in audited(house, account).unanswered] == ["Dan Eze", "Eve Eze"]


def test_the_rest_is_closed_at_once_and_comes_back_at_once(house: House, account: Account, box: Box) -> None:
    for number in range(6):
        form(box, NAMES[number], ago(days=5 + number))
    audited(house, account)

    count, moment = house.desk.rescue.close_the_rest()

    assert count == 3
    assert [offer.name for offer in house.desk.queue.today().rescue] == [
        "Ada Eze", "Bea Eze", "Cal Eze",
    ]  # fmt: skip
    assert house.desk.rescue.bring_back(moment) == 3
    assert house.desk.queue.today().rescue_total == 6


def test_a_letter_of_somebody_the_rules_take_for_known_is_rescued_by_the_persons_word(
    house: House, account: Account, box: Box
) -> None:
    box.append(letter("What is a dormer?", to=box.email), at=ago(days=9))
    (one,) = audited(house, account).unanswered
    house.desk.store.mailboxes.remember_correspondents([_written_to("ngozi@example.org", ago(days=30))])

    lead = house.lead(house.desk.rescue.take(one.id))

    assert (lead.person.name, lead.enquiries[0].message) == ("Ngozi Eze", "What is a dormer?")


def test_one_whose_mail_has_gone_becomes_a_lead_of_what_is_known(
    house: House, account: Account, box: Box
) -> None:
    at = ago(days=9)
    form(box, "Ngozi", at)
    (one,) = audited(house, account).unanswered
    box.expunge(one.uid)

    lead = house.lead(house.desk.rescue.take(one.id))

    assert (lead.person.name, lead.person.emails) == ("Ngozi Eze", ("ngozi@example.org",))
    assert (lead.enquiries[0].received_at, lead.enquiries[0].message) == (at, one.wants)


def test_the_list_survives_the_end_of_a_mailbox_being_watched(
    house: House, account: Account, box: Box
) -> None:
    form(box, "Ngozi", ago(days=9))
    audited(house, account)
    house.desk.store.accounts.change(replace(account, name="Ann"))
    assert house.desk.queue.today().rescue_total == 1
    house.desk.accounts.remove(account.id)
    assert house.desk.queue.today().rescue_total == 0


def _written_to(key: str, since: datetime) -> Correspondent:
    return Correspondent(key, since)

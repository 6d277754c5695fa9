"""The trial of an account against real servers: step by step, and what a refusal leaves behind."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from leaddesk.doors.clock import Clock
from leaddesk.doors.mail.reader import Reader
from leaddesk.words.account import Account, Step, TestStep
from leaddesk.words.mail import Place
from tests.house import House
from tests.real.sink import Sink
from tests.real.watched import PASSWORD, Box, online, read, watching

pytestmark = pytest.mark.real


@pytest.fixture
def house(profile: Path, reader: Reader) -> Iterator[House]:
    made = House.open(profile, reader, Clock())
    yield made
    made.close()


def sink(
    tmp_path: Path, box: Box, personality: str = "", copies_to: Callable[[bytes], None] | None = None
) -> Sink:
    truth, users = tmp_path / "taken", {box.user: PASSWORD}
    return Sink(f"auth;{personality}", truth=truth, users=users, copies_to=copies_to)


def an_account(box: Box, smtp: Sink, **more: object) -> Account:
    return box.account(smtp=smtp.server, saves_sent=None, **more)


def ended(steps: list[TestStep]) -> list[tuple[Step, str, bool]]:
    return [(step.step, step.server, step.ok) for step in steps]


def test_every_step_is_told_and_the_sent_folder_and_its_copies_are_learnt(
    house: House, box: Box, tmp_path: Path
) -> None:
    with sink(tmp_path, box, copies_to=lambda raw: box.append(raw, "Sent")) as smtp:
        steps: list[TestStep] = []
        report = house.desk.accounts.add(an_account(box, smtp), PASSWORD, on_step=steps.append)
        assert report.ok
        assert ended(steps) == [
            (Step.REACH, "imap", True), (Step.TLS, "imap", True), (Step.LOGIN, "imap", True),
            (Step.FOLDER, "imap", True), (Step.REACH, "smtp", True), (Step.TLS, "smtp", True),
            (Step.LOGIN, "smtp", True), (Step.SEND, "smtp", True),
        ]  # fmt: skip
        assert (report.account.sent_folder, report.account.saves_sent) == ("Sent", True)
        (taken,) = smtp.taken()
        assert taken.rcpt == (box.email,)


def test_a_server_that_wants_no_sign_in_is_given_none(house: House, box: Box, tmp_path: Path) -> None:
    with Sink(truth=tmp_path / "taken") as smtp:
        assert house.desk.accounts.add(an_account(box, smtp, smtp_user=""), PASSWORD).ok
        assert not any(line.startswith("AUTH") for line in smtp.heard)


def test_a_provider_that_keeps_no_copies_stays_unproved(house: House, box: Box, tmp_path: Path) -> None:
    with sink(tmp_path, box) as smtp:
        report = house.desk.accounts.add(an_account(box, smtp), PASSWORD)
        assert report.ok
        assert report.account.saves_sent is None


@pytest.mark.parametrize(
    ("password", "personality", "more", "failed"),
    [
        ("wrong", "", {}, (Step.LOGIN, "imap")),
        (PASSWORD, "", {"folder": "Leads"}, (Step.FOLDER, "imap")),
        (PASSWORD, "answer:RCPT:550 5.1.1 unknown", {}, (Step.SEND, "smtp")),
    ],
)
def test_a_step_that_fails_says_what_to_do_and_nothing_is_kept(
    house: House, box: Box, tmp_path: Path, password: str, personality: str, more: dict[str, object],
    failed: tuple[Step, str],
) -> None:  # fmt: skip
    with sink(tmp_path, box, personality) as smtp:
        report = house.desk.accounts.add(an_account(box, smtp, **more), password)
        *good, last = report.tests
        assert all(step.ok for step in good)
        assert (last.step, last.server, last.ok) == (*failed, False)
        assert last.detail
        assert last.mend
        assert not report.ok
        assert house.desk.accounts.list() == ()
        assert house.vault.kept == {}


def test_the_test_mail_to_oneself_becomes_no_lead(
    profile: Path, reader: Reader, box: Box, tmp_path: Path
) -> None:
    with (
        sink(tmp_path, box, copies_to=box.deliver) as smtp,
        watching(profile, reader, box, smtp=smtp.server) as house,
    ):
        online(house)
        assert house.desk.accounts.test(1).ok
        (mail,) = read(house, 1)
        assert mail.place is Place.NOT_A_LEAD
        assert house.queue() == ()

"""The Sent folder of a real Dovecot: unsure mails are found there, and every sent mail has one copy."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from leaddesk.desk.sent_folder import LookPace, SentFolder
from leaddesk.desk.settling import SendPace
from leaddesk.desk.sign_ins import SignIns
from leaddesk.doors.clock import Clock
from leaddesk.doors.mail.smtp import StageTimeouts
from leaddesk.words.account import Account
from leaddesk.words.outgoing import OutgoingState, Resolution
from leaddesk.words.settings import GRACE_SECONDS
from tests.outgoing_desk import OutgoingDesk
from tests.real.dovecot import Dovecot
from tests.real.ports import free_ports
from tests.real.sink import Sink
from tests.real.test_send import running, until

pytestmark = pytest.mark.real

S = OutgoingState
LOOKS = LookPace(
    rest_s=1.0, look_s=0.1, copy_after_s=0.0, learn_after_s=0.2, offline_s=0.1, timeout_s=5.0, vault_s=2.0
)
QUICK = SendPace(
    rest_s=1.0, offline_s=0.2, refused_s=0.1, vault_s=2.0, stages=StageTimeouts().scaled(1 / 300), looks=LOOKS
)


@pytest.fixture
def desk(tmp_path: Path) -> OutgoingDesk:
    return OutgoingDesk.open(tmp_path / "profile", Clock())


@pytest.fixture
def truth(tmp_path: Path) -> Path:
    return tmp_path / "truth.jsonl"


def account(desk: OutgoingDesk, sink: Sink, dovecot: Dovecot, saves_sent: bool | None) -> Account:
    made = desk.account(
        sink.server,
        user="ana",
        smtp_user="",
        imap=dovecot.server,
        ca_file=dovecot.ca_file,
        saves_sent=saves_sent,
    )
    desk.passwords.remember(made, dovecot.users["ana"])
    return made


def looking(desk: OutgoingDesk, step: Callable[[str], None] = lambda name: None) -> SentFolder:
    return SentFolder(
        desk.store, desk.clock, desk.config, desk.passwords, desk.troubles, SignIns(), LOOKS, step
    )


def sent_ids(dovecot: Dovecot) -> list[str]:
    return dovecot.message_ids(folder="Sent")


# -- unsure


def test_an_unsure_mail_is_found_in_sent_and_counts_from_there(
    desk: OutgoingDesk, dovecot: Dovecot, truth: Path
) -> None:
    keep = lambda raw: dovecot.append(raw, folder="Sent")  # noqa: E731 - the provider's way of keeping a copy
    with Sink("drop-after", truth=truth, copies_to=keep) as sink, running(desk.sender(QUICK)):
        account(desk, sink, dovecot, None)
        lead = desk.lead()
        mail = desk.approved(lead)
        until(lambda: desk.row(mail.id).state is S.SENT)
        assert len(sink.taken()) == 1
    row = desk.row(mail.id)
    assert (row.why, row.copied_to_sent) == ("Found in Sent.", False)
    (touch,) = desk.touches(lead)
    assert abs(touch.at - desk.clock.now()) < timedelta(seconds=30)
    assert touch.at.microsecond == 0  # INTERNALDATE, not our clock
    assert sent_ids(dovecot) == [mail.message_id]
    assert desk.store.accounts.get(1).saves_sent is True


def test_an_unsure_mail_that_is_not_there_is_asked_about_after_the_grace(
    desk: OutgoingDesk, dovecot: Dovecot, truth: Path
) -> None:
    desk.config.set(GRACE_SECONDS, "1")
    slow_to_rest = replace(QUICK, looks=replace(LOOKS, rest_s=60.0))
    with Sink("drop-before", truth=truth) as sink, running(desk.sender(slow_to_rest)):
        account(desk, sink, dovecot, True)
        mail = desk.approved(desk.lead(), subject="Loft")
        until(lambda: desk.row(mail.id).state is S.UNSURE)
        assert desk.trouble("unsure:") is None
        until(lambda: desk.trouble("unsure:"))
        (trouble,) = desk.troubles.all()
        assert trouble.key == f"unsure:{mail.id}"
        assert trouble.sentence == "We are not sure this arrived: Loft"
        assert trouble.safe.startswith("It is not in Sent")
        row = desk.row(mail.id)
        assert row.committing_at is not None
        assert trouble.since - row.committing_at >= timedelta(seconds=1)
        assert sink.connections == 1
        desk.reply.resolve(mail.id, Resolution.DROP)
        until(lambda: desk.trouble("unsure:") is None)
    assert sent_ids(dovecot) == []


def test_where_nobody_knows_whether_copies_are_kept_it_is_asked_about_at_once(
    desk: OutgoingDesk, dovecot: Dovecot, truth: Path
) -> None:
    desk.config.set(GRACE_SECONDS, "1")
    with Sink("drop-after", truth=truth) as sink, running(desk.sender(QUICK)):
        account(desk, sink, dovecot, False)
        mail = desk.approved(desk.lead())
        until(lambda: desk.trouble("unsure:"))
        (trouble,) = desk.troubles.all()
        assert "not in Sent" not in trouble.safe
        desk.reply.resolve(mail.id, Resolution.ARRIVED)
        until(lambda: desk.row(mail.id).copied_to_sent)
    assert sent_ids(dovecot) == [mail.message_id]


def test_a_copy_that_comes_late_answers_the_question(
    desk: OutgoingDesk, dovecot: Dovecot, truth: Path
) -> None:
    desk.config.set(GRACE_SECONDS, "1")
    with Sink("drop-after", truth=truth) as sink, running(desk.sender(QUICK)):
        account(desk, sink, dovecot, True)
        mail = desk.approved(desk.lead())
        until(lambda: desk.trouble("unsure:"))
        dovecot.append(desk.store.outbox.raw(mail.id), folder="Sent")
        until(lambda: desk.row(mail.id).state is S.SENT)
        until(lambda: desk.trouble("unsure:") is None)


def test_a_mailbox_that_is_away_does_not_keep_replies_waiting(
    desk: OutgoingDesk, dovecot: Dovecot, truth: Path
) -> None:
    desk.config.set(GRACE_SECONDS, "1")
    (port,) = free_ports(1)
    with Sink("drop-after", truth=truth) as sink, running(desk.sender(QUICK)):
        made = account(desk, sink, dovecot, False)
        desk.store.accounts.change(replace(made, imap=replace(made.imap, port=port)))
        first = desk.approved(desk.lead(), "one")
        until(lambda: desk.row(first.id).state is S.UNSURE)
        sink.become("normal")
        second = desk.approved(desk.lead(), "two")
        until(lambda: desk.row(second.id).state is S.SENT, 2)
        until(lambda: desk.trouble("unsure:"))
        desk.store.accounts.change(made)
        until(lambda: desk.row(second.id).copied_to_sent)


# -- copies


def test_a_sent_mail_gets_its_copy_read_and_at_its_time(
    desk: OutgoingDesk, dovecot: Dovecot, truth: Path
) -> None:
    with Sink(truth=truth) as sink, running(desk.sender(QUICK)):
        account(desk, sink, dovecot, False)
        mails = [desk.approved(desk.lead(), text) for text in ("one", "two")]
        until(lambda: all(desk.row(mail.id).copied_to_sent for mail in mails))
    assert sorted(sent_ids(dovecot)) == sorted(mail.message_id or "" for mail in mails)
    assert all("\\Seen" in flags for flags in dovecot.flags(folder="Sent"))


def test_a_provider_that_keeps_copies_is_not_given_another(
    desk: OutgoingDesk, dovecot: Dovecot, truth: Path
) -> None:
    keep = lambda raw: dovecot.append(raw, folder="Sent")  # noqa: E731 - the provider's way of keeping a copy
    with Sink(truth=truth, copies_to=keep) as sink, running(desk.sender(QUICK)):
        account(desk, sink, dovecot, None)
        mail = desk.approved(desk.lead())
        until(lambda: desk.row(mail.id).copied_to_sent is False)
        until(lambda: desk.store.accounts.get(1).saves_sent)
        second = desk.approved(desk.lead())
        until(lambda: desk.row(second.id).copied_to_sent is False)
    assert set(sent_ids(dovecot)) == {mail.message_id, second.message_id}
    assert len(sent_ids(dovecot)) == 2


def test_where_no_copy_appears_one_is_put_there(desk: OutgoingDesk, dovecot: Dovecot, truth: Path) -> None:
    with Sink(truth=truth) as sink, running(desk.sender(QUICK)):
        account(desk, sink, dovecot, None)
        mail = desk.approved(desk.lead())
        until(lambda: desk.row(mail.id).copied_to_sent)
    assert sent_ids(dovecot) == [mail.message_id]


@pytest.mark.parametrize("saves_sent", [False, None])
def test_a_crash_after_the_copy_makes_no_second_one(
    desk: OutgoingDesk, dovecot: Dovecot, truth: Path, saves_sent: bool | None
) -> None:
    """And our own copy is not taken for the provider's."""

    def dies(name: str) -> None:
        if name == "appended":
            raise KeyboardInterrupt

    with Sink(truth=truth) as sink:
        account(desk, sink, dovecot, saves_sent)
        mail = desk.approved(desk.lead())
        desk.sender(replace(QUICK, looks=replace(LOOKS, learn_after_s=60, copy_after_s=60))).round()
    impatient = replace(LOOKS, learn_after_s=0.0)
    crashing = SentFolder(
        desk.store, desk.clock, desk.config, desk.passwords, desk.troubles, SignIns(), impatient, dies
    )
    with pytest.raises(KeyboardInterrupt):
        crashing.round()
    assert desk.row(mail.id).copied_to_sent is None
    until(lambda: looking(desk).round() and desk.row(mail.id).copied_to_sent is not None)
    assert sent_ids(dovecot) == [mail.message_id]
    assert desk.store.accounts.get(1).saves_sent is saves_sent


def test_a_mailbox_whose_sent_has_another_name_is_served(
    desk: OutgoingDesk, certificates: object, truth: Path
) -> None:
    with Dovecot(sent="Gesendet") as dovecot, Sink(truth=truth) as sink:
        account(desk, sink, dovecot, False)
        mail = desk.approved(desk.lead())
        sender = desk.sender(QUICK)
        sender.once()
        assert dovecot.message_ids(folder="Gesendet") == [mail.message_id]


def test_a_wrong_mailbox_password_is_tried_once_until_the_person_acts(
    desk: OutgoingDesk, dovecot: Dovecot, truth: Path
) -> None:
    with Sink(truth=truth) as sink, running(desk.sender(QUICK)) as sender:
        made = account(desk, sink, dovecot, False)
        desk.passwords.remember(made, "wrong")
        mail = desk.approved(desk.lead())
        until(lambda: "auth failed" in dovecot.logs())
        for number in range(5):
            other = desk.approved(desk.lead(), f"number {number}")
            until(lambda: desk.row(other.id).state is S.SENT)  # noqa: B023 - called in this turn only
        assert dovecot.logs().count("auth failed") == 1
        desk.passwords.remember(made, dovecot.users["ana"])
        sender.retry()
        until(lambda: desk.row(mail.id).copied_to_sent)

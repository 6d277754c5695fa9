"""Servers that go and come, sign-ins, a locked keyring, a full disk: the watch against a real Dovecot."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from leaddesk.desk.watch import Pace
from leaddesk.doors.clock import Clock
from leaddesk.doors.mail.reader import Reader
from leaddesk.doors.store.mails import Mails
from leaddesk.words.account import ConnectionState, Security, Server
from leaddesk.words.errors import DiskTrouble
from leaddesk.words.mail import RawMail
from leaddesk.words.news import ConnectionChanged
from leaddesk.words.outgoing import OutgoingState
from tests.house import House, until
from tests.letters import letter
from tests.memory_vault import MemoryVault
from tests.real.cutter import Cutter
from tests.real.sink import Sink
from tests.real.watched import PASSWORD, QUICK, Box, inbox, is_online, online, read, watching

pytestmark = pytest.mark.real

ONLINE, OFFLINE, REFUSED = ConnectionState.ONLINE, ConnectionState.OFFLINE, ConnectionState.REFUSED


def test_a_restart_of_the_server_is_nobodys_trouble(profile: Path, reader: Reader, own_box: Box) -> None:
    pace = Pace(renew_s=5.0, backoff_s=0.05, backoff_most_s=0.2, timeout_s=5.0)
    with watching(profile, reader, own_box, pace=pace) as house:
        online(house)
        own_box.dovecot.restart()
        own_box.deliver(letter())
        read(house, 1)
        until(lambda: is_online(house))
        until(house.alerts)
        assert house.desk.health.troubles() == ()


def test_a_server_that_dies_is_told_and_found_again(profile: Path, reader: Reader, own_box: Box) -> None:
    with watching(profile, reader, own_box) as house:
        online(house)
        proof = inbox(house).proof_at
        own_box.dovecot.kill9()
        until(lambda: house.trouble("offline:1"))
        trouble = house.trouble("offline:1")
        connection = inbox(house)
        assert trouble is not None
        assert trouble.sentence.startswith("Mail to ann@lofts.example has not been watched since ")
        assert proof is not None
        assert connection.proof_at is not None
        assert connection.proof_at >= proof  # one more may have come before the server died
        assert (trouble.since, trouble.action) == (connection.proof_at, "Try now")
        assert connection.state is OFFLINE
        assert connection.why
        assert connection.next_try is not None
        own_box.dovecot.start()
        own_box.deliver(letter())
        read(house, 1)
        until(lambda: house.trouble("offline:1") is None)
        told = [news.state for news in house.heard(ConnectionChanged) if news.folder == "INBOX"]
        assert told == [ConnectionState.CONNECTING, ONLINE, OFFLINE, ONLINE]


def test_a_server_that_comes_back_is_not_stormed(profile: Path, reader: Reader, own_box: Box) -> None:
    pace = Pace(renew_s=5.0, backoff_s=0.1, backoff_most_s=0.4, timeout_s=5.0)
    with watching(profile, reader, own_box, pace=pace) as house:
        online(house)
        own_box.dovecot.kill9()
        until(lambda: inbox(house).state is OFFLINE)
        own_box.dovecot.start()
        until(lambda: is_online(house))
    assert own_box.dovecot.logs().count("Login: user=<ann>") <= 2 + 2


def test_a_machine_that_wakes_up_drops_its_connections(profile: Path, reader: Reader, box: Box) -> None:
    with watching(profile, reader, box) as house:
        online(house)
        before = inbox(house).since
        house.desk.services.resume()
        until(lambda: is_online(house) and inbox(house).since > before)
        box.deliver(letter())
        read(house, 1)


def test_a_wrong_password_is_tried_twice_and_then_the_person_is_asked(
    profile: Path, reader: Reader, box: Box
) -> None:
    with watching(profile, reader, box, password="wrong") as house:
        until(lambda: len(house.desk.health.connections()) == 2)
        until(lambda: all(c.state is REFUSED for c in house.desk.health.connections()))
        trouble = house.trouble("sign-in:1")
        assert trouble is not None
        assert trouble.action == "Sign in again"
        house.desk.services.resume()
        refused = box.dovecot.root / "dovecot.log"
        assert refused.read_text().count(f"user=<{box.user}>, method=PLAIN") == 2

        house.desk.accounts.give_password(1, PASSWORD, keep=False)
        online(house)
        assert house.trouble("sign-in:1") is None
        box.deliver(letter())
        read(house, 1)


def test_watchers_sender_and_sent_folder_try_a_wrong_password_twice_in_all(
    profile: Path, reader: Reader, box: Box, tmp_path: Path
) -> None:
    house = House.open(profile, reader, Clock(), pace=QUICK)
    accounts, outbox = house.desk.accounts, house.desk.store.outbox
    with Sink("auth", truth=tmp_path / "truth.jsonl", users={box.user: PASSWORD}) as sink, closing(house):
        kept = accounts.add(box.account(smtp=sink.server), "wrong", test=False).account
        accounts.give_password(1, "wrong", keep=False)
        lead = house.desk.leads.add(name="Ngozi Eze", email="ngozi@example.org", message="A loft?").lead
        unsure = house.desk.reply.send_text(lead, "Yes.", undo=False)
        outbox.claim(Clock().now(), "a life that was cut", [1])
        outbox.committing(unsure.id, "a life that was cut")
        mail = house.desk.reply.send_text(lead, "And soon.", undo=False)
        house.desk.services.start()
        until(lambda: house.trouble("sign-in:1"))
        until(lambda: all(c.state is REFUSED for c in house.desk.health.connections()))
        for name in ("Ann", "Bea", "Cai"):
            outbox.try_now()
            accounts.change(replace(kept, name=name))
            house.desk.services.resume()
            until(lambda: house.desk.services._its_sender()._holds.is_held(1, Clock().now()))
        assert _refused(box) == 2
        assert sink.heard.count("AUTH") <= 2

        before = sink.heard.count("AUTH")
        accounts.give_password(1, PASSWORD, keep=False)
        online(house)
        until(lambda: outbox.get(mail.id).state is OutgoingState.SENT)
        assert (_refused(box), sink.heard.count("AUTH")) == (2, before + 1)


def _refused(box: Box) -> int:
    lines = (box.dovecot.root / "dovecot.log").read_text().splitlines()
    return sum("auth failed" in line and f"user=<{box.user}>" in line for line in lines)


def test_a_locked_keyring_is_asked_once_and_waits_for_its_button(
    profile: Path, reader: Reader, box: Box
) -> None:
    vault = CountingVault()
    house = House.open(profile, reader, Clock(), vault=vault, pace=QUICK)
    house.desk.accounts.add(box.account(), PASSWORD, test=False)
    again = House.open(profile, reader, Clock(), vault=vault, pace=QUICK)
    vault.locked = True
    again.desk.services.start()
    try:
        until(lambda: again.trouble("keyring:1"))
        until(lambda: all(c.state is REFUSED for c in again.desk.health.connections()))
        trouble = again.trouble("keyring:1")
        assert trouble is not None
        assert trouble.sentence.startswith("The keyring is locked. Mail to ")
        assert (trouble.action, vault.asked) == ("Unlock the keyring", 1)
        vault.locked = False
        again.desk.health.act("keyring:1")
        online(again)
        assert again.trouble("keyring:1") is None
    finally:
        again.close()
        house.close()


class CountingVault(MemoryVault):
    """Counts how often it was asked for a password."""

    asked = 0

    def get(self, what: str, user: str, *, within_s: float = 60.0) -> str | None:
        self.asked += 1
        return super().get(what, user, within_s=within_s)


def test_a_server_without_idle_is_asked_again_and_again(profile: Path, reader: Reader, box: Box) -> None:
    pace = Pace(renew_s=5.0, poll_s=0.2, timeout_s=5.0)
    with Cutter(box.dovecot.imap_port, strip=b"IDLE") as middle:
        server = Server("127.0.0.1", middle.port, Security.PLAIN)
        with watching(profile, reader, box, pace=pace, imap=server) as house:
            online(house)
            assert all(connection.polling for connection in house.desk.health.connections())
            box.deliver(letter())
            read(house, 1)


def test_a_full_disk_leaves_mail_on_the_server_and_carries_on_by_itself(
    profile: Path, reader: Reader, box: Box, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(self: Mails, mail: RawMail) -> int:
        raise DiskTrouble("The disk is full: nothing new can be stored.", "Free some space.")

    with watching(profile, reader, box) as house:
        online(house)
        with monkeypatch.context() as patched:
            patched.setattr(Mails, "keep", full)
            box.deliver(letter())
            until(lambda: house.trouble("disk"))
            trouble = house.trouble("disk")
            assert trouble is not None
            assert "New mail stays safe on the server." in trouble.safe
            assert inbox(house).state is OFFLINE
            assert house.mails() == []
        read(house, 1)
        until(lambda: house.trouble("disk") is None)
        until(lambda: is_online(house))
        assert house.vanished() == []


def test_services_end_within_two_seconds_in_whatever_they_are(
    profile: Path, reader: Reader, box: Box
) -> None:
    for _ in range(3):
        house = House.open(profile, reader, Clock(), pace=QUICK)
        if not house.desk.accounts.list():
            house.desk.accounts.add(box.account(), PASSWORD, test=False)
        house.desk.accounts.give_password(1, PASSWORD, keep=False)
        house.desk.services.start()
        assert house.desk.services.stop(2.0)
        assert house.desk.health.connections() == ()

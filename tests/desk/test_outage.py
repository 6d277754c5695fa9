"""How long a watcher rests after each failure, and what it tells: patience, silence, words with a time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from leaddesk.desk.bus import Bus
from leaddesk.desk.connections import Connections
from leaddesk.desk.sign_ins import Box, Protocol, SignIns
from leaddesk.desk.troubles import Troubles
from leaddesk.desk.watch import Pace
from leaddesk.desk.watch.outage import FOREVER_S, Outage
from leaddesk.words.account import ConnectionState
from leaddesk.words.errors import (
    DiskTrouble,
    FolderGone,
    NoPassword,
    OutOfReach,
    SignInRefused,
    SlowDown,
    VaultLocked,
)
from leaddesk.words.mail import Role
from leaddesk.words.sign_in import Password
from leaddesk.words.views import Trouble
from tests.frozen_clock import FrozenClock
from tests.made import account

SILENT = OutOfReach("mail.example.com does not answer.")
BOX = Box(account(id=1), Protocol.IMAP, "ann@lofts.example")


class Out:
    """An outage, and everything that it speaks to."""

    def __init__(self, clock: FrozenClock, role: Role = Role.INBOX, sent_folder: str | None = "Sent") -> None:
        bus = Bus()
        self.clock = clock
        self.troubles, connections = Troubles(clock, bus), Connections(clock, bus)
        self.line = connections.line(account=1)
        self.line.put("INBOX", ConnectionState.ONLINE)
        self.sign_ins = SignIns()
        self.pressed = 0
        kept = account(id=1, sent_folder=sent_folder)
        self.outage = Outage(
            clock, self.troubles, self.line, self.sign_ins, kept, role, BOX, Pace(), self._press
        )

    def _press(self) -> None:
        self.pressed += 1

    @property
    def trouble(self) -> Trouble | None:
        return next(iter(self.troubles.all()), None)

    def fails(self, seconds: float, failure: OutOfReach = SILENT) -> None:
        """Fails again and again for so long."""
        end = self.clock.now() + timedelta(seconds=seconds)
        while self.clock.now() < end:
            self.clock.advance(seconds=self.outage.out_of_reach("INBOX", failure))


@pytest.fixture
def out(clock: FrozenClock) -> Out:
    return Out(clock)


def test_pauses_grow_from_a_second_to_a_minute_and_never_meet(out: Out) -> None:
    pauses = [out.outage.out_of_reach("INBOX", SILENT) for _ in range(9)]
    for pause, most in zip(pauses, (1, 2, 4, 8, 16, 32, 60, 60, 60), strict=True):
        assert most / 2 <= pause <= most
    assert len(set(pauses)) == 9
    out.outage.over()
    assert out.outage.out_of_reach("INBOX", SILENT) <= 1


def test_a_server_that_is_away_for_less_than_a_minute_is_nobodys_trouble(out: Out) -> None:
    out.fails(55)
    assert out.trouble is None
    assert out.line.standing is not None
    assert out.line.standing.state is ConnectionState.OFFLINE
    assert out.line.standing.why == SILENT.sentence


def test_after_a_minute_it_is_told_since_the_last_proof_of_life(out: Out) -> None:
    out.clock.advance(hours=9, minutes=2)
    out.line.proof()
    out.clock.advance(seconds=30)
    out.fails(120)
    assert out.trouble is not None
    assert out.trouble.key == "offline:1"
    assert out.trouble.sentence == "Mail to ann@lofts.example has not been watched since 18:02."
    safe = "mail.example.com does not answer. Enquiries are safe there, but you are not told of them."
    assert out.trouble.safe.startswith(f"{safe} Next try in ")
    assert out.trouble.action == "Try now"
    out.troubles.act("offline:1")
    assert out.pressed == 1
    out.outage.over()
    assert out.trouble is None


def test_a_sent_folder_that_is_away_does_not_say_that_enquiries_are(clock: FrozenClock) -> None:
    out = Out(clock, Role.SENT)
    out.fails(120)
    assert out.trouble is not None
    assert out.trouble.key == "offline:1:sent"
    assert out.trouble.sentence.startswith("Answers sent from ann@lofts.example elsewhere have not been seen")


def test_a_request_to_slow_down_is_honoured_and_told_at_once(out: Out) -> None:
    failure = SlowDown("mail.example.com asks to slow down.", seconds=600)
    assert out.outage.out_of_reach("INBOX", failure) == 600
    assert out.trouble is not None
    assert out.trouble.sentence == "mail.example.com asks to slow down."
    assert out.trouble.safe.startswith("The next try is at 9:10.")


def test_a_full_disk_is_told_at_once_and_tried_again(out: Out) -> None:
    assert out.outage.disk("INBOX", DiskTrouble("The disk is full.", "Free some space.")) <= 1
    assert out.trouble is not None
    assert (out.trouble.key, out.trouble.sentence) == ("disk", "The disk is full.")


def test_the_first_refused_sign_in_is_tried_once_more_and_the_second_is_the_last(out: Out) -> None:
    refused = SignInRefused("mail.example.com refused the sign-in.", "Enter the password again.")
    out.sign_ins.refused(BOX, Password("wrong"))
    assert out.outage.for_person("INBOX", refused) == Pace().refused_s
    assert out.trouble is None
    out.sign_ins.refused(BOX, Password("wrong"))
    assert out.outage.for_person("INBOX", refused) == FOREVER_S
    assert out.outage.needs_person
    assert out.trouble is not None
    assert (out.trouble.key, out.trouble.action) == ("sign-in:1", "Sign in again")
    assert "Enquiries are safe on the server." in out.trouble.safe
    out.outage.over()
    assert (out.trouble, out.outage.needs_person) == (None, False)


@pytest.mark.parametrize(
    ("failure", "key", "action", "rest"),
    [
        (VaultLocked("The keyring is locked."), "keyring:1", "Unlock the keyring", FOREVER_S),
        (NoPassword("The password is needed."), "sign-in:1", "Enter the password", FOREVER_S),
        (FolderGone("There is no folder Leads."), "folder:1", "Choose the folder", Pace().sweep_s),
    ],
)
def test_what_needs_a_person_is_told_with_its_button(
    out: Out, failure: VaultLocked, key: str, action: str, rest: float
) -> None:
    assert out.outage.for_person("INBOX", failure) == rest
    assert out.trouble is not None
    assert (out.trouble.key, out.trouble.action, out.trouble.urgent) == (key, action, True)
    assert "has not been watched since 9:00" in out.trouble.sentence + out.trouble.safe
    assert out.line.standing is not None
    assert out.line.standing.state is ConnectionState.REFUSED


def test_a_mailbox_that_has_no_sent_folder_yet_is_nobodys_trouble(clock: FrozenClock) -> None:
    out = Out(clock, Role.SENT, sent_folder=None)
    assert out.outage.for_person("Sent", FolderGone("There is no folder Sent.")) == Pace().sweep_s
    assert out.trouble is None


@pytest.mark.parametrize("end", [Outage.over, Outage.leave])
def test_a_watcher_ends_only_what_it_began(out: Out, end: Callable[[Outage], None]) -> None:
    out.troubles.begin("sending:1", "Offline: 2 waiting.")
    out.fails(120)
    end(out.outage)
    assert [trouble.key for trouble in out.troubles.all()] == ["sending:1"]

"""The provider's junk folder on a real Dovecot: enquiries in it are counted, quietly, and can be rescued."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from leaddesk.desk.watch import Pace
from leaddesk.doors.mail.imap import ImapSession
from leaddesk.doors.mail.imap_values import FolderFacts
from leaddesk.doors.mail.reader import Reader
from leaddesk.words.errors import OutOfReach
from leaddesk.words.mail import Place, Role
from leaddesk.words.outgoing import OutgoingState
from tests.house import until
from tests.letters import letter
from tests.real.watched import Box, inbox, is_online, online, watching

pytestmark = pytest.mark.real
SWEEPING = Pace(renew_s=0.3, sweep_s=0.3, backoff_s=0.05, backoff_most_s=0.2, timeout_s=5.0)
OFFERS = {
    "sender": "Trade <news@trade.example>",
    "subject": "Our offers",
    "List_Unsubscribe": "<mailto:s@t.x>",
}


def test_enquiries_in_the_junk_folder_are_counted_and_alert_nobody_until_one_is_rescued(
    profile: Path, reader: Reader, box: Box
) -> None:
    with watching(profile, reader, box, pace=SWEEPING) as house:
        online(house)
        box.doveadm("mailbox create", "Spam")
        box.append(letter(), folder="Spam")
        box.append(letter("Cheap pills. Unsubscribe here.", **OFFERS), folder="Spam")
        until(lambda: house.in_place(Place.JUNK) + house.in_place(Place.SPAM) == 2)
        assert (house.desk.queue.today().junk, house.queue(), house.alerts()) == (1, (), [])
        (shown,) = house.desk.queue.put_away()
        assert shown.why.startswith("It lies in your junk folder, and looks like an enquiry.")
        assert "\\Seen" not in box.doveadm("fetch", "flags", "mailbox", "Spam", "all")
        lead = house.desk.receive.rescue(shown.mail)
        assert [row.lead for row in house.queue()] == [lead]
        assert house.desk.queue.today().junk == 0
        assert house.desk.store.outbox.all_in(OutgoingState) == ()


def test_an_answer_of_a_lead_that_was_taken_for_spam_reaches_it_and_the_inbox_is_watched_on(
    profile: Path, reader: Reader, box: Box
) -> None:
    with watching(profile, reader, box, pace=SWEEPING) as house:
        online(house)
        box.deliver(letter())
        until(house.queue)
        box.doveadm("mailbox create", "Spam")
        box.append(letter("And the dormer, please?"), folder="Spam")
        until(lambda: house.in_place(Place.JOINED) == 1)
        box.deliver(letter(sender="Bo Lind <bo@lind.example>", subject="A floor"))
        until(lambda: len(house.queue()) == 2)
        assert [mail.role for mail in house.mails(Role.JUNK)] == [Role.JUNK]


def test_a_junk_folder_that_cannot_be_read_leaves_the_inbox_watched(
    profile: Path, reader: Reader, box: Box, monkeypatch: pytest.MonkeyPatch
) -> None:
    opens, refused = ImapSession.examine, []

    def examine(session: ImapSession, folder: str) -> FolderFacts:
        if folder == "Spam":
            refused.append(folder)
            raise OutOfReach("The server cannot open the folder Spam now: [SERVERBUG]")
        return opens(session, folder)

    monkeypatch.setattr(ImapSession, "examine", examine)
    box.doveadm("mailbox create", "Spam")
    with watching(profile, reader, box, pace=SWEEPING) as house:
        online(house)
        until(lambda: refused and is_online(house))
        since = inbox(house).since
        box.deliver(letter())
        until(house.queue)
        until(lambda: (inbox(house).proof_at or since) - since > timedelta(seconds=1))
        assert (len(refused), inbox(house).since, house.desk.health.troubles()) == (1, since, ())

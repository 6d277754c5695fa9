"""A real mailbox shows that a mail was answered here, where the person wishes it."""

from __future__ import annotations

from pathlib import Path

import pytest

from leaddesk.doors.clock import Clock
from leaddesk.doors.mail.imap import ImapSession
from leaddesk.words.account import Account
from leaddesk.words.lead import Channel
from leaddesk.words.mail import MailKey, RawMail, Role
from leaddesk.words.outgoing import OutgoingState
from leaddesk.words.settings import MARK_ANSWERED
from tests.outgoing_desk import NGOZI, OutgoingDesk
from tests.real.dovecot import Dovecot
from tests.real.sink import Sink
from tests.real.test_send import running, until
from tests.real.test_sent_folder import QUICK, account

pytestmark = pytest.mark.real

ASKS = (
    b"From: ngozi@example.org\r\nTo: ann@lofts.example\r\nMessage-ID: <asks@example.org>\r\n\r\nA loft?\r\n"
)


@pytest.fixture
def desk(tmp_path: Path) -> OutgoingDesk:
    return OutgoingDesk.open(tmp_path / "profile", Clock())


def session(dovecot: Dovecot, made: Account, desk: OutgoingDesk) -> ImapSession:
    secret = desk.passwords.of(made, within_s=2.0)
    return ImapSession.connect(made.imap, user="ana", secret=secret, ca_file=dovecot.ca_file)


def asked(desk: OutgoingDesk, dovecot: Dovecot, made: Account) -> int:
    """A lead whose mail lies in the mailbox."""
    dovecot.deliver(ASKS)
    with_box = session(dovecot, made, desk)
    facts = with_box.examine("INBOX")
    (uid,) = with_box.find_message_id("<asks@example.org>")
    with_box.close()
    now = desk.clock.now()
    key = MailKey(account=made.id, role=Role.INBOX, folder="INBOX", uidvalidity=facts.uidvalidity, uid=uid)
    mail = desk.store.mails.keep(RawMail(raw=ASKS, received_at=now, seen_at=now, size=len(ASKS), key=key))
    return desk.lead(NGOZI, channel=Channel.EMAIL, mail=mail)


def flags(desk: OutgoingDesk, dovecot: Dovecot, made: Account) -> set[bytes]:
    with_box = session(dovecot, made, desk)
    with_box.examine("INBOX")
    (uid,) = with_box.find_message_id("<asks@example.org>")
    found = set(with_box._client.get_flags([uid])[uid])
    with_box.close()
    return found & {rb"\Seen", rb"\Answered"}


@pytest.mark.parametrize("wished", [True, False])
def test_an_answered_mail_is_marked_only_where_it_is_wished(
    desk: OutgoingDesk, dovecot: Dovecot, tmp_path: Path, wished: bool
) -> None:
    desk.config.set(MARK_ANSWERED, "on" if wished else "off")
    with Sink(truth=tmp_path / "truth.jsonl") as sink, running(desk.sender(QUICK)):
        made = account(desk, sink, dovecot, True)
        mail = desk.approved(asked(desk, dovecot, made))
        until(lambda: desk.row(mail.id).state is OutgoingState.SENT)
        if wished:
            until(lambda: flags(desk, dovecot, made) == {rb"\Seen", rb"\Answered"})
        else:
            until(lambda: desk.row(mail.id).copied_to_sent is False)
            assert flags(desk, dovecot, made) == set()

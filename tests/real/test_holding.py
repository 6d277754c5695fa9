"""A holding message on a real Dovecot and through the sink: it arrives once, and a person is quicker."""

from __future__ import annotations

from pathlib import Path

import pytest

from leaddesk.doors.mail.reader import Reader
from leaddesk.words.lead import Channel, Reached, Standing
from leaddesk.words.mail import Role
from leaddesk.words.outgoing import OutgoingState
from leaddesk.words.settings import HOLDING_ON
from tests.desk.holding_house import asks, holdings
from tests.house import House, until
from tests.real.sink import Sink
from tests.real.watched import Box, online, watching

pytestmark = pytest.mark.real


def switched_on(house: House) -> None:
    """On, with the Sent folder looked through: before that nothing goes out by itself."""
    online(house)
    (account,) = house.desk.store.accounts.all()

    def is_looked_through() -> bool:
        sent = house.desk.store.mailboxes.get(account.id, Role.SENT)
        return sent is not None and sent.quiet_done

    until(is_looked_through)
    house.desk.config.set(HOLDING_ON, "on")


def test_an_enquiry_is_acknowledged_once_and_still_waits(
    tmp_path: Path, profile: Path, reader: Reader, box: Box
) -> None:
    with (
        Sink(truth=tmp_path / "taken", mails=tmp_path / "mails") as sink,
        watching(profile, reader, box, smtp=sink.server, smtp_user="") as house,
    ):
        switched_on(house)
        box.append(asks(to=box.email))
        until(sink.taken)
        until(lambda: holdings(house, OutgoingState.SENT))
        box.append(asks(to=box.email, text="And one more thing: do you fit windows?"))
        until(lambda: len(house.mails()) == 2)
        (taken,) = sink.taken()
        assert taken.rcpt == ("ngozi@example.org",)
        (sent,) = (tmp_path / "mails").iterdir()
        assert b"Auto-Submitted: auto-replied" in sent.read_bytes()
        assert house.view().enquiries[0].standing is Standing.WAITING


def test_a_person_who_is_quicker_cancels_it(profile: Path, reader: Reader, box: Box) -> None:
    """The server for sending cannot be reached at first."""
    with watching(profile, reader, box, smtp_user="") as house:
        switched_on(house)
        box.append(asks(to=box.email))
        until(lambda: holdings(house, OutgoingState.QUEUED) and holdings(house)[0].why)
        house.desk.calls.log(1, channel=Channel.CALL, outcome=Reached.REACHED)
        house.desk.services.retry(house.desk.store.accounts.all()[0].id)
        until(lambda: holdings(house, OutgoingState.CANCELLED))
        assert holdings(house)[0].why == "A person was quicker."

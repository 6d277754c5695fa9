"""A mail in the provider's junk folder that is somewhere else too, or is moved: it stays one mail."""

from __future__ import annotations

import itertools
from datetime import timedelta

from leaddesk.words.mail import Mail, MailKey, Place, RawMail, Role
from leaddesk.words.teaching import Trait
from tests.house import House
from tests.letters import form_notice, letter
from tests.made import account

_uids = itertools.count(1)
ASKS = form_notice("Ngozi Eze", "ngozi@example.org", "A loft, please, in March.")


def watched(house: House) -> int:
    """The number of a mailbox."""
    return house.desk.store.accounts.add(account()).id


def seen(house: House, raw: bytes, role: Role, of: int) -> Mail:
    """What a watcher stores, read."""
    now = house.desk.clock.now()
    key = MailKey(account=of, role=role, folder=role.value, uidvalidity=1, uid=next(_uids))
    landed = RawMail(raw=raw, received_at=now - timedelta(minutes=1), seen_at=now, size=len(raw), key=key)
    kept = house.desk.store.mails.keep(landed)
    assert kept is not None
    house.desk.receive.process(kept)
    return house.mail(kept)


def test_what_was_rescued_and_is_moved_to_the_inbox_opens_no_second_clock(house: House) -> None:
    box = watched(house)
    lead = house.desk.receive.rescue(seen(house, ASKS, Role.JUNK, box).id)
    moved = seen(house, ASKS, Role.INBOX, box)
    assert (moved.place, moved.lead, house.enquiries()) == (Place.JOINED, lead, 1)
    assert house.desk.store.alerts.open_for(lead) is None


def test_what_is_moved_to_the_inbox_is_an_enquiry_and_no_more_counted_as_junk(house: House) -> None:
    box = watched(house)
    junk = seen(house, ASKS, Role.JUNK, box)
    assert house.desk.queue.today().junk == 1
    assert seen(house, ASKS, Role.INBOX, box).place is Place.ENQUIRY
    assert (house.desk.queue.today().junk, house.mail(junk.id).place) == (0, Place.SPAM)
    assert house.desk.store.alerts.open_for(1) is not None


def test_an_answer_that_is_moved_to_the_inbox_is_said_once(house: House) -> None:
    box, more = watched(house), letter("And a dormer, please?")
    seen(house, letter(), Role.INBOX, box)
    assert seen(house, more, Role.JUNK, box).place is Place.JOINED
    seen(house, more, Role.INBOX, box)
    assert [touch.text for touch in house.touches()][1:] == ["And a dormer, please?"]


def test_what_a_second_mailbox_takes_for_spam_is_counted_once_or_is_here_already(house: House) -> None:
    box, other = watched(house), watched(house)
    seen(house, ASKS, Role.JUNK, box)
    seen(house, ASKS, Role.JUNK, other)
    assert house.desk.queue.today().junk == 1
    seen(house, letter(id="<one@example.org>"), Role.INBOX, box)
    seen(house, letter(id="<one@example.org>"), Role.JUNK, other)
    assert (house.desk.queue.today().junk, house.enquiries()) == (1, 1)


def test_a_form_whose_mail_was_rescued_from_junk_has_brought_a_lead_and_is_not_taught_away(
    house: House,
) -> None:
    box = watched(house)
    house.desk.receive.rescue(seen(house, ASKS, Role.JUNK, box).id)
    next_one = form_notice("Bob Ray", "bob@example.org", "Buy our lists.")
    told = house.desk.teach.offers(seen(house, next_one, Role.INBOX, box).id)
    assert Trait.FORM not in {offer.trait for offer in told.offers}
    assert "This form has brought a lead before: Ngozi Eze." in " ".join(told.refusals)

"""How far folders were read, and what Sent told of the time before."""

from __future__ import annotations

from dataclasses import replace

from leaddesk.doors.store import Correspondent, Mailbox, Store
from leaddesk.words.lead import Source
from leaddesk.words.mail import Role
from leaddesk.words.outgoing import Draft
from tests.made import START, account, at, enquiry, person


def test_a_position_comes_back_and_is_replaced(store: Store) -> None:
    box = store.accounts.add(account()).id
    mailbox = Mailbox(
        account=box, role=Role.INBOX, folder="INBOX/Größe", uidvalidity=2**32 - 1, line_uid=10, line_at=START,
        next_uid=2**32 - 1, quiet_done=False,
    )  # fmt: skip
    assert store.mailboxes.get(box, Role.INBOX) is None

    store.mailboxes.put(mailbox)
    store.mailboxes.put(replace(mailbox, role=Role.SENT, folder="Sent"))
    assert store.mailboxes.get(box, Role.INBOX) == mailbox

    changed = replace(mailbox, quiet_done=True, swept_at=at(5), next_uid=3)
    store.mailboxes.put(changed)
    assert store.mailboxes.get(box, Role.INBOX) == changed
    sent = store.mailboxes.get(box, Role.SENT)
    assert sent is not None
    assert sent.folder == "Sent"


def test_the_earliest_letter_to_somebody_is_remembered(store: Store) -> None:
    store.mailboxes.remember_correspondents(
        [Correspondent("a@b.example", at(5)), Correspondent("a@b.example", at(9))]
    )
    store.mailboxes.remember_correspondents([Correspondent("a@b.example", at(1))])

    assert store.mailboxes.correspondent("a@b.example") == Correspondent("a@b.example", at(1))
    assert store.mailboxes.correspondent("c@d.example") is None


def test_ids_of_ours_are_known_with_the_lead_they_went_to(store: Store) -> None:
    lead, _ = store.leads.open(person(), Source(), enquiry(), [])
    store.mailboxes.remember_ids(["<old@x>", "<old@x>", "", "<both@x>"], START)
    store.mailboxes.remember_ids(["<late@x>", "<both@x>"], at(5), lead)
    store.mailboxes.remember_ids(["<late@x>"], at(9))

    named = store.mailboxes.named_ids(["<old@x>", "<late@x>", "<both@x>", "<strange@x>", ""])

    assert named == {"<old@x>": None, "<late@x>": lead, "<both@x>": lead}
    assert store.mailboxes.named_ids([]) == {}


def test_ids_of_the_outbox_are_ours_before_they_are_sent(store: Store) -> None:
    lead, _ = store.leads.open(person(), Source(), enquiry(), [])
    draft = Draft(
        lead=lead, outgoing=None, account=store.accounts.add(account()).id, to=("a@b.example",), cc=(),
        subject="", body="", from_address="ann@lofts.example",
    )  # fmt: skip
    number = store.outbox.save_draft(draft, None).id
    store.outbox.queue(number, raw=b"", message_id="<1@x>", body_hash="", by="Ann", not_before=START)

    assert store.mailboxes.named_ids(["<1@x>"]) == {"<1@x>": lead}


def test_very_many_ids_are_remembered(store: Store) -> None:
    store.mailboxes.remember_ids((f"<{n}@x>" for n in range(1000)), START)

    assert len(store.mailboxes.named_ids([f"<{n}@x>" for n in range(900, 1000)])) == 100

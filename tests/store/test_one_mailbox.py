"""The fourth migration: addresses that a provider puts into one mailbox get one key."""

from __future__ import annotations

import runpy
from pathlib import Path

from leaddesk.doors.store import Correspondent, Store, schema
from leaddesk.rules.person import email_key
from leaddesk.words.lead import Source
from tests.made import START, enquiry, person

ADDRESSES = ["n.eze@gmail.com", "neze@gmail.com", "n.eze+a@outlook.com", "a.b+c@firm.example", "x@y.example"]


def rekey(store: Store) -> None:
    """As the migration does it; what it needs is in its file."""
    file = Path(schema.__file__).parent / "migrations" / "0004_merged.py"
    of_the_day = runpy.run_path(str(file))["_rekey"]
    with store.transaction():
        of_the_day(store.database.peewee, "address", "lead, kind")
        of_the_day(store.database.peewee, "correspondent", "first_at")


def keys_of(store: Store) -> list[tuple[str, str]]:
    a = store.database.tables.address
    return [(row.value, row.key) for row in a.select().order_by(a.id)]


def test_kept_addresses_are_found_in_every_spelling(store: Store) -> None:
    for address in ADDRESSES:
        keys = [("email", address, address.casefold())]
        store.leads.open(person(address), Source(), enquiry(), keys)
    store.mailboxes.remember_correspondents([Correspondent("n.eze@googlemail.com", START)])
    rekey(store)
    assert keys_of(store) == [(address, email_key(address)) for address in ADDRESSES]
    assert store.leads.with_address([email_key("N.E.Z.E+loft@googlemail.com")]) == [2, 1]
    assert store.mailboxes.correspondent("neze@gmail.com") is not None


def test_two_spellings_of_one_lead_are_both_kept(store: Store) -> None:
    keys = [("email", address, address) for address in ("n.eze@gmail.com", "neze@gmail.com")]
    lead, _ = store.leads.open(person(), Source(), enquiry(), keys)
    rekey(store)
    assert [value for value, _ in keys_of(store)] == ["n.eze@gmail.com", "neze@gmail.com"]
    assert store.leads.with_address(["neze@gmail.com"]) == [lead]

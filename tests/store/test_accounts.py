"""Accounts and feeds: what goes in comes out, and removed ones keep their mails."""

from __future__ import annotations

from dataclasses import replace

import pytest

from leaddesk.doors.store import Mailbox, Store
from leaddesk.words.account import Account, Client, Security, Server, SignIn
from leaddesk.words.errors import Refused
from leaddesk.words.mail import Role
from leaddesk.words.news import AccountsChanged, News
from tests.made import START, account, mail_key, raw_mail

FULL = Account(
    email="ann@größe.example", name="Ann", signature="Best\nAnn", user="ann", smtp_user="ann-out",
    imap=Server("localhost", 1143, Security.PLAIN), smtp=Server("smtp.example", 587, Security.STARTTLS),
    sign_in=SignIn.APP_PASSWORD, ca_file="/etc/ca.pem", folder="Leads", sent_folder="Gesendet",
    own_addresses=("info@größe.example",), own_domain=True, keyring="libsecret", keep_in_memory=True,
    saves_sent=False, client=Client(authority="google", id="7-x.apps", tenant="lofts.example", secret="none"),
    signer="ann@lofts.example", signer_sent="Sent Items", signed_in_at=START, smtp_off=True,
)  # fmt: skip


@pytest.mark.parametrize("given", [FULL, account()], ids=["full", "plain"])
def test_an_account_comes_back_as_it_was_added(store: Store, given: Account) -> None:
    added = store.accounts.add(given)

    assert added == replace(given, id=1)
    assert store.accounts.get(1) == added
    assert store.accounts.all() == (added,)


def test_an_account_is_changed_whole(store: Store) -> None:
    added = store.accounts.add(account())
    other = store.accounts.add(account("bea@lofts.example"))

    store.accounts.change(replace(FULL, id=added.id))

    assert store.accounts.all() == (replace(FULL, id=added.id), other)


def test_a_removed_account_keeps_its_mails_and_loses_its_keyring_and_position(store: Store) -> None:
    number = store.accounts.add(FULL).id
    mail = store.mails.keep(raw_mail(key=mail_key(number, 5)))
    assert mail is not None
    store.mailboxes.put(
        Mailbox(
            account=number,
            role=Role.INBOX,
            folder="Leads",
            uidvalidity=1,
            line_uid=1,
            line_at=START,
            next_uid=1,
            quiet_done=True,
        )
    )

    store.accounts.remove(number)

    assert store.accounts.all() == ()
    assert store.accounts.get(number).keyring is None
    assert store.mailboxes.get(number, Role.INBOX) is None
    assert store.mails.raw(mail)


def test_an_account_that_is_not_there_is_said_in_words(store: Store) -> None:
    with pytest.raises(Refused, match="no account 7"):
        store.accounts.get(7)


def test_a_feed_is_watched_once_and_can_come_back(store: Store) -> None:
    first = store.accounts.add_feed("maildir", "/srv/leads")
    assert (first.kind, first.path, first.added_at) == ("maildir", "/srv/leads", START)
    assert store.accounts.add_feed("maildir", "/srv/leads") == first
    other = store.accounts.add_feed("folder", "/srv/leads")
    assert store.accounts.feeds() == (first, other)

    store.accounts.remove_feed(first.id)
    assert store.accounts.feeds() == (other,)
    assert store.accounts.add_feed("maildir", "/srv/leads") == first
    assert store.accounts.feeds() == (first, other)


def test_a_feed_that_is_not_there_is_said_in_words(store: Store) -> None:
    with pytest.raises(Refused, match="no feed 7"):
        store.accounts.remove_feed(7)


def test_each_change_is_told(store: Store) -> None:
    heard: list[News] = []
    store.on_commit(heard.extend)
    added = store.accounts.add(account())
    store.accounts.change(added)
    feed = store.accounts.add_feed("folder", "/srv")
    store.accounts.remove_feed(feed.id)
    store.accounts.remove(added.id)

    assert heard == [AccountsChanged(at=START)] * 5

"""Accounts and feeds: where a password goes, what a refused test leaves, and what is refused at once."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from leaddesk.desk.accounts import Accounts
from leaddesk.desk.passwords import Passwords
from leaddesk.desk.signing_in import SigningIn
from leaddesk.words.account import Account, Security, Server, SignIn, Step, TestStep
from leaddesk.words.errors import DiskTrouble, NoPassword, NoVault, Refused, Usage, VaultLocked
from leaddesk.words.news import AccountsChanged
from leaddesk.words.sign_in import Password, Secret
from tests.house import House
from tests.made import account
from tests.memory_vault import MemoryVault, passwords_of

PASSWORD = "secret words"


class FakeTrial:
    """Tells the steps that it was given, and what it was asked to try."""

    def __init__(self, *oks: bool, saves_sent: bool | None = True) -> None:
        self._steps = tuple(TestStep(step, "imap", ok, "told") for step, ok in zip(Step, oks, strict=False))
        self._saves_sent = saves_sent
        self.tried: list[Secret | None] = []

    def run(
        self, account: Account, secret: Secret | None, on_step: Callable[[TestStep], None]
    ) -> tuple[tuple[TestStep, ...], Account]:
        self.tried.append(secret)
        for step in self._steps:
            on_step(step)
        return self._steps, replace(account, sent_folder="Sent", saves_sent=self._saves_sent)


def accounts(
    house: House,
    trial: FakeTrial | None = None,
    passwords: Passwords | None = None,
    told: Callable[[int], None] = lambda account: None,
) -> Accounts:
    made = trial or FakeTrial(True)
    passwords = passwords or passwords_of(house.vault)
    return Accounts(house.desk.store, house.vault, passwords, lambda: made, _no_browser, told)  # type: ignore[arg-type,return-value]  # of the same shape


def _no_browser() -> SigningIn:
    raise AssertionError("nobody signs in with the browser here")


def kept(house: House) -> list[str]:
    return list(house.vault.kept.values())


@contextmanager
def full_disk(house: House, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    def fails(account: Account) -> Account:
        raise DiskTrouble("The disk is full.")

    with monkeypatch.context() as patched:
        patched.setattr(house.desk.store.accounts, "add", fails)
        yield


# -- adding


def test_an_account_that_passes_its_test_is_kept_with_its_password_in_the_keyring(house: House) -> None:
    steps: list[TestStep] = []
    report = accounts(house, FakeTrial(True, True)).add(account(), PASSWORD, on_step=steps.append)
    assert report.ok
    assert steps == list(report.tests)
    (stored,) = house.desk.accounts.list()
    assert (stored.id, stored.keyring, stored.sent_folder, stored.saves_sent) == (1, "Memory", "Sent", True)
    assert kept(house) == [PASSWORD]
    assert house.heard(AccountsChanged)


def test_a_refused_test_stores_nothing_and_leaves_the_keyring_untouched(house: House) -> None:
    report = accounts(house, FakeTrial(True, True, False)).add(account(), PASSWORD)
    assert not report.ok
    assert house.desk.accounts.list() == ()
    assert kept(house) == []


def test_without_a_keyring_the_password_stays_in_memory_and_the_account_says_so(house: House) -> None:
    house.vault.absent = True
    passwords = passwords_of(house.vault)
    desk = accounts(house, passwords=passwords)
    assert desk.vault_name() is None
    added = desk.add(account(), PASSWORD, test=False).account
    assert added.keyring is None
    assert passwords.of(added) == Password(PASSWORD)
    with pytest.raises(NoPassword, match="is needed"):
        passwords_of(house.vault).of(added)


def test_a_password_can_be_kept_out_of_the_keyring(house: House) -> None:
    added = accounts(house).add(account(keep_in_memory=True), PASSWORD, test=False).account
    assert (added.keyring, kept(house)) == (None, [])


def test_a_locked_keyring_keeps_no_half_of_an_account(house: House) -> None:
    house.vault.locked = True
    with pytest.raises(VaultLocked):
        accounts(house).add(account(), PASSWORD, test=False)
    assert house.desk.accounts.list() == ()


def test_a_full_disk_keeps_no_half_of_an_account(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    with full_disk(house, monkeypatch), pytest.raises(DiskTrouble):
        accounts(house).add(account(), PASSWORD, test=False)
    assert kept(house) == []


@pytest.mark.parametrize(
    ("typed", "sign_in", "used"),
    [
        ("abcd efgh ijkl mnop", SignIn.APP_PASSWORD, "abcdefghijklmnop"),
        ("abcd efgh ijkl mnop", SignIn.PASSWORD, "abcdefghijklmnop"),
        ("three blind mice", SignIn.PASSWORD, "three blind mice"),
    ],
)
def test_spaces_of_a_pasted_app_password_are_dropped(
    house: House, typed: str, sign_in: SignIn, used: str
) -> None:
    trial = FakeTrial(True)
    accounts(house, trial).add(account(sign_in=sign_in), typed)
    assert trial.tried == [Password(used)]
    assert kept(house) == [used]


def test_a_browsers_sign_in_is_never_asked_for_a_password(house: House) -> None:
    with pytest.raises(Refused, match="signing in with the browser"):
        accounts(house).add(account(sign_in=SignIn.BROWSER), PASSWORD, test=False)
    assert house.desk.accounts.list() == ()


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "::1", "LOCALHOST"])
def test_nothing_goes_unprotected_but_to_this_computer(house: House, host: str) -> None:
    bare = Server("mail.example.com", 143, Security.PLAIN)
    with pytest.raises(Usage, match="without encryption"):
        accounts(house).add(account(smtp=bare), PASSWORD, test=False)
    here = replace(bare, host=host)
    assert accounts(house).add(account(imap=here, smtp=here), PASSWORD, test=False).account.id == 1


def test_a_mailbox_is_watched_once(house: House) -> None:
    accounts(house).add(account(), PASSWORD, test=False)
    with pytest.raises(Refused, match="watched already"):
        accounts(house).add(account("Ann@Lofts.example"), PASSWORD, test=False)


# -- later


def test_an_account_is_tried_again_with_its_kept_password(house: House) -> None:
    added = accounts(house).add(account(), PASSWORD, test=False).account
    trial = FakeTrial(True, True)
    assert accounts(house, trial).test(added.id).ok
    assert trial.tried == [Password(PASSWORD)]
    assert house.desk.accounts.list()[0].saves_sent is True


def test_a_wiped_keyring_asks_for_the_password_once_more(house: House) -> None:
    added = accounts(house).add(account(), PASSWORD, test=False).account
    house.vault.wipe()
    told: list[int] = []
    again = accounts(house, told=told.append)
    with pytest.raises(NoPassword):
        again.test(added.id)
    again.give_password(added.id, "new words", keep=True)
    assert (kept(house), told) == (["new words"], [added.id])
    assert again.test(added.id).ok


def test_a_password_for_today_goes_nowhere(house: House) -> None:
    added = accounts(house).add(account(), None, test=False).account
    passwords = passwords_of(house.vault)
    accounts(house, passwords=passwords).give_password(added.id, PASSWORD, keep=False)
    assert passwords.of(added) == Password(PASSWORD)
    assert kept(house) == []


@pytest.mark.parametrize("state", ["locked", "absent"])
def test_a_password_that_cannot_be_kept_is_used_all_the_same(house: House, state: str) -> None:
    added = accounts(house).add(account(), None, test=False).account
    setattr(house.vault, state, True)
    passwords = passwords_of(house.vault)
    with pytest.raises((VaultLocked, NoVault)):
        accounts(house, passwords=passwords).give_password(added.id, PASSWORD, keep=True)
    assert passwords.of(added) == Password(PASSWORD)


def test_unlocking_tells_every_account_that_was_waiting(house: House) -> None:
    accounts(house).add(account(), PASSWORD, test=False)
    accounts(house).add(account("bea@lofts.example", keep_in_memory=True), PASSWORD, test=False)
    told: list[int] = []
    desk = accounts(house, told=told.append)
    house.vault.locked = True
    with pytest.raises(VaultLocked):
        desk.unlock()
    house.vault.locked = False
    desk.unlock()
    assert told == [1]


def test_removing_an_account_takes_its_password_out_of_the_keyring(house: House) -> None:
    added = accounts(house).add(account(), PASSWORD, test=False).account
    house.vault.locked = True
    with pytest.raises(Refused, match="could not be taken out of the keyring"):
        accounts(house).remove(added.id)
    assert house.desk.accounts.list() == (added,)
    house.vault.locked = False
    accounts(house).remove(added.id)
    assert (house.desk.accounts.list(), kept(house)) == ((), [])


def test_a_keyring_that_is_not_there_any_more_holds_no_account_back(house: House) -> None:
    added = accounts(house).add(account(), PASSWORD, test=False).account
    house.vault.absent = True
    accounts(house).remove(added.id)
    assert house.desk.accounts.list() == ()


def test_name_and_signature_can_be_changed(house: House) -> None:
    added = accounts(house).add(account(), PASSWORD, test=False).account
    accounts(house).change(replace(added, name="Ann Lee", signature="Lofts"))
    (stored,) = house.desk.accounts.list()
    assert (stored.name, stored.signature) == ("Ann Lee", "Lofts")


def test_servers_are_proposed_for_an_address(house: House) -> None:
    proposal = accounts(house).propose("somebody@gmail.com")
    assert proposal.imap[0].host == "imap.gmail.com"
    with pytest.raises(Usage):
        accounts(house).propose("not an address")


# -- one keyring, many who ask


def test_a_password_is_read_once_until_a_server_refuses_it(house: House) -> None:
    added = accounts(house).add(account(), PASSWORD, test=False).account
    passwords = passwords_of(house.vault)
    assert passwords.of(added) == Password(PASSWORD)
    house.vault.set("mail", added.email, "changed elsewhere")
    assert passwords.of(added) == Password(PASSWORD)
    passwords.was_refused(added)
    assert passwords.of(added) == Password("changed elsewhere")


# -- feeds


def test_a_feed_is_a_folder_that_is_there(house: House, tmp_path: Path) -> None:
    with pytest.raises(Usage, match="is no folder"):
        house.desk.accounts.add_feed("folder", str(tmp_path / "nowhere"))
    with pytest.raises(Usage, match="is no Maildir"):
        house.desk.accounts.add_feed("maildir", str(tmp_path))
    feed = house.desk.accounts.add_feed("folder", str(tmp_path))
    assert house.desk.accounts.feeds() == (feed,)
    assert house.desk.accounts.add_feed("folder", str(tmp_path)).id == feed.id
    house.desk.accounts.remove_feed(feed.id)
    assert house.desk.accounts.feeds() == ()
    with pytest.raises(Refused, match="no feed 9"):
        house.desk.accounts.remove_feed(9)


def test_two_that_ask_a_locked_keyring_at_once_make_one_prompt(house: House) -> None:
    added = accounts(house).add(account(), PASSWORD, test=False).account
    house.vault.locked = True
    vault = SlowVault(house.vault)
    passwords = passwords_of(vault)
    with ThreadPoolExecutor(3) as pool:
        asked = [pool.submit(passwords.of, added) for _ in range(3)]
        assert all(isinstance(each.exception(), VaultLocked) for each in asked)
    assert vault.prompts == 1
    house.vault.locked = False
    passwords.ask_again()
    assert passwords.of(added) == Password(PASSWORD)
    assert vault.prompts == 2


class SlowVault(MemoryVault):
    """A keyring that prompts, whose prompt is dismissed after a moment."""

    def __init__(self, behind: MemoryVault) -> None:
        super().__init__()
        self._behind = behind
        self.prompts = 0

    def get(self, what: str, user: str, *, within_s: float = 60.0) -> str | None:
        self.prompts += 1
        time.sleep(0.05)
        return self._behind.get(what, user)


def test_no_password_is_sent_to_servers_that_take_none(house: House) -> None:
    trial = FakeTrial(True)
    made = replace(account(), imap=Server("outlook.office365.com", 993))
    for deed in (
        lambda: accounts(house, trial).add(made, PASSWORD),
        lambda: accounts(house, trial).folders(made, PASSWORD),
    ):
        with pytest.raises(Refused, match="signing in with the browser, never with a password"):
            deed()
    assert (trial.tried, kept(house)) == ([], [])


def test_no_folders_are_asked_for_in_clear(house: House) -> None:
    with pytest.raises(Usage, match="without encryption"):
        accounts(house).folders(
            replace(account(), imap=Server("imap.example.com", 143, Security.PLAIN)), PASSWORD
        )

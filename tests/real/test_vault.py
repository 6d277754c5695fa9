"""The vault against a real gnome-keyring: there, absent, locked, wiped, and waiting at a prompt."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator

import pytest

from leaddesk.doors.vault import LongSecrets, Vault, secret_service
from leaddesk.words.errors import NoVault, VaultLocked
from tests.real.desktop import GnomeKeyring, SessionBus, SilentService, wait_for

pytestmark = pytest.mark.real

WHO = "ana@harbour.example"


@pytest.fixture
def bus(monkeypatch: pytest.MonkeyPatch) -> Iterator[SessionBus]:
    with SessionBus() as bus:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", bus.address)
        monkeypatch.delenv("DISPLAY", raising=False)
        yield bus


@pytest.fixture
def keyring(bus: SessionBus) -> Iterator[GnomeKeyring]:
    with GnomeKeyring(bus) as keyring:
        yield keyring


def test_a_password_comes_back_as_it_went_in(keyring: GnomeKeyring) -> None:
    vault = Vault()
    for secret in ("pass word", "Ünï→🔑", "-x\n\"'", "p" * 20_000):
        vault.set("mail", WHO, secret)
        assert vault.get("mail", WHO) == secret


def test_a_refresh_token_of_four_kilobytes_comes_back_and_leaves_nothing(keyring: GnomeKeyring) -> None:
    token = "".join(chr(33 + place % 90) for place in range(4096))
    vault = Vault()
    LongSecrets(vault).set("token", WHO, token)
    LongSecrets(vault).set("token", WHO, token[::-1])
    keyring.restart()
    assert LongSecrets(Vault()).get("token", WHO) == token[::-1]
    LongSecrets(vault).delete("token", WHO)
    names = ["token", *(f"token-{slot}{number}" for slot in "ab" for number in range(2, 6))]
    assert [vault.get(name, WHO) for name in names] == [None] * len(names)


def test_accounts_do_not_see_each_others_passwords(keyring: GnomeKeyring) -> None:
    vault = Vault()
    vault.set("mail", WHO, "one")
    vault.set("mail", "ben@harbour.example", "two")
    vault.set("database", WHO, "three")
    assert vault.get("mail", WHO) == "one"
    assert vault.get("mail", "ben@harbour.example") == "two"
    assert vault.get("database", WHO) == "three"


def test_another_process_finds_the_password(keyring: GnomeKeyring) -> None:
    Vault().set("mail", WHO, "kept")
    keyring.restart()
    assert Vault().get("mail", WHO) == "kept"


def test_the_password_lies_in_no_file_in_clear(keyring: GnomeKeyring) -> None:
    Vault().set("mail", WHO, "canary-5cf1d2")
    keyring.restart()
    files = [path for path in keyring.home.rglob("*") if path.is_file()]
    assert files
    assert not [path for path in files if b"canary-5cf1d2" in path.read_bytes()]


def test_an_entry_that_was_never_made_is_none(keyring: GnomeKeyring) -> None:
    assert Vault().get("mail", "nobody@harbour.example") is None


def test_a_wiped_entry_is_none_and_can_be_made_again(keyring: GnomeKeyring) -> None:
    vault = Vault()
    vault.set("mail", WHO, "old")
    keyring.wipe()
    assert vault.get("mail", WHO) is None
    vault.set("mail", WHO, "new")
    assert vault.get("mail", WHO) == "new"


def test_a_deleted_entry_is_gone_and_deleting_it_again_is_no_error(keyring: GnomeKeyring) -> None:
    vault = Vault()
    vault.set("mail", WHO, "x")
    vault.delete("mail", WHO)
    vault.delete("mail", WHO)
    assert vault.get("mail", WHO) is None


def test_the_backend_has_a_name_for_people(keyring: GnomeKeyring) -> None:
    assert Vault().backend_name() == "Secret Service"


def test_without_a_keyring_there_is_no_backend_and_nothing_is_kept(bus: SessionBus) -> None:
    vault = Vault()
    assert vault.backend_name() is None
    with pytest.raises(NoVault, match="No keyring"):
        vault.get("mail", WHO)
    with pytest.raises(NoVault):
        vault.set("mail", WHO, "x")


def test_without_a_session_there_is_no_backend(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    assert Vault().backend_name() is None


def test_a_keyring_that_starts_after_us_is_found(bus: SessionBus) -> None:
    vault = Vault()
    assert vault.backend_name() is None
    with GnomeKeyring(bus):
        assert vault.backend_name() == "Secret Service"
        vault.set("mail", WHO, "x")
        assert vault.get("mail", WHO) == "x"


def test_a_keyring_that_ends_is_noticed(keyring: GnomeKeyring) -> None:
    vault = Vault()
    vault.set("mail", WHO, "x")
    keyring.stop()
    assert vault.backend_name() is None
    with pytest.raises(NoVault):
        vault.get("mail", WHO)


def test_a_locked_keyring_without_a_display_is_told_at_once(keyring: GnomeKeyring) -> None:
    vault = Vault()
    vault.set("mail", WHO, "x")
    keyring.restart(unlock=False)
    start = time.monotonic()
    with pytest.raises(VaultLocked):
        vault.get("mail", WHO)
    with pytest.raises(VaultLocked):
        vault.set("mail", WHO, "y")
    with pytest.raises(VaultLocked):
        vault.delete("mail", WHO)
    assert time.monotonic() - start < 2
    assert vault.backend_name() == "Secret Service"
    keyring.restart()
    assert vault.get("mail", WHO) == "x"


def test_a_prompt_that_nobody_answers_is_left_after_the_limit_and_stays_the_only_one(
    bus: SessionBus, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(secret_service, "PROMPT_S", 1.5)
    with GnomeKeyring(bus) as keyring, SilentService(bus, "org.gnome.keyring.SystemPrompter"):
        vault = Vault()
        vault.set("mail", WHO, "x")
        keyring.restart(unlock=False)
        start = time.monotonic()
        with pytest.raises(VaultLocked, match="waiting"):
            vault.get("mail", WHO, within_s=0.5)
        assert 0.5 <= time.monotonic() - start < 1.5
        assert vault.waiting
        start = time.monotonic()
        for _ in range(20):
            with pytest.raises(VaultLocked):
                vault.get("mail", WHO)
        assert time.monotonic() - start < 0.5
        assert vault.backend_name() == "Secret Service"
        assert [thread.name for thread in threading.enumerate()].count("vault") == 1
        wait_for(lambda: not vault.waiting)
        with pytest.raises(VaultLocked):
            vault.get("mail", WHO, within_s=0.1)
        assert vault.waiting, "a new prompt"
        wait_for(lambda: not vault.waiting)


def test_failing_calls_leave_no_open_connections(keyring: GnomeKeyring) -> None:
    keyring.restart(unlock=False)
    vault = Vault()
    before = len(os.listdir("/proc/self/fd"))
    for _ in range(20):
        with pytest.raises(VaultLocked):
            vault.get("mail", WHO)
    assert len(os.listdir("/proc/self/fd")) - before < 5

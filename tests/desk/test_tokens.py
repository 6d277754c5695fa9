"""Tokens: renewed once for whoever asks, kept before they are used, and over once and for all."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from leaddesk.desk.tokens import Tokens
from leaddesk.doors.browser_sign_in import sign_in
from leaddesk.words.account import Account, SignIn
from leaddesk.words.errors import NotSignedIn, NoVault, OutOfReach, VaultLocked
from leaddesk.words.sign_in import Bearer, Grant, Refusal
from tests.frozen_clock import FrozenClock
from tests.made import account
from tests.memory_vault import MemoryVault
from tests.real.authority import CLIENT, Browser, LocalAuthority

ANA = account(sign_in=SignIn.BROWSER, client=CLIENT, keyring="Memory")
IN_MEMORY = replace(ANA, keyring=None)


class CountingVault(MemoryVault):
    """Counts how often it was asked, and notes what happened in which order."""

    def __init__(self, authority: LocalAuthority) -> None:
        super().__init__()
        self.asked = 0
        self.refuses_writes = False
        self._authority = authority
        self.order: list[str] = []

    def get(self, what: str, user: str, *, within_s: float = 60.0) -> str | None:
        self.asked += 1
        return super().get(what, user)

    def set(self, what: str, user: str, secret: str, *, within_s: float = 60.0) -> None:
        if self.refuses_writes:
            raise VaultLocked("The keyring is locked.")
        self.order.append("kept")
        super().set(what, user, secret)


@pytest.fixture
def authority() -> Iterator[LocalAuthority]:
    with LocalAuthority() as made:
        yield made


@pytest.fixture
def vault(authority: LocalAuthority) -> CountingVault:
    return CountingVault(authority)


@pytest.fixture
def clock() -> FrozenClock:
    return FrozenClock()


def tokens_of(authority: LocalAuthority, vault: MemoryVault, clock: FrozenClock) -> Tokens:
    return Tokens(vault, clock, lambda: (authority.row(),))


@pytest.fixture
def tokens(authority: LocalAuthority, vault: CountingVault, clock: FrozenClock) -> Tokens:
    return tokens_of(authority, vault, clock)


def granted(authority: LocalAuthority) -> Grant:
    return sign_in(authority.row(), CLIENT, open_browser=Browser(), within_s=10)


def signed_in(authority: LocalAuthority, tokens: Tokens, to: Account = ANA) -> Grant:
    grant = granted(authority)
    if to.keyring is not None:
        tokens.keep(to, grant)
    tokens.remember(to, grant)
    return grant


# -- in time


def test_a_token_is_used_until_two_minutes_before_its_end(
    authority: LocalAuthority, tokens: Tokens, clock: FrozenClock
) -> None:
    grant = signed_in(authority, tokens)
    assert tokens.of(ANA) == Bearer(grant.access_token)
    clock.advance(seconds=3600 - 121)
    assert tokens.of(ANA) == Bearer(grant.access_token)
    clock.advance(seconds=2)
    assert tokens.of(ANA) != Bearer(grant.access_token)
    assert authority.refreshed() == 1


def test_a_short_token_is_renewed_at_the_last_tenth_of_its_life(
    authority: LocalAuthority, tokens: Tokens, clock: FrozenClock
) -> None:
    authority.lasts_s = 10
    grant = signed_in(authority, tokens)
    clock.advance(seconds=8)
    assert tokens.of(ANA) == Bearer(grant.access_token)
    clock.advance(seconds=1.5)
    assert tokens.of(ANA) != Bearer(grant.access_token)


@pytest.mark.parametrize("slept", [True, False])
def test_a_machine_that_slept_and_a_clock_that_was_set_make_no_old_token_new(
    authority: LocalAuthority, tokens: Tokens, clock: FrozenClock, slept: bool
) -> None:
    grant = signed_in(authority, tokens)
    before = clock.now()
    if slept:
        clock.jump(before + timedelta(hours=9))
    else:
        clock.advance(hours=2)
        clock.jump(before)
    assert tokens.of(ANA) != Bearer(grant.access_token)


def test_only_the_refresh_token_is_in_the_keyring(
    authority: LocalAuthority, tokens: Tokens, vault: CountingVault
) -> None:
    authority.token_length = 4096
    grant = signed_in(authority, tokens)
    assert len(vault.kept) == 4
    assert grant.access_token not in str(vault.kept)
    tokens.forget(ANA)
    assert vault.kept == {}


# -- once for all


def test_many_who_ask_at_once_renew_once(
    authority: LocalAuthority, tokens: Tokens, clock: FrozenClock
) -> None:
    signed_in(authority, tokens)
    clock.advance(hours=2)
    with ThreadPoolExecutor(8) as pool:
        got = {each.result() for each in [pool.submit(tokens.of, ANA) for _ in range(24)]}
    assert len(got) == 1
    assert authority.refreshed() == 1


def test_many_who_ask_at_once_are_told_the_same_failure(
    authority: LocalAuthority, tokens: Tokens, clock: FrozenClock
) -> None:
    signed_in(authority, tokens)
    clock.advance(hours=2)
    authority.next_answers = [(503, {})] * 50
    ready = threading.Barrier(6)

    def ask() -> Bearer:
        ready.wait(5)
        return tokens.of(ANA)

    with ThreadPoolExecutor(6) as pool:
        failures = [each.exception() for each in [pool.submit(ask) for _ in range(6)]]
    assert all(isinstance(each, OutOfReach) for each in failures)
    assert 1 <= authority.refreshed() < 6
    authority.next_answers = []
    clock.advance(seconds=1)
    assert authority.opens(tokens.of(ANA).token, "ana")


def test_boxes_renew_apart(authority: LocalAuthority, tokens: Tokens) -> None:
    other = replace(ANA, email="info@lofts.example")
    first, second = signed_in(authority, tokens), signed_in(authority, tokens, other)
    assert (tokens.of(ANA).token, tokens.of(other).token) == (first.access_token, second.access_token)


# -- the next refresh token


def test_the_next_refresh_token_is_kept_before_anything_is_done_with_the_answer(
    authority: LocalAuthority, tokens: Tokens, vault: CountingVault, clock: FrozenClock
) -> None:
    grant = signed_in(authority, tokens)
    for _ in range(3):
        clock.advance(hours=2)
        tokens.of(ANA)
    assert grant.refresh_token not in str(vault.kept)
    again = tokens_of(authority, vault, clock)
    assert authority.opens(again.of(ANA).token, "ana")
    assert len(vault.order) == 5


def test_a_keyring_that_does_not_take_it_now_gets_it_the_next_time(
    authority: LocalAuthority, tokens: Tokens, vault: CountingVault, clock: FrozenClock
) -> None:
    signed_in(authority, tokens)
    clock.advance(hours=2)
    vault.refuses_writes = True
    assert authority.opens(tokens.of(ANA).token, "ana")
    clock.advance(hours=2)
    assert authority.opens(tokens.of(ANA).token, "ana")
    vault.refuses_writes = False
    clock.advance(hours=2)
    tokens.of(ANA)
    again = tokens_of(authority, vault, clock)
    assert authority.opens(again.of(ANA).token, "ana")


def test_what_another_process_renewed_is_taken_from_the_keyring(
    authority: LocalAuthority, tokens: Tokens, vault: CountingVault, clock: FrozenClock
) -> None:
    signed_in(authority, tokens)
    other = tokens_of(authority, vault, clock)
    other.of(ANA)
    clock.advance(hours=2)
    assert authority.opens(tokens.of(ANA).token, "ana")
    clock.advance(hours=2)
    assert authority.opens(other.of(ANA).token, "ana")


def test_without_a_keyring_it_lives_in_memory(
    authority: LocalAuthority, tokens: Tokens, vault: CountingVault, clock: FrozenClock
) -> None:
    signed_in(authority, tokens, IN_MEMORY)
    for _ in range(2):
        clock.advance(hours=2)
        assert authority.opens(tokens.of(IN_MEMORY).token, "ana")
    assert (vault.kept, vault.asked) == ({}, 0)
    with pytest.raises(NotSignedIn, match="Nobody is signed in"):
        tokens_of(authority, vault, clock).of(IN_MEMORY)


# -- over


def test_a_revoked_sign_in_is_over_at_once_and_the_authority_is_not_asked_again(
    authority: LocalAuthority, tokens: Tokens, clock: FrozenClock
) -> None:
    grant = signed_in(authority, tokens)
    authority.revoke()
    assert tokens.of(ANA).token == grant.access_token, "nobody knows yet"
    tokens.was_refused(ANA, grant.access_token)
    for _ in range(20):
        with pytest.raises(NotSignedIn) as over:
            tokens.of(ANA)
        assert over.value.refusal is Refusal.REVOKED
        tokens.ask_again()
        clock.advance(hours=1)
    assert authority.refreshed() == 1


def test_a_new_sign_in_makes_it_good_again(
    authority: LocalAuthority, tokens: Tokens, vault: CountingVault, clock: FrozenClock
) -> None:
    for box in (ANA, IN_MEMORY):
        signed_in(authority, tokens, box)
        authority.revoke()
        clock.advance(hours=2)
        with pytest.raises(NotSignedIn):
            tokens.of(box)
        signed_in(authority, tokens, box)
        assert authority.opens(tokens.of(box).token, "ana")
        tokens.forget(box)


def test_a_sign_in_by_another_process_makes_it_good_again(
    authority: LocalAuthority, tokens: Tokens, vault: CountingVault, clock: FrozenClock
) -> None:
    signed_in(authority, tokens)
    authority.revoke()
    clock.advance(hours=2)
    with pytest.raises(NotSignedIn):
        tokens.of(ANA)
    signed_in(authority, tokens_of(authority, vault, clock))
    assert authority.opens(tokens.of(ANA).token, "ana")


def test_a_token_that_was_renewed_meanwhile_is_not_thrown_away(
    authority: LocalAuthority, tokens: Tokens, clock: FrozenClock
) -> None:
    grant = signed_in(authority, tokens)
    clock.advance(hours=2)
    newer = tokens.of(ANA)
    tokens.was_refused(ANA, grant.access_token)
    assert tokens.of(ANA) == newer
    assert authority.refreshed() == 1


def test_a_client_id_that_is_gone_needs_the_person(authority: LocalAuthority, tokens: Tokens) -> None:
    signed_in(authority, tokens)
    nobody = replace(ANA, email="new@lofts.example", client=None)
    tokens.keep(nobody, Grant(access_token="a", lasts_s=1, refresh_token="r"))
    with pytest.raises(NotSignedIn, match="No client id"):
        tokens.of(nobody)
    elsewhere = replace(ANA, email="b@lofts.example", client=replace(CLIENT, authority="yahoo"))
    tokens.keep(elsewhere, Grant(access_token="a", lasts_s=1, refresh_token="r"))
    with pytest.raises(NotSignedIn, match="no sign-in called 'yahoo'") as unknown:
        tokens.of(elsewhere)
    assert unknown.value.refusal is Refusal.CLIENT


# -- the keyring


def test_a_locked_keyring_is_asked_once_until_the_person_acts(
    authority: LocalAuthority, tokens: Tokens, vault: CountingVault, clock: FrozenClock
) -> None:
    signed_in(authority, tokens)
    clock.advance(hours=2)
    vault.locked, vault.asked = True, 0
    for _ in range(5):
        with pytest.raises(VaultLocked):
            tokens.of(ANA)
    assert (vault.asked, authority.refreshed()) == (1, 0)
    vault.locked = False
    tokens.ask_again()
    assert authority.opens(tokens.of(ANA).token, "ana")


def test_a_keyring_that_is_gone_is_told(
    authority: LocalAuthority, tokens: Tokens, vault: CountingVault
) -> None:
    signed_in(authority, tokens)
    vault.absent = True
    tokens.was_refused(ANA, tokens.of(ANA).token)
    with pytest.raises(NoVault):
        tokens.of(ANA)


def test_unlocking_asks_the_keyring_and_no_authority(
    authority: LocalAuthority, vault: CountingVault, clock: FrozenClock
) -> None:
    signed_in(authority, tokens_of(authority, vault, clock))
    fresh = tokens_of(authority, vault, clock)
    authority.asked.clear()
    fresh.check(ANA)
    vault.wipe()
    with pytest.raises(NotSignedIn):
        fresh.check(ANA)
    assert authority.asked == []


def test_no_token_stands_in_any_log(
    authority: LocalAuthority, tokens: Tokens, vault: CountingVault, clock: FrozenClock,
    caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    caplog.set_level(logging.DEBUG)
    grant = signed_in(authority, tokens)
    clock.advance(hours=2)
    vault.refuses_writes = True
    got = tokens.of(ANA)
    told = caplog.text + repr(got) + repr(tokens.__dict__)
    assert "is not kept yet" in caplog.text
    assert not [each for each in (grant.access_token, grant.refresh_token, got.token) if each in told]

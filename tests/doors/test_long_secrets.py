"""Long secrets: whole or not there, whatever cuts a write short, in entries that Windows takes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaddesk.doors.vault import LongSecrets
from leaddesk.doors.vault.long_secrets import LONGEST_ENTRY
from leaddesk.words.errors import VaultLocked
from tests.memory_vault import MemoryVault

WHO = "info@lofts.example"
LENGTHS = (0, 1, 1249, 1250, 1251, 2500, 4096, 20_000)


def units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


@pytest.mark.parametrize("length", LENGTHS)
def test_a_secret_comes_back_in_entries_that_are_short_enough(length: int) -> None:
    vault = MemoryVault()
    secret = "".join(chr(33 + place % 90) for place in range(length))
    LongSecrets(vault).set("token", WHO, secret)
    assert LongSecrets(vault).get("token", WHO) == secret
    assert all(units(entry) <= LONGEST_ENTRY for entry in vault.kept.values())
    assert len(vault.kept) == max(1, -(-length // 1250))


@given(st.text(st.characters(codec="utf-8"), max_size=60), st.integers(1, 120))
def test_letters_of_two_units_are_not_cut_in_halves(text: str, times: int) -> None:
    vault = MemoryVault()
    secrets = LongSecrets(vault)
    secrets.set("token", WHO, text * times)
    assert secrets.get("token", WHO) == text * times
    assert all(units(entry) <= LONGEST_ENTRY for entry in vault.kept.values())


@given(st.lists(st.sampled_from(LENGTHS), min_size=1, max_size=6))
def test_a_new_secret_leaves_nothing_of_the_old_one(lengths: list[int]) -> None:
    vault = MemoryVault()
    secrets = LongSecrets(vault)
    for number, length in enumerate(lengths):
        secrets.set("token", WHO, str(number) * length)
        assert secrets.get("token", WHO) == str(number) * length
    assert len(vault.kept) == max(1, -(-lengths[-1] // 1250))
    secrets.delete("token", WHO)
    assert vault.kept == {}
    assert secrets.get("token", WHO) is None


class CutVault(MemoryVault):
    """Locks itself after so many writes."""

    left = 10_000

    def set(self, what: str, user: str, secret: str, *, within_s: float = 60.0) -> None:
        if self.left == 0:
            raise VaultLocked("The keyring is locked.")
        self.left -= 1
        super().set(what, user, secret, within_s=within_s)


@pytest.mark.parametrize("before", [0, 100, 4096])
@pytest.mark.parametrize("writes", range(4))
def test_a_write_that_is_cut_leaves_the_old_secret_whole(before: int, writes: int) -> None:
    vault = CutVault()
    secrets = LongSecrets(vault)
    secrets.set("token", WHO, "o" * before)
    vault.left = writes
    with pytest.raises(VaultLocked):
        secrets.set("token", WHO, "n" * 5000)
    assert secrets.get("token", WHO) == "o" * before
    vault.left = 10_000
    secrets.set("token", WHO, "n" * 3000)
    assert secrets.get("token", WHO) == "n" * 3000
    secrets.delete("token", WHO)
    assert vault.kept == {}


def test_a_secret_of_which_a_piece_is_missing_is_not_there() -> None:
    vault = MemoryVault()
    secrets = LongSecrets(vault)
    secrets.set("token", WHO, "x" * 4000)
    del vault.kept["token-a3", WHO]
    assert secrets.get("token", WHO) is None
    secrets.set("token", WHO, "new")
    assert secrets.get("token", WHO) == "new"


@pytest.mark.parametrize("entry", ["", "x", "a", "a 1", "c 1\nx", "a ²\nx", "a -1\nx", "a 0\nx"])
def test_an_entry_of_somebody_elses_is_no_secret(entry: str) -> None:
    vault = MemoryVault()
    vault.set("token", WHO, entry)
    assert LongSecrets(vault).get("token", WHO) is None


def test_boxes_do_not_see_each_others_secrets() -> None:
    secrets = LongSecrets(MemoryVault())
    secrets.set("token", WHO, "a" * 3000)
    secrets.set("token", "ben@lofts.example", "b" * 2000)
    secrets.delete("token", "ben@lofts.example")
    assert secrets.get("token", WHO) == "a" * 3000

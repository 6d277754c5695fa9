"""The demo touches nothing of the person's: no keyring, no mailbox, no start at login."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from leaddesk.demo import Living
from leaddesk.doors.autostart import Autostart
from leaddesk.doors.vault import Vault
from leaddesk.words.account import Account, Server
from leaddesk.words.errors import NoVault, Refused
from leaddesk.words.settings import AUTOSTART
from leaddesk_ui import demo
from leaddesk_ui.needs import Desk

REAL = Account(
    email="ann@gmail.com",
    user="ann@gmail.com",
    imap=Server("imap.gmail.com", 993),
    smtp=Server("smtp.gmail.com", 465),
)


@pytest.fixture
def touched(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What reached the person's own keyring and desktop."""
    reached: list[str] = []
    for owner, name in ((Vault, "set"), (Vault, "delete"), (Autostart, "switch")):
        monkeypatch.setattr(owner, name, lambda *_, what=name, **__: reached.append(what))
    return reached


@pytest.fixture
def desk(tmp_path: Path, touched: list[str]) -> Iterator[Desk]:
    (tmp_path / "maildir" / "new").mkdir(parents=True)
    living = Living(tmp_path / "maildir")
    made = demo._open(tmp_path / "profile", living)
    yield made
    made.close()
    living.stop()
    assert touched == []


def test_a_real_mailbox_is_refused_in_a_sentence(desk: Desk) -> None:
    with pytest.raises(Refused, match="The demo takes up no mailbox of yours"):
        desk.accounts.add(REAL, "app password")
    (own,) = desk.accounts.list()
    assert own.smtp.host == "127.0.0.1"


def test_no_password_is_kept(desk: Desk) -> None:
    (own,) = desk.accounts.list()
    with pytest.raises(NoVault):
        desk.accounts.give_password(own.id, "secret", keep=True)
    desk.accounts.remove(own.id)
    assert desk.accounts.list() == ()


def test_start_at_login_is_refused_and_stays_off(desk: Desk) -> None:
    with pytest.raises(Refused, match="does not start at login"):
        desk.config.set(AUTOSTART, "on")
    assert desk.config.get(AUTOSTART) is False
    desk.config.set(AUTOSTART, "off")

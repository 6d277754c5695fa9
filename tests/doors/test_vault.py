"""What the vault trusts, and how it tells of failures; a real keyring is in tests/real/test_vault.py."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest
from keyring.errors import InitError, KeyringError, KeyringLocked, PasswordDeleteError, PasswordSetError

from leaddesk.doors.vault import Vault, vault
from leaddesk.words.errors import NoVault, VaultLocked
from tests.memory_vault import MemoryVault

WHO = "ana@harbour.example"

PLAIN_BACKEND = '''
from pathlib import Path
from keyring.backend import KeyringBackend

class PlaintextKeyring(KeyringBackend):
    """As keyrings.alt has it."""
    priority = 9
    def get_password(self, service, username): return None
    def set_password(self, service, username, password): Path("leaked").write_text(password)
'''

ASK = """
import keyring
from leaddesk.doors.vault import Vault
from leaddesk.words.errors import NoVault
print(type(keyring.get_keyring()).__name__)
print(Vault().backend_name())
try:
    Vault().set("mail", "ana@harbour.example", "secret")
except NoVault as why:
    print(why)
"""


@pytest.fixture
def plaintext(tmp_path: Path) -> Path:
    """A folder for the path: a plain-text backend, installed as packages are, and configured."""
    (tmp_path / "plain_backend.py").write_text(PLAIN_BACKEND)
    info = tmp_path / "plain_backend-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: plain-backend\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[keyring.backends]\nplain = plain_backend\n")
    return tmp_path


def _configured(folder: Path) -> None:
    (folder / "python_keyring").mkdir()
    chosen = "[backend]\ndefault-keyring=plain_backend.PlaintextKeyring\n"
    (folder / "python_keyring" / "keyringrc.cfg").write_text(chosen)


@pytest.mark.parametrize("how", ["installed", "configured", "in the environment"])
def test_a_plaintext_keyring_is_refused_where_keyring_itself_takes_it(plaintext: Path, how: str) -> None:
    path = os.pathsep.join([str(plaintext), *filter(None, sys.path)])
    env = {"PYTHONPATH": path, "HOME": str(plaintext), "XDG_CONFIG_HOME": str(plaintext)}
    if how == "configured":
        _configured(plaintext)
    if how == "in the environment":
        env["PYTHON_KEYRING_BACKEND"] = "plain_backend.PlaintextKeyring"
    command = (sys.executable, "-c", ASK)
    done = subprocess.run(
        command, env=env, cwd=plaintext, capture_output=True, text=True, check=True, timeout=30
    )
    assert done.stdout.splitlines() == [
        "PlaintextKeyring",
        "None",
        "No keyring was found that can keep a password.",
    ]
    assert not (plaintext / "leaked").exists()


class OddBackend:
    """Fails as the test says, and has no entry."""

    priority = 5
    error: Exception = KeyringError()

    def get_password(self, service: str, username: str) -> str | None:
        raise self.error

    def set_password(self, service: str, username: str, password: str) -> None:
        raise self.error

    def delete_password(self, service: str, username: str) -> None:
        raise PasswordDeleteError("No such password!")


@pytest.fixture
def backend(monkeypatch: pytest.MonkeyPatch) -> type[OddBackend]:
    """The only one that is trusted, beside one that is not installed."""
    module = ModuleType("odd_backend")
    vars(module)["Keyring"] = OddBackend
    monkeypatch.setitem(sys.modules, "odd_backend", module)
    rows = (("odd_backend", "Keyring", "Odd"), ("not_installed", "Keyring", "None"))
    monkeypatch.setattr(vault, "_TRUSTED", rows)
    return OddBackend


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (KeyringLocked("Failed to unlock the collection!"), VaultLocked),
        (InitError("Failed to create the collection: Prompt dismissed.."), VaultLocked),
        (PasswordSetError("Cancelled by user"), VaultLocked),
        (TimeoutError(), VaultLocked),
        (InitError("Failed to create the collection: no owner"), NoVault),
        (PasswordSetError("too long"), NoVault),
        (OSError(1312, "A specified logon session does not exist"), NoVault),
        (UnicodeDecodeError("utf-8", b"\xff", 0, 1, "invalid start byte"), NoVault),
    ],
)
def test_whatever_a_backend_raises_is_a_sentence_for_the_person(
    backend: type[OddBackend], monkeypatch: pytest.MonkeyPatch, error: Exception, told: type[Exception]
) -> None:
    monkeypatch.setattr(backend, "error", error)
    with pytest.raises(told):
        Vault().set("mail", WHO, "x")
    with pytest.raises(told) as caught:
        Vault().get("mail", WHO)
    assert str(caught.value).endswith(".")
    assert caught.value.__context__ is None, "it would hold the backend's connection open"


def test_deleting_what_may_still_be_there_is_not_said_to_be_done(
    backend: type[OddBackend], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backend, "get_password", lambda self, service, username: "still here")
    with pytest.raises(NoVault):
        Vault().delete("mail", WHO)


def test_no_secret_is_logged(
    backend: type[OddBackend], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    monkeypatch.setattr(backend, "error", KeyringError("canary-77 was refused"))
    with pytest.raises(NoVault) as caught:
        Vault().set("mail", WHO, "canary-77")
    assert "Odd failed: KeyringError" in caplog.text
    assert "canary" not in caplog.text + str(caught.value)


def test_the_memory_vault_has_the_shape_of_the_real_one() -> None:
    fake = MemoryVault()
    fake.set("mail", WHO, "x")
    assert fake.get("mail", WHO) == "x"
    fake.wipe()
    assert fake.get("mail", WHO) is None
    fake.locked = True
    with pytest.raises(VaultLocked):
        fake.get("mail", WHO)
    fake.absent = True
    assert fake.backend_name() is None
    with pytest.raises(NoVault):
        fake.set("mail", WHO, "x")

"""The floors of the house: kept as it stands, and each contract notices the import that breaks it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LINT_IMPORTS = "from importlinter.cli import lint_imports_command as lint; lint()"

OFFENCES = [
    ("floors", "leaddesk/words/offender.py", "import leaddesk.rules.fold"),
    ("floors", "leaddesk/rules/offender.py", "from leaddesk.doors import paths"),
    ("floors", "leaddesk/doors/store/offender.py", "import leaddesk.desk.offender"),
    ("floors", "leaddesk/doors/vault/offender.py", "from leaddesk.doors import clock"),
    ("floors", "leaddesk/doors/browser_sign_in/offender.py", "from leaddesk.doors import vault"),
    ("floors", "leaddesk/doors/paths.py", "from leaddesk.doors import clock"),
    ("floors", "leaddesk/desk/offender.py", "import leaddesk.cli.offender"),
    ("floors", "leaddesk/cli/offender.py", "import leaddesk_ui"),
    ("no-qt", "leaddesk/rules/offender.py", "from PySide6.QtCore import QObject"),
    ("no-qt", "leaddesk/desk/offender.py", "import leaddesk_ui"),
    ("database", "leaddesk/desk/offender.py", "import peewee"),
    ("database", "leaddesk/doors/mail/offender.py", "from playhouse import apsw_ext"),
    ("database", "ui/leaddesk_ui/offender.py", "import apsw"),
    ("database", "leaddesk/cli/offender.py", "import psycopg"),
    ("mail", "leaddesk/doors/store/offender.py", "from imapclient import IMAPClient"),
    ("mail", "leaddesk/desk/offender.py", "import smtplib"),
    ("mail", "leaddesk/cli/offender.py", "import imaplib"),
    ("vault", "leaddesk/desk/offender.py", "import keyring"),
    ("notify", "leaddesk/desk/offender.py", "from plyer import notification"),
    ("notify", "ui/leaddesk_ui/offender.py", "import desktop_notifier"),
    ("pure-rules", "leaddesk/rules/offender.py", "import threading"),
    ("pure-rules", "leaddesk/rules/offender.py", "from leaddesk.doors.clock import Clock"),
    ("pure-rules", "leaddesk/words/offender.py", "import socket"),
    ("demo", "leaddesk/demo/offender.py", "import leaddesk.doors.store.offender"),
    ("demo", "leaddesk/demo/offender.py", "import leaddesk.desk.offender"),
    ("pages", "ui/leaddesk_ui/account/offender.py", "import leaddesk_ui.today.offender"),
]


def _contracts() -> list[dict[str, object]]:
    tools = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]
    contracts: list[dict[str, object]] = tools["importlinter"]["contracts"]
    return contracts


def _lint(tree: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """import-linter on a tree, without its cache."""
    return subprocess.run(
        [sys.executable, "-c", LINT_IMPORTS, "--no-cache", "--no-logo", *options],
        cwd=tree,
        env={**os.environ, "PYTHONPATH": f"{tree}{os.pathsep}{tree / 'ui'}"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the packages, with a module in every room that an offence may want to import."""
    tree = tmp_path_factory.mktemp("house")
    shutil.copy(ROOT / "pyproject.toml", tree)
    ignored = shutil.ignore_patterns("__pycache__", "*.pyc")
    shutil.copytree(ROOT / "leaddesk", tree / "leaddesk", ignore=ignored)
    shutil.copytree(ROOT / "ui", tree / "ui", ignore=ignored)
    for _, path, _ in OFFENCES:
        room = tree / path
        room.parent.mkdir(parents=True, exist_ok=True)
        room.parent.joinpath("__init__.py").touch()
        room.touch()
    (tree / "ui/leaddesk_ui/today/offender.py").touch()
    return tree


def test_the_house_as_it_stands_keeps_every_contract() -> None:
    done = _lint(ROOT)
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"Contracts: {len(_contracts())} kept, 0 broken." in done.stdout


def test_the_copy_keeps_every_contract_before_it_is_broken(house: Path) -> None:
    done = _lint(house)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(("contract", "path", "line"), OFFENCES)
def test_a_contract_notices_the_import_that_breaks_it(
    house: Path, contract: str, path: str, line: str
) -> None:
    offender = house / path
    before = offender.read_text(encoding="utf-8")
    offender.write_text(f"{before}\n{line}\n", encoding="utf-8")
    try:
        done = _lint(house, "--contract", contract)
    finally:
        offender.write_text(before, encoding="utf-8")
    assert done.returncode == 1, done.stdout + done.stderr
    assert "Contracts: 0 kept, 1 broken." in done.stdout


def test_every_contract_is_proved() -> None:
    assert {contract for contract, _, _ in OFFENCES} == {contract["id"] for contract in _contracts()}


def test_every_room_has_its_place_on_a_floor() -> None:
    floors = str(_contracts()[0]["layers"])
    rooms = {
        f"{package}.{path.stem}"
        for package, folder in (("leaddesk", "leaddesk"), ("leaddesk.doors", "leaddesk/doors"))
        for path in (ROOT / folder).iterdir()
        if path.suffix == ".py" or any(path.glob("*.py"))
    }
    homeless = {room for room in rooms if f"({room})" not in floors and not room.endswith("__init__")}
    assert homeless == {"leaddesk.doors"}, "give it a place in pyproject's contract `floors`"


def test_every_page_is_held_to_be_a_stranger() -> None:
    contract = next(contract for contract in _contracts() if contract["id"] == "pages")
    pages = {path.parent.name for path in (ROOT / "ui" / "leaddesk_ui").glob("*/page.py")}
    assert {page for page in pages if f"(leaddesk_ui.{page})" not in str(contract["layers"])} == set()

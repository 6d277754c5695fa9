"""Calls the command line in this process, on a real profile whose time stands still."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from leaddesk.cli import Faces, run
from leaddesk.desk import Doors
from leaddesk.doors.mail.reader import Reader
from leaddesk.doors.notify import Notice, Notifier
from tests.frozen_clock import FrozenClock
from tests.memory_vault import MemoryVault

MAIL = """From: {name} <{email}>
To: ann@lofts.example
Subject: {subject}
Message-ID: <{id}@mail.example>
Date: Mon, 02 Nov 2026 08:{minute:02d}:00 +0000

{text}
"""


class SilentNotifier(Notifier):
    """Nobody sees it: no test shows a notification on a developer's desktop."""

    def show(self, notice: Notice) -> str | None:
        return None

    def clear(self, key: str) -> None:
        return

    def why_not(self) -> str | None:
        return "There is no desktop session here that could show notifications."


@dataclass(frozen=True)
class Said:
    """What one call came to."""

    code: int
    out: str
    err: str

    @property
    def records(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def record(self) -> dict[str, Any]:
        """The only one."""
        (one,) = self.records
        return one


@dataclass
class Cli:
    """`cli("queue", "--json")` calls the command on one profile; its time stands still until it is moved."""

    profile: Path
    monkeypatch: pytest.MonkeyPatch
    capsys: pytest.CaptureFixture[str]
    clock: FrozenClock = field(default_factory=FrozenClock)
    vault: MemoryVault = field(default_factory=MemoryVault)
    faces: Faces = field(default_factory=Faces)

    def __call__(self, *words: str, stdin: bytes = b"") -> Said:
        self.monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        doors = Doors(self.clock, self.vault, Reader(), notifier=lambda on_action: SilentNotifier())
        self.capsys.readouterr()
        code = run(["--profile", str(self.profile), *words], doors=doors, faces=self.faces)
        heard = self.capsys.readouterr()
        return Said(code, heard.out, heard.err)

    def json(self, *words: str, stdin: bytes = b"") -> list[dict[str, Any]]:
        """The objects of a call that must end with 0."""
        said = self(*words, "--json", stdin=stdin)
        assert said.code == 0, said.err
        return said.records

    def lead(self, name: str = "Ngozi Eze", minutes_ago: int = 3, **more: str) -> int:
        """Enters a lead by hand; returns its number."""
        told = {
            "email": f"{name.partition(' ')[0].lower()}@mail.example",
            "message": "What is a dormer?",
            **more,
        }
        words = [word for key, value in told.items() for word in (f"--{key}", value)]
        at = f"2026-11-02T{8 + (60 - minutes_ago) // 60:02d}:{(60 - minutes_ago) % 60:02d}"
        (added,) = self.json("add", "--name", name, "--at", at, *words)
        return int(added["lead"])

    def account(self, *more: str) -> int:
        """Keeps an account without trying it; returns its number."""
        (made,) = self.json(
            "account", "add", "--email", "ann@lofts.example", "--imap", "127.0.0.1:143", "--smtp",
            "127.0.0.1:25", "--security", "plain", "--no-test", "--password-stdin", *more, stdin=b"secret\n",
        )  # fmt: skip
        return int(made["account"])


def mail(
    name: str = "Ngozi Eze", *, id: str = "one", minute: int = 40, text: str = "What is a dormer?"
) -> bytes:
    """A mail of somebody who asks; received at 8:`minute` on the day of the frozen clock."""
    email = f"{name.partition(' ')[0].lower()}@mail.example"
    return MAIL.format(name=name, email=email, subject="A question", id=id, minute=minute, text=text).encode()


def keys(records: Iterable[dict[str, Any]]) -> set[frozenset[str]]:
    """The different key sets."""
    return {frozenset(record) for record in records}

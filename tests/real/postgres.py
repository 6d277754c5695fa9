"""A PostgreSQL of our own for a test run: own folder, a Unix socket only, no TCP port.

It runs as anybody; for root, who may not run it, as the user that Debian's package makes.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Any

import pytest

from tests.real import find, need

_INITDB = "/usr/lib/postgresql/*/bin/initdb"
_OWNER = "postgres"
_START_SECONDS = 30
_STOP_SECONDS = 15
_QUICK = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=60", "timezone=UTC")
"""A test's database need not survive a power cut."""


class Postgres:
    """`with Postgres() as server:` gives a running server; `empty_database` is what a test begins with."""

    def __init__(self) -> None:
        need(_INITDB, "postgresql")
        self._programs = Path(find(_INITDB) or "").parent
        self._root = Path(tempfile.mkdtemp(prefix="pgt"))  # a socket's path is limited to 107 bytes
        self._as = _somebody_else() if os.geteuid() == 0 else {}
        self._server: subprocess.Popen[bytes] | None = None

    def empty_database(self) -> str:
        """The URL of the server's one database, emptied: much quicker than a new one."""
        import psycopg

        url = f"postgresql://{_OWNER}@/{_OWNER}?host={self._root}"
        with psycopg.connect(url, autocommit=True, options="-c client_min_messages=warning") as session:
            session.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
        return url

    def start(self) -> None:
        data, log = self._root / "data", self._root / "log"
        if not data.exists():
            self._run(
                "initdb", "-D", str(data), "-U", _OWNER, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8",
                "--no-sync", "--no-instructions",
            )  # fmt: skip
        options = [part for setting in _QUICK for part in ("-c", setting)]
        with log.open("ab") as output:
            self._server = subprocess.Popen(
                [self._programs / "postgres", "-D", data, "-k", self._root, "-h", "", *options],
                stdout=output, stderr=subprocess.STDOUT, env=self._environment(), cwd=self._root, **self._as,
            )  # fmt: skip
        self._wait_until_ready(self._server, log)

    def stop(self) -> None:
        """Stops at once, breaking connections off: what they have not committed is rolled back."""
        if self._server is None:
            return
        self._server.send_signal(signal.SIGINT)
        self._server.wait(_STOP_SECONDS)
        self._server = None

    def __enter__(self) -> Postgres:
        if self._as:
            os.chown(self._root, self._as["user"], self._as["group"])
        try:
            self.start()
        except BaseException:
            self.__exit__(None, None, None)
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
        shutil.rmtree(self._root, ignore_errors=True)

    def _wait_until_ready(self, server: subprocess.Popen[bytes], log: Path) -> None:
        limit = time.monotonic() + _START_SECONDS
        while self._call("pg_isready", "-q", "-h", str(self._root)).returncode:
            if server.poll() is not None or time.monotonic() > limit:
                raise RuntimeError(f"PostgreSQL did not start:\n{log.read_text(errors='replace')}")
            time.sleep(0.02)

    def _run(self, program: str, *arguments: str) -> None:
        done = self._call(program, *arguments)
        if done.returncode:
            raise RuntimeError(f"{program} failed: {done.stderr.decode(errors='replace')}")

    def _call(self, program: str, *arguments: str) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [self._programs / program, *arguments],
            capture_output=True, env=self._environment(), cwd=self._root, check=False, **self._as,
        )  # fmt: skip

    def _environment(self) -> dict[str, str]:
        """Nothing of the person's own: PGHOST and its like would lead to another server."""
        return {"PATH": os.environ.get("PATH", os.defpath), "HOME": str(self._root), "LC_ALL": "C.UTF-8"}


def _somebody_else() -> dict[str, Any]:
    import pwd

    owner = pwd.getpwnam(_OWNER)
    return {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []}


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """One server for all tests that ask for it; each begins with `empty_database()`."""
    with Postgres() as server:
        yield server

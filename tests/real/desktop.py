"""A desktop's own services, each private to the test and ended by its own process id.

Context managers, so that harnesses and benches can use them as well as tests.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack, closing
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from jeepney import message_bus
from jeepney.io.blocking import DBusConnection, open_dbus_connection

from tests.real import need

_BUS_CONFIG = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:dir={folder}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""
"""No service files: on a usual session bus, keyrings and notification services start by themselves."""

_DUNST_CONFIG = """[global]
history_length = 1000
markup = full
format = "%s %b"
idle_threshold = 0
"""


class Part:
    """Something that is started and ended; a `with` does both. `_ends` runs in reverse order."""

    def __init__(self) -> None:
        self._ends = ExitStack()

    def start(self) -> None:
        raise NotImplementedError

    def stop(self) -> None:
        self._ends.close()

    def __enter__(self) -> Self:
        try:
            self.start()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        self.stop()

    def _folder(self, prefix: str) -> Path:
        """A private folder; its path is short, because a socket's may not have more than 107 characters."""
        folder = Path(tempfile.mkdtemp(prefix=prefix))
        self._ends.callback(shutil.rmtree, folder, ignore_errors=True)
        return folder

    def _run(self, command: Sequence[str], **options: Any) -> subprocess.Popen[bytes]:
        options = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, **options}
        process = subprocess.Popen(command, stderr=subprocess.DEVNULL, **options)
        self._ends.callback(_end, process)
        return process


class SessionBus(Part):
    """A private session bus. Nothing is on it but what the test starts."""

    def __init__(self) -> None:
        super().__init__()
        self.address = ""

    @property
    def env(self) -> dict[str, str]:
        """What a program needs to find this bus."""
        return {"DBUS_SESSION_BUS_ADDRESS": self.address}

    def start(self) -> None:
        need("dbus-daemon", "dbus")
        folder = self._folder("bus")
        (folder / "bus.conf").write_text(_BUS_CONFIG.format(folder=folder))
        command = (
            "dbus-daemon",
            f"--config-file={folder}/bus.conf",
            "--nofork",
            "--print-address",
            "--nopidfile",
        )
        self.process = self._run(command, stdout=subprocess.PIPE)
        assert self.process.stdout
        self.address = self.process.stdout.readline().decode().strip()
        assert self.address, "the bus did not start"

    def connect(self) -> DBusConnection:
        return open_dbus_connection(self.address)

    def has(self, name: str) -> bool:
        """Whether somebody owns the name."""
        with closing(self.connect()) as connection:
            return bool(connection.send_and_get_reply(message_bus.NameHasOwner(name)).body[0])


class SilentService(Part):
    """Owns a name on the bus and answers nothing, ever."""

    def __init__(self, bus: SessionBus, name: str) -> None:
        super().__init__()
        self._bus = bus
        self._name = name

    def start(self) -> None:
        connection = self._bus.connect()
        self._ends.callback(connection.close)
        first_owner = 1
        assert connection.send_and_get_reply(message_bus.RequestName(self._name)).body[0] == first_owner


class GnomeKeyring(Part):
    """A real gnome-keyring with a home of its own.

    Its first start makes the login keyring; `restart(unlock=False)` then has it locked, as after a login
    without a password.
    """

    def __init__(
        self, bus: SessionBus, password: str = "open sesame", env: Mapping[str, str] | None = None
    ) -> None:
        super().__init__()
        self._bus = bus
        self._password = password
        self._more = env or {}
        self._daemon = ExitStack()

    def start(self) -> None:
        need("gnome-keyring-daemon", "gnome-keyring")
        self.home = self._folder("kr")
        self._ends.callback(self._daemon.close)
        self._begin(unlock=True)

    def restart(self, *, unlock: bool = True) -> None:
        self._daemon.close()
        self._begin(unlock=unlock)

    def wipe(self) -> None:
        """As when a person resets a keyring whose password is forgotten: unlocked again, and empty."""
        self._daemon.close()
        shutil.rmtree(self.home / "data")
        self._begin(unlock=True)

    def _begin(self, *, unlock: bool) -> None:
        command = ["gnome-keyring-daemon", "--foreground", "--components=secrets"]
        process = subprocess.Popen(
            [*command, "--unlock"] if unlock else command,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=self._env(),
        )
        self._daemon.callback(_end, process)
        assert process.stdin
        if unlock:
            process.stdin.write(self._password.encode())  # no line break: it would belong to the password
        process.stdin.close()
        wait_for(lambda: self._bus.has("org.freedesktop.secrets"), process)

    def _env(self) -> dict[str, str]:
        home = str(self.home)
        own = {"HOME": home, "XDG_RUNTIME_DIR": home, "XDG_DATA_HOME": f"{home}/data"}
        return {**without_display(), **self._bus.env, **own, **self._more}


class Screen(Part):
    """An X screen in memory, with a window manager unless told otherwise."""

    def __init__(self, size: str = "1280x800", *, managed: bool = True) -> None:
        super().__init__()
        self._size = size
        self._managed = managed
        self.display = ""

    @property
    def width(self) -> int:
        """In pixels."""
        return int(self._size.partition("x")[0])

    @property
    def env(self) -> dict[str, str]:
        """What a program needs to open its windows here."""
        return {"DISPLAY": self.display}

    def start(self) -> None:
        need("Xvfb", "xvfb")
        reading, writing = os.pipe()
        command = ("Xvfb", "-displayfd", str(writing), "-screen", "0", f"{self._size}x24", "-nolisten", "tcp")
        # Without -noreset the server begins anew when its only client leaves, and cuts one that just comes.
        self._run((*command, "-noreset"), pass_fds=(writing,))
        os.close(writing)
        with os.fdopen(reading) as told:
            self.display = f":{told.readline().strip()}"
        assert self.display != ":", "Xvfb did not start"
        if self._managed:
            self._manage()

    def _manage(self) -> None:
        need("openbox", "openbox")
        need("xdotool", "xdotool")
        env = {**without_display(), **self.env, "HOME": str(self._folder("ob"))}
        manager = self._run(("openbox",), env=env)
        asks = ("xdotool", "get_desktop")  # answered by the window manager only
        wait_for(
            lambda: subprocess.run(asks, env=env, capture_output=True, check=False).returncode == 0, manager
        )


class Dunst(Part):
    """A real notification service on a screen. What it was sent is in `received`."""

    def __init__(self, bus: SessionBus, screen: Screen) -> None:
        super().__init__()
        self._bus = bus
        self._screen = screen

    def start(self) -> None:
        need("dunst", "dunst")
        home = self._folder("dn")
        (home / "dunstrc").write_text(_DUNST_CONFIG)
        self._env = {**without_display(), **self._bus.env, **self._screen.env, "HOME": str(home)}
        self.process = self._run(("dunst", "-conf", str(home / "dunstrc")), env=self._env)
        wait_for(lambda: self._bus.has("org.freedesktop.Notifications"), self.process)

    def shown(self) -> int:
        """How many notifications stand on the screen."""
        return int(self.control("count", "displayed"))

    def received(self) -> list[dict[str, Any]]:
        """Every notification so far, the newest first, by dunst's own history. Closes those on the screen."""
        self.control("close-all")
        history = json.loads(self.control("history"))["data"][0]
        return [{name: field["data"] for name, field in entry.items()} for entry in history]

    def control(self, *words: str) -> str:
        """What dunstctl says."""
        done = subprocess.run(
            ("dunstctl", *words), env=self._env, capture_output=True, check=True, timeout=10
        )
        return done.stdout.decode()


def without_display() -> dict[str, str]:
    """This process's environment without the person's own desktop."""
    own = ("DISPLAY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "XAUTHORITY")
    return {name: value for name, value in os.environ.items() if name not in own}


def wait_for(
    condition: Callable[[], object], process: subprocess.Popen[bytes] | None = None, limit_s: float = 10.0
) -> None:
    """Comes back when the condition is true. Fails after the limit, or when the process ends before."""
    end = time.monotonic() + limit_s
    while not condition():
        assert process is None or process.poll() is None, f"{process.args!r} has ended"
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.01)


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(5)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(5)
    for stream in (process.stdin, process.stdout):
        if stream:
            stream.close()

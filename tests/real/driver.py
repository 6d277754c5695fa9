"""The program as a person has it before them: a window on a real screen, with a keyboard and a mouse.

xdotool knows no widgets. The keyboard reaches everything by itself; the mouse goes to places that the design
fixes (the rail, the queue's first row). What is awaited is a condition (a title, a window, a picture that
stands still), never a while.
"""

from __future__ import annotations

import itertools
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.real import need
from tests.real.desktop import Screen, wait_for, without_display

ROOT = Path(__file__).resolve().parents[2]
SHOTS = "LEADDESK_TEST_SHOTS"
"""Names a folder: a picture of every stage is kept there."""
Part = tuple[int, int, int, int]
"""Left, top, width and height on the screen."""
_STILL_S = 0.1
_MANY, _FEW = 120, 20
"""A cursor covers some twenty blocks of the screen, a running timer sixty; a part is chosen without these."""
_SLOWLY_MS, _STRANGE_MS = "12", "250"
"""Between two typed letters. One that no keyboard has must first be learnt by X, and by the program."""


class Driver:
    """Starts the program, and types and clicks into it. `with` ends it, however it stands."""

    def __init__(self, screen: Screen, home: Path, env: Mapping[str, str]) -> None:
        need("xdotool", "xdotool")
        need("import", "imagemagick")
        need("xwininfo", "x11-utils")
        path = os.pathsep.join((str(ROOT), str(ROOT / "ui")))
        own = {"HOME": str(home), "PYTHONPATH": path, "XDG_RUNTIME_DIR": str(home)}
        usual = {k: v for k, v in without_display().items() if not k.startswith(("XDG_", "QT_", "LEADDESK_"))}
        self.env = {**usual, **screen.env, **own, **env}
        self._screen = screen
        self._process: subprocess.Popen[bytes] | None = None
        self._errors = home / "errors.txt"
        self.module = "leaddesk"
        """What Python runs; a test that moves the clock has a launcher of its own."""

    # -- the program

    def start(self, profile: Path, *words: str) -> str:
        """Starts it and waits for its window; returns the window's number."""
        self.launch(profile, *words)
        return self.window()

    def launch(self, profile: Path, *words: str) -> subprocess.Popen[bytes]:
        """Starts it without waiting."""
        command = [sys.executable, "-m", self.module, "--profile", str(profile), *words]
        with self._errors.open("ab") as errors:
            self._process = subprocess.Popen(
                command, env=self.env, cwd=ROOT, stdin=subprocess.DEVNULL, stderr=errors
            )
        return self._process

    def again(self, profile: Path) -> int:
        """A second start beside the first; returns its exit code."""
        command = [sys.executable, "-m", "leaddesk", "--profile", str(profile)]
        return subprocess.run(command, env=self.env, cwd=ROOT, timeout=20, check=False).returncode

    def kill9(self) -> None:
        """As when the power fails."""
        self._signal(signal.SIGKILL)

    def terminate(self) -> float:
        """Asks it to end, as a session's end does; returns how many seconds it took."""
        begin = time.monotonic()
        self._signal(signal.SIGTERM)
        return time.monotonic() - begin

    def wait_for_end(self, limit_s: float = 10.0) -> int:
        """Its exit code, once it has ended by itself."""
        assert self._process is not None
        return self._process.wait(limit_s)

    @property
    def is_running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    def errors(self) -> str:
        """What it wrote to standard error."""
        return self._errors.read_text() if self._errors.exists() else ""

    def _signal(self, number: signal.Signals) -> None:
        assert self._process is not None
        self._process.send_signal(number)
        self._process.wait(10)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        if kind is not None:
            self.shot("at-the-failure")
        if self.is_running:
            self.kill9()

    # -- its windows

    def window(self, title: str = "LeadDesk", limit_s: float = 15.0) -> str:
        """The number of the program's visible window whose title begins so, once it is the active one."""
        found: list[str] = []

        def there() -> bool:
            found[:] = self.windows(title)
            return bool(found) and self.active() in found

        wait_for(there, self._process, limit_s)
        return self.active()

    def windows(self, title: str = "LeadDesk") -> list[str]:
        """Visible windows by their title (a pattern)."""
        return self._tool("search", "--onlyvisible", "--name", title, ok=(0, 1)).split()

    def minimize(self) -> None:
        self._tool("getactivewindow", "windowminimize")

    def active(self) -> str:
        """The window that gets what is typed; empty where none does."""
        return self._tool("getactivewindow", ok=(0, 1)).strip()

    def title(self) -> str:
        return self._tool("getactivewindow", "getwindowname", ok=(0, 1)).strip()

    def wait_title(self, pattern: str, limit_s: float = 15.0) -> str:
        """The active window's title, once it matches."""
        wait_for(lambda: re.search(pattern, self.title()), self._process, limit_s)
        return self.title()

    def place(self, window: str) -> tuple[int, int, int, int]:
        """Left, top, width and height of a window on the screen."""
        command = ("xwininfo", "-id", window)  # xdotool adds the frame twice
        done = subprocess.run(command, env=self.env, capture_output=True, text=True, timeout=10, check=True)
        facts = dict(re.findall(r"(\w[\w -]*):\s+(-?\d+)\n", done.stdout))
        left, top = facts["Absolute upper-left X"], facts["Absolute upper-left Y"]
        return int(left), int(top), int(facts["Width"]), int(facts["Height"])

    def close(self) -> None:
        """The close button of the window's frame: the window manager's own key for it."""
        self._tool("key", "--clearmodifiers", "alt+F4")

    # -- keyboard and mouse

    def keys(self, *keys: str) -> None:
        """Presses keys, by their X names: `R`, `ctrl+Return`, `shift+Tab`."""
        self._tool("key", "--clearmodifiers", "--delay", _SLOWLY_MS, *keys)

    def type(self, text: str) -> None:
        """Types letters, of any script; a line break is Return."""
        for is_usual, run in itertools.groupby(text, str.isascii):
            delay = _SLOWLY_MS if is_usual else _STRANGE_MS
            self._tool("type", "--clearmodifiers", "--delay", delay, "--", "".join(run))

    def click(self, x: int, y: int, *, times: int = 1) -> None:
        """Clicks at a place of the active window."""
        there = ("--window", self.active(), str(x), str(y))
        self._tool("mousemove", *there, "click", "--repeat", str(times), "--delay", "80", "1")

    # -- what is seen

    def picture(self, part: Part | None = None) -> bytes:
        """The pixels of the screen, or of a part of it, as they are now, three bytes each."""
        command = ("import", "-depth", "8", "-window", "root", "-silent", "rgb:-")
        whole = subprocess.run(command, env=self.env, capture_output=True, check=True, timeout=10).stdout
        if part is None:
            return whole
        (left, top, width, height), line = part, 3 * self._screen.width
        starts = range(top * line + 3 * left, (top + height) * line, line)
        return b"".join(whole[start : start + 3 * width] for start in starts)

    @contextmanager
    def changing(self, part: Part | None = None, limit_s: float = 10.0) -> Iterator[None]:
        """What is done inside changes what is seen; goes on once it has changed and stands still again.

        Elsewhere than in `part` of the screen, other things may come and go meanwhile.
        """
        before = self.picture(part)
        yield
        enough = _FEW if part else _MANY
        wait_for(lambda: _differ(before, self.picture(part), enough), self._process, limit_s)
        self.settle(limit_s)

    def settle(self, limit_s: float = 10.0) -> None:
        """Waits until nothing moves any more but a cursor: two pictures alike, one after the other."""
        before = b""

        def still() -> bool:
            nonlocal before
            last, before = before, self.picture()
            moved = not last or _differ(last, before, _MANY)
            if moved:
                time.sleep(_STILL_S)
            return not moved

        wait_for(still, self._process, limit_s)

    def shot(self, name: str) -> None:
        """Keeps a picture, where somebody wants to look at them."""
        folder = os.environ.get(SHOTS)
        if folder:
            Path(folder).mkdir(parents=True, exist_ok=True)
            command = ("import", "-window", "root", "-silent", str(Path(folder) / f"{name}.png"))
            subprocess.run(command, env=self.env, check=True, timeout=10)

    def _tool(self, *words: str, ok: tuple[int, ...] = (0,)) -> str:
        done = subprocess.run(
            ("xdotool", *words), env=self.env, capture_output=True, text=True, timeout=30, check=False
        )
        assert done.returncode in ok, f"xdotool {words}: {done.stderr}"
        return done.stdout


def _differ(one: bytes, other: bytes, enough: int) -> bool:
    """Whether so many blocks of sixteen pixels are different."""
    size = 48
    blocks = range(0, len(one), size)
    return sum(one[at : at + size] != other[at : at + size] for at in blocks) > enough

"""Start at login: one small file where the desktop looks for it, written and removed by the person's word."""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from leaddesk.words.errors import DiskTrouble

IN_TRAY = "--in-tray"
"""What the program is started with at login: it watches without opening its window."""

_DESKTOP = """[Desktop Entry]
Type=Application
Name=LeadDesk
Comment=Watches for enquiries
Exec={command}
Icon=leaddesk
Terminal=false
X-GNOME-Autostart-enabled=true
"""
_AGENT = """<?xml version="1.0" encoding="UTF-8"?>
<plist version="1.0"><dict>
<key>Label</key><string>leaddesk</string>
<key>ProgramArguments</key><array>{words}</array>
<key>RunAtLoad</key><true/>
</dict></plist>
"""


class Autostart:
    """Whether LeadDesk starts at login, and the switch for it.

    XDG autostart on Linux, a launch agent on macOS, the Startup folder on Windows; the last two follow their
    documentation and were not tried.
    """

    def __init__(
        self,
        command: Sequence[str] | None = None,
        platform: str = sys.platform,
        environment: Mapping[str, str] = os.environ,
        home: Path | None = None,
    ) -> None:
        self._program = [*(command or _own_command())]
        self._options: list[str] = []
        self._platform = platform
        self._file = _place(platform, environment, home or Path.home())

    def carries(self, options: Sequence[str]) -> None:
        """What the program was told of its data, so that it finds the same again at login."""
        self._options = [*options]

    @property
    def _command(self) -> list[str]:
        return [*self._program, *self._options, IN_TRAY]

    @property
    def file(self) -> Path:
        """The file that the desktop reads at login."""
        return self._file

    def is_on(self) -> bool:
        return self._file.exists()

    def switch(self, on: bool) -> None:
        """Raises DiskTrouble when the desktop's folder cannot be written."""
        try:
            if not on:
                self._file.unlink(missing_ok=True)
                return
            self._file.parent.mkdir(parents=True, exist_ok=True)
            self._file.write_text(self._content(), encoding="utf-8")
        except OSError as error:
            raise DiskTrouble(
                f"{self._file} cannot be written.", "Allow LeadDesk to write there, or add it by hand."
            ) from error

    def _content(self) -> str:
        if self._platform == "win32":
            return '@start "" ' + " ".join(map(_in_quotes, self._command)) + "\r\n"
        if self._platform == "darwin":
            from xml.sax.saxutils import escape  # noqa: PLC0415 - brings http along: not at each start

            return _AGENT.format(words="".join(f"<string>{escape(w)}</string>" for w in self._command))
        return _DESKTOP.format(command=" ".join(map(_quoted, self._command)))


def _place(platform: str, environment: Mapping[str, str], home: Path) -> Path:
    if platform == "win32":
        roaming = Path(environment.get("APPDATA") or home / "AppData" / "Roaming")
        return roaming / "Microsoft" / "Windows" / "Start Menu" / "Programs" / "Startup" / "LeadDesk.cmd"
    if platform == "darwin":
        return home / "Library" / "LaunchAgents" / "leaddesk.plist"
    config = environment.get("XDG_CONFIG_HOME")
    return (Path(config) if config else home / ".config") / "autostart" / "leaddesk.desktop"


def _own_command() -> list[str]:
    """How this program was started: frozen, as the installed script, or by its module."""
    if getattr(sys, "frozen", False):
        return [sys.executable]
    script = Path(sys.executable).with_name("leaddesk.exe" if sys.platform == "win32" else "leaddesk")
    return [str(script)] if script.exists() else [sys.executable, "-m", "leaddesk"]


def _in_quotes(word: str) -> str:
    """As a command file of Windows quotes; one percent sign would begin a variable."""
    return '"' + word.replace("%", "%%") + '"'


def _quoted(word: str) -> str:
    """As the desktop entry specification quotes: double quotes, with percent signs doubled."""
    plain = shlex.quote(word) == word
    escaped = word.replace("\\", "\\\\").replace('"', '\\"').replace("`", "\\`").replace("$", "\\$")
    return (word if plain else f'"{escaped}"').replace("%", "%%")

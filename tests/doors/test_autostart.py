"""Start at login: the file that each desktop reads."""

from __future__ import annotations

import configparser
import plistlib
import shlex
from pathlib import Path

from leaddesk.doors.autostart import IN_TRAY, Autostart


def _on(home: Path, platform: str, command: list[str]) -> Autostart:
    made = Autostart(command, platform, {}, home)
    made.switch(on=True)
    return made


def test_linux_reads_the_command_it_was_given(tmp_path: Path) -> None:
    made = _on(tmp_path, "linux", ["/opt/Lead Desk/leaddesk", "--profile", "/home/ann/100% mine"])
    entry = configparser.RawConfigParser()
    entry.read(made.file)
    command = shlex.split(entry["Desktop Entry"]["Exec"].replace("%%", "%"))
    assert command == ["/opt/Lead Desk/leaddesk", "--profile", "/home/ann/100% mine", IN_TRAY]
    assert made.file == tmp_path / ".config" / "autostart" / "leaddesk.desktop"


def test_the_config_home_of_the_desktop_is_respected(tmp_path: Path) -> None:
    made = Autostart(["leaddesk"], "linux", {"XDG_CONFIG_HOME": str(tmp_path / "cfg")}, tmp_path)
    assert made.file.is_relative_to(tmp_path / "cfg")


def test_macos_reads_a_list_of_words(tmp_path: Path) -> None:
    made = _on(tmp_path, "darwin", ["/Applications/Lead & Desk"])
    assert plistlib.loads(made.file.read_bytes())["ProgramArguments"] == [
        "/Applications/Lead & Desk",
        IN_TRAY,
    ]


def test_windows_starts_it_from_the_startup_folder(tmp_path: Path) -> None:
    made = _on(tmp_path, "win32", [r"C:\Program Files\LeadDesk\leaddesk.exe"])
    assert r'"C:\Program Files\LeadDesk\leaddesk.exe"' in made.file.read_text(encoding="utf-8")


def test_switching_off_takes_the_file_away_and_may_be_done_twice(tmp_path: Path) -> None:
    made = _on(tmp_path, "linux", ["leaddesk"])
    assert made.is_on()
    made.switch(on=False)
    made.switch(on=False)
    assert not made.is_on()

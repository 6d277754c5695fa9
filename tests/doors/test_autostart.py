"""Start at login: the file that each desktop reads."""

from __future__ import annotations

import configparser
import plistlib
import shlex
from pathlib import Path

from leaddesk import desk as core
from leaddesk.desk import Desk, Doors
from leaddesk.doors.autostart import IN_TRAY, Autostart
from leaddesk.words.settings import AUTOSTART


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


def test_it_carries_what_the_program_was_told_of_its_data(tmp_path: Path) -> None:
    made = Autostart(["leaddesk.exe"], "win32", {}, tmp_path)
    made.carries(["--profile", "C:\\100% mine"])
    made.switch(on=True)
    assert '"--profile" "C:\\100%% mine" "--in-tray"' in made.file.read_text(encoding="utf-8")


def test_a_desk_starts_at_login_with_its_own_profile_and_database(tmp_path: Path) -> None:
    profile = tmp_path / "other profile"
    doors = Doors(autostart=Autostart(["leaddesk"], "linux", {}, tmp_path))
    with core.open(profile, doors=doors) as desk:
        desk.config.set(AUTOSTART, "on")
        words = _words(doors.autostart)
        assert words == ["leaddesk", "--profile", str(profile), IN_TRAY]
        served = Desk(profile, desk.store, doors, "d3sk", "postgresql://server/leads")
        served.config.set(AUTOSTART, "on")
        assert _words(doors.autostart)[3:5] == ["--database", "postgresql://server/leads"]


def _words(made: Autostart) -> list[str]:
    entry = configparser.RawConfigParser()
    entry.read(made.file)
    return shlex.split(entry["Desktop Entry"]["Exec"].replace("%%", "%"))

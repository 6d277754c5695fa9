"""Folders that other computers see as well."""

from __future__ import annotations

from pathlib import Path

import pytest

from leaddesk.doors import shares
from leaddesk.doors.shares import mounted_as, why_shared

TABLE = r"""22 1 254:0 / / rw,relatime - ext4 /dev/vda rw
23 22 0:21 / /proc rw - proc proc rw
30 22 0:40 / /mnt/team\040files rw shared:1 master:2 - cifs //server/team rw
31 22 0:41 / /home rw - nfs4 server:/home rw
32 31 254:1 / /home/ana/local rw - ext4 /dev/vdb rw
33 22 0:50 / /media/old rw - ext4 /dev/vdc rw
34 33 0:51 / /media/old rw - fuse.sshfs ana@server: rw
a line that is none
"""


@pytest.fixture
def mounts(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    table = tmp_path / "mountinfo"
    table.write_text(TABLE)
    monkeypatch.setattr(shares, "_MOUNTS", table)


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/var/lib", "ext4"),
        ("/mnt/team files/leads", "cifs"),
        ("/mnt/team", "ext4"),
        ("/home/ana/leads", "nfs4"),
        ("/home/ana/local/leads", "ext4"),
        ("/homestead", "ext4"),
        ("/media/old", "fuse.sshfs"),
    ],
)
def test_the_nearest_and_newest_mount_says_where_a_path_lies(path: str, kind: str) -> None:
    assert mounted_as(Path(path), TABLE) == kind


@pytest.mark.usefixtures("mounts")
def test_a_network_share_is_told_with_its_kind() -> None:
    assert why_shared(Path("/home/ana/leads")) == (
        "/home/ana/leads lies on a network share (nfs4): two computers would damage the database."
    )
    assert "fuse.sshfs" in str(why_shared(Path("/media/old/x")))


@pytest.mark.usefixtures("mounts")
@pytest.mark.parametrize(
    ("path", "program"),
    [
        ("/srv/Dropbox/leads", "Dropbox"),
        ("/srv/Dropbox (Harbour Ltd)/x", "Dropbox"),
        ("/srv/OneDrive", "OneDrive"),
        ("/srv/OneDrive - Harbour Ltd/x", "OneDrive"),
        ("/srv/iCloudDrive/x", "iCloud Drive"),
        ("/srv/Library/Mobile Documents/com~apple~CloudDocs", "iCloud Drive"),
        ("/srv/Google Drive/x", "Google Drive"),
        ("/srv/Nextcloud/x", "Nextcloud"),
        ("/srv/Library/CloudStorage/Box-Box", "a synchronised folder"),
    ],
)
def test_a_synchronised_folder_is_told_with_its_program(path: str, program: str) -> None:
    assert f"is synchronised by {program}:" in str(why_shared(Path(path)))


def test_syncthing_is_known_by_its_marker(tmp_path: Path) -> None:
    (tmp_path / ".stfolder").mkdir()
    assert "Syncthing" in str(why_shared(tmp_path / "leads"))


def test_a_link_into_a_synchronised_folder_is_followed(tmp_path: Path) -> None:
    (tmp_path / "Dropbox").mkdir()
    (tmp_path / "leads").symlink_to(tmp_path / "Dropbox")
    assert "Dropbox" in str(why_shared(tmp_path / "leads"))


@pytest.mark.usefixtures("mounts")
@pytest.mark.parametrize(
    "path", ["/home/ana/local/leads", "/var/lib/leads", "/srv/dropboxes", "/srv/my onedrives"]
)
def test_a_folder_of_this_computer_alone_is_fine(path: str) -> None:
    assert why_shared(Path(path)) is None


def test_where_no_mount_table_is_nothing_is_claimed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(shares, "_MOUNTS", tmp_path / "none")
    assert why_shared(tmp_path) is None

"""`leaddesk backup` and `leaddesk restore`."""

from __future__ import annotations

from pathlib import Path

import apsw
import pytest

from tests.cli.calling import Cli


def test_a_copy_brings_back_what_was_there(cli: Cli, tmp_path: Path) -> None:
    cli.lead()
    copy = tmp_path / "copy.db"
    (made,) = cli.json("backup", str(copy))
    assert made == {"file": str(copy), "leads": 1, "enquiries": 1, "entries": 2}
    cli.lead("Tom Eze")
    (back,) = cli.json("restore", str(copy))
    assert (back["leads"], back["file"]) == (1, str(cli.profile / "leaddesk.db"))
    assert Path(back["kept"]).exists()
    assert [row["name"] for row in cli.json("queue")] == ["Ngozi Eze"]
    assert (cli.profile / "leaddesk.db").stat().st_mode & 0o077 == 0
    assert not (cli.profile / "restoring").exists()


def test_without_a_name_it_lies_in_the_profile(cli: Cli) -> None:
    cli.lead()
    (made,) = cli.json("backup")
    assert Path(made["file"]).parent == cli.profile / "backups"
    assert cli("backup").out.endswith(": 1 lead\n")


def test_a_copy_comes_back_into_a_new_profile(cli: Cli, tmp_path: Path) -> None:
    cli.lead()
    cli.json("backup", str(tmp_path / "copy.db"))
    (back,) = cli.json("restore", str(tmp_path / "copy.db"), "--profile", str(tmp_path / "new"))
    assert (back["leads"], back["kept"]) == (1, None)


def test_the_data_itself_is_neither_target_nor_source(cli: Cli, tmp_path: Path) -> None:
    cli.lead()
    data = cli.profile / "leaddesk.db"
    for words in (("backup", str(data)), ("backup", str(tmp_path)), ("restore", str(data))):
        assert cli(*words).code == 2
    assert len(cli.json("queue")) == 1


@pytest.mark.parametrize("content", [b"", b"no database" * 500])
def test_what_is_no_copy_changes_nothing(cli: Cli, tmp_path: Path, content: bytes) -> None:
    cli.lead()
    (tmp_path / "copy.db").write_bytes(content)
    said = cli("restore", str(tmp_path / "copy.db"), "--json")
    assert (said.code, said.out, said.err.count("\n")) == (4, "", 1)
    assert cli("restore", str(tmp_path / "missing.db")).code == 1
    assert len(cli.json("queue")) == 1


def test_a_copy_of_the_future_changes_nothing(cli: Cli, tmp_path: Path) -> None:
    cli.lead()
    copy = tmp_path / "copy.db"
    cli.json("backup", str(copy))
    connection = apsw.Connection(str(copy))
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    said = cli("restore", str(copy), "--json")
    assert (said.code, said.err) == (4, f"{copy} was made by a newer LeadDesk.\n")
    assert len(cli.json("queue")) == 1
    assert sorted(file.name for file in cli.profile.iterdir()) == ["desk", "leaddesk.db", "lock"]

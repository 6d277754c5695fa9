"""`leaddesk import`: the contract's keys, tried, done, undone."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bench.scoring import CORPORA
from tests.cli.calling import Cli

SCHEMA_KEYS = {"encoding", "delimiter", "rows", "columns", "first", "last", "warnings", "cards"}
KEYS = {"file", *SCHEMA_KEYS, "new", "known", "doubtful", "unusable", "waiting", "import", "problems"}
ROWS = "1.11.2026 8:14;Uta Keller;uta@keller.example;0171 3920051;Fassade\n;;;;x\n"
TEXT = f"Datum;Name;E-Mail;Handy;Anliegen\n{ROWS}"


@pytest.fixture
def table(tmp_path: Path) -> Path:
    file = tmp_path / "people.csv"
    file.write_text(TEXT, encoding="utf-8")
    return file


@pytest.fixture
def card(tmp_path: Path) -> Path:
    file = tmp_path / "people.vcf"
    file.write_text("BEGIN:VCARD\nFN:Dr. Uta Keller\nEMAIL:uta@keller.example\nEND:VCARD\n", encoding="utf-8")
    return file


def test_a_table_is_told_by_the_keys_of_the_contract(cli: Cli, table: Path) -> None:
    (done,) = cli.json("import", str(table))
    assert set(done) == KEYS
    assert (done["file"], done["encoding"], done["delimiter"]) == (str(table), "utf-8", ";")
    assert (done["rows"], done["cards"], done["warnings"]) == (2, None, [])
    assert done["columns"] == {
        "received_at": "Datum", "name": "Name", "email": "E-Mail", "phone": "Handy", "message": "Anliegen"
    }  # fmt: skip
    assert (done["first"]["name"], done["first"]["phone"]) == ("Uta Keller", "0171 3920051")
    assert (done["last"]["name"], done["last"]["message"]) == (None, "x")
    assert [done[key] for key in ("new", "known", "doubtful", "unusable", "waiting")] == [1, 0, 0, 1, 1]
    assert done["problems"] == [{"line": 3, "fate": "unusable", "why": "No name, no address and no number."}]
    (row,) = cli.json("queue")
    assert (row["name"], row["since"]) == ("Uta Keller", "2026-11-01T08:14:00+00:00")


def test_cards_are_told_by_their_number(cli: Cli, card: Path) -> None:
    (done,) = cli.json("import", str(card))
    assert set(done) == KEYS
    assert (done["cards"], done["rows"], done["delimiter"], done["columns"]) == (1, None, None, None)
    assert done["first"] == {
        "name": "Dr. Uta Keller", "email": "uta@keller.example", "phone": None, "company": None
    }  # fmt: skip


def test_encoding_and_separator_are_told_where_the_guess_is_wrong(cli: Cli, tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_bytes("Name|Email\nJosé Čech|jose@cech.example\n".encode("cp1250"))
    (done,) = cli.json("import", "--dry-run", "--encoding", "cp1250", "--delimiter", "bar", str(file))
    assert (done["encoding"], done["delimiter"], done["first"]["name"]) == ("cp1250", "|", "José Čech")
    assert cli("import", "--encoding", "latin-99", str(file)).code == 2


def test_a_dry_run_needs_no_profile_and_makes_none(cli: Cli, table: Path) -> None:
    (tried,) = cli.json("import", "--dry-run", str(table))
    assert (tried["new"], tried["unusable"], tried["import"]) == (1, 1, None)
    assert not cli.profile.exists()


def test_a_dry_run_knows_who_is_here(cli: Cli, table: Path, card: Path) -> None:
    cli.json("import", str(card))
    (tried,) = cli.json("import", "--dry-run", str(table))
    assert (tried["new"], tried["known"]) == (0, 1)
    (lead,) = cli.json("lead", "1")
    assert lead["phones"] == []


def test_an_import_is_undone_by_its_number(cli: Cli, table: Path) -> None:
    (done,) = cli.json("import", str(table))
    (undone,) = cli.json("import", "undo", str(done["import"]))
    assert undone == {
        "did": "Import taken back", "import": 1, "file": "people.csv", "removed": 1, "kept": 0, "emptied": 0
    }  # fmt: skip
    assert cli.json("queue") == []
    assert cli("import", "undo", "1").code == 1
    assert cli("import", "undo", "77", "--json").code == 1


def test_several_files_and_folders_are_a_line_each(cli: Cli, tmp_path: Path, table: Path, card: Path) -> None:
    done = cli.json("import", str(tmp_path))
    assert [each["file"] for each in done] == [str(table), str(card)]
    assert [each["known"] for each in done] == [0, 1]


def test_a_file_that_fails_has_its_line_and_the_others_go_on(cli: Cli, table: Path) -> None:
    missing = str(table.with_name("missing.csv"))
    said = cli("import", missing, str(table), "-", "--json")
    failed, done, standard = said.records
    assert said.code == 1
    assert set(failed) == KEYS | {"error"}
    assert "cannot be read" in failed["error"]
    assert (done["new"], failed["rows"]) == (1, None)
    assert standard["error"] == "Standard input cannot be imported."
    assert said.err.count("\n") == 1


def test_a_column_can_be_given_another_meaning(cli: Cli, table: Path) -> None:
    (done,) = cli.json("import", "--dry-run", "--map", "anliegen=company", "--map", "Handy=skip", str(table))
    assert done["columns"]["company"] == "Anliegen"
    assert "phone" not in done["columns"]
    for wrong in ("Nichts=name", "Name=nothing", "Name"):
        said = cli("import", "--dry-run", "--map", wrong, str(table))
        assert said.code == 2
        assert said.err.count("\n") == 1


def test_people_are_told_in_words(cli: Cli, table: Path) -> None:
    said = cli("import", "--dry-run", str(table))
    assert said.code == 0
    assert "2 rows: 1 new (1 in the queue), 0 known, 0 doubtful, 1 unusable" in said.out
    assert "row 3: No name" in said.out
    assert "Nothing was stored." in said.out
    assert "leaddesk import undo 1" in cli("import", str(table)).out


def test_words_that_make_no_sense_are_a_wrong_usage(cli: Cli) -> None:
    assert cli("import").code == 2
    assert cli("import", "--no-such", "x").code == 2
    assert cli("import", "--help").code == 0


def test_the_whole_corpus_goes_in_and_out_again(cli: Cli) -> None:
    files = [str(file) for ending in ("csv/*.csv", "vcard/*.vcf") for file in sorted(CORPORA.glob(ending))]
    done = cli.json("import", *files)
    assert len(done) == len(files)
    assert all("error" not in each for each in done)
    assert all(each["new"] + each["known"] + each["doubtful"] + each["unusable"] for each in done)
    for each in reversed(done):
        if each["import"] is not None:
            cli.json("import", "undo", str(each["import"]))
    assert cli.json("queue") == []
    assert cli("lead", "1").code == 1

"""`leaddesk capture` and `leaddesk parse`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.calling import Cli, mail

PARSE_KEYS = {
    *("file", "kind", "why", "name", "email", "phone", "company", "message", "visible", "text", "subject"),
    *("from_email", "attachments", "source", "fields", "recipient", "permanent", "status", "return_date"),
    *("opt_out", "acknowledge"),
}
SOURCE_KEYS = {
    *("form", "page_url", "referrer", "utm_source", "utm_medium", "utm_campaign", "vendor"),
    *("landing_page", "journey"),
}


@pytest.fixture
def enquiry(tmp_path: Path) -> Path:
    file = tmp_path / "enquiry.eml"
    file.write_bytes(mail())
    return file


def test_parse_tells_everything_and_stores_nothing(cli: Cli, enquiry: Path) -> None:
    (read,) = cli.json("parse", str(enquiry))
    assert set(read) == PARSE_KEYS
    assert set(read["source"]) == SOURCE_KEYS
    assert set(read["acknowledge"]) == {"send", "to", "rule", "why"}
    assert (read["file"], read["kind"], read["name"]) == (str(enquiry), "enquiry", "Ngozi Eze")
    assert (read["email"], read["subject"]) == ("ngozi@mail.example", "A question")
    assert read["visible"] == "What is a dormer?"
    assert (read["attachments"], read["opt_out"], read["permanent"]) == (0, False, None)
    assert read["why"]
    assert not cli.profile.exists()


def test_own_addresses_and_domains_can_be_told(cli: Cli, enquiry: Path) -> None:
    for own in ("ngozi@mail.example", "mail.example", "@mail.example", "NGOZI@Mail.Example"):
        assert cli.json("parse", "--own", own, str(enquiry))[0]["kind"] == "own"
    assert cli.json("parse", "--own", "other.example", str(enquiry))[0]["kind"] == "enquiry"


def test_a_profile_tells_its_own_addresses(cli: Cli, enquiry: Path) -> None:
    cli.account("--own", "ngozi@mail.example")
    assert cli.json("parse", str(enquiry))[0]["kind"] == "own"


def test_many_files_are_a_line_each_in_order(cli: Cli, tmp_path: Path) -> None:
    folder = tmp_path / "mails"
    folder.mkdir()
    for name in ("b", "a"):
        (folder / f"{name}.eml").write_bytes(mail(f"{name.upper()} Eze", id=name))
    (folder / ".hidden").write_bytes(b"x")
    (folder / "inside").mkdir()
    read = cli.json("parse", str(folder), "-", stdin=mail("Tom Eze"))
    assert [each["file"] for each in read] == [str(folder / "a.eml"), str(folder / "b.eml"), "-"]
    assert [each["name"] for each in read] == ["A Eze", "B Eze", "Tom Eze"]


def test_a_file_that_cannot_be_read_has_an_error_and_the_others_go_on(cli: Cli, enquiry: Path) -> None:
    missing = str(enquiry.with_name("missing.eml"))
    said = cli("parse", missing, str(enquiry), "--json")
    failed, read = said.records
    assert said.code == 1
    assert set(failed) == PARSE_KEYS | {"error"}
    assert (failed["file"], failed["kind"]) == (missing, None)
    assert "cannot be read" in failed["error"]
    assert read["kind"] == "enquiry"
    assert "error" not in read
    assert said.err.count("\n") == 1
    assert cli("parse", missing, str(enquiry)).err.count("\n") == 1


def test_what_is_no_mail_is_read_all_the_same(cli: Cli, tmp_path: Path) -> None:
    for name, raw in (("empty", b""), ("noise", bytes(range(256)) * 20), ("json", b'{"name": "Ngozi Eze"}')):
        (tmp_path / f"{name}.bin").write_bytes(raw)
        (read,) = cli.json("parse", str(tmp_path / f"{name}.bin"))
        assert set(read) == PARSE_KEYS


def test_capture_lands_in_the_queue(cli: Cli, enquiry: Path) -> None:
    (landed,) = cli.json("capture", str(enquiry))
    assert set(landed) == PARSE_KEYS | {"lead", "enquiry"}
    (row,) = cli.json("queue")
    assert (row["lead"], row["since"]) == (landed["lead"], "2026-11-02T08:40:00+00:00")
    assert landed["enquiry"] is not None


def test_what_is_no_enquiry_has_neither_lead_nor_enquiry(cli: Cli) -> None:
    raw = mail().replace(
        b"Subject:", b"List-Unsubscribe: <https://mail.example/no>\nList-ID: <news.mail.example>\nSubject:"
    )
    (landed,) = cli.json("capture", "-", stdin=raw)
    assert landed["kind"] == "newsletter"
    assert (landed["lead"], landed["enquiry"]) == (None, None)
    assert cli.json("queue") == []


def test_further_mail_of_one_who_waits_joins(cli: Cli) -> None:
    (first,) = cli.json("capture", "-", stdin=mail())
    (second,) = cli.json("capture", "-", stdin=mail(id="two", minute=50, text="And how long does it take?"))
    assert (second["lead"], second["enquiry"]) == (first["lead"], None)
    (row,) = cli.json("queue")
    assert row["since"] == "2026-11-02T08:40:00+00:00"


def test_people_are_told_in_words(cli: Cli, enquiry: Path) -> None:
    read = cli("parse", str(enquiry)).out
    assert read.startswith(f"{enquiry}: enquiry\n  ")
    assert "Ngozi Eze, ngozi@mail.example" in read
    assert "a new enquiry of lead 1" in cli("capture", str(enquiry)).out


def test_a_captured_file_that_is_missing_is_told_with_the_keys_of_capture(cli: Cli, tmp_path: Path) -> None:
    said = cli("capture", str(tmp_path / "missing.eml"), "--json")
    assert said.code == 1
    assert set(said.record) == PARSE_KEYS | {"lead", "enquiry", "error"}

"""`leaddesk feed` and `leaddesk watch`."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from leaddesk.doors.instance import Kind, ProfileLock
from tests.cli.calling import Cli, mail
from tests.letters import form_notice

EVENT_KEYS = {"event", "at", "account", "lead", "enquiry", "outgoing"}
NOW = 1793610000  # 2026-11-02T09:00:00Z, the frozen clock's now


@pytest.fixture
def maildir(tmp_path: Path) -> Path:
    folder = tmp_path / "Maildir"
    for name in ("new", "cur", "tmp"):
        (folder / name).mkdir(parents=True)
    return folder


def put(maildir: Path, name: str, raw: bytes) -> None:
    file = maildir / "tmp" / name
    file.write_bytes(raw)
    os.utime(file, (NOW, NOW))
    file.rename(maildir / "new" / name)


def test_feeds_are_added_listed_and_removed(cli: Cli, maildir: Path) -> None:
    (made,) = cli.json("feed", "add", "maildir", str(maildir))
    assert made == {"feed": 1, "kind": "maildir", "path": str(maildir), "form": None}
    (folder,) = cli.json("feed", "add", "folder", str(maildir / "new"))
    assert folder["kind"] == "folder"
    assert cli.json("feed", "list") == [made, folder]
    assert cli.json("feed", "remove", "1") == [made]
    assert cli.json("feed", "list") == [folder]
    assert cli("feed", "remove", "1").code == 1


def test_a_feed_that_is_none_is_wrong_usage(cli: Cli, tmp_path: Path) -> None:
    for words in (("maildir", str(tmp_path)), ("folder", str(tmp_path / "missing")), ("form", "x.toml")):
        said = cli("feed", "add", *words)
        assert (said.code, said.err.count("\n")) == (2, 1)
    assert "no file x.toml" in said.err
    assert cli("feed", "list").out == "There is no feed yet.\n"


def test_a_form_is_registered_by_one_of_its_mails_and_then_acknowledged(cli: Cli, tmp_path: Path) -> None:
    first, second = tmp_path / "first.eml", tmp_path / "second.eml"
    path = "<www@host.example>"
    first.write_bytes(form_notice("Ngozi Eze", "ngozi@example.org", "A dormer?", Return_Path=path))
    second.write_bytes(form_notice("Bo Larsen", "bo@example.org", "A roof?", Return_Path=path))
    (before,) = cli.json("parse", str(second))
    assert (before["acknowledge"]["send"], before["acknowledge"]["rule"]) == (False, "Forms")
    (feed,) = cli.json("feed", "add", "form", str(first))
    assert (feed["feed"], feed["kind"], feed["path"]) == (1, "form", None)
    assert feed["form"]
    assert cli.json("feed", "list") == [feed]
    (after,) = cli.json("parse", str(second))
    assert after["kind"] == "enquiry"
    allowed = {key: after["acknowledge"][key] for key in ("send", "to", "rule")}
    assert allowed == {"send": True, "to": "bo@example.org", "rule": None}
    assert cli.json("watch", "--once") == []
    assert cli.json("feed", "remove", "1") == [feed]
    (gone,) = cli.json("parse", str(second))
    assert gone["acknowledge"] == before["acknowledge"]


def test_a_letter_is_not_registered_as_a_form(cli: Cli, tmp_path: Path) -> None:
    file = tmp_path / "letter.eml"
    file.write_bytes(mail())
    said = cli("feed", "add", "form", str(file))
    assert (said.code, said.err.count("\n")) == (1, 1)
    assert "no form's notice" in said.err
    assert cli.json("feed", "list") == []


def test_of_a_folder_each_form_is_registered_and_each_other_mail_is_told(cli: Cli, tmp_path: Path) -> None:
    folder = tmp_path / "samples"
    folder.mkdir()
    (folder / "1.eml").write_bytes(form_notice("Ngozi Eze", "ngozi@example.org", "A dormer?"))
    (folder / "2.eml").write_bytes(mail())
    said = cli("feed", "add", "form", str(folder), "--json")
    told, feed = said.records
    assert (said.code, said.err.count("\n")) == (1, 1)
    assert (told["feed"], told["file"]) == (None, str(folder / "2.eml"))
    assert "no form's notice" in told["error"]
    assert cli.json("feed", "list") == [feed]


def test_once_takes_in_what_lies_there_and_tells_of_it(cli: Cli, maildir: Path) -> None:
    cli.json("feed", "add", "maildir", str(maildir))
    put(maildir, "1.a", mail())
    put(maildir, "2.a", mail(id="two", text="And how long?"))
    events = cli.json("watch", "--once")
    assert all(set(event) >= EVENT_KEYS for event in events)
    assert [e["event"] for e in events if e["event"] != "mail"] == ["connection", "enquiry", "reply", "alert"]
    told = {event["event"]: event for event in events}
    assert (told["connection"]["folder"], told["connection"]["state"]) == (str(maildir), "online")
    assert told["enquiry"] | {"at": "", "seen_at": ""} == {
        "event": "enquiry", "at": "", "account": None, "lead": 1, "enquiry": 1, "outgoing": None,
        "received_at": "2026-11-02T09:00:00+00:00", "seen_at": "", "quiet": False,
    }  # fmt: skip
    assert told["reply"]["joined"] is True
    assert (told["alert"]["lead"], told["alert"]["count"], told["alert"]["loudness"]) == (1, 1, 1)
    assert told["alert"]["shown_by"] is None
    assert told["mail"]["kind"] == "enquiry"
    assert cli.json("watch", "--once")[0]["event"] == "connection"
    assert len(cli.json("queue")) == 1


def test_people_read_a_line_an_event(cli: Cli, maildir: Path) -> None:
    cli.json("feed", "add", "maildir", str(maildir))
    put(maildir, "1.a", mail())
    lines = cli("watch", "--once").out.splitlines()
    assert "09:00:00  enquiry     Ngozi Eze, lead 1" in lines
    assert any(line.endswith("not shown here") for line in lines)


def test_many_at_once_are_one_alert_without_a_lead(cli: Cli, maildir: Path) -> None:
    cli.json("feed", "add", "maildir", str(maildir))
    for number in range(6):
        put(maildir, f"{number}.a", mail(f"P{number} Eze", id=str(number)))
    alerts = [event for event in cli.json("watch", "--once") if event["event"] == "alert"]
    assert [(alert["lead"], alert["count"]) for alert in alerts] == [(None, 6)]


def test_a_profile_that_somebody_watches_is_in_use(cli: Cli) -> None:
    cli.lead()
    with ProfileLock(cli.profile, Kind.WATCH):
        for words in (("watch",), ("watch", "--once"), ("restore", str(cli.profile / "desk"))):
            said = cli(*words, "--json")
            assert (said.code, said.out) == (4, "")
            assert "leaddesk watch" in said.err
        assert cli("queue").code == 0


def test_without_a_password_the_services_need_a_person(cli: Cli) -> None:
    cli.account("--keep-in-memory")
    for words in (("watch",), ("watch", "--password-stdin"), ("watch", "--once")):
        said = cli(*words)
        assert said.code == 3
        assert "The password of ann@lofts.example is needed." in said.err


def test_a_locked_keyring_needs_a_person(cli: Cli) -> None:
    cli.account()
    cli.vault.locked = True
    for words in (("watch",), ("watch", "--once")):
        said = cli(*words, "--json")
        assert said.code == 3
        assert said.err == "The keyring is locked.\n"


def test_a_server_out_of_reach_is_a_no_and_the_rest_is_done(cli: Cli, maildir: Path) -> None:
    from tests.real.ports import free_ports

    imap, smtp = free_ports(2)
    cli.json(
        "account", "add", "--email", "ann@lofts.example", "--imap", f"127.0.0.1:{imap}", "--smtp",
        f"127.0.0.1:{smtp}", "--security", "plain", "--no-test", "--keep-in-memory",
    )  # fmt: skip
    cli.json("feed", "add", "maildir", str(maildir))
    put(maildir, "1.a", mail())
    said = cli("watch", "--once", "--password-stdin", "--json", stdin=b"secret\n")
    assert said.code == 1
    assert said.err.count("\n") == 1
    assert "enquiry" in [event["event"] for event in said.records]
    log = (cli.profile / "logs" / "leaddesk.log").read_text(encoding="utf-8")
    assert "secret" not in log

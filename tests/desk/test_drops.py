"""Dropped files: mails taken in quietly and taken back, files of people handed on, the rest told."""

from __future__ import annotations

from pathlib import Path

import pytest

from leaddesk.words.by_hand import Unread
from leaddesk.words.errors import Refused
from leaddesk.words.mail import Place
from leaddesk.words.news import AlertRaised
from tests.house import House
from tests.letters import letter

DATE = "Mon, 02 Nov 2026 08:14:00 +0000"


def write(folder: Path, **contents: bytes) -> Path:
    folder.mkdir(exist_ok=True)
    for name, content in contents.items():
        (folder / name.replace("_", ".")).write_bytes(content)
    return folder


def test_mails_come_in_quietly_with_their_own_time_and_go_again(house: House, tmp_path: Path) -> None:
    folder = write(tmp_path / "mails", a_eml=letter(Date=DATE), b_eml=letter(sender="Pat <pat@hill.example>"))
    dropped = house.desk.drops.take([folder])
    assert [lead for _, lead in dropped.enquiries] == [1, 2]
    assert (dropped.others, dropped.tables, dropped.unread) == (0, (), ())
    assert house.view(1).enquiries[0].received_at.isoformat() == "2026-11-02T08:14:00+00:00"
    assert house.notifier.shown == []
    assert not [n for n in house.news if isinstance(n, AlertRaised)]
    assert house.desk.drops.undo(dropped) == 2
    assert not house.queue()
    assert {house.mail(mail).place for mail, _ in dropped.enquiries} == {Place.NOT_A_LEAD}
    assert house.desk.drops.undo(dropped) == 0


def test_files_of_people_wait_for_a_look(house: House, tmp_path: Path) -> None:
    folder = write(
        tmp_path / "people", a_csv=b"Name,Email\nAnn,a@x.example\n", b_dat=b"BEGIN:VCARD\nFN:Ann\nEND:VCARD\n"
    )
    dropped = house.desk.drops.take([folder])
    assert [Path(path).name for path in dropped.tables] == ["a.csv", "b.dat"]
    assert house.desk.store.bulk.totals().leads == 0


def test_what_cannot_be_read_is_told_with_its_reason(house: House, tmp_path: Path) -> None:
    folder = write(
        tmp_path / "all", a_msg=b"\xd0\xcf\x11\xe0", b_xlsx=b"PK\x03\x04", c_jpg=b"\xff\xd8\xff", d_eml=b" \n"
    )
    dropped = house.desk.drops.take([folder, tmp_path / "gone.eml"])
    assert [unread.name for unread in dropped.unread] == ["a.msg", "b.xlsx", "c.jpg", "d.eml", "gone.eml"]
    reasons = [unread.why for unread in dropped.unread]
    assert "Save it as .eml" in reasons[0]
    assert "Save it as CSV" in reasons[1]
    assert "neither a mail" in reasons[2]
    assert dropped.unread[3] == Unread("d.eml", "It is empty.")
    assert "cannot be read" in reasons[4]


def test_a_maildir_is_its_mails(house: House, tmp_path: Path) -> None:
    box = tmp_path / "Maildir"
    box.mkdir()
    write(box / "cur", **{"1700000000:2,S": letter(Date=DATE)})
    write(box / "new", **{"1700000001": letter(Date=DATE, sender="Pat <pat@hill.example>")})
    (box / "dovecot-uidlist").write_text("3 V1\n")
    dropped = house.desk.drops.take([box])
    assert len(dropped.enquiries) == 2
    assert dropped.unread == ()


def test_the_same_mail_again_opens_nothing_new(house: House, tmp_path: Path) -> None:
    folder = write(tmp_path / "mails", a_eml=letter(Date=DATE))
    house.desk.drops.take([folder])
    again = house.desk.drops.take([folder])
    assert (again.enquiries, again.others) == ((), 1)
    assert len(house.queue()) == 1


def test_a_drop_can_be_stopped_and_a_whole_disk_is_refused(house: House, tmp_path: Path) -> None:
    folder = write(tmp_path / "mails", a_eml=letter(Date=DATE), b_eml=letter(Date=DATE))
    heard: list[tuple[int, int]] = []
    dropped = house.desk.drops.take(
        [folder], lambda done, total: heard.append((done, total)), lambda: bool(heard)
    )
    assert (heard, len(dropped.enquiries)) == ([(0, 2)], 1)
    with pytest.raises(Refused, match="more than 2,000 files"):
        house.desk.drops.take([folder] * 1001)

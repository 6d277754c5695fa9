"""Mails of which only the start is here: the lead says so, and no broken file is handed out."""

from __future__ import annotations

import pytest

from leaddesk.words.errors import Refused
from leaddesk.words.mail import RawMail
from tests.house import House
from tests.letters import letter
from tests.made import account, mail_key

MB = 1024 * 1024


def with_files(*sizes: int) -> bytes:
    """A mail with a text and files of so many bytes."""
    parts = ["--b\nContent-Type: text/plain\n\nSee the plans."]
    for number, size in enumerate(sizes, 1):
        head = f"Content-Type: application/pdf\nContent-Disposition: attachment; filename=plan{number}.pdf"
        parts.append(f"--b\n{head}\n\n{'x' * size}")
    return letter("\n".join([*parts, "--b--"]), Content_Type="multipart/mixed; boundary=b")


def landed(house: House, raw: bytes, size: int) -> int:
    """A mail of `size` bytes at the server of which `raw` was fetched."""
    box = house.desk.store.accounts.add(account()).id
    now = house.desk.clock.now()
    mail = RawMail(raw=raw, received_at=now, seen_at=now, size=size, key=mail_key(box, 1))
    kept = house.desk.store.mails.keep(mail)
    assert kept is not None
    house.desk.receive.process(kept)
    return kept


def test_a_cut_mail_says_so_and_gives_no_broken_file(house: House) -> None:
    mail = landed(house, with_files(1000, 11 * MB)[: 10 * MB], 52 * MB)
    (item,) = house.view().timeline
    assert item.headline == "Ngozi · 52 MB; only the first 10 MB are here"
    assert [file.name for file in item.attachments] == ["plan1.pdf", "plan2.pdf"]
    assert house.desk.receive.attachment(mail, 0) == ("plan1.pdf", b"x" * 1000)
    with pytest.raises(Refused, match="not whole: the mail has 52 MB; only the first 10 MB are here"):
        house.desk.receive.attachment(mail, 1)


def test_a_large_mail_that_is_here_gives_its_file_whole(house: House) -> None:
    mail = house.land(with_files(11 * MB))
    (item,) = house.view().timeline
    assert item.headline == "Ngozi"
    assert house.desk.receive.attachment(mail.id, 0) == ("plan1.pdf", b"x" * (11 * MB))


def test_a_server_that_tells_a_wrong_size_hides_no_file(house: House) -> None:
    raw = with_files(1000)
    mail = landed(house, raw, len(raw) + 50)
    assert house.desk.receive.attachment(mail, 0)[1] == b"x" * 1000


def test_a_large_mail_that_was_put_away_says_that_it_is_cut(house: House) -> None:
    raw = with_files(11 * MB).replace(
        b"Content-Type:", b"List-Unsubscribe: <mailto:a@b.example>\nContent-Type:", 1
    )
    landed(house, raw[: 10 * MB], 52 * MB)
    (put_away,) = house.desk.queue.put_away()
    assert put_away.why.endswith(" It has 52 MB; only the first 10 MB are here.")

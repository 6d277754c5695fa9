"""Files that go out: named while one writes, frozen at approval, refused before it where they cannot go."""

from __future__ import annotations

from dataclasses import replace
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest

from leaddesk.rules.sending import CHANGED, must_not_go
from leaddesk.words.account import Room
from leaddesk.words.errors import Refused
from leaddesk.words.lead import Person
from leaddesk.words.outgoing import Draft
from leaddesk.words.settings import SEND_HTML
from tests.frozen_clock import FrozenClock
from tests.outgoing_desk import OutgoingDesk


@pytest.fixture
def desk(tmp_path: Path) -> OutgoingDesk:
    made = OutgoingDesk.open(tmp_path / "profile", FrozenClock())
    made.account()
    return made


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    made = tmp_path / "Plan für Ngozi.pdf"
    made.write_bytes(b"%PDF-1.7 the plan")
    return made


def with_files(desk: OutgoingDesk, *paths: Path) -> Draft:
    draft = desk.reply.draft(desk.mailed())
    return replace(draft, files=desk.reply.enclose(paths))


def parts(desk: OutgoingDesk, outgoing: int) -> EmailMessage:
    made = message_from_bytes(desk.store.outbox.raw(outgoing), policy=default)
    assert isinstance(made, EmailMessage)
    return made


def test_a_file_is_copied_at_approval_and_what_becomes_of_it_later_means_nothing(
    desk: OutgoingDesk, plan: Path
) -> None:
    draft = desk.reply.save(with_files(desk, plan))
    assert desk.reply.draft(draft.lead).files == draft.files
    plan.write_bytes(b"%PDF-1.7 the newer plan")
    mail = desk.reply.approve(draft)
    plan.unlink()
    (file,) = parts(desk, mail.id).iter_attachments()
    assert file.get_payload(decode=True) == b"%PDF-1.7 the newer plan"
    assert file.get_filename() == "Plan für Ngozi.pdf"
    assert must_not_go(mail, desk.clock.now()) is None


def test_another_file_than_the_approved_one_does_not_go(desk: OutgoingDesk, plan: Path) -> None:
    mail = desk.reply.approve(with_files(desk, plan))
    other = replace(mail, files=(replace(mail.files[0], digest="0" * 64),))
    assert must_not_go(other, desk.clock.now()) == CHANGED
    assert must_not_go(replace(mail, files=()), desk.clock.now()) == CHANGED


def test_what_is_taken_back_has_its_files_again(desk: OutgoingDesk, plan: Path) -> None:
    mail = desk.reply.approve(with_files(desk, plan))
    desk.reply.cancel(mail.id)
    assert desk.reply.draft(mail.lead).files == desk.reply.enclose([plan])


def test_a_file_that_is_gone_stops_the_approval_with_a_sentence(desk: OutgoingDesk, plan: Path) -> None:
    draft = with_files(desk, plan)
    plan.unlink()
    with pytest.raises(Refused, match="Plan für Ngozi"):
        desk.reply.approve(draft)
    assert desk.reply.outbox() == ()


def test_a_folder_is_no_file(desk: OutgoingDesk, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="is no file"):
        desk.reply.enclose([tmp_path])


def test_what_the_server_does_not_take_is_told_before_approval(desk: OutgoingDesk, tmp_path: Path) -> None:
    account = desk.store.accounts.all()[0]
    desk.store.accounts.change(replace(account, room=Room(1_000_000, foreign=False)))
    photo = tmp_path / "photo.jpg"
    photo.write_bytes(bytes(900_000))
    with pytest.raises(Refused, match=r"1\.2 MB, and 127\.0\.0\.1 takes at most 1\.0 MB"):
        desk.reply.approve(with_files(desk, photo))
    zoe = desk.lead(Person(name="Zoë", emails=("zoë@example.org",)))
    with pytest.raises(Refused, match="plain letters only"):
        desk.reply.approve(desk.reply.draft(zoe))


def test_too_much_is_refused_before_it_is_read(desk: OutgoingDesk, tmp_path: Path) -> None:
    huge = tmp_path / "film.mov"
    with huge.open("wb") as file:
        file.truncate(51_000_000)
    with pytest.raises(Refused, match="more than 50 MB"):
        desk.reply.approve(with_files(desk, huge))


def test_an_html_twin_goes_along_where_it_is_wished(desk: OutgoingDesk) -> None:
    draft = with_files(desk)
    desk.config.set(SEND_HTML, "on")
    mail = parts(desk, desk.reply.approve(draft).id)
    assert [part.get_content_type() for part in mail.walk()] == [
        "multipart/alternative",
        "text/plain",
        "text/html",
    ]

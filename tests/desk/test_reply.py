"""Replies: what a draft starts from, what an approval freezes, and how it is taken back."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes
from email.message import Message
from email.policy import default
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

import pytest

from leaddesk.rules.compose import body_hash
from leaddesk.words.errors import Refused
from leaddesk.words.lead import Channel, How, Person
from leaddesk.words.news import AlertTaken, OutgoingChanged
from leaddesk.words.outgoing import Draft, OutgoingState, Resolution
from leaddesk.words.settings import PERSON_NAME, REPLY_TEMPLATE, UNDO_SECONDS
from tests.frozen_clock import FrozenClock
from tests.outgoing_desk import DESK_ID, NGOZI, OutgoingDesk


@pytest.fixture
def desk(tmp_path: Path) -> OutgoingDesk:
    return OutgoingDesk.open(tmp_path / "profile", FrozenClock())


def frozen(desk: OutgoingDesk, outgoing: int) -> Message:
    return message_from_bytes(desk.store.outbox.raw(outgoing), policy=default)


def unsure(desk: OutgoingDesk, lead: int) -> int:
    """An outgoing mail whose answer never came, one minute after it was approved."""
    mail = desk.approved(lead)
    desk.pass_time(minutes=1)
    claim = desk.store.outbox.claim(desk.clock.now(), "me", [mail.account])
    assert claim is not None
    desk.store.outbox.committing(mail.id, "me")
    desk.store.outbox.unsure(mail.id, "no answer")
    return mail.id


# -- what a draft starts from


def test_a_personal_mail_is_answered_in_its_thread(desk: OutgoingDesk) -> None:
    account = desk.account(own_addresses=("info@lofts.example",), signature="Ann Lee\nLofts Ltd")
    desk.config.set(PERSON_NAME, "Ann")
    lead = desk.mailed(
        To="Lofts <info@LOFTS.example>, x@y.example",
        Subject="AW: Loft",
        Message_ID="<two@example.org>",
        References="<zero@example.org> <one@example.org>",
    )
    draft = desk.reply.draft(lead)
    assert (draft.account, draft.from_address) == (account.id, "info@lofts.example")
    assert (draft.to, draft.cc, draft.subject) == (("ngozi@example.org",), (), "Re: Loft")
    assert draft.body.startswith("Hi Ngozi,\n\nthank you")
    assert draft.body.endswith(
        "Ann\n\n-- \nAnn Lee\nLofts Ltd\n\nOn Mon 2 Nov at 9:00, Ngozi Adeyemi wrote:\n> do you fit dormers?"
    )
    mail = frozen(desk, desk.reply.approve(draft).id)
    assert mail["From"] == "Ann Lee <info@lofts.example>"
    assert mail["To"] == "Ngozi Adeyemi <ngozi@example.org>"
    assert mail["In-Reply-To"] == "<two@example.org>"
    assert mail["References"].split() == ["<zero@example.org>", "<one@example.org>", "<two@example.org>"]
    assert mail["X-LeadDesk-Desk"] == DESK_ID


def test_a_forms_notice_is_answered_to_the_person(desk: OutgoingDesk) -> None:
    desk.account()
    lead = desk.mailed("Hello,\n\ncan you insulate my attic?", is_form=True, Subject="New submission #3")
    draft = desk.reply.draft(lead)
    assert draft.to == ("ngozi@example.org",)
    assert draft.subject == "Re: can you insulate my attic?"
    assert "> can you insulate my attic?" in draft.body
    mail = frozen(desk, desk.reply.approve(draft).id)
    assert mail["In-Reply-To"] is None
    assert mail["References"] is None
    assert "wordpress" not in mail.as_string()


def test_what_follows_threads_to_our_own_mail(desk: OutgoingDesk) -> None:
    desk.account()
    lead = desk.mailed("can you insulate my attic?", is_form=True)
    first = desk.approved(lead)
    claim = desk.store.outbox.claim(desk.clock.now(), "me", [first.account])
    assert claim is not None
    desk.store.outbox.committing(first.id, "me")
    desk.store.outbox.sent(first.id, at=desk.clock.now(), answer="250 ok")
    desk.pass_time(hours=1)
    draft = desk.reply.draft(lead)
    assert draft.subject == "Re: can you insulate my attic?"
    mail = frozen(desk, desk.reply.approve(draft).id)
    assert mail["In-Reply-To"] == first.message_id
    assert mail["References"] == first.message_id


def test_an_answer_answers_their_last_mail(desk: OutgoingDesk) -> None:
    desk.account()
    lead = desk.mailed(Message_ID="<one@example.org>")
    desk.pass_time(hours=1)
    desk.mailed("and gables?", lead=lead, Message_ID="<two@example.org>", Subject="Re: Loft")
    draft = desk.reply.draft(lead)
    assert draft.body.endswith("> and gables?")
    assert frozen(desk, desk.reply.approve(draft).id)["In-Reply-To"] == "<two@example.org>"


def test_who_rang_is_answered_with_a_plain_subject_and_no_quote(desk: OutgoingDesk) -> None:
    desk.account()
    draft = desk.reply.draft(desk.lead(channel=Channel.CALL))
    assert draft.subject == "Your enquiry"
    assert ">" not in draft.body


def test_a_first_draft_speaks_their_language_until_the_firm_has_words_of_its_own(desk: OutgoingDesk) -> None:
    desk.account()
    lead = desk.mailed("Guten Tag, wann haben Sie Zeit für unser Dach?")
    assert desk.reply.draft(lead).body.startswith("Guten Tag Ngozi,\n\nvielen Dank")
    desk.config.set(REPLY_TEMPLATE, "Moin {{first_name}}!")
    assert desk.reply.draft(lead).body.startswith("Moin Ngozi!")


@pytest.mark.parametrize("name", ["ngozi@example.org", "Unknown sender"])
def test_nobody_is_greeted_with_a_gap(desk: OutgoingDesk, name: str) -> None:
    desk.account()
    lead = desk.lead(Person(name=name, emails=("ngozi@example.org",)))
    assert desk.reply.draft(lead).body.startswith("Hi,\n")


def test_the_account_that_was_written_to_answers(desk: OutgoingDesk) -> None:
    desk.account()
    second = desk.account(email="bob@roofs.example", name="Bob")
    lead = desk.mailed(To="bob@roofs.example")
    draft = desk.reply.draft(lead)
    assert (draft.account, draft.from_address) == (second.id, "bob@roofs.example")


def test_there_is_no_draft_for_nobody(desk: OutgoingDesk) -> None:
    with pytest.raises(Refused, match="no lead 7"):
        desk.reply.draft(7)


# -- drafts


def test_a_saved_draft_comes_back_as_it_was(desk: OutgoingDesk) -> None:
    desk.account(own_addresses=("info@lofts.example",))
    lead = desk.lead()
    first = replace(
        desk.reply.draft(lead), body="half a sen", cc=("not yet an addr",), from_address="info@lofts.example"
    )
    saved = desk.reply.save(first)
    again = desk.reply.save(replace(saved, body="half a sentence"))
    assert again.outgoing == saved.outgoing
    assert desk.reply.draft(lead) == again
    assert len(desk.reply.outbox(OutgoingState.DRAFT)) == 1


def test_a_discarded_draft_is_gone(desk: OutgoingDesk) -> None:
    desk.account()
    lead = desk.lead()
    saved = desk.reply.save(replace(desk.reply.draft(lead), body="no"))
    assert saved.outgoing is not None
    desk.reply.discard(saved.outgoing)
    assert desk.reply.draft(lead).outgoing is None


def test_a_save_that_comes_after_the_approval_makes_no_new_draft(desk: OutgoingDesk) -> None:
    desk.account()
    lead = desk.lead()
    saved = desk.reply.save(replace(desk.reply.draft(lead), body="Yes."))
    desk.reply.approve(saved)
    desk.reply.save(saved)
    assert desk.reply.outbox(OutgoingState.DRAFT) == ()


@pytest.mark.parametrize(
    "edit", [{"body": "Yes. And gables too."}, {"subject": "Gables"}, {"to": ("bo@example.org",)}]
)
def test_an_edit_after_the_approval_takes_it_back_and_says_so(
    desk: OutgoingDesk, edit: dict[str, Any]
) -> None:
    desk.account()
    lead = desk.lead()
    saved = desk.reply.save(replace(desk.reply.draft(lead), body="Yes."))
    mail = desk.reply.approve(saved)
    later = desk.reply.save(replace(saved, **edit))
    assert later.told.startswith("Your change took this mail back")
    assert desk.reply.outbox(OutgoingState.QUEUED) == ()
    assert desk.store.outbox.get(mail.id).why == "You changed it."
    assert [row.id for row in desk.reply.outbox(OutgoingState.DRAFT)] == [later.outgoing]
    assert desk.reply.draft(lead) == later
    assert desk.reply.save(replace(later, body="Yes, and more.")).told == ""


def test_an_edit_that_comes_too_late_is_a_new_draft_and_says_that_the_mail_goes(desk: OutgoingDesk) -> None:
    account = desk.account()
    saved = desk.reply.save(replace(desk.reply.draft(desk.lead()), body="Yes."))
    mail = desk.reply.approve(saved, undo=False)
    assert desk.store.outbox.claim(desk.clock.now(), "sender", [account.id]) is not None
    later = desk.reply.save(replace(saved, body="No."))
    assert later.told.startswith("What you sent goes out as it was")
    assert later.outgoing != mail.id
    assert desk.store.outbox.get(mail.id).state is OutgoingState.CLAIMED


_TYPIST = """
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any
from tests.frozen_clock import FrozenClock
from tests.outgoing_desk import OutgoingDesk
desk = OutgoingDesk.open(Path(sys.argv[1]), FrozenClock())
desk.account()
draft = desk.reply.draft(desk.lead())
for count in range(100_000):
    draft = desk.reply.save(replace(draft, body="x" * count))
    print(count, flush=True)
"""


@pytest.mark.skipif(os.name != "posix", reason="kills with SIGKILL")
def test_what_was_saved_survives_a_kill(tmp_path: Path) -> None:
    root = Path(__file__).parents[2]
    with subprocess.Popen(
        [sys.executable, "-c", _TYPIST, str(tmp_path)], cwd=root, stdout=subprocess.PIPE, text=True
    ) as typist:
        assert typist.stdout is not None
        told = [int(typist.stdout.readline()) for _ in range(20)]
        typist.send_signal(signal.SIGKILL)
        told += [int(line) for line in typist.stdout if line.endswith("\n")]
    desk = OutgoingDesk.open(tmp_path, FrozenClock())
    (row,) = desk.reply.outbox(OutgoingState.DRAFT)
    assert len(row.body) >= max(told)


# -- approval


def test_an_approval_freezes_the_mail_and_gives_time_for_undo(desk: OutgoingDesk) -> None:
    account = desk.account()
    desk.config.set(PERSON_NAME, "Ann")
    lead = desk.mailed()
    draft = replace(
        desk.reply.draft(lead), body="Yes.\n", cc=("Cara <cara@Example.org>", "ngozi@example.org")
    )
    mail = desk.reply.approve(draft)
    assert mail.state is OutgoingState.QUEUED
    assert (mail.account, mail.lead, mail.approved_by) == (account.id, lead, "Ann")
    assert mail.not_before == desk.clock.now() + timedelta(seconds=10)
    assert (mail.to, mail.cc) == (("ngozi@example.org",), ("cara@example.org",))
    assert mail.body_hash == body_hash(mail.subject, mail.body, (*mail.to, *mail.cc))
    sent = frozen(desk, mail.id)
    assert sent["Message-ID"] == mail.message_id
    assert sent["Cc"] == "Cara <cara@example.org>"
    assert parsedate_to_datetime(str(sent["Date"])) == mail.not_before
    assert mail.message_id is not None
    assert mail.message_id.endswith("@lofts.example>")
    assert len(mail.message_id) > 40


def test_every_mail_has_its_own_message_id(desk: OutgoingDesk) -> None:
    desk.account()
    lead = desk.lead()
    assert desk.approved(lead, "one").message_id != desk.approved(lead, "one").message_id


def test_undo_can_be_longer_or_left_out_or_put_off(desk: OutgoingDesk) -> None:
    desk.account()
    lead = desk.lead()
    now = desk.clock.now()
    assert desk.reply.send_text(lead, "one", undo=False).not_before == now
    desk.config.set(UNDO_SECONDS, "60")
    assert desk.reply.send_text(lead, "two").not_before == now + timedelta(seconds=60)
    tomorrow = now + timedelta(days=1)
    assert desk.reply.send_text(lead, "three", at=tomorrow).not_before == tomorrow
    yesterday = now - timedelta(days=1)
    assert desk.reply.send_text(lead, "four", at=yesterday, undo=False).not_before == now


def test_an_approval_takes_the_alert(desk: OutgoingDesk) -> None:
    desk.account()
    lead = desk.lead()
    desk.store.alerts.raise_anew(lead, 1, desk.clock.now())
    desk.reply.approve(replace(desk.reply.draft(lead), body="Yes."))
    assert desk.store.alerts.open_for(lead) is None
    assert any(isinstance(item, AlertTaken) and item.lead == lead for item in desk.news)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"body": "Hi {{first_name}}"}, r"{{first_name}} is still to be filled in"),
        ({"body": "price: {{ price }}\n> {{theirs}}"}, r"{{ price }} is still"),
        ({"body": " \n"}, "nothing to send"),
        ({"to": ()}, "No mail address of Ngozi Adeyemi is known"),
        ({"to": ("ngozi",)}, "not a mail address: ngozi"),
        ({"to": ("a@x.example, b@x.example",)}, "not a mail address"),
        ({"cc": ("a@x.example\r\nBcc: b@x.example",)}, "not a mail address"),
    ],
)
def test_what_cannot_go_out_is_refused_and_kept(
    desk: OutgoingDesk, change: dict[str, object], sentence: str
) -> None:
    desk.account()
    lead = desk.lead()
    draft = desk.reply.save(replace(desk.reply.draft(lead), **change))  # type: ignore[arg-type]  # a table
    with pytest.raises(Refused, match=sentence) as refusal:
        desk.reply.approve(draft)
    assert refusal.value.mend
    assert desk.reply.draft(lead) == draft
    assert [row.state for row in desk.reply.outbox()] == [OutgoingState.DRAFT]


def test_their_own_braces_in_a_quote_do_not_hinder(desk: OutgoingDesk) -> None:
    desk.account()
    lead = desk.mailed("what does {{price}} mean?", Subject="{{price}}")
    assert desk.reply.approve(desk.reply.draft(lead)).state is OutgoingState.QUEUED


def test_a_template_that_is_wrong_is_refused_not_sent(desk: OutgoingDesk) -> None:
    desk.account()
    desk.config.set(REPLY_TEMPLATE, "Dear {{fist_name}},")
    with pytest.raises(Refused, match="fist_name"):
        desk.reply.approve(desk.reply.draft(desk.lead()))


def test_without_an_account_nothing_is_sent(desk: OutgoingDesk) -> None:
    lead = desk.lead()
    draft = replace(desk.reply.draft(lead), body="Yes.")
    for deed in (desk.reply.approve, desk.reply.save):
        with pytest.raises(Refused, match="no mail account") as refusal:
            deed(draft)
        assert refusal.value.mend
    account = desk.account()
    assert desk.reply.approve(draft).account == account.id


def test_a_key_pressed_twice_sends_one_reply(desk: OutgoingDesk) -> None:
    desk.account()
    lead = desk.lead()
    unsaved = replace(desk.reply.draft(lead), body="Yes.")
    desk.reply.approve(unsaved)
    with pytest.raises(Refused, match="already on its way"):
        desk.reply.approve(unsaved)
    saved = desk.reply.save(replace(unsaved, body="Also this."))
    desk.reply.approve(saved)
    with pytest.raises(Refused, match="already on its way"):
        desk.reply.approve(saved)
    assert len(desk.reply.outbox(OutgoingState.QUEUED)) == 2


def test_from_is_never_a_strangers_address(desk: OutgoingDesk) -> None:
    desk.account()
    draft = replace(desk.reply.draft(desk.lead()), body="Yes.", from_address="king@palace.example")
    assert frozen(desk, desk.reply.approve(draft).id)["From"] == "Ann Lee <ann@lofts.example>"


def test_hostile_names_reach_the_outbox_without_doing_harm(desk: OutgoingDesk) -> None:
    desk.account(name="=?utf-8?q?Ann=0ABcc=3A_a=40x.example?=")
    evil = "=?utf-8?q?Bob=0D=0ABcc=3A_evil=40x.example?= <img src=file:///dev/zero>"
    lead = desk.mailed(person=Person(name=evil, emails=("bob@example.org",)), Subject=evil)
    mail = desk.reply.approve(desk.reply.draft(lead))
    assert (mail.to, mail.cc) == (("bob@example.org",), ())
    assert frozen(desk, mail.id).keys() == [
        "From", "To", "Subject", "Date", "Message-ID", "In-Reply-To", "References", "X-LeadDesk-Desk",
        "MIME-Version", "Content-Type", "Content-Transfer-Encoding",
    ]  # fmt: skip


# -- given text


def test_given_text_goes_out_as_it_is_and_leaves_the_draft_alone(desk: OutgoingDesk) -> None:
    desk.account(signature="Ann Lee")
    lead = desk.mailed()
    draft = desk.reply.save(replace(desk.reply.draft(lead), body="half a"))
    mail = desk.reply.send_text(lead, "Yes, we do.\n", subject="Loft\r\nBcc: evil@x.example")
    assert mail.body == "Yes, we do.\n"
    assert mail.subject == "Loft Bcc: evil@x.example"
    assert frozen(desk, mail.id)["In-Reply-To"] is not None
    assert desk.reply.draft(lead) == draft


def test_text_to_somebody_without_an_address_is_refused(desk: OutgoingDesk) -> None:
    desk.account()
    with pytest.raises(Refused, match="No mail address"):
        desk.reply.send_text(desk.lead(Person(name="Ngozi", phones=("+447700900123",))), "Yes.")


# -- taken back


def test_a_reply_that_is_taken_back_is_a_draft_again(desk: OutgoingDesk) -> None:
    desk.account()
    lead = desk.lead()
    mail = desk.reply.approve(replace(desk.reply.draft(lead), body="Yes.", cc=("cara@example.org",)))
    assert desk.reply.cancel(mail.id).state is OutgoingState.CANCELLED
    draft = desk.reply.draft(lead)
    assert (draft.body, draft.to, draft.cc) == ("Yes.", ("ngozi@example.org",), ("cara@example.org",))
    assert draft.outgoing != mail.id
    changed = [item.state for item in desk.news if isinstance(item, OutgoingChanged)]
    assert changed == [OutgoingState.QUEUED, OutgoingState.CANCELLED]


def test_an_edited_reply_is_approved_anew(desk: OutgoingDesk) -> None:
    desk.account()
    lead = desk.lead()
    first = desk.reply.approve(replace(desk.reply.draft(lead), body="Yes."))
    desk.reply.cancel(first.id)
    second = desk.reply.approve(replace(desk.reply.draft(lead), body="No."))
    assert second.id != first.id
    assert second.message_id != first.message_id
    assert second.body_hash != first.body_hash


def test_after_the_claim_it_is_too_late_to_take_back(desk: OutgoingDesk) -> None:
    desk.account()
    mail = desk.approved(desk.lead())
    desk.store.outbox.claim(desk.clock.now(), "me", [mail.account])
    with pytest.raises(Refused, match="too late"):
        desk.reply.cancel(mail.id)
    assert desk.row(mail.id).state is OutgoingState.CLAIMED
    with pytest.raises(Refused, match="no outgoing mail 99"):
        desk.reply.cancel(99)


# -- settled by the person


def test_it_arrived_counts_from_when_it_left_as_told_by_a_person(desk: OutgoingDesk) -> None:
    desk.account()
    lead = desk.lead()
    left = desk.clock.now() + timedelta(minutes=1)
    mail = unsure(desk, lead)
    desk.pass_time(minutes=30)
    assert desk.reply.resolve(mail, Resolution.ARRIVED).state is OutgoingState.SENT
    (touch,) = desk.touches(lead)
    assert (touch.at, touch.how, touch.by) == (left, How.ENTERED, "Ann Lee")
    found = desk.store.leads.get(lead)
    assert found is not None
    response = found.state.enquiries[0].first_response
    assert response is not None
    assert (response.at, response.how) == (left, How.ENTERED)


def test_send_again_queues_the_same_mail(desk: OutgoingDesk) -> None:
    desk.account()
    mail = unsure(desk, desk.lead())
    before = desk.row(mail)
    again = desk.reply.resolve(mail, Resolution.AGAIN)
    assert again.state is OutgoingState.QUEUED
    assert (again.message_id, again.body_hash) == (before.message_id, before.body_hash)
    assert again.not_before == desk.clock.now()


def test_a_dropped_one_is_over(desk: OutgoingDesk) -> None:
    desk.account()
    lead = desk.lead()
    assert desk.reply.resolve(unsure(desk, lead), Resolution.DROP).state is OutgoingState.CANCELLED
    assert desk.touches(lead) == []
    assert desk.reply.outbox(OutgoingState.DRAFT) == ()


def test_a_refused_one_can_be_mended(desk: OutgoingDesk) -> None:
    desk.account()
    lead = desk.lead()
    mail = desk.approved(lead)
    desk.store.outbox.claim(desk.clock.now(), "me", [mail.account])
    desk.store.outbox.refuse(mail.id, why="Address refused", answer="550 5.1.1 no such user")
    with pytest.raises(Refused):
        desk.reply.resolve(mail.id, Resolution.ARRIVED)
    desk.reply.resolve(mail.id, Resolution.DROP)
    draft = desk.reply.draft(lead)
    assert draft.body == "Yes, we do."
    assert desk.reply.approve(replace(draft, to=("ngozi@home.example",))).to == ("ngozi@home.example",)


def test_there_is_nothing_to_settle_about_a_queued_mail(desk: OutgoingDesk) -> None:
    desk.account()
    mail = desk.approved(desk.lead())
    for how in Resolution:
        with pytest.raises(Refused, match="no question"):
            desk.reply.resolve(mail.id, how)


def test_the_outbox_is_listed_whole_and_by_state(desk: OutgoingDesk) -> None:
    desk.account()
    lead = desk.lead()
    one, two = desk.approved(lead, "one"), desk.approved(lead, "two")
    desk.reply.cancel(one.id)
    assert [row.id for row in desk.reply.outbox(OutgoingState.QUEUED)] == [two.id]
    assert {row.id for row in desk.reply.outbox()} > {one.id, two.id}


def test_a_draft_names_its_people_once(desk: OutgoingDesk) -> None:
    desk.account()
    given = Draft(
        lead=desk.lead(),
        outgoing=None,
        account=1,
        to=("NGOZI@example.org", "ngozi@example.org", ""),
        cc=("Ngozi@Example.org",),
        subject="x",
        body="Yes.",
        from_address="",
    )
    mail = desk.reply.approve(given)
    assert (mail.to, mail.cc) == (("NGOZI@example.org",), ())
    assert frozen(desk, mail.id)["To"] == f"{NGOZI.name} <NGOZI@example.org>"


def test_an_approval_takes_up_a_draft_that_was_kept_meanwhile(desk: OutgoingDesk) -> None:
    desk.account()
    lead = desk.lead()
    draft = replace(desk.reply.draft(lead), body="Yes, we do.")
    desk.reply.save(draft)
    desk.reply.approve(draft)
    assert desk.reply.outbox(OutgoingState.DRAFT) == ()


def test_a_first_keeping_that_comes_after_the_approval_makes_no_draft(desk: OutgoingDesk) -> None:
    desk.account()
    draft = replace(desk.reply.draft(desk.lead()), body="Yes, we do.")
    mail = desk.reply.approve(draft)
    assert desk.reply.save(draft).outgoing == mail.id
    assert desk.reply.outbox(OutgoingState.DRAFT) == ()


def test_after_the_time_for_undo_only_what_is_held_up_is_taken_back(desk: OutgoingDesk) -> None:
    account = desk.account()
    mail = desk.approved(desk.lead())
    desk.pass_time(minutes=1)
    with pytest.raises(Refused, match="time for undo is over"):
        desk.reply.cancel(mail.id, while_undo=True)
    desk.store.outbox.claim(desk.clock.now(), "me", [account.id])
    desk.store.outbox.release(mail.id, why="offline", next_try=desk.clock.now())
    assert desk.reply.cancel(mail.id, while_undo=True).state is OutgoingState.CANCELLED

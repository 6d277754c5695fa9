"""info@ as a group of the provider: what strangers write there are enquiries, whatever the group puts on."""

from __future__ import annotations

import pytest

from leaddesk.rules.capture.lessons import keys_of
from leaddesk.rules.capture.read import read
from leaddesk.words.mail import Known, MailKind, Reading
from leaddesk.words.teaching import Trait
from tests.letters import letter

OURS = Known(own_addresses=frozenset({"ann@lofts.example", "lofts@gmail.com"}))
GROUP = {
    "Precedence": "list",
    "Mailing_list": "list info@lofts.example",
    "List_ID": "Info <info.lofts.example>",
    "List_Post": "<mailto:info@lofts.example>",
    "List_Unsubscribe": "<mailto:info+unsubscribe@lofts.example>",
}


def through_the_group(text: str = "Can you quote for a loft?", known: Known = OURS, **more: str) -> Reading:
    return read(letter(text, to="info@lofts.example", **{**GROUP, **more}), known)


@pytest.mark.parametrize("known", [OURS, Known(own_domains=frozenset({"lofts.example"}))])
def test_a_letter_through_a_group_of_ours_is_an_enquiry(known: Known) -> None:
    reading = through_the_group(known=known)
    assert (reading.kind, reading.email) == (MailKind.ENQUIRY, "ngozi@example.org")
    assert not reading.by_program


def test_a_writer_whose_from_the_group_had_to_change_is_known_by_reply_to() -> None:
    reading = through_the_group(
        sender="'Ngozi Eze' via Info <info@lofts.example>", Reply_To="Ngozi Eze <ngozi@example.org>"
    )
    assert (reading.kind, reading.email) == (MailKind.ENQUIRY, "ngozi@example.org")


def test_a_group_of_ours_is_never_answered_automatically() -> None:
    reading = through_the_group(Return_Path="<ngozi@example.org>")
    assert reading.acknowledge is not None
    assert (reading.acknowledge.send, reading.acknowledge.rule) == (False, "A4")


def test_a_letter_to_many_that_came_through_the_group_is_still_one() -> None:
    words = "Our sale of the week! View in browser. You receive this newsletter because you subscribed."
    reading = through_the_group(words, sender="Shop <news@shop.example>", subject="20% off this week")
    assert reading.kind is MailKind.NEWSLETTER


@pytest.mark.parametrize(
    "list_id", ["<users.crm.example>", "<notlofts.example>", "<x.gmail.com>", "lofts.example"]
)
def test_lists_of_others_stay_lists(list_id: str) -> None:
    reading = through_the_group(List_ID=list_id)
    assert reading.kind is MailKind.NEWSLETTER


def test_a_lesson_about_one_who_writes_through_the_group_is_about_that_person() -> None:
    assert keys_of(through_the_group()) == {Trait.SENDER: "ngozi@example.org"}

"""Who asked and who answered, by the rules that judge live mail."""

from __future__ import annotations

from leaddesk.words.audit import Familiar
from tests.letters import form_notice
from tests.rules.audit.past import came, head, hours_waited, walked, went

NGOZI = "ngozi@example.org"


def test_an_answer_counts_from_the_time_of_its_copy_in_sent() -> None:
    assert hours_waited(walked(head(0), went(5, NGOZI))) == [5]


def test_who_never_had_an_answer_is_one_of_the_past() -> None:
    assert hours_waited(walked(head(0), went(5, "bob@example.org"))) == [None]


def test_a_mail_that_went_before_the_enquiry_answers_nothing_and_makes_its_writer_known() -> None:
    assert walked(went(0, NGOZI), head(5)).asked == ()


def test_a_form_of_somebody_known_is_an_enquiry_all_the_same() -> None:
    form = came(5, form_notice("Ngozi Eze", NGOZI, "Could you quote for a loft?"))
    assert hours_waited(walked(went(0, NGOZI), form, went(6, NGOZI))) == [1]


def test_further_mail_before_an_answer_joins_and_a_reply_after_it_opens_no_clock() -> None:
    past = walked(head(0), head(2, subject="Anybody there?"), went(5, NGOZI), head(6, subject="Re: Loft"))
    assert hours_waited(past) == [5]


def test_two_enquiries_through_one_robot_are_two_people() -> None:
    past = walked(
        came(0, form_notice("Ngozi Eze", NGOZI, "Could you quote for a loft conversion?")),
        came(1, form_notice("Bob Reed", "bob@example.org", "Do you build garages as well?")),
        went(3, "bob@example.org"),
    )
    assert hours_waited(past) == [None, 2]
    assert len({each.person for each in past.asked}) == 2


def test_a_reply_to_a_later_enquiry_answers_the_earlier_one_too() -> None:
    past = walked(
        came(0, form_notice("Ngozi Eze", NGOZI, "Could you quote for a loft conversion?")),
        came(30, form_notice("Ngozi Eze", NGOZI, "I asked before: could you quote?")),
        went(31, NGOZI),
    )
    assert hours_waited(past) == [31, 1]
    assert len({each.person for each in past.asked}) == 1


def test_a_machines_mail_answers_nobody() -> None:
    assert hours_waited(walked(head(0), went(0.1, NGOZI, automatic=True), went(4, NGOZI))) == [4]


def test_what_only_names_mails_of_neither_folder_answers_something_older() -> None:
    older = head(0, subject="Re: The stairs", In_Reply_To="<ours-of-august@lofts.example>")
    assert walked(older).asked == ()


def test_a_second_thought_about_ones_own_mail_still_waits() -> None:
    past = walked(
        head(0, id="<first@example.org>"),
        head(1, subject="Re: Loft", sender="n.eze@work.example", In_Reply_To="<first@example.org>"),
    )
    assert len(past.asked) == 2


def test_an_answer_to_reply_to_counts() -> None:
    elsewhere = head(0, Reply_To="Ngozi <eze@home.example>")
    assert hours_waited(walked(elsewhere, went(2, "eze@home.example"))) == [2]


def test_one_mail_that_came_by_two_ways_is_one_enquiry() -> None:
    past = walked(head(0, id="<same@example.org>"), head(0, id="<same@example.org>"), went(1, NGOZI))
    assert hours_waited(past) == [1]


def test_newsletters_and_our_own_mail_open_no_clock() -> None:
    news = head(0, List_Id="<news.example.org>", Precedence="bulk")
    assert walked(news, head(1, sender="Ann Lee <ann@lofts.example>")).asked == ()


def test_the_familiar_come_by_how_often_they_write_and_without_those_who_asked() -> None:
    mum, bob = "mum@home.example", "bob@supply.example"
    past = walked(
        went(0, mum), went(0, bob), head(1, sender=f"Mum <{mum}>"), head(2, sender=f"Mum <{mum}>"),
        head(3, sender=f"Bob Reed <{bob}>"), head(4), went(5, NGOZI), head(6, subject="Re: Loft"),
    )  # fmt: skip
    assert past.familiar == (Familiar("Mum", mum, 3), Familiar("Bob Reed", bob, 2))

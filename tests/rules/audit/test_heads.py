"""Whose mail must be read whole, by its headers."""

from __future__ import annotations

import pytest

from leaddesk.rules.audit.heads import Need, need
from leaddesk.rules.capture.headers import read_headers
from tests.letters import form_notice, letter
from tests.rules.audit.past import KNOWN

READ = {
    "a form's robot": form_notice("Ngozi", "ngozi@example.org", "A loft?"),
    "a form that sends as the owner": letter(sender="Lofts <ann@lofts.example>"),
    "a colleague who passes a mail on": letter(sender="Bea <bea@lofts.example>", subject="FW: A loft"),
    "a portal that speaks for a customer": letter(sender="Build Portal <info@buildportal.example>"),
    "a service whose answers go to somebody": letter(sender="hello@hub.example", Reply_To="n@example.org"),
    "a portal that offers to unsubscribe": letter(List_Unsubscribe="<https://hub.example/u>"),
    "a robot's mail in a thread of its own": letter(
        sender="leads@hub.example", In_Reply_To="<1@hub.example>"
    ),
    "nobody": letter(sender=None),
    "a form that calls itself bulk": letter(sender="no-reply@forms.example", Precedence="bulk"),
    "a bulk form whose answers go to somebody": letter(
        sender="hello@forms.example", Precedence="bulk", Reply_To="n@example.org"
    ),
}
SETTLED = {
    "a person's letter": letter(),
    "a person's answer": letter(subject="Re: Loft", In_Reply_To="<1@lofts.example>"),
    "an answer through a list's machine": letter(Precedence="bulk", In_Reply_To="<1@lofts.example>"),
    "a letter through a group of ours": letter(
        List_Id="<info.lofts.example>", Precedence="list", List_Unsubscribe="<mailto:u@lofts.example>"
    ),
    "an away note": letter(sender="no-reply@firm.example", Auto_Submitted="auto-replied"),
}
NOT_READ = {
    "a newsletter": letter(sender="news@shop.example", List_Id="<news.shop.example>"),
    "bulk mail": letter(sender="offers@shop.example", Precedence="bulk"),
}


@pytest.mark.parametrize("raw", READ.values(), ids=READ)
def test_a_body_that_may_name_the_person_is_read(raw: bytes) -> None:
    assert need(read_headers(raw)[0], KNOWN) is Need.WHOLE


@pytest.mark.parametrize("raw", SETTLED.values(), ids=SETTLED)
def test_headers_settle_the_others(raw: bytes) -> None:
    assert need(read_headers(raw)[0], KNOWN) is Need.HEAD


@pytest.mark.parametrize("raw", NOT_READ.values(), ids=NOT_READ)
def test_what_went_to_a_list_is_not_read_at_all(raw: bytes) -> None:
    assert need(read_headers(raw)[0], KNOWN) is Need.NOT

"""May a holding message go out? A table: the rule that refuses, or None where it may be sent."""

from __future__ import annotations

import pytest

from leaddesk.rules.capture.read import read
from leaddesk.words.mail import Known
from tests.rules.capture.letters import letter

US = Known(own_addresses=frozenset({"info@firm.example"}), own_domains=frozenset({"firm.example"}))
REGISTERED = Known(
    own_addresses=frozenset({"info@firm.example"}),
    own_domains=frozenset({"firm.example"}),
    form_sources=frozenset({"wordpress@firm.example"}),
)
FORM = "Name: Mona Baker\nEmail: mona@baker.example\nMessage: We need a fence."


def _with(name: str, value: str) -> bytes:
    return letter(headers={name: value})


CASES: dict[str, tuple[bytes, str | None]] = {
    "a person who asks": (letter(), None),
    "Auto-Submitted: no": (_with("Auto-Submitted", "no"), None),
    "only reports are suppressed": (_with("X-Auto-Response-Suppress", "DR, RN, NRN"), None),
    "Auto-Submitted with a comment": (_with("Auto-Submitted", "auto-replied; x=1 (note)"), "A1"),
    "auto-generated": (_with("Auto-Submitted", "auto-generated"), "A1"),
    "no Return-Path": (letter(return_path=None), "A2"),
    "null Return-Path": (letter(return_path="<>"), "A2"),
    "no-reply": (letter("Shop <no-reply@shop.example>"), "A3"),
    "a list's owner": (letter("List <owner-club@club.example>"), "A3"),
    "a list's request address": (letter("List <club-request@club.example>"), "A3"),
    "bounces in the envelope": (letter(return_path="<news-bounces@beck.example>"), "A3"),
    "mailer-daemon": (letter("MAILER-DAEMON@beck.example"), "A3"),
    "a list header": (_with("List-Help", "<mailto:x@y.example>"), "A4"),
    "Precedence: bulk": (_with("Precedence", "bulk"), "A4"),
    "X-Loop": (_with("X-Loop", "yes"), "A4"),
    "Feedback-ID": (_with("Feedback-ID", "1:2"), "A4"),
    "suppress, in any order": (_with("X-Auto-Response-Suppress", "DR, AutoReply"), "A5"),
    "from us": (letter("Bob <bob@firm.example>"), "A6"),
    "from us with a tag": (letter("Info <info+x@firm.example>"), "A6"),
    "our own holding message": (_with("X-LeadDesk-Ack", "1"), "A6"),
    "another domain in the envelope": (letter(return_path="<x@mailer.example>"), "A9"),
    "we are not in To": (letter(to="list@elsewhere.example"), "A10"),
    "marked as spam": (_with("X-Spam-Flag", "YES"), "A11"),
    "DMARC failed": (_with("Authentication-Results", "mx.firm.example; dmarc=fail"), "A11"),
    "an answer to us": (letter(subject="Re: x", headers={"In-Reply-To": "<q@firm.example>"}), "kind"),
    "a form whose envelope agrees": (
        letter("Mona Baker <mona@baker.example>", subject="Website", body=FORM + "\nPhone: 07700 900123"),
        "Forms",
    ),
    "the first rule that refuses is named": (
        letter(
            "Shop <no-reply@shop.example>", headers={"Auto-Submitted": "auto-generated", "List-Id": "<x>"}
        ),
        "A1",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_a_mail_is_acknowledged_only_where_no_rule_refuses(case: str) -> None:
    raw, rule = CASES[case]
    verdict = read(raw, US).acknowledge
    assert verdict is not None
    assert (verdict.rule, verdict.send) == (rule, rule is None), verdict.why
    assert verdict.why.endswith(".")


def test_the_answer_goes_to_the_return_path_and_not_to_reply_to() -> None:
    verdict = read(letter(reply_to="other@beck.example"), US).acknowledge
    assert verdict is not None
    assert verdict.to == "ann@beck.example"


def _form(
    headers: dict[str, str] | None = None, body: str = FORM, return_path: str = "<www@host.example>"
) -> bytes:
    return letter(
        "Firm <wordpress@firm.example>",
        subject="Website",
        body=body,
        return_path=return_path,
        headers=headers,
    )


REGISTERED_CASES: dict[str, tuple[bytes, str | None]] = {
    "answered at the payload's address": (_form(), None),
    "the robot's own headers do not count": (
        _form({"Auto-Submitted": "auto-generated", "X-Loop": "y"}),
        None,
    ),
    "the null envelope still does": (_form(return_path="<>"), "A2"),
    "spam still does": (_form({"X-Spam-Flag": "YES"}), "A11"),
    "a robot in the payload": (_form(body=FORM.replace("mona@", "noreply@")), "A3"),
    "no address in the payload": (
        _form(body="Name: Mona Baker\nPhone: 07700 900123\nMessage: A fence."),
        "A3",
    ),
}


@pytest.mark.parametrize("case", REGISTERED_CASES)
def test_a_registered_form_is_answered_at_its_visitor(case: str) -> None:
    raw, rule = REGISTERED_CASES[case]
    verdict = read(raw, REGISTERED).acknowledge
    assert verdict is not None
    assert (verdict.rule, verdict.to) == (rule, "mona@baker.example" if rule is None else None), verdict.why

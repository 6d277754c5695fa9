"""May a holding message go out: every rule refuses by itself, and says why."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from leaddesk.rules.holding.may import (
    PER_DAY,
    PER_DOMAIN,
    PER_HOUR,
    PER_MINUTE,
    Case,
    Lately,
    counted_domain,
    judge,
    no_more,
    sender_key,
)
from leaddesk.words.mail import Acknowledge

NOW = datetime(2026, 11, 24, 9, 41, tzinfo=UTC)
YES = Acknowledge(True, "ngozi@customer.example", None, "Nothing speaks against an automatic reply.")
NO = Acknowledge(False, None, "A4", "No automatic reply because it comes from a list (List-Id).")
FRESH = Case(by_mail=YES, received_at=NOW - timedelta(seconds=2), now=NOW)


def test_a_letter_of_somebody_new_is_acknowledged_to_its_return_path() -> None:
    held = judge(FRESH)
    assert held.may_go
    assert held.to == "ngozi@customer.example"


@pytest.mark.parametrize(
    ("facts", "rule", "says"),
    [
        ({"is_on": False}, "off", "switched off"),
        ({"by_mail": NO}, "A4", "List-Id"),
        ({"is_quiet": True}, "A12", "read later"),
        ({"received_at": NOW - timedelta(hours=24, seconds=1)}, "A12", "older than a day"),
        ({"is_answered": True}, "A17", "quicker"),
        ({"has_enquired": True}, "known", "enquired before"),
        ({"wrote_before": True}, "known", "wrote to them before"),
        ({"wrote_before": True, "is_form": True}, "known", "wrote to them before"),
        ({"is_confirmed": True, "is_form": True}, "site", "website"),
        ({"other_desk": "another LeadDesk answers here."}, "desk", "another LeadDesk"),
        ({"has_account": False}, "account", "no mailbox"),
        ({"last_to_them": NOW - timedelta(days=7) + timedelta(seconds=1)}, "A7", "seven days"),
        ({"lately": Lately(minute=PER_MINUTE)}, "A8", "last minute"),
        ({"lately": Lately(hour=PER_HOUR)}, "A8", "last hour"),
        ({"lately": Lately(day=PER_DAY)}, "A8", "last day"),
        ({"lately": Lately(domain=PER_DOMAIN)}, "A8", "same domain"),
    ],
)
def test_each_rule_refuses_by_itself_and_says_why(facts: dict[str, Any], rule: str, says: str) -> None:
    held = judge(replace(FRESH, **facts))
    assert (held.rule, held.to) == (rule, None)
    assert held.why.startswith("No automatic reply because ")
    assert says in held.why


@pytest.mark.parametrize(
    "facts",
    [
        {"received_at": NOW - timedelta(hours=24)},
        {"has_enquired": True, "wrote_before": True, "is_form": True},
        {"is_confirmed": True},
        {"last_to_them": NOW - timedelta(days=7)},
        {"lately": Lately(PER_MINUTE - 1, PER_HOUR - 1, PER_DAY - 1, PER_DOMAIN - 1)},
    ],
)
def test_what_lies_on_this_side_of_a_rule_goes(facts: dict[str, Any]) -> None:
    assert judge(replace(FRESH, **facts)).may_go


def test_the_switch_is_named_before_anything_else() -> None:
    assert judge(replace(FRESH, is_on=False, by_mail=NO, is_quiet=True)).rule == "off"


def test_tags_and_capitals_make_no_other_sender() -> None:
    assert sender_key("Bob+Tickets@Example.org") == sender_key("bob@example.org")


def test_freemail_shares_no_backstop() -> None:
    assert counted_domain("bob@gmail.com") == ""
    assert counted_domain("bob@Firm.example") == "firm.example"


def test_a_message_that_waits_ends_with_its_promise_or_after_a_day() -> None:
    promised = NOW + timedelta(hours=2)
    assert no_more(received_at=NOW, promised_at=promised, now=NOW) is None
    assert no_more(received_at=NOW, promised_at=promised, now=promised) == "What it promises is over."
    assert no_more(received_at=NOW, promised_at=None, now=NOW + timedelta(hours=24)) is None
    late = no_more(received_at=NOW, promised_at=None, now=NOW + timedelta(hours=25))
    assert late == "It could not go out within a day."

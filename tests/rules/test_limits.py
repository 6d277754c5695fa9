"""Limits that servers name: told from other waits, and until when."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from leaddesk.rules.limits import is_limit, limit_ends, limit_words

AT = datetime(2026, 3, 2, 7, 25, tzinfo=UTC)


@pytest.mark.parametrize(
    "answer",
    [
        "550 5.4.5 Daily user sending limit exceeded. For more information go to support",
        "454 4.7.0 Daily sending quota reached",
        "450 4.7.1 Error: too much mail from 203.0.113.7",
        "451 4.7.1 You have exceeded your hourly relay limit, try again in 40 minutes",
        "550 5.1.90 Your message can't be sent because you've reached your daily limit for recipients",
        "554 5.2.0 STOREDRV.Submission; SubmissionQuotaExceededException, sending limit",
        "432 4.3.2 STOREDRV.ClientSubmit; sender thread limit exceeded",
        "421 4.7.28 Our system has detected an unusual rate; rate limited",
    ],
)
def test_an_account_that_may_send_no_more_is_known(answer: str) -> None:
    assert is_limit(int(answer[:3]), answer[4:].split(" ", maxsplit=1)[0], answer)


@pytest.mark.parametrize(
    "answer",
    [
        "452 4.2.2 The recipient's mailbox is over its quota limit",
        "450 4.2.1 The user is receiving mail at a rate that exceeded a limit",
        "452 4.5.3 Too many recipients: limit reached",
        "451 4.7.1 greylisted, try again in 5 minutes",
        "454 4.7.0 Too many login attempts, please try again later",
        "552 5.3.4 Message size exceeds fixed limit",
        "550 5.1.1 no such user",
        "554 5.7.1 message limit exceeded for ever",
    ],
)
def test_other_waits_and_refusals_are_no_limit(answer: str) -> None:
    assert not is_limit(int(answer[:3]), answer[4:].split(" ", maxsplit=1)[0], answer)


@pytest.mark.parametrize(
    ("answer", "minutes"),
    [
        ("try again in 45 minutes", 45),
        ("retry after 3600 seconds", 60),
        ("please wait another 2h", 120),
        ("try again after 24 hours", 1440),
        ("blocked for 90 days", 2880),
    ],
)
def test_the_end_is_the_one_that_the_server_names(answer: str, minutes: int) -> None:
    assert limit_ends(answer, AT) == AT + timedelta(minutes=minutes)


@pytest.mark.parametrize(
    "answer", ["Daily user sending limit exceeded", "limit of 500 in use", "in 0 minutes"]
)
def test_where_it_names_none_there_is_none(answer: str) -> None:
    assert limit_ends(answer, AT) is None


def test_it_is_told_by_its_kind() -> None:
    assert limit_words("hourly relay limit") == "Hourly limit reached"
    assert limit_words("too much mail") == "Sending limit reached"

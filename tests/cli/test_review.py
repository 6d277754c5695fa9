"""`leaddesk review` and `lead` looking back: opening hours, and the mistakes by lead."""

from __future__ import annotations

from datetime import UTC, datetime

from tests.cli.calling import Cli, mail

OPEN = "Mon-Fri 08:30-17:00"
LATER = datetime(2026, 11, 9, 9, 0, tzinfo=UTC)
"""A week after the clock of these tests."""


def logged(cli: Cli, lead: int, at: str, channel: str = "email", outcome: str = "sent") -> None:
    cli.json("log", str(lead), "--channel", channel, "--outcome", outcome, "--at", at)


def captured(cli: Cli) -> int:
    """A mail that tells nothing of where they found us."""
    return int(cli.json("capture", "-", stdin=mail())[0]["lead"])


def test_a_first_response_is_told_in_opening_hours_too(cli: Cli) -> None:
    cli.json("config", "hours.week", OPEN)
    lead = cli.lead(minutes_ago=60)
    assert cli.json("review")[0]["open_hours"] == {"median_s": None, "p90_s": None}
    logged(cli, lead, "8:45")

    (first,) = (each["first_response"] for each in cli.json("lead", str(lead))[0]["enquiries"])
    assert (first["after_s"], first["open_hours_s"]) == (45 * 60, 15 * 60)
    assert cli.json("review")[0]["open_hours"] == {"median_s": 15 * 60, "p90_s": 15 * 60}
    assert "In opening hours: median 15:00 min" in cli("review").out


def test_the_mistakes_name_their_leads(cli: Cli) -> None:
    known = {"source": "Recommended"}
    once = cli.lead("Ann Once", 50, **known)
    mails_only = cli.lead("Bea Mails", 40, phone="+44 7700 900123", **known)
    unknown = captured(cli)
    fine = cli.lead("Dora Fine", 20, **known)
    logged(cli, once, "8:20")
    cli.json("close", str(once), "no-response")
    for at in ("8:30", "8:50"):
        logged(cli, mails_only, at)
    cli.json("snooze", str(mails_only), "--until", "2026-11-20")

    (review,) = cli.json("review")

    assert review["mistakes"] == {
        "one_try": [once],
        "slow_for_polish": [],
        "one_channel": [mails_only],
        "no_source": [unknown],
        "no_stop": [],
    }
    assert fine not in [lead for leads in review["mistakes"].values() for lead in leads]
    page = cli("review").out
    assert f"Gave up after one try: 1 lead ({once})" in page
    assert "No stopping point" not in page


def test_a_mended_mistake_is_none_any_more_and_was_one_then(cli: Cli) -> None:
    lead = cli.lead("Ann Once", 50, source="Recommended")
    logged(cli, lead, "8:20")
    cli.json("close", str(lead), "no-response")
    cli.clock.jump(LATER)
    assert cli.json("review")[0]["mistakes"]["one_try"] == [lead]

    logged(cli, lead, "2026-11-09T08:40", "call", "no-answer")

    assert cli.json("review")[0]["mistakes"]["one_try"] == []
    (then,) = cli.json("review", "--as-of", "2026-11-09T08:00")
    assert then["mistakes"]["one_try"] == [lead]


def test_only_who_asked_in_these_days_is_judged(cli: Cli) -> None:
    lead = captured(cli)
    assert cli.json("review", "--to", "2026-11-02")[0]["mistakes"]["no_source"] == [lead]
    assert cli.json("review", "--from", "2026-11-03")[0]["mistakes"]["no_source"] == []

"""`leaddesk cadence` as its contract has it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.calling import Cli

PLAN = """name = "Two"
end = "no response"
cap_per_week = 4
[[steps]]
after = "30m"
channel = "call"
[[steps]]
after = "1d"
channel = "email"
"""


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    file = tmp_path / "two.toml"
    file.write_text(PLAN)
    return file


def test_the_shipped_plans_are_listed_and_shown_with_their_keys(cli: Cli) -> None:
    names = [each["name"] for each in cli.json("cadence", "list")]
    assert names == ["Considered purchase", "Gentle", "Standard"]
    (shown,) = cli.json("cadence", "show", "standard")
    assert (shown["name"], shown["end"], shown["cap_per_week"]) == ("Standard", "decide", 4)
    assert shown["steps"][0] == {"after": "30m", "channel": "call", "template": None}
    assert cli("cadence", "show", "nobody's").code == 1


def test_a_plan_is_previewed_in_the_zones_that_are_named(cli: Cli, plan: Path) -> None:
    cli("config", "hours.week", "Mon-Fri 09:00-17:30; Sat 10:00-13:00")
    cli("config", "hours.holidays", "GB-ENG")
    told = ("--enquiry-at", "2026-12-24T16:40", "--zone", "Europe/London")
    assert cli.json("cadence", "preview", str(plan), *told) == [
        {"step": 1, "channel": "call", "at": "2026-12-24T17:10:00+00:00", "shifted_by": None},
        {"step": 2, "channel": "email", "at": "2026-12-29T09:00:00+00:00", "shifted_by": "holiday"},
    ]
    there = cli.json("cadence", "preview", str(plan), *told, "--lead-zone", "America/New_York")
    assert there[0]["at"] == "2026-12-24T17:10:00+00:00"
    (lone, _) = cli.json("cadence", "preview", str(plan), "--enquiry-at", "2026-12-24T10:00+01:00", *told[2:])
    assert lone["at"] == "2026-12-24T09:30:00+00:00"


@pytest.mark.parametrize("at", ["9999-12-31", "0001-01-01", "9999-12-31T23:59:59-12:00"])
def test_a_day_at_the_end_of_the_calendar_is_wrong_usage(cli: Cli, at: str) -> None:
    assert cli("cadence", "preview", "Standard", "--enquiry-at", at, "--zone", "Europe/Berlin").code == 2


def test_a_faulty_plan_is_told_by_line(cli: Cli, plan: Path) -> None:
    assert cli.json("cadence", "check", str(plan)) == [{"ok": True, "errors": []}]
    plan.write_text(PLAN.replace('end = "no response"\n', ""))
    done = cli("--json", "cadence", "check", str(plan))
    assert done.code == 1
    assert "line 1: A plan needs an end" in done.out
    assert cli("cadence", "preview", str(plan), "--enquiry-at", "10:00").code == 1
    assert cli("cadence", "preview", "Standard", "--enquiry-at", "10:00", "--zone", "Nowhere").code == 2


def test_a_plan_of_the_profile_takes_the_place_of_a_shipped_one(cli: Cli, plan: Path) -> None:
    cli("cadence", "list")
    own = cli.profile / "cadences"
    own.mkdir()
    (own / "mine.toml").write_text(PLAN.replace('"Two"', '"gentle"'))
    (own / "broken.toml").write_text("name = ")
    done = cli("cadence", "list")
    assert done.code == 0
    assert "broken.toml: line 1" in done.err
    (shown,) = cli.json("cadence", "show", "Gentle")
    assert [step["channel"] for step in shown["steps"]] == ["call", "email"]

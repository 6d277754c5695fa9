"""`leaddesk due`, `cadence start`, `stop` and `skip`, and what `lead` and `queue` say of a plan."""

from __future__ import annotations

from tests.cli.calling import Cli, keys

DUE_KEYS = {"lead", "name", "what", "channel", "at", "step", "of", "cadence", "why"}


def test_every_enquiry_follows_the_usual_plan(cli: Cli) -> None:
    lead = cli.lead(phone="+49 151 12345678")
    (told,) = cli.json("lead", str(lead))
    assert told["cadence"] | {"why": ""} == {
        "name": "Standard", "step": 1, "of": 5, "state": "running", "why": "",
    }  # fmt: skip
    assert told["next"] == {"at": "2026-11-02T09:27:00+00:00", "channel": "call", "step": 1}


def test_what_is_due_is_listed_with_its_step(cli: Cli) -> None:
    lead = cli.lead(phone="+49 151 12345678")
    assert cli.json("due") == []
    cli.clock.advance(minutes=40)
    rows = cli.json("due")
    assert keys(rows) == {frozenset(DUE_KEYS)}
    (row,) = rows
    assert (row["lead"], row["what"], row["at"], row["step"]) == (
        lead, "call", "2026-11-02T09:27:00+00:00", 1,
    )  # fmt: skip


def test_due_answers_as_if_it_were_another_time(cli: Cli) -> None:
    cli.lead(phone="+49 151 12345678")
    assert [row["step"] for row in cli.json("due", "--as-of", "2026-11-02T10:00+00:00")] == [1]
    cli.clock.advance(days=1)
    assert cli.json("due", "--as-of", "2026-11-02T09:20+00:00") == []
    assert [row["step"] for row in cli.json("due", "--as-of", "2026-11-02T09:30+00:00")] == [1]


def test_a_step_that_is_due_stands_in_the_queue_with_its_reason(cli: Cli) -> None:
    lead = cli.lead(phone="+49 151 12345678")
    cli.json("log", str(lead), "--channel", "email", "--outcome", "sent")
    assert cli.json("queue") == []
    cli.clock.advance(minutes=40)
    (row,) = cli.json("queue")
    assert (row["what"], row["turn"], row["due_at"]) == ("call", "ours", "2026-11-02T09:27:00+00:00")
    assert row["why"] == "Step 1 of 5: a call, the same day"
    assert cli.json("queue", "--as-of", "2026-11-02T09:28+00:00")[0]["why"] == row["why"]
    (told,) = cli.json("lead", str(lead))
    assert told["turn"] == "ours"


def test_a_logged_try_lands_the_next_step(cli: Cli) -> None:
    lead = cli.lead(phone="+49 151 12345678", email="ngozi@example.org")
    cli.json("log", str(lead), "--channel", "email", "--outcome", "sent")
    cli.clock.advance(minutes=40)
    cli.json("log", str(lead), "--channel", "call", "--outcome", "no-answer")
    assert cli.json("queue") == []
    (told,) = cli.json("lead", str(lead))
    assert (told["next"]["channel"], told["next"]["step"]) == ("email", 2)
    assert told["next"]["at"] == "2026-11-03T09:40:00+00:00"


def test_a_talk_stops_it(cli: Cli) -> None:
    lead = cli.lead(phone="+49 151 12345678")
    cli.json("log", str(lead), "--channel", "call", "--outcome", "reached")
    (told,) = cli.json("lead", str(lead))
    assert (told["next"], told["cadence"]["state"], told["cadence"]["why"]) == (
        None, "stopped", "You talked with them.",
    )  # fmt: skip


def test_a_person_starts_stops_and_skips_and_takes_it_back(cli: Cli) -> None:
    lead = str(cli.lead(phone="+49 151 12345678", email="ngozi@example.org"))
    (did,) = cli.json("cadence", "start", lead, "gentle")
    assert did == {"did": "Plan chosen", "lead": int(lead), "cadence": "Gentle"}
    assert cli.json("lead", lead)[0]["next"]["channel"] == "email"
    assert cli.json("cadence", "skip", lead)[0]["did"] == "Step passed over"
    assert cli.json("lead", lead)[0]["cadence"]["step"] == 2
    assert cli.json("cadence", "stop", lead) == [{"did": "Plan stopped", "lead": int(lead)}]
    assert cli.json("lead", lead)[0]["cadence"]["state"] == "stopped"
    assert cli("cadence", "stop", lead).code == 1
    assert [cli.json("undo")[0]["did"] for _ in range(3)] == [
        "Plan stopped",
        "Step passed over",
        "Plan chosen",
    ]
    assert cli.json("lead", lead)[0]["cadence"]["name"] == "Standard"


def test_a_plan_that_nobody_has_is_refused(cli: Cli) -> None:
    lead = str(cli.lead())
    said = cli("cadence", "start", lead, "Daily")
    assert said.code == 1
    assert "There is no plan 'Daily'" in said.err


def test_a_closed_lead_follows_no_plan(cli: Cli) -> None:
    lead = str(cli.lead())
    cli.json("close", lead, "lost")
    assert cli("cadence", "start", lead, "Gentle").code == 1
    assert cli.json("lead", lead)[0]["cadence"]["state"] == "ended"
    assert cli.json("due", "--as-of", "2026-12-24T12:00+00:00") == []


def test_which_plan_is_a_setting_by_source_and_channel(cli: Cli) -> None:
    cli.json("config", "cadence.plans", "Gentle; Google Ads = Considered purchase; channel call = none")
    named = [
        cli.json("lead", str(cli.lead(name, source=source, channel=channel)))[0]["cadence"]
        for name, source, channel in (
            ("Ann One", "Google Ads: spring", "call"),
            ("Ben Two", "Phone", "call"),
            ("Cem Three", "Web", "form"),
        )
    ]  # fmt: skip
    assert [each["name"] if each else None for each in named] == ["Considered purchase", None, "Gentle"]
    assert cli("config", "cadence.plans", "Google Ads =").code == 2


def test_people_read_the_plan_as_one_line(cli: Cli) -> None:
    lead = cli.lead(phone="+49 151 12345678")
    assert "Next: call, 9:27 (Standard, step 1 of 5)" in cli("lead", str(lead)).out
    cli.clock.advance(minutes=40)
    assert "Step 1 of 5: a call, the same day" in cli("due").out

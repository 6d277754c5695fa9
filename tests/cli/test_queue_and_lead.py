"""`leaddesk queue` and `leaddesk lead`."""

from __future__ import annotations

from datetime import timedelta

from leaddesk import desk
from tests.cli.calling import Cli, keys

QUEUE_KEYS = {
    *(
        "place",
        "lead",
        "name",
        "what",
        "turn",
        "since",
        "waiting_s",
        "rung",
        "due_at",
        "source",
        "why",
        "whose",
    ),
}
LEAD_KEYS = {
    *(
        "lead",
        "name",
        "company",
        "emails",
        "phones",
        "source",
        "turn",
        "outcome",
        "enquiries",
        "touches",
        "next",
    ),
    "cadence",
}
ENQUIRY_KEYS = {"enquiry", "submitted_at", "received_at", "seen_at", "message", "fields", "first_response"}
RESPONSE_KEYS = {"at", "after_s", "open_hours_s", "channel", "by", "how"}
TOUCH_KEYS = {"touch", "at", "direction", "channel", "automatic", "outcome", "text"}


def test_the_newest_unanswered_comes_first(cli: Cli) -> None:
    for name, minutes in (("Old Eze", 50), ("New Eze", 1), ("Mid Eze", 20)):
        cli.lead(name, minutes)
    rows = cli.json("queue")
    assert keys(rows) == {frozenset(QUEUE_KEYS)}
    assert [(row["place"], row["name"]) for row in rows] == [(1, "New Eze"), (2, "Mid Eze"), (3, "Old Eze")]
    assert [row["rung"] for row in rows] == ["now", "warm", "cooling"]
    assert rows[0] | {"lead": 0, "why": ""} == {
        "place": 1,
        "lead": 0,
        "name": "New Eze",
        "what": "new",
        "turn": "ours",
        "since": "2026-11-02T08:59:00+00:00",
        "waiting_s": 60,
        "rung": "now",
        "due_at": "2026-11-02T09:29:00+00:00",
        "source": "Phone",
        "why": "",
        "whose": None,
    }
    assert [row["name"] for row in cli.json("queue", "--limit", "2")] == ["New Eze", "Mid Eze"]


def test_the_queue_is_whole_without_a_limit(cli: Cli) -> None:
    with desk.open(cli.profile) as opened:
        for number in range(230):
            opened.leads.add(name=f"P{number}", at=cli.clock.now() - timedelta(minutes=number))
    assert [row["place"] for row in cli.json("queue")] == list(range(1, 231))
    assert len(cli.json("queue", "--limit", "7")) == 7


def test_the_queue_as_it_was_then(cli: Cli) -> None:
    lead = cli.lead(minutes_ago=30)
    cli.json("log", str(lead), "--channel", "call", "--outcome", "reached", "--at", "08:45")
    assert cli.json("queue") == []
    (row,) = cli.json("queue", "--as-of", "2026-11-02T08:40")
    assert (row["lead"], row["waiting_s"], row["rung"]) == (lead, 600, "warm")
    assert cli.json("queue", "--as-of", "2026-11-02T09:10:00+02:00") == []


def test_who_has_nothing_scheduled_is_told_in_the_queues_own_words(cli: Cli) -> None:
    assert cli("queue", "--nothing-scheduled").out == "Every open lead comes back by itself.\n"
    old, new = cli.lead("Old Eze", 50), cli.lead("New Eze", 20)
    for lead, at in ((old, "08:30"), (new, "08:50")):
        cli.json("log", str(lead), "--channel", "call", "--outcome", "reached", "--at", at)
    rows = cli.json("queue", "--nothing-scheduled")
    assert keys(rows) == {frozenset(QUEUE_KEYS)}
    assert [(row["place"], row["lead"], row["turn"]) for row in rows] == [
        (1, old, "theirs"),
        (2, new, "theirs"),
    ]
    assert [row["waiting_s"] for row in rows] == [1800, 600]
    assert cli.json("queue", "--nothing-scheduled", "--limit", "1") == rows[:1]
    cli.json("snooze", str(old), "--until", "tomorrow 9")
    assert [row["lead"] for row in cli.json("queue", "--nothing-scheduled")] == [new]
    refused = cli("queue", "--nothing-scheduled", "--as-of", "08:00")
    assert (refused.code, "Leave --as-of out" in refused.err) == (2, True)


def test_people_read_a_table(cli: Cli) -> None:
    assert cli("queue").out == "Nobody waits.\n"
    cli.lead("王小明 Eze")
    cli.lead("Tom Whitfield", 2)
    titles, *rows = cli("queue").out.splitlines()
    assert titles.split() == ["lead", "name", "what", "waiting", "rung", "source", "why"]
    assert [row.split()[0] for row in rows] == ["1", "2"]
    assert "2:00 min" in rows[0]
    # wide letters take two columns
    assert rows[1].index("new") == rows[0].index("new") - len("王小明")


def test_a_lead_tells_all_its_facts(cli: Cli) -> None:
    lead = cli.lead(minutes_ago=20, company="Lofts Ltd", phone="+44 7700 900123", source="Referral: Joan")
    (shown,) = cli.json("lead", str(lead))
    assert set(shown) >= LEAD_KEYS
    assert shown["company"] == "Lofts Ltd"
    assert (shown["emails"], shown["phones"]) == (["ngozi@mail.example"], ["+44 7700 900123"])
    assert shown["source"]["text"] == "Referral: Joan"
    assert set(shown["source"]) == {"text", "certainty", "evidence"}
    assert set(shown["next"]) == {"at", "channel", "step"}
    assert set(shown["cadence"]) >= {"name", "step", "of", "state"}
    (enquiry,) = shown["enquiries"]
    assert set(enquiry) >= ENQUIRY_KEYS
    assert (enquiry["first_response"], enquiry["submitted_at"]) == (None, None)
    assert keys(shown["touches"]) == {frozenset(TOUCH_KEYS)}
    assert shown["touches"][0]["direction"] == "in"


def test_a_first_response_is_told_with_how_it_is_known(cli: Cli) -> None:
    lead = cli.lead(minutes_ago=20)
    cli.json(
        "log",
        str(lead),
        "--channel",
        "call",
        "--outcome",
        "voicemail",
        "--at",
        "8:52",
        "--note",
        "rang twice",
    )
    (shown,) = cli.json("lead", str(lead))
    first = shown["enquiries"][0]["first_response"]
    assert set(first) == RESPONSE_KEYS
    assert first | {"by": ""} == {
        "at": "2026-11-02T08:52:00+00:00", "after_s": 720, "open_hours_s": 0, "channel": "call", "by": "",
        "how": "entered",
    }  # fmt: skip
    touch = shown["touches"][-1]
    assert (touch["direction"], touch["outcome"], touch["text"]) == ("out", "voicemail", "rang twice")
    (earlier,) = cli.json("lead", str(lead), "--as-of", "2026-11-02T08:50")
    assert earlier["enquiries"][0]["first_response"] is None


def test_people_read_a_page(cli: Cli) -> None:
    lead = cli.lead(minutes_ago=20, company="Lofts Ltd")
    page = cli("lead", str(lead)).out
    assert page.startswith("Ngozi Eze, Lofts Ltd\nngozi@mail.example\n")
    assert "waiting for 20:00 min" in page
    assert "    What is a dormer?" in page
    cli.json("close", str(lead), "lost", "--reason", "too far")
    assert "lost, too far" in cli("lead", str(lead)).out

"""How answers are written, and how times are read."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from leaddesk.cli.people import clipped, padded, span_words, width_of
from leaddesk.cli.show import Column, Output
from leaddesk.cli.times import day, moment
from leaddesk.words.errors import Usage
from leaddesk.words.lead import Channel
from tests.frozen_clock import FrozenClock

BERLIN = ZoneInfo("Europe/Berlin")


def test_values_have_one_form_in_json(capsys: pytest.CaptureFixture[str]) -> None:
    Output(as_json=True, zone=BERLIN).record(
        {
            "at": datetime(2026, 11, 2, 9, tzinfo=UTC),
            "summer_at": datetime(2026, 7, 2, 9, tzinfo=UTC),
            "day": date(2026, 11, 2),
            "whole_s": timedelta(minutes=2),
            "part_s": timedelta(milliseconds=1500),
            "channel": Channel.CALL,
            "several": (1, 2),
            "file": Path("a.eml"),
            "name": "Brückner 王",
            "none": None,
        },
        "for people",
    )
    out = capsys.readouterr().out
    assert "Brückner 王" in out
    assert json.loads(out) == {
        "at": "2026-11-02T10:00:00+01:00",
        "summer_at": "2026-07-02T11:00:00+02:00",
        "day": "2026-11-02",
        "whole_s": 120,
        "part_s": 1.5,
        "channel": "call",
        "several": [1, 2],
        "file": "a.eml",
        "name": "Brückner 王",
        "none": None,
    }


def test_what_has_no_form_is_our_own_mistake() -> None:
    with pytest.raises(TypeError, match="object has no form"):
        Output(as_json=True, zone=UTC).record({"x": object()})


def test_people_get_no_control_characters_from_a_table(capsys: pytest.CaptureFixture[str]) -> None:
    Output(as_json=False, zone=UTC).table(
        [{"n": "a\x1b[31mb\nc"}, {"n": "long " * 20}],
        [Column("name", lambda row: row["n"], widest=12)],
        "none",
    )
    assert capsys.readouterr().out == "name\na [31mb c\nlong long l…\n"


def test_notes_are_for_people_and_warnings_for_all(capsys: pytest.CaptureFixture[str]) -> None:
    for as_json in (True, False):
        out = Output(as_json=as_json, zone=UTC)
        out.note("a note")
        out.warn("a warning\nof two lines")
    assert capsys.readouterr() == ("", "a warning of two lines\na note\na warning of two lines\n")


def test_widths_count_columns() -> None:
    assert (width_of("王小明"), width_of("e\u0301"), width_of("Eze")) == (6, 1, 3)
    assert clipped("王小明", 4) == "王…"
    assert clipped("Ngozi", 5) == "Ngozi"
    assert padded("王", 4) == "王  "
    assert span_words(None) == "-"


@pytest.mark.parametrize(
    ("text", "utc"),
    [
        ("10:42", "2026-11-02T09:42"),
        ("9:05", "2026-11-02T08:05"),
        ("09:05:30", "2026-11-02T08:05:30"),
        ("2026-11-02T10:42", "2026-11-02T09:42"),
        ("2026-11-02 10:42:07", "2026-11-02T09:42:07"),
        ("2026-11-02T10:42:00Z", "2026-11-02T10:42"),
        ("2026-11-02T10:42-05:00", "2026-11-02T15:42"),
        ("2026-11-02", "2026-11-01T23:00"),
        ("2026-03-29T02:30", "2026-03-29T01:00"),
        ("2026-10-25T02:30", "2026-10-25T00:30"),
    ],
)
def test_a_time_without_an_offset_is_the_desks_own(text: str, utc: str) -> None:
    clock = FrozenClock(zone=BERLIN)
    assert moment(text, clock) == datetime.fromisoformat(utc).replace(tzinfo=UTC)


@pytest.mark.parametrize("text", ["", "soon", "25:00", "10:61", "10:4", "2026-13-01", "10.42", "١٠:٤٢"])
def test_what_is_no_time_is_wrong_usage(text: str) -> None:
    with pytest.raises(Usage, match="is not a time"):
        moment(text, FrozenClock())


def test_days() -> None:
    assert day(None) is None
    assert day(" 2026-11-02 ") == date(2026, 11, 2)
    with pytest.raises(Usage, match="is not a day"):
        day("2026-02-30")

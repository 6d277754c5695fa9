"""One cell at a time: marks, spoiled numbers, dates; each quick way gives what the long one does."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import phonenumbers
import pytest
from hypothesis import given, seed, settings
from hypothesis import strategies as st

from leaddesk.rules.capture.addresses import valid_address
from leaddesk.rules.capture.clean import lines_of, one_line
from leaddesk.rules.capture.phones import Regions
from leaddesk.rules.imports.cells import Phone, are_plain, bare, emails_in, holds_formula, phone_of, phones_in
from leaddesk.rules.imports.contacts import joined
from leaddesk.rules.imports.dates import Order, Reader, looks_like_date, order_of
from leaddesk.rules.imports.numbers import Numbers

GUARDED = {
    "'+491713920043": "+491713920043",
    "'=Eva": "=Eva",
    "'70100": "70100",
    "'quoted'": "quoted",
    '="01713920042"': "01713920042",
    '="a ""b"" c"': 'a "b" c',
    " padded\u00a0": "padded",
    "'t Hooft": "'t Hooft",
    "'s-Hertogenbosch": "'s-Hertogenbosch",
    "O'Neill": "O'Neill",
    "'": "'",
    "one\r\ntwo\rthree": "one\ntwo\nthree",
    "Ann\x00": "Ann",
}


@pytest.mark.parametrize(("cell", "kept"), GUARDED.items())
def test_a_cell_says_what_stands_between_the_marks(cell: str, kept: str) -> None:
    assert bare(cell) == kept


@given(
    st.sampled_from("=+-@\t\r"),
    st.text(st.characters(exclude_categories=["Cs", "Cc", "Zs", "Cf"]), max_size=20),
)
@settings(max_examples=300)
@seed(7)
def test_what_our_own_export_guards_comes_back(start: str, rest: str) -> None:
    """FAULTS T7: the export puts an apostrophe before what a spreadsheet would run."""
    assert bare("'" + start + rest + "x") == (start + rest + "x").strip()


@pytest.mark.parametrize(
    "cell", ["=1+1", '=HYPERLINK("https://x.example")', "@SUM(A1)", "+CMD(1)", " =A1", "-IF(1)"]
)
def test_what_a_spreadsheet_would_run_is_noticed(cell: str) -> None:
    assert holds_formula(["Ann", cell])
    assert not are_plain(["Ann", cell])


@pytest.mark.parametrize(
    "cell", ["'=1+1", '="0171"', "+49 171 3920051", "-5", "- a list", "@ann", "a=b", "= "]
)
def test_what_it_would_not_run_is_no_formula(cell: str) -> None:
    assert not holds_formula(["Ann", cell])


@given(st.lists(st.text(max_size=30), min_size=1, max_size=8))
@settings(max_examples=500)
@seed(7)
def test_plain_cells_need_no_cleaning(cells: list[str]) -> None:
    if are_plain(cells):
        assert [bare(cell) for cell in cells] == cells
        assert [one_line(cell) for cell in cells] == cells
        assert [lines_of(cell) for cell in cells] == cells
        assert not holds_formula(cells)


# -- numbers

SPOILED = {
    "4.91512E+11": "",
    "4,91512E+11": "",
    "########": "",
    "4.91713920042E+11": "491713920042",
    "491713920042.0": "491713920042",
    "491713920042,0": "491713920042",
    "+491713920042.00": "+491713920042",
}


@pytest.mark.parametrize(("cell", "kept"), SPOILED.items())
def test_a_spoiled_number_is_flagged_and_used_only_when_no_digit_is_lost(cell: str, kept: str) -> None:
    assert phones_in(cell) == [phone_of(cell)] == [Phone(kept, is_spoiled=True)]


WRITTEN = {
    "p:+491713920081": ["+491713920081"],
    "tel:+44 20 7946 0001": ["+44 20 7946 0001"],
    "0171 3920051 ext. 12": ["0171 3920051"],
    "+1 555 010 0142 x7": ["+1 555 010 0142"],
    "(555) 010-0142": ["(555) 010-0142"],
    "0171/3920091": ["0171/3920091"],
    "0171 3920051 / 030 23125440": ["0171 3920051", "030 23125440"],
    "0171 3920051, 030 23125440; 040 123456": ["0171 3920051", "030 23125440", "040 123456"],
    "+49 171 3920051 ::: +49 30 23125440": ["+49 171 3920051", "+49 30 23125440"],
    "none": [],
}


@pytest.mark.parametrize(("cell", "numbers"), WRITTEN.items())
def test_a_cell_gives_its_numbers_as_written(cell: str, numbers: list[str]) -> None:
    assert [phone.text for phone in phones_in(cell)] == numbers


@pytest.mark.parametrize(
    ("text", "regions", "key", "is_spoiled"),
    [
        ("0171 3920051", ("DE",), "+491713920051", False),
        ("1713920051", ("DE",), "+491713920051", True),
        ("491713920051", ("DE",), "+491713920051", True),
        ("491713920051", (), "+491713920051", True),
        ("600000101", ("ES",), "+34600000101", False),
        ("5550100142", ("US",), "+15550100142", False),
        ("15550100142", (), "+15550100142", False),
        ("555-0142", (), "5550142", False),
        ("555-0142", ("US",), "5550142", False),
        ("+44 (0)20 7946 0001", (), "+442079460001", False),
        ("0044 20 7946 0001", ("DE",), "+442079460001", False),
    ],
)
def test_a_number_is_compared_in_full(
    text: str, regions: tuple[str, ...], key: str, is_spoiled: bool
) -> None:
    number = Numbers(Regions(regions)).read(Phone(text))
    assert number is not None
    assert (number.key, number.is_spoiled) == (key, is_spoiled)


def test_a_whole_file_is_of_the_country_where_its_numbers_make_sense() -> None:
    swiss = ["079 123 45 67", "044 668 18 00", "031 322 21 11"]
    numbers = Numbers(Regions((), ("DE", "AT", "CH")), swiss)
    number = numbers.read(Phone("079 123 45 68"))
    assert number is not None
    assert number.key == "+41791234568"


def _by_the_library(text: str, region: str) -> str | None:
    try:
        number = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


def test_the_quick_way_to_a_number_is_the_librarys_in_every_country() -> None:
    chance = random.Random(11)
    taken = 0
    for region in sorted(phonenumbers.SUPPORTED_REGIONS):
        numbers, code = Numbers(Regions((region,))), phonenumbers.country_code_for_region(region)
        for _ in range(60):
            body = "".join(chance.choices("0123456789", k=chance.randint(5, 13)))
            text = chance.choice((f"+{code}{body}", f"0{body}", f"+{code} {body}", f"0{body[:3]}/{body[3:]}"))
            quick = numbers.usual(text)
            if quick is not None:
                taken += 1
                assert quick.key == _by_the_library(text, region), (text, region)
    assert taken > 2000


@given(st.from_regex(r"[A-Za-z0-9_.+-]{1,20}@[A-Za-z0-9.-]{1,20}\.[a-z]{2,8}", fullmatch=True))
@settings(max_examples=500)
@seed(7)
def test_the_quick_way_to_an_address_is_a_valid_one(text: str) -> None:
    if emails_in(text) == [text]:
        assert valid_address(text) is not None


# -- dates

MOMENTS = {
    "2026-11-09": "2026-11-09T12:00",
    "2026-11-09 08:14": "2026-11-09T08:14",
    "2026-11-09T08:14:05+01:00": "2026-11-09T07:14:05",
    "2026-11-09T07:14:05.000000+00:00": "2026-11-09T07:14:05",
    "2026-11-09 08:14:05 UTC": "2026-11-09T08:14:05",
    "2026-11-09 08:14:05 +0100": "2026-11-09T07:14:05",
    "09.11.26": "2026-11-09T12:00",
    "9. 11. 2026": "2026-11-09T12:00",
    "9.11.2026 8:14 Uhr": "2026-11-09T08:14",
    "9/11/2026 08h14": "2026-11-09T08:14",
    "12 Mar 2026": "2026-03-12T12:00",
    "March 12th, 2026 8:14 am": "2026-03-12T08:14",
    "Mon, 9 Nov 2026 08:14": "2026-11-09T08:14",
    "9 de noviembre de 2026": "2026-11-09T12:00",
    "9. November 2026": "2026-11-09T12:00",
    "9-Nov-26": "2026-11-09T12:00",
    "11/09/2026 8:14:05 PM": "2026-09-11T20:14:05",
    "2026/11/09 8:14": "2026-11-09T08:14",
    "2026年11月9日": "2026-11-09T12:00",
    "46335": "2026-11-09T12:00",
    "46335.343": "2026-11-09T08:13:55",
    "1762675200": "2025-11-09T08:00",
    "13/02/2026": "2026-02-13T12:00",
    "2/13/2026": "2026-02-13T12:00",
}


@pytest.mark.parametrize(("text", "at"), MOMENTS.items())
def test_a_moment_is_read_however_it_is_written(text: str, at: str) -> None:
    moment = Reader(Order.DAY_FIRST, UTC).read(text)
    assert moment is not None
    assert moment.at == datetime.fromisoformat(at).replace(tzinfo=UTC)
    assert moment.has_time != at.endswith("T12:00")


@pytest.mark.parametrize(
    "text", ["", "hello", "12", "2026-13-45", "31.02.2026", "0171 3920051", "1.200,00", "99/99/9999"]
)
def test_what_is_no_moment_is_none(text: str) -> None:
    assert Reader(Order.DAY_FIRST, UTC).read(text) is None
    assert not looks_like_date(text)


def test_one_date_shows_the_order_of_the_whole_column() -> None:
    assert order_of(["11/09/2026", "11/23/2026"], Order.DAY_FIRST) is Order.MONTH_FIRST
    assert order_of(["11/09/2026", "23/11/2026"], Order.MONTH_FIRST) is Order.DAY_FIRST
    assert order_of(["11/09/2026", "9.11.2026"], Order.MONTH_FIRST) is Order.MONTH_FIRST


def test_a_time_is_where_the_desk_is_unless_it_says_otherwise() -> None:
    berlin = Reader(Order.DAY_FIRST, ZoneInfo("Europe/Berlin"))
    moment, told = berlin.read("2026-07-09 08:14"), berlin.read("2026-07-09T08:14:00Z")
    assert moment is not None
    assert told is not None
    assert moment.at == datetime(2026, 7, 9, 6, 14, tzinfo=UTC)
    assert told.at == datetime(2026, 7, 9, 8, 14, tzinfo=UTC)
    east = Reader(Order.DAY_FIRST, timezone(timedelta(hours=9))).read("2026-07-09")
    assert east is not None
    assert east.at == datetime(2026, 7, 9, 3, tzinfo=UTC)


@pytest.mark.parametrize(
    ("parts", "whole"),
    [
        (("Anna", "Maria", "Beck"), "Anna Maria Beck"),
        (("", "", "Beck"), "Beck"),
        (("Björn", "", ""), "Björn"),
        (("花子", "", "佐藤"), "佐藤 花子"),
        (("민수", "", "김"), "김 민수"),
        (("Beck", "", "Beck"), "Beck"),
        (("", "", ""), ""),
    ],
)
def test_a_name_is_put_together_as_its_people_do(parts: tuple[str, str, str], whole: str) -> None:
    assert joined(*parts) == whole

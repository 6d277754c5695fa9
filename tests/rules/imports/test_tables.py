"""Where a table begins and ends, what separates it, and which of its lines are rows."""

from __future__ import annotations

import pytest

from tests.rules.imports.reading import read

ANN, BO = "Ann Lee,ann@lee.example,555-0101", "Bo Hen,bo@hen.example,555-0102"
TITLES = "Name,Email,Phone"


def table(*lines: str, end: str = "\n") -> str:
    return end.join((*lines, ""))


SEPARATORS = {
    "comma": (",", table(TITLES, ANN)),
    "semicolon, commas in cells": (";", table("Name;Email", "Lee, Ann;a@l.example", "Hen, Bo;b@h.example")),
    "semicolon, decimal commas": (";", table("Kunde;E-Mail;EUR", "Ann;a@l.example;1,5", "Bo;b@h.example;2,")),
    "tab, others in notes": ("\t", table("Name\tEmail\tNotes", "Ann\tann@lee.example\ta, b; c, d")),
    "pipe": ("|", table("FIRST NAME|E-MAIL", "ANN|ANN@LEE.EXAMPLE")),
    "pipe, drawn": ("|", table("| Name | Email |", "| --- | --- |", "| Ann | ann@lee.example |")),
    "comma and space": (",", table("Name, Email", '"Lee, Ann", ann@lee.example')),
    "named in the first line": (";", table("sep=;", "Name;Email", "Ann;ann@lee.example")),
    "named as a tab": ("\t", table("sep=\t", "Name\tEmail", "Ann\tann@lee.example")),
    "named in quotes": (",", table('"sep=,"', "Name,Email", "Ann,ann@lee.example")),
    "titles only": (",", table("Name,Email,Phone")),
    "titles in a strange language": (",", table("Vardas,Bendrovė,Paštas", "Jonas,UAB,jonas@jono.example")),
    "several addresses in a cell": (",", table("Name,Email", "Ann,ann@lee.example;ann2@lee.example")),
    "one column": (None, table("E-Mail", "a@x.example", "b@y.example")),
    "one column without a title": (None, table("a@x.example", "b@y.example")),
}  # fmt: skip


@pytest.mark.parametrize(("delimiter", "text"), SEPARATORS.values(), ids=SEPARATORS)
def test_the_separator_is_told(delimiter: str | None, text: str) -> None:
    assert read(text).table.delimiter == delimiter


ROWS = {
    "plain": (2, table(TITLES, ANN, BO)),
    "no end of line": (1, f"{TITLES}\n{ANN}"),
    "every kind of line end": (2, f"{TITLES}\r\n{ANN}\n{BO}\r\n\r\n\n"),
    "carriage returns only": (2, table(TITLES, ANN, BO, end="\r")),
    "nothing but titles": (0, table(TITLES)),
    "empty lines first": (1, table("", "", TITLES, ANN)),
    "lines about the file first": (2, table("Report: Leads", "Generated: today", "", TITLES, ANN, BO)),
    "a line of one cell first, padded": (1, table("Customers of 23 November,,", TITLES, ANN)),
    "no titles": (2, table(ANN, BO)),
    "one row, no titles": (1, table(ANN)),
    "titles again in the middle": (2, table(TITLES, ANN, TITLES, BO)),
    "a sum at the end": (1, table("Kunde,E-Mail,Wert", "Ann,ann@lee.example,5", "Summe,,5")),
    "a sum in the middle": (
        2,
        table("Kunde,Tel,Wert", "Ann,0171 3920051,5", "Zwischensumme,,5", "Bo,0171 392005,6"),
    ),
    "somebody called as a sum": (1, table("Name,Email,Phone", "Total,total@sum.example,555-0101")),
    "a footer below a gap": (1, table(TITLES, ANN, "", "Report generated on 2026-11-23", "Copyright X")),
    "a footer without a gap": (1, table(TITLES, ANN, "Exported by Jo on 2026-11-23")),
    "a count of rows": (1, table(TITLES, ANN, "(1 row)")),
    "names alone between rows": (3, table(TITLES, ANN, "", "Cy", BO)),
    "names alone at the end": (3, table(TITLES, ANN, "Cy", "Di,,")),
    "separators without anything": (2, table(TITLES, ANN, ",,", BO, ", ,")),
    "an empty last column": (2, table("Name,Email,", "Ann,ann@lee.example,", "Bo,bo@hen.example,")),
}


@pytest.mark.parametrize(("count", "text"), ROWS.values(), ids=ROWS)
def test_rows_are_people_and_nothing_else(count: int, text: str) -> None:
    assert len(read(text).rows) == count


def test_a_row_knows_its_line() -> None:
    text = table("Report", "", TITLES, ANN, "", '"Cy\nOde",cy@ode.example,', BO)
    assert [row.line for row in read(text).rows] == [4, 6, 8]
    assert [row.line for row in read("sep=,\n" + table(TITLES, ANN)).rows] == [3]


QUOTES = {
    "doubled": ('"Sam ""Sammy"" Ode"', 'Sam "Sammy" Ode'),
    "in the middle of a cell": ('Ann "Annie" Lee', 'Ann "Annie" Lee'),
    "inches": ('5" pipe', '5" pipe'),
    "a line end inside": ('"one\r\ntwo"', "one\ntwo"),
    "separators inside": ('"Lee, Ann"', "Lee, Ann"),
}


@pytest.mark.parametrize(("cell", "kept"), QUOTES.values(), ids=QUOTES)
def test_quotes_are_read_as_programs_write_them(cell: str, kept: str) -> None:
    found = read(f"Email,Message\r\nann@lee.example,{cell}\r\nbo@hen.example,x\r\n")
    assert [row.cells[1] for row in found.rows] == [kept, "x"]


def test_a_quote_that_never_ends_takes_no_rows_along() -> None:
    lines = [f"Guest {n},g{n}@x.example,555-01{n:02d}" for n in range(40)]
    lines[7] = '"' + lines[7]
    found = read(table(TITLES, *lines))
    assert len(found.rows) == 40
    assert [row.line for row in found.rows if row.is_broken] == [9]
    assert found.rows[7].cells[1] == "g7@x.example"


def test_two_stray_quotes_do_not_swallow_what_is_between_them() -> None:
    lines = [f"Guest {n},g{n}@x.example,555-01{n:02d}" for n in range(40)]
    lines[7], lines[20] = '"' + lines[7], lines[20].replace("Guest", 'Gue"st')
    assert len(read(table(TITLES, *lines)).rows) == 40


def test_a_cell_of_a_million_characters_is_cut_and_the_rest_is_read() -> None:
    text = table(
        "Name,Email,Message", f'Otto,otto@lang.example,"{"wort " * 190_000}"', "Eva,eva@kurz.example,kurz"
    )
    found = read(text)
    assert [len(row.cells[2]) for row in found.rows] == [200_000, 4]


def test_nothing_is_lost_beyond_the_last_title() -> None:
    found = read(table(TITLES, f"{ANN},what,,this"))
    assert dict(found.contacts[0].fields) == {"Column 4": "what", "Column 6": "this"}
    assert [flag.value for flag in found.contacts[0].flags] == ["ragged"]


def test_cells_are_freed_of_blanks_and_marks() -> None:
    found = read(" Name ;E-Mail;Telefon\n\u00a0Ann Lee\u00a0;mailto:ann@lee.example;'+44 20 7946 0001\n")
    assert found.first == {
        "name": "Ann Lee", "email": "ann@lee.example", "phone": "+44 20 7946 0001", "company": None
    }  # fmt: skip


def test_columns_without_titles_are_told_by_their_shape() -> None:
    text = (
        "2026-11-09;Koch;Emil;emil@koch.example;0171 3920051;Radsport GmbH;Wir brauchen bald ein neues Dach\n"
    )
    text += "2026-11-10;Ebner;Karl;karl@ebner.example;08031 99120;Hof KG;Bitte um ein Angebot für den Zaun\n"
    found = read(text)
    assert found.table.titles is None
    assert [c.field.value for c in found.table.columns] == [
        "received_at", "first_name", "last_name", "email", "phone", "company", "message"
    ]  # fmt: skip
    assert not any(column.sure for column in found.table.columns)


def test_prose_has_no_columns_that_tell_of_people() -> None:
    found = read("Dear all,\nthe meeting is on Monday.\nBring cake.\n")
    assert {column.field.value for column in found.table.columns} == {"answer"}


def test_a_doubled_title_gives_a_second_way_to_reach_them() -> None:
    found = read("Name,Email,Email,Phone,Phone\nAnn,ann@lee.example,ann@work.example,,020 7946 0102\n")
    (ann,) = found.contacts
    assert ann.emails == ("ann@lee.example", "ann@work.example")
    assert ann.phones == ("020 7946 0102",)


def test_labels_that_are_doubled_stay_apart() -> None:
    found = read("Name,Email,City,City\nAnn,ann@lee.example,Bonn,Ulm\n")
    assert dict(found.contacts[0].fields) == {"City": "Bonn", "City (2)": "Ulm"}

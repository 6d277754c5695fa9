"""Files of people: looked at, tried, taken in quietly, matched, and taken back."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from leaddesk.words.errors import Refused, Usage
from leaddesk.words.imports import Fate, Field, FileKind, Flag, Imported
from leaddesk.words.imports import Written as As
from leaddesk.words.lead import Channel, Outcome, Reached, Standing
from leaddesk.words.news import AlertRaised, EnquiryArrived, ImportChanged
from tests.frozen_clock import FrozenClock
from tests.house import House
from tests.letters import letter
from tests.made import account

TITLES = "Eingang;Name;Firma;E-Mail;Telefon;Anliegen;Quelle;Stand\n"
UTA = "1.11.2026 8:14;Uta Keller;Praxis Keller;uta@keller.example;0171 3920051;Fassade, 120 qm;Google;offen\n"
EMIL = "31.10.2026 17:30;Emil Koch;;emil@koch.example;;Zaun;;neu\n"
Written = Callable[..., Path]


@pytest.fixture
def written(tmp_path: Path) -> Written:
    def write(*lines: str, titles: str = TITLES, name: str = "people.csv") -> Path:
        file = tmp_path / name
        file.write_text(titles + "".join(lines), encoding="utf-8")
        return file

    return write


def counts(done: Imported) -> tuple[int, int, int, int, int]:
    return done.new, done.waiting, done.known, done.doubtful, done.unusable


# -- looked at and tried


def test_a_look_shows_what_a_file_seems_to_be(house: House, written: Written) -> None:
    look = house.desk.imports.look(written(UTA, EMIL))
    assert (look.file, look.kind, look.encoding, look.delimiter) == ("people.csv", FileKind.CSV, "utf-8", ";")
    assert (look.has_header, look.remembered, look.warnings) == (True, False, ())
    assert look.titles == {
        "received_at": "Eingang", "name": "Name", "company": "Firma", "email": "E-Mail", "phone": "Telefon",
        "message": "Anliegen", "source": "Quelle", "status": "Stand",
    }  # fmt: skip
    assert look.sample[0]["phone"] == "0171 3920051"
    assert look.cells[1][1] == "Emil Koch"


def test_encoding_and_separator_can_be_told_and_the_guess_stays_known(house: House, tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_bytes("Name|Email|Notes; and more\nJosé Čech|jose@cech.example|a; b\n".encode("cp1250"))
    look = house.desk.imports.look(file, written=As("cp1252", ";"))
    assert (look.encoding, look.delimiter, len(look.columns)) == ("cp1252", ";", 2)
    assert look.cells[0][0] == "José Èech|jose@cech.example|a"
    assert look.guess.delimiter == "|"
    told = As("CP1250", "|")
    house.desk.imports.run(file, written=told)
    assert house.lead().person.name == "José Čech"


def test_the_mark_at_a_files_front_is_no_part_of_its_first_title(house: House, tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_bytes("Name;Email\nUta;uta@keller.example\n".encode("utf-8-sig"))
    look = house.desk.imports.look(file, written=As("utf-8"))
    assert look.columns[0].title == "Name"


@pytest.mark.parametrize("told", [As("latin-99"), As("base64"), As("", ";;"), As("", '"')])
def test_an_encoding_or_separator_that_is_none_is_refused(house: House, written: Written, told: As) -> None:
    with pytest.raises(Usage):
        house.desk.imports.look(written(UTA), written=told)


@pytest.mark.parametrize("told", ["utf-16", "utf-32", "idna", "undefined"])
def test_a_file_that_is_not_written_as_told_is_refused_in_words(
    house: House, written: Written, told: str
) -> None:
    with pytest.raises(Refused, match=f"not written in {told}"):
        house.desk.imports.look(written(UTA), written=As(told))


def test_utf_16_is_told_of_a_file_without_a_mark_too(house: House, tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_bytes((TITLES + UTA).encode("utf-16-le"))
    assert house.desk.imports.look(file, written=As("utf-16")).columns[1].title == "Name"


def test_a_dry_run_tells_all_and_stores_nothing(house: House, written: Written) -> None:
    file = written(UTA, EMIL, ";;;;;;;nobody\n", UTA)
    tried = house.desk.imports.dry_run(file)
    assert (tried.id, tried.rows, counts(tried)) == (None, 4, (2, 2, 1, 0, 1))
    assert house.desk.store.bulk.totals().leads == 0
    assert house.desk.imports.batches() == ()
    done = house.desk.imports.run(file)
    assert (counts(done), done.problems) == (counts(tried), tried.problems)


def test_first_and_last_are_told_as_they_are_written(house: House, written: Written) -> None:
    done = house.desk.imports.dry_run(written(UTA, EMIL))
    assert done.first is not None
    assert done.last is not None
    assert (done.first["phone"], done.first["received_at"]) == ("0171 3920051", "1.11.2026 8:14")
    assert (done.last["name"], done.last["phone"]) == ("Emil Koch", None)


def test_reasons_are_given_for_every_line_that_is_left_out(house: House, written: Written) -> None:
    done = house.desk.imports.run(
        written(UTA, "", ";;;;;;;x\n", ';;;"ann at lee";;"two\nlines";;\n', ";;;;4,9E+11;;;\n")
    )
    assert [(p.line, p.fate) for p in done.problems] == [
        (3, Fate.UNUSABLE),
        (4, Fate.UNUSABLE),
        (6, Fate.UNUSABLE),
    ]
    assert [p.why.split()[0] for p in done.problems] == ["No", "ann", "A"]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "is empty"),
        (b" \r\n\r\n", "is empty"),
        (b"PK\x03\x04\x14", "Excel workbook"),
        (b"%PDF-1.7", "a PDF"),
        (b'{"name": "Ann"}', "JSON"),
        (b"<html><table>", "a page"),
        (b"Dear all,\nlunch is at noon.\n", "no names, addresses or numbers"),
    ],
)
def test_what_holds_no_people_is_refused_with_a_sentence(
    house: House, tmp_path: Path, content: bytes, sentence: str
) -> None:
    file = tmp_path / "people.csv"
    file.write_bytes(content)
    for do in (house.desk.imports.look, house.desk.imports.run):
        with pytest.raises(Refused, match=sentence):
            do(file)
    with pytest.raises(Refused, match="cannot be read"):
        house.desk.imports.look(tmp_path / "missing.csv")
    with pytest.raises(Refused, match="cannot be read"):
        house.desk.imports.look(tmp_path)


# -- taken in


def test_people_come_in_quietly_with_their_own_time_and_source(
    house: House, written: Written, clock: FrozenClock
) -> None:
    done = house.desk.imports.run(written(UTA, EMIL))
    assert (done.rows, counts(done)) == (2, (2, 2, 0, 0, 0))
    uta, emil = house.view(1), house.view(2)
    assert (uta.name, uta.company, uta.emails) == ("Uta Keller", "Praxis Keller", ("uta@keller.example",))
    assert uta.phones == ("+491713920051",)
    assert (uta.source.text, emil.source.text) == ("Google", "Import: people.csv")
    assert uta.source.evidence == {"import": "people.csv"}
    assert (uta.enquiries[0].received_at, uta.enquiries[0].seen_at) == (
        clock.now() - timedelta(hours=24, minutes=46), clock.now()
    )  # fmt: skip
    assert uta.enquiries[0].message == "Fassade, 120 qm"
    assert dict(uta.enquiries[0].fields) == {"Stand": "offen"}
    assert [row.lead for row in house.queue()] == [1, 2]
    assert house.notifier.shown == []
    assert not [n for n in house.news if isinstance(n, AlertRaised | EnquiryArrived)]
    assert [n for n in house.news if isinstance(n, ImportChanged)] == [ImportChanged(at=clock.now(), batch=1)]
    assert house.desk.store.alerts.due(clock.now() + timedelta(days=1)) == []


def test_the_past_is_kept_beside_the_queue(house: House, written: Written) -> None:
    done = house.desk.imports.run(
        written(
            "1.9.2026 8:14;Old Ask;;old@x.example;;Dach;;offen\n",
            "1.11.2026 8:14;Won Already;;won@x.example;;Dach;;gewonnen\n",
            ";A Contact;;contact@x.example;;;;\n",
            ";Asks Undated;;asks@x.example;;Bitte um Rückruf;;\n",
        )
    )
    assert counts(done) == (4, 1, 0, 0, 0)
    outcomes = [house.lead(number).state.outcome for number in range(1, 5)]
    assert outcomes == [Outcome.NO_RESPONSE, Outcome.WON, Outcome.NOT_A_LEAD, Outcome.OPEN]
    assert [row.name for row in house.queue()] == ["Asks Undated"]
    review = house.desk.figures.review(None, None)
    assert review.enquiries == 0
    assert house.desk.figures.review(None, None, as_of=house.desk.clock.now()).enquiries == 0
    assert [found.name for found in house.desk.leads.find("contact")] == ["A Contact"]


def test_only_an_enquiry_with_a_time_is_in_the_figures(house: House, written: Written) -> None:
    house.desk.imports.run(written(UTA, "1.11.2026;Day Only;;day@x.example;;Dach;;\n"))
    review = house.desk.figures.review(None, None)
    assert (review.enquiries, review.waiting) == (1, 1)
    assert len(house.queue()) == 2
    house.desk.calls.log(2, channel=Channel.CALL, outcome=Reached.REACHED)
    assert house.desk.figures.review(None, None).answered == 0


def test_who_was_imported_enquires_anew(house: House, written: Written) -> None:
    house.desk.imports.run(written(";Ngozi Eze;;ngozi@example.org;;;;\n"))
    mail = house.land(letter())
    assert mail.lead == 1
    assert [row.lead for row in house.queue()] == [1]
    lead = house.lead(1)
    assert lead.state.outcome is Outcome.OPEN
    assert [e.standing for e in lead.state.enquiries][-1] is Standing.WAITING


def test_cards_come_in_as_well(house: House, tmp_path: Path) -> None:
    file = tmp_path / "people.vcf"
    file.write_text(
        "BEGIN:VCARD\nFN:Dr. Uta Keller\nTEL:0171 3920051\nNOTE:hinten\nEND:VCARD\nBEGIN:VCARD\nEND:VCARD\n"
    )
    house.desk.store.accounts.add(account(email="ann@lofts.de"))
    done = house.desk.imports.run(file)
    assert (done.look.kind, done.look.delimiter, counts(done)) == (FileKind.VCARD, None, (1, 0, 0, 0, 1))
    assert [(p.line, p.why) for p in done.problems] == [(2, "No name, no address and no number.")]
    assert (house.view().name, house.view().phones) == ("Dr. Uta Keller", ("+491713920051",))


def test_what_a_spreadsheet_spoiled_is_said(house: House, written: Written) -> None:
    spoiled = "1.11.2026 8:14;Kurt Zahl;;kurt@zahl.example;4,91512E+11;=1+1 ist zwei;;\n"
    done = house.desk.imports.run(written(UTA, spoiled))
    assert [(w.flag, w.count, w.line) for w in done.warnings] == [(Flag.PHONE, 1, 3), (Flag.FORMULA, 1, 3)]
    assert house.view(2).phones == ()
    assert house.view(2).enquiries[0].message == "=1+1 ist zwei"


# -- who is meant


def test_a_file_that_comes_again_brings_nobody_twice(house: House, written: Written) -> None:
    file = written(UTA, EMIL, ";Only A Name;;;;;;\n")
    house.desk.imports.run(file)
    again = house.desk.imports.run(file)
    assert (again.id, counts(again)) == (None, (0, 0, 3, 0, 0))
    assert house.desk.store.bulk.totals().leads == 3


def test_a_known_person_is_told_by_address_or_number_and_only_gaps_are_filled(
    house: House, written: Written
) -> None:
    house.desk.leads.add(name="Frau Keller", email="UTA@keller.example", message="Dach")
    house.desk.leads.add(name="", phone="+49 171 3920052", message="Tor")
    file = written(UTA, ";Otto Tor;Tor AG;otto@tor.example;0171 3920052;ein Tor;;\n")
    done = house.desk.imports.run(file)
    assert counts(done) == (0, 0, 2, 0, 0)
    uta, otto = house.view(1), house.view(2)
    assert (uta.name, uta.company, uta.phones) == ("Frau Keller", "Praxis Keller", ("+491713920051",))
    assert (otto.name, otto.company, otto.emails) == ("Otto Tor", "Tor AG", ("otto@tor.example",))
    assert [len(view.enquiries) for view in (uta, otto)] == [1, 1]
    assert done.id is not None
    undone = house.desk.imports.undo(done.id)
    assert (undone.removed, undone.emptied) == (0, 2)
    assert (house.view(1).company, house.view(1).phones) == ("", ())
    assert house.view(2).name == "+49 171 3920052"


def test_two_rows_of_one_person_are_one_lead_with_both_numbers(house: House, written: Written) -> None:
    done = house.desk.imports.run(written(UTA, UTA.replace("0171 3920051", "030 23125440")))
    assert counts(done) == (1, 1, 1, 0, 0)
    assert house.view().phones == ("+491713920051", "+493023125440")


def test_a_number_of_somebody_else_is_not_handed_over(house: House, written: Written) -> None:
    house.desk.leads.add(name="Uta Keller", email="uta@keller.example", message="x")
    house.desk.leads.add(name="Otto", phone="+49 171 3920051", message="x")
    house.desk.imports.run(written(UTA))
    assert house.view(1).phones == ()
    assert house.view(2).phones == ("+49 171 3920051",)


def test_a_near_name_at_the_same_company_is_doubtful_until_it_is_asked_for(
    house: House, written: Written
) -> None:
    house.desk.leads.add(name="Keller, Uta", company="praxis keller GmbH", phone="040 123456", message="x")
    done = house.desk.imports.run(written(UTA, EMIL))
    assert (counts(done), [p.fate for p in done.problems]) == ((1, 1, 0, 1, 0), [Fate.DOUBTFUL])
    assert done.problems[0].why == "Perhaps Keller, Uta, who is known at Praxis Keller."
    taken = house.desk.imports.run(written(UTA, EMIL), take_doubtful=True)
    assert counts(taken) == (1, 1, 1, 0, 0)


# -- other meanings


def test_a_mapping_by_hand_is_remembered_for_files_with_the_same_titles(
    house: House, written: Written
) -> None:
    titles = "Bezug;Wer;Nummer\n"
    file = written("Dach;Uta Keller;0171 3920051\n", titles=titles)
    guessed = house.desk.imports.look(file)
    assert "message" not in guessed.titles
    mapping = {0: Field.MESSAGE, 1: Field.NAME, 2: Field.PHONE}
    assert house.desk.imports.look(file, mapping).titles == {
        "message": "Bezug",
        "name": "Wer",
        "phone": "Nummer",
    }
    assert not house.desk.imports.look(file).remembered
    house.desk.imports.run(file, mapping)
    other = written("Tor;Otto Tor;0171 3920052\n", titles=titles, name="other.csv")
    look = house.desk.imports.look(other)
    assert (look.remembered, look.titles["message"]) == (True, "Bezug")
    house.desk.imports.run(other)
    assert house.view(2).enquiries[0].message == "Tor"


# -- stopped, and taken back


def many(count: int) -> list[str]:
    return [f"1.11.2026 8:14;Guest {n};;g{n}@x.example;;Dach;;\n" for n in range(count)]


def test_progress_is_told_up_to_the_end(house: House, written: Written) -> None:
    heard: list[tuple[int, float]] = []
    house.desk.imports.run(written(*many(1000)), on_progress=lambda rows, part: heard.append((rows, part)))
    assert heard == sorted(heard)
    assert heard[-1] == (1000, 1.0)
    assert len(heard) >= 10


def apart(do: Callable[[], object]) -> None:
    """Does it on another connection, as a watcher would."""
    thread = threading.Thread(target=do)
    thread.start()
    thread.join()


def test_who_comes_in_while_a_file_is_read_is_stored_at_once_and_known_to_it(
    house: House, written: Written
) -> None:
    came: list[int] = []

    def heard(rows: int, part: float) -> None:
        if not came:
            apart(lambda: came.append(house.desk.leads.add(name="Uta", email="g7@x.example").lead))

    done = house.desk.imports.run(written(*many(300)), on_progress=heard)
    assert came == [1]
    assert counts(done)[0] == 299
    assert done.known == 1


def test_an_import_that_is_cancelled_while_it_is_written_changes_nothing(
    house: House, written: Written
) -> None:
    parts: list[float] = []
    with pytest.raises(Refused, match="cancelled"):
        house.desk.imports.run(
            written(*many(300)),
            on_progress=lambda rows, part: parts.append(part),
            is_cancelled=lambda: bool(parts) and parts[-1] >= 0.6,
        )
    assert house.desk.store.bulk.totals().leads == 0
    assert house.desk.imports.batches() == ()


def test_a_cancelled_import_changes_nothing(house: House, written: Written) -> None:
    file = written(*many(9000))
    asked = iter([False, True])
    with pytest.raises(Refused, match="Nothing was changed"):
        house.desk.imports.run(file, is_cancelled=lambda: next(asked))
    assert house.desk.store.bulk.totals().leads == 0
    assert house.desk.imports.batches() == ()
    assert not [n for n in house.news if isinstance(n, ImportChanged)]


def test_an_import_is_taken_back_but_for_what_was_worked_with(house: House, written: Written) -> None:
    done = house.desk.imports.run(written(UTA, EMIL))
    assert done.id is not None
    house.desk.decide.note(2, "called him")
    undone = house.desk.imports.undo(done.id)
    assert (undone.file, undone.removed, undone.kept) == ("people.csv", 1, 1)
    assert [row.name for row in house.queue()] == ["Emil Koch"]
    (batch,) = house.desk.imports.batches()
    assert (batch.new, batch.undone_at) == (2, house.desk.clock.now())
    with pytest.raises(Refused):
        house.desk.leads.show(1)
    with pytest.raises(Refused, match="taken back before"):
        house.desk.imports.undo(done.id)


def test_an_address_that_they_have_written_from_since_is_not_taken_away_again(
    house: House, written: Written
) -> None:
    house.desk.store.accounts.add(account())
    uta = house.desk.leads.add(name="Uta Keller", phone="+49 171 3920051").lead
    done = house.desk.imports.run(written(UTA))
    assert house.lands_as_lead(letter("When?", sender="Uta Keller <uta@keller.example>")) == uta
    assert done.id is not None
    assert house.desk.imports.undo(done.id).emptied == 0
    assert house.desk.reply.draft(uta).to == ("uta@keller.example",)


def test_cards_with_a_dozen_addresses_each_are_looked_up(house: House, tmp_path: Path) -> None:
    """More keys than SQLite takes values in one question."""
    house.desk.leads.add(name="Uta Keller", email="p7@firm2999.example")
    emails = "".join(f"EMAIL:p{place}@firm{{0}}.example\n" for place in range(12))
    card = "BEGIN:VCARD\nVERSION:3.0\nFN:Person {0}\n" + emails + "END:VCARD\n"
    file = tmp_path / "people.vcf"
    file.write_text("".join(card.format(number) for number in range(3000)))
    assert counts(house.desk.imports.dry_run(file)) == (2999, 0, 1, 0, 0)


def test_undo_of_the_last_deed_does_not_touch_an_import(house: House, written: Written) -> None:
    house.desk.imports.run(written(UTA, ";A Contact;;contact@x.example;;;;\n"))
    with pytest.raises(Refused, match="nothing to take back"):
        house.desk.decide.undo()


def test_a_large_file_costs_no_memory_of_its_size(house: House, written: Written) -> None:
    import tracemalloc

    file = written(*many(30_000))
    house.desk.imports.look(file)
    tracemalloc.start()
    try:
        house.desk.imports.dry_run(file)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 30_000_000


# -- one telephone for several

STAFF = ("Anna Beck", "Tom Maier", "Li Wu")


def staff(name: str, email: str = "") -> str:
    return f";{name};Beck GmbH;{email};030 23125440;;;\n"


def test_colleagues_with_one_switchboard_are_as_many_leads_and_come_twice_as_little(
    house: House, written: Written
) -> None:
    file = written(*(staff(name, f"{name[:2].lower()}@beck.example") for name in STAFF), staff("Li Wu"))
    assert counts(house.desk.imports.run(file)) == (3, 0, 1, 0, 0)
    people = [house.lead(number).person for number in (1, 2, 3)]
    assert [(p.name, p.emails) for p in people] == [
        (name, (f"{name[:2].lower()}@beck.example",)) for name in STAFF
    ]
    assert counts(house.desk.imports.run(written(staff("Tom Maier"), staff("Anna Beck")))) == (0, 0, 2, 0, 0)
    assert counts(house.desk.imports.run(written(staff("Bo Lind", "bo@beck.example")))) == (1, 0, 0, 0, 0)


def test_a_known_number_with_another_address_and_no_telling_name_is_doubtful(
    house: House, written: Written
) -> None:
    house.desk.leads.add(name="Anna Beck", email="anna@beck.example", phone="+49 30 23125440", message="x")
    tried = house.desk.imports.dry_run(written(staff("Frau Beck", "office@beck.example")))
    assert (counts(tried), tried.problems[0].why) == (
        (0, 0, 0, 1, 0), "Perhaps Anna Beck, who has the same number.",
    )  # fmt: skip


def test_an_address_that_a_second_row_told_names_them_in_a_third(house: House, written: Written) -> None:
    rows = (staff("Anna Beck", "anna@beck.example"), staff("Anna Beck", "a@home.example"))
    file = written(*rows, ";Anna Beck;;a@home.example;;;;\n")
    assert counts(house.desk.imports.run(file)) == (1, 0, 2, 0, 0)

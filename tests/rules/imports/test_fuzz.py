"""Both readers under noise: nothing uncaught, nothing over a second, with a fixed seed and count."""

from __future__ import annotations

import time

from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from leaddesk.rules.capture.phones import Regions
from leaddesk.rules.imports.cards import CardContacts
from leaddesk.rules.imports.contacts import Contacts
from leaddesk.rules.imports.encoding import encoding_of, sampled
from leaddesk.rules.imports.vcard import cards
from leaddesk.rules.imports.vcard_lines import lines_in
from tests.bench.scoring import CORPORA
from tests.rules.imports.reading import Read

LIMIT_SECONDS = 1.0
_FILES = {ending: [p.read_bytes()[:20_000] for p in sorted((CORPORA / folder).glob(f"*{ending}"))]
          for folder, ending in (("csv", ".csv"), ("vcard", ".vcf"))}  # fmt: skip
_PIECES = (
    b'"', b'""', b",", b";", b"\t", b"|", b"\r", b"\n", b"\r\n", b"\x00", b"=", b"'", b"@", b"\xff", b"\xc3",
    b"sep=", b"=\r\n", b"BEGIN:VCARD\r\n", b"END:VCARD\r\n", b"AGENT:\r\n", b"N:",
    b";ENCODING=QUOTED-PRINTABLE",
    b"ENCODING=B:", b":", b"\\", b" ", b"4.9E+11", b"2026-11-09", b"a@b.example", b"\x1b$B", b"\xfe\xff",
    b"\xe2\x90\x9f",
)  # fmt: skip


@st.composite
def mutated(draw: st.DrawFn, ending: str) -> bytes:
    """A file of the corpus with pieces cut out, doubled, or put in where they hurt."""
    raw = bytearray(draw(st.sampled_from(_FILES[ending])))
    for _ in range(draw(st.integers(0, 12))):
        place, size = draw(st.integers(0, len(raw))), draw(st.integers(0, 40))
        piece = draw(st.sampled_from(_PIECES) | st.binary(max_size=6)) * draw(st.sampled_from((1, 1, 1, 200)))
        raw[place : place + size] = piece
    return bytes(raw)


def read_table(raw: bytes) -> None:
    found = Read(raw, Regions(("DE",)))
    reader = Contacts(found.table, found.regions, found.zone)
    for row in found.rows:
        assert row.line >= 1
        reader.values(row)
        contact = reader.contact(row)
        assert bool(contact.unusable) != bool(contact.name or contact.company or contact.keys)


def read_cards(raw: bytes) -> None:
    reader = CardContacts(Regions(("DE",)))
    for card in cards(lines_in([raw]), encoding_of(sampled([raw]))):
        reader.values(card)
        reader.contact(card)


def within_a_second(read: object, raw: bytes) -> None:
    assert callable(read)
    start = time.process_time()
    read(raw)
    assert time.process_time() - start < LIMIT_SECONDS


@given(mutated(".csv") | st.binary(max_size=2000))
@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@seed(20261124)
def test_no_table_hurts(raw: bytes) -> None:
    within_a_second(read_table, raw)


@given(mutated(".vcf") | st.binary(max_size=2000))
@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@seed(20261124)
def test_no_card_hurts(raw: bytes) -> None:
    within_a_second(read_cards, raw)


def test_what_was_made_to_hurt_is_read_in_a_second() -> None:
    size = 100_000
    for piece in (
        b'"', b",", b'"\n', b'x,"a\n', b"a", b"\n", b"1", b"1 ", b"@", b"a@", b"0171 ", b"=", b"\xc3\xa4",
        b"\xff\xfe", b"\x81\x40", b"'", b"9.9.26 ", b"a.b@c.", b"(1)", b"+49 ", b"E+1",
    ):  # fmt: skip
        within_a_second(read_table, piece * (size // len(piece)))
        within_a_second(read_table, b"Name,Email,Phone\nAnn,a@b.example," + piece * (size // len(piece)))
    for start, piece in (
        (b"", b"BEGIN:VCARD\n"), (b"BEGIN:VCARD\nN:", b";"), (b"BEGIN:VCARD\nFN:", b"\\"),
        (b"BEGIN:VCARD\nFN;", b";"), (b"BEGIN:VCARD\nFN;ENCODING=QUOTED-PRINTABLE:", b"=\n"),
        (b"BEGIN:VCARD\n", b" \n"), (b"BEGIN:VCARD\nTEL:", b"1 "), (b"BEGIN:VCARD\nFN:", b'"'),
        (b"BEGIN:VCARD\n", b"AGENT:\nBEGIN:VCARD\n"), (b"BEGIN:VCARD\nEMAIL:", b"a@"),
    ):  # fmt: skip
        within_a_second(read_cards, start + piece * (size // len(piece)))


def test_the_corpus_is_there_to_be_mutated() -> None:
    assert len(_FILES[".csv"]) >= 40
    assert len(_FILES[".vcf"]) >= 20

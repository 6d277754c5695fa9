"""Bad input by its row in FAULTS: charsets that lie (C19), bombs (T8), look-alikes (T5), XML (T10)."""

from __future__ import annotations

import codecs
import re
import time

import pytest

from leaddesk.rules.capture.mailing import shipped_mailing
from leaddesk.rules.capture.read import read
from leaddesk.words.mail import Known, MailKind
from tests.rules.capture.letters import letter
from tests.rules.capture.test_patterns import SEEDS, SIZE

US = Known(own_addresses=frozenset({"info@firm.example"}), own_domains=frozenset({"firm.example"}))
ADF = (
    "<adf><prospect><customer><contact><name part='full'>{name}</name><email>ann@beck.example</email>"
    "</contact><comments>{comments}</comments></customer></prospect></adf>"
)

# -- T10: lead data in XML


def _doctype(entities: str) -> str:
    return f'<?xml version="1.0"?><!DOCTYPE adf [{entities}]>'


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "lol"}">' for n in range(10))
BITING = {
    "a billion laughs": _doctype(LAUGHS) + ADF.format(name="Ann Beck", comments="&l9;"),
    "a long entity, often": _doctype(f'<!ENTITY q "{"q" * 50_000}">')
    + ADF.format(name="Ann Beck", comments="&q;" * 5000),
    "a file of ours": _doctype('<!ENTITY f SYSTEM "file:///ours">')
    + ADF.format(name="Ann Beck", comments="&f;"),
    "a page of theirs": _doctype('<!ENTITY % p SYSTEM "http://203.0.113.9/x.dtd"> %p;')
    + ADF.format(name="Ann Beck", comments="x"),
    "an included file": ADF.format(
        name="Ann Beck",
        comments='<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///ours"/>x',
    ),
    "a DTD alone": '<!DOCTYPE adf SYSTEM "http://203.0.113.9/a.dtd">'
    + ADF.format(name="Ann Beck", comments="x"),
}


@pytest.mark.parametrize("case", BITING)
def test_xml_that_bites_is_read_as_words_and_nothing_is_expanded_or_fetched(case: str) -> None:
    start = time.process_time()
    reading = read(BITING[case].encode(), US)
    assert time.process_time() - start < 1
    assert (reading.name, reading.email) == ("Ann Beck", "ann@beck.example")
    assert "lollol" not in reading.message
    assert "qqq" not in reading.message
    assert reading.message in ("x", BITING[case].partition("<comments>")[2].partition("</comments>")[0]), case


@pytest.mark.parametrize("charset", ["utf-16", "utf-16-le", "utf-7", "utf-32"])
def test_xml_in_an_odd_charset_raises_nothing(charset: str) -> None:
    declared = f'<?xml version="1.0" encoding="{charset}"?>' + ADF.format(name="Ann Beck", comments="x")
    reading = read(codecs.encode(declared, charset), US)
    assert isinstance(reading.kind, MailKind)
    assert "\0" not in reading.text


# -- T8: bombs

BOMBS = {
    "200,000 addresses in To": letter(to=", ".join(f"a{n}@b.example" for n in range(200_000))),
    "a header of 5 MB": letter(headers={"X-Bomb": "x" * 5_000_000}),
    "a subject of encoded words": letter(subject="=?utf-8?b?QUFB?= " * 50_000),
    "references without end": letter(headers={"References": "<a@b.example> " * 100_000}),
    "parameters without end": letter(headers={"Content-Type": "text/plain; " + "a=b; " * 100_000}),
    "a boundary everywhere": b'From: a@b.example\nContent-Type: multipart/mixed; boundary="-"\n\n'
    + b"---\n" * 300_000,
    "base64 of nothing": letter(
        "A <a@b.example>", body="=" * 2_000_000, headers={"Content-Transfer-Encoding": "base64"}
    ),
    "10 MB of quoted-printable": letter(
        body="=41" * 3_000_000, headers={"Content-Transfer-Encoding": "quoted-printable"}
    ),
    "tables in tables": letter(html="<table><tr><td>" * 20_000 + "x"),
    "a style of a megabyte": letter(html=f"<div style='{'a:b;' * 250_000}'>x</div>"),
    "a quote of quotes": letter(body="\n".join(">" * n + " x" for n in range(1, 1500))),
    "signatures without end": letter(body="Kind regards\n\nAnn Beck\n" * 20_000),
    "unsubscribe without end": letter(body="Unsubscribe from this newsletter. " * 20_000),
}


@pytest.mark.parametrize("case", BOMBS)
def test_a_bomb_is_read_within_its_bounds(case: str) -> None:
    start = time.process_time()
    reading = read(BOMBS[case], US)
    assert time.process_time() - start < 1.5
    assert len(reading.text) <= 200_000
    assert len(reading.to) <= 200
    assert len(reading.references) <= 100


# -- T5: who it says it is, and who it is

LOOKALIKES = {
    "an address as a name": ("info@firm.example <x@evil.example>", "x@evil.example"),
    "Cyrillic letters": ("Ann <ann@b\u0435ck.example>", "ann@xn--bck-rdd.example"),
    "two addresses": ("Ann <ann@beck.example>, Bob <bob@firm.example>", "ann@beck.example"),
    "our name in a comment": ("x@evil.example (info@firm.example)", "x@evil.example"),
    "a turned address": ("Ann <x@evil.example\u202e>", "x@evil.example"),
}


@pytest.mark.parametrize("case", LOOKALIKES)
def test_the_address_is_told_and_never_the_name_for_it(case: str) -> None:
    sender, address = LOOKALIKES[case]
    reading = read(letter(sender, return_path="<x@evil.example>"), US)
    assert reading.from_email in (address, sender.rpartition("<")[2].rstrip(">"))
    assert "\u202e" not in f"{reading.from_email}{reading.from_name}"
    assert reading.kind is not MailKind.OWN


# -- C19: charsets

LYING = {
    "utf-8 called latin": ("iso-8859-1", "Gr\u00fc\u00dfe".encode(), "Gr\u00fc\u00dfe"),
    "latin called utf-8": ("utf-8", "Gr\u00fc\u00dfe".encode("cp1252"), "Gr\ufffd\ufffde"),
    "cp1252 called latin": ("iso-8859-1", "\u201eja\u201c".encode("cp1252"), "\u201eja\u201c"),
    "an invented one": ("x-martian", "Gr\u00fc\u00dfe".encode(), "Gr\u00fc\u00dfe"),
    "a codec that is none": ("zlib_codec", b"abc", "abc"),
    "none, 8 bit": ("", "Gr\u00fc\u00dfe".encode("cp1252"), "Gr\u00fc\u00dfe"),
    "Japanese as it says": ("iso-2022-jp", "\u304a\u898b\u7a4d".encode("iso2022_jp"), "\u898b\u7a4d"),
}


@pytest.mark.parametrize("case", LYING)
def test_a_lying_charset_costs_at_most_the_letters_it_lies_about(case: str) -> None:
    charset, body, found = LYING[case]
    kind = f"text/plain; charset={charset}" if charset else "text/plain"
    raw = b"From: a@b.example\nContent-Type: " + kind.encode() + b"\n\n" + body + b"\n"
    assert found in read(raw, US).text


# -- T9: the patterns that words meet in


@pytest.mark.parametrize(
    "seed", [*SEEDS[:8], "your ", "keine ", "meld je ", "code 1234 ", "no longer email "]
)
def test_the_words_of_mailings_are_looked_for_in_linear_time(seed: str) -> None:
    words = shipped_mailing()
    text = (seed * (SIZE // len(seed) + 1))[:SIZE]
    for pattern in (*words.words.values(), *words.things.values(), *words.alone.values(), *words.we.values()):
        took = min(_seconds(pattern, text) for _ in range(1 if seed == "a" else 2))
        assert took < 0.3, pattern.pattern[:60]


def _seconds(pattern: re.Pattern[str], text: str) -> float:
    start = time.process_time()
    sum(1 for _ in pattern.finditer(text))
    return time.process_time() - start

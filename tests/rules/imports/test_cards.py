"""Cards of every version and of programs that never read the standard."""

from __future__ import annotations

import pytest

from leaddesk.rules.capture.phones import Regions
from leaddesk.rules.imports.cards import CardContacts
from leaddesk.rules.imports.vcard import Card, cards, holds_cards
from leaddesk.rules.imports.vcard_lines import lines_in
from leaddesk.words.imports import Contact

READER = CardContacts(Regions(()))


def card(*lines: str | bytes, version: str = "3.0") -> bytes:
    whole = [b"BEGIN:VCARD", f"VERSION:{version}".encode(), *_bytes(lines), b"END:VCARD", b""]
    return b"\r\n".join(whole)


def _bytes(lines: tuple[str | bytes, ...]) -> list[bytes]:
    return [line.encode() if isinstance(line, str) else line for line in lines]


def read(raw: bytes, encoding: str = "utf-8") -> list[Card]:
    return list(cards(lines_in([raw]), encoding))


def values(*lines: str | bytes, version: str = "3.0") -> dict[str, str | None]:
    (found,) = read(card(*lines, version=version))
    return READER.values(found)


def contact(*lines: str | bytes) -> Contact:
    (found,) = read(card(*lines))
    return READER.contact(found)


NAMES = {
    "as shown": (("N:Keller;Uta;;Dr.;", "FN:Dr. Uta Keller"), "Dr. Uta Keller"),
    "of its parts, titles kept": (("N:Keller;Uta;Maria;Dr.;PhD",), "Dr. Uta Maria Keller PhD"),
    "of its parts, family first": (("N:佐藤;花子;;;",), "佐藤 花子"),
    "with escapes": ((r"FN:Gail Pruett\, Esq.",), "Gail Pruett, Esq."),
    "quoted-printable": (
        ("FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:J=C3=B6rdis=20Gro=C3=9F",),
        "Jördis Groß",
    ),
    "quoted-printable over two lines": (
        ("FN;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:J=C3=BCrgen=20=", "M=C3=BCller"),
        "Jürgen Müller",
    ),
    "quoted-printable in parts": (
        ("N;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:Sch=C3=B6n;=C3=84nne",),
        "Änne Schön",
    ),
    "base64": (("FN;ENCODING=B;CHARSET=UTF-8:WsO2ZQ==",), "Zöe"),
    "in another charset": ((b"FN;CHARSET=Windows-1252:G\xf6tz Ahrens",), "Götz Ahrens"),
    "in a charset that nobody knows": (("FN;CHARSET=X-NONE:Zoë",), "Zoë"),
    "folded inside a sign": ((b"FN:Bj\xc3", b" \xb6rn H\xc3\xa4user"), "Björn Häuser"),
    "folded with a tab": (("FN:Björn", "\t Häuser"), "Björn Häuser"),
    "in a group": (("item1.FN:Uta Keller",), "Uta Keller"),
    "in small letters": (("fn:Uta Keller",), "Uta Keller"),
    "with a colon in a parameter": (('FN;X-LABEL="a:b;c":Uta Keller',), "Uta Keller"),
    "a company's": (("N:;;;;", "FN:Steinbau KG", "ORG:Steinbau KG;", "X-ABShowAs:COMPANY"), None),
    "a company's, kind told": (("FN:Steinbau KG", "KIND:org"), None),
    "nobody's": (("TEL:555-0101",), None),
}


@pytest.mark.parametrize(("lines", "name"), NAMES.values(), ids=NAMES)
def test_the_name_is_read(lines: tuple[str | bytes, ...], name: str | None) -> None:
    assert values(*lines)["name"] == name


PHONES = {
    "the preferred": (("TEL;TYPE=HOME:1234561", "TEL;TYPE=CELL,PREF:1234562"), "1234562"),
    "the preferred of 4.0": (("TEL;PREF=2:1234561", "TEL;PREF=1:1234562"), "1234562"),
    "the preferred of 2.1": (("TEL;HOME:1234561", "TEL;PREF;CELL;VOICE:1234562"), "1234562"),
    "no fax, pager or modem": (
        ("TEL;FAX:1", "TEL;TYPE=WORK,FAX,PREF:1234561", "TEL;PAGER:1234562", "TEL:1234563"),
        "1234563",
    ),
    "of quoted types": (('TEL;TYPE="WORK,VOICE";VALUE=TEXT:08031 99 120',), "08031 99 120"),
    "as an address": (("TEL;VALUE=uri:tel:+44-7700-900462;ext=12",), "+44-7700-900462"),
    "without an extension": (("TEL:+1 555 010 0142 ext. 7",), "+1 555 010 0142"),
    "with an id of a messenger": (("TEL;type=CELL;waid=491713920051:+49 171 3920051",), "+49 171 3920051"),
    "a fax only": (("TEL;FAX:1234561",), None),
    "not empty": (("TEL:", "TEL:1234561"), "1234561"),
}


@pytest.mark.parametrize(("lines", "phone"), PHONES.values(), ids=PHONES)
def test_the_number_is_one_that_can_be_rung(lines: tuple[str, ...], phone: str | None) -> None:
    assert values("FN:X", *lines)["phone"] == phone


def test_addresses_and_company_are_read() -> None:
    told = values(
        "FN:Gail",
        r"ORG:Pruett\, Sons & Co\; Law;Litigation",
        "EMAIL;TYPE=HOME:a@x.example",
        "EMAIL;PREF:b@x.example",
    )
    assert (told["company"], told["email"]) == ("Pruett, Sons & Co; Law", "b@x.example")
    assert values("FN:X", "EMAIL:mailto:a@x.example", "EMAIL;TYPE=x400:c=de;s=x")["email"] == "a@x.example"


def test_the_rest_is_kept_as_fields_and_pictures_are_not() -> None:
    told = contact(
        "FN:Uta Keller", "TITLE:Owner", "ADR;TYPE=WORK:;;Weg 3;Berlin;;10115;DE", r"NOTE:2. Stock\nhinten",
        "PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAB", " AgMEBQYH", "KEY;X509;ENCODING=BASE64:", "    MIIDITCC", "",
        "URL:https://keller.example", "EMAIL:uta@keller.example",
    )  # fmt: skip
    assert dict(told.fields) == {
        "Job title": "Owner", "Address": "Weg 3, Berlin, 10115, DE", "Web": "https://keller.example"
    }  # fmt: skip
    assert (told.message, told.asks) == ("2. Stock\nhinten", False)
    assert told.keys == (("email", "uta@keller.example", "uta@keller.example"),)


def test_a_card_inside_a_card_is_not_counted() -> None:
    raw = card("FN:Ann", "AGENT:", "BEGIN:VCARD", "FN:Her agent", "END:VCARD", "TEL:1234561") + card("FN:Bo")
    names = [READER.values(each)["name"] for each in read(raw)]
    assert names == ["Ann", "Bo"]
    assert READER.values(read(raw)[0])["phone"] == "1234561"


def test_a_card_that_never_ends_is_one() -> None:
    raw = b"BEGIN:VCARD\nFN:Ann\nBEGIN:VCARD\nFN:Bo\n"
    assert [READER.values(each)["name"] for each in read(raw)] == ["Ann", "Bo"]
    assert [each.number for each in read(raw)] == [1, 2]


@pytest.mark.parametrize("end", [b"\r\n", b"\n", b"\r"])
@pytest.mark.parametrize("size", [1, 7, 100_000])
def test_line_ends_and_pieces_do_not_matter(end: bytes, size: int) -> None:
    raw = (card("FN:Ann", "EMAIL:a@x.example") + card("FN:Bo")).replace(b"\r\n", end)
    pieces = [raw[start : start + size] for start in range(0, len(raw), size)]
    assert [READER.values(each)["name"] for each in cards(lines_in(pieces), "utf-8")] == ["Ann", "Bo"]


def test_a_card_without_anybody_says_so() -> None:
    assert contact("KIND:group", "UID:1").unusable == "No name, no address and no number."
    assert contact("FN:Ann").unusable == ""


def test_a_value_without_end_costs_no_memory() -> None:
    raw = b"BEGIN:VCARD\r\nNOTE:x" + b"\r\n y" * 200_000 + b"\r\nFN:Ann\r\nEND:VCARD\r\n"
    (found,) = read(raw)
    assert READER.values(found)["name"] == "Ann"
    assert len(READER.contact(found).message) <= 200_000


def test_cards_are_known_by_their_first_words() -> None:
    assert holds_cards(b"\xef\xbb\xbf\r\nbegin:vcard\r\n")
    assert holds_cards("BEGIN:VCARD\r\n".encode("utf-16"))
    assert not holds_cards(b"Name,Email\r\nBEGIN:VCARD,x\r\n")

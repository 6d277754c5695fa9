"""Short lists of names in every encoding that programs have written them in."""

from __future__ import annotations

import random

import pytest

from leaddesk.rules.imports.encoding import encoding_of, sampled

TEXTS = {
    "de": ("Jürgen Weiß", "Änne Schön", "Götz Müller", "Köln", "Kasten für 200 €", "Küche – Bad"),
    "fr": ("Hélène Garçon", "Œuvrard Zoé", "Benoît Noël", "l’été", "Devis à 200 €", "Où êtes-vous ?"),
    "es": ("Íñigo Peña", "María Núñez", "José Ángel", "Málaga", "¿Pintan persianas?", "Mañana por la tarde"),
    "pt": ("João Gonçalves", "Conceição Araújo", "São Paulo", "Évora", "Não há pressa", "um orçamento"),
    "sv": ("Åsa Öberg", "Jörgen Sjögren", "Malmö", "Västerås", "Kan ni måla huset?", "tack på förhand"),
    "pl": ("Łukasz Żak", "Małgorzata Wiśniewska", "Zbigniew Śliwa", "Łódź", "Gdańsk", "Proszę o wycenę"),
    "cs": ("Jiří Dvořák", "Tomáš Růžička", "Žaneta Šťastná", "Plzeň", "Ústí", "prosím o nabídku"),
    "hu": ("Szőke Gergő", "Kővári Ágnes", "Győr", "Székesfehérvár", "Kérem az árajánlatot"),
    "tr": ("Ömer Yıldız", "Ayşe Çağlar", "Işık Güneş", "İstanbul", "Fiyat alabilir miyim?"),
    "ru": ("Анна Иванова", "Пётр Сидоров", "Москва", "Нужен ремонт", "Пришлите цену, пожалуйста"),
    "el": ("Γιώργος Παπαδόπουλος", "Μαρία Νίκου", "Αθήνα", "Θα ήθελα μια προσφορά"),
    "he": ("דוד כהן", "שרה לוי", "חיפה", "תל אביב", "אשמח להצעת מחיר"),
    "ja": ("佐藤 花子", "田中 一郎", "佐藤工房", "外壁の塗装をお願いします", "見積もり希望"),
    "zh": ("李娜", "王伟", "丽娜贸易有限公司", "请报价，外墙涂料", "需要样品"),
    "zt": ("李娜", "王偉", "麗娜貿易有限公司", "請報價，外牆塗料", "需要樣品"),
    "ko": ("김민수", "박지영", "민수상사", "견적 부탁드립니다", "샘플이 필요합니다"),
}  # fmt: skip
ENCODINGS = {
    "de": ("cp1252", "iso8859-15", "mac-roman", "cp850", "cp437"),
    "fr": ("cp1252", "iso8859-15", "mac-roman", "cp850"),
    "es": ("cp1252", "mac-roman", "cp850"),
    "pt": ("cp1252", "cp850"),
    "sv": ("cp1252", "mac-roman", "cp850"),
    "pl": ("cp1250", "iso8859-2", "cp852"),
    "cs": ("cp1250", "iso8859-2"),
    "hu": ("cp1250", "iso8859-2"),
    "tr": ("cp1254",),
    "ru": ("cp1251", "koi8-r", "cp866"),
    "el": ("cp1253", "iso8859-7"),
    "he": ("cp1255",),
    "ja": ("cp932", "euc_jp", "iso2022_jp"),
    "zh": ("gb18030",),
    "zt": ("big5",),
    "ko": ("cp949",),
}
CASES = [(language, encoding) for language, encodings in ENCODINGS.items() for encoding in encodings]


@pytest.mark.parametrize(("language", "encoding"), CASES)
def test_a_short_list_reads_as_it_was_written(language: str, encoding: str) -> None:
    chance = random.Random(f"{language} {encoding}")
    for rows in (1, 2, 3, 5, 8):
        words = [chance.choice(TEXTS[language]) for _ in range(3 * rows)]
        lines = [f"{a};{b};{c};x@firma.example\r\n" for a, b, c in zip(*[iter(words)] * 3, strict=True)]
        raw = ("Name;City;Message;Email\r\n" + "".join(lines)).encode(encoding, "ignore")
        assert raw.decode(encoding_of(sampled([raw]))) == raw.decode(encoding)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_unicode_is_told_with_and_without_its_mark(encoding: str) -> None:
    text = "Name;Email\r\nZoë Çelik;zoe@celik.example\r\n" * 3
    raw = text.encode(encoding)
    assert raw.decode(encoding_of(sampled([raw]))) == text


def test_a_line_from_elsewhere_does_not_make_a_file_something_else() -> None:
    raw = "Jürgen, Änne, Götz, Käthe, Björn\n".encode() * 20 + "Müller\n".encode("cp1252")
    assert encoding_of(sampled([raw])) == "utf-8"


def test_what_stands_far_behind_counts() -> None:
    plain = b"Ann Lee,ann@lee.example\r\n" * 40_000
    raw = plain + "Jürgen Weiß,j@weiss.example\r\nÄnne Schön,a@schoen.example\r\n".encode("cp1252")
    chunks = [raw[start : start + 65_536] for start in range(0, len(raw), 65_536)]
    assert encoding_of(sampled(chunks)) == "cp1252"


def test_a_sign_that_is_cut_by_a_piece_is_whole() -> None:
    raw = "Zoë Çelik;zoe@celik.example\r\n".encode() * 5
    assert encoding_of(sampled(raw[place : place + 1] for place in range(len(raw)))) == "utf-8"


def test_square_metres_are_no_odd_word() -> None:
    raw = "Nom;Projet\r\nLéa Dubois;Véranda 12 m²\r\n".encode("cp1252")
    assert encoding_of(sampled([raw])) == "cp1252"

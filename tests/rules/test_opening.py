"""A first answer opens by where the enquiry came from."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from leaddesk.rules.first_reply import Phrases, asked_words, phrases_for, read_phrases
from leaddesk.rules.opening import chosen_words, kind_of, opening, page_of
from leaddesk.rules.template import unresolved
from leaddesk.words.lead import Certainty, Channel, Enquiry, Source
from leaddesk.words.writing import Kind

RESOURCES = Path(__file__).parents[2] / "resources"
PHRASES = read_phrases((RESOURCES / "templates/first-reply.toml").read_text(encoding="utf-8"))
AT = datetime(2026, 6, 8, 9, tzinfo=UTC)


def enquiry(channel: Channel = Channel.FORM, mail: int | None = 1) -> Enquiry:
    return Enquiry(
        lead=1, channel=channel, received_at=AT, seen_at=AT, message="do you fit dormers?", mail=mail
    )


def website(page: str, **evidence: str) -> Source:
    url = f"https://lofts.example/{page}"
    return Source("Website", Certainty.STATED, {"page_url": url, **evidence})


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        (website("pricing"), Kind.PRICING),
        (website("de/preise.html"), Kind.PRICING),
        (website("nos-tarifs/"), Kind.PRICING),
        (website("loft/what-it-costs?x=1"), Kind.PRICING),
        (website("pricing", utm_medium="email"), Kind.PRICING),
        (website("surprises"), Kind.UNKNOWN),
        (Source("Portal: Checkatrade", Certainty.DERIVED, {"vendor": "Checkatrade"}), Kind.PORTAL),
        (Source("Newsletter: October", Certainty.STATED, {"utm_medium": "email"}), Kind.NEWSLETTER),
        (Source("Website", Certainty.STATED, {"first_touch": "joined on 3 Oct"}), Kind.NEWSLETTER),
        (Source("Referral: partner.example", Certainty.STATED, {"referrer": "x"}), Kind.REFERRAL),
        (Source("Said: my neighbour", Certainty.ASKED), Kind.REFERRAL),
        (Source("Said: Empfehlung eines Freundes", Certainty.ASKED), Kind.REFERRAL),
        (Source("Said: Google", Certainty.ASKED), Kind.UNKNOWN),
        (Source(), Kind.UNKNOWN),
    ],
)
def test_the_source_tells_the_kind(source: Source, kind: Kind) -> None:
    assert kind_of(enquiry(), source) is kind


def test_a_call_that_a_mail_told_of_was_missed_and_one_written_down_was_taken() -> None:
    assert kind_of(enquiry(Channel.CALL), Source()) is Kind.MISSED_CALL
    assert kind_of(enquiry(Channel.CALL, mail=None), Source()) is Kind.CALL


@pytest.mark.parametrize("language", sorted(PHRASES))
def test_two_enquiries_that_differ_only_in_their_page_open_differently(language: str) -> None:
    openings = PHRASES[language].openings
    pages = ("contact", "pricing", "loft-conversions", "roof-windows")
    told = [opening(enquiry(), website(page), openings) for page in pages]
    assert len(set(told)) == len(pages)
    assert "roof windows" in told[3]


@pytest.mark.parametrize("language", sorted(PHRASES))
def test_each_kind_opens_in_its_own_words_and_leaves_no_field_open(language: str) -> None:
    told = [PHRASES[language].openings.by_kind[kind.value] for kind in Kind]
    assert len(set(told)) == len(told)
    source = Source("Portal: Checkatrade", evidence={"vendor": "Checkatrade"})
    words = opening(enquiry(), source, PHRASES[language].openings)
    assert "Checkatrade" in words
    assert unresolved(words) == ()


def test_a_page_that_looks_like_a_template_is_only_a_word() -> None:
    source = website("about-%7B%7Bmy_name%7D%7D-and-lofts")
    assert "{{my name}}" in opening(enquiry(), source, PHRASES["en"].openings)


@pytest.mark.parametrize("page", ["", "index.html", "contact-us/contact", "?p=12", "a" * 90, "12/34"])
def test_a_page_whose_address_says_nothing_is_not_named(page: str) -> None:
    assert page_of(website(page)) == ""


def test_a_broken_address_names_nothing() -> None:
    assert page_of(Source("Website", evidence={"page_url": "https://[broken/pricing"})) == ""


def test_what_was_chosen_is_said() -> None:
    assert chosen_words(Kind.PRICING) == "First reply: pricing page, chosen by where they wrote"
    assert all(chosen_words(kind) for kind in Kind)


def test_what_they_asked_is_quoted_or_called_their_enquiry() -> None:
    english: Phrases = PHRASES["en"]
    assert asked_words("Do you fit dormers?", english) == "“Do you fit dormers”"
    assert asked_words("  ", english) == "your enquiry"


def test_phrases_are_in_their_language_else_english() -> None:
    assert phrases_for("Guten Tag, haben Sie Zeit für uns?", PHRASES) is PHRASES["de"]
    assert phrases_for("Ελληνικά", PHRASES) is PHRASES["en"]

"""The source of an enquiry in plain words: channel, campaign, pages of the visit, and how sure it is."""

from __future__ import annotations

import pytest

from leaddesk.rules.capture.read import read
from leaddesk.rules.capture.source_words import in_words
from leaddesk.words.lead import Certainty, Source
from leaddesk.words.mail import Known, MailKind, MailSource, Reading

SITE = "https://rowan-glazing.example"
FORM = """From: Rowan Glazing <wordpress@rowan-glazing.example>
To: office@rowan-glazing.example
Reply-To: ada.finch@example.org
Subject: New enquiry
Date: Tue, 20 Oct 2026 09:00:00 +0100

Name: Ada Finch
Email: ada.finch@example.org
Message: Could you replace a cracked pane in the porch?

"""


def source(rows: str) -> tuple[Source, MailSource]:
    """The source of a form's mail that ends in `rows`, in words and as read."""
    reading = read((FORM + rows).encode(), Known())
    assert reading.message == "Could you replace a cracked pane in the porch?"
    return in_words(reading, "office@rowan-glazing.example"), reading.source


def test_a_search_ad_gives_channel_campaign_landing_page_and_journey() -> None:
    landing = f"{SITE}/sash-windows/?utm_source=google&utm_medium=cpc&utm_campaign=sash_autumn&gclid=x1"
    words, told = source(
        f"Landing page: {landing}\n"
        f"Pages visited: {landing} > {SITE}/prices/ > {SITE}/contact/\n"
        f"Page: {SITE}/contact/\nReferrer: https://www.google.com/\n"
    )
    assert (words.text, words.certainty) == ("Google Ads: sash autumn", Certainty.STATED)
    assert told.landing_page == landing
    assert told.journey == (landing, f"{SITE}/prices/", f"{SITE}/contact/")
    assert words.evidence["journey"].endswith(f"{SITE}/contact/")
    assert words.evidence["utm_campaign"] == "sash_autumn"


def test_a_referral_is_named_by_its_domain() -> None:
    words, told = source(
        f"Landing page: {SITE}/restoration/\nJourney: {SITE}/restoration/ > {SITE}/gallery/\n"
        f"Page: {SITE}/contact/\nReferrer: https://www.oldhouses.example/forum/42\n"
    )
    assert (words.text, words.certainty) == ("Referral: oldhouses.example", Certainty.STATED)
    assert told.landing_page == f"{SITE}/restoration/"
    assert told.journey == (f"{SITE}/restoration/", f"{SITE}/gallery/", f"{SITE}/contact/")
    assert words.evidence["referrer"] == "https://www.oldhouses.example/forum/42"


def test_a_newsletter_is_named_with_its_very_issue() -> None:
    campaign = "utm_source=newsletter&utm_medium=email&utm_campaign=october-2026&utm_content=issue-14"
    landing = f"{SITE}/winter/?{campaign}"
    words, told = source(f"Landing page: {landing}\nJourney: {landing} -> /contact/\nPage: {SITE}/contact/\n")
    assert (words.text, words.certainty) == ("Newsletter: october 2026, issue 14", Certainty.STATED)
    assert told.landing_page == landing
    assert told.journey[-1].endswith("/contact/")
    assert words.evidence["landing_page"] == landing


@pytest.mark.parametrize(
    ("told", "text", "certainty"),
    [
        (MailSource(page_url=f"{SITE}/porch?gclid=a"), "Google Ads: porch page", Certainty.STATED),
        (MailSource(referrer="https://www.bing.com/", page_url=SITE), "Search: Bing", Certainty.DERIVED),
        (
            MailSource(referrer=f"{SITE}/blog/", page_url=f"{SITE}/prices.html"),
            "Website: prices page",
            Certainty.STATED,
        ),
        (MailSource(vendor="Homes Weekly"), "Portal: Homes Weekly", Certainty.DERIVED),
        (
            MailSource(utm_source="instagram", utm_medium="social", utm_campaign="fall"),
            "Instagram: fall",
            Certainty.STATED,
        ),
        (MailSource(form="Get a quote"), "Website: Get a quote", Certainty.STATED),
        (MailSource(page_url="https://[bad"), "Website: start page", Certainty.STATED),
    ],
)
def test_each_kind_of_evidence_has_its_words(told: MailSource, text: str, certainty: Certainty) -> None:
    words = in_words(Reading(kind=MailKind.ENQUIRY, why=("",), source=told, form_notice=True), "")
    assert (words.text, words.certainty) == (text, certainty)


def test_what_they_answered_themselves_is_told_as_asked() -> None:
    words, _ = source("How did you hear about us?: A neighbour, Mrs Poole\n")
    assert words.text == "Said: A neighbour, Mrs Poole"
    assert words.certainty is Certainty.ASKED
    assert words.evidence["How did you hear about us?"] == "A neighbour, Mrs Poole"


def test_a_letter_is_told_by_the_address_it_came_to() -> None:
    reading = Reading(kind=MailKind.ENQUIRY, why=("",), to=("office@rowan-glazing.example",))
    assert in_words(reading, "").text == "Email to office@rowan-glazing.example"

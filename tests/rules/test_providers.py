"""Providers: the shipped list is sound, and an address gets the servers that belong to it."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaddesk.rules.providers import by_host, clean_password, parse, propose
from leaddesk.words.account import Provider, Security, Server, SignIn
from leaddesk.words.errors import Unusable, Usage

PROVIDERS = parse((Path(__file__).parents[2] / "resources/providers.toml").read_text(encoding="utf-8"))
IDS = [provider.name for provider in PROVIDERS]


def named(name: str) -> Provider:
    return next(provider for provider in PROVIDERS if provider.name == name)


def test_the_shipped_list_knows_over_forty_providers() -> None:
    assert len(PROVIDERS) > 40


def test_no_name_and_no_domain_stands_twice() -> None:
    domains = Counter(domain for provider in PROVIDERS for domain in provider.domains)
    assert [domain for domain, count in domains.items() if count > 1] == []
    assert len(set(IDS)) == len(IDS)


@pytest.mark.parametrize("provider", PROVIDERS, ids=IDS)
def test_each_provider_is_encrypted_and_has_words_for_a_person(provider: Provider) -> None:
    for server in (provider.imap, provider.smtp):
        assert server is None or (server.security is not Security.PLAIN and 0 < server.port < 65536)
    assert provider.domains
    assert all(domain == domain.lower() and "." in domain for domain in provider.domains)
    assert provider.page.startswith("https://")
    assert all(sentence.endswith(".") for sentence in (*provider.steps, provider.note) if sentence)


@pytest.mark.parametrize("provider", PROVIDERS, ids=IDS)
def test_whoever_wants_more_than_a_password_says_what_to_do(provider: Provider) -> None:
    if provider.sign_in is SignIn.APP_PASSWORD:
        assert provider.note
        assert provider.steps
    if provider.sign_in is SignIn.BROWSER or provider.imap is None:
        assert provider.note


def test_a_gmail_address_gets_its_servers_and_an_app_password() -> None:
    proposal = propose(" Ann.Smith@GMail.com ", PROVIDERS)
    assert proposal.provider == named("Gmail")
    assert proposal.imap == (Server("imap.gmail.com", 993, Security.TLS),)
    assert proposal.smtp == (Server("smtp.gmail.com", 465, Security.TLS),)
    assert proposal.sign_in is SignIn.APP_PASSWORD
    assert proposal.user == proposal.email == "Ann.Smith@gmail.com"


@pytest.mark.parametrize("email", ["ann@hotmail.co.uk", "ann@live.nl", "ann@hillside.onmicrosoft.com"])
def test_a_microsoft_address_is_never_asked_for_a_password(email: str) -> None:
    proposal = propose(email, PROVIDERS)
    assert proposal.sign_in is SignIn.BROWSER
    assert proposal.provider is not None
    assert "browser" in proposal.provider.note


def test_some_providers_want_the_name_without_the_domain() -> None:
    assert propose("jeanne.martin@free.fr", PROVIDERS).user == "jeanne.martin"
    assert propose("taro@yahoo.co.jp", PROVIDERS).user == "taro"
    assert propose("ann@web.de", PROVIDERS).user == "ann@web.de"


def test_an_unknown_domain_gets_the_usual_names_with_implicit_tls_first() -> None:
    proposal = propose("info@hillside-lofts.example", PROVIDERS)
    assert proposal.provider is None
    assert proposal.sign_in is SignIn.PASSWORD
    assert [(s.host, s.port, s.security.value) for s in proposal.imap] == [
        ("imap.hillside-lofts.example", 993, "tls"),
        ("mail.hillside-lofts.example", 993, "tls"),
        ("hillside-lofts.example", 993, "tls"),
        ("imap.hillside-lofts.example", 143, "starttls"),
        ("mail.hillside-lofts.example", 143, "starttls"),
        ("hillside-lofts.example", 143, "starttls"),
    ]
    assert [(s.host, s.port) for s in proposal.smtp] == [
        ("smtp.hillside-lofts.example", 465),
        ("mail.hillside-lofts.example", 465),
        ("hillside-lofts.example", 465),
        ("smtp.hillside-lofts.example", 587),
        ("mail.hillside-lofts.example", 587),
        ("hillside-lofts.example", 587),
    ]


def test_a_domain_with_an_umlaut_is_looked_for_in_its_ascii_form() -> None:
    assert (
        propose("info@tischlerei-müller.example", PROVIDERS)
        .imap[0]
        .host.startswith("imap.xn--tischlerei-mller-")
    )


def test_a_domain_that_only_ends_alike_is_another_one() -> None:
    assert propose("ann@notgmail.com", PROVIDERS).provider is None


def test_proton_is_reached_through_its_bridge_on_this_computer() -> None:
    proposal = propose("ann@proton.me", PROVIDERS)
    assert proposal.imap[0].host == proposal.smtp[0].host == "127.0.0.1"
    assert "Bridge" in named("Proton Mail").note


def test_a_provider_that_lets_no_program_in_has_nothing_to_try() -> None:
    proposal = propose("ann@tuta.com", PROVIDERS)
    assert (proposal.imap, proposal.smtp) == ((), ())


@pytest.mark.parametrize(
    "email", ["", "ann", "ann@", "@gmail.com", "ann@gmail", "a b@gmail.com", "a\n@b.example"]
)
def test_what_is_no_address_is_refused_with_a_sentence(email: str) -> None:
    with pytest.raises(Usage, match="is not a mail address"):
        propose(email, PROVIDERS)


@pytest.mark.parametrize(
    ("host", "name"),
    [
        ("outlook.office365.com", "Outlook.com"),
        ("smtp.office365.com", "Microsoft 365"),
        ("IMAP-mail.outlook.com.", "Outlook.com"),
        ("imappro.zoho.eu", "Zoho Mail (Europe)"),
        ("imap.strato.de", "Strato"),
    ],
)
def test_a_server_typed_by_hand_tells_its_provider(host: str, name: str) -> None:
    assert by_host(host, PROVIDERS) == named(name)


def test_an_unknown_server_tells_none() -> None:
    assert by_host("mail.hillside-lofts.example", PROVIDERS) is None


def test_the_groups_of_an_app_password_are_joined() -> None:
    assert clean_password(" abcd efgh\u00a0ijkl mnop\n", SignIn.APP_PASSWORD) == "abcdefghijklmnop"
    assert clean_password("abcd efgh ijkl mnop", SignIn.PASSWORD) == "abcdefghijklmnop"


@pytest.mark.parametrize(
    "password", ["pass word", "abcd efgh ijkl mno1", "abcd efgh ijkl mnopq", "äbcd efgh ijkl mnop", " x ", ""]
)
def test_any_other_password_keeps_its_spaces(password: str) -> None:
    assert clean_password(password, SignIn.APP_PASSWORD) == password


@given(st.text(), st.sampled_from(SignIn))
def test_a_password_loses_nothing_but_white_space(password: str, sign_in: SignIn) -> None:
    cleaned = clean_password(password, sign_in)
    assert cleaned == password or (cleaned == "".join(password.split()) and len(cleaned) == 16)


@pytest.mark.parametrize("text", ["not toml", "", '[[provider]]\nname = "X"\n', "provider = 3"])
def test_a_broken_list_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(Unusable, match="cannot be read"):
        parse(text)

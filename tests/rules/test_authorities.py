"""Authorities: the shipped list is sound, and a mail server finds the one whose tokens it takes."""

from __future__ import annotations

from pathlib import Path

import pytest

from leaddesk.rules.authorities import by_host, named, parse
from leaddesk.words.account import Security, Server
from leaddesk.words.errors import Unusable, Usage
from leaddesk.words.sign_in import Authority

SHIPPED = parse((Path(__file__).parents[2] / "resources/authorities.toml").read_text(encoding="utf-8"))
ROW = """
[[authority]]
name = "own"
label = "Our own"
authorize = "https://sso.example/authorize"
token = "https://sso.example/token"
scopes = ["mail"]
imap = "imap.example:993 tls"
smtp = "smtp.example:465 tls"
"""


def test_microsoft_is_asked_for_mail_and_to_stay_signed_in() -> None:
    microsoft = named("microsoft", SHIPPED)
    assert set(microsoft.scopes) >= {
        "https://outlook.office.com/IMAP.AccessAsUser.All",
        "https://outlook.office.com/SMTP.Send",
        "offline_access",
    }
    assert microsoft.tenant == "common"
    assert microsoft.imap == Server("outlook.office365.com", 993, Security.TLS)
    assert microsoft.smtp == Server("smtp.office365.com", 587, Security.STARTTLS)


def test_google_is_asked_for_mail_and_for_a_refresh_token() -> None:
    google = named("google", SHIPPED)
    assert "https://mail.google.com/" in google.scopes
    assert dict(google.asks)["access_type"] == "offline"
    assert google.has_client_secret


@pytest.mark.parametrize("authority", SHIPPED, ids=lambda each: each.name)
def test_each_shipped_one_is_protected_and_has_words_for_the_owner(authority: Authority) -> None:
    for url in (authority.authorize_url, authority.token_url, authority.page):
        assert url.startswith("https://")
    assert all(sentence.endswith(".") for sentence in (authority.note, *authority.steps))
    assert authority.steps
    assert all(server.security is not Security.PLAIN for server in (authority.imap, authority.smtp))


@pytest.mark.parametrize(
    ("host", "name"),
    [
        ("outlook.office365.com", "microsoft"),
        (" SMTP.office365.com.", "microsoft"),
        ("imap.gmail.com", "google"),
    ],
)
def test_a_mail_server_finds_its_authority(host: str, name: str) -> None:
    assert by_host(host, SHIPPED) == named(name, SHIPPED)


def test_another_server_finds_none() -> None:
    assert by_host("imap.lofts.example", SHIPPED) is None


def test_a_name_that_nobody_has_is_wrong_usage() -> None:
    with pytest.raises(Usage, match="no sign-in called 'yahoo'"):
        named("yahoo", SHIPPED)


def test_an_own_authority_needs_only_its_addresses_and_servers() -> None:
    (own,) = parse(ROW)
    assert (own.redirect_host, own.tenant, own.admin_url, own.steps) == ("127.0.0.1", "", "", ())


def test_only_this_computer_may_be_spoken_to_without_encryption() -> None:
    here = ROW.replace("https://sso.example", "http://127.0.0.1:8080")
    assert parse(here)[0].token_url == "http://127.0.0.1:8080/token"
    for scheme in ("http://", "ftp://", "file:///", "//", ""):
        with pytest.raises(Unusable, match="is not protected"):
            parse(ROW.replace("https://", scheme))


@pytest.mark.parametrize(
    "text",
    ["", "not toml", "authority = 3", ROW.replace('name = "own"', ""), ROW + 'redirect = "evil.example"\n'],
)
def test_a_broken_list_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(Unusable, match="cannot be read"):
        parse(text)

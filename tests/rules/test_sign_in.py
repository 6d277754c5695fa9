"""What an authority's answers mean, and whose identity is believed."""

from __future__ import annotations

import base64
import json
import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaddesk.rules.authorities import named, parse
from leaddesk.rules.sign_in import admin_link, refused, signer_of
from leaddesk.words.account import Client
from leaddesk.words.sign_in import Refusal

SHIPPED = parse((Path(__file__).parents[2] / "resources/authorities.toml").read_text(encoding="utf-8"))
MICROSOFT, GOOGLE = named("microsoft", SHIPPED), named("google", SHIPPED)
CLIENT = Client(authority="microsoft", id="6731de76-14a6-49ae-97bc-6eba6914391e")


@pytest.mark.parametrize(
    ("error", "said", "refusal"),
    [
        ("access_denied", "AADSTS65004: User declined to consent to access the app.", Refusal.DENIED),
        ("access_denied", "", Refusal.DENIED),
        ("access_denied", "AADSTS90094: The grant requires admin permission.", Refusal.ADMINISTRATOR),
        ("invalid_grant", "AADSTS65001: The user or administrator has not consented", Refusal.ADMINISTRATOR),
        ("consent_required", "", Refusal.ADMINISTRATOR),
        ("invalid_grant", "AADSTS50105: The signed in user is not assigned a role", Refusal.ADMINISTRATOR),
        (
            "access_denied",
            "AADSTS53003: Access has been blocked by Conditional Access.",
            Refusal.ADMINISTRATOR,
        ),
        ("admin_policy_enforced", "", Refusal.ADMINISTRATOR),
        ("unauthorized_client", "AADSTS700016: Application with identifier was not found", Refusal.CLIENT),
        ("invalid_request", "AADSTS50011: The redirect URI does not match", Refusal.CLIENT),
        ("invalid_request", "AADSTS50194: Application is not configured as multi-tenant", Refusal.CLIENT),
        ("invalid_client", "The OAuth client was not found.", Refusal.CLIENT),
        (
            "invalid_grant",
            "AADSTS50173: The provided grant has expired due to it being revoked",
            Refusal.REVOKED,
        ),
        ("invalid_grant", "AADSTS700082: The refresh token has expired due to inactivity.", Refusal.REVOKED),
        ("invalid_grant", "Token has been expired or revoked.", Refusal.REVOKED),
        ("interaction_required", "AADSTS50076: you must use multi-factor authentication", Refusal.REVOKED),
        ("server_on_fire", "Something new", Refusal.OTHER),
        ("", "", Refusal.OTHER),
    ],
)
def test_each_answer_is_told_as_what_it_is(error: str, said: str, refusal: Refusal) -> None:
    told = refused(MICROSOFT, CLIENT, {"error": error, "error_description": said})
    assert told.refusal is refusal
    assert told.sentence
    assert told.mend


def test_the_address_for_the_administrator_names_the_firm_where_it_is_known() -> None:
    base = "https://login.microsoftonline.com"
    assert admin_link(MICROSOFT, CLIENT) == f"{base}/common/adminconsent?client_id={CLIENT.id}"
    assert admin_link(MICROSOFT, replace(CLIENT, tenant="lofts.example", id="a&b")) == (
        f"{base}/lofts.example/adminconsent?client_id=a%26b"
    )


def test_where_the_authority_has_no_such_page_the_person_is_told_to_ask() -> None:
    told = refused(GOOGLE, CLIENT, {"error": "admin_policy_enforced"})
    assert (told.link, told.mend) == ("", "Ask your administrator.")


@given(st.dictionaries(st.sampled_from(["error", "error_description", "suberror"]), st.text(max_size=2000)))
def test_whatever_an_authority_says_becomes_clean_sentences(answer: dict[str, str]) -> None:
    told = refused(MICROSOFT, CLIENT, answer)
    assert not {unicodedata.category(letter) for letter in told.sentence} & {"Cc", "Cf", "Cs", "Zl", "Zp"}
    assert len(told.sentence) < 400


# -- who signed in


def identity(**claims: object) -> str:
    told = {"aud": CLIENT.id, "nonce": "n", "email": "ana@lofts.example", **claims}
    body = base64.urlsafe_b64encode(json.dumps(told).encode()).rstrip(b"=").decode()
    return f"e30.{body}.sig"


@pytest.mark.parametrize(
    ("token", "signer"),
    [
        (identity(), "ana@lofts.example"),
        (identity(preferred_username="Ana@lofts.example"), "Ana@lofts.example"),
        (identity(aud=["other", CLIENT.id]), "ana@lofts.example"),
        (identity(email=None), ""),
        (identity(email="ana\r\n@x"), "ana @x"),
        (identity(nonce="other"), None),
        (identity(nonce=None), None),
        (identity(aud="other"), None),
        (identity(aud=[]), None),
        ("", None),
        ("a.b", None),
        ("a.!.c", None),
        ("a.W10.c", None),
    ],
)
def test_an_identity_counts_that_was_made_for_us_in_this_sign_in(token: str, signer: str | None) -> None:
    assert signer_of(token, CLIENT, "n") == signer


@given(
    st.text(max_size=300) | st.binary(max_size=200).map(lambda raw: f"a.{base64.b64encode(raw).decode()}.c")
)
def test_no_identity_raises(token: str) -> None:
    assert signer_of(token, CLIENT, "n") in (None, "")

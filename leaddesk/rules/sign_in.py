"""A sign-in with the browser in its words: what is asked, and what the authority's answer means."""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlencode

from leaddesk.rules.capture.clean import one_line
from leaddesk.words.account import Client
from leaddesk.words.errors import NotSignedIn
from leaddesk.words.sign_in import Authority, Refusal

_CODE = re.compile(r"AADSTS(\d{4,7})")
_WANTS_ADMINISTRATOR = frozenset(
    ("65001", "90094", "90095", "900941", "50105", "53000", "53001", "53002", "53003")
)
"""Microsoft's numbers for: nobody has allowed the program, an administrator must, a policy is in the way."""
_ADMINISTRATOR_WORDS = re.compile(r"admin(istrator)?[^.]{0,40}(consent|approv|allow|polic)", re.IGNORECASE)
_WRONG_CLIENT = frozenset(("700016", "50011", "500113", "50194", "7000218", "90002", "900144"))
"""Unknown program, unknown address to come back to, wrong directory, a secret is wanted."""
_CLIENT_ERRORS = ("invalid_client", "unauthorized_client", "redirect_uri_mismatch", "invalid_scope")


@dataclass(frozen=True, slots=True)
class Asking:
    """One sign-in's own words, never used twice (RFC 7636, OpenID Connect)."""

    redirect: str
    state: str = field(repr=False)
    nonce: str = field(repr=False)
    challenge: str
    hint: str = ""
    """Whose sign-in is proposed."""


def request_url(authority: Authority, client: Client, asking: Asking) -> str:
    """The address that the person's browser is sent to."""
    words = {
        "response_type": "code",
        "client_id": client.id,
        "redirect_uri": asking.redirect,
        "scope": " ".join(authority.scopes),
        "state": asking.state,
        "nonce": asking.nonce,
        "code_challenge": asking.challenge,
        "code_challenge_method": "S256",
        **({"login_hint": asking.hint} if asking.hint else {}),
        **dict(authority.asks),
    }
    return f"{at_tenant(authority.authorize_url, authority, client)}?{urlencode(words, quote_via=quote)}"


def at_tenant(url: str, authority: Authority, client: Client) -> str:
    """An address of the authority's for the client's own directory."""
    return url.replace("{tenant}", quote(client.tenant or authority.tenant, safe=""))


def admin_link(authority: Authority, client: Client) -> str:
    """What to forward to the administrator; empty where the authority has no such page."""
    return at_tenant(authority.admin_url, authority, client).replace("{client}", quote(client.id, safe=""))


def refused(authority: Authority, client: Client, answer: Mapping[str, str]) -> NotSignedIn:
    """What an answer with `error` means; `answer` is the redirect's query or the body of a token answer."""
    error, said = one_line(answer.get("error", "")), one_line(answer.get("error_description", ""), 300)
    refusal = _refusal(error, said, answer.get("suberror", ""))
    label = authority.label
    match refusal:
        case Refusal.ADMINISTRATOR:
            return needs_administrator(authority, client)
        case Refusal.DENIED:
            return NotSignedIn("The sign-in was refused in the browser.", "Sign in again.", refusal)
        case Refusal.CLIENT:
            sentence = f"{label} does not know this client id as it is used here: {said or error}"
            return NotSignedIn(sentence, "Compare client id, tenant and redirect address.", refusal)
        case Refusal.REVOKED:
            sentence = f"The sign-in at {label} does not hold any more."
            return NotSignedIn(sentence, "Sign in again with the browser.", refusal)
        case _:
            return NotSignedIn(f"{label} refused the sign-in: {said or error}", "Sign in again.", refusal)


def needs_administrator(authority: Authority, client: Client) -> NotSignedIn:
    link = admin_link(authority, client)
    mend = f"Forward this address to your administrator: {link}" if link else "Ask your administrator."
    sentence = f"{authority.label} needs an administrator of your firm to allow LeadDesk first."
    return NotSignedIn(sentence, mend, Refusal.ADMINISTRATOR, link)


def timed_out(authority: Authority, client: Client) -> NotSignedIn:
    """Nobody came back from the browser. Where an administrator must allow it, its page is the end there."""
    link = admin_link(authority, client)
    stuck = f" If the page asks for an administrator, forward this address to yours: {link}" if link else ""
    sentence = f"No answer came from the sign-in at {authority.label}."
    return NotSignedIn(sentence, f"Sign in again.{stuck}", Refusal.TIMED_OUT, link)


def cancelled() -> NotSignedIn:
    return NotSignedIn("The sign-in was cancelled.", "Sign in again when you like.", Refusal.CANCELLED)


def forged() -> NotSignedIn:
    sentence = "An answer came that does not belong to this sign-in: somebody may be in between."
    return NotSignedIn(sentence, "Sign in again.", Refusal.FORGED)


def _refusal(error: str, said: str, more: str) -> Refusal:
    numbers = set(_CODE.findall(said))
    wants_administrator = numbers & _WANTS_ADMINISTRATOR or error == "admin_policy_enforced"
    if wants_administrator or _ADMINISTRATOR_WORDS.search(said) or more == "consent_required":
        return Refusal.ADMINISTRATOR
    if error in _CLIENT_ERRORS or numbers & _WRONG_CLIENT:
        return Refusal.CLIENT
    if error == "access_denied":
        return Refusal.DENIED
    if error in ("invalid_grant", "interaction_required", "login_required"):
        return Refusal.REVOKED
    return Refusal.ADMINISTRATOR if error == "consent_required" else Refusal.OTHER


def signer_of(id_token: str, client: Client, nonce: str) -> str | None:
    """The address of who signed in; empty where the token names none. None: it belongs to no sign-in of ours.

    The token came straight from the authority over TLS, so its signature proves nothing further (OpenID
    Connect Core, 3.1.3.7); whom it was made for and in which sign-in does.
    """
    claims = _claims(id_token)
    made_for = claims.get("aud")
    if client.id not in (made_for if isinstance(made_for, list) else [made_for]):
        return None
    if claims.get("nonce") != nonce:
        return None
    told = (claims.get(name) for name in ("preferred_username", "email", "upn"))
    return next((one_line(each) for each in told if isinstance(each, str) and "@" in each), "")


def _claims(token: str) -> Mapping[str, Any]:
    parts = token.split(".")
    if len(parts) != 3:
        return {}
    try:
        claims = json.loads(base64.urlsafe_b64decode(parts[1] + "=" * (-len(parts[1]) % 4)))
    except (ValueError, binascii.Error, RecursionError):
        return {}
    return claims if isinstance(claims, dict) else {}

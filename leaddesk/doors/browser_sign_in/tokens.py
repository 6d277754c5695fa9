"""The authority's token address: a code becomes tokens, and an old refresh token a new one."""

from __future__ import annotations

import json
import math
import ssl
import urllib.error
import urllib.request
from collections.abc import Mapping
from email.message import Message
from http.client import HTTPException
from typing import Any, NoReturn
from urllib.parse import urlencode, urlsplit

from leaddesk.rules.sign_in import Asking, at_tenant, forged, refused, signer_of
from leaddesk.words.account import Client
from leaddesk.words.errors import NotSignedIn, OutOfReach, SlowDown
from leaddesk.words.sign_in import Authority, Grant

_PATIENCE_S = 20.0
_LARGEST = 1_000_000
_USUAL_LIFE_S = 3600.0
_PASSING = ("temporarily_unavailable", "server_error", "slow_down")


def exchange(authority: Authority, client: Client, code: str, asking: Asking, verifier: str) -> Grant:
    """What a code is worth: it works once. Raises NotSignedIn when it is refused or was not made for us."""
    answer = _post(
        authority,
        client,
        {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": asking.redirect,
            "code_verifier": verifier,
        },
    )
    signer = signer_of(answer["id_token"], client, asking.nonce) if _is_text(answer.get("id_token")) else ""
    if signer is None:
        raise forged()
    if not _is_text(answer.get("refresh_token")):
        raise NotSignedIn(
            f"{authority.label} gave no sign-in that lasts.", "See whether 'offline access' is allowed."
        )
    return _grant(authority, answer, signer=signer)


def refresh(authority: Authority, client: Client, refresh_token: str) -> Grant:
    """A new access token, and the refresh token that is good from now on: often a new one.

    Raises NotSignedIn when the sign-in does not hold any more, and OutOfReach or SlowDown for now.
    """
    words = {"grant_type": "refresh_token", "refresh_token": refresh_token}
    answer = _post(authority, client, words)
    return _grant(authority, {"refresh_token": refresh_token, **answer})


def _grant(authority: Authority, answer: Mapping[str, Any], signer: str = "") -> Grant:
    access, after = answer.get("access_token"), answer.get("refresh_token")
    if not (_is_token(access) and _is_token(after) and str(answer.get("token_type")).lower() == "bearer"):
        raise _unreadable(authority)
    return Grant(
        access_token=str(access),
        lasts_s=_seconds(answer.get("expires_in")),
        refresh_token=str(after),
        signer=signer,
    )


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value)


def _is_token(value: object) -> bool:
    """True for one word: it stands in a line that separates its parts with a control character."""
    return isinstance(value, str) and value.isascii() and value.isprintable() and len(value.split()) == 1


def _seconds(value: object) -> float:
    try:
        seconds = float(str(value))
    except ValueError:
        return _USUAL_LIFE_S
    return seconds if 0 < seconds < math.inf else _USUAL_LIFE_S


# -- asking


def _post(authority: Authority, client: Client, words: Mapping[str, str]) -> Mapping[str, Any]:
    """The answer of the token address to `words`. Raises what its errors mean."""
    own = {"client_id": client.id, **({"client_secret": client.secret} if client.secret else {})}
    url = at_tenant(authority.token_url, authority, client)
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
    request = urllib.request.Request(  # noqa: S310 - https, or this computer: rules.authorities sees to it
        url, urlencode({**words, **own}).encode(), headers, method="POST"
    )
    try:
        with _opener(url).open(request, timeout=_PATIENCE_S) as answer:
            said = _read(answer.read(_LARGEST))
    except urllib.error.HTTPError as error:
        with error:
            _raise(authority, client, error.code, error.headers, _read(error.read(_LARGEST)))
    except (OSError, HTTPException) as error:
        raise _unreachable(authority, error) from None
    if said is None:
        raise _unreadable(authority)
    return said


def _opener(url: str) -> urllib.request.OpenerDirector:
    """Verifies certificates, follows no redirect, and speaks to this computer without a proxy."""
    is_here = urlsplit(url).scheme == "http"
    proxies = urllib.request.ProxyHandler({} if is_here else None)
    protected = urllib.request.HTTPSHandler(context=ssl.create_default_context())
    return urllib.request.build_opener(proxies, protected, _NoRedirect())


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """What is sent there is for the authority alone."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None


def _read(body: bytes) -> Mapping[str, Any] | None:
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return said if isinstance(said, dict) else None


def _raise(
    authority: Authority, client: Client, code: int, headers: Message, said: Mapping[str, Any] | None
) -> NoReturn:
    """Sorted by who can act: 5xx and 429 pass by themselves, an error in words is for the person."""
    error = said.get("error") if said else None
    if code >= 500 or code == 429 or error in _PASSING:
        raise _busy(authority, headers.get("Retry-After", ""))
    if said is None or not _is_text(error):
        raise _unreadable(authority)
    raise refused(authority, client, {key: value for key, value in said.items() if isinstance(value, str)})


def _busy(authority: Authority, after: str) -> OutOfReach:
    sentence = f"{authority.label} cannot renew the sign-in now."
    if after.isascii() and after.isdigit():
        return SlowDown(sentence, seconds=float(after[:6]))
    return OutOfReach(sentence)


def _unreachable(authority: Authority, error: Exception) -> OutOfReach:
    reason = getattr(error, "reason", error)
    if isinstance(reason, ssl.SSLCertVerificationError):
        sentence = (
            f"The certificate of {authority.label}'s sign-in is not signed by anyone this computer trusts."
        )
        return OutOfReach(sentence, "Check this computer's date and network.")
    return OutOfReach(f"{authority.label} cannot be reached to sign in.", "Check the network connection.")


def _unreadable(authority: Authority) -> OutOfReach:
    return OutOfReach(
        f"{authority.label} sent an answer that cannot be read.", "Check the network connection."
    )

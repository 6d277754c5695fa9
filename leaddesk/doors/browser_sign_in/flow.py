"""One sign-in: the browser is sent to the authority, its answer is heard, and a token comes of it."""

from __future__ import annotations

import base64
import contextlib
import hashlib
import secrets
import threading
from collections.abc import Callable

from leaddesk.doors.browser_sign_in.listener import Listener
from leaddesk.doors.browser_sign_in.tokens import exchange
from leaddesk.rules.sign_in import Asking, cancelled, forged, refused, request_url, timed_out
from leaddesk.words.account import Client
from leaddesk.words.sign_in import Authority, Grant

ANSWER_S = 180.0
"""How long a person may take in the browser."""


def sign_in(
    authority: Authority,
    client: Client,
    *,
    open_browser: Callable[[str], object],
    hint: str = "",
    cancel: threading.Event | None = None,
    within_s: float = ANSWER_S,
) -> Grant:
    """What the person's browser brought home. Blocks until they have signed in, at most `within_s` seconds.

    `open_browser` is given the address to open; setting `cancel` ends the wait at once. Every sign-in has its
    own state, nonce and verifier, and its own port. Raises NotSignedIn (its `refusal` is why) or OutOfReach.
    """
    state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
    with contextlib.closing(Listener(authority.redirect_host, state)) as listener:
        asking = Asking(listener.redirect, state, nonce, _challenge(verifier), hint)
        open_browser(request_url(authority, client, asking))
        try:
            answer = listener.wait(within_s, cancel or threading.Event())
        except TimeoutError:
            raise forged() if listener.strangers else timed_out(authority, client) from None
    if answer is None:
        raise cancelled()
    if "code" not in answer:
        raise refused(authority, client, answer)
    return exchange(authority, client, answer["code"], asking, verifier)


def _challenge(verifier: str) -> str:
    """The verifier's hash: who reads the address does not learn the verifier (RFC 7636, S256)."""
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()

"""A place to sign in with the browser, on this computer: it gives codes and tokens as the big ones do.

It holds clients to the letter: a code works once, for the very address and verifier that it was asked with; a
refresh token works once, and the next one comes with the answer. `Browser` is the person before it.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from leaddesk.words.account import Client, Server
from leaddesk.words.sign_in import Authority

CLIENT = Client(authority="local", id="leaddesk-test")
Answer = tuple[int, dict[str, Any]]


@dataclass
class LocalAuthority:
    """`with LocalAuthority() as authority:` listens on a free port of the loopback.

    Whoever asks is `person`. What goes wrong is set beforehand: `denies` is the error of the next sign-in,
    `next_answers` are answers of the token address before it behaves again.
    """

    person: str = "ana"
    lasts_s: int = 3600
    token_length: int = 40
    """Of a refresh token, in characters."""
    denies: dict[str, str] | None = None
    next_answers: list[Answer] = field(default_factory=list)
    boxes: dict[str, set[str]] = field(default_factory=dict)
    """Further mailboxes that a person may open; their own they always may."""
    keeps_state: bool = True
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    """Every request: its path and words, in order."""

    def __post_init__(self) -> None:
        self._codes: dict[str, dict[str, str]] = {}
        self._refresh: dict[str, str] = {}
        self._access: dict[str, tuple[str, float]] = {}
        self._lock = threading.Lock()
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.authority = self
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> LocalAuthority:
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(5)

    # -- as LeadDesk knows it

    def row(self, imap: Server | None = None, smtp: Server | None = None) -> Authority:
        """Its row in the list of authorities."""
        nowhere = Server("127.0.0.1", 1)
        return Authority(
            name=CLIENT.authority,
            label="Local",
            authorize_url=f"{self.url}/{{tenant}}/authorize",
            token_url=f"{self.url}/{{tenant}}/token",
            scopes=("mail.read", "mail.send", "offline_access", "openid"),
            imap=imap or nowhere,
            smtp=smtp or nowhere,
            hosts=(),
            tenant="common",
            admin_url=f"{self.url}/{{tenant}}/adminconsent?client_id={{client}}",
        )

    def toml(self, imap: Server, smtp: Server) -> str:
        """The same row as a profile's authorities.toml."""
        row = self.row()
        return (
            f'[[authority]]\nname = "{row.name}"\nlabel = "{row.label}"\nauthorize = "{row.authorize_url}"\n'
            f'token = "{row.token_url}"\ntenant = "{row.tenant}"\nscopes = {list(row.scopes)}\n'
            f'imap = "{imap.host}:{imap.port} {imap.security}"\n'
            f'smtp = "{smtp.host}:{smtp.port} {smtp.security}"\nadmin = "{row.admin_url}"\n'
        )

    # -- what may happen behind our back

    def revoke(self) -> None:
        """The person changed their password: no token opens anything any more."""
        with self._lock:
            self._refresh.clear()
            self._access.clear()

    def end_access(self) -> None:
        """An hour is over: access tokens are used up, refresh tokens are not."""
        with self._lock:
            self._access.clear()

    def opens(self, token: str, box: str) -> bool:
        """May the bearer of this token open that mailbox?"""
        with self._lock:
            person, until = self._access.get(token, ("", 0.0))
        mine = {person, *self.boxes.get(person, ())}
        return box in mine and until > time.monotonic()

    def refreshed(self) -> int:
        """How often a token was renewed, or tried to be."""
        return sum(words.get("grant_type") == "refresh_token" for _, words in self.asked)

    # -- the two addresses, and Dovecot's question

    def authorize(self, words: dict[str, str]) -> str:
        """Where the browser is sent next: the person always says yes, or `denies`."""
        if self.denies is not None:
            answer = dict(self.denies)
        else:
            code = secrets.token_urlsafe(16)
            with self._lock:
                self._codes[code] = {**words, "person": self.person}
            answer = {"code": code}
        if self.keeps_state:
            answer["state"] = words.get("state", "")
        return f"{words['redirect_uri']}?{urlencode(answer)}"

    def token(self, words: dict[str, str]) -> Answer:
        with self._lock:
            if self.next_answers:
                return self.next_answers.pop(0)
            if words.get("client_id") != CLIENT.id:
                return 400, {
                    "error": "invalid_client",
                    "error_description": "AADSTS700016: no such application",
                }
            if words.get("grant_type") == "authorization_code":
                return self._exchange(words)
            person = self._refresh.pop(words.get("refresh_token", ""), None)
            if person is None:
                return 400, {
                    "error": "invalid_grant",
                    "error_description": "AADSTS50173: the grant has expired",
                }
            return self._tokens(person)

    def _exchange(self, words: dict[str, str]) -> Answer:
        asked = self._codes.pop(words.get("code", ""), None)
        verifier = words.get("code_verifier", "").encode()
        hashed = base64.urlsafe_b64encode(hashlib.sha256(verifier).digest()).rstrip(b"=").decode()
        if (
            asked is None
            or asked["redirect_uri"] != words.get("redirect_uri")
            or (asked.get("code_challenge_method"), asked.get("code_challenge")) != ("S256", hashed)
        ):
            return 400, {"error": "invalid_grant", "error_description": "the code is not good"}
        return self._tokens(asked["person"], id_token(asked["person"], asked["nonce"]))

    def _tokens(self, person: str, identity: str = "") -> Answer:
        access = f"at-{secrets.token_urlsafe(24)}"
        refresh = f"rt-{secrets.token_urlsafe(self.token_length)}"[: self.token_length]
        self._access[access] = (person, time.monotonic() + self.lasts_s)
        self._refresh[refresh] = person
        answer = {"access_token": access, "token_type": "Bearer", "expires_in": self.lasts_s}
        return 200, {**answer, "refresh_token": refresh, **({"id_token": identity} if identity else {})}


def id_token(person: str, nonce: str, client: str = CLIENT.id) -> str:
    """An identity as OpenID Connect gives it, unsigned."""
    address = person if "@" in person else f"{person}@lofts.example"
    claims = {"aud": client, "nonce": nonce, "preferred_username": address}
    parts = (json.dumps(each).encode() for each in ({"alg": "none"}, claims))
    return ".".join((*(base64.urlsafe_b64encode(part).rstrip(b"=").decode() for part in parts), ""))


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    authority: LocalAuthority


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def do_GET(self) -> None:
        target = urlsplit(self.path)
        words = dict(parse_qsl(target.query))
        self.server.authority.asked.append((target.path, words))
        if not target.path.endswith("/authorize"):
            return self._say(404, {})
        self.send_response(302)
        self.send_header("Location", self.server.authority.authorize(words))
        self.send_header("Content-Length", "0")
        self.end_headers()

    def do_POST(self) -> None:
        target = urlsplit(self.path)
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        words = dict(parse_qsl(body))
        self.server.authority.asked.append((target.path, words))
        if target.path == "/introspect":
            box = dict(parse_qsl(target.query))["box"]
            good = self.server.authority.opens(words.get("token", ""), box)
            return self._say(200, {"active": str(good).lower(), "username": box})
        if target.path.endswith("/token"):
            return self._say(*self.server.authority.token(words))
        return self._say(404, {})

    def _say(self, status: int, answer: dict[str, Any]) -> None:
        body = json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        for name in ("Retry-After",):
            if name in answer:
                self.send_header(name, answer[name])
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        return


@dataclass
class Browser:
    """The person's browser: opens an address, follows to where it is sent, as one who says yes.

    It does so on a thread of its own, as a real one does; `seen` are the pages' status codes. `on_way` may
    change the address that it is sent back to.
    """

    on_way: Callable[[str], str | None] = lambda url: url
    seen: list[int] = field(default_factory=list)
    opened: list[str] = field(default_factory=list)
    returned: list[str] = field(default_factory=list)
    _thread: threading.Thread | None = None

    def __call__(self, url: str) -> bool:
        self.opened.append(url)
        self._thread = threading.Thread(target=self._walk, args=(url,), name="browser", daemon=True)
        self._thread.start()
        return True

    def _walk(self, url: str) -> None:
        back = self.on_way(redirect_of(url))
        if back is not None:
            self.returned.append(back)
            self.seen.append(visit(back))

    def join(self) -> None:
        """Until the last page has been seen."""
        if self._thread is not None:
            self._thread.join(10)


def redirect_of(url: str) -> str:
    """Where an authority's page sends the browser."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), _Stay())
    try:
        opener.open(url, timeout=10).close()
    except urllib.error.HTTPError as answer:
        with answer:
            return str(answer.headers["Location"])
    raise AssertionError(f"{url} sends nobody on")


def visit(url: str, **headers: str) -> int:
    """The status of a page; 0 where nobody listens."""
    request = urllib.request.Request(url, headers=headers)
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), _Stay())
    try:
        with opener.open(request, timeout=10) as page:
            return int(page.status)
    except urllib.error.HTTPError as answer:
        with answer:
            return int(answer.code)
    except OSError:
        return 0


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None


def with_words(url: str, **words: str | None) -> str:
    """An address with other words in its query; None takes one out."""
    parts = urlsplit(url)
    kept = {**dict(parse_qsl(parts.query)), **words}
    query = urlencode({name: value for name, value in kept.items() if value is not None}, quote_via=quote)
    return parts._replace(query=query).geturl()

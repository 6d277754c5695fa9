"""Hears where the browser comes back to: one answer, on a free port of this computer, for a short while."""

from __future__ import annotations

import hmac
import logging
import socketserver
import threading
import time
from collections.abc import Mapping
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import parse_qsl, urlsplit

log = logging.getLogger(__name__)

_PATH = "/"
_LOOK_S = 0.1
"""How soon a cancel is noticed."""
_PATIENCE_S = 5.0
"""Browsers open connections ahead and say nothing on them."""
_PAGE = """<!doctype html>
<html lang="en"><meta charset="utf-8"><title>LeadDesk</title><p>{}</p></html>
"""
_HEARD = "LeadDesk has your answer. You can close this window."
_STRANGE = "This is not the answer that LeadDesk waits for."


class Listener:
    """Bound to 127.0.0.1 from the start; `close` ends it. `host` is how the redirect names this computer.

    Only a GET of the exact address counts that names the right host, so that no page can reach it under a
    name of its own (DNS rebinding), and that carries the state of this sign-in, once. Everything else is
    answered with an error and waited past: it must not be able to end the sign-in.
    """

    def __init__(self, host: str, state: str) -> None:
        self._server = _Server(host, state)
        self.redirect = f"http://{self._server.name}"

    def wait(self, seconds: float, cancel: threading.Event) -> Mapping[str, str] | None:
        """The answer's words; None when `cancel` was set.

        Raises TimeoutError when none came; `strangers` then tells whether others did.
        """
        until = time.monotonic() + seconds
        while self._server.answer is None:
            if cancel.is_set():
                return None
            if time.monotonic() >= until:
                raise TimeoutError
            self._server.handle_request()
        return self._server.answer

    @property
    def strangers(self) -> int:
        """How many answers came with another sign-in's state, or none."""
        return self._server.strangers

    def close(self) -> None:
        self._server.server_close()


class _Server(socketserver.ThreadingTCPServer):
    """Each connection has its own thread: a silent one must not keep the answer waiting."""

    daemon_threads = True
    timeout = _LOOK_S

    def __init__(self, host: str, state: str) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.name = f"{host}:{self.server_address[1]}"
        self._state = state.encode()
        self._taking = threading.Lock()
        self.answer: Mapping[str, str] | None = None
        self.strangers = 0

    def take(self, query: str) -> bool:
        """Takes the first answer that belongs to this sign-in; False for any other."""
        pairs = parse_qsl(query, keep_blank_values=True, max_num_fields=20)
        words = dict(pairs)
        is_ours = hmac.compare_digest(words.get("state", "").encode(), self._state)
        with self._taking:
            if not is_ours or len(words) != len(pairs) or not ({"code", "error"} & words.keys()):
                self.strangers += 1
                return False
            if self.answer is not None:
                return False
            self.answer = words
            return True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A connection that breaks is the browser's matter."""
        log.debug("a connection of the browser's broke")


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    timeout = _PATIENCE_S
    server_version, sys_version = "LeadDesk", ""

    def do_GET(self) -> None:
        target = urlsplit(self.path)
        if self.headers.get_all("Host") != [self.server.name]:
            self._say(HTTPStatus.MISDIRECTED_REQUEST, _STRANGE)
        elif target.path != _PATH or target.netloc:
            self._say(HTTPStatus.NOT_FOUND, _STRANGE)
        elif self._is_taken(target.query):
            self._say(HTTPStatus.OK, _HEARD)
        else:
            self._say(HTTPStatus.BAD_REQUEST, _STRANGE)

    def _is_taken(self, query: str) -> bool:
        try:
            return self.server.take(query)
        except ValueError:  # too many fields
            return False

    def _say(self, status: HTTPStatus, sentence: str) -> None:
        page = _PAGE.format(sentence).encode()
        self.send_response(status)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(page)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("Referrer-Policy", "no-referrer")
        self.send_header("Content-Security-Policy", "default-src 'none'")
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(page)

    def log_message(self, format: str, *args: Any) -> None:
        """Not one word: the address holds the code."""

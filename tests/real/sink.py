"""An SMTP server that takes mail and never passes it on, with the manners of good and bad servers.

What it accepts is appended, a line a mail, to a truth file: the moment of that line is the moment of
acceptance, whatever is said to the client afterwards. It runs in a thread of a test, or on its own for a
harness: `python -m tests.real.sink --port 2525 --truth truth.jsonl --personality slow:30`.

A personality is a word or several with `;` between them:

    normal              takes everything
    slow:MS             waits up to MS before accepting, and again up to MS before saying so (at random)
    slow-before:MS      waits MS before accepting
    slow-after:MS       waits MS after accepting, before saying so
    drop-before         closes after the dot without accepting
    drop-after          closes after the dot, having accepted
    partial:N           accepts, says the first N bytes of its answer and closes
    answer:VERB:TEXT    says TEXT to VERB (CONNECT, EHLO, AUTH, MAIL, RCPT, DATA, DOT, QUIT, NOBODY, ...)
                        NOBODY is RCPT for addresses that begin with nobody@
    moody:N             answers 451 to the dot, one time in N (at random)
    early:TEXT          says TEXT before the dot has come
    extra:VERB:TEXT     says TEXT besides its answer to VERB
    again:VERB:TEXT     says TEXT to VERB once the connection has carried a mail
    hangs-up            closes after its answer to the dot, once the connection has carried a mail
    mute                says nothing any more once the connection has carried a mail
    after:N             N mails instead of one, for the three above
    greylist            answers 451 to the first RCPT of each address
    size:BYTES          announces SIZE
    auth                wants a sign-in
    tokens              offers AUTH XOAUTH2 (`bearers` decides), and nothing else
    login-only          offers AUTH LOGIN and no PLAIN
    echo                repeats what a refused AUTH said
    no-starttls         does not offer STARTTLS
    inject              says a line too many before the handshake
    old-tls             speaks TLS 1.1 at best
    no-8bit             offers neither 8BITMIME nor SMTPUTF8
"""

from __future__ import annotations

import argparse
import base64
import contextlib
import hashlib
import json
import os
import random
import re
import socket
import ssl
import threading
import time
import warnings
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType

from leaddesk.doors.clock import Clock
from leaddesk.words.account import Security, Server
from tests.real.certificates import Pair

_QUEUED = "250 2.0.0 queued as {}"
_MESSAGE_ID = re.compile(rb"(?im)^message-id:[ \t]*(\S+)")


@dataclass(frozen=True)
class Taken:
    """One accepted mail, as the truth file tells it."""

    message_id: str
    rcpt: tuple[str, ...]
    sha256: str
    time: str


@dataclass(frozen=True)
class Personality:
    """The manners, read from their words."""

    words: dict[str, str]
    answers: dict[str, str]
    extras: dict[str, str]
    again: dict[str, str]

    @classmethod
    def of(cls, text: str) -> Personality:
        words: dict[str, str] = {}
        answers: dict[str, str] = {}
        extras: dict[str, str] = {}
        again: dict[str, str] = {}
        said_to = {"answer": answers, "extra": extras, "again": again}
        for word in text.split(";"):
            name, _, rest = word.strip().partition(":")
            if name in said_to:
                verb, _, said = rest.partition(":")
                said_to[name][verb.upper()] = said
            else:
                words[name] = rest
        return cls(words, answers, extras, again)

    def __contains__(self, word: str) -> bool:
        return word in self.words

    def seconds(self, word: str) -> float:
        return float(self.words.get(word) or 0) / 1000

    def answer(self, verb: str, mails: int) -> str | None:
        """What it says to `verb` out of its own head, on a connection that has carried so many mails."""
        said = self.again.get(verb) if self.is_tired(mails) else None
        return said or self.answers.get(verb)

    def is_tired(self, mails: int) -> bool:
        return mails >= int(self.words.get("after") or 1)

    def wait_before(self) -> float:
        return self.seconds("slow-before") + random.uniform(0, self.seconds("slow"))

    def wait_after(self) -> float:
        return self.seconds("slow-after") + random.uniform(0, self.seconds("slow"))


class Sink:
    """The server; `with Sink("slow:30", truth=path) as sink:` listens on a free port of the loopback."""

    def __init__(
        self,
        personality: str = "normal",
        *,
        truth: Path,
        mails: Path | None = None,
        security: Security = Security.PLAIN,
        pair: Pair | None = None,
        users: dict[str, str] | None = None,
        bearers: Callable[[str, str], bool] = lambda user, token: False,
        copies_to: Callable[[bytes], None] | None = None,
        port: int = 0,
    ) -> None:
        self.manners = Personality.of(personality)
        self.security, self.pair, self.users = security, pair, users or {}
        self.bearers = bearers
        self.heard: list[str] = []
        """Every command line that came, without what AUTH and the body held."""
        self.bears: list[str] = []
        """The boxes that bearers of tokens named, in order."""
        self._truth, self._mails, self._copies_to = truth, mails, copies_to
        self._greylisted: set[str] = set()
        self._listener = socket.create_server(("127.0.0.1", port))
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()
        self.port = int(self._listener.getsockname()[1])
        self.connections = 0

    @property
    def server(self) -> Server:
        host = "127.0.0.1" if self.security is Security.PLAIN else "localhost"
        return Server(host, self.port, self.security)

    def become(self, personality: str) -> None:
        """Change the manners from the next command on."""
        self.manners = Personality.of(personality)

    # -- the truth

    def accept(self, recipients: list[str], raw: bytes) -> str:
        """Take a mail: from this line on it counts as delivered. Gives its number in the queue."""
        found = _MESSAGE_ID.search(raw)
        line = {
            "message_id": found[1].decode("latin-1") if found else "",
            "rcpt": recipients,
            "sha256": hashlib.sha256(raw).hexdigest(),
            "time": Clock().now().isoformat(),
        }
        truth = os.open(self._truth, os.O_APPEND | os.O_CREAT | os.O_WRONLY, 0o600)
        try:
            os.write(truth, json.dumps(line).encode() + b"\n")
        finally:
            os.close(truth)
        self._keep(str(line["sha256"]), raw)
        return str(line["sha256"])[:12]

    def _keep(self, name: str, raw: bytes) -> None:
        if self._mails is not None:
            self._mails.mkdir(exist_ok=True)
            (self._mails / f"{name}.eml").write_bytes(raw)
        if self._copies_to is not None:
            self._copies_to(raw)

    def taken(self) -> list[Taken]:
        """All that was accepted so far, in order."""
        return read_truth(self._truth)

    def is_new_to(self, recipient: str) -> bool:
        """True the first time: greylisting remembers it."""
        with self._lock:
            new = recipient not in self._greylisted
            self._greylisted.add(recipient)
            return new

    # -- life

    def __enter__(self) -> Sink:
        self._thread = threading.Thread(target=self._listen, name="sink", daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def wait_until_quiet(self, seconds: float = 5.0) -> None:
        """Until no connection is left, so that the truth is complete."""
        until = time.monotonic() + seconds
        while self._open:
            assert time.monotonic() < until, "a connection to the sink stays open"
            time.sleep(0.002)

    def stop(self) -> None:
        """Close the door and every connection."""
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        with self._lock:
            for connection in self._open:
                with contextlib.suppress(OSError):
                    socket.socket.shutdown(connection, socket.SHUT_RDWR)
        self._thread.join(5)

    def _listen(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        with self._lock:
            self._open.add(connection)
            self.connections += 1
        try:
            with contextlib.suppress(OSError, EOFError):
                _Session(self, connection).run()
        finally:
            with self._lock:
                self._open.discard(connection)
            connection.close()


class _Ended(EOFError):
    """The session closes now."""


@dataclass
class _Session:
    """One client's dialogue."""

    sink: Sink
    connection: socket.socket
    recipients: list[str] = field(default_factory=list)
    sender: str | None = None
    is_secure: bool = False
    is_signed_in: bool = False
    mails: int = 0
    """How many it has carried."""

    def run(self) -> None:
        self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if self.sink.security is Security.TLS:
            self._secure()
        self.lines = self.connection.makefile("rb")
        try:
            self._say("CONNECT", "220 sink.example.org ESMTP")
            while (line := self.lines.readline(16384)).endswith(b"\n"):  # half a command is none
                self._obey(line.decode("utf-8", "replace").strip())
        finally:
            self.lines.close()
            self.connection.close()

    def _secure(self) -> None:
        assert self.sink.pair is not None, "TLS needs a certificate"
        context = self.sink.pair.server_context()
        if "old-tls" in self.sink.manners:
            _age(context)
        self.connection = context.wrap_socket(self.connection, server_side=True)
        self.is_secure = True

    def _obey(self, line: str) -> None:
        verb = line.split(" ", maxsplit=1)[0].upper()
        self.sink.heard.append("AUTH" if verb == "AUTH" else line)
        if "mute" in self.sink.manners and self.sink.manners.is_tired(self.mails):
            return
        act = {
            "EHLO": self._ehlo,
            "STARTTLS": self._starttls,
            "AUTH": self._auth,
            "MAIL": self._mail,
            "RCPT": self._rcpt,
            "DATA": self._data,
            "RSET": self._rset,
            "QUIT": self._quit,
        }.get(verb)
        if act is None:
            self._write("502 5.5.1 unknown command")
        else:
            act(line)

    def _say(self, verb: str, usual: str) -> bool:
        """Answer `verb`, as usual or as the manners want; True when the answer was the usual one."""
        answer = self.sink.manners.answer(verb, self.mails) or usual
        self._write(answer)
        if verb in self.sink.manners.extras:
            self._write(self.sink.manners.extras[verb])
        if answer.startswith("421"):
            raise _Ended
        return answer == usual

    def _write(self, text: str) -> None:
        self.connection.sendall(text.replace("|", "\r\n").encode() + b"\r\n")

    # -- the verbs

    def _ehlo(self, line: str) -> None:
        manners = self.sink.manners
        offers = ["sink.example.org"]
        if "no-8bit" not in manners:
            offers += ["8BITMIME", "SMTPUTF8"]
        if "size" in manners:
            offers.append(f"SIZE {manners.words['size']}")
        if "dsn" in manners:
            offers.append("DSN")
        if self._offers_tls():
            offers.append("STARTTLS")
        if "auth" in manners and (self.is_secure or self.sink.security is Security.PLAIN):
            ways = "LOGIN" if "login-only" in manners else "PLAIN LOGIN"
            offers.append(f"AUTH {'XOAUTH2' if 'tokens' in manners else ways}")
        lines = [f"250-{offer}" for offer in offers[:-1]] + [f"250 {offers[-1]}"]
        self._say("EHLO", "|".join(lines))

    def _offers_tls(self) -> bool:
        wanted = self.sink.security is Security.STARTTLS and not self.is_secure
        return wanted and "no-starttls" not in self.sink.manners

    def _starttls(self, line: str) -> None:
        if not self._offers_tls():
            self._write("502 5.5.1 no TLS here")
            return
        more = "|250 2.0.0 said before the handshake" if "inject" in self.sink.manners else ""
        self._say("STARTTLS", "220 2.0.0 go ahead" + more)
        self._secure()
        self.lines = self.connection.makefile("rb")

    def _auth(self, line: str) -> None:
        words = line.split(" ")
        if words[1].upper() == "XOAUTH2":
            self._bear(words[2])
            return
        if words[1].upper() == "PLAIN":
            given = base64.b64decode(words[2]).decode().split("\0")[1:]
        else:
            given = [self._ask("VXNlcm5hbWU6"), self._ask("UGFzc3dvcmQ6")]
        if self.sink.users.get(given[0]) == given[1]:
            self.is_signed_in = self._say("AUTH", "235 2.7.0 welcome")
        else:
            echo = f" {given[1]} {words[-1]}" if "echo" in self.sink.manners else ""
            self._say("AUTH", f"535 5.7.8 not accepted{echo}")

    def _bear(self, said: str) -> None:
        """A refused token is explained in a challenge; the verdict follows an empty line."""
        user, auth, *_ = base64.b64decode(said).decode().split("\x01")
        token = auth.removeprefix("auth=Bearer ")
        self.sink.bears.append(user.removeprefix("user="))
        if self.sink.bearers(user.removeprefix("user="), token):
            self.is_signed_in = self._say("AUTH", "235 2.7.0 welcome")
            return
        assert self._ask("eyJzdGF0dXMiOiI0MDEifQ==") == ""
        echo = f" {token} {said}" if "echo" in self.sink.manners else ""
        self._say("AUTH", f"535 5.7.3 Authentication unsuccessful{echo}")

    def _ask(self, prompt: str) -> str:
        self._write(f"334 {prompt}")
        answer = self.lines.readline(4096)
        if not answer.endswith(b"\n"):
            raise _Ended
        return base64.b64decode(answer).decode()

    def _mail(self, line: str) -> None:
        if "auth" in self.sink.manners and not self.is_signed_in:
            self._write("530 5.7.0 sign in first")
        elif self._say("MAIL", "250 2.1.0 ok"):
            self.sender, self.recipients = line, []

    def _rcpt(self, line: str) -> None:
        address = line.partition("<")[2].partition(">")[0]
        manners = self.sink.manners
        if "greylist" in manners and self.sink.is_new_to(address):
            self._write("451 4.7.1 greylisted, try again later")
        elif address.startswith("nobody@") and (nobody := manners.answer("NOBODY", self.mails)):
            self._write(nobody)
        elif self._say("RCPT", "250 2.1.5 ok"):
            self.recipients.append(address)

    def _rset(self, line: str) -> None:
        self.sender, self.recipients = None, []
        self._say("RSET", "250 2.0.0 forgotten")

    def _quit(self, line: str) -> None:
        self._say("QUIT", "221 2.0.0 bye")
        raise _Ended

    def _data(self, line: str) -> None:
        if not self.recipients:
            self._write("503 5.5.1 no recipient")
        elif self._say("DATA", "354 go ahead"):
            if "early" in self.sink.manners:
                self.lines.readline(4096)
                self._write(self.sink.manners.words["early"])
                self._body()  # whatever still comes: a mail that was refused is not taken
                return
            self._after_the_dot(self._body())

    def _body(self) -> bytes:
        """All lines up to the dot, with doubled dots undone."""
        body = bytearray()
        while (line := self.lines.readline()) != b".\r\n":
            if not line.endswith(b"\r\n"):
                raise _Ended  # cut, or a bare line feed: not a mail
            body += line[1:] if line.startswith(b".") else line
        return bytes(body)

    def _after_the_dot(self, raw: bytes) -> None:
        manners = self.sink.manners
        time.sleep(manners.wait_before())
        if "drop-before" in manners:
            raise _Ended
        if not (manners.answer("DOT", self.mails) or "2").startswith("2"):
            self._say("DOT", "")
            return
        if "moody" in manners and random.random() * float(manners.words["moody"]) < 1:
            self._write("451 4.3.0 not now")
            return
        number = self.sink.accept(self.recipients, raw)
        self.recipients = []
        time.sleep(manners.wait_after())
        self._confirm(_QUEUED.format(number))

    def _confirm(self, answer: str) -> None:
        manners = self.sink.manners
        if "drop-after" in manners:
            raise _Ended
        if "partial" in manners:
            self.connection.sendall(answer.encode()[: int(manners.words["partial"])])
            raise _Ended
        self._say("DOT", answer)
        self.mails += 1
        if "hangs-up" in manners and manners.is_tired(self.mails):
            raise _Ended


def _age(context: ssl.SSLContext) -> None:
    """Make a context as old as servers that were never updated."""
    with warnings.catch_warnings(action="ignore", category=DeprecationWarning):
        context.set_ciphers("ALL:@SECLEVEL=0")
        context.minimum_version = ssl.TLSVersion.TLSv1
        context.maximum_version = ssl.TLSVersion.TLSv1_1


def read_truth(path: Path) -> list[Taken]:
    """The mails of a truth file, in the order of their acceptance."""
    if not path.exists():
        return []
    lines = (json.loads(line) for line in path.read_text().splitlines())
    return [Taken(line["message_id"], tuple(line["rcpt"]), line["sha256"], line["time"]) for line in lines]


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.real.sink")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--truth", type=Path, required=True)
    parser.add_argument("--mails", type=Path)
    parser.add_argument("--personality", default="normal")
    parser.add_argument("--user", action="append", default=[], metavar="NAME:PASSWORD")
    parser.add_argument("--security", type=Security, choices=list(Security), default=Security.PLAIN)
    parser.add_argument("--certificate", type=Path)
    parser.add_argument("--key", type=Path)
    return parser.parse_args()


def main() -> None:
    """Serve until the process is ended; prints its port first."""
    asked = _arguments()
    pair = Pair(asked.certificate, asked.key) if asked.certificate else None
    users = dict(user.split(":", 1) for user in asked.user)
    with Sink(
        asked.personality,
        truth=asked.truth,
        mails=asked.mails,
        security=asked.security,
        pair=pair,
        users=users,
        port=asked.port,
    ) as sink:
        print(sink.port, flush=True)
        threading.Event().wait()


if __name__ == "__main__":
    main()

"""The servers of a new account: as given, else as its provider is known, else the first that answers."""

from __future__ import annotations

import argparse
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence

from leaddesk.words.account import Proposal, Security, Server, SignIn
from leaddesk.words.errors import NeedsPerson, OutOfReach, Refused, Usage

_LOOPBACK = ("localhost", "127.0.0.1", "::1")
_STARTTLS_PORTS = (25, 143, 587)
_USUAL = {
    "imap": {Security.TLS: 993, Security.STARTTLS: 143, Security.PLAIN: 143},
    "smtp": {Security.TLS: 465, Security.STARTTLS: 587, Security.PLAIN: 25},
}


def server_options(words: ArgumentParser) -> None:
    ways = [s.value for s in Security]
    words.add_argument(
        "--imap", metavar="HOST:PORT", type=_place, help="where mail is read (else what is known)"
    )
    words.add_argument("--smtp", metavar="HOST:PORT", type=_place, help="where mail is sent")
    words.add_argument(
        "--security", choices=ways, help="for both servers; plain only to this computer itself"
    )
    words.add_argument("--imap-security", choices=ways, help="for reading only")
    words.add_argument("--smtp-security", choices=ways, help="for sending only")
    words.add_argument("--ca", metavar="FILE", help="certificates to trust instead of the system's own")


def servers(args: Namespace, proposal: Proposal, *, look: bool) -> tuple[Server, Server]:
    """IMAP and SMTP. With `look`, usual names are tried where the provider is not known (may take seconds).

    Raises NeedsPerson where the provider wants the browser, Refused where it lets no program in.
    """
    if not (args.imap and args.smtp):
        _check_proposal(proposal)
    imap = _server("imap", args.imap, _security(args.imap_security, args), proposal.imap, args.ca, look=look)
    smtp = _server("smtp", args.smtp, _security(args.smtp_security, args), proposal.smtp, args.ca, look=look)
    return imap, smtp


def given_or(args: Namespace, kind: str, known: Server) -> Server:
    """The server of a kind (imap, smtp) as it was given, else the known one."""
    place = getattr(args, kind)
    security = _security(getattr(args, f"{kind}_security"), args)
    return known if place is None else _checked(_given(kind, place, security))


def _check_proposal(proposal: Proposal) -> None:
    if proposal.sign_in is SignIn.BROWSER:
        raise NeedsPerson(
            f"{proposal.email} is opened by signing in with the browser, never with a password.",
            "leaddesk account add --sign-in browser --client-id ID does it.",
        )
    if proposal.provider is not None and not (proposal.imap and proposal.smtp):
        note = proposal.provider.note or f"{proposal.provider.name} lets no mail program in."
        raise Refused(note, "Give other servers with --imap and --smtp.")


def _server(
    kind: str,
    place: tuple[str, int] | None,
    security: Security | None,
    proposed: Sequence[Server],
    ca_file: str | None,
    *,
    look: bool,
) -> Server:
    if place is not None:
        return _checked(_given(kind, place, security))
    fitting = [each for each in proposed if security in (None, each.security)]
    if not fitting:
        raise Usage(f"No such server is known: give it with --{kind} HOST:PORT.")
    if len(fitting) == 1 or not look:
        return fitting[0]
    return _first_that_answers(kind, fitting, ca_file)


def _first_that_answers(kind: str, candidates: Sequence[Server], ca_file: str | None) -> Server:
    from leaddesk.doors.mail.probe import find_servers  # noqa: PLC0415 - heavy

    found = find_servers(candidates, ca_file)
    if found is None:
        names = ", ".join(dict.fromkeys(each.host for each in candidates))
        raise OutOfReach(f"No mail server answers at {names}.", f"Give it with --{kind} HOST:PORT.")
    return found


def _given(kind: str, place: tuple[str, int], security: Security | None) -> Server:
    """Without a word on security the port tells it; without a port, security does. Never plain by itself."""
    host, port = place
    if security is None:
        security = Security.STARTTLS if port in _STARTTLS_PORTS else Security.TLS
    return Server(host, port or _USUAL[kind][security], security)


def _checked(server: Server) -> Server:
    if server.security is Security.PLAIN and server.host.lower() not in _LOOPBACK:
        raise Usage(
            f"{server.host} would be spoken to without encryption.",
            "Use tls or starttls; plain is for this computer itself.",
        )
    return server


def _security(own: str | None, args: Namespace) -> Security | None:
    word = own or args.security
    return Security(word) if word else None


def _place(text: str) -> tuple[str, int]:
    """Host and port of HOST:PORT, HOST, or [ADDRESS]:PORT; port 0 where none is told."""
    host, colon, port = text.strip().rpartition(":")
    if text.startswith("[") and text.endswith("]"):
        host, colon, port = text, "", ""
    if not colon and not host:
        host, port = port, ""
    host = host.strip("[]")
    is_port = not port or (port.isascii() and port.isdigit() and 1 <= int(port) <= 65535)
    if not host or not is_port or any(letter.isspace() for letter in host):
        raise argparse.ArgumentTypeError(f"'{text}' is not HOST:PORT")
    return host, int(port or 0)

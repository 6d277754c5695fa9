"""Signing in to a mailbox with the browser, from a terminal."""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from leaddesk.cli.call import Call
from leaddesk.cli.servers import given_or
from leaddesk.cli.set_up import account_record, kept_or_not, tell_step
from leaddesk.rules.authorities import by_host, named
from leaddesk.words.account import Account, Client, Proposal, Server
from leaddesk.words.errors import NotSignedIn
from leaddesk.words.sign_in import Authority

if TYPE_CHECKING:
    from leaddesk.desk import Desk

_USUAL = "microsoft"


def browser_options(words: ArgumentParser) -> None:
    """What a sign-in with the browser may be told."""
    words.add_argument(
        "--client-id", metavar="ID", default="", help="your own client id (else that of another mailbox)"
    )
    words.add_argument("--tenant", metavar="T", default="", help="your firm's directory there")
    words.add_argument(
        "--client-secret",
        metavar="S",
        default="",
        help="Google gives desktop programs one and says that it is none",
    )


def new_options(words: ArgumentParser) -> None:
    words.add_argument(
        "--sign-in",
        choices=("password", "browser"),
        default="password",
        help="browser: at the provider's own page, for Microsoft 365",
    )
    words.add_argument(
        "--authority", metavar="NAME", help="where to sign in: microsoft, google (else told by the servers)"
    )
    browser_options(words)


def servers_and_client(args: Namespace, desk: Desk, proposal: Proposal) -> tuple[Server, Server, Client]:
    """Servers as given, else those of the authority, and the client as the words tell it."""
    authorities = desk.accounts.authorities()
    authority = _authority(args, proposal, authorities)
    imap = given_or(args, "imap", proposal.imap[0] if proposal.provider and proposal.imap else authority.imap)
    smtp = given_or(args, "smtp", proposal.smtp[0] if proposal.provider and proposal.smtp else authority.smtp)
    return imap, smtp, told(args, Client(authority=authority.name, id=""))


def told(args: Namespace, client: Client) -> Client:
    """The client with what the words say of it."""
    return replace(
        client,
        id=args.client_id or client.id,
        tenant=args.tenant or client.tenant,
        secret=args.client_secret or client.secret,
    )


def _opener(call: Call, account: Account) -> Callable[[str], None]:
    """Sends the person's browser to an address; where there is none the address is told."""

    def open_browser(url: str) -> None:
        if _has_display() and _opens(url):
            call.out.note(f"Your browser shows where to sign in as {account.signer or account.user}.")
        else:
            call.out.warn(f"Open this address in a browser on this computer: {url}")

    return open_browser


def sign_in(call: Call, desk: Desk, account: Account) -> int:
    """Signs in, tries and keeps it. Programs too are told why it was refused, and what to forward."""
    try:
        report = desk.accounts.sign_in(
            account,
            open_browser=_opener(call, account),
            on_step=lambda step: tell_step(call, step),
            test=not call.args.no_test,
        )
    except NotSignedIn as failure:
        why = {"error": failure.sentence, "refusal": failure.refusal, "link": failure.link or None}
        call.out.record({**account_record(account, ()), **why})
        raise
    return kept_or_not(call, report, "the sign-in is not kept")


def _authority(args: Namespace, proposal: Proposal, authorities: Sequence[Authority]) -> Authority:
    if args.authority:
        return named(args.authority, authorities)
    hosts = [args.imap[0]] if args.imap else [server.host for server in proposal.imap]
    found = (by_host(host, authorities) for host in hosts)
    return next(filter(None, found), None) or named(_USUAL, authorities)


def _opens(url: str) -> bool:
    import webbrowser  # noqa: PLC0415 - only here

    try:
        return webbrowser.open(url)
    except (webbrowser.Error, OSError):
        return False


def _has_display() -> bool:
    """Without one, `webbrowser` would put a text browser into this terminal."""
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))

"""What is known of an address before anything is tried: its servers, and who opens it with the browser."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from leaddesk.rules.authorities import by_host
from leaddesk.words.account import Account, Client, Proposal, SignIn
from leaddesk.words.sign_in import Authority

if TYPE_CHECKING:
    from leaddesk_ui.needs import Accounts

_USUAL = "microsoft"
"""Whose programs' passwords were ended first: where a browser is needed and nobody says whose."""


@dataclass(frozen=True, slots=True)
class Known:
    """A proposal, all who sign people in with the browser, and the client ids that are in use already."""

    proposal: Proposal
    authorities: tuple[Authority, ...]
    clients: Mapping[str, tuple[Client, str]]
    """By authority's name: the client, and the mailbox that has it."""

    @property
    def authority(self) -> Authority | None:
        """Who must be asked: no password opens this mailbox. None where one may."""
        if self.proposal.sign_in is not SignIn.BROWSER or not self.authorities:
            return None
        usual = next((one for one in self.authorities if one.name == _USUAL), self.authorities[0])
        return self._by_server() or usual

    @property
    def choices(self) -> tuple[Authority, ...]:
        """Who may be asked instead of a password; nobody at a provider that knows none of them."""
        if self.proposal.provider is not None:
            found = self._by_server()
            return (found,) if found else ()
        first = {one.name: one for one in reversed(self.authorities)}
        return tuple(first[name] for name in dict.fromkeys(one.name for one in self.authorities))

    def _by_server(self) -> Authority | None:
        return next((by_host(server.host, self.authorities) for server in self.proposal.imap), None)


def look_up(accounts: Accounts, email: str) -> Known:
    """Blocks for a moment. Raises Usage when it is no address."""
    proposal = accounts.propose(email)
    return Known(proposal, tuple(accounts.authorities()), clients_of(accounts.list()))


def clients_of(accounts: Sequence[Account]) -> dict[str, tuple[Client, str]]:
    """A firm registers once: the client id of one mailbox opens the others too. The first one counts."""
    found: dict[str, tuple[Client, str]] = {}
    for account in accounts:
        if account.client is not None:
            found.setdefault(account.client.authority, (account.client, account.email))
    return found


def by_browser(proposal: Proposal, authority: Authority) -> Proposal:
    """The same address, opened at an authority: on its servers, unless the provider's are its own too."""
    own = [server for server in proposal.imap if by_host(server.host, (authority,))]
    if own and proposal.smtp:
        return replace(proposal, sign_in=SignIn.BROWSER)
    return replace(proposal, imap=(authority.imap,), smtp=(authority.smtp,), sign_in=SignIn.BROWSER)

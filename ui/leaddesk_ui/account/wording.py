"""What the account page says about a provider, about the keyring, and about who asks for the password."""

from __future__ import annotations

from leaddesk.words.account import Proposal, SignIn
from leaddesk.words.sign_in import Authority

BY_PASSWORD = "The password goes into this computer’s keyring and nowhere else."  # noqa: S105 - a sentence
_NO_KEYRING = "This computer has no keyring that can be trusted with it: "


def by_browser_words(authority: Authority) -> str:
    """That no password is asked for."""
    return f"You sign in on {authority.label}’s own page in your browser: LeadDesk never sees the password."


def keyring_words(vault: str | None, *, by_browser: bool) -> str:
    """Where the password, or what the browser brings home, is kept; nothing while that is not known yet."""
    if vault == "":
        return ""
    if vault is not None:
        return f"Your sign-in is kept in {vault}." if by_browser else f"It is kept in {vault}."
    if by_browser:
        return f"{_NO_KEYRING}you sign in again at each start."
    return f"{_NO_KEYRING}the password is kept in memory, and asked for again at each start."


def proposal_words(proposal: Proposal, authority: Authority | None = None) -> str:
    """Who keeps the mailbox, and which servers are tried."""
    servers = " and ".join(server.host for server in (*proposal.imap[:1], *proposal.smtp[:1]))
    if proposal.sign_in is SignIn.BROWSER:
        keeps = proposal.provider.name if proposal.provider else authority.label if authority else ""
        return f"{keeps} keeps this mailbox: {servers}" if keeps else servers
    if proposal.provider is None:
        return f"Not a provider that is known here: {servers} will be tried, then the other usual names."
    if not servers:
        return f"{proposal.provider.name} keeps this mailbox."
    return f"{proposal.provider.name} keeps this mailbox: {servers}"


def choice_words(proposal: Proposal) -> str:
    """Before the names of those who sign people in with the browser."""
    if proposal.provider is not None:
        return "Or sign in with the browser, with a client id of your own:"
    return "Is it kept at one of these? Sign in with the browser:"

"""What the account page says about a provider, and about the keyring that is not there."""

from __future__ import annotations

from leaddesk.words.account import Proposal, SignIn

NO_KEYRING = (
    "This computer has no keyring that can be trusted with it: "
    "the password is kept in memory, and asked for again at each start."
)
_BROWSER = (
    "{name} lets programs in by a sign-in in the browser only, never with a password: in a terminal, "
    "“leaddesk account add --email {email} --sign-in browser --client-id ID” opens that page, "
    "ID being the client id under which your firm has registered LeadDesk there."
)


def browser_words(proposal: Proposal) -> str:
    """That no password is asked for, and the command that signs in with the browser."""
    name = proposal.provider.name if proposal.provider else "This provider"
    return _BROWSER.format(name=name, email=proposal.email)


def proposal_words(proposal: Proposal) -> str:
    """Who keeps the mailbox, and which servers are tried."""
    servers = " and ".join(server.host for server in (*proposal.imap[:1], *proposal.smtp[:1]))
    if proposal.provider is None:
        return f"Not a provider that is known here: {servers} will be tried, then the other usual names."
    if proposal.sign_in is SignIn.BROWSER or not servers:
        return f"{proposal.provider.name} keeps this mailbox."
    return f"{proposal.provider.name} keeps this mailbox: {servers}"

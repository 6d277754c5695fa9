"""What a mailbox is signed in to with: a password, or a token from where the person signs in by browser."""

from __future__ import annotations

import enum
from dataclasses import dataclass, field

from leaddesk.words.account import Server


@dataclass(frozen=True, slots=True)
class Password:
    """What a person types."""

    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Bearer:
    """An access token: whoever bears it is let in, for an hour or so. In memory only."""

    token: str = field(repr=False)


Secret = Password | Bearer


@dataclass(frozen=True, slots=True, kw_only=True)
class Authority:
    """Where people sign in with the browser (resources/authorities.toml). Its addresses hold `{tenant}`."""

    name: str
    label: str
    """Its name for people."""
    authorize_url: str
    token_url: str
    scopes: tuple[str, ...]
    imap: Server
    smtp: Server
    hosts: tuple[str, ...]
    """Further mail servers that its tokens open."""
    redirect_host: str = "127.0.0.1"
    tenant: str = ""
    """What stands for the tenant where the owner names none."""
    asks: tuple[tuple[str, str], ...] = ()
    """Further words of the request."""
    admin_url: str = ""
    """Where an administrator allows it; `{tenant}` and `{client}` stand in it."""
    note: str = ""
    steps: tuple[str, ...] = ()
    """How the owner gets a client id, in order."""
    page: str = ""
    """The authority's own page for it."""
    has_client_secret: bool = False


class Refusal(enum.StrEnum):
    """Why a sign-in with the browser came to nothing, or does not hold any more."""

    DENIED = "denied"
    """The person said no in the browser."""
    ADMINISTRATOR = "administrator"
    """Only an administrator can allow it."""
    TIMED_OUT = "timed-out"
    CANCELLED = "cancelled"
    FORGED = "forged"
    """Only answers came that do not belong to this sign-in."""
    CLIENT = "client"
    """The authority does not know this client id, or not as it was used."""
    REVOKED = "revoked"
    """It was good once: withdrawn, expired, or the password was changed."""
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """What the authority gave: an access token, how many seconds it is good for, and how to get the next."""

    access_token: str = field(repr=False)
    lasts_s: float
    refresh_token: str = field(repr=False)
    signer: str = ""
    """The address of who signed in, where the authority tells it."""

"""What is known of mail providers: servers proposed for an address, and whose a domain is."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from typing import Any

from leaddesk.words.account import Proposal, Provider, Security, Server, SignIn
from leaddesk.words.errors import Unusable, Usage

_IMAP_NAMES = ("imap.", "mail.", "")
_SMTP_NAMES = ("smtp.", "mail.", "")


def parse(text: str) -> tuple[Provider, ...]:
    """The providers of resources/providers.toml, in its order. Raises Unusable for any other text."""
    try:
        return tuple(_provider(row) for row in tomllib.loads(text)["provider"])
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise Unusable(f"The list of mail providers cannot be read: {error}") from None


def propose(email: str, providers: tuple[Provider, ...]) -> Proposal:
    """The servers to try for an address, in order: those of its provider, else the usual names.

    Implicit TLS comes before STARTTLS. A known provider that lets no program in gives no server at all.
    Raises Usage when the address is none.
    """
    name, domain = _split(email)
    address = f"{name}@{domain}"
    provider = _of_domain(domain, providers)
    if provider is None:
        imap, smtp = _usual(domain, _IMAP_NAMES, 993, 143), _usual(domain, _SMTP_NAMES, 465, 587)
        return Proposal(address, None, imap, smtp, SignIn.PASSWORD, address)
    user = name if provider.short_user else address
    imap, smtp = _known(provider.imap), _known(provider.smtp)
    return Proposal(address, provider, imap, smtp, provider.sign_in, user)


def by_host(host: str, providers: tuple[Provider, ...]) -> Provider | None:
    """The provider that a server typed by hand belongs to: its customers' domains tell nothing of it.

    So an own domain at Microsoft 365 is recognised by outlook.office365.com.
    """
    wanted = host.strip().rstrip(".").lower()
    for provider in providers:
        if any(server and server.host == wanted for server in (provider.imap, provider.smtp)):
            return provider
    return _of_domain(wanted, providers)


def clean_password(password: str, sign_in: SignIn) -> str:
    """The password as it is sent: white space is dropped only when sixteen letters are left.

    Providers show app passwords in groups of four; any other password may well hold a space.

    >>> clean_password("abcd efgh ijkl mnop", SignIn.APP_PASSWORD)
    'abcdefghijklmnop'
    >>> clean_password("my old cat", SignIn.PASSWORD)
    'my old cat'
    """
    letters = "".join(password.split())
    is_app_password = len(letters) == 16 and letters.isascii() and letters.isalpha()
    return letters if is_app_password and sign_in is not SignIn.BROWSER else password


def _provider(row: Mapping[str, Any]) -> Provider:
    return Provider(
        name=str(row["name"]),
        domains=tuple(str(domain).lower() for domain in row["domains"]),
        imap=_server(row.get("imap")),
        smtp=_server(row.get("smtp")),
        sign_in=SignIn(row["sign_in"]),
        freemail=bool(row["freemail"]),
        note=str(row.get("note", "")),
        steps=tuple(map(str, row.get("steps", ()))),
        page=str(row.get("page", "")),
        short_user=row.get("user") == "name",
    )


def _server(text: str | None) -> Server | None:
    if text is None:
        return None
    place, security = text.split()
    host, port = place.rsplit(":", 1)
    return Server(host.lower(), int(port), Security(security))


def _split(email: str) -> tuple[str, str]:
    """Name and domain, the domain lower-case and in its ASCII form."""
    name, at, domain = email.strip().rpartition("@")
    domain = domain.rstrip(".").lower()
    try:
        domain = domain.encode("idna").decode("ascii")
    except UnicodeError:
        domain = ""
    has_space = any(letter.isspace() or not letter.isprintable() for letter in name + domain)
    if not (name and at and "." in domain) or has_space:
        raise Usage(f"'{email.strip()}' is not a mail address.", "It looks like name@example.com.")
    return name, domain


def _of_domain(domain: str, providers: tuple[Provider, ...]) -> Provider | None:
    """The provider with the longest domain that is `domain` or stands at its end."""
    owners = {owned: provider for provider in reversed(providers) for owned in provider.domains}
    parts = domain.split(".")
    endings = (".".join(parts[start:]) for start in range(len(parts)))
    return next((owners[ending] for ending in endings if ending in owners), None)


def _known(server: Server | None) -> tuple[Server, ...]:
    return (server,) if server else ()


def _usual(domain: str, names: tuple[str, ...], tls: int, starttls: int) -> tuple[Server, ...]:
    ways = ((tls, Security.TLS), (starttls, Security.STARTTLS))
    return tuple(Server(name + domain, port, security) for port, security in ways for name in names)
